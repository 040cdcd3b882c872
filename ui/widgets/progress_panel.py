"""Progress as a person reads it: bar, n/m, the current one's name, time left, and one button that stops."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui import theme

_ESTIMATE_AFTER_S = 2.0


class ProgressPanel(QWidget):
    """`stop_asked` is emitted once; the panel then says that it is stopping."""

    stop_asked = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._started = time.monotonic()
        self._asked = False
        self._title = QLabel(title)
        self.bar = QProgressBar(textVisible=False, minimum=0, maximum=0)
        self.bar.setAccessibleName("进度")
        self.count = QLabel("正在准备…")
        self.current = QLabel("")
        self.current.setProperty("part", "soft")
        self.current.setTextFormat(Qt.TextFormat.PlainText)
        self.stop_button = QPushButton("取消(&C)")
        self.stop_button.setAccessibleName("取消")
        self.stop_button.setAutoDefault(False)

        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_2)
        for widget in (self._title, self.bar, self.current):
            layout.addWidget(widget)
        layout.addLayout(foot)
        self.stop_button.clicked.connect(self.ask_to_stop)

    def show_step(self, done: int, total: int, name: str) -> None:
        """Say that `done` of `total` are finished and `name` is being worked on."""
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)
        text = self.current.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, max(self.width() - 8, 200))
        self.current.setText(text)
        if not self._asked:
            self.count.setText(f"{done:,} / {total:,}" + self._left(done, total) if total else "正在进行…")

    def ask_to_stop(self) -> None:
        """As if 取消 had been pressed."""
        if self._asked:
            return
        self._asked = True
        self.stop_button.setEnabled(False)
        self.count.setText("正在停止…")
        self.stop_asked.emit()

    def _left(self, done: int, total: int) -> str:
        passed = time.monotonic() - self._started
        if passed < _ESTIMATE_AFTER_S or done == 0 or done >= total:
            return ""
        seconds = round(passed / done * (total - done))
        if seconds < 60:
            return f"　约剩 {max(seconds, 1)} 秒"
        return f"　约剩 {round(seconds / 60)} 分钟"
