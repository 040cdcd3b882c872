"""What was done to rows since the office was opened, so that it can be taken back; in memory only, never on the disk."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from anjian_desktop.storage.changes import RowChange

KEPT = 100
"""Acts that can be taken back one after the other."""


@dataclass(frozen=True)
class Act:
    """One act in the clerk's words (修改 3 家企业), and every row it changed with its values before and after."""

    words: str
    changes: tuple[RowChange, ...]


class ActList:
    """The acts done, the newest last, and those taken back since; a new act forgets what could be done again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done: list[Act] = []
        self._undone: list[Act] = []

    def remember(self, act: Act) -> None:
        """Keep an act whose transaction has committed."""
        if act.changes:
            with self._lock:
                self._done = [*self._done, act][-KEPT:]
                self._undone = []

    @property
    def last_done(self) -> Act | None:
        """What would be taken back next."""
        return self._done[-1] if self._done else None

    @property
    def last_undone(self) -> Act | None:
        """What would be done again next."""
        return self._undone[-1] if self._undone else None

    def moved(self, act: Act, *, undone: bool) -> None:
        """An act was taken back, or done again."""
        self.forget(act)
        with self._lock:
            (self._undone if undone else self._done).append(act)

    def forget(self, act: Act) -> None:
        """This act can neither be taken back nor done again any more."""
        with self._lock:
            self._done = [one for one in self._done if one is not act]
            self._undone = [one for one in self._undone if one is not act]
