"""Workbooks of Excel 97–2003 (BIFF8 in a compound file), written record by record, for tests of reading them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}
_PLAIN, _DAY = 0, 1
_SECTOR = 512


@dataclass(frozen=True)
class OldSheet:
    """Rows of cells; merged ranges (first row, last row, first column, last column), all counted from 0."""

    rows: Sequence[Sequence[object]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()


def old_workbook(sheets: Mapping[str, OldSheet], *, starts_1904: bool = False, password: bool = False) -> bytes:
    """The .xls file's bytes. With `password` its records say that they are encrypted."""
    return compound_file("Workbook", _stream(sheets, starts_1904, password))


def compound_file(name: str, content: bytes) -> bytes:
    """A compound file with one stream ([MS-CFB]), which is padded so that no mini stream is needed."""
    content = content.ljust(max(4096, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
    count = len(content) // _SECTOR
    fats = 1
    while fats * 128 < count + 1 + fats:
        fats += 1
    chain = [*range(1, count), 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFD] * fats]
    chain += [0xFFFFFFFF] * (fats * 128 - len(chain))
    places = [*range(count + 1, count + 1 + fats)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<III4xIIIII", 0, fats, count, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *places, *[0xFFFFFFFF] * (109 - fats))
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 0, len(content))
    return head + content + directory.ljust(_SECTOR, b"\0") + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _stream(sheets: Mapping[str, OldSheet], starts_1904: bool, password: bool) -> bytes:
    start = _bof(0x0005)
    if password:
        start += _record(0x002F, struct.pack("<HHH", 0, 1, 2))
    start += _record(0x0042, struct.pack("<H", 1200)) + _record(0x0022, struct.pack("<H", starts_1904))
    font = struct.pack("<HHHHHBBBB", 220, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _short_text("Arial")
    start += _record(0x0031, font) * 5
    start += b"".join(
        _record(0x00E0, struct.pack("<HHHBBBBIIH", 0, number, 0, 0, 0, 0, 0, 0, 0, 0)) for number in (0, 14)
    )
    bodies = [_sheet(sheet, starts_1904) for sheet in sheets.values()]
    size = len(start) + sum(len(_bound(0, name, False)) for name in sheets) + 4
    bounds = b""
    for (name, sheet), body in zip(sheets.items(), bodies, strict=True):
        bounds += _bound(size, name, sheet.hidden)
        size += len(body)
    return start + bounds + _record(0x000A) + b"".join(bodies)


def _bound(place: int, name: str, hidden: bool) -> bytes:
    return _record(0x0085, struct.pack("<IBB", place, hidden, 0) + _short_text(name))


def _short_text(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _sheet(sheet: OldSheet, starts_1904: bool) -> bytes:
    height = len(sheet.rows)
    width = max((len(row) for row in sheet.rows), default=0)
    out = _bof(0x0010) + _record(0x0200, struct.pack("<IIHHH", 0, height, 0, width, 0))
    for number in sorted(sheet.hidden_rows):
        out += _record(0x0208, struct.pack("<HHHHHHI", number, 0, width, 255, 0, 0, 0x120))
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            out += _cell(number, column, cell, starts_1904)
    return out + b"".join(_merges(sheet.merged)) + _record(0x000A)


def _merges(merged: Sequence[tuple[int, int, int, int]]) -> Iterable[bytes]:
    for start in range(0, len(merged), 1000):
        part = merged[start : start + 1000]
        yield _record(0x00E5, struct.pack("<H", len(part)) + b"".join(struct.pack("<HHHH", *one) for one in part))


def _cell(row: int, column: int, cell: object, starts_1904: bool) -> bytes:
    if cell is None:
        return b""
    place = struct.pack("<HHH", row, column, _PLAIN)
    if isinstance(cell, bool):
        return _record(0x0205, place + struct.pack("<BB", cell, 0))
    if isinstance(cell, int | float):
        return _record(0x0203, place + struct.pack("<d", cell))
    if isinstance(cell, date):
        start = datetime(1904, 1, 1) if starts_1904 else datetime(1899, 12, 30)
        moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)
        days = (moment - start).total_seconds() / 86_400
        return _record(0x0203, struct.pack("<HHHd", row, column, _DAY, days))
    text = str(cell)
    if text in ERRORS:
        return _record(0x0205, place + struct.pack("<BB", ERRORS[text], 1))
    return _record(0x0204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))
