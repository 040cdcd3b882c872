"""A code of a code table: typed as it is, or found by its name or pinyin in a list that comes while typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from anjian_desktop.services import code_tables
from ui.icons import icon
from ui.tasks import run_quiet

if TYPE_CHECKING:
    from anjian_desktop.services.code_tables import CodeWord
    from anjian_desktop.services.office import Office

_WAIT_MS = 120
_WIDEST = 460


class CodeEdit(QLineEdit):
    """The list shows code and name; choosing a line puts the code into the field."""

    def __init__(self, office: Office, table: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._table = office, table
        self._offered = QStandardItemModel(self)
        completer = _CodeCompleter(self._offered, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(14)
        self.setCompleter(completer)
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self.load)
        self.textEdited.connect(lambda _text: self._timer.start())
        action = QAction(icon("down"), "打开列表", self)
        action.triggered.connect(self.load)
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)

    def load(self) -> None:
        """Look for what is typed and show the list."""
        office, table, text = self._office, self._table, self.text()
        run_quiet(self, lambda: code_tables.find_codes(office, table, text), self._offer, key="codes")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opening = event.key() == Qt.Key.Key_Down and not self.completer().popup().isVisible()
        if opening or event.key() in (Qt.Key.Key_F4, Qt.Key.Key_F7):
            self.load()
        else:
            super().keyPressEvent(event)

    def _offer(self, found: Sequence[CodeWord]) -> None:
        self._offered.clear()
        for one in found:
            item = QStandardItem(f"{one.code}　{one.label}")
            item.setData(one.code, Qt.ItemDataRole.UserRole)
            self._offered.appendRow(item)
        popup = self.completer().popup()
        if found and self.hasFocus() and [one.code for one in found] != [self.text().strip()]:
            popup.setMinimumWidth(min(popup.sizeHintForColumn(0) + 32, _WIDEST))
            self.completer().complete()
        elif popup.isVisible():
            popup.hide()


class _CodeCompleter(QCompleter):
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.UserRole))
