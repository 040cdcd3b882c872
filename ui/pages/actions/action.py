"""What can be done with rows of a ledger: each action says its name, its key, where it applies, and does it by ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from anjian_desktop.ledgers.base import About
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import Change
from ui.navigation import Frame


class ActionPage(Protocol):
    """What an action may use of the page it was called on."""

    office: Office
    frame: Frame
    about: About

    def widget(self) -> QWidget:
        """The page itself, as the parent of dialogs."""

    def query(self) -> Query:
        """What the list shows at the moment."""

    def shown_keys(self) -> list[str]:
        """Keys of the columns shown, from left to right."""

    def open_row(self, row_id: int) -> None:
        """Open a record in the panel."""

    def was_changed(self, change: Change) -> None:
        """Refresh this page and the others."""


@dataclass(frozen=True)
class Action:
    """`run(page, ids)` gets ids, never widgets; `name` may hold {n}, the number of chosen rows."""

    name: str
    icon: str
    run: Callable[[ActionPage, Sequence[int]], None]
    applies_to: Callable[[About], bool] = lambda about: True
    shortcut: str = ""
    one_only: bool = False

    def title(self, count: int, counter: str) -> str:
        """The words in a menu: how many rows it would touch stands in them."""
        return self.name.replace("{n}", f" {count} {counter}" if count > 1 else "")
