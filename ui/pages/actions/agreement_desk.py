"""What every act on agreements needs: whose window it is, which office, and whom to tell afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import Change
from ui.memory import WindowMemory
from ui.navigation import Frame
from ui.printing.backend import PrintBackend
from ui.printing.printers import system_backend


class DeskPage(Protocol):
    """A page of the window that hears of changes."""

    office: Office
    frame: Frame

    def was_changed(self, change: Change) -> None:
        """Refresh this page and the others."""


@dataclass(frozen=True)
class Desk:
    """Acts get this and ids, never widgets of a page. `tell` is 最近操作 in the status bar."""

    parent: QWidget
    office: Office
    memory: WindowMemory
    changed: Callable[[Change], None]
    tell: Callable[[str], None]
    backend: PrintBackend

    @classmethod
    def of(cls, parent: QWidget, page: DeskPage) -> Desk:
        """The desk of a page; `parent` is where dialogs stand."""
        return cls(
            parent,
            page.office,
            page.frame.memory,
            page.was_changed,
            lambda text: page.frame.tell_done(text),
            system_backend(),
        )
