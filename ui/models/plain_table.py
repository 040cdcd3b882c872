"""Rows that are shown and never typed into: columns say their text, their colour, their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from ui import theme

_Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: `width` in characters; `order` what it sorts by (the text where None); `tone` a name of theme.TONES.

    A toned cell shows the tone's shape before its word.
    """

    heading: str
    width: int
    text: Callable[[Row], str]
    order: Callable[[Row], Any] | None = None
    tone: Callable[[Row], str] | None = None
    right: bool = False


class PlainTableModel(QAbstractTableModel, Generic[Row]):
    """A list of things, a column each of their sides; a long list may bring its rows only when they are looked at."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: Sequence[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows in this order."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.text(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.heading}：{self.text(row, column) or '空'}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column.tone is not None:
            return QColor(theme.TONES[column.tone(row)].colour)
        return None

    def text(self, row: Row, column: Column[Row]) -> str:
        """What a cell shows."""
        text = column.text(row)
        return f"{theme.TONES[column.tone(row)].shape} {text}" if column.tone is not None and text else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.columns[section].heading if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column, empty cells last; chosen rows are forgotten."""
        key = self.columns[column].order or self.columns[column].text
        filled = [row for row in self.rows if key(row) not in (None, "")]
        empty = [row for row in self.rows if key(row) in (None, "")]
        self.beginResetModel()
        self.rows = sorted(filled, key=key, reverse=order is Qt.SortOrder.DescendingOrder) + empty
        self.endResetModel()
