"""LibreOffice's columns of tables: it counts their places in ten-thousandths of the table, and those in whole twips."""

from __future__ import annotations

import math
from contextlib import ExitStack
from dataclasses import replace
from itertools import accumulate
from unittest.mock import patch

from anjian_desktop.documents.layout.model import Cell, Table
from anjian_desktop.documents.layout.typesetting import rows
from anjian_desktop.documents.layout.typesetting.lines import Measure
from anjian_desktop.documents.layout.typesetting.rows import CellLines, TableSetter

_PARTS, _TWIPS = 10_000, 20


def count_twips(stack: ExitStack) -> None:
    """Sets tables with such columns."""
    own = TableSetter.__init__

    def begin(setter: TableSetter, table: Table, measure: Measure, content: CellLines, depth: int = 0) -> None:
        own(setter, table, measure, content, depth)
        setter._table = _in_twips(setter._table)

    stack.enter_context(patch.object(rows.TableSetter, "__init__", begin))


def _in_twips(table: Table) -> Table:
    whole = table.width
    if not whole:
        return table
    places = [0.0]
    for place in accumulate(table.columns):
        part = math.floor(place * _PARTS / whole + 0.5)
        places.append(math.floor(part * whole * _TWIPS / _PARTS + 0.001) / _TWIPS)

    def counted(cell: Cell) -> Cell:
        end = cell.column + cell.span
        return replace(cell, width=places[end] - places[cell.column]) if end < len(places) else cell

    found = tuple(replace(row, cells=tuple(counted(cell) for cell in row.cells)) for row in table.rows)
    return replace(table, rows=found)
