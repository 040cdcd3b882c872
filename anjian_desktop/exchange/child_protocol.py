"""What the workbook-reading child says to the program: frames of JSON whose shape is checked on arrival.

A cell is JSON's own text, number, true, false, null, or a list that starts with a digit for what JSON has no word for:
[0, day's ordinal], [1, moment in ISO], [2, text shown, problem].
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from anjian_desktop.exchange.cells import CellProblem
from anjian_desktop.exchange.sheet_rows import MAX_COLUMNS, MAX_MERGES, Merge, SheetRow
from anjian_desktop.sandbox.frames import Garbled, packed, unpacked

BEGIN, ROWS, AGAIN, END = b"S", b"R", b"A", b"E"
_PLAIN = frozenset({str, int, float, bool, type(None), list})


def packed_rows(rows: Sequence[SheetRow]) -> bytes:
    """Rows as [number, cell, cell …]."""
    return packed([[row.number, *map(_packed_cell, row.cells)] for row in rows])


def unpacked_rows(payload: bytes) -> list[SheetRow]:
    """The rows of a frame. Raises Garbled."""
    found = unpacked(payload)
    if type(found) is not list:
        raise Garbled
    rows = []
    for cells in found:
        if type(cells) is not list or not cells or not 1 < len(cells) <= MAX_COLUMNS + 1:
            raise Garbled
        kinds = set(map(type, cells))
        if not kinds <= _PLAIN:
            raise Garbled
        number = cells.pop(0)
        if type(number) is not int or number < 1:
            raise Garbled
        if list in kinds:
            cells = [_cell(cell) if type(cell) is list else cell for cell in cells]
        rows.append(SheetRow(number, cells))
    return rows


def packed_merges(merges: Sequence[Merge]) -> list[list[int]]:
    """Merged ranges for a frame."""
    return [[one.first_row, one.last_row, one.first_column, one.last_column] for one in merges]


def unpacked_merges(found: object) -> list[Merge]:
    """Merged ranges of a frame. Raises Garbled."""
    if not isinstance(found, list) or len(found) > MAX_MERGES:
        raise Garbled
    merges = []
    for one in found:
        if not isinstance(one, list) or len(one) != 4 or any(type(number) is not int for number in one):
            raise Garbled
        merges.append(Merge(*one))
    return merges


def _packed_cell(cell: object) -> object:
    if cell is None or isinstance(cell, str | int | float):
        return cell
    if isinstance(cell, datetime):
        return [1, cell.isoformat()]
    if isinstance(cell, date):
        return [0, cell.toordinal()]
    assert isinstance(cell, CellProblem)
    return [2, cell.shown, cell.message]


def _cell(packed_cell: list[Any]) -> object:
    try:
        match packed_cell:
            case [0, int(ordinal)]:
                return date.fromordinal(ordinal)
            case [1, str(moment)]:
                return datetime.fromisoformat(moment)
            case [2, str(shown), str(message)]:
                return CellProblem(shown, message)
    except (ValueError, OverflowError):
        pass
    raise Garbled
