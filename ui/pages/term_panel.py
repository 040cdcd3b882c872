"""任职 beside a unit's record: who held which role and what it was called before, noted and put right here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.errors import UserError
from anjian_desktop.services import former_names, records, tenures
from anjian_desktop.services.former_names import NameTerm
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.tenures import Holder, Term
from ui import messages, theme
from ui.dialogs.term_dialog import Asked, TermDialog, TermTyped
from ui.navigation import Frame
from ui.tasks import BUG, run_quiet, run_task
from ui.widgets.date_edit import DateEdit
from ui.widgets.flow_layout import FlowLayout

_ROLE = Qt.ItemDataRole.UserRole


class TermPanel(QWidget):
    """Phones are masked. What is put right stands in the record's 修改记录."""

    def __init__(self, frame: Frame, ledger: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame, self._ledger = frame, ledger
        self._unit: int | None = None
        self._holders: Sequence[Holder] = ()
        self.day = DateEdit(frame.office.today)
        self.day.setAccessibleName("哪一天")
        self.day.setFixedWidth(140)
        self.answer = QLabel("")
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("任职")
        self.list.setWordWrap(True)
        self.list.setProperty("part", "history")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.add_button = self._button("补记…(&B)", self.ask_add, "补记以前的负责人")
        self.correct_button = self._button("更正…(&G)", self.ask_correct, "改正姓名、电话和起止日期")
        self.remove_button = self._button("去掉(&T)", self.remove, "这一条本来就是写错的")
        self.rename_button = self._button("更名…(&R)", self.ask_rename, "单位改了名称，从哪天起；原来的名称留下")
        ask = QHBoxLayout()
        ask.setSpacing(theme.SPACE_2)
        ask.addWidget(QLabel("哪一天是谁"))
        ask.addWidget(self.day)
        ask.addWidget(self.answer, 1)
        below = QWidget()
        acts = FlowLayout(below, theme.SPACE_2)
        for button in (self.add_button, self.correct_button, self.remove_button, self.rename_button):
            acts.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_2)
        layout.setSpacing(theme.SPACE_2)
        layout.addLayout(ask)
        layout.addWidget(self.list, 1)
        layout.addWidget(below)
        self.list.itemSelectionChanged.connect(self._show_chosen)
        self.list.itemActivated.connect(lambda _item: self.ask_correct())
        self.day.textChanged.connect(self._answer)
        self._show_chosen()

    def load(self, unit_id: int) -> None:
        """Show the terms of a unit."""
        office = self._frame.office
        self._unit = unit_id

        def read() -> tuple[list[Holder], list[NameTerm]]:
            return tenures.holders(office, unit_id), former_names.former_names(office, unit_id)

        run_quiet(self, read, self._show, key="terms")

    # -- what the clerk does ------------------------------------------------------------------------------------

    def ask_add(self) -> None:
        """Note an earlier holder nobody noted at the time."""
        unit, office = self._unit, self._frame.office
        if unit is None:
            return
        asked = Asked(
            "补记以前的负责人", "保存(&S)", "不补记(&N)", "现任的在“资料”里填；这里补记以前的。",
            roles=tenures.unit_roles(self._ledger), name="姓名", phone="电话", from_on="任职起（不知道就空着）", to_on="任职止",
        )  # fmt: skip

        made: list[int] = []

        def save(typed: TermTyped) -> Change:
            made.append(tenures.add_term(office, unit, _term(typed)))
            return Change(frozenset({"tenure", self._ledger}), (unit,))

        def undo() -> None:
            self._run("撤销补记", lambda: tenures.remove_term(office, made[-1]), "已撤销补记")

        self._ask(asked, "补记任职", save, lambda typed: f"已补记“{typed.name}”", undo)

    def ask_correct(self) -> None:
        """Put the chosen line right."""
        chosen = self._chosen()
        if isinstance(chosen, NameTerm):
            self._correct_name(chosen)
        elif isinstance(chosen, Holder) and chosen.id is not None:
            self._correct_term(chosen, chosen.id)
        elif isinstance(chosen, Holder) and chosen.role == "principal":
            self._correct_since(chosen)

    def remove(self) -> None:
        """Take the chosen line out; 撤销 brings it back."""
        office, unit, chosen = self._frame.office, self._unit, self._chosen()
        if unit is None or chosen is None or chosen.id is None:
            return
        number = chosen.id
        if isinstance(chosen, NameTerm):
            self._run("去掉曾用名", lambda: former_names.remove_name(office, number), f"已去掉曾用名“{chosen.name}”")
            return
        kept = tenures.read_term(office, number)

        def again() -> None:
            change = Change(frozenset({"tenure", self._ledger}), (unit,))
            self._run("补记任职", lambda: tenures.add_term(office, unit, kept) and change, f"已恢复“{kept.name}”")

        self._run("去掉任职记录", lambda: tenures.remove_term(office, number), f"已去掉“{chosen.name}”", undo=again)

    def ask_rename(self) -> None:
        """The unit is called otherwise from a day on."""
        office, unit, ledger = self._frame.office, self._unit, self._ledger
        if unit is None:
            return
        asked = Asked(
            "单位更名", "更名(&S)", "不更名(&N)", "只是写错了字，请直接在“资料”里改。已打印的责任书名称不变，会提示需重签。",
            name="新名称", from_on="从哪天起", begin=TermTyped(from_on=office.today), from_needed=True,
        )  # fmt: skip

        def undo() -> None:
            self._run("撤销更名", lambda: former_names.take_back_name(office, unit), "已撤销更名")

        self._ask(
            asked,
            "单位更名",
            lambda typed: former_names.rename_unit(office, ledger, unit, typed.name, on=typed.from_on or office.today),
            lambda typed: f"已更名为“{typed.name}”",
            undo,
        )

    def _correct_term(self, one: Holder, number: int) -> None:
        office = self._frame.office
        kept = tenures.read_term(office, number)
        asked = Asked(
            f"更正任职：{one.label}", "保存(&S)", "不改(&N)", name="姓名", phone="电话", from_on="任职起（不知道就空着）",
            to_on="任职止", shown_phone=one.shown_phone,
            begin=TermTyped(one.role, one.name, "", one.from_on, one.to_on),
        )  # fmt: skip

        def save(typed: TermTyped) -> Change:
            return tenures.correct_term(
                office, number, replace(_term(typed), role=kept.role, phone=typed.phone or kept.phone)
            )

        def undo() -> None:
            self._run("撤销更正", lambda: tenures.correct_term(office, number, kept), "已改回原来的任职")

        self._ask(asked, "更正任职", save, lambda typed: f"已更正“{typed.name}”的任职", undo)

    def _correct_since(self, one: Holder) -> None:
        office, unit, ledger = self._frame.office, self._unit, self._ledger
        if unit is None:
            return
        asked = Asked(
            f"更正任职：{one.name}", "保存(&S)", "不改(&N)", "姓名和电话在“资料”里改。",
            from_on="从哪天起任职", begin=TermTyped(from_on=one.from_on),
        )  # fmt: skip

        def save(typed: TermTyped) -> Change:
            day = typed.from_on.isoformat() if typed.from_on else ""
            return records.edit(office, ledger, unit, {"principal_since": day}).change

        self._ask(asked, "更正任职", save, lambda _: f"已更正“{one.name}”的任职", lambda: self._frame.undo())

    def _correct_name(self, one: NameTerm) -> None:
        office = self._frame.office
        asked = Asked(
            "更正曾用名", "保存(&S)", "不改(&N)", name="曾用名", from_on="从哪天起（不知道就空着）", to_on="到哪天止",
            begin=TermTyped(name=one.name, from_on=one.from_on, to_on=one.to_on),
        )  # fmt: skip

        def save(name: str, from_on: date | None, to_on: date | None) -> Change:
            return former_names.correct_name(office, one.id, name=name, from_on=from_on, to_on=to_on or one.to_on)

        self._ask(
            asked,
            "更正曾用名",
            lambda typed: save(typed.name, typed.from_on, typed.to_on),
            lambda typed: f"已更正曾用名“{typed.name}”",
            lambda: self._run("撤销更正", lambda: save(one.name, one.from_on, one.to_on), "已改回原来的曾用名"),
        )

    # -- how it is done -----------------------------------------------------------------------------------------

    def _ask(
        self,
        asked: Asked,
        title: str,
        save: Callable[[TermTyped], Change],
        words: Callable[[TermTyped], str],
        undo: Callable[[], None] | None = None,
    ) -> None:
        dialog = TermDialog(self, asked, self._frame.office.today)

        def decided(typed: TermTyped) -> None:
            def done(change: Change) -> None:
                dialog.accept()
                self._tell(change, words(typed), undo)

            def refused(error: Exception) -> None:
                if isinstance(error, UserError) and error.code != BUG:
                    dialog.show_problem(error.message)

            run_task(dialog, title, lambda _step: save(typed), done, refused)

        dialog.decided.connect(decided)
        dialog.show()

    def _run(
        self, title: str, work: Callable[[], Change], words: str, *, undo: Callable[[], None] | None = None
    ) -> None:
        run_task(self, title, lambda _step: work(), lambda change: self._tell(change, words, undo))

    def _tell(self, change: Change, words: str, undo: Callable[[], None] | None) -> None:
        self._frame.tell_changed(change)
        self._frame.tell_done(words, undo)
        messages.toast(self, words, undo=undo)
        if self._unit is not None:
            self.load(self._unit)

    def _chosen(self) -> Holder | NameTerm | None:
        items = self.list.selectedItems()
        found: Holder | NameTerm | None = items[0].data(_ROLE) if items else None
        return found

    def _show(self, found: tuple[Sequence[Holder], Sequence[NameTerm]]) -> None:
        self._holders, names = found
        self.list.clear()
        for one in self._holders:
            parts = (one.name, one.shown_phone, one.term)
            self._line(f"{one.label}\n　　{'　'.join(part for part in parts if part)}", one)
        for name in names:
            self._line(f"曾用名\n　　{name.words}", name)
        if not self._holders and not names:
            self._line("还没有登记负责人。", None)
        self._answer()
        self._show_chosen()

    def _line(self, words: str, one: Holder | NameTerm | None) -> None:
        item = QListWidgetItem(words)
        item.setData(_ROLE, one)
        self.list.addItem(item)

    def _answer(self) -> None:
        """Who was principal on the day typed."""
        day = self.day.day()
        found = next(
            (
                one
                for one in self._holders
                if one.role == "principal"
                and day is not None
                and (one.from_on or date.min) <= day <= (one.to_on or date.max)
            ),
            None,
        )
        self.answer.setText("" if day is None else f"{found.label} {found.name}" if found else "没有记录")

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        earlier = chosen is not None and chosen.id is not None
        self.remove_button.setEnabled(earlier)
        self.correct_button.setEnabled(earlier or (isinstance(chosen, Holder) and chosen.role == "principal"))

    def _button(self, words: str, run: Callable[[], None], tip: str) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words.split("(&")[0].removesuffix("…"))
        button.setToolTip(tip)
        button.clicked.connect(lambda _=False: run())
        return button


def _term(typed: TermTyped) -> Term:
    return Term(typed.role, typed.name, typed.phone, typed.from_on, typed.to_on or date.max)
