"""Rows of tables at a page's end, of which only the blank that a multiple leaves under their text finds no room."""

from __future__ import annotations

from support.word_files import cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx

PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="312"/>'
)
ROOM = 44 * 312
"""Twentieths of a point that the lines of the grid leave to the text."""

ROW = 10 + 312 + 115
"""A row's height: the line above it, a line of the grid and half of what text of 10 pt comes to."""


def laid(over: int, fonts: FontBook) -> tuple[str, float]:
    """What stands on the first page when a row would stand so far past it, and where the third row stands."""
    filler = paragraph(properties=f'<w:spacing w:line="{ROOM - 2 * ROW + over}" w:lineRule="exact"/>')
    multiple = '<w:spacing w:line="360" w:lineRule="auto"/>'
    rows = [row(cell(paragraph(run(text), properties=multiple))) for text in "甲乙丙"]
    body = filler, table(*rows, columns=(4000,))
    before, after = lay_out_docx(word_file(*body, section=PAGE, styles=""), fonts).pages
    (place,) = [y for fragment, _, y in after.placed if "丙" in fragment.text]
    return before.text.replace("\n", ""), place


def test_a_row_stays_whose_blank_alone_finds_no_room_and_takes_a_line_of_the_next_page(reading_fonts: FontBook) -> None:
    fits, first = laid(-10, reading_fonts)
    blank, second = laid(0, reading_fonts)
    also, third = laid(100, reading_fonts)
    text, fourth = laid(110, reading_fonts)

    assert (fits, blank, also, text) == (
        "甲乙",
        "甲乙",
        "甲乙",
        "甲",
    )  # as LibreOffice 7.4 has it, with a line of 10 below
    assert [round((place - first) * 20) for place in (second, third, fourth)] == [ROW] * 3
