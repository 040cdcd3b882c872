"""Every workbook from outside is read by one reusable child process; what it tells is checked and handed on."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from functools import cache

from anjian_desktop.errors import UserError
from anjian_desktop.exchange import CHILD_ARGUMENT
from anjian_desktop.exchange import child_protocol as protocol
from anjian_desktop.exchange.sheet_events import SheetSink
from anjian_desktop.sandbox import frames
from anjian_desktop.sandbox.process import Child, Limits, Watch, Work


def _died(name: str) -> UserError:
    return UserError(
        f"文件“{name}”读不出来，读取已安全终止，没有导入任何内容。",
        next_step="请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”后再试。",
        code="reader_died",
    )


def _hung(name: str) -> UserError:
    return UserError(
        f"读取文件“{name}”超时，已安全终止，没有导入任何内容。",
        next_step="请确认文件来源，或分成几份导入。",
        code="reader_timeout",
    )


WORKBOOKS = Work("anjian_desktop.exchange.child", CHILD_ARGUMENT, _died, _hung)


class FileReader(Child):
    """The child that reads workbooks."""

    def __init__(self, limits: Limits | None = None, command: Callable[[int], list[str]] | None = None) -> None:
        super().__init__(WORKBOOKS, limits, command)

    def read(
        self,
        data: bytes,
        *,
        name: str,
        title: str,
        wanted: str | None,
        sink: SheetSink,
        watch: Watch | None = None,
    ) -> None:
        """Have the child read a file's bytes and tell `sink` its sheets. Raises UserError as `ask` does."""

        def hand_on(kind: bytes, payload: bytes) -> None:
            _hand_on(kind, payload, sink)

        self.ask([name, title, wanted], data, name=name, hand_on=hand_on, watch=watch)


def _hand_on(kind: bytes, payload: bytes, sink: SheetSink) -> None:
    """Pass one frame to the sink. Raises Garbled."""
    if kind == protocol.ROWS:
        sink.rows(protocol.unpacked_rows(payload))
        return
    if kind == protocol.AGAIN:
        sink.again()
        return
    match kind, frames.unpacked(payload):
        case protocol.BEGIN, [str(name), bool(hidden), bool(starts_1904), bool(unmerged)]:
            sink.begin(name, hidden=hidden, starts_1904=starts_1904, unmerged=unmerged)
        case protocol.END, [merges, int(hidden_rows), list(notes)] if all(isinstance(one, str) for one in notes):
            sink.end(merges=protocol.unpacked_merges(merges), hidden_rows=hidden_rows, notes=notes)
        case _:
            raise frames.Garbled


@cache
def file_reader() -> FileReader:
    """The program's one reader; its child ends with the program."""
    reader = FileReader()
    atexit.register(reader.close)
    return reader
