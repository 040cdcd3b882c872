"""重复单位: units that look alike, group by group; two of them made one, or said to be different; both can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from anjian_desktop.services import duplicates, merging_units
from anjian_desktop.services.duplicates import DuplicateGroup, DuplicateUnit, ToldApart
from anjian_desktop.services.merging_units import Merged, PastMerge
from anjian_desktop.services.outcomes import Change
from ui import messages
from ui.dialogs.merge_dialog import MergeDialog, MergeOrder
from ui.models.plain_table import Column, PlainTableModel
from ui.navigation import Frame, Page, PageHead
from ui.pages.actions.print_list import offer_print
from ui.tasks import run_quiet, run_task
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_table import PlainTable
from ui.widgets.quiet_inputs import QuietCombo


@dataclass(frozen=True)
class _Line:
    number: int
    words: str
    unit: DuplicateUnit


_ALIKE: tuple[Column[_Line], ...] = (
    Column("组", 3, lambda one: str(one.number), order=lambda one: one.number),
    Column("为什么", 10, lambda one: one.words),
    Column("名称", 18, lambda one: one.unit.name),
    Column("统一社会信用代码", 11, lambda one: one.unit.credit_code),
    Column("所属村", 7, lambda one: one.unit.village),
    Column("地址", 14, lambda one: one.unit.address),
    Column("负责人", 6, lambda one: one.unit.principal),
    Column("责任书", 4, lambda one: str(one.unit.agreements or ""), right=True),
)
_APART: tuple[Column[ToldApart], ...] = (
    Column("单位", 20, lambda one: one.first),
    Column("和", 20, lambda one: one.second),
    Column("时间", 10, lambda one: f"{one.at:%Y-%m-%d %H:%M}"),
    Column("操作人", 6, lambda one: one.actor),
)
_MERGED: tuple[Column[PastMerge], ...] = (
    Column("保留的", 20, lambda one: one.kept),
    Column("并入的", 20, lambda one: one.retired),
    Column("时间", 10, lambda one: f"{one.at:%Y-%m-%d %H:%M}"),
    Column("带过来", 6, lambda one: f"{one.moved:,} 条", order=lambda one: one.moved, right=True),
)
_VIEWS = (("alike", "可能重复的"), ("apart", "标为不是重复的"), ("merged", "已经合并的"))


class DuplicatesPage(Page):
    """Three lists: what may stand twice, what was said to be different, what was merged."""

    title = "重复单位"
    nav_key = "duplicates"
    icon_name = "search"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._groups = 0
        self.view = QuietCombo("看哪些", _VIEWS)
        self.back_button = self._button("返回企业(&B)", lambda: self.frame.open_page("enterprise"))
        self.apart_button = self._button("不是重复(&D)", self.tell_apart)
        self.merge_button = self._button("合并选中的两家…(&M)", self.ask_merge, primary=True)
        self.again_button = self._button("重新列出(&A)", self.ask_again, primary=True)
        self.undo_button = self._button("撤销这次合并(&Z)", self.part, primary=True)
        head = PageHead(self.title)
        head.add_left(self.view)
        for button in (self.back_button, self.apart_button, self.merge_button, self.again_button, self.undo_button):
            head.add_action(button)
        self.table: PlainTable[_Line] = PlainTable(PlainTableModel(_ALIKE, self), "可能重复的单位")
        self.table.opened.connect(lambda one: self.frame.open_row(one.unit.ledger, one.unit.id))
        self.apart: PlainTable[ToldApart] = PlainTable(PlainTableModel(_APART, self), "标为不是重复的单位")
        self.merged: PlainTable[PastMerge] = PlainTable(PlainTableModel(_MERGED, self), "已经合并的单位")
        self.empty = EmptyState(
            "没有发现重复的单位", "信用代码、名称、地址和经营者都没有相同的。", (), icon_name="check"
        )
        self.none = EmptyState("这里还没有", "标为不是重复、合并过的单位会列在这里，可以撤销。", (), icon_name="check")
        self.stack = QStackedWidget()
        for part in (self.table, self.apart, self.merged, self.empty, self.none):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.stack, 1)
        for table in (self.table, self.apart, self.merged):
            table.selection_changed.connect(self._show_chosen)
        self.view.currentIndexChanged.connect(lambda _: self.refresh())
        offer_print(self, (self.table, self.apart, self.merged), lambda: self.view.currentText() + "单位")
        self._show_chosen()

    def _button(self, words: str, run: Callable[[], None], *, primary: bool = False) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words.split("(&")[0].removesuffix("…"))
        if primary:
            button.setProperty("part", "primary")
        button.clicked.connect(lambda _=False: run())
        return button

    @property
    def _shown(self) -> str:
        return str(self.view.currentData())

    def refresh(self, change: Change | None = None) -> None:
        office, shown = self.office, self._shown
        read: dict[str, Callable[[], Sequence[Any]]] = {
            "alike": lambda: duplicates.find_duplicates(office),
            "apart": lambda: duplicates.told_apart(office),
            "merged": lambda: merging_units.past_merges(office),
        }
        run_quiet(self, read[shown], lambda found: self._show(shown, found), key="duplicates")

    def counts(self) -> str:
        return f"{self._groups:,} {'组' if self._shown == 'alike' else '条'}"

    def ask_merge(self) -> None:
        """Show both, field by field, and merge as the clerk chooses."""
        chosen = self._one_group()
        if len(chosen) != 2:
            return
        units = tuple((one.unit.id, one.unit.name) for one in chosen)
        dialog = MergeDialog(self, self.office, (units[0], units[1]))
        dialog.decided.connect(self._merge)
        dialog.show()

    def tell_apart(self) -> None:
        """The chosen units of one group are not the same; 撤销 lists them again."""
        ids = [one.unit.id for one in self._one_group()]
        if len(ids) < 2:
            return
        office = self.office

        def again() -> None:
            pairs = duplicates.pairs_among(office, ids)
            self._act("取消“不是重复”", lambda: duplicates.ask_again(office, pairs), "已取消“不是重复”")

        self._act("标为不是重复", lambda: duplicates.tell_apart(office, ids), f"{len(ids)} 家标为不是重复", undo=again)

    def ask_again(self) -> None:
        """Take back that the chosen pairs are not the same."""
        office, pairs = self.office, [one.id for one in self.apart.chosen()]
        self._act("取消“不是重复”", lambda: duplicates.ask_again(office, pairs), f"{len(pairs)} 对重新列出")

    def part(self) -> None:
        """Take the chosen merge back."""
        office, chosen = self.office, self.merged.chosen()
        if len(chosen) != 1:
            return

        def done(undone: Merged) -> None:
            stayed = f"；{len(undone.kept_rows)} 项合并后又改过，没有动" if undone.kept_rows else ""
            self._tell(undone.change, f"已撤销合并{stayed}")

        run_task(self, "撤销合并", lambda _step: merging_units.undo_merge(office, chosen[0].id), done)

    def _merge(self, order: MergeOrder) -> None:
        office = self.office

        def done(merged: Merged) -> None:
            self._tell(merged.change, "已合并", undo=lambda: self._part(merged.id))

        run_task(
            self,
            "合并",
            lambda _step: merging_units.merge(
                office, order.keep_id, order.other_id, take=order.take, leave=order.leave
            ),
            done,
        )

    def _part(self, merge_id: int) -> None:
        office = self.office
        self._act("撤销合并", lambda: merging_units.undo_merge(office, merge_id).change, "已撤销合并")

    def _act(
        self, title: str, work: Callable[[], Change], words: str, *, undo: Callable[[], None] | None = None
    ) -> None:
        run_task(self, title, lambda _step: work(), lambda change: self._tell(change, words, undo=undo))

    def _tell(self, change: Change, words: str, *, undo: Callable[[], None] | None = None) -> None:
        self.changed.emit(change)
        self.refresh()
        self.frame.tell_done(words, undo)
        messages.toast(self, words, undo=undo)

    def _one_group(self) -> list[_Line]:
        """The chosen lines when they are of one group, in the list's order."""
        chosen = self.table.chosen()
        return chosen if len({one.number for one in chosen}) == 1 else []

    def _show(self, shown: str, found: Sequence[Any]) -> None:
        if shown == "alike":
            groups: Sequence[DuplicateGroup] = found
            self.table.lines.show(
                [_Line(n, group.words, unit) for n, group in enumerate(groups, 1) for unit in group.units]
            )
        else:
            (self.apart if shown == "apart" else self.merged).lines.show(found)
        self._groups = len(found)
        tables: dict[str, QWidget] = {"alike": self.table, "apart": self.apart, "merged": self.merged}
        self.stack.setCurrentWidget(tables[shown] if found else self.empty if shown == "alike" else self.none)
        self._show_chosen()

    def _show_chosen(self) -> None:
        shown, many = self._shown, len(self._one_group())
        for button, view in (
            (self.apart_button, "alike"), (self.merge_button, "alike"), (self.again_button, "apart"),
            (self.undo_button, "merged"),
        ):  # fmt: skip
            button.setVisible(shown == view)
        self.merge_button.setEnabled(many == 2)
        self.merge_button.setToolTip("按住 Ctrl 选中同一组的两家")
        self.apart_button.setEnabled(many >= 2)
        self.apart_button.setToolTip("选中的几家是不同的单位，以后不再列出；可以撤销")
        self.again_button.setEnabled(bool(self.apart.chosen()))
        self.undo_button.setEnabled(len(self.merged.chosen()) == 1)
        self.frame.show_counts(self.counts())
