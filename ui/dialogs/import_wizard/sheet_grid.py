"""The preview's table: the file's sheet with verdicts, walked through by keyboard from problem to problem."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QTableView, QWidget

from ui import theme
from ui.dialogs.import_wizard.sheet_headers import HeadingRow, RowNames
from ui.messages import copy_text
from ui.models.plan_table import PROBLEM, SHEET, PlanTableModel

_WIDTHS = {PROBLEM: 20, SHEET: 7}
"""Of our own columns, in Chinese characters."""


class SheetGrid(QTableView):
    """`walk_asked(1 or -1)`: to the next or the last problem; `meaning_asked(section)`: what is this column."""

    walk_asked = Signal(int)
    meaning_asked = Signal(int)
    undo_asked = Signal()

    def __init__(self, model: PlanTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan_model = model
        self.heading_row = HeadingRow(self)
        self.setHorizontalHeader(self.heading_row)
        self.setVerticalHeader(RowNames(self))
        self.setModel(model)
        self.setAccessibleName("导入预览")
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFont(theme.numbers(self.font()))
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self.font()))
        self.setCornerButtonEnabled(False)
        for corner in self.findChildren(QAbstractButton):
            corner.setAccessibleName("整张表")
        self.heading_row.meaning_asked.connect(self.meaning_asked)

    def set_widths(self) -> None:
        """As wide as the fields declare; headings nobody knows get room for themselves."""
        wide = self.fontMetrics().horizontalAdvance("国")
        for section, heading in enumerate(self.plan_model.headings()):
            one = self.plan_model.column(section)
            if one is None:
                width = _WIDTHS[heading]
            elif one.field is None:
                width = min(max(len(heading), 4), 10)
            else:
                width = max(one.field.width, len(one.field.label) + 2, min(len(heading), 10))
            self.setColumnWidth(section, wide * width + 2 * theme.SPACE_3)

    def go_to(self, row: int, section: int) -> None:
        """Put the cursor on a cell and bring it into sight."""
        index = self.plan_model.index(row, section)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Never handed on: the wizard's own button would start the import. One that ends typing stays on its cell.
            if self.state() is not QAbstractItemView.State.EditingState:
                self.walk_asked.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.meaning_asked.emit(self.currentIndex().column())
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            copy_text(str(self.currentIndex().data() or ""))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(theme.row_height(self.font()))
        super().changeEvent(event)
