"""Icons by name: line drawings in resources/icons, tinted and drawn sharply at every scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui import theme

_FALLBACK = "ledger"


@cache
def icon(name: str, colour: str = theme.INK_SOFT) -> QIcon:
    """The icon of that name in one colour; a ledger whose icon nobody has drawn gets the general one."""
    drawing = theme.RESOURCES / "icons" / f"{name}.svg"
    if not drawing.is_file():
        drawing = theme.RESOURCES / "icons" / f"{_FALLBACK}.svg"
    return QIcon(_Drawing(drawing.read_text(encoding="utf-8"), colour))


class _Drawing(QIconEngine):
    """Draws a size when it is first shown: a dozen sizes in advance would be paid before the first paint."""

    def __init__(self, source: str, colour: str) -> None:
        super().__init__()
        self._source, self._colour = source, colour
        self._drawn: dict[tuple[int, int, bool], QPixmap] = {}

    def clone(self) -> QIconEngine:
        return _Drawing(self._source, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._renderer(mode).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        key = (size.width(), size.height(), mode is QIcon.Mode.Disabled)
        if key not in self._drawn:
            pixmap = QPixmap(size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
            painter.end()
            self._drawn[key] = pixmap
        return self._drawn[key]

    def _renderer(self, mode: QIcon.Mode) -> QSvgRenderer:
        tint = theme.LINE_STRONG if mode is QIcon.Mode.Disabled else self._colour
        return QSvgRenderer(QByteArray(self._source.replace("currentColor", tint).encode()))
