"""The grid of marks: Enter goes on to the next person, a column copied from a spreadsheet falls on the rows below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.models.marks_table import MARK, MarksTableModel
from ui.widgets.list_look import dress_list, set_widths

_WIDTHS = (3, 7, 11, 15, 7, 5, 6)
"""Characters, by column."""


class MarksTable(QTableView):
    """Typing goes into the mark of the row; Enter goes on to the next person."""

    def __init__(self, model: MarksTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = model
        self.setModel(model)
        self.setItemDelegate(_MarkDelegate(self))
        dress_list(self, "成绩表")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        set_widths(self, _WIDTHS)

    def go_to(self, row: int) -> None:
        """Put the cursor into the mark of a row and begin typing."""
        if 0 <= row < self.model().rowCount():
            index = self.model().index(row, MARK)
            self.setCurrentIndex(index)
            if self.state() != self.State.EditingState:  # becoming current may have opened it
                self.edit(index)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        row = self.currentIndex().row()
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            # The editor is still closing: the next one opens when the view has settled.
            QTimer.singleShot(0, self, lambda: self.go_to(row + 1))

    def paste_several(self, text: str) -> None:
        """Marks copied from a column of a spreadsheet, from the current row down; the open cell is given up."""
        row = self.currentIndex().row()
        self.setCurrentIndex(QModelIndex())
        self.marks.paste(row, text)
        self.setCurrentIndex(self.marks.index(min(row, self.marks.rowCount() - 1), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            self.go_to(row if self.currentIndex().column() != MARK else row + 1)
        elif event.matches(QKeySequence.StandardKey.Paste) and self.currentIndex().isValid():
            self.marks.paste(row, QApplication.clipboard().text())
        elif event.text().strip() and self.currentIndex().isValid() and self.currentIndex().column() != MARK:
            self.setCurrentIndex(self.model().index(row, MARK))
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class _MarkEdit(QLineEdit):
    """One mark; several pasted at once go to the table."""

    def __init__(self, table: MarksTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = QApplication.clipboard().text()
        if event.matches(QKeySequence.StandardKey.Paste) and len(text.split()) > 1:
            # The editor goes with the cell: not from within its own key.
            QTimer.singleShot(0, self._table, lambda: self._table.paste_several(text))
        else:
            super().keyPressEvent(event)


class _MarkDelegate(QStyledItemDelegate):
    def __init__(self, table: MarksTable) -> None:
        super().__init__(table)
        self._table = table

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        edit = _MarkEdit(self._table, parent)
        edit.setFrame(False)
        edit.setAccessibleName("成绩")
        return edit

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # The style sheet's cells would pass over a cell's own ground.
        if (ground := index.data(Qt.ItemDataRole.BackgroundRole)) is not None:
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)
