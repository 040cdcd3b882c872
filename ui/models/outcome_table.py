"""What became of each thing in a batch: its name, done or refused, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from ui import theme

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class OutcomeRow:
    """One line; `tone` is a name of theme.TONES (ok, due, late, off), its word stands in `verdict`."""

    name: str
    verdict: str
    why: str = ""
    tone: str = "off"


class OutcomeTableModel(QAbstractTableModel):
    """Three columns: what, how it went, why."""

    def __init__(
        self, headings: tuple[str, str, str] = ("名称", "结果", "原因"), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._headings = headings
        self._rows: Sequence[OutcomeRow] = ()

    def show(self, rows: Sequence[OutcomeRow]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def rows(self) -> Sequence[OutcomeRow]:
        """The lines shown."""
        return self._rows

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        tone = theme.TONES.get(row.tone, theme.TONES["off"])
        text = (row.name, f"{tone.shape} {row.verdict}", row.why)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[index.column()]}：{text or '空'}"
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 1:
            return QColor(tone.colour)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._headings[section] if orientation is Qt.Orientation.Horizontal else str(section + 1)
