"""Paragraphs without text, in documents that are only converted."""

from __future__ import annotations

import pytest
from support.laid_out import place_of
from support.word_files import STYLES, cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx

_PITCH = 15.6
_SECTION = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="720"'
    ' w:footer="720" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="312"/>'
)
_SMALL = '<w:sz w:val="21"/>'


def _between(empty: str, fonts: FontBook) -> float:
    """How far apart two lines of a cell stand with something between them (pt)."""
    cell = paragraph(run("甲", _SMALL)) + empty + paragraph(run("乙", _SMALL))
    table = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr/>{cell}</w:tc></w:tr></w:tbl>'
    page = lay_out_docx(word_file(table, section=_SECTION), fonts).pages[0]
    return place_of(page, "乙")[1] - place_of(page, "甲")[1]


@pytest.mark.parametrize(("align", "lines"), [("left", 1), ("center", 2), ("both", 2)])
def test_an_empty_paragraph_set_flush_left_takes_one_line_of_the_grid_in_a_cell_too(
    align: str, lines: int, reading_fonts: FontBook
) -> None:
    empty = f'<w:p><w:pPr><w:jc w:val="{align}"/><w:rPr><w:sz w:val="32"/></w:rPr></w:pPr></w:p>'

    assert _between(empty, reading_fonts) == pytest.approx((1 + lines) * _PITCH, abs=0.1)


def test_a_frame_among_the_defaults_of_all_paragraphs_is_none(reading_fonts: FontBook) -> None:
    frame = '<w:framePr w:w="0" w:h="0" w:hSpace="0" w:vSpace="0" w:xAlign="left" w:y="0" w:hRule="exact" w:vAnchor="margin"/>'
    defaults = f"<w:docDefaults><w:pPrDefault><w:pPr>{frame}</w:pPr></w:pPrDefault></w:docDefaults>"
    framed = STYLES.replace("<w:docDefaults>", defaults.removesuffix("</w:docDefaults>"))
    assert framed != STYLES
    file = word_file(
        *[paragraph(run(f"第{number}行", _SMALL)) for number in range(60)], section=_SECTION, styles=framed
    )

    assert lay_out_docx(file, reading_fonts).page_count == 2


def _row_between(first: str, second: str, properties: str, fonts: FontBook) -> float:
    """How much a row of these two cells moves the next one down (pt)."""
    hidden = "<w:hideMark/>"

    def height(*rows: str) -> float:
        body = table(row("甲", "子"), *rows, row("乙", "丑"), columns=(2000, 2000))
        page = lay_out_docx(word_file(body, section=_SECTION), fonts).pages[0]
        return place_of(page, "乙")[1] - place_of(page, "甲")[1]

    between = row(cell(first, properties=hidden), cell(second, properties=hidden), properties=properties)
    return height(between) - height()


@pytest.mark.parametrize(("properties", "moved"), [("", 0.0), ('<w:trHeight w:val="400"/>', 20.0)])
def test_a_row_of_empty_cells_whose_end_marks_count_for_nothing_is_no_higher_than_said(
    properties: str, moved: float, reading_fonts: FontBook
) -> None:
    assert _row_between("<w:p/>", "<w:p/>", properties, reading_fonts) == pytest.approx(moved, abs=0.6)


@pytest.mark.parametrize("second", ["字", "<w:p/><w:p/>"])
def test_a_row_with_more_than_an_end_mark_has_its_height(second: str, reading_fonts: FontBook) -> None:
    assert _row_between("<w:p/>", second, "", reading_fonts) > _PITCH - 0.6
