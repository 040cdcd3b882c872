"""A line to type search words into; it waits a moment for the next key before it asks."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.icons import icon

WAIT_MS = 50
"""Keys of one word typed fast ask once; a list narrowed a tenth of a second after a key still seems to follow the hand."""


class SearchBox(QLineEdit):
    """`searched` carries the trimmed words once typing pauses; Esc empties, Down and Enter go on to the list."""

    searched = Signal(str)
    left_downwards = Signal()
    entered = Signal()

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setMaxLength(100)
        self.addAction(QAction(icon("search"), "", self), QLineEdit.ActionPosition.LeadingPosition)
        self._asked = ""
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.search_now)
        self.textChanged.connect(lambda _text: self._timer.start())

    def words(self) -> str:
        """What is typed, trimmed."""
        return self.text().strip()

    def search_now(self) -> None:
        """Ask at once, if the words differ from those asked last."""
        self._timer.stop()
        if self.words() != self._asked:
            self._asked = self.words()
            self.searched.emit(self._asked)

    def set_words(self, text: str) -> None:
        """Show words without asking (a query from elsewhere)."""
        self.setText(text)
        self._timer.stop()
        self._asked = self.words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.search_now()
        elif event.key() == Qt.Key.Key_Down:
            self.search_now()
            self.left_downwards.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.search_now()
            self.entered.emit()
        else:
            super().keyPressEvent(event)
