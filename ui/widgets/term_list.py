"""任职: who held which role in a unit, the present ones first, each with the days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from anjian_desktop.services import tenures
from anjian_desktop.services.office import Office
from anjian_desktop.services.tenures import Holder
from ui.tasks import run_quiet


class TermList(QListWidget):
    """One line a term; phones are masked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("任职")
        self.setWordWrap(True)
        self.setProperty("part", "history")
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def load(self, office: Office, unit_id: int) -> None:
        """Show the terms of a unit."""
        run_quiet(self, lambda: tenures.holders(office, unit_id), self._show, key="terms")

    def _show(self, found: Sequence[Holder]) -> None:
        self.clear()
        for one in found:
            parts = (one.name, one.shown_phone, one.term)
            self.addItem(QListWidgetItem(f"{one.label}\n　　{'　'.join(part for part in parts if part)}"))
        if not found:
            self.addItem(QListWidgetItem("还没有登记负责人。"))
