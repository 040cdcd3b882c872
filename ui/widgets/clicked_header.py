"""A heading drawn by the program: knows which section the mouse is over and which one a click meant."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHeaderView, QWidget

EDGE = 5
"""Pixels at a heading's ends that change its width."""
_DRAG = 4
"""Pixels the mouse may move between press and release of a click."""


class ClickedHeader(QHeaderView):
    """A subclass says in `on_click` what a click does, and draws `hovered` its own way."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.hovered = -1
        self._pressed: QPoint | None = None

    def on_click(self, section: int, from_left: int, from_right: int) -> None:
        """A click on a section, so many pixels from its ends."""
        raise NotImplementedError

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: object) -> None:
        self._hover(-1)
        super().leaveEvent(event)  # type: ignore[arg-type]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        here, pressed = event.position().toPoint(), self._pressed
        self._pressed = None
        section = self.logicalIndexAt(here)
        if pressed is None or (here - pressed).manhattanLength() > _DRAG or section < 0:
            return
        from_left = here.x() - self.sectionViewportPosition(section)
        self.on_click(section, from_left, self.sectionSize(section) - from_left)

    def _hover(self, section: int) -> None:
        if section != self.hovered:
            self.hovered = section
            self.viewport().update()
