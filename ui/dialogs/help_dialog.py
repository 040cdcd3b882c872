"""The manual beside the work: topics at the left, one of them at the right, words to look for over both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.help_topics import topics
from ui.keys import bind

_KEY = int(Qt.ItemDataRole.UserRole)


class HelpDialog(QDialog):
    """Stays open while the clerk works on; `about` shows the version and the keys."""

    def __init__(self, parent: QWidget, about: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用说明")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._topics = {one.key: one for one in topics()}
        self.words = QLineEdit(placeholderText="找：卡纸、恢复、草稿…")
        self.words.setAccessibleName("在说明里找")
        self.words.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("说明的题目")
        self.list.setFixedWidth(200)
        self.list.setProperty("part", "choices")
        self.text = QTextBrowser()
        self.text.setAccessibleName("说明")
        self.text.document().setDocumentMargin(theme.SPACE_4)
        self.text.setTabChangesFocus(True)
        about_button = QPushButton("版本和常用键(&V)…")
        about_button.setAccessibleName("版本和常用键")
        about_button.clicked.connect(about)
        close = QPushButton("关闭(&C)")
        close.setAccessibleName("关闭")
        close.clicked.connect(self.close)
        for button in (about_button, close):
            button.setAutoDefault(False)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE_2)
        left.addWidget(self.words)
        left.addWidget(self.list, 1)
        middle = QHBoxLayout()
        middle.setSpacing(theme.SPACE_3)
        middle.addLayout(left)
        middle.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.addWidget(about_button)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        self.resize(860, 600)
        self.words.textChanged.connect(lambda _text: self._fill())
        self.words.returnPressed.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(lambda *_: self._show_present())
        bind(self, "Ctrl+F", self.words.setFocus)
        self._fill()

    def show_topic(self, key: str) -> None:
        """Open the manual there."""
        self.words.clear()
        self._fill(key)
        self.list.setFocus()

    def topic(self) -> str:
        """The key of the topic shown; empty when no topic holds the words."""
        item = self.list.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    def _fill(self, wanted: str = "") -> None:
        wanted = wanted or self.topic()
        self.list.blockSignals(True)
        self.list.clear()
        for topic in self._topics.values():
            if topic.holds(self.words.text()):
                item = QListWidgetItem(topic.title)
                item.setData(_KEY, topic.key)
                self.list.addItem(item)
                if topic.key == wanted:
                    self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._show_present()

    def _show_present(self) -> None:
        topic = self._topics.get(self.topic())
        self.text.setMarkdown(topic.text if topic is not None else "说明里没有这个词，换个词试试。")
        word = self.words.text().strip().split(" ")[0]
        if word:
            self.text.find(word)
