"""Rows of tables at a page's end, of which only the blank under their text finds no room: a multiple's, a paragraph's."""

from __future__ import annotations

from collections.abc import Sequence

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

MULTIPLE = '<w:spacing w:line="360" w:lineRule="auto"/>'

ROW = 10 + 312 + 115
"""A row's height: the line above it, a line of the grid and half of what text of 10 pt comes to."""


def laid(
    over: int, fonts: FontBook, least: int = 0, beside: tuple[str, ...] = (), spacing: str = MULTIPLE, tall: int = ROW
) -> tuple[str, float]:
    """What stands on the first page when a row would stand so far past it, and where the third row stands."""
    filler = paragraph(properties=f'<w:spacing w:line="{ROOM - 2 * tall + over}" w:lineRule="exact"/>')
    asked = f'<w:trHeight w:val="{least}"/>'
    cells = [cell(paragraph(run(text) if text else "", properties=spacing)) for text in ("甲", "乙", "丙", *beside)]
    rows = [row(one, *cells[3:], properties=asked) for one in cells[:3]]
    body = filler, table(*rows, columns=(4000,) * (1 + len(beside)))
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


def test_a_row_that_is_higher_than_its_text_does_not_stay_where_the_blank_finds_no_room(
    reading_fonts: FontBook,
) -> None:
    assert [laid(50, reading_fonts, least)[0] for least in (0, ROW - 10, ROW + 5)] == ["甲乙", "甲乙", "甲"]


def test_a_row_with_an_empty_cell_does_not_stay_where_the_blank_finds_no_room(reading_fonts: FontBook) -> None:
    assert [laid(over, reading_fonts, beside=("",))[0] for over in (-10, 0, 50)] == ["甲乙", "甲", "甲"]
    assert [laid(over, reading_fonts, beside=("丁",))[0] for over in (50, 110)] == ["甲丁乙丁", "甲丁"]


def test_a_row_of_one_line_stays_whose_blank_below_alone_finds_no_room(reading_fonts: FontBook) -> None:
    tall = 10 + 312 + 60 + 100

    def rows(over: int) -> tuple[str, float]:
        return laid(over, reading_fonts, spacing='<w:spacing w:before="60" w:after="100"/>', tall=tall)

    (fits, first), (blank, second), (also, third), (text, fourth) = rows(-10), rows(10), rows(90), rows(120)
    assert (fits, blank, also, text) == ("甲乙", "甲乙", "甲乙", "甲")
    assert [round((place - first) * 20) for place in (second, third)] == [
        tall - 60
    ] * 2  # a line and the blank below it
    assert round((fourth - first) * 20) == tall


def parted(cells: Sequence[str], over: int, least: int, fonts: FontBook) -> tuple[str, float]:
    """What stands on the first page when the second row's first lines would stand so far past it, and where the last row
    stands on the next one.
    """
    filler = paragraph(properties=f'<w:spacing w:line="{ROOM - 2 * ROW + over}" w:lineRule="exact"/>')
    ends = [row(*[cell(paragraph(run(text), properties=MULTIPLE))] * len(cells)) for text in "甲丙"]
    middle = row(*cells, properties=f'<w:trHeight w:val="{least}"/>')
    body = filler, table(ends[0], middle, ends[1], columns=(2000,) * len(cells))
    before, after = lay_out_docx(word_file(*body, section=PAGE, styles=""), fonts).pages
    place = min(y for fragment, _, y in after.placed if "丙" in fragment.text)
    return before.text.replace("\n", ""), place


def test_beside_text_that_goes_on_an_empty_cell_needs_no_more_room_than_its_own_blank(reading_fonts: FontBook) -> None:
    small = cell(paragraph(properties=MULTIPLE + '<w:rPr><w:sz w:val="10"/></w:rPr>'))
    long, short = (cell(paragraph(run(text), properties=MULTIPLE)) for text in ("乙" * 15, "乙"))

    def stays(*cells: str) -> bool:
        return "乙" in parted(cells, 30, 0, reading_fonts)[0]

    assert stays(long, small) and stays(small, long)
    assert stays(small, short) and not stays(short, small)  # as LibreOffice 7.4 has it


def test_under_the_first_line_of_a_cell_a_multiple_needs_no_room_and_takes_a_line_of_the_next_page(
    reading_fonts: FontBook,
) -> None:
    two = cell(*[paragraph(run(text), properties=MULTIPLE) for text in "乙丁"])
    cramped, first = parted([two], 50, 0, reading_fonts)
    asked, second = parted([two], 50, 400, reading_fonts)
    away, _ = parted([two], 115, 0, reading_fonts)

    assert (cramped, asked, away) == ("甲乙", "甲乙", "甲")
    assert first > second + 312 / 20  # no line where a height is asked for that has room for the blank
