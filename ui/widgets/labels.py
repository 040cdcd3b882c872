"""Labels the pages and dialogs have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel


class WrappedLabel(QLabel):
    """Words on as many lines as they need: a layout inside a layout gives a label's lines room only if it insists."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Other words; the room follows."""
        super().setText(text)
        self._insist()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._insist()

    def _insist(self) -> None:
        if self.isVisible():
            self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))


def soft_label(text: str) -> QLabel:
    """A remark in soft ink, wrapped, shown as it is written."""
    label = WrappedLabel(text)
    label.setProperty("part", "soft")
    return label
