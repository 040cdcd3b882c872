"""The child process that opens files from outside: it reads bytes it is handed and tells rows, and knows no store."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import IO

from anjian_desktop.errors import UserError
from anjian_desktop.exchange import child_protocol as protocol
from anjian_desktop.exchange.child_limits import limit_myself
from anjian_desktop.exchange.sheet_rows import Merge, SheetRow


class _Teller:
    """Sends what a reader finds, frame by frame."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def begin(self, name: str, *, hidden: bool = False, starts_1904: bool = False, unmerged: bool = False) -> None:
        protocol.send(self._out, protocol.BEGIN, protocol.packed([name[:200], hidden, starts_1904, unmerged]))

    def rows(self, rows: list[SheetRow]) -> None:
        protocol.send(self._out, protocol.ROWS, protocol.packed_rows(rows))

    def again(self) -> None:
        protocol.send(self._out, protocol.AGAIN)

    def end(self, *, merges: Sequence[Merge] = (), hidden_rows: int = 0, notes: Sequence[str] = ()) -> None:
        told = [protocol.packed_merges(merges), hidden_rows, list(notes)]
        protocol.send(self._out, protocol.END, protocol.packed(told))


def main(memory: int) -> None:
    """Answer requests on standard input until it ends; `memory` is the most this process may use, in bytes."""
    given, out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not garble the frames
    limit_myself(memory)
    from anjian_desktop.exchange.file_kinds import read_file

    while (request := protocol.receive(given)) is not None:
        name, title, wanted = protocol.unpacked(request[1])
        content = protocol.receive(given)
        if content is None:
            return
        try:
            read_file(content[1], name, title, wanted, _Teller(out))
        except UserError as error:
            told = [error.message, error.next_step, error.code]
            protocol.send(out, protocol.REFUSED, protocol.packed(told))
        else:
            protocol.send(out, protocol.DONE)
        del content
