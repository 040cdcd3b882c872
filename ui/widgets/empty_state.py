"""What an empty page says: what is missing, what to do first, and the buttons for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.icons import icon


class EmptyState(QWidget):
    """The first of `actions` (words, what to do) is the primary button."""

    def __init__(
        self,
        title: str,
        text: str,
        actions: Sequence[tuple[str, Callable[[], None]]] = (),
        *,
        icon_name: str = "ledger",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        sign = QLabel()
        sign.setPixmap(icon(icon_name, theme.LINE_STRONG).pixmap(QSize(48, 48)))
        self.title = QLabel(title)
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self.title.setFont(font)
        self.text = QLabel(text)
        self.text.setProperty("part", "soft")
        self.text.setWordWrap(True)
        self.text.setMinimumWidth(420)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addStretch(1)
        self.buttons: list[QPushButton] = []
        for n, (label, act) in enumerate(actions):
            button = QPushButton(label)
            button.setAccessibleName(label.split("(&")[0])
            if n == 0:
                button.setProperty("part", "primary")
            button.clicked.connect(lambda _=False, run=act: run())
            buttons.addWidget(button)
            self.buttons.append(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE_3)
        layout.addStretch(2)
        for widget in (sign, self.title, self.text):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(theme.SPACE_2)
        layout.addLayout(buttons)
        layout.addStretch(3)
