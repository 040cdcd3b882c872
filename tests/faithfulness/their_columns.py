"""How LibreOffice rounds the columns of tables, where Word keeps them as the file says."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import pairwise
from typing import Any
from unittest.mock import patch

from anjian_desktop.documents.layout.model import Row, Table
from anjian_desktop.documents.layout.reading import document

_HUNDREDTHS_OF_MM = 2540 / 72
_WHOLE, _TWIPS = 10_000, 20


def columns_in_ten_thousandths(stack: ExitStack) -> None:
    """Columns end at whole ten-thousandths of the table's width, and there at whole twentieths of a point."""
    own_read = document.read_table

    def read(*given: Any) -> Table:
        table = own_read(*given)
        grid = [round(column * _HUNDREDTHS_OF_MM) for column in table.columns]
        return replace(table, rows=tuple(_rounded(row, grid, table.width) for row in table.rows))

    stack.enter_context(patch.object(document, "read_table", read))


def _rounded(row: Row, grid: Sequence[int], width: float) -> Row:
    first = row.cells[0].column if row.cells else len(grid)
    spans = [1] * first + [cell.span for cell in row.cells]
    if sum(spans) != len(grid) or not all(grid):
        return row
    twips = round(width * _TWIPS)
    reached, place, edges = 0, 0, [0]
    for span in spans:
        reached += round(sum(grid[place : place + span]) * _WHOLE / sum(grid))
        place += span
        edges.append(twips if place == len(grid) else reached * twips // _WHOLE)
    widths = [(end - begin) / _TWIPS for begin, end in pairwise(edges)][first:]
    cells = tuple(replace(cell, width=width) for cell, width in zip(row.cells, widths, strict=True))
    return replace(row, indent=edges[first] / _TWIPS, cells=cells)
