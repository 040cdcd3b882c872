"""The figures over a list: each a number with its word, a button that opens the rows behind it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme


class Figure(QPushButton):
    """A word over its number; checked while its rows are shown."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = word
        self.setProperty("part", "figure")
        self.setCheckable(True)
        self.word = QLabel(word)
        self.word.setProperty("part", "soft")
        self.number = QLabel("—")
        font = theme.numbers(self.number.font())
        font.setPointSizeF(font.pointSizeF() * 1.4)
        self.number.setFont(font)
        for label in (self.word, self.number):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_2, theme.SPACE_1, theme.SPACE_2, theme.SPACE_1)
        layout.setSpacing(0)
        layout.addWidget(self.word)
        layout.addWidget(self.number)

    def name(self, word: str) -> None:
        """Change the word over the number."""
        self._name = word
        self.word.setText(word)

    def show_number(self, text: str, tone: str = "") -> None:
        """The figure as text; `tone` (ok, due, late) colours it where its word already says why."""
        self.number.setText(text)
        self.number.setProperty("part", tone)
        self.number.style().unpolish(self.number)
        self.number.style().polish(self.number)
        self.setAccessibleName(f"{self._name} {text}")
        self.setToolTip(f"{self._name} {text}，点一下看这些单位")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.layout().minimumSize()


class FigureBar(QWidget):
    """Figures side by side; `chosen` carries the key of the one pressed, empty when it was released."""

    chosen = Signal(str)

    def __init__(self, words: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = {key: Figure(word) for key, word in words.items()}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_2, theme.SPACE_1, theme.SPACE_4, theme.SPACE_1)
        layout.setSpacing(theme.SPACE_1)
        for key, figure in self.figures.items():
            figure.clicked.connect(lambda pressed, k=key: self._on_clicked(k, pressed))
            layout.addWidget(figure)
        layout.addStretch(1)

    def mark(self, key: str) -> None:
        """Show which figure's rows are on the page; empty for none."""
        for each, figure in self.figures.items():
            figure.setChecked(each == key)

    def _on_clicked(self, key: str, pressed: bool) -> None:
        self.mark(key if pressed else "")
        self.chosen.emit(key if pressed else "")
