"""A file's rows planned while the child process still reads the rest of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anjian_desktop.exchange.planner import Planner
from anjian_desktop.exchange.sheet_events import SheetCollector
from anjian_desktop.exchange.sheet_rows import Merge, SheetRow


class PlanningCollector(SheetCollector):
    """Keeps a file's sheets, and plans each as it comes: row by row where no merged range can change rows told already,
    else at its end. Where rows come out of order or anew, everything is planned once more when all is there.

    `start` makes a planner that has seen nothing; `wanted` is the one sheet asked for, hidden or not.
    """

    def __init__(self, start: Callable[[], Planner], wanted: str | None) -> None:
        super().__init__()
        self._start = start
        self._wanted = wanted
        self._planner = start()
        self._row_by_row = False
        self._in_order = True

    def begin(self, name: str, *, hidden: bool = False, starts_1904: bool = False, unmerged: bool = False) -> None:
        super().begin(name, hidden=hidden, starts_1904=starts_1904, unmerged=unmerged)
        self._row_by_row = unmerged and self._counts(len(self.sheets) - 1)

    def rows(self, rows: list[SheetRow]) -> None:
        sheet = self.sheets[-1]
        last = sheet.rows[-1].number if sheet.rows else 0
        super().rows(rows)
        for row in rows:
            if row.number <= last:
                self._in_order = False
            last = row.number
        if self._row_by_row and self._in_order:
            self._planner.more(sheet)

    def again(self) -> None:
        super().again()
        self._in_order = self._in_order and not self._row_by_row

    def end(self, *, merges: Sequence[Merge] = (), hidden_rows: int = 0, notes: Sequence[str] = ()) -> None:
        super().end(merges=merges, hidden_rows=hidden_rows, notes=notes)
        self._in_order = self._in_order and not (merges and self._row_by_row)
        if self._in_order and self._counts(len(self.sheets) - 1):
            self._planner.end(self.sheets[-1])

    def planner(self) -> Planner:
        """The planner with all sheets in it. Raises UserError when nothing can be imported from them."""
        if self._in_order:
            self._planner.finish()
        else:
            self._planner = self._start()
            self._planner.read([one for place, one in enumerate(self.sheets) if self._counts(place)])
        return self._planner

    def _counts(self, place: int) -> bool:
        sheet = self.sheets[place]
        return not sheet.hidden or sheet.name == self._wanted
