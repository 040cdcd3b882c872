"""Where lines of documents that are only converted end: hyphens, paths, long words, marks between Chinese and Latin text."""

from __future__ import annotations

import pytest
from support.word_files import cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx

PLAIN = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
)


def lines(document: LaidOut) -> list[str]:
    """The text of every line."""
    return [fragment.text for page in document.pages for fragment, _, _ in page.placed if fragment.runs]


def spaced(text: str, spacing: str, *, size: int = 21) -> str:
    """A paragraph with line spacing attributes, its text of a size in half points."""
    return paragraph(run(text, f'<w:sz w:val="{size}"/>'), properties=f"<w:spacing {spacing}/>")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "see aaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            "see aaaaaaaaaaaaaaaaaaaaaaaaaaa-",
        ),
        (
            "see aaaaaaaaaaaaaaaaaaaaaaaaaaa–bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            "see aaaaaaaaaaaaaaaaaaaaaaaaaaa–",
        ),
        ("see aaaaaaaaaaaaaaaaaaaaaaaaaaa/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "see "),
        ("see aaaaaaaaaaaaaaaaaaaaaaaaaaa’bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "see "),
        (
            "见《规范》aaaaaaaaaaaaaaaaaaaaaaa/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            "见《规范》aaaaaaaaaaaaaaaaaaaaaaa/",
        ),
        (
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/",
        ),
    ],
)
def test_words_part_at_hyphens_and_paths_only_where_nothing_else_parts(
    text: str, line: str, reading_fonts: FontBook
) -> None:
    narrow = PLAIN.replace('w:right="1440"', 'w:right="6200"')
    document = lay_out_docx(word_file(spaced(text, ""), section=narrow), reading_fonts)

    assert lines(document)[0] == line


def test_a_path_with_a_blank_before_it_goes_to_the_next_line_whole(reading_fonts: FontBook) -> None:
    narrow = PLAIN.replace('w:right="1440"', 'w:right="6100"')
    text = "网址 见：https://example.com/aj/2026/03/05/notice.html"
    found = lines(lay_out_docx(word_file(spaced(text, ""), section=narrow), reading_fonts))
    assert found[0] == "网址 "

    for none in ("", "\u00a0"):
        found = lines(lay_out_docx(word_file(spaced(text.replace(" ", none), ""), section=narrow), reading_fonts))
        assert found[0].endswith("/")


def test_a_path_of_several_pieces_is_parted_in_the_one_before_the_slash(reading_fonts: FontBook) -> None:
    narrow = PLAIN.replace('w:right="1440"', 'w:right="5600"')
    body = paragraph(
        run("see id=", '<w:sz w:val="21"/>'),
        run("0000-0000-0000", '<w:color w:val="0000FF"/><w:sz w:val="21"/>'),
        run("aaaa/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", '<w:color w:val="FF0000"/><w:sz w:val="21"/>'),
    )

    assert lines(lay_out_docx(word_file(body, section=narrow), reading_fonts))[0] == "see id=0000-0000-"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("国" * 8 + "》ABCDEFGH", 7),
        ("国" * 7 + "AB（国国国", 7),
        ("国" * 8 + "，ABCDEFGH", 9),
        ("国" * 6 + "AB，CDEFG", 6),
        ("国" * 6 + "AB：CDEFG", 9),
    ],
)
def test_brackets_hold_chinese_and_latin_text_together(text: str, count: int, reading_fonts: FontBook) -> None:
    room = PLAIN.replace('w:right="1440"', f'w:right="{round(11906 - 1440 - 20 * 9.2 * 10.5)}"')
    off = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    body = paragraph(run(text, '<w:sz w:val="21"/>'), properties=off)

    assert len(lines(lay_out_docx(word_file(body, section=room), reading_fonts))[0]) == count


@pytest.mark.parametrize(
    "text", ["-FillerAssigningAuthority", "（-FillerAssigningAuthority", "检查 -FillerAssigningAuthority"]
)
def test_a_line_may_end_after_any_hyphen(text: str, reading_fonts: FontBook) -> None:
    narrow = PLAIN.replace('w:right="1440"', 'w:right="8200"')
    found = lines(lay_out_docx(word_file(spaced(text, ""), section=narrow), reading_fonts))

    assert found[0].endswith("-")
    assert found[1].startswith("Filler")


OFFICE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="720" w:footer="720" w:gutter="0"/>'
)


@pytest.mark.parametrize(
    ("after", "shown"),
    [
        ("______全", ["安34___", "___全"]),
        ("__ ____全", ["安34___", "___全"]),
        ("%%%%%%全", ["安33", "安%%%%%%全"]),
        ("12______全", ["安34", "12______全"]),
        ("__abcdef全", ["安34", "__abcdef全"]),
        ("___。全", ["安34___。", "全"]),
        ("___）全", ["安34__", "_）全"]),
        ("ab_。全", ["安34", "ab_。全"]),
    ],
)
def test_a_blank_to_be_filled_in_is_parted_at_the_edge_after_chinese_only(
    after: str, shown: list[str], reading_fonts: FontBook
) -> None:
    body = paragraph(run("安" * 34 + after, '<w:sz w:val="23"/>'))
    found = lines(lay_out_docx(word_file(body, section=OFFICE), reading_fonts))

    assert [_counted(line) for line in found] == shown


def _counted(line: str) -> str:
    chinese = line.count("安")
    rest = line.replace("安", "").replace(" ", "")
    return ("安" + str(chinese) * (chinese > 1)) * (chinese > 0) + rest


@pytest.mark.parametrize("blanks", [3, 60])
def test_wide_blanks_at_the_end_of_a_line_take_no_room(blanks: int, reading_fonts: FontBook) -> None:
    text = "安" * 39 + "\u3000" * blanks + "全生产"
    found = lines(lay_out_docx(word_file(paragraph(run(text, '<w:sz w:val="21"/>')), section=OFFICE), reading_fonts))

    assert [line.strip("\u3000") for line in found] == ["安" * 39, "全生产"]


def test_a_word_longer_than_a_line_begins_a_line_of_its_own_behind_the_mark_it_belongs_to(
    reading_fonts: FontBook,
) -> None:
    narrow = PLAIN.replace('w:right="1440"', 'w:right="6200"')

    def parted(text: str) -> list[str]:
        return lines(lay_out_docx(word_file(spaced(text, ""), section=narrow), reading_fonts))

    assert parted("甲（" + "a" * 60)[:2] == ["甲", "（"]
    assert parted("（" + "a" * 60 + "（" + "b" * 30)[1].startswith("aaaa")
    held = parted("a" * 40 + "）" * 9)
    assert held[1].startswith("a") and held[0] + held[1] == "a" * 40 + "）" * 9


def test_half_width_marks_after_chinese_hang_where_files_are_read_as_they_are(reading_fonts: FontBook) -> None:
    margin = 11906 - 1440 - 20 * 240 - 10  # twenty characters of 12 pt
    section = PLAIN.replace('w:right="1440"', f'w:right="{margin}"')
    size = '<w:sz w:val="24"/>'
    for mark in ",.:;!?":
        for after in ("安全", "2026", " 安全"):
            file = word_file(paragraph(run("国" * 20 + mark + after, size)), section=section)
            assert lines(lay_out_docx(file, reading_fonts))[0].strip() == "国" * 20 + mark
    held = word_file(paragraph(run("国" * 20 + ")安全", size)), section=section)
    assert lines(lay_out_docx(held, reading_fonts))[0] == "国" * 19


def test_a_long_word_before_a_stop_is_parted_in_its_first_piece(reading_fonts: FontBook) -> None:
    text = spaced("IdentifierOne、IdentifierTwo、Three", "")
    for body in (text, table(row(cell(text)), columns=(2400,))):
        narrow = PLAIN.replace('w:right="1440"', 'w:right="8266"')
        document = lay_out_docx(word_file(body, section=narrow), reading_fonts)
        (page,) = document.pages
        runs = [run for fragment, x, y in page.placed for run in fragment.moved(x, y)[0]]
        top = min(run.y for run in runs)
        first = "".join(run.text for run in sorted(runs, key=lambda run: run.x) if run.y == top)
        assert first == "IdentifierOn"  # as LibreOffice 7.4 parts it


def test_a_long_word_behind_hard_blanks_of_another_type_is_parted_in_its_first_piece(reading_fonts: FontBook) -> None:
    narrow = PLAIN.replace('w:right="1440"', 'w:right="8266"')
    word = run("\u00a0\u00a0\u00a0") + run('"Sum"', "<w:b/>") + run(":") + run('"7ccc0a8859bfbf559d97"', "<w:i/>")

    first, *_ = lines(lay_out_docx(word_file(paragraph(word), section=narrow), reading_fonts))
    assert first.strip() == '"Sum'  # as LibreOffice 7.4 parts it


def test_a_long_word_behind_a_chinese_stop_is_parted_at_the_edge(reading_fonts: FontBook) -> None:
    narrow = PLAIN.replace('w:right="1440"', 'w:right="8266"')
    found = [
        lines(
            lay_out_docx(
                word_file(spaced(f"线程名{mark}IdentifierOne、IdentifierTwo", ""), section=narrow), reading_fonts
            )
        )
        for mark in ("，", "：")
    ]
    assert [two[0] for two in found] == ["线程名，", "线程名："]
    assert found[0][1].startswith("IdentifierOne、Id") and found[1][1] == "IdentifierOn"


def test_a_stop_holds_latin_text_on_both_sides_together_past_other_marks(reading_fonts: FontBook) -> None:
    narrow = PLAIN.replace('w:right="1440"', 'w:right="8266"')
    file = word_file(spaced("一些名称有List&lt;T&gt;，List&lt;A&gt;", ""), section=narrow)
    assert lines(lay_out_docx(file, reading_fonts))[0] == "一些名称有"


@pytest.mark.parametrize(("colour", "first"), [("FF0000", 'name = "Login"'), ("0000FF", "name =")])
def test_type_that_changes_after_a_blank_may_begin_a_line_with_any_mark(
    colour: str, first: str, reading_fonts: FontBook
) -> None:
    size = '<w:sz w:val="21"/>'
    blue, other = size + '<w:color w:val="0000FF"/>', size + f'<w:color w:val="{colour}"/>'
    narrow = PLAIN.replace('w:right="1440"', 'w:right="8800"')
    file = word_file(paragraph(run('name = "Login" ', blue), run("},", other)), section=narrow)
    assert lines(lay_out_docx(file, reading_fonts))[0].strip() == first


def test_a_word_in_quotation_marks_goes_to_the_next_line_with_the_mark_that_opens_it(reading_fonts: FontBook) -> None:
    narrow = PLAIN.replace('w:right="1440"', 'w:right="8266"')
    for marked in ('"E5350B6BA9CB9"', "&gt;E5350B6BA9CB95", "%E5350B6BA9CB95"):
        file = word_file(spaced(f"身份 number: {marked}", ""), section=narrow)
        assert lines(lay_out_docx(file, reading_fonts))[0].strip() == "身份 number:"


@pytest.mark.parametrize(
    ("behind", "end"),
    [('"Password"', "启"), ('\\",\\"Password', "启"), (".Password", "启"), ("(Password)", "晨"), ("-A", "晨-A")],
)
def test_marks_between_chinese_and_a_word_that_finds_no_room_hold_to_the_rules_of_latin_text(
    behind: str, end: str, reading_fonts: FontBook
) -> None:
    file = word_file(paragraph(run("国" * 38 + f"启晨{behind} goes on", "<w:sz w:val='21'/>")), section=PLAIN)
    assert lines(lay_out_docx(file, reading_fonts))[0].strip().endswith(end)  # as LibreOffice 7.4 parts it


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("中文字段abcdefghijklm（）", "）段"),
        ("中文字段abcdefghijklm（“国家）", "）国m段"),
        ("中文字段abcdefghijklm（国家）", "）国m段"),
        ("abcdefghijklm（）", "）l"),
        ("abcdefghijklm（国家）", "）国ml"),
    ],
)
def test_latin_text_holds_the_brackets_behind_it_of_which_no_letter_finds_room(
    text: str, ends: str, reading_fonts: FontBook
) -> None:
    found = ""
    for right in range(3000, 7400, 40):  # ever narrower
        file = word_file(paragraph(run(text), properties=f'<w:ind w:right="{right}"/>'), section=PLAIN)
        end = lines(lay_out_docx(file, reading_fonts))[0].strip()[-1]
        found += end if end not in found else ""
    assert found.startswith(ends)  # as LibreOffice 7.4 parts it


def test_latin_text_holds_the_bracket_behind_it_where_the_line_ends_in_latin_text(reading_fonts: FontBook) -> None:
    file = word_file(spaced("国" * 39 + "ID（DES加密）", 'w:line="240" w:lineRule="auto"'), section=PLAIN)
    assert lines(lay_out_docx(file, reading_fonts))[0] == "国" * 39  # as LibreOffice 7.4 parts it


def test_a_path_that_begins_a_line_is_parted_in_an_earlier_piece(reading_fonts: FontBook) -> None:
    narrow = PLAIN.replace('w:right="1440"', 'w:right="7266"')
    size = '<w:sz w:val="21"/>'
    first, second = (
        run(text, size + f'<w:color w:val="{colour}"/>')
        for text, colour in (
            ("+ " + r"@\logging.configuration", "800000"),
            ("//Configuration.Manager.Settings", "008000"),
        )
    )
    assert lines(lay_out_docx(word_file(paragraph(first, second), section=narrow), reading_fonts))[1] == "@\\"


def test_a_path_behind_chinese_text_goes_to_the_next_line_where_only_a_slash_parts_it(reading_fonts: FontBook) -> None:
    narrow = PLAIN.replace('w:right="1440"', 'w:right="7266"')
    size = '<w:sz w:val="21"/>'
    broken = run("字", size) + "<w:r><w:br/></w:r>" + run("账号密码，2022030163/pbts2021030163", size)
    shown = lines(lay_out_docx(word_file(paragraph(broken), section=narrow), reading_fonts))
    assert shown == ["字", "账号密码，", "2022030163/pbts2021030163"]


def test_no_line_ends_behind_the_number_of_a_paragraph_of_one_long_word(reading_fonts: FontBook) -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="420" w:hanging="420"/>'
    words = run("builder", '<w:color w:val="0000FF"/>'), run("Z" * 90)
    file = word_file(paragraph(*words, properties=numbered), section=PLAIN, notes={"numbering": numbering})
    first, second, *_ = lines(lay_out_docx(file, reading_fonts))

    assert (first, second[:5]) == ("1.builde", "rZZZZ")  # as LibreOffice 7.4 parts it
