"""Rows that say other lines and blanks than their table (w:tblPrEx)."""

from __future__ import annotations

from anjian_desktop.documents.layout.model import Cell, Table
from anjian_desktop.documents.layout.reading.document import read_document
from tests.faithfulness.building import cell, paragraph, row, table, word_file

_OTHER = (
    '<w:tblPrEx><w:tblBorders><w:insideV w:val="single" w:sz="12" w:space="0" w:color="auto"/></w:tblBorders>'
    '<w:tblCellMar><w:left w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPrEx>'
)


def _cells() -> list[Cell]:
    plain = row(cell("甲", width=2000), cell("乙", width=2000))
    other = plain.replace("<w:tr>", f"<w:tr>{_OTHER}")
    found = read_document(word_file(table(plain, other, plain, columns=(2000, 2000), style="a1"), paragraph("完")))
    block = found.sections[0].blocks[0]
    assert isinstance(block, Table)
    return [one.cells[1] for one in block.rows]


def test_a_row_has_the_lines_it_says_and_no_other_row_has_them() -> None:
    widths = [one.borders.left.width if one.borders.left is not None else 0.0 for one in _cells()]
    assert widths == [0.0, 1.5, 0.0]


def test_a_row_has_the_blank_in_its_cells_that_it_says() -> None:
    assert [round(one.margins.left, 2) for one in _cells()] == [5.4, 2.0, 5.4]
