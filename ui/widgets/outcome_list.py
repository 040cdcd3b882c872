"""The list of what became of each thing in a batch; copying takes the chosen lines, or all."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ui.messages import copy_text
from ui.models.outcome_table import OutcomeTableModel
from ui.widgets.list_look import dress_list


class OutcomeList(QTableView):
    """Name and reason take the room; `name` is what assistive technology calls the list."""

    def __init__(self, model: OutcomeTableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setModel(model)
        dress_list(self, name, striped=False)
        header = self.horizontalHeader()
        self.setColumnWidth(0, 240)
        self.setColumnWidth(1, 96)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def copy_lines(self) -> None:
        """The chosen lines as tab text, all of them when none is chosen."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = [self._lines.rows[n] for n in chosen] or self._lines.rows
        copy_text("\n".join(f"{row.name}\t{row.verdict}\t{row.why}" for row in rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_lines()
        else:
            super().keyPressEvent(event)
