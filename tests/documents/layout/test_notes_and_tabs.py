"""Endnotes below the text, numbers of notes as a section asks for them, and tabs that lead to a share of the line."""

from __future__ import annotations

import pytest
from support.laid_out import lines_across, place_of
from support.word_files import OFFICIAL, paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Typesetter, lay_out_docx

SMALL = '<w:vertAlign w:val="superscript"/>'
SEPARATOR = '<w:{0} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{0}>'


def note(kind: str, number: int, text: str) -> str:
    head = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Ref/></w:r>'
    return f'<w:{kind} w:id="{number}"><w:p>{head}{run(text)}</w:p></w:{kind}>'


def reference(kind: str, number: int) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def with_notes(kind: str, count: int, *, section: str = OFFICIAL, body: tuple[str, ...] = ()) -> bytes:
    marks = [paragraph(f"第{n}段", reference(kind, n)) for n in range(1, count + 1)]
    texts = SEPARATOR.format(kind) + "".join(note(kind, n, f"注{n}的话") for n in range(1, count + 1))
    return word_file(*marks, *body, section=section, notes={f"{kind}s": texts})


def test_endnotes_stand_at_the_end_below_a_line_with_small_roman_numbers(fonts: FontBook) -> None:
    document = lay_out_docx(with_notes("endnote", 3, body=(paragraph("最后一段"),)), fonts)
    page = document.pages[0]
    assert page.text.index("最后一段") < page.text.index("注1的话") < page.text.index("注3的话")
    assert [label in page.text for label in ("第1段i", "第2段ii", "第3段iii")] == [True] * 3
    (line,) = lines_across(page)
    assert place_of(page, "最后")[1] < line[0] < place_of(page, "注")[1]
    assert line[2] - line[1] == pytest.approx(144, abs=1)
    assert document.not_laid_out == ()


def test_endnotes_go_over_to_another_page_like_any_text(fonts: FontBook) -> None:
    document = lay_out_docx(with_notes("endnote", 40), fonts)
    text = "".join(page.text for page in document.pages)
    assert document.page_count > 2 and all(f"注{n}的话" in text for n in range(1, 41))


@pytest.mark.parametrize(
    ("kind", "numbers", "shown"),
    [
        ("endnote", "decimal", "第2段2"),
        ("endnote", "chineseCounting", "第2段二"),
        ("footnote", "upperRoman", "第2段II"),
    ],
)
def test_notes_are_numbered_as_the_section_asks(fonts: FontBook, kind: str, numbers: str, shown: str) -> None:
    section = f'<w:{kind}Pr><w:numFmt w:val="{numbers}"/></w:{kind}Pr>{OFFICIAL}'
    document = lay_out_docx(with_notes(kind, 2, section=section), fonts)
    assert shown in document.pages[0].text and document.not_laid_out == ()


def test_notes_that_begin_anew_on_each_page_are_named(fonts: FontBook) -> None:
    section = f'<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>{OFFICIAL}'
    document = lay_out_docx(with_notes("footnote", 2, section=section), fonts)
    assert [one.feature for one in document.not_laid_out] == ["重新编号的脚注（连续编号）"]


def test_an_endnote_the_file_lacks_is_named(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("甲", reference("endnote", 9))), fonts)
    assert [one.feature for one in document.not_laid_out] == ["尾注"] and "甲" in document.pages[0].text


def test_a_placeholder_in_an_endnote_prints_its_value(fonts: FontBook) -> None:
    data = word_file(
        paragraph("甲", reference("endnote", 1)), notes={"endnotes": note("endnote", 1, "注：{{单位名称}}")}
    )
    setter = Typesetter(data, fonts)
    assert "注：示例厂" in setter.lay_out({"单位名称": "示例厂"}).pages[0].text


@pytest.mark.parametrize(("align", "share"), [("center", 0.5), ("right", 1.0)])
def test_an_absolute_tab_leads_to_its_place_whatever_stops_there_are(fonts: FontBook, align: str, share: float) -> None:
    tab = f'<w:r><w:ptab w:relativeTo="margin" w:alignment="{align}" w:leader="none"/></w:r>'
    stops = '<w:tabs><w:tab w:val="left" w:pos="2000"/><w:tab w:val="left" w:pos="7000"/></w:tabs>'
    document = lay_out_docx(word_file(paragraph("左", tab, "国家", properties=stops)), fonts)
    left, width = 1588 / 20, (11906 - 1588 - 1474) / 20
    begin = place_of(document.pages[0], "国家")[0]
    wide = 2 * (16 - 844 / 4096)
    assert begin == pytest.approx(left + share * width - (wide / 2 if share == 0.5 else wide), abs=0.5)
    assert document.not_laid_out == ()


def test_absolute_tabs_part_a_header_in_three(fonts: FontBook) -> None:
    tabs = [f'<w:r><w:ptab w:relativeTo="margin" w:alignment="{one}"/></w:r>' for one in ("center", "right")]
    header = paragraph("左", tabs[0], "中", tabs[1], "右")
    page = lay_out_docx(word_file(paragraph("文"), furniture={"header:default": header}), fonts).pages[0]
    left, middle, right = (place_of(page, text)[0] for text in "左中右")
    assert left == pytest.approx(1588 / 20) and left < middle < right
    assert right + 16 == pytest.approx((11906 - 1474) / 20, abs=0.5)


def test_a_tab_that_finds_no_step_left_on_its_line_opens_the_next_one(fonts: FontBook) -> None:
    body = [
        paragraph("国" * 27 + "</w:t><w:tab/><w:tab/><w:t>家"),
        paragraph("国" * 27 + "</w:t><w:tab/><w:tab/><w:t>"),
    ]
    page = lay_out_docx(word_file(*body, paragraph("末")), fonts).pages[0]
    left, above, line = 1588 / 20, place_of(page, "国")[1], 580 / 20

    x, y = place_of(page, "家")
    assert x == pytest.approx(left + 36, abs=0.01)
    assert y == pytest.approx(above + line, abs=0.1)
    assert place_of(page, "末")[1] == pytest.approx(above + 3 * line, abs=0.1)  # the last tab of a paragraph stays


def test_the_last_tab_of_an_indented_paragraph_goes_over_to_a_line_of_its_own(fonts: FontBook) -> None:
    body = paragraph("国" * 25 + "</w:t><w:tab/><w:tab/><w:t>", properties='<w:ind w:left="720"/>')
    page = lay_out_docx(word_file(body, paragraph("末")), fonts).pages[0]

    assert place_of(page, "末")[1] == pytest.approx(place_of(page, "国")[1] + 2 * 580 / 20, abs=0.1)


def test_a_note_on_another_page_leaves_the_blank_below_a_last_line_past_the_edge(reading_fonts: FontBook) -> None:
    wide = '<w:spacing w:line="420" w:lineRule="auto"/>'
    plain = OFFICIAL.partition("<w:docGrid")[0]

    def held(last: str) -> int:
        data = word_file(
            *[paragraph("行", properties=wide) for _ in range(40)],
            last,
            section=plain,
            notes={"footnotes": SEPARATOR.format("footnote") + note("footnote", 1, "注")},
        )
        return sum(run.text == "行" for run in lay_out_docx(data, reading_fonts).pages[0].runs())

    assert held(paragraph("末", reference("footnote", 1))) == held(paragraph("末"))


def test_the_number_of_a_note_keeps_no_blank_from_the_text_beside_it(fonts: FontBook) -> None:
    texts = SEPARATOR.format("footnote") + note("footnote", 1, "注")
    body = paragraph("安全", reference("footnote", 1), "生产") + paragraph("安全", run("1", SMALL), "生产")
    page = lay_out_docx(word_file(body, notes={"footnotes": texts}), fonts).pages[0]
    noted, typed = [run.x for run in page.runs() if run.text == "生产"]

    assert typed - noted == pytest.approx((16 + 9.6) * 0.25)


def test_no_line_begins_with_the_number_of_a_note(fonts: FontBook) -> None:
    texts = SEPARATOR.format("footnote") + note("footnote", 1, "注")
    width = 442  # the type area of the official page, twenty-eight characters wide
    pages = [
        lay_out_docx(
            word_file(paragraph("国" * count, reference("footnote", 1), "人"), notes={"footnotes": texts}), fonts
        ).pages[0]
        for count in range(26, 30)
    ]

    numbers = [next(run for run in page.runs() if run.text == "1" and run.y < 300) for page in pages]
    assert all(79.4 + 15 < number.x < 79.4 + width + 16 for number in numbers)


SHORT_PAGE = (
    '<w:pgSz w:w="11906" w:h="6000"/>'
    '<w:pgMar w:top="1000" w:right="1440" w:bottom="1000" w:left="1440" w:header="500" w:footer="500" w:gutter="0"/>'
)
CHARACTERS = "".join(chr(0x4E00 + n) for n in range(400))


def long_note(text: str, above: int) -> bytes:
    """A page nearly full, with a long note in its last line."""
    notes = {"footnotes": SEPARATOR.format("footnote") + note("footnote", 1, text)}
    body = [paragraph("行") for _ in range(above)]
    return word_file(*body, paragraph("引", reference("footnote", 1)), paragraph("后"), section=SHORT_PAGE, notes=notes)


def test_a_note_too_long_for_its_page_goes_on_at_the_foot_of_the_next(fonts: FontBook) -> None:
    first, second = lay_out_docx(long_note(CHARACTERS[:150], 5), fonts).pages

    assert "引" in first.text and "后" in second.text
    begun, left = (
        "".join(run.text for run in page.runs() if run.y > place_of(page, word)[1] + 3 and run.text != word)
        for page, word in ((first, "引"), (second, "后"))
    )
    assert "一" in begun and CHARACTERS[149] in left
    assert "".join(one for one in begun + left if one in CHARACTERS) == CHARACTERS[:150]


def test_a_note_longer_than_a_page_loses_nothing_and_stays_on_its_pages(fonts: FontBook) -> None:
    document = lay_out_docx(long_note(CHARACTERS + CHARACTERS, 2), fonts)
    shown = "".join(page.text for page in document.pages)

    assert document.page_count > 3 and shown.count(CHARACTERS[0]) == 2 and shown.count(CHARACTERS[399]) == 2
    assert all(40 < run.y < 255 for page in document.pages for run in page.runs())


def test_the_blank_below_a_note_parts_it_from_the_next_but_takes_no_room_at_the_foot(reading_fonts: FontBook) -> None:
    def places(after: int) -> list[float]:
        spaced = f'<w:p><w:pPr><w:spacing w:after="{after}"/></w:pPr>'
        texts = "".join(note("footnote", n, f"注{n}").replace("<w:p>", spaced) for n in (1, 2))
        body = paragraph("甲", reference("footnote", 1), "乙", reference("footnote", 2))
        page = lay_out_docx(word_file(body, notes={"footnotes": SEPARATOR.format("footnote") + texts}), reading_fonts)
        return [place_of(page.pages[0], f"注{n}")[1] for n in (1, 2)]

    (above, below), (higher, same) = places(0), places(200)
    assert below == same and above - higher == pytest.approx(10)


def test_a_row_is_parted_above_the_notes_of_its_page(reading_fonts: FontBook) -> None:
    texts = SEPARATOR.format("footnote") + note("footnote", 1, "注")
    lines = "".join(paragraph(f"第{n}行") for n in range(12))
    cell = f"<w:tbl><w:tblGrid><w:gridCol w:w='4000'/></w:tblGrid><w:tr><w:tc><w:tcPr/>{lines}</w:tc></w:tr></w:tbl>"
    data = word_file(
        paragraph("引", reference("footnote", 1)), cell, paragraph("末"), section=SHORT_PAGE, notes={"footnotes": texts}
    )
    first = lay_out_docx(data, reading_fonts).pages[0]

    last = max(run.y for run in first.runs() if "行" in run.text)
    assert last + 5 < place_of(first, "注")[1] - 16


NUMBERS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/>'
    '<w:pPr><w:tabs><w:tab w:val="num" w:pos="1000"/></w:tabs></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


@pytest.mark.parametrize(("cleared", "place"), [("", 50.0), ('<w:tab w:val="clear" w:pos="1000"/>', 100.0)])
def test_a_paragraph_adds_its_tab_stops_to_those_of_its_level_or_clears_them(
    fonts: FontBook, cleared: str, place: float
) -> None:
    stops = f'<w:tabs>{cleared}<w:tab w:val="left" w:pos="2000"/></w:tabs>'
    said = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{stops}'
    document = lay_out_docx(word_file(paragraph("甲", properties=said), notes={"numbering": NUMBERS}), fonts)
    assert place_of(document.pages[0], "甲")[0] == pytest.approx(1588 / 20 + place, abs=0.1)
