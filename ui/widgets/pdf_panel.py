"""A PDF to look at with its buttons: back and forth, which page of how many, zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.pdf_view import Fit, PdfView


class PdfPanel(QWidget):
    """A PdfView with its buttons: back and forth, n / m, zoom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PdfView()
        self.back_button = self._button("上一页", "PageUp")
        self.forth_button = self._button("下一页", "PageDown")
        self.place = QLabel("")
        self.place.setMinimumWidth(64)
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.smaller_button = self._button("缩小", "-")
        self.larger_button = self._button("放大", "+")
        self.zoom = QLabel("")
        self.zoom.setMinimumWidth(48)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.width_button = self._button("适合宽度", "")
        self.page_button = self._button("整页", "")
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE_2, theme.SPACE_1, theme.SPACE_2, theme.SPACE_1)
        bar.setSpacing(theme.SPACE_1)
        for widget in (self.back_button, self.place, self.forth_button):
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in (self.smaller_button, self.zoom, self.larger_button, self.width_button, self.page_button):
            bar.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)
        self.back_button.clicked.connect(lambda: self.view.go_to(self.view.current_page - 1))
        self.forth_button.clicked.connect(lambda: self.view.go_to(self.view.current_page + 1))
        self.smaller_button.clicked.connect(lambda: self.view.zoom_by(-1))
        self.larger_button.clicked.connect(lambda: self.view.zoom_by(1))
        self.width_button.clicked.connect(lambda: self.view.fit(Fit.WIDTH))
        self.page_button.clicked.connect(lambda: self.view.fit(Fit.PAGE))
        self.view.page_changed.connect(self._on_page)
        self.view.zoom_changed.connect(lambda zoom: self.zoom.setText(f"{zoom * 100:.0f}%"))
        self._on_page(0, 0)

    def _button(self, text: str, key: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("part", "flat")
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        if key:
            button.setToolTip(f"{text}（{key}）")
        return button

    def _on_page(self, page: int, count: int) -> None:
        self.place.setText(f"{page:,} / {count:,}" if count else "")
        self.back_button.setEnabled(page > 1)
        self.forth_button.setEnabled(0 < page < count)
