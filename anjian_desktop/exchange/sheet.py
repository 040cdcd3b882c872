"""Read a clerk's file as it comes: recognised by content, opened in the child process only, refused in words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.child_process import file_reader
from anjian_desktop.exchange.sheet_events import SheetCollector, SheetSink
from anjian_desktop.exchange.sheet_rows import Sheet, SheetRow

__all__ = ["Sheet", "SheetRow", "Workbook", "read_file_bytes", "read_workbook", "tell_workbook"]

MAX_BYTES = 100_000_000


@dataclass
class Workbook:
    """A file's sheets, in the order of their tabs, and the SHA-256 of the very bytes they were read from."""

    sheets: list[Sheet]
    sha256: str = field(default="", compare=False)


def read_workbook(path: Path, *, sheet: str | None = None, watch: Callable[[], None] | None = None) -> Workbook:
    """All sheets of a workbook (.xlsx, .xls, .et), a web page that calls itself one, or a text table; with `sheet`, that
    one alone.

    `watch` is called at least every tenth of a second; what it raises stops the reading. Raises UserError, in words:
    what the file is and how to get a workbook from it.
    """
    data = read_file_bytes(path)
    collector = SheetCollector()
    tell_workbook(data, path, collector, sheet=sheet, watch=watch)
    return Workbook(collector.sheets, hashlib.sha256(data).hexdigest())


def tell_workbook(
    data: bytes, path: Path, sink: SheetSink, *, sheet: str | None = None, watch: Callable[[], None] | None = None
) -> None:
    """Tell the sheets of a file whose bytes are `data`, as `read_workbook` does. Raises UserError."""
    file_reader().read(data, name=path.name, title=path.stem, wanted=sheet, sink=sink, watch=watch)


def read_file_bytes(path: Path) -> bytes:
    """The bytes of a file that is to be imported. Raises UserError when it cannot be read, is empty or too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UserError(f"找不到文件“{path.name}”。", next_step="请检查文件是否还在原来的位置。") from None
    except PermissionError:
        if path.is_dir():  # what Windows says of a folder
            raise _unreadable(path) from None
        raise UserError(f"打不开文件“{path.name}”。", next_step="请先在 Excel 或 WPS 中关闭它，再试一次。") from None
    except (OSError, ValueError):
        raise _unreadable(path) from None
    if not data:
        raise UserError(f"“{path.name}”是空文件。", next_step="请换一个文件。")
    if len(data) > MAX_BYTES:
        raise UserError(
            f"“{path.name}”超过 {MAX_BYTES // 1_000_000} MB。", next_step="请分成几份导入。", code="oversized"
        )
    return data


def _unreadable(path: Path) -> UserError:
    return UserError(f"读不了文件“{path.name}”。", next_step="请检查它是不是一个文件、所在的盘是否还连着。")
