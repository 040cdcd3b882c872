"""Icons by name: line drawings in resources/icons, tinted and drawn sharply at every scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui import theme

_SIZES = (16, 20, 24, 32, 48, 64)
_FALLBACK = "ledger"


@cache
def icon(name: str, colour: str = theme.INK_SOFT) -> QIcon:
    """The icon of that name in one colour; a ledger whose icon nobody has drawn gets the general one."""
    drawing = theme.RESOURCES / "icons" / f"{name}.svg"
    if not drawing.is_file():
        drawing = theme.RESOURCES / "icons" / f"{_FALLBACK}.svg"
    made = QIcon()
    for mode, tint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, theme.LINE_STRONG)):
        source = drawing.read_text(encoding="utf-8").replace("currentColor", tint)
        renderer = QSvgRenderer(QByteArray(source.encode()))
        for size in _SIZES:
            made.addPixmap(_pixmap(renderer, size), mode)
    return made


def _pixmap(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
