"""The table of due units: choosing, sorting by a click, keeping choice and place when the figures change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView, QWidget

from anjian_desktop.services.standing import UnitStanding
from ui.messages import copy_text
from ui.models.standing_table import HEADINGS, StandingTableModel
from ui.widgets.list_look import dress_list, set_widths

_WIDTHS = (18, 8, 7, 9, 9, 12)
"""Characters, by column."""


class StandingTable(QTableView):
    """`opened` carries the UnitStanding of Enter or a double click."""

    opened = Signal(object)
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.units = StandingTableModel(self)
        self.setModel(self.units)
        dress_list(self, "单位列表")
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        set_widths(self, _WIDTHS)
        header.sectionClicked.connect(lambda column: self.units.sort(column, header.sortIndicatorOrder()))
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.units.modelReset.connect(self.selection_changed)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.units.unit(index.row())))

    def show_units(self, units: Sequence[UnitStanding], *, overdue: bool) -> None:
        """Show these units; those chosen before stay chosen as far as they are still there."""
        chosen = {unit.organization_id for unit in self.selected_units()}
        top = self.verticalScrollBar().value()
        self.units.show(units, overdue=overdue)
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row, unit in enumerate(units):
            if unit.organization_id in chosen:
                self.selectionModel().select(self.units.index(row, 0), flags)
        self.verticalScrollBar().setValue(top)

    def selected_units(self) -> list[UnitStanding]:
        """The chosen units, in the list's order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.units.unit(row) for row in rows]

    def copy_rows(self) -> None:
        """The chosen rows with their headings as tab text, as shown (masked)."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = ["\t".join(str(self.units.index(row, n).data()) for n in range(len(HEADINGS))) for row in rows]
        copy_text("\n".join(["\t".join(HEADINGS), *lines]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.opened.emit(self.units.unit(current.row()))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            super().keyPressEvent(event)
