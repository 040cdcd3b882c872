"""Tables that take a share of the text's width: their columns made wider or narrower."""

from __future__ import annotations

from dataclasses import replace

from anjian_desktop.documents.layout.model import Table


def widened(table: Table, width: float) -> Table:
    """The table with its columns widened or narrowed to a width in pt."""
    now = table.width
    if not now or abs(width - now) < 0.05:
        return table
    by = width / now
    rows = []
    for row in table.rows:
        cells = tuple(replace(cell, width=cell.width * by) for cell in row.cells)
        rows.append(replace(row, indent=row.indent * by, cells=cells))
    return replace(table, rows=tuple(rows), columns=tuple(column * by for column in table.columns))
