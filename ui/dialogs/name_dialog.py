"""Asks for one short name."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import theme


class NameDialog(QDialog):
    """`named` carries the name, trimmed and never empty."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None, title: str, label: str, act: str, keep: str, longest: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit()
        self.name.setMaxLength(longest)
        self.name.setAccessibleName(label)
        self.name.setMinimumWidth(280)
        words = QLabel(label)
        words.setBuddy(self.name)
        self.act_button = QPushButton(act)
        self.act_button.setAccessibleName(act.split("(&")[0])
        self.act_button.setProperty("part", "primary")
        self.act_button.setDefault(True)
        self.act_button.setEnabled(False)
        self.keep_button = QPushButton(keep)
        self.keep_button.setAccessibleName(keep.split("(&")[0])
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.keep_button)
        foot.addWidget(self.act_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(words)
        layout.addWidget(self.name)
        layout.addLayout(foot)
        self.name.textChanged.connect(lambda text: self.act_button.setEnabled(bool(text.strip())))
        self.act_button.clicked.connect(self._on_named)
        self.keep_button.clicked.connect(self.reject)

    def _on_named(self) -> None:
        self.named.emit(self.name.text().strip())
        self.accept()
