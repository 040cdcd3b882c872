"""Boxes around paragraphs that go on over a page's end, and which paragraphs share a box."""

from __future__ import annotations

import pytest
from support.laid_out import lines_across, place_of
from support.word_files import paragraph, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx

LINE = 580 / 20
EDGE = 6.0 + 1.0
"""Height (pt) of a box's upper or lower edge here: its distance from the text, and the line."""

BOX = (
    "<w:pBdr>"
    + "".join(f'<w:{side} w:val="single" w:sz="8" w:space="6"/>' for side in ("top", "left", "bottom", "right"))
    + "</w:pBdr>"
)


def boxed(text: str, indents: str = "") -> str:
    return paragraph(text, properties=f'<w:widowControl w:val="0"/>{BOX}<w:ind {indents}/>' if indents else BOX)


def test_a_box_is_closed_at_the_end_of_its_page_and_opened_on_the_next(fonts: FontBook) -> None:
    body = [*[paragraph(f"行{number}") for number in range(18)], *[boxed(f"框{number}") for number in range(8)]]
    first, second = lay_out_docx(word_file(*body), fonts).pages

    held = sum(run.text.startswith("框") for run in first.runs())
    assert 0 < held < 4  # the room of one line is taken by both edges
    assert lines_across(first)[-1][0] == pytest.approx(lines_across(first)[0][0] + held * LINE + 2 * EDGE - 1)
    top = place_of(second, f"框{held}")[1] - place_of(first, "行0")[1]
    assert top == pytest.approx(EDGE)
    assert len(lines_across(second)) == 2
    assert lines_across(second)[1][0] - lines_across(second)[0][0] == pytest.approx((8 - held) * LINE + 2 * EDGE - 1)


def test_a_hanging_first_line_stands_in_the_box_of_the_paragraph_above(fonts: FontBook) -> None:
    together = [boxed("标题", 'w:left="720"'), boxed("一、条", 'w:left="1080" w:hanging="360"')]
    apart = [boxed("标题", 'w:left="720"'), boxed("一、条", 'w:left="1080"')]

    assert len(lines_across(lay_out_docx(word_file(*together), fonts).pages[0])) == 2
    assert len(lines_across(lay_out_docx(word_file(*apart), fonts).pages[0])) == 4


@pytest.mark.parametrize(("lines", "pages"), [(20, 2), (21, 3)])
def test_a_page_break_alone_in_its_paragraph_needs_room_on_the_page_it_ends(
    lines: int, pages: int, fonts: FontBook, reading_fonts: FontBook
) -> None:
    broken = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    data = word_file(*[paragraph("行") for _ in range(lines)], broken, paragraph("后"))

    assert lay_out_docx(data, fonts).page_count == 2  # a sheet is not worth it in print
    document = lay_out_docx(data, reading_fonts)
    assert document.page_count == pages
    assert place_of(document.pages[-1], "后")[1] == pytest.approx(place_of(document.pages[0], "行")[1])
