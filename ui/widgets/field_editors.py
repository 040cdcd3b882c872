"""One editor per kind of field: each holds a text, says when it changes, and never changes by the wheel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.ledgers.fields import SEPARATOR, Field, Kind
from anjian_desktop.services import browse, typed_words
from anjian_desktop.services.office import Office
from ui import theme
from ui.icons import icon
from ui.tasks import run_quiet
from ui.widgets.code_edit import CodeEdit
from ui.widgets.date_edit import DateEdit
from ui.widgets.overlay import Overlay
from ui.widgets.personal_edit import PersonalEdit

if TYPE_CHECKING:
    from datetime import date

_LINK_WAIT_MS = 120


class Editor:
    """What the form asks of every editor; `widget` gets the focus and the keys (a combo passes them on to its line)."""

    def __init__(self, widget: QWidget, read: Callable[[], str], write: Callable[[str], None], changed: object) -> None:
        self.widget = widget
        self.text = read
        self.set_text = write
        self.changed = changed

    def offer(self, field: Field) -> None:
        """Offer the field's choices as they are now; what is typed stays."""
        if isinstance(self.widget, ChoiceEdit):
            self.widget.offer_words(_words(field))
        elif isinstance(self.widget, SeveralEdit):
            self.widget.offer_words(field.choices)

    def choose_all(self) -> None:
        """Choose the text, so that the next key replaces it."""
        edit = self.widget.lineEdit() if isinstance(self.widget, QComboBox) else self.widget
        if isinstance(edit, QLineEdit | QPlainTextEdit):
            edit.selectAll()


def make_editor(field: Field, office: Office, today: date) -> Editor:
    """The editor for a declared field."""
    if field.kind is Kind.DATE:
        edit = DateEdit(today)
        made = Editor(edit, edit.text, edit.setText, edit.textChanged)
    elif field.kind is Kind.LONG_TEXT:
        notes = NoteEdit()
        made = Editor(notes, notes.toPlainText, notes.setPlainText, notes.textChanged)
    elif field.kind in (Kind.CHOICE, Kind.YES_NO):
        combo = ChoiceEdit(_words(field))
        made = Editor(combo, combo.currentText, combo.set_text, combo.editTextChanged)
    elif field.kind is Kind.MULTI_CHOICE:
        several = SeveralEdit(field.choices, field.label)
        made = Editor(several, several.text, several.setText, several.textChanged)
    elif field.kind is Kind.LINK:
        link = LinkEdit(office, field.link)
        made = Editor(link, link.text, link.setText, link.textChanged)
    elif field.code_table:
        code = CodeEdit(office, field.code_table)
        code.setMaxLength(max(field.max_length, 60) + 200)
        made = Editor(code, code.text, code.setText, code.textChanged)
    elif field.personal:
        personal = PersonalEdit(field)
        personal.setMaxLength(max(field.max_length, 60) + 200)
        made = Editor(personal, personal.text_in_full, personal.set_text, personal.textChanged)
    else:
        line = QLineEdit()
        # A little over the limit, so that what is too long is said and not silently cut.
        line.setMaxLength(max(field.max_length, 60) + 200)
        made = Editor(line, line.text, line.setText, line.textChanged)
    made.widget.setAccessibleName(field.label)
    if isinstance(made.widget, QComboBox) and (line := made.widget.lineEdit()) is not None:
        line.setAccessibleName(field.label)
    if field.hint:
        made.widget.setAccessibleDescription(field.hint)
        if isinstance(made.widget, QLineEdit):
            made.widget.setPlaceholderText(field.hint)
    return made


def _words(field: Field) -> tuple[str, ...]:
    if field.kind is Kind.YES_NO:
        return "是", "否"
    return tuple(field.choice_labels.get(code, code) for code in field.choices)


class NoteEdit(QPlainTextEdit):
    """Several lines; Enter goes to the next field as everywhere, Shift+Enter breaks the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(62)
        self.setPlaceholderText("换行按 Shift+Enter")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)


class ChoiceEdit(QComboBox):
    """A word out of several, typed or chosen; typing a part of it or its pinyin narrows the list."""

    def __init__(self, words: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(["", *words])
        self.setMaxVisibleItems(14)
        self.setMinimumContentsLength(6)
        self._offered = QStringListModel(self)
        completer = QCompleter(self._offered, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(14)
        self.setCompleter(completer)
        self.lineEdit().textEdited.connect(self._narrow)

    def set_text(self, text: str) -> None:
        """Show a word; one that is not in the list stays as typed."""
        self.setCurrentIndex(self.findText(text))
        self.setEditText(text)

    def offer_words(self, words: tuple[str, ...]) -> None:
        """Other words to choose from; the text stays."""
        if words != self._words:
            text = self.currentText()
            self._words = words
            self.clear()
            self.addItems(["", *words])
            self.set_text(text)

    def _narrow(self, typed: str) -> None:
        run_quiet(self, lambda: typed_words.matching(self._words, typed), self._offer, key="words")

    def _offer(self, words: list[str]) -> None:
        self._offered.setStringList(words)
        popup = self.completer().popup()
        if words and self.lineEdit().hasFocus() and words != [self.currentText().strip()]:
            self.completer().complete()
        elif popup.isVisible():
            popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F4, Qt.Key.Key_F7):
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class LinkEdit(QLineEdit):
    """The name of a row of another ledger; names come while typing, by characters or pinyin initials."""

    def __init__(self, office: Office, ledger: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._ledger = office, ledger
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        self.setCompleter(completer)
        self._timer = QTimer(self, singleShot=True, interval=_LINK_WAIT_MS)
        self._timer.timeout.connect(self._load)
        self.textEdited.connect(lambda _text: self._timer.start())
        action = QAction(icon("down"), "打开列表", self)
        action.triggered.connect(self._load)
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and not self.completer().popup().isVisible()
        if alt_down or event.key() in (Qt.Key.Key_F4, Qt.Key.Key_F7):
            self._load()
        else:
            super().keyPressEvent(event)

    def _load(self) -> None:
        text = self.text().strip()
        run_quiet(self, lambda: browse.link_names(self._office, self._ledger, text), self._offer, key="names")

    def _offer(self, names: list[str]) -> None:
        self._names.setStringList(names)
        if names and self.hasFocus() and names != [self.text().strip()]:
            self.completer().complete()


class SeveralEdit(QLineEdit):
    """Several words divided by 、, typed or ticked in a list (F4 or Alt+↓)."""

    def __init__(self, words: tuple[str, ...], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._name = words, name
        self.setPlaceholderText("可填多个，用“、”分隔")
        action = QAction(icon("down"), "打开列表", self)
        action.triggered.connect(self.open_list)
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)

    def offer_words(self, words: tuple[str, ...]) -> None:
        """Other words to tick; the text stays."""
        self._words = words

    def open_list(self) -> None:
        """Show all words with ticks."""
        panel = _Ticks(self, self._words, self._name)
        panel.show_under(self.mapToGlobal(QPoint(0, self.height() + 2)))
        panel.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_F4, Qt.Key.Key_F7) or alt_down:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def words(self) -> list[str]:
        """The words typed."""
        return [
            word.strip()
            for word in self.text().replace("，", SEPARATOR).replace(",", SEPARATOR).split(SEPARATOR)
            if word.strip()
        ]


class _Ticks(Overlay):
    changed = Signal()

    def __init__(self, edit: SeveralEdit, words: tuple[str, ...], name: str) -> None:
        super().__init__(edit)
        self._edit = edit
        self.list = QListWidget()
        self.list.setProperty("part", "choices")
        self.list.setAccessibleName(name)
        self.list.setFixedSize(max(edit.width() - 2, 200), 240)
        present = edit.words()
        for word in dict.fromkeys((*words, *present)):
            item = QListWidgetItem(word)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if word in present else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(lambda _item: self._write())
        self.list.itemActivated.connect(lambda _item: self.close_now())
        self.closed.connect(self.deleteLater)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, theme.SPACE_1, 1, theme.SPACE_1)
        layout.addWidget(self.list)

    def _write(self) -> None:
        items = [self.list.item(n) for n in range(self.list.count())]
        self._edit.setText(SEPARATOR.join(i.text() for i in items if i.checkState() is Qt.CheckState.Checked))
