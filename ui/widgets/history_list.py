"""修改记录: every change of a row in words, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from anjian_desktop.services import records
from anjian_desktop.services.office import Office
from anjian_desktop.services.records import HistoryEntry
from ui.tasks import run_quiet


class HistoryList(QListWidget):
    """When, by whom, what, and a line a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("修改记录")
        self.setWordWrap(True)
        self.setProperty("part", "history")
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def load(self, office: Office, ledger: str, row_id: int) -> None:
        """Show the changes of a row."""
        run_quiet(self, lambda: records.history(office, ledger, row_id), self._show, key="history")

    def _show(self, entries: Sequence[HistoryEntry]) -> None:
        self.clear()
        for entry in entries:
            lines = [f"{entry.at:%Y-%m-%d %H:%M}　{entry.actor}　{entry.action}"]
            lines += [f"　　{line.replace('（空） → ', '')}" for line in entry.lines]
            self.addItem(QListWidgetItem("\n".join(lines)))
