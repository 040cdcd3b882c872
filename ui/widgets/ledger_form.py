"""The form of any ledger, made from its declared fields: groups, live checks, Enter to the next field."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from anjian_desktop.ledgers.fields import Field
from anjian_desktop.services.office import Office
from ui import theme
from ui.widgets.code_notes import CodeNotes
from ui.widgets.field_editors import Editor, make_editor
from ui.widgets.form_section import FormSection
from ui.widgets.personal_edit import PersonalEdit

_LABEL_WIDTH = 116
_LAST_GROUP = "其他"
REPEAT = ".."
"""Typed into a field (as Ctrl+D): the same as in the record saved before, or else the one above in the list."""
REPEAT_FIRST = "//"
"""Typed into a field: the same as in the first record of the list."""


class FieldRow(QWidget):
    """Label, editor, and one line below that says what is wrong. Silent until the field was left once."""

    edited = Signal(str)
    left = Signal(str)

    def __init__(self, field: Field, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._today = office.today
        self._was_left = False
        self._from_store = ""
        self.editor: Editor = make_editor(field, office, office.today)
        self.label = QLabel(f"{field.label}{' *' if field.required else ''}")
        self.label.setFixedWidth(_LABEL_WIDTH)
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.label.setContentsMargins(0, 5, 0, 0)
        self.label.setBuddy(self.editor.widget)
        self.problem = QLabel()
        self.problem.setProperty("part", "problem")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        self.note = QLabel()
        self.note.setProperty("part", "soft")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE_2)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.editor.widget, 0, 1)
        grid.addWidget(self.problem, 1, 1)
        grid.addWidget(self.note, 2, 1)
        grid.setColumnStretch(1, 1)
        self.editor.changed.connect(self._on_changed)  # type: ignore[attr-defined]
        if isinstance(self.editor.widget, PersonalEdit):
            self.editor.widget.seconds_left.connect(self._show_seconds)

    def check(self) -> str | None:
        """What the declaration says is wrong with the text as it stands."""
        return self.field.problem(self.editor.text(), today=self._today)

    def show_problem(self, text: str | None) -> None:
        """One line under the field, also told to assistive technology; None takes it away."""
        self.problem.setText(f"▲ {text}" if text else "")
        self.problem.setVisible(bool(text))
        widget = self.editor.widget
        widget.setAccessibleDescription(text or self.field.hint)
        if bool(widget.property("wrong")) != bool(text):
            widget.setProperty("wrong", bool(text))
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def mark_left(self) -> None:
        """From now on every key is checked."""
        self._was_left = True
        self.show_problem(self.check() or self._from_store)

    def show_store_problem(self, text: str) -> None:
        """What only the store knows (a duplicate, an unknown village); stands until the text changes."""
        self._from_store = text
        self._was_left = True
        self.show_problem(self.check() or text)

    def reset(self) -> None:
        """Silent again."""
        self._was_left, self._from_store = False, ""
        self.show_problem(None)

    def use_field(self, field: Field) -> None:
        """The same field with other choices; what is typed stays."""
        self.field = field
        self.editor.offer(field)

    def mask(self) -> None:
        """Hide personal data until it is asked for."""
        if isinstance(self.editor.widget, PersonalEdit):
            self.editor.widget.mask()

    def show_for(self, seconds: int) -> None:
        """Personal data in full for a while."""
        if isinstance(self.editor.widget, PersonalEdit):
            self.editor.widget.show_for(seconds)

    def show_note(self, text: str) -> None:
        """A soft line under the field, below what is wrong; empty takes it away."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _show_seconds(self, left: int) -> None:
        self.show_note(f"{left} 秒后重新隐藏" if left > 0 else "")

    def _on_changed(self, *_: object) -> None:
        self._from_store = ""
        if self._was_left:
            self.show_problem(self.check())
        self.edited.emit(self.field.key)


class LedgerForm(QWidget):
    """`edited` on every key, `left(key)` when a field is left, `finished` on Enter in the last field, `reveal_asked` by an
    eye."""

    edited = Signal()
    reveal_asked = Signal()
    left = Signal(str)
    entered = Signal(QWidget)
    """The line of the field that has the focus now: whoever scrolls the form keeps it in sight."""
    finished = Signal()

    def __init__(self, fields: tuple[Field, ...], office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FieldRow] = {}
        self._loaded: dict[str, str] = {}
        self._before: Mapping[str, str] = {}
        self._first: Mapping[str, str] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_4, theme.SPACE_3, theme.SPACE_4, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_2)
        self._sections: dict[str, FormSection] = {}
        self._away: set[str] = set()
        """Keys of the fields that are not on view."""
        shown = [field for field in fields if field.in_form and not field.computed]
        groups = sorted(dict.fromkeys(field.group for field in shown), key=lambda group: group == _LAST_GROUP)
        for group in groups:
            section = self._sections[group] = FormSection(group)
            section.toggled.connect(self._show_rows)
            layout.addWidget(section)
            section.setVisible(len(groups) > 1 or any(field.rare for field in shown))
            for field in shown:
                if field.group == group:
                    row = FieldRow(field, office)
                    self.rows[field.key] = row
                    layout.addWidget(row)
                    row.edited.connect(self._on_edited)
                    row.editor.widget.installEventFilter(self)
                    if isinstance(row.editor.widget, PersonalEdit):
                        row.editor.widget.reveal_asked.connect(self.reveal_asked)
        layout.addStretch(1)
        self._notes = CodeNotes(self, office)
        self._show_rows()

    def section(self, group: str) -> FormSection:
        """The heading of a group of fields."""
        return self._sections[group]

    def use_choices(self, fields: tuple[Field, ...]) -> None:
        """Offer other words where the code tables have changed."""
        for field in fields:
            row = self.rows.get(field.key)
            if row is not None and row.field != field:
                row.use_field(field)

    def load(self, values: Mapping[str, str], *, masked: bool = False) -> None:
        """Show these texts; they count as saved, and every field is silent. `masked` hides personal data."""
        for key, row in self.rows.items():
            row.editor.set_text(values.get(key, ""))
            if masked:
                row.mask()
            row.reset()
        self._loaded = self.values()
        self._notes.show_all()
        self._show_rows()

    def show_personal(self, seconds: int) -> None:
        """Personal data in full for so many seconds."""
        for row in self.rows.values():
            row.show_for(seconds)

    def put(self, values: Mapping[str, str]) -> None:
        """Put texts into fields as if they had been typed."""
        for key, text in values.items():
            if key in self.rows:
                self.rows[key].editor.set_text(text)

    def values(self) -> dict[str, str]:
        """What is typed, by field key."""
        return {key: row.editor.text() for key, row in self.rows.items()}

    def changed_values(self) -> dict[str, str]:
        """What differs from what was loaded: compared, not guessed from signals."""
        return {key: text for key, text in self.values().items() if text.strip() != self._loaded.get(key, "").strip()}

    def loaded_values(self) -> dict[str, str]:
        """What was loaded."""
        return dict(self._loaded)

    def repeat_from(self, before: Mapping[str, str], first: Mapping[str, str]) -> None:
        """What `..` and `//` mean from now on."""
        self._before, self._first = before, first

    def problems(self) -> dict[str, str]:
        """Field key -> what is wrong, in Chinese; empty when fit to be sent to the store."""
        return {key: wrong for key, row in self.rows.items() if (wrong := row.check())}

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say each under its field and put the cursor into the first."""
        for key, row in self.rows.items():
            if key in problems:
                row.show_store_problem(problems[key])
        first = next((key for key in self.rows if key in problems), None)
        if first is not None:
            self.focus(first)

    def focus(self, key: str = "") -> None:
        """Put the cursor into a field, the first unless named, with its text chosen."""
        row = self.rows[key or self._shown_keys()[0]]
        if row.field.key in self._away:
            self._sections[row.field.group].open()
        editor = row.editor
        editor.widget.setFocus(Qt.FocusReason.TabFocusReason)
        editor.choose_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self._on_left(watched)
        elif event.type() is QEvent.Type.FocusIn:
            self.entered.emit(next(row for row in self.rows.values() if row.editor.widget is watched))
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(watched, event)
        return False

    def _on_key(self, watched: QObject, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_D and held == Qt.KeyboardModifier.ControlModifier:
            self._repeat(next(key for key, row in self.rows.items() if row.editor.widget is watched), self._before)
            return True
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        keys = self._shown_keys()
        place = next(n for n, key in enumerate(keys) if self.rows[key].editor.widget is watched)
        if held == Qt.KeyboardModifier.ShiftModifier and not self._takes_lines(watched):
            self.focus(keys[max(place - 1, 0)])
        elif held:
            return False
        elif place + 1 < len(keys):
            self.focus(keys[place + 1])
        else:
            self._on_left(watched)
            self.finished.emit()
        return True

    def _shown_keys(self) -> list[str]:
        """Fields on view, in the order they are filled in."""
        return [key for key in self.rows if key not in self._away]

    def _show_rows(self) -> None:
        """What is seldom filled stays out of the way until it is filled, or its section is opened."""
        for group, section in self._sections.items():
            waiting = 0
            for row in self.rows.values():
                if row.field.group == group and row.field.rare:
                    seen = section.is_open or bool(row.editor.text().strip())
                    row.setVisible(seen)
                    (self._away.discard if seen else self._away.add)(row.field.key)
                    waiting += not seen
            section.show_waiting(waiting)

    def _takes_lines(self, watched: QObject) -> bool:
        return hasattr(watched, "toPlainText")

    def _on_left(self, watched: QObject) -> None:
        for key, row in self.rows.items():
            if row.editor.widget is watched:
                # An untouched empty field of a form just opened is not yet wrong.
                if row.editor.text().strip() or row.editor.text() != self._loaded.get(key, ""):
                    row.mark_left()
                self.left.emit(key)

    def _on_edited(self, key: str) -> None:
        row = self.rows[key]
        if (typed := row.editor.text()) in (REPEAT, REPEAT_FIRST):
            self._repeat(key, self._before if typed == REPEAT else self._first)
        self.edited.emit()

    def _repeat(self, key: str, values: Mapping[str, str]) -> None:
        if key in values:
            self.rows[key].editor.set_text(values[key])
