"""The heading of a ledger's table: sorts by a click, filters by the funnel, moves and hides columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPolygon
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.icons import icon
from ui.widgets.clicked_header import EDGE, ClickedHeader

_FUNNEL = 14
_HIT = 22
"""Pixels at a heading's right end that open its filter."""


class LedgerHeader(ClickedHeader):
    """`filter_asked(section)` and `sort_asked(section)`; which columns filter or sort is shown by the page's word."""

    filter_asked = Signal(int)
    sort_asked = Signal(int)
    state_shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("列标题", parent)
        self.setSectionsMovable(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(40)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.filtered: frozenset[int] = frozenset()
        self.sorted_by: tuple[int, bool] | None = None

    def show_state(self, filtered: frozenset[int], sorted_by: tuple[int, bool] | None) -> None:
        """Mark the columns that filter, and the one that sorts (section, descending)."""
        self.filtered, self.sorted_by = filtered, sorted_by
        self.state_shown.emit()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.row_height(self.font()) + 2)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        # Qt's own way asks for every section whether all its rows are chosen: seconds with 100,000 of them.
        painter.save()
        hovered = section == self.hovered
        painter.fillRect(rect, QColor(theme.HOVER if hovered else theme.PANEL))
        painter.setPen(QColor(theme.LINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if self.parentWidget().hasFocus():
            # Where the keys go: the table has no frame of its own to mark.
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, QColor(theme.ACCENT))
        right = rect.right() - 4
        if hovered or section in self.filtered:
            name, colour = ("filter_on", theme.ACCENT) if section in self.filtered else ("filter", theme.INK_SOFT)
            box = QRect(right - _FUNNEL, rect.center().y() - _FUNNEL // 2, _FUNNEL, _FUNNEL)
            icon(name, colour).paint(painter, box)
            right = box.left() - 4
        if self.sorted_by is not None and self.sorted_by[0] == section:
            self._paint_arrow(painter, right - 10, rect.center().y())
            right -= 14
        painter.setPen(QColor(theme.INK if hovered else theme.INK_SOFT))
        room = rect.adjusted(9, 0, 0, 0)
        room.setRight(right)
        label = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        shown = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _paint_arrow(self, painter: QPainter, x: int, y: int) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ACCENT))
        tip = 3 if self.sorted_by is not None and self.sorted_by[1] else -3
        painter.drawPolygon(QPolygon([QPoint(x, y - tip), QPoint(x + 8, y - tip), QPoint(x + 4, y + tip)]))
        painter.restore()

    def on_click(self, section: int, from_left: int, from_right: int) -> None:
        if EDGE <= from_right <= _HIT:
            self.filter_asked.emit(section)
        elif from_right > _HIT and from_left >= EDGE:
            self.sort_asked.emit(section)
