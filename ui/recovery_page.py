"""What stands in the window when the store cannot be opened: what is wrong, the backups, and every way out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from anjian_desktop.errors import UserError
from ui import theme
from ui.opening import card, soft
from ui.widgets.kept_copies import KeptCopies

RESTORABLE = frozenset({"damaged", "foreign", "lost", "key", "lost_tail", "changed_outside", "io"})
"""Codes after which bringing back a backup is a way out."""
_READABLE = frozenset({"damaged", "key", "readonly", "io", "full"})
"""Codes after which a copy may still be looked at."""
_USABLE = frozenset({"lost_tail", "changed_outside"})
"""Codes of a store that can be used as it is, once the clerk has been told."""


class TroublePage(QWidget):
    """Says why the store cannot be opened and lists the backups; nothing is made in its place."""

    again = Signal()
    restore_asked = Signal(object)
    file_asked = Signal()
    view_asked = Signal()
    save_asked = Signal()
    go_on_asked = Signal()

    def __init__(self, error: UserError, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = error.code
        self.text = QLabel(error.message)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.next_step = soft(error.next_step)
        self.copies = KeptCopies(folder)
        self.list_words = soft("正在查找备份…")
        self.restore_button = _button("恢复选中的备份(&H)…", primary=True)
        self.restore_button.setEnabled(False)
        self.file_button = _button("从其他备份开始(&F)…")
        self.view_button = _button("只读查看(&V)")
        self.save_button = _button("另存损坏的数据(&S)…")
        self.go_on_button = _button("继续使用现有数据(&G)")
        self.again_button = _button("再试一次(&R)", primary=error.code not in RESTORABLE)
        self.open_button = _button("打开数据文件夹(&O)")
        restorable = error.code in RESTORABLE
        for widget in (self.copies, self.list_words, self.restore_button, self.file_button):
            widget.setVisible(restorable)
        self.view_button.setVisible(error.code in _READABLE)
        self.save_button.setVisible(error.code in {"damaged", "foreign", "key", "io"})
        self.go_on_button.setVisible(error.code in _USABLE)
        self.again_button.setVisible(error.code not in _USABLE)
        title = "数据打开前请看一下" if error.code in _USABLE else "数据没有打开"
        frame, layout = card(self, title, "没有改动任何内容。", "warning", theme.DUE)
        layout.addWidget(self.text)
        layout.addWidget(self.next_step)
        layout.addWidget(self.list_words)
        layout.addWidget(self.copies)
        self.copies.setFixedHeight(190)
        layout.addWidget(soft(f"数据文件夹：{folder}"))
        layout.addLayout(_row(self.file_button, self.view_button, self.save_button, self.open_button))
        layout.addLayout(_row(self.again_button, self.go_on_button, self.restore_button))
        frame.setFixedWidth(760 if restorable else 640)
        self.setFocusProxy(self.copies if restorable else self.again_button)
        self.again_button.clicked.connect(self.again)
        self.file_button.clicked.connect(self.file_asked)
        self.view_button.clicked.connect(self.view_asked)
        self.save_button.clicked.connect(self.save_asked)
        self.go_on_button.clicked.connect(self.go_on_asked)
        self.restore_button.clicked.connect(self._on_restore)
        self.copies.opened.connect(self._on_restore)
        self.copies.picked.connect(self.restore_button.setEnabled)
        self.copies.loaded.connect(self._on_loaded)
        self.open_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        if restorable:
            self.copies.load()

    def _on_loaded(self, count: int) -> None:
        if count:
            self.list_words.setText("可以恢复的备份（恢复前会先给您看里面有什么）：")
        else:
            self.list_words.setText("数据文件夹里没有找到备份。如果备份在U盘或别的文件夹，请点“从其他备份开始”。")
            self.copies.hide()

    def _on_restore(self) -> None:
        file = self.copies.chosen()
        if file is not None:
            self.restore_asked.emit(file)


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_2)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row


def _button(text: str, *, primary: bool = False) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text.split("(&")[0])
    if primary:
        button.setProperty("part", "primary")
    return button
