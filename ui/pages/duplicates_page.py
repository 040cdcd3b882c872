"""重复单位: units that look alike, group by group; two of them made one after a look at what happens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from anjian_desktop.services import duplicates, merging_units
from anjian_desktop.services.duplicates import DuplicateGroup, DuplicateUnit
from anjian_desktop.services.merging_units import Merged, MergePreview
from anjian_desktop.services.outcomes import Change
from ui import messages
from ui.models.plain_table import Column, PlainTableModel
from ui.navigation import Frame, Page, PageHead
from ui.tasks import run_quiet, run_task
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_table import PlainTable

_MOST_TOLD = 12


@dataclass(frozen=True)
class _Line:
    number: int
    words: str
    unit: DuplicateUnit


_COLUMNS: tuple[Column[_Line], ...] = (
    Column("组", 3, lambda one: str(one.number), order=lambda one: one.number),
    Column("为什么", 10, lambda one: one.words),
    Column("名称", 18, lambda one: one.unit.name),
    Column("统一社会信用代码", 11, lambda one: one.unit.credit_code),
    Column("所属村", 7, lambda one: one.unit.village),
    Column("地址", 14, lambda one: one.unit.address),
    Column("负责人", 6, lambda one: one.unit.principal),
    Column("责任书", 4, lambda one: str(one.unit.agreements or ""), right=True),
)


class DuplicatesPage(Page):
    """Two lines of one group chosen: the first one is kept."""

    title = "重复单位"
    nav_key = "duplicates"
    icon_name = "search"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._groups = 0
        self.back_button = QPushButton("返回企业(&B)")
        self.back_button.setAccessibleName("返回企业")
        self.back_button.clicked.connect(lambda: self.frame.open_page("enterprise"))
        self.undo_button = QPushButton("撤销最近一次合并(&Z)")
        self.undo_button.setAccessibleName("撤销最近一次合并")
        self.undo_button.clicked.connect(lambda: self.part())
        self.merge_button = QPushButton("合并选中的两家…(&M)")
        self.merge_button.setAccessibleName("合并选中的两家")
        self.merge_button.setProperty("part", "primary")
        self.merge_button.clicked.connect(lambda: self.ask_merge())
        head = PageHead(self.title)
        for button in (self.back_button, self.undo_button, self.merge_button):
            head.add_action(button)
        self.table: PlainTable[_Line] = PlainTable(PlainTableModel(_COLUMNS, self), "可能重复的单位")
        self.table.opened.connect(lambda one: self.frame.open_row(one.unit.ledger, one.unit.id))
        self.table.selection_changed.connect(self._show_chosen)
        self.empty = EmptyState(
            "没有发现重复的单位", "信用代码、名称、地址和经营者都没有相同的。", (), icon_name="check"
        )
        self.stack = QStackedWidget()
        for part in (self.table, self.empty):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.stack, 1)
        self._show_chosen()

    def refresh(self, change: Change | None = None) -> None:
        office = self.office
        run_quiet(self, lambda: duplicates.find_duplicates(office), self._show, key="duplicates")

    def counts(self) -> str:
        return f"{self._groups:,} 组"

    def ask_merge(self) -> None:
        """Look at what merging the two chosen units would do, and ask."""
        pair = self._pair()
        if pair is not None:
            office, (keep, other) = self.office, pair
            run_task(self, "合并", lambda _step: merging_units.preview_merge(office, keep, other), self._decide)

    def part(self) -> None:
        """Take the newest merge back."""
        office = self.office

        def done(undone: Merged) -> None:
            stayed = f"；{len(undone.kept_rows)} 项合并后又改过，没有动" if undone.kept_rows else ""
            self._tell(undone.change, f"已撤销合并{stayed}")

        run_task(self, "撤销合并", lambda _step: merging_units.undo_merge(office), done)

    def _decide(self, seen: MergePreview) -> None:
        if seen.conflicts:
            messages.say(self, seen.conflicts[0], "请先作废其中一份，再合并。", tone="warning")
            return
        details = [f"补上 {label}：{value}" for label, value in seen.fills]
        details += [f"{one.label}：保留“{one.kept}”，不要“{one.other}”" for one in seen.differs]
        details += [f"带过来 {label} {count} 条" for label, count in seen.moves]
        if len(details) > _MOST_TOLD:
            details = [*details[: _MOST_TOLD - 1], f"……共 {len(details)} 项"]
        question = f"把“{seen.other_name}”并入“{seen.kept_name}”？"
        explain = "被并入的移到回收站，以后可以撤销合并。"
        if messages.ask(self, question, act="合并(&M)", keep="不合并(&N)", explain=explain, details=details):
            office = self.office
            run_task(
                self,
                "合并",
                lambda _step: merging_units.merge(office, seen.kept_id, seen.other_id),
                lambda done: self._tell(done.change, f"“{seen.other_name}”已并入“{seen.kept_name}”"),
            )

    def _tell(self, change: Change, words: str) -> None:
        self.changed.emit(change)
        self.refresh()
        self.frame.tell_done(words)
        messages.toast(self, words)

    def _pair(self) -> tuple[int, int] | None:
        chosen = self.table.chosen()
        if len(chosen) == 2 and chosen[0].number == chosen[1].number:
            return chosen[0].unit.id, chosen[1].unit.id
        return None

    def _show(self, groups: list[DuplicateGroup]) -> None:
        self._groups = len(groups)
        self.table.lines.show(
            [_Line(number, group.words, unit) for number, group in enumerate(groups, 1) for unit in group.units]
        )
        self.stack.setCurrentWidget(self.table if groups else self.empty)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.merge_button.setEnabled(self._pair() is not None)
        self.merge_button.setToolTip("按住 Ctrl 选中同一组的两家，上面的一家保留")
        self.frame.show_counts(self.counts())
