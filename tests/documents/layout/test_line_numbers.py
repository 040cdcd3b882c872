"""Numbers beside the lines: which lines count, where counting begins again, where the numbers stand."""

from __future__ import annotations

import pytest
from support.word_files import cell, paragraph, row, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.layout.laid_out import GlyphRun, Page

PAGE = (
    '<w:pgSz w:w="11906" w:h="6000"/>'
    '<w:pgMar w:top="1000" w:right="1440" w:bottom="1000" w:left="1440" w:header="500" w:footer="500" w:gutter="0"/>'
)
LEFT = 72.0


def ruled(said: str = 'w:countBy="1"') -> str:
    return f"<w:lnNumType {said}/>"


def numbers(page: Page) -> list[tuple[str, str]]:
    """Each number with the text on its baseline, from the top."""
    lines = {round(run.y, 1): run.text for run in page.runs() if run.x >= LEFT}
    found = sorted((round(run.y, 1), run.text) for run in page.runs() if run.x < LEFT)
    return [(text, lines.get(y, "")) for y, text in found]


def end_of(run: GlyphRun) -> float:
    """Where a run of Latin text ends on the page (pt)."""
    units = sum(run.face.advances[run.face.glyph(character) or 0] for character in run.text)
    return run.x + units * run.size / run.face.units_per_em


def pages_of(fonts: FontBook, *body: str, said: str = 'w:countBy="1"', more: str = "") -> list[list[tuple[str, str]]]:
    return [numbers(page) for page in lay_out_docx(word_file(*body, section=more + PAGE + ruled(said)), fonts).pages]


def section(inner: str) -> str:
    return paragraph("尾", properties=f"<w:sectPr>{inner}</w:sectPr>")


def test_every_line_of_the_text_has_a_number_on_its_baseline_also_an_empty_one(fonts: FontBook) -> None:
    joined = paragraph("<w:r><w:t>丙</w:t><w:br/><w:t>丁</w:t></w:r>")
    assert pages_of(fonts, paragraph("甲"), paragraph(), joined) == [[("1", "甲"), ("2", ""), ("3", "丙"), ("4", "丁")]]


def test_tables_headers_and_paragraphs_that_ask_for_none_have_no_numbers(fonts: FontBook) -> None:
    quiet = paragraph("乙", properties="<w:suppressLineNumbers/>")
    body = [paragraph("甲"), quiet, table(row(cell("表")), columns=(2000,)), paragraph("丙")]
    document = word_file(*body, section=PAGE + ruled(), furniture={"header:default": paragraph("页眉")})
    (page,) = lay_out_docx(document, fonts).pages

    assert numbers(page) == [("1", "甲"), ("2", "丙")]


def test_numbers_end_at_one_place_left_of_the_text_as_far_as_the_file_says(fonts: FontBook) -> None:
    for said, away in (('w:start="5"', 18.0), ('w:start="5" w:distance="567"', 28.35)):
        document = word_file(*[paragraph("甲") for _ in range(7)], section=PAGE + ruled(f'w:countBy="1" {said}'))
        (page,) = lay_out_docx(document, fonts).pages
        ends = [end_of(run) for run in page.runs() if run.x < LEFT]
        assert ends == pytest.approx([LEFT - away] * 7)


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ('w:countBy="2"', ["2", "4", "6", "8"], ["2", "4", "6"]),
        ('w:countBy="5" w:start="2" w:restart="continuous"', ["5", "10"], ["15"]),
        ('w:countBy="4" w:restart="newSection"', ["4", "8"], ["12"]),
        ('w:countBy="7" w:restart="continuous"', ["7"], ["14"]),
    ],
)
def test_numbers_show_at_the_step_and_begin_again_where_the_file_says(
    fonts: FontBook, said: str, first: list[str], second: list[str]
) -> None:
    one, two = pages_of(fonts, *[paragraph("行") for _ in range(15)], said=said)
    assert ([text for text, _ in one], [text for text, _ in two]) == (first, second)


def test_counting_goes_on_over_sections_without_numbers_unless_the_next_one_begins_anew(fonts: FontBook) -> None:
    body = [
        paragraph("甲"),
        section(PAGE + ruled('w:countBy="1" w:restart="continuous"')),
        section(PAGE),
        paragraph("乙"),
    ]
    goes_on = 'w:countBy="1" w:restart="continuous"'
    assert pages_of(fonts, *body, said=goes_on)[2] == [("3", "乙")]
    assert pages_of(fonts, *body, said='w:countBy="1" w:restart="newSection" w:start="9"')[2] == [("10", "乙")]


def test_the_numbers_of_a_page_go_on_where_a_section_begins_on_it(fonts: FontBook) -> None:
    body = [paragraph("甲"), section(PAGE + ruled()), paragraph("乙")]
    (page,) = pages_of(fonts, *body, more='<w:type w:val="continuous"/>')
    assert page == [("1", "甲"), ("2", "尾"), ("3", "乙")]


def test_the_numbers_look_as_their_style_says(fonts: FontBook) -> None:
    style = '<w:style w:type="character" w:styleId="n"><w:name w:val="line number"/><w:rPr><w:sz w:val="12"/></w:rPr></w:style>'
    (page,) = lay_out_docx(word_file(paragraph("甲"), section=PAGE + ruled(), styles=style), fonts).pages
    assert [run.size for run in page.runs() if run.x < LEFT] == [6.0]


def test_a_continuous_section_whose_text_begins_a_page_has_the_page_and_its_numbers(fonts: FontBook) -> None:
    heading = paragraph("题", properties="<w:pageBreakBefore/>")
    said = f'<w:type w:val="continuous"/>{PAGE}<w:pgNumType w:start="1"/>'
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    document = word_file(
        paragraph("甲"), section(PAGE), heading, section=said, furniture={"footer:default": f"<w:p>{field}</w:p>"}
    )
    first, second = lay_out_docx(document, fonts).pages

    assert "题" not in first.text
    assert "题" in second.text and "1" in second.text
