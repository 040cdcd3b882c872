"""The child process that opens workbooks: it reads bytes it is handed and tells rows, and knows no store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from anjian_desktop.exchange import child_protocol as protocol
from anjian_desktop.exchange.sheet_rows import Merge, SheetRow
from anjian_desktop.sandbox import frames
from anjian_desktop.sandbox.serving import Answer, serve


class _Teller:
    """Sends what a reader finds, frame by frame."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def begin(self, name: str, *, hidden: bool = False, starts_1904: bool = False, unmerged: bool = False) -> None:
        frames.send(self._out, protocol.BEGIN, frames.packed([name[:200], hidden, starts_1904, unmerged]))

    def rows(self, rows: list[SheetRow]) -> None:
        frames.send(self._out, protocol.ROWS, protocol.packed_rows(rows))

    def again(self) -> None:
        frames.send(self._out, protocol.AGAIN)

    def end(self, *, merges: Sequence[Merge] = (), hidden_rows: int = 0, notes: Sequence[str] = ()) -> None:
        told = [protocol.packed_merges(merges), hidden_rows, list(notes)]
        frames.send(self._out, protocol.END, frames.packed(told))


def main(memory: int) -> None:
    """Answer requests on standard input until it ends; `memory` is the most this process may use, in bytes."""
    serve(memory, _reading)


def _reading() -> Answer:
    from anjian_desktop.exchange.file_kinds import read_file

    def answer(request: Any, data: bytes, out: IO[bytes]) -> None:
        name, title, wanted = request
        read_file(data, name, title, wanted, _Teller(out))

    return answer
