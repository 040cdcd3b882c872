"""The list under the search at the top: two lines for each hit, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.overlay import Overlay

if TYPE_CHECKING:
    from anjian_desktop.services.search import SearchResult, SearchRow

_ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_LABEL_ROLE = _ROW_ROLE + 1


class Hits(Overlay):
    """`chosen(ledger, id)` when a row is opened; `anchor` gets the focus back."""

    chosen = Signal(str, int)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.list = _List()
        self.list.setAccessibleName("搜索结果")
        self.list.setItemDelegate(_HitDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._open)
        self.list.opened.connect(self._open)
        self.foot = QLabel()
        self.foot.setProperty("part", "soft")
        self.foot.setContentsMargins(10, 4, 10, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 4, 1, 2)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(self.foot)

    def rows(self) -> list[SearchRow]:
        return [self.list.item(n).data(_ROW_ROLE) for n in range(self.list.count())]

    def show_result(self, result: SearchResult, labels: dict[str, str]) -> None:
        self.list.clear()
        for row in result.rows:
            item = QListWidgetItem(row.title)
            item.setData(_ROW_ROLE, row)
            item.setData(_LABEL_ROLE, labels.get(row.ledger, ""))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{labels.get(row.ledger, '')} {row.title} {row.subtitle}")
            self.list.addItem(item)
        height = self.list.sizeHintForRow(0) * min(len(result.rows), 8) + 2 if result.rows else 0
        self.list.setFixedHeight(height)
        self.list.setVisible(bool(result.rows))
        shown = len(result.rows)
        if not shown:
            self.foot.setText(f"没有找到“{result.query}”。可以换个词，或用拼音首字母、电话尾号试试。")
        elif result.total > shown:
            self.foot.setText(f"共 {result.total:,} 条，这里是最接近的 {shown} 条")
        else:
            self.foot.setText(f"共 {result.total:,} 条")

    def _open(self, item: QListWidgetItem) -> None:
        row = item.data(_ROW_ROLE)
        self.chosen.emit(row.ledger, row.id)


class _List(QListWidget):
    opened = Signal(QListWidgetItem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.opened.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


class _HitDelegate(QStyledItemDelegate):
    """Two lines: the title with its ledger at the right, and below what tells it apart."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, option.fontMetrics.height() * 2 + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, label = index.data(_ROW_ROLE), index.data(_LABEL_ROLE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if chosen or hovered:
            painter.fillRect(option.rect, QColor(theme.ACCENT if chosen else theme.HOVER))
        ink, soft = (theme.ACCENT_INK, theme.ACCENT_INK) if chosen else (theme.INK, theme.INK_SOFT)
        inner = option.rect.adjusted(10, 4, -10, -4)
        half = inner.height() // 2
        metrics = option.fontMetrics
        room = metrics.horizontalAdvance(label) + 12
        top = QRect(inner.left(), inner.top(), inner.width() - room, half)
        painter.setPen(QColor(ink))
        painter.drawText(top, _LEFT, metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, top.width()))
        painter.setPen(QColor(soft))
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), half), _RIGHT, label)
        below = QRect(inner.left(), inner.top() + half, inner.width(), half)
        painter.drawText(below, _LEFT, metrics.elidedText(row.subtitle, Qt.TextElideMode.ElideRight, below.width()))
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
