"""A block of cells in a table whose rows are chosen whole: Shift+←→ or dragging sideways says which columns are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from ui.widgets.ledger_table import LedgerTable


class CellSpan(QObject):
    """The columns between the cursor's and another; none means the whole rows. Copying and totals go by it."""

    def __init__(self, table: LedgerTable) -> None:
        super().__init__(table)
        self._table = table
        self._anchor = self._end = -1
        """Visual places of columns."""

    def is_on(self) -> bool:
        """Whether only some columns are meant."""
        return self._anchor >= 0 and self._end >= 0 and self._anchor != self._end

    def columns(self) -> list[int]:
        """The columns meant, from left to right."""
        shown = self._table.visible_columns()
        if not self.is_on():
            return shown
        low, high = sorted((self._anchor, self._end))
        return [column for column in shown if low <= self._table.header.visualIndex(column) <= high]

    def holds(self, column: int) -> bool:
        """Whether a cell of this column is meant."""
        low, high = sorted((self._anchor, self._end))
        return low <= self._table.header.visualIndex(column) <= high

    def clear(self) -> None:
        """Whole rows again."""
        if self.is_on():
            self._table.viewport().update()
        self._anchor = self._end = -1

    def press(self, column: int) -> None:
        """The mouse went down on a column: nothing is meant yet but the rows."""
        self.clear()
        self._anchor = self._table.header.visualIndex(column) if column >= 0 else -1

    def reach(self, column: int) -> None:
        """The mouse was dragged to a column, or Shift was held when it was clicked."""
        if self._anchor >= 0 and column >= 0:
            self._end = self._table.header.visualIndex(column)
            self._table.viewport().update()

    def key(self, event: QKeyEvent) -> bool:
        """Shift+← and Shift+→ widen and narrow the block; True when the key was for that."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() != Qt.KeyboardModifier.ShiftModifier:
            return False
        header, current = self._table.header, self._table.currentIndex()
        if self._anchor < 0 and current.isValid():
            self._anchor = header.visualIndex(current.column())
        shown = [header.visualIndex(column) for column in self._table.visible_columns()]
        at = self._end if self._end >= 0 else self._anchor
        if at in shown and 0 <= shown.index(at) + step < len(shown):
            self._end = shown[shown.index(at) + step]
            self._table.viewport().update()
            self._table.scroll_to_column(header.logicalIndex(self._end))
        return True
