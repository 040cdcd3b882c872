"""Read a clerk's file as it comes: recognised by content, limits checked before it is opened, refused in words."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import MAX_TEXT, CellProblem
from anjian_desktop.exchange.sheet_rows import MAX_COLUMNS, SAVE_AS, Sheet, SheetRow, append_limited, choose

__all__ = ["Sheet", "SheetRow", "Workbook", "read_workbook"]

MAX_CSV_BYTES = 100_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass
class Workbook:
    """A file's sheets, in the order of their tabs."""

    sheets: list[Sheet]


def read_workbook(path: Path, *, sheet: str | None = None) -> Workbook:
    """All sheets of an .xlsx file or the one of a UTF-8 .csv file; with `sheet`, that one alone.

    Raises UserError, in words: what the file is and how to get an .xlsx from it.
    """
    try:
        with path.open("rb") as file:
            head = file.read(8192)
            if not head:
                raise UserError(f"“{path.name}”是空文件。", next_step="请换一个文件。")
            if head.startswith(b"PK"):
                file.seek(0)
                return _guarded(lambda: _read_xlsx(file, path.name, sheet), path.name)
            _refuse_disguise(head, file, path.name)
            file.seek(0)
            text = file.read(MAX_CSV_BYTES + 1)
    except FileNotFoundError:
        raise UserError(f"找不到文件“{path.name}”。", next_step="请检查文件是否还在原来的位置。") from None
    except PermissionError:
        if path.is_dir():  # what Windows says of a folder
            raise _unreadable(path) from None
        raise UserError(f"打不开文件“{path.name}”。", next_step="请先在 Excel 或 WPS 中关闭它，再试一次。") from None
    except OSError:
        raise _unreadable(path) from None
    if len(text) > MAX_CSV_BYTES:
        raise UserError(f"“{path.name}”超过 100 MB。", next_step="请分成几份导入。")
    return Workbook([_read_csv(text, path, sheet)])


def _unreadable(path: Path) -> UserError:
    return UserError(f"读不了文件“{path.name}”。", next_step="请检查它是不是一个文件、所在的盘是否还连着。")


def _guarded(read: Callable[[], Workbook], name: str) -> Workbook:
    from lxml import etree  # with the reader only: not needed to start the program

    try:
        return read()
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, etree.LxmlError, EOFError, LookupError,
        ValueError, OverflowError, NotImplementedError, RuntimeError,
    ):  # fmt: skip
        raise UserError(
            f"文件“{name}”已损坏，没有导入任何内容。", next_step="请让对方重新发送，或" + SAVE_AS[1:]
        ) from None


def _read_xlsx(file: io.BufferedReader, name: str, wanted: str | None) -> Workbook:
    from anjian_desktop.exchange.spreadsheet_xml import read_sheets  # brings lxml

    return Workbook(read_sheets(file, name, wanted))


def _refuse_disguise(head: bytes, file: io.BufferedReader, name: str) -> None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2000].lower()
    if head.startswith(_OLE):
        file.seek(0)
        if "EncryptedPackage".encode("utf-16-le") in file.read(50_000_000):
            raise UserError(f"工作簿“{name}”有打开密码。", next_step="请先在 Excel 或 WPS 里取消密码，再导入。")
        raise UserError(f"“{name}”是旧的 .xls 格式，现在还不能直接导入。", next_step=SAVE_AS)
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"mime-version:")):
        raise UserError(f"“{name}”其实是网页格式。", next_step=SAVE_AS)
    if start.startswith(b"<"):
        raise UserError(f"“{name}”其实是 XML 格式，不是工作簿。", next_step=SAVE_AS)
    if start.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"rar!", b"7z\xbc", b"{\\rtf")) or (
        b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise UserError(f"“{name}”不是表格文件。", next_step="请选择 .xlsx 或 .csv 文件。")


def _read_csv(data: bytes, path: Path, wanted: str | None) -> Sheet:
    choose([path.stem], wanted)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        kind = "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "GBK（Windows 记事本、旧版 WPS）"
        raise UserError(f"“{path.name}”不是 UTF-8 文字，像是 {kind} 编码。", next_step=SAVE_AS) from None
    if "\x00" in text:
        raise UserError(f"“{path.name}”不是表格文件。", next_step="请选择 .xlsx 或 .csv 文件。")
    sheet = Sheet(path.stem)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), start=1):
            if any(cell.strip() for cell in cells):
                append_limited(sheet.rows, number, [_csv_cell(cell) for cell in cells[:MAX_COLUMNS]])
    except csv.Error:
        raise UserError(f"“{path.name}”第{len(sheet.rows) + 1}行附近格式损坏。", next_step=SAVE_AS) from None
    return sheet


def _csv_cell(cell: str) -> object:
    if len(cell) > MAX_TEXT:
        return CellProblem(cell[:20] + "…", f"内容超过 {MAX_TEXT} 字")
    return cell or None


def _delimiter(text: str) -> str:
    """The one of comma, semicolon, tab that the first lines use most evenly."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    return max(",\t;", key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines)))
