"""One record at the right of its list: the form, its history, save and what to do with unsaved changes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import About
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.services import browse, code_tables, records, reveal
from anjian_desktop.services.browse import RowView
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.records import RecordProblems, Saved
from ui import messages, theme
from ui.icons import icon
from ui.keys import bind
from ui.navigation import Frame
from ui.pages.draft_keeper import DraftKeeper
from ui.pages.record_tabs import RecordTabs
from ui.tasks import BUG, run_quiet, run_task
from ui.widgets.ledger_form import LedgerForm
from ui.widgets.personal_edit import REVEAL_KEYS


class RecordPanel(QFrame):
    """`saved(id, change)` after a record was written; `closed` when the clerk is done with it."""

    saved = Signal(int, object)
    closed = Signal()

    def __init__(self, frame: Frame, about: About, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "panel")
        self.setMinimumWidth(360)
        self._frame, self._about = frame, about
        self._fields: tuple[Field, ...] = browse.fields(about.key)
        self._view: RowView | None = None
        self._saving = False
        self._saved_before: dict[str, str] = {}
        self._begin: tuple[int | None, dict[str, str], str] = (None, {}, "")
        self._above: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self.drafts = DraftKeeper(self, self, frame.office, about.key, frame.tell_done)
        self.drafts.undecided.connect(self._wait_for_decision)
        self.drafts.continued.connect(self._continue_draft)
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close"))
        self.close_button.setProperty("part", "flat")
        self.close_button.setAccessibleName("关闭")
        self.close_button.setToolTip("关闭（Esc）")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._form: LedgerForm | None = None
        self._scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self.tabs = RecordTabs(frame, about, self._scroll)
        self.history, self.terms, self.files = self.tabs.history, self.tabs.beside, self.tabs.files
        self.save_button = QPushButton("保存(&S)")
        self.save_button.setAccessibleName("保存")
        self.save_button.setToolTip("保存（Ctrl+S）")
        self.save_new_button = QPushButton("保存并新增(&A)")
        self.save_new_button.setAccessibleName("保存并新增")
        self.save_new_button.setToolTip("保存，接着填下一条（在最后一项按 Enter）")
        self._build()
        self.save_button.clicked.connect(lambda: self.save())
        self.save_new_button.clicked.connect(lambda: self.save(then_new=True))
        self.close_button.clicked.connect(self.ask_to_close)
        bind(self, "Esc", self.ask_to_close)
        bind(self, REVEAL_KEYS, self._reveal)

    def _build(self) -> None:
        scroll = self._scroll
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_2, theme.SPACE_1)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, theme.SPACE_2)
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.save_new_button)
        foot.addWidget(self.save_button)
        rule = QFrame()
        rule.setProperty("part", "rule")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.drafts.banner)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(rule)
        layout.addLayout(foot)

    @property
    def form(self) -> LedgerForm:
        """The form; made when it is first needed, thirty fields cost a moment."""
        if self._form is None:
            self._form = LedgerForm(code_tables.fields(self._frame.office, self._about.key), self._frame.office)
            self._form.finished.connect(lambda: self.save(then_new=self._view is None))
            self._form.edited.connect(self._on_edited)
            self._form.reveal_asked.connect(self._reveal)
            self._form.left.connect(self._check_in_store)
            self._form.entered.connect(lambda row: self._scroll.ensureWidgetVisible(row, 0, theme.SPACE_5))
            self._scroll.setWidget(self._form)
            self._form.setAutoFillBackground(False)
        return self._form

    # -- what is shown ------------------------------------------------------------------------------------------

    @property
    def row_id(self) -> int | None:
        """The record shown; None while a new one is typed."""
        return self._view.id if self._view else None

    def repeat_from(self, above: RowView | None, first: RowView | None) -> None:
        """The records that `..` and `//` repeat in a form; in a new one `..` is rather the record saved before."""
        self._above, self._first = (
            {one.key: view.full[one.key] for one in self._fields if not one.personal} if view is not None else {}
            for view in (above, first)
        )

    def show_new(self) -> None:
        """An empty form with the declared defaults."""
        self._view = None
        self._offer_words()
        self.form.load({field.key: field.show(field.default) for field in self._fields if field.default is not None})
        if not self._settle():
            self.start()

    def show_row(self, view: RowView, *, focus: bool = False) -> None:
        """A stored record."""
        self._view = view
        self._offer_words()
        self.form.load(view.full, masked=True)
        if not self._settle() and focus:
            self.start()

    def begin_with(self, row_id: int | None, values: dict[str, str], key: str) -> None:
        """When that record (None: a new one) is shown next, type these texts and stand in that field."""
        self._begin = row_id, values, key

    def start(self) -> None:
        """Stand in the first field, or where `begin_with` said."""
        (row_id, values, key), self._begin = self._begin, (None, {}, "")
        if row_id == self.row_id:
            self.form.put(values)
        self.form.focus(key if row_id == self.row_id else "")

    def _offer_words(self) -> None:
        """The code tables may have changed since the form was made."""
        if any(field.code_table for field in self._fields):
            self.form.use_choices(code_tables.fields(self._frame.office, self._about.key))

    def _settle(self) -> bool:
        """Fit the panel to the record just loaded; True when a draft of it waits for a decision."""
        is_new = self._view is None
        self.tabs.show_record(self.row_id)
        primary, other = (
            (self.save_new_button, self.save_button) if is_new else (self.save_button, self.save_new_button)
        )
        self.save_new_button.setVisible(is_new)
        for button, part in ((primary, "primary"), (other, "")):
            theme.set_part(button, part)
        self.form.repeat_from((is_new and self._saved_before) or self._above, self._first)
        self._show_title()
        return self.drafts.offer()

    def _on_edited(self) -> None:
        self._show_title()
        self.drafts.touched()

    def _show_title(self) -> None:
        name = self._view.full.get(self._about.title, "") if self._view else f"新增{self._about.label}"
        mark = " *" if self.is_changed() else ""
        metrics = self.title.fontMetrics()
        self.title.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(self.width() - 90, 200)) + mark)
        self.title.setToolTip(f"{name}{'（有改动没有保存）' if mark else ''}")

    def is_changed(self) -> bool:
        """Whether something typed is not saved."""
        return self._form is not None and bool(self._form.changed_values())

    # -- leaving ------------------------------------------------------------------------------------------------

    def may_leave(self) -> bool:
        """Ask about unsaved changes; False when the clerk wants to go on editing (or saving is under way)."""
        if self._saving:
            return False
        if not self.isVisible() or not self.is_changed():
            return True
        answer = messages.choose(
            self,
            f"“{self._view.full.get(self._about.title, '') if self._view else '新增' + self._about.label}”有改动没有保存。",
            (("save", "保存(&S)"), ("drop", "不保存(&D)"), ("stay", "继续编辑(&E)")),
            safe="stay",
            default="save",
        )
        if answer == "save":
            self.save(then_close=True)
        if answer == "drop":
            self.drafts.forget()
        return answer == "drop"

    def ask_to_close(self) -> None:
        """Close, after asking about unsaved changes."""
        if self.may_leave():
            self.closed.emit()

    # -- saving -------------------------------------------------------------------------------------------------

    def save(self, *, then_new: bool = False, then_close: bool = False) -> None:
        """Check, write, tell. With problems nothing is written and the cursor goes to the first."""
        if self._saving or self.drafts.offering:
            return
        if wrong := self.form.problems():
            self.form.show_problems(wrong)
            return
        view, values = self._view, self.form.values()
        changed = self.form.changed_values()
        if view is not None and not changed:
            self._after_nothing(then_close)
            return
        office, key = self._frame.office, self._about.key
        self._saving = True
        self.save_button.setEnabled(False)
        self.save_new_button.setEnabled(False)

        def work(_step: object) -> Saved:
            if view is None:
                return records.add(office, key, values)
            return records.edit(office, key, view.id, changed, version=view.version)

        run_task(
            self,
            f"保存{self._about.label}",
            work,
            lambda saved: self._on_saved(saved, values, then_new, then_close),
            self._on_refused,
        )

    def _after_nothing(self, then_close: bool) -> None:
        if then_close:
            self.closed.emit()
        else:
            self._frame.tell_done("没有改动，不用保存")

    def _on_saved(self, saved: Saved, values: dict[str, str], then_new: bool, then_close: bool) -> None:
        self._saving = False
        before = self._view
        self._saved_before = values
        self._enable()
        self.drafts.forget()
        self.form.load(values, masked=True)
        name = values.get(self._about.title, "")
        self._frame.tell_done(
            f"{'修改' if before else '新增'}{self._about.label}“{name}”",
            lambda: self._frame.undo(saved.act),
        )
        if saved.warnings:
            labels = {field.key: field.label for field in self._fields}
            told = "；".join(f"{labels.get(key, key)}：{text}" for key, text in saved.warnings.items())
            messages.toast(self, f"已保存“{name}”。请留意 {told}", seconds=8)
        self.saved.emit(saved.id, saved.change)
        if then_new:
            self.show_new()
        elif then_close:
            self.closed.emit()
        else:
            self._reread(saved.id)

    def _reread(self, row_id: int) -> None:
        office, key = self._frame.office, self._about.key
        run_quiet(self, lambda: browse.row(office, key, row_id), self._after_save, key="reread")

    def _after_save(self, view: RowView) -> None:
        if "retired" in view.marks:
            self.closed.emit()
        elif not self.is_changed():
            focused, tab = self.window().focusWidget(), self.tabs.currentIndex()
            self.show_row(view)
            self.tabs.setCurrentIndex(tab)
            if focused is not None and self.isAncestorOf(focused):
                focused.setFocus()

    def _on_refused(self, error: Exception) -> None:
        self._saving = False
        self._enable()
        if isinstance(error, RecordProblems):
            self.tabs.setCurrentIndex(0)
            self.form.show_problems(error.problems)
        elif isinstance(error, UserError) and error.code != BUG:
            messages.say_error(self, error)

    def _enable(self) -> None:
        self.save_button.setEnabled(True)
        self.save_new_button.setEnabled(True)

    def follow(self, change: Change) -> None:
        """Show the record anew after it was changed elsewhere; what is typed and not saved stays."""
        if self._view is not None and self.isVisible() and self._view.id in change.ids and not self.is_changed():
            self._reread(self._view.id)

    # -- drafts and personal data -------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """The record's version when it was loaded; 0 for a new one."""
        return self._view.version if self._view else 0

    def typed_values(self) -> dict[str, str]:
        """What is typed and not saved, by field key."""
        return self.form.changed_values() if self._view else self.form.values()

    def _wait_for_decision(self, undecided: bool) -> None:
        for widget in (self.form, self.save_button, self.save_new_button):
            widget.setEnabled(not undecided)

    def _continue_draft(self, values: dict[str, str]) -> None:
        self.form.put(values)
        self.form.focus(next((key for key in values if key in self.form.rows), ""))

    def _reveal(self) -> None:
        """Show personal data for half a minute; who looked at which record is audited first."""
        if self._view is None:
            return
        office, key, row_id = self._frame.office, self._about.key, self._view.id

        def show(_values: object) -> None:
            if self.row_id == row_id:
                self.form.show_personal(reveal.SECONDS)

        run_quiet(self, lambda: reveal.reveal(office, key, row_id), show, key="reveal")

    # -- checks and history -------------------------------------------------------------------------------------

    def _check_in_store(self, key: str) -> None:
        """Duplicates, unknown names and what does not go with the other fields are asked for when a field is left."""
        row = self.form.rows[key]
        text = row.editor.text().strip()
        if not text or not (row.field.unique or row.field.kind in (Kind.LINK, Kind.DATE)) or row.check():
            return
        office, ledger = self._frame.office, self._about.key
        row_id = self.row_id or -1
        sound = {one: typed for one, typed in self.form.values().items() if not self.form.rows[one].check()}

        def work() -> tuple[dict[str, str], dict[str, str]]:
            follows = records.derived(office, ledger, sound) if row.field.unique else {}
            return records.problems(office, ledger, sound, id=row_id), follows

        def done(found: tuple[dict[str, str], dict[str, str]]) -> None:
            if row.editor.text().strip() != text:
                return
            if key in found[0]:
                row.show_store_problem(found[0][key])
            else:
                self.form.put({one: told for one, told in found[1].items() if self.form.values()[one] != told})

        run_quiet(self, work, done, key=f"check_{key}")
