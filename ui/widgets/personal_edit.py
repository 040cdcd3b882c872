"""A field with personal data: masked until the eye is pressed, then in full for half a minute; typing replaces it whole."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QDropEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from anjian_desktop.ledgers.fields import Field
from ui.icons import icon

REVEAL_KEYS = "Ctrl+Shift+I"


class PersonalEdit(QLineEdit):
    """`text_in_full` is what it stands for, masked or not; `reveal_asked` when the eye is pressed; `left` seconds remain."""

    reveal_asked = Signal()
    seconds_left = Signal(int)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._full = self._mask = ""
        self._shown = ""
        """The full text while it is on view."""
        self._left = 0
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count_down)
        self._eye = QAction(icon("eye"), f"显示完整{field.label}（{REVEAL_KEYS}）", self)
        self._eye.triggered.connect(self.reveal_asked)
        self._eye.setVisible(False)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self.setAcceptDrops(False)
        self.textChanged.connect(lambda _text: self._eye.setVisible(self.is_masked()))

    def is_masked(self) -> bool:
        """Whether something else than the text itself is shown."""
        return bool(self._mask) and self.text() == self._mask

    def text_in_full(self) -> str:
        """What the field stands for."""
        return self._full if self.is_masked() else self.text()

    def set_text(self, text: str) -> None:
        """Show a text as it is (a new record, what was typed before)."""
        self._stop()
        self._mask = ""
        self.setText(text)

    def mask(self) -> None:
        """Hide the present text behind its mask."""
        text = self.text_in_full()
        self._stop()
        self._full, self._mask = text, self._field.masked(text)
        if self._mask == text:
            self._mask = ""
        self.setText(self._mask or text)
        self.setCursorPosition(0)

    def show_for(self, seconds: int) -> None:
        """The text in full, until the time is over; what is typed meanwhile stays."""
        if not self.is_masked():
            return
        self._shown = self._full
        self.setText(self._full)
        self._left = seconds
        self.seconds_left.emit(seconds)
        self._second.start()

    def _count_down(self) -> None:
        self._left -= 1
        if self.text() != self._shown:
            self._stop()
        elif self._left <= 0:
            self.mask()
        else:
            self.seconds_left.emit(self._left)

    def _stop(self) -> None:
        self._shown = ""
        if self._second.isActive():
            self._second.stop()
            self._left = 0
            self.seconds_left.emit(0)

    # A mask is not edited in the middle: the first key takes its place.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_masked():
            if event.matches(QKeySequence.StandardKey.Cut):
                return
            rubs_out = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
            held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            writes = bool(event.text()) and event.text().isprintable() and not held
            if rubs_out or writes or event.matches(QKeySequence.StandardKey.Paste):
                self.selectAll()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.is_masked() and (event.preeditString() or event.commitString()):
            self.selectAll()
        super().inputMethodEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.is_masked():
            self.selectAll()
        super().contextMenuEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        event.ignore()
