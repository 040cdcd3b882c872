"""Workbooks of Excel 5 to 2003 (.xls) and WPS (.et): values, dates, error values, merged ranges, hidden rows and sheets."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import Any

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import MAX_TEXT, CellProblem, error_cell
from anjian_desktop.exchange.sheet_events import SheetSink, tell_rows
from anjian_desktop.exchange.sheet_rows import MAX_COLUMNS, MAX_MERGES, Merge, SheetRow, choose, too_many_merges
from anjian_desktop.exchange.spreadsheet_values import day_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BARE = (b"\x09\x08", b"\x09\x04", b"\x09\x02")
"""First bytes of a workbook stream without the compound file around it, as some programs write it."""


def refuse_other_kinds(data: bytes, name: str) -> None:
    """Say what a compound file is when it holds no workbook, or one with a password. Raises UserError."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UserError(f"工作簿“{name}”有打开密码。", next_step="请先在 Excel 或 WPS 里取消密码，再导入。")
    if not any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book", "WORKBOOK", "BOOK")):
        what = "是 Word 文档" if "WordDocument".encode("utf-16-le") in data else "已损坏，或者是别的文件"
        raise UserError(f"“{name}”{what}，不是工作簿。", next_step="请选择 Excel、WPS 表格或 .csv 文件。")


def read_old_workbook(data: bytes, name: str, wanted: str | None, sink: SheetSink) -> None:
    """Tell the sheets of the workbook; hidden ones without rows unless `wanted` names them. Raises UserError."""
    import xlrd  # in the child process only
    from xlrd.compdoc import CompDocError

    if data.startswith(OLE):
        refuse_other_kinds(data, name)
    try:
        with xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        ) as book:
            _tell_book(book, wanted, sink)
    except (xlrd.XLRDError, CompDocError) as error:
        if "encrypted" in str(error).casefold() or "password" in str(error).casefold():
            raise UserError(
                f"工作簿“{name}”有打开密码。", next_step="请先在 Excel 或 WPS 里取消密码，再导入。"
            ) from None
        raise ValueError(str(error)) from None


def _tell_book(book: Any, wanted: str | None, sink: SheetSink) -> None:
    titles = book.sheet_names()
    for position in choose(titles, wanted):
        sheet = book.sheet_by_index(position)
        hidden = sheet.visibility != 0
        sink.begin(titles[position], hidden=hidden, starts_1904=book.datemode == 1)
        if hidden and wanted is None:
            sink.end()
        else:
            _tell_sheet(sheet, book.datemode == 1, sink)
        book.unload_sheet(position)


def _tell_sheet(sheet: Any, starts_1904: bool, sink: SheetSink) -> None:
    if len(sheet.merged_cells) > MAX_MERGES:
        raise too_many_merges()
    hidden = [number for number, info in sheet.rowinfo_map.items() if info.hidden]
    cut: list[int] = []
    tell_rows(sink, _rows(sheet, starts_1904, cut))
    sink.end(
        merges=[
            Merge(top + 1, bottom, left, right - 1)
            for top, bottom, left, right in sheet.merged_cells
            if bottom > top and right > left
        ],
        hidden_rows=sum(number < sheet.nrows and sheet.row_len(number) > 0 for number in hidden),
        notes=[f"工作表“{sheet.name}”第 {MAX_COLUMNS} 列以后的内容没有读取"] if cut else [],
    )


def _rows(sheet: Any, starts_1904: bool, cut: list[int]) -> Iterator[SheetRow]:
    for number in range(sheet.nrows):
        kinds, values = sheet.row_types(number), sheet.row_values(number)
        cells = [_cell(kind, value, starts_1904) for kind, value in zip(kinds, values, strict=True)]
        while cells and cells[-1] is None:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            cut.append(number)
            del cells[MAX_COLUMNS:]
        if cells:
            yield SheetRow(number + 1, cells)


def _cell(kind: int, value: Any, starts_1904: bool) -> object:
    """A cell by xlrd's type: 0 empty, 1 text, 2 number, 3 date, 4 boolean, 5 error, 6 blank with a format."""
    if kind == 1:
        if len(value) > MAX_TEXT:
            return CellProblem(value[:20] + "…", f"内容超过 {MAX_TEXT} 字")
        return value or None
    if kind == 2:
        if not math.isfinite(value):
            return CellProblem(str(value), "不是数字")
        return int(value) if abs(value) < 1e15 and value == int(value) else value
    if kind == 3:
        return day_of(value, starts_1904=starts_1904)
    if kind == 4:
        return bool(value)
    if kind == 5:
        from xlrd import error_text_from_code

        return error_cell(error_text_from_code.get(value, "#N/A"))
    return None
