"""How a reader tells what it finds in a file, sheet by sheet, so that rows can go on before the file is at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from anjian_desktop.exchange.sheet_rows import Merge, Sheet, SheetRow, fill_merged

BATCH = 500
"""Rows told at once."""


class SheetSink(Protocol):
    """Where a reader puts what it reads. For each sheet: `begin`, `rows` any number of times, `end`."""

    def begin(self, name: str, *, hidden: bool = False, starts_1904: bool = False, unmerged: bool = False) -> None:
        """A sheet starts. `unmerged`: it is known already that no range in it is merged."""

    def rows(self, rows: list[SheetRow]) -> None:
        """Its next rows that hold something."""

    def again(self) -> None:
        """Forget the rows told so far of this sheet: they come anew."""

    def end(self, *, merges: Sequence[Merge] = (), hidden_rows: int = 0, notes: Sequence[str] = ()) -> None:
        """The sheet is complete."""


class SheetCollector:
    """Keeps what is told as whole sheets."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []

    def begin(self, name: str, *, hidden: bool = False, starts_1904: bool = False, unmerged: bool = False) -> None:
        self.sheets.append(Sheet(name, hidden, starts_1904=starts_1904))

    def rows(self, rows: list[SheetRow]) -> None:
        self.sheets[-1].rows.extend(rows)

    def again(self) -> None:
        self.sheets[-1].rows.clear()

    def end(self, *, merges: Sequence[Merge] = (), hidden_rows: int = 0, notes: Sequence[str] = ()) -> None:
        sheet = self.sheets[-1]
        sheet.hidden_rows = hidden_rows
        sheet.notes.extend(notes)
        sheet.rows.sort(key=lambda row: row.number)
        sheet.filled_down = fill_merged(sheet.rows, merges)


def tell_rows(sink: SheetSink, rows: Iterable[SheetRow]) -> None:
    """Pass rows on in batches."""
    batch: list[SheetRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= BATCH:
            sink.rows(batch)
            batch = []
    if batch:
        sink.rows(batch)
