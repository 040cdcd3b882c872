"""The table of a PlainTableModel: choosing rows, sorting by a click, copying, opening by Enter or a double click."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView, QWidget

from ui.messages import copy_text
from ui.models.plain_table import PlainTableModel
from ui.widgets.list_look import dress_list, set_widths

Row = TypeVar("Row")


class PlainTable(QTableView, Generic[Row]):
    """`opened` carries the row of Enter or a double click; `name` is what assistive technology calls the list."""

    opened = Signal(object)
    selection_changed = Signal()

    def __init__(self, model: PlainTableModel[Row], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = model
        self.setModel(model)
        dress_list(self, name)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setStretchLastSection(True)
        set_widths(self, tuple(column.width for column in model.columns))
        header.sectionClicked.connect(lambda column: model.sort(column, header.sortIndicatorOrder()))
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        model.modelReset.connect(self.selection_changed)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.rows[index.row()]))

    def chosen(self) -> list[Row]:
        """The chosen rows, in the list's order."""
        return [self.lines.rows[row] for row in self._chosen_numbers()]

    def copy_rows(self) -> None:
        """The chosen rows with their headings as tab text, as shown (masked)."""
        columns = self.lines.columns
        lines = ["\t".join(column.heading for column in columns)]
        for number in self._chosen_numbers():
            lines.append("\t".join(self.lines.text(self.lines.rows[number], column) for column in columns))
        copy_text("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.opened.emit(self.lines.rows[current.row()])
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            super().keyPressEvent(event)

    def _chosen_numbers(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())
