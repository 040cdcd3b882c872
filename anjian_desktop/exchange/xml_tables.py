"""“XML 表格 2003” (SpreadsheetML of Office 2003): the sheets of one XML text that Excel and reporting systems save as .xls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import error_cell
from anjian_desktop.exchange.sheet_events import SheetSink, tell_rows
from anjian_desktop.exchange.sheet_rows import (
    MAX_COLUMNS,
    MAX_MERGES,
    MAX_ROWS,
    Merge,
    SheetRow,
    choose,
    too_many_merges,
    too_many_rows,
    unlike,
)
from anjian_desktop.exchange.spreadsheet_values import moment_of, number_of, plain_text

_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_MARKS = (_SPACE.encode(), b'progid="Excel.Sheet"')


def looks_like_xml_table(head: bytes) -> bool:
    """Whether a file's first bytes are those of an XML 表格 2003."""
    start = head.decode("utf-16", "ignore").encode() if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") and any(mark in start for mark in _MARKS)


def read_xml_tables(data: bytes, name: str, wanted: str | None, sink: SheetSink) -> None:
    """Tell the sheets; hidden ones without rows unless `wanted` names them. Raises UserError, and lxml's errors."""
    from lxml import etree

    if b"<!DOCTYPE" in data[:8192]:
        raise UserError(f"文件“{name}”内容异常，已拒绝，没有导入任何内容。", next_step="请确认文件来源。")
    book = etree.parse(io.BytesIO(data), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    sheets = book.findall(_tag("Worksheet"))
    if not sheets:
        raise UserError(f"文件“{name}”里没有工作表。", next_step="请换一个文件。")
    titles: list[str] = []
    for number, sheet in enumerate(sheets, start=1):
        titles.append(unlike(sheet.get(_tag("Name")) or f"Sheet{number}", titles))
    for position in choose(titles, wanted):
        sheet = sheets[position]
        visible = sheet.find(f"{{{_EXCEL}}}WorksheetOptions/{{{_EXCEL}}}Visible")
        hidden = visible is not None
        sink.begin(titles[position], hidden=hidden)
        merges: list[Merge] = []
        hidden_rows: list[int] = []
        if not hidden or wanted is not None:
            tell_rows(sink, _rows(sheet.find(_tag("Table")), merges, hidden_rows))
        sink.end(merges=merges, hidden_rows=len(hidden_rows))


def _rows(table: Any, merges: list[Merge], hidden: list[int]) -> Iterator[SheetRow]:
    number = kept = 0
    for row in () if table is None else table.findall(_tag("Row")):
        number = _index(row, number)
        cells = _cells(row, number, merges)
        if cells:
            kept += 1
            if kept > MAX_ROWS:
                raise too_many_rows()
            if row.get(_tag("Hidden")) == "1":
                hidden.append(number)
            yield SheetRow(number, cells)
        number += _whole(row, "Span")


def _cells(row: Any, number: int, merges: list[Merge]) -> list[object]:
    cells: list[object] = []
    column = 0
    for cell in row.findall(_tag("Cell")):
        column = _index(cell, column)
        if column > MAX_COLUMNS:
            break
        across, down = _whole(cell, "MergeAcross"), _whole(cell, "MergeDown")
        if down:
            merges.append(Merge(number, number + down, column - 1, column - 1 + across))
            if len(merges) > MAX_MERGES:
                raise too_many_merges()
        value = _value(cell.find(_tag("Data")))
        if value is not None:
            if column <= len(cells):
                raise ValueError("cells out of order")
            cells.extend([None] * (column - 1 - len(cells)))
            cells.append(value)
        column += across
    return cells


def _value(data: Any) -> object:
    """A cell's value; rich text without its marks, a formula's kept result."""
    text = "" if data is None else "".join(data.itertext())
    if not text.strip():
        return None
    match data.get(_tag("Type")):
        case "Number":
            with suppress(ValueError):
                return number_of(text.strip())
        case "DateTime":
            return moment_of(text.removesuffix("T00:00:00.000"))
        case "Boolean":
            return text.strip() == "1"
        case "Error":
            return error_cell(text.strip())
    return plain_text(text)


def _index(element: Any, last: int) -> int:
    """Where a row or cell stands, counted from 1: said, or after the last one. Raises ValueError when that is no place."""
    said = element.get(_tag("Index"))
    place = last + 1 if said is None else int(said)
    if place <= last:
        raise ValueError("rows or cells out of order")
    return place


def _whole(element: Any, name: str) -> int:
    """A count of further rows or columns; 0 where nothing fitting is said."""
    said = element.get(_tag(name)) or "0"
    return min(int(said), MAX_ROWS) if said.isascii() and said.isdigit() and len(said) < 8 else 0


def _tag(name: str) -> str:
    return f"{{{_SPACE}}}{name}"
