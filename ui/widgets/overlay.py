"""A panel that stands over its window's contents; a child and no pop-up window, so that every input method works in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget


class Overlay(QFrame):
    """Goes by Esc, by a click beside it, or when its window changes size; the focus then returns to `anchor`."""

    closed = Signal()

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self._anchor = anchor
        self.setObjectName("search_popup")
        self.setAutoFillBackground(True)
        self.hide()

    def show_under(self, corner: QPoint) -> None:
        """Show with the top left at `corner` (global), moved so that it stays inside the window."""
        window = self.window()
        place = window.mapFromGlobal(corner)
        self.adjustSize()
        x = max(4, min(place.x(), window.width() - self.width() - 4))
        y = max(4, min(place.y(), window.height() - self.height() - 4))
        self.move(x, y)
        self.show()
        self.raise_()

    def close_now(self, *, refocus: bool = True) -> None:
        """Hide; the focus goes back to where it came from."""
        if self.isVisible():
            self.hide()
            if refocus:
                self._anchor.setFocus()
            self.closed.emit()

    def showEvent(self, event: QEvent) -> None:
        QApplication.instance().installEventFilter(self)

    def hideEvent(self, event: QEvent) -> None:
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isVisible() or not isinstance(watched, QWidget):
            return False
        if watched.window() is not self.window():
            # A drop-down list or calendar opened from here is a window of its own.
            return False
        if event.type() is QEvent.Type.MouseButtonPress:
            if watched is not self and not self.isAncestorOf(watched) and watched is not self._anchor:
                self.close_now(refocus=False)
        elif event.type() is QEvent.Type.Resize and watched is self.window():
            self.close_now(refocus=False)
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
            elif event.type() is QEvent.Type.KeyPress:
                self.close_now()
                return True
        return False
