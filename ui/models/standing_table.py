"""Due units and how far each has come this year; units without any agreement stand among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from anjian_desktop.domain.agreements import STATE_LABELS, State
from anjian_desktop.domain.identity import mask_phone
from anjian_desktop.services.standing import UnitStanding
from ui import theme

_Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("单位名称", "所属村", "主要负责人", "联系电话", "状态", "编号")
_STATE = 4


class StandingTableModel(QAbstractTableModel):
    """One row a unit; sorted by a click on the heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._units: list[UnitStanding] = []
        self._overdue = False

    def show(self, units: Sequence[UnitStanding], *, overdue: bool) -> None:
        """Show these units; `overdue` marks those not yet signed as late."""
        self.beginResetModel()
        self._units = list(units)
        self._overdue = overdue
        self.endResetModel()

    def unit(self, row: int) -> UnitStanding:
        """The unit of a table row."""
        return self._units[row]

    @property
    def units(self) -> Sequence[UnitStanding]:
        """All units shown, in order."""
        return self._units

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._units)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        unit = self._units[index.row()]
        text = self._texts(unit)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADINGS[index.column()]}：{text or '空'}"
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _STATE:
            return QColor(theme.TONES[self._tone(unit)].colour)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return HEADINGS[section] if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By the text of a column, empty ones last; chosen rows are forgotten."""
        self.beginResetModel()
        down = order is Qt.SortOrder.DescendingOrder
        self._units.sort(key=lambda unit: self._texts(unit)[column], reverse=down)
        self._units.sort(key=lambda unit: not self._texts(unit)[column])
        self.endResetModel()

    def _texts(self, unit: UnitStanding) -> tuple[str, ...]:
        phone = "、".join(mask_phone(number) for number in unit.phone.split("、")) if unit.phone else ""
        tone = theme.TONES[self._tone(unit)]
        word = STATE_LABELS[State(unit.state)] if unit.state else "没有责任书"
        late = "（逾期）" if self._tone(unit) == "overdue" else ""
        return (unit.name, unit.village, unit.principal, phone, f"{tone.shape} {word}{late}", unit.number or "")

    def _tone(self, unit: UnitStanding) -> str:
        if unit.state in (State.SIGNED, State.ARCHIVED):
            return str(unit.state)
        if self._overdue:
            return "overdue"
        return unit.state or "off"
