"""Drop-down lists and number fields whose value the wheel never changes."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox, QWidget

from ui import theme

MOST_MM = 20.0
"""No printer is off by more."""


class QuietCombo(QComboBox):
    """Choices as (key, words); the key is the item's data."""

    def __init__(self, name: str, choices: Iterable[tuple[object, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMaxVisibleItems(20)
        for key, words in choices:
            self.addItem(words, key)

    def choose(self, key: object) -> None:
        """Choose by key; the first when there is none of that key."""
        self.setCurrentIndex(max(0, self.findData(key)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NumberField(QSpinBox):
    """A whole number between two bounds."""

    def __init__(self, name: str, minimum: int, maximum: int, value: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(minimum, maximum)
        self.setValue(value)
        # The style sheet's padding does not reach the line edit inside.
        self.lineEdit().setTextMargins(theme.SPACE_1, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Millimetres(QDoubleSpinBox):
    """A length with one decimal, given in tenths."""

    def __init__(self, name: str, tenths: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDecimals(1)
        self.setSingleStep(0.1)
        self.setRange(-MOST_MM, MOST_MM)
        self.setSuffix(" 毫米")
        self.setValue(tenths / 10)
        self.setFixedWidth(160)
        # The style sheet's padding does not reach the line edit inside.
        self.lineEdit().setTextMargins(theme.SPACE_1, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
