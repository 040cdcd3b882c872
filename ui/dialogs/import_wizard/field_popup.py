"""What a column means: the ledger's fields to choose from, narrowed while typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from anjian_desktop.ledgers.fields import Field
from ui import theme
from ui.dialogs.import_wizard.flow import IGNORED
from ui.widgets.overlay import Overlay

_KEY = int(Qt.ItemDataRole.UserRole)


class FieldPopup(Overlay):
    """`chosen` carries the field's key, or IGNORED. `taken` {key: heading} says where a field is already."""

    chosen = Signal(str)

    def __init__(
        self, heading: str, fields: Sequence[Field], present: str, taken: Mapping[str, str], anchor: QWidget
    ) -> None:
        super().__init__(anchor)
        self.setFixedWidth(340)
        title = QLabel(f"“{heading if len(heading) <= 14 else heading[:13] + '…'}”这一列是：")
        title.setTextFormat(Qt.TextFormat.PlainText)
        self.words = QLineEdit(placeholderText="输入几个字来找")
        self.words.setAccessibleName("找项目")
        self.list = QListWidget()
        self.list.setProperty("part", "choices")
        self.list.setAccessibleName("可以对应的项目")
        self.list.setFixedHeight(260)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._add("不导入", IGNORED)
        for one in fields:
            words = one.label + ("（必填）" if one.required else "")
            where = taken.get(one.key, "")
            self._add(words + (f"　现在是“{where}”" if where and where != heading else ""), one.key)
        for row in range(self.list.count()):
            if self.list.item(row).data(_KEY) == present:
                self.list.setCurrentRow(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_3, theme.SPACE_2, theme.SPACE_3, theme.SPACE_3)
        layout.setSpacing(theme.SPACE_2)
        for widget in (title, self.words, self.list):
            layout.addWidget(widget)
        self.words.textChanged.connect(self._narrow)
        self.words.returnPressed.connect(lambda: self._choose(self.list.currentItem()))
        self.words.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)

    def _add(self, words: str, key: str) -> None:
        item = QListWidgetItem(words)
        item.setData(_KEY, key)
        self.list.addItem(item)

    def _narrow(self, words: str) -> None:
        wanted = words.strip()
        first = None
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(wanted not in item.text())
            if first is None and not item.isHidden():
                first = item
        if first is not None:
            self.list.setCurrentItem(first)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and not item.isHidden() and self.isVisible():
            self.close_now()
            self.chosen.emit(str(item.data(_KEY)))

    def eventFilter(self, watched: QWidget, event: QKeyEvent) -> bool:
        if (
            watched is self.words
            and isinstance(event, QKeyEvent)
            and event.type() is QKeyEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
        ):
            self.list.setFocus()
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)
