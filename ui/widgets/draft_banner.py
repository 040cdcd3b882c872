"""Says that a form was typed into and never saved, and asks what to do with it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme


class DraftBanner(QFrame):
    """`continued` and `given_up`; hidden until `offer`."""

    continued = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "banner_due")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.continue_button = QPushButton("继续编辑草稿(&G)")
        self.continue_button.setAccessibleName("继续编辑草稿")
        self.continue_button.setProperty("part", "primary")
        self.drop_button = QPushButton("不要草稿(&B)")
        self.drop_button.setAccessibleName("不要草稿")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addWidget(self.continue_button)
        buttons.addWidget(self.drop_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_3, theme.SPACE_2, theme.SPACE_3, theme.SPACE_2)
        layout.setSpacing(theme.SPACE_2)
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        self.continue_button.clicked.connect(self.continued)
        self.drop_button.clicked.connect(self.given_up)
        self.hide()

    def offer(self, at: datetime, *, today: bool, count: int, changed_since: bool) -> None:
        """Say from when it is, how many fields it holds, and whether the record was changed since."""
        when = f"{at:%H:%M}" if today else f"{at:%Y-%m-%d %H:%M}"
        since = "这条记录后来改过，保存前请核对。" if changed_since else ""
        self.words.setText(f"有一份 {when} 填到一半没有保存的草稿（{count} 项）。{since}")
        self.show()
        self.continue_button.setFocus(Qt.FocusReason.OtherFocusReason)
