"""Tab stops past the edge of the line: of a header on narrower paper, of contents made for wider paper, of indented text."""

from __future__ import annotations

import pytest
from support.laid_out import place_of
from support.word_files import paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx

TAB = "<w:r><w:tab/></w:r>"
SMALL = '<w:sz w:val="21"/>'
PAPER = '<w:pgSz w:w="8391" w:h="11907"/><w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="500"/>'
"""A5: text 319.55 pt wide, from 50 pt on."""
NEWER = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat>"
)
OLDER = NEWER.replace('"15"', '"14"')


def small(text: str) -> str:
    return run(text, SMALL)


def stops(*pairs: tuple[str, int]) -> str:
    return "<w:tabs>" + "".join(f'<w:tab w:val="{kind}" w:pos="{place}"/>' for kind, place in pairs) + "</w:tabs>"


@pytest.mark.parametrize("settings", [OLDER, NEWER])
def test_the_number_of_a_page_stays_with_its_heading_where_the_stop_lies_past_the_edge(
    fonts: FontBook, settings: str
) -> None:
    line = paragraph(small("一、总则"), TAB, small("1"), properties=stops(("right", 6600)))
    page = lay_out_docx(word_file(line, paragraph(small("下文")), section=PAPER, settings=settings), fonts).pages[0]
    assert place_of(page, "1")[1] == pytest.approx(place_of(page, "一")[1])
    assert place_of(page, "1")[0] == pytest.approx(50 + 330 - 5.25, abs=1)


def test_a_header_made_for_wider_paper_stays_on_one_line(fonts: FontBook) -> None:
    header = paragraph(
        small("左"), TAB, small("中"), TAB, small("右"), properties=stops(("center", 4320), ("right", 8640))
    )
    file = word_file(paragraph("正文"), section=PAPER, settings=NEWER, furniture={"header:default": header})
    page = lay_out_docx(file, fonts).pages[0]
    assert place_of(page, "左")[1] == pytest.approx(place_of(page, "右")[1])
    assert place_of(page, "右")[0] == pytest.approx(
        50 + 319.55 - 10.5, abs=0.2
    )  # a stop off the paper: the edge itself


def test_text_at_a_stop_right_of_the_indent_takes_the_room_up_to_the_column(fonts: FontBook) -> None:
    line = paragraph(small("目录"), TAB, small("12"), properties=stops(("right", 6000)) + '<w:ind w:right="1000"/>')
    page = lay_out_docx(word_file(line, section=PAPER, settings=NEWER), fonts).pages[0]
    assert place_of(page, "1")[1] == pytest.approx(place_of(page, "目")[1])
    assert place_of(page, "1")[0] == pytest.approx(50 + 300 - 10.5, abs=0.5)


@pytest.mark.parametrize(("settings", "same"), [(OLDER, True), (NEWER, False)])
def test_text_begins_outside_its_column_in_older_files_alone(fonts: FontBook, settings: str, same: bool) -> None:
    line = paragraph(small("左"), TAB, small("右"), properties=stops(("left", 6500)))
    page = lay_out_docx(word_file(line, section=PAPER, settings=settings), fonts).pages[0]
    assert (place_of(page, "右")[1] == pytest.approx(place_of(page, "左")[1])) is same
    assert (place_of(page, "右")[0] == pytest.approx(50 + 325, abs=0.2)) is same


def test_long_text_behind_a_stop_past_the_edge_goes_on_over_lines(fonts: FontBook) -> None:
    line = paragraph(small("左"), TAB, small("国" * 40), properties=stops(("right", 6600)))
    page = lay_out_docx(word_file(line, section=PAPER, settings=OLDER), fonts).pages[0]
    assert place_of(page, "国")[1] == pytest.approx(place_of(page, "左")[1])
    assert page.text.count("国") == 40


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("甲", 2)])
def test_the_tab_behind_a_number_takes_what_is_left_of_its_line(reading_fonts: FontBook, text: str, lines: int) -> None:
    numbers = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="6800"/></w:tabs><w:ind w:left="6100"/></w:pPr>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    height = '<w:spacing w:line="400" w:lineRule="exact"/>'
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' + height
    body = (
        paragraph("上", properties=height),
        paragraph(small(text), properties=item),
        paragraph("下", properties=height),
    )
    page = lay_out_docx(
        word_file(*body, section=PAPER, settings=NEWER, notes={"numbering": numbers}), reading_fonts
    ).pages[0]

    assert place_of(page, "下")[1] - place_of(page, "上")[1] == pytest.approx(20 * (lines + 1))
    if text:
        assert place_of(page, text)[0] == pytest.approx(50 + 305)
