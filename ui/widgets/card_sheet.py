"""A sheet of card paper in small: which places were used before, which will be printed; a click says where to begin."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import theme

ACROSS, DOWN = 2, 5
_CELL = QSize(52, 33)
_GAP = 3
_EDGE = 8


class CardSheet(QWidget):
    """`start_changed` carries the place (1 to 10, row by row) of the first card. Arrow keys move it."""

    start_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start, self._count = 1, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        width = ACROSS * _CELL.width() + _GAP + 2 * _EDGE
        height = DOWN * _CELL.height() + (DOWN - 1) * _GAP + 2 * _EDGE
        self.setFixedSize(width, height)
        self.setToolTip("用过一部分的卡片纸：点第一个空位置，从那里开始印")
        self._tell()

    @property
    def start(self) -> int:
        """The place of the first card."""
        return self._start

    def set_start(self, place: int) -> None:
        """Begin at this place."""
        place = min(max(place, 1), ACROSS * DOWN)
        if place != self._start:
            self._start = place
            self._tell()
            self.start_changed.emit(place)

    def set_count(self, count: int) -> None:
        """How many cards are printed, on this sheet and those after it."""
        self._count = count
        self._tell()

    def cell(self, place: int) -> QRectF:
        """Where a place is drawn."""
        down, across = divmod(place - 1, ACROSS)
        return QRectF(
            _EDGE + across * (_CELL.width() + _GAP),
            _EDGE + down * (_CELL.height() + _GAP),
            _CELL.width(),
            _CELL.height(),
        )

    def _tell(self) -> None:
        self.setAccessibleName(f"卡片从第 {self._start} 个位置开始")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place in range(1, ACROSS * DOWN + 1):
            if self.cell(place).contains(event.position()):
                self.set_start(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -ACROSS, Qt.Key.Key_Down: ACROSS}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.set_start(self._start + step)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QColor(theme.ACCENT if self.hasFocus() else theme.LINE_STRONG)
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(theme.GROUND))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        for place in range(1, ACROSS * DOWN + 1):
            used, printed = place < self._start, self._start <= place < self._start + self._count
            painter.setPen(QPen(QColor(theme.LINE_STRONG), 1))
            painter.setBrush(QColor(theme.HOVER if used else theme.ACCENT_PALE if printed else theme.GROUND))
            painter.drawRect(self.cell(place))
            painter.setPen(QColor(theme.INK_SOFT if used else theme.INK))
            words = "用过" if used else str(place - self._start + 1) if printed else "空"
            painter.drawText(self.cell(place), int(Qt.AlignmentFlag.AlignCenter), words)
        painter.end()
