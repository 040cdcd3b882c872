"""备份与恢复: the list of backups and replaced stores of an open office, and what can be done with them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.kept_copies import KeptCopies


class BackupsDialog(QDialog):
    """`restore_asked(file)` and `file_asked`; the caller does it and closes the dialog."""

    restore_asked = Signal(object)
    file_asked = Signal()

    def __init__(self, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle("备份与恢复")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.copies = KeptCopies(folder)
        self.restore_button = _button("恢复选中的(&H)…")
        self.restore_button.setEnabled(False)
        self.file_button = _button("从文件恢复(&F)…")
        close = _button("关闭(&X)")
        close.setDefault(True)
        words = QLabel(
            "每天自动备份一次，改动过的关闭时再备份一次；按天留 7 份、按周留 4 份、按月留 12 份。"
            "备份和数据在同一块磁盘上，请隔一段时间再备份到U盘。"
        )
        words.setWordWrap(True)
        words.setProperty("part", "soft")
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addWidget(self.file_button)
        foot.addStretch(1)
        foot.addWidget(self.restore_button)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(words)
        layout.addWidget(self.copies, 1)
        layout.addLayout(foot)
        self.copies.picked.connect(self.restore_button.setEnabled)
        self.copies.opened.connect(self._on_restore)
        self.restore_button.clicked.connect(self._on_restore)
        self.file_button.clicked.connect(self.file_asked)
        close.clicked.connect(self.reject)
        self.resize(860, 420)
        self.copies.load()
        self.copies.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_restore(self) -> None:
        file = self.copies.chosen()
        if file is not None:
            self.restore_asked.emit(file)


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text.split("(&")[0])
    button.setAutoDefault(False)
    return button
