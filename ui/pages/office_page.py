"""办公室信息: the office's own facts (甲方, leader, phone, prefix …), saved with an entry in the audit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.fields import Kind
from anjian_desktop.services.office_profile import (
    PROFILE_FIELDS,
    ProfileField,
    check_profile,
    set_profile,
    show_profile,
)
from anjian_desktop.services.outcomes import Change
from ui import messages, theme
from ui.keys import bind
from ui.navigation import Frame, Page, PageHead
from ui.tasks import run_quiet, run_task
from ui.widgets.field_editors import ChoiceEdit


class OfficePage(Page):
    """A form over the declared facts; what is wrong is said under its field when it is left."""

    title = "办公室信息"
    nav_key = "office"
    icon_name = "office"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._loaded: dict[str, str] = {}
        self.editors: dict[str, QLineEdit | ChoiceEdit] = {}
        self.problems: dict[str, QLabel] = {}
        self.save_button = QPushButton("保存(&S)")
        self.save_button.setAccessibleName("保存")
        self.save_button.setProperty("part", "primary")
        self.save_button.setToolTip("保存（Ctrl+S）")
        self.save_button.clicked.connect(self.save)
        self.rules_button = QPushButton("规定与出处(&G)…")
        self.rules_button.setAccessibleName("规定与出处")
        self.rules_button.setToolTip("培训学时、证书有效期等数字从哪里来，哪些还待核实")
        self.rules_button.clicked.connect(self.show_rules)
        head = PageHead("办公室信息")
        head.add_action(self.rules_button)
        head.add_action(self.save_button)
        inner = QWidget()
        inner.setMaximumWidth(1000)
        grid = QGridLayout(inner)
        grid.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_5)
        grid.setHorizontalSpacing(theme.SPACE_4)
        grid.setVerticalSpacing(theme.SPACE_1 + 2)
        grid.setColumnMinimumWidth(1, 320)
        grid.setColumnStretch(2, 1)
        for n, field in enumerate(PROFILE_FIELDS):
            self._add(grid, n * 2, field)
        grid.setRowStretch(len(PROFILE_FIELDS) * 2, 1)
        scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(scroll, 1)
        bind(self, "Ctrl+S", self.save)

    def _add(self, grid: QGridLayout, row: int, field: ProfileField) -> None:
        editor: QLineEdit | ChoiceEdit
        if field.kind is Kind.CHOICE:
            editor = ChoiceEdit(field.choices)
            editor.editTextChanged.connect(lambda _text: self._check(field.key))
        else:
            editor = QLineEdit()
            editor.setMaxLength(200)
            editor.editingFinished.connect(lambda: self._check(field.key))
            editor.returnPressed.connect(lambda: self._next(field.key))
        editor.setAccessibleName(field.label)
        label = QLabel(field.label)
        label.setBuddy(editor)
        hint = QLabel(f"{field.hint}（默认值待核实）" if field.verify else field.hint)
        hint.setProperty("part", "soft")
        hint.setWordWrap(True)
        problem = QLabel()
        problem.setProperty("part", "problem")
        problem.setWordWrap(True)
        problem.setTextFormat(Qt.TextFormat.PlainText)
        problem.hide()
        grid.addWidget(label, row, 0)
        grid.addWidget(editor, row, 1)
        grid.addWidget(hint, row, 2)
        grid.addWidget(problem, row + 1, 1, 1, 2)
        self.editors[field.key], self.problems[field.key] = editor, problem

    def show_rules(self) -> None:
        """The numbers behind training and certificates with their sources."""
        from anjian_desktop.services.rule_sources import rule_sources  # the training rules: not at start
        from ui.dialogs.rules_dialog import RulesDialog

        office = self.office
        run_quiet(self, lambda: rule_sources(office), lambda rules: RulesDialog(self, rules).show(), key="rules")

    def refresh(self, change: Change | None = None) -> None:
        if self.changed_values() or (change is not None and "office" not in change.kinds):
            return
        office = self.office
        run_quiet(self, lambda: show_profile(office), self._show, key="profile")

    def may_leave(self) -> bool:
        if not self.changed_values():
            return True
        answer = messages.choose(
            self,
            "办公室信息有改动没有保存。",
            (("save", "保存(&S)"), ("drop", "不保存(&D)"), ("stay", "继续编辑(&E)")),
            safe="stay",
            default="save",
        )
        if answer == "save":
            self.save()
        elif answer == "drop":
            self._show(self._loaded)
        return answer == "drop"

    def values(self) -> dict[str, str]:
        """What is typed, by key."""
        return {key: _text(editor) for key, editor in self.editors.items()}

    def changed_values(self) -> dict[str, str]:
        """What differs from what was loaded."""
        return {key: text for key, text in self.values().items() if self._loaded and text != self._loaded[key]}

    def save(self) -> None:
        """Write what changed; with a problem the cursor goes to its field."""
        changed = self.changed_values()
        for key in changed:
            if not self._check(key):
                self.editors[key].setFocus()
                return
        if not changed:
            self.frame.tell_done("没有改动，不用保存")
            return
        office, before = self.office, {key: self._loaded[key] for key in changed}

        def done(change: Change) -> None:
            self._loaded = {**self._loaded, **changed}
            self.frame.tell_done("修改办公室信息", lambda: self._take_back(before))
            messages.toast(self, "办公室信息已保存，以后打印的责任书按新的内容。")
            self.changed.emit(change)
            self.refresh()

        run_task(self, "保存办公室信息", lambda _step: set_profile(office, changed), done)

    def _take_back(self, values: dict[str, str]) -> None:
        office = self.office

        def done(change: Change) -> None:
            self.changed.emit(change)
            self.refresh()

        run_task(self, "撤销修改", lambda _step: set_profile(office, values), done)

    def _show(self, values: dict[str, str]) -> None:
        self._loaded = dict(values)
        for key, editor in self.editors.items():
            if isinstance(editor, ChoiceEdit):
                editor.set_text(values[key])
            else:
                editor.setText(values[key])
            self._say(key, "")

    def _check(self, key: str) -> bool:
        if not self._loaded:
            return True
        try:
            check_profile({key: _text(self.editors[key])})
        except UserError as error:
            self._say(key, error.message)
            return False
        self._say(key, "")
        return True

    def _say(self, key: str, text: str) -> None:
        self.problems[key].setText(f"▲ {text}" if text else "")
        self.problems[key].setVisible(bool(text))
        editor = self.editors[key]
        if bool(editor.property("wrong")) != bool(text):
            editor.setProperty("wrong", bool(text))
            editor.style().unpolish(editor)
            editor.style().polish(editor)

    def _next(self, key: str) -> None:
        keys = list(self.editors)
        place = keys.index(key) + 1
        (self.editors[keys[place]] if place < len(keys) else self.save_button).setFocus()


def _text(editor: QLineEdit | ChoiceEdit) -> str:
    return editor.currentText() if isinstance(editor, ChoiceEdit) else editor.text()
