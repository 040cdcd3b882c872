"""回收站: everything moved there from any ledger, when and by whom; back with one press."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from anjian_desktop.services import recycle_bin, undo
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.recycle_bin import BinList, BinRow, BroughtBack
from ui import messages
from ui.icons import icon
from ui.models.plain_table import Column, PlainTableModel
from ui.navigation import Frame, Page, PageHead
from ui.pages.actions.print_list import offer_print
from ui.tasks import run_quiet, run_task
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_table import PlainTable
from ui.widgets.search_box import SearchBox

_COLUMNS: tuple[Column[BinRow], ...] = (
    Column("台账", 6, lambda one: one.label),
    Column("名称", 22, lambda one: one.title),
    Column("说明", 14, lambda one: one.subtitle),
    Column("移走时间", 10, lambda one: f"{one.retired_at:%Y-%m-%d %H:%M}"),
    Column("操作人", 6, lambda one: one.actor),
    Column("并入", 16, lambda one: one.merged_into),
)


class RecycleBinPage(Page):
    """One list over all ledgers, the newest first."""

    title = "回收站"
    nav_key = "recycle_bin"
    icon_name = "retire"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._total = 0
        self.search = SearchBox("名称", "在回收站里找")
        self.search.setFixedWidth(240)
        self.search.searched.connect(lambda _: self.refresh())
        self.restore_button = QPushButton("还原(&R)")
        self.restore_button.setProperty("part", "primary")
        self.restore_button.setIcon(icon("undo", "#FFFFFF"))
        self.restore_button.clicked.connect(lambda: self.bring_back())
        head = PageHead(self.title)
        head.add_left(self.search)
        head.add_action(self.restore_button)
        self.table: PlainTable[BinRow] = PlainTable(PlainTableModel(_COLUMNS, self), "回收站里的记录")
        self.table.selection_changed.connect(self._show_chosen)
        offer_print(self, (self.table,), lambda: self.title)
        self.empty = EmptyState("回收站是空的", "移到回收站的记录会列在这里，随时可以还原。", (), icon_name="retire")
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
        office, text = self.office, self.search.words()
        run_quiet(self, lambda: recycle_bin.bin_rows(office, text=text), self._show, key="bin")

    def focus_search(self) -> bool:
        self.search.setFocus()
        return True

    def counts(self) -> str:
        chosen = len(self.table.chosen())
        told = f"{self._total:,} 条"
        return f"{told}　选中 {chosen:,} 条" if chosen else told

    def bring_back(self) -> None:
        """Bring the chosen rows back, with what they need."""
        office = self.office
        places = [(one.ledger, one.id) for one in self.table.chosen()]
        if places:
            run_task(self, "还原", lambda _step: recycle_bin.bring_back(office, places), self._on_back)

    def _show(self, found: BinList) -> None:
        self._total = found.total
        self.table.lines.show(found.rows)
        self.stack.setCurrentWidget(self.table if found.rows or self.search.words() else self.empty)
        self._show_chosen()

    def _show_chosen(self) -> None:
        count = len(self.table.chosen())
        words = f"还原 {count} 条" if count else "还原"
        self.restore_button.setText(f"{words}(&R)")
        self.restore_button.setAccessibleName(words)
        self.restore_button.setEnabled(count > 0)
        self.frame.show_counts(self.counts())

    def _on_back(self, back: BroughtBack) -> None:
        self.changed.emit(back.change)
        self.refresh()
        if back.refused:
            details = [f"{one.item}：{one.problem}" for one in back.refused]
            messages.say(self, f"有 {len(back.refused)} 条没有还原。", tone="warning", details=details[:10])
        if back.done:
            told = f"还原了 {len(back.done)} 条" + _also(back.also)
            self.frame.tell_done(told, lambda: self._take_back(back))
            messages.toast(self, told, undo=lambda: self._take_back(back))

    def _take_back(self, back: BroughtBack) -> None:
        office = self.office

        def done(undone: undo.Undone) -> None:
            self.changed.emit(undone.change)
            self.refresh()

        run_task(self, "撤销还原", lambda _step: undo.undo(office, back.act), done)


def _also(names: Sequence[str]) -> str:
    return f"，连同{'、'.join(names)}" if names else ""
