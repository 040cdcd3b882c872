"""The heading of a group of fields in a form: a rule, and a switch for the fields that are seldom filled."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme


class FormSection(QWidget):
    """`toggled` after the switch was pressed; it says how many fields wait behind it."""

    toggled = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_open = False
        self._title = title
        label = QLabel(title)
        label.setProperty("part", "soft")
        self.switch = QPushButton()
        self.switch.setProperty("part", "link")
        self.switch.setAutoDefault(False)
        self.switch.clicked.connect(self._turn)
        rule = QFrame()
        rule.setProperty("part", "rule")
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE_2)
        line.addWidget(label)
        line.addStretch(1)
        line.addWidget(self.switch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_2, 0, 0)
        layout.setSpacing(theme.SPACE_1)
        layout.addLayout(line)
        layout.addWidget(rule)
        self.show_waiting(0)

    def open(self) -> None:
        """Show every field of the group."""
        if not self.is_open:
            self._turn()

    def show_waiting(self, count: int) -> None:
        """How many fields are not on view."""
        words = "收起" if self.is_open else f"展开其余 {count} 项"
        self.switch.setText(words)
        self.switch.setAccessibleName(f"{self._title}：{words}")
        self.switch.setVisible(self.is_open or count > 0)

    def _turn(self) -> None:
        self.is_open = not self.is_open
        self.toggled.emit()
