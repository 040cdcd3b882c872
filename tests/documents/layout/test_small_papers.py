"""Small papers somebody builds from a library's plain template: lists, headings in a row, blanks, fonts of a theme."""

from __future__ import annotations

import pytest
from support.laid_out import place_of, reading
from support.word_files import STYLES, paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx

PLAIN = (
    '<w:pgSz w:w="11906" w:h="8100"/>'
    '<w:pgMar w:top="1000" w:right="1440" w:bottom="1000" w:left="1440" w:header="500" w:footer="500" w:gutter="0"/>'
)


def level(text: str, *, align: str = "left", kind: str = "decimal") -> str:
    return (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="{align}"/><w:pPr><w:ind w:left="720" w:hanging="720"/></w:pPr></w:lvl>'
    )


def numbers(text: str, *, align: str = "left") -> str:
    """Two lists of one definition, the second with a level of its own."""
    return (
        f'<w:abstractNum w:abstractNumId="1">{level(text, align=align)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/>'
        f'<w:lvlOverride w:ilvl="0">{level("%1、", kind="upperLetter")}</w:lvlOverride></w:num>'
    )


def item(text: str, number: int = 1) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')


def test_a_list_with_a_level_of_its_own_counts_on_with_the_lists_of_its_definition(fonts: FontBook) -> None:
    data = word_file(item("甲"), item("乙"), item("丙", 2), item("丁"), notes={"numbering": numbers("%1.")})
    assert reading(lay_out_docx(data, fonts).pages[0]) == ["1.甲", "2.乙", "C、丙", "4.丁"]


def test_an_empty_paragraph_that_ends_a_section_takes_no_number_of_its_list(fonts: FontBook) -> None:
    ending = (
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    )
    data = word_file(item("甲"), paragraph(properties=ending), item("乙"), notes={"numbering": numbers("%1.")})
    texts = [text for page in lay_out_docx(data, fonts).pages for text in reading(page)]
    assert texts == ["1.甲", "2.乙"]


def test_the_number_of_a_hidden_empty_paragraph_counts_and_is_not_seen(fonts: FontBook) -> None:
    hidden = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>'
    data = word_file(item("甲"), paragraph(properties=hidden), item("丙"), notes={"numbering": numbers("%1.")})
    assert reading(lay_out_docx(data, fonts).pages[0]) == ["1.甲", "3.丙"]


def test_headings_in_a_row_that_no_page_holds_are_parted_between_and_not_within(reading_fonts: FontBook) -> None:
    kept = "<w:keepNext/><w:keepLines/>"
    heads = [paragraph(run(f"第{n}条" + "安全" * 40, '<w:sz w:val="32"/>'), properties=kept) for n in range(1, 9)]
    document = lay_out_docx(word_file(*heads, section=PLAIN), reading_fonts)
    assert document.page_count > 1
    assert all(reading(page)[0].startswith("第") for page in document.pages)


@pytest.mark.parametrize(("said", "blank"), [("", 30.0), ('<w:spacing w:afterLines="50"/>', 6.0)])
def test_a_blank_said_in_lines_beats_the_points_of_the_style(said: str, blank: float, reading_fonts: FontBook) -> None:
    spaced = (
        '<w:style w:type="paragraph" w:styleId="Spaced"><w:name w:val="空"/><w:basedOn w:val="Normal"/><w:pPr>'
        '<w:spacing w:after="600"/></w:pPr></w:style>'
    )
    first = paragraph("一", properties=f'<w:pStyle w:val="Spaced"/>{said}')
    data = word_file(first, paragraph("二"), paragraph("三"), section=PLAIN, styles=STYLES + spaced)
    page = lay_out_docx(data, reading_fonts).pages[0]
    tops = [place_of(page, text)[1] for text in "一二三"]
    assert (tops[1] - tops[0]) - (tops[2] - tops[1]) == pytest.approx(blank, abs=0.1)


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_beside_notes_the_grid_begins_at_the_margin(kind: str, reading_fonts: FontBook) -> None:
    section = PLAIN + '<w:docGrid w:type="lines" w:linePitch="500"/>'
    note = f'<w:{kind} w:id="1"><w:p>{run("注")}</w:p></w:{kind}>'
    mark = f'<w:r><w:{kind}Reference w:id="1"/></w:r>'
    plain, noted = (
        place_of(lay_out_docx(data, reading_fonts).pages[0], "一")[1]
        for data in (
            word_file(paragraph("一"), section=section),
            word_file(paragraph("一", mark), section=section, notes={f"{kind}s": note}),
        )
    )
    assert plain - noted == pytest.approx((8100 - 2000) % 500 / 2 / 20, abs=0.05)


@pytest.mark.parametrize(("language", "name"), [("zh-CN", "宋体"), ("ja-JP", "ＭＳ 明朝"), ("zh-TW", "新細明體")])
def test_a_theme_gives_the_font_of_the_documents_language(language: str, name: str, fonts: FontBook) -> None:
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    faces = "".join(
        f'<a:font script="{script}" typeface="{face}"/>'
        for script, face in (("Jpan", "ＭＳ 明朝"), ("Hans", "宋体"), ("Hant", "新細明體"))
    )
    theme = f'<a:minorFont {space}><a:latin typeface="Cambria"/><a:ea typeface=""/>{faces}</a:minorFont>'
    text = paragraph(run("安全", '<w:rFonts w:eastAsiaTheme="minorEastAsia"/>'))
    data = word_file(text, settings=f'<w:themeFontLang w:eastAsia="{language}"/>', notes={"theme": theme})
    assert name in {use.asked for use in lay_out_docx(data, fonts).fonts}


def test_a_number_stands_after_around_or_before_the_indent_as_its_level_says(reading_fonts: FontBook) -> None:
    pages = [
        lay_out_docx(
            word_file(item("安全"), section=PLAIN, notes={"numbering": numbers("%1.", align=align)}), reading_fonts
        ).pages[0]
        for align in ("left", "center", "right")
    ]
    after, around, before = (place_of(page, "1.")[0] for page in pages)
    assert after == pytest.approx(72, abs=0.1)
    assert after - before == pytest.approx(2 * (after - around)) and after - before > 5
    assert {round(place_of(page, "安")[0], 1) for page in pages} == {72 + 36}


def test_within_a_number_and_before_its_text_no_blank_is_added(reading_fonts: FontBook) -> None:
    bare = numbers("第%1条").replace("<w:lvlText", '<w:suff w:val="nothing"/><w:lvlText')
    right = '<w:jc w:val="right"/>'
    numbered = paragraph("安全", properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{right}')
    label = lay_out_docx(word_file(numbered, section=PLAIN, notes={"numbering": bare}), reading_fonts).pages[0]
    typed = lay_out_docx(word_file(paragraph("第1条安全", properties=right), section=PLAIN), reading_fonts).pages[0]
    assert place_of(label, "第")[0] - place_of(typed, "第")[0] == pytest.approx(2 * 0.2 * 16, abs=0.1)


def test_the_indents_of_a_style_override_those_of_its_number(fonts: FontBook) -> None:
    numbered = (
        '<w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="条"/><w:basedOn w:val="Normal"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:firstLine="400"/></w:pPr></w:style>'
    )
    text = paragraph("安全", properties='<w:pStyle w:val="Numbered"/>')
    data = word_file(text, section=PLAIN, styles=STYLES + numbered, notes={"numbering": numbers("%1.")})
    assert place_of(lay_out_docx(data, fonts).pages[0], "1")[0] == pytest.approx(72 + 36 + 20, abs=0.1)
