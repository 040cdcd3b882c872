"""证书到期: every certificate that ends soon, is over, or is in doubt, with the day to apply by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from anjian_desktop.domain.certificate_rules import BANDS, EXPIRY_LABELS, ExpiryState
from anjian_desktop.domain.identity import mask_identity_number
from anjian_desktop.services import certificate_board, training_tables
from anjian_desktop.services.certificate_board import Board, BoardRow
from anjian_desktop.services.outcomes import Change
from ui import messages
from ui.icons import icon
from ui.models.plain_table import Column, PlainTableModel
from ui.navigation import Frame, Page, PageHead
from ui.pages.actions.print_list import offer_print
from ui.tasks import run_quiet, run_task
from ui.widgets.empty_state import EmptyState
from ui.widgets.figures import FigureBar
from ui.widgets.plain_table import PlainTable
from ui.widgets.quiet_inputs import QuietCombo
from ui.widgets.search_box import SearchBox

_DAYS = ((30, "30天内"), (60, "60天内"), (90, "90天内"), (180, "半年内"), (365, "一年内"), (36_500, "全部证书"))
_TONES = {
    ExpiryState.EXPIRED: "late",
    ExpiryState.RED: "late",
    ExpiryState.ORANGE: "orange",
    ExpiryState.YELLOW: "due",
    ExpiryState.VALID: "ok",
}
_OF_INTEREST = frozenset({"worker", "certificate", "training_record", "enterprise", "code", "office"})


def _words(bands: tuple[int, int, int]) -> dict[str, str]:
    """What the figures are called, by state, with the office's bands."""
    red, orange, yellow = bands
    return {
        ExpiryState.EXPIRED.value: "已过期",
        ExpiryState.RED.value: f"{red}天内（红）",
        ExpiryState.ORANGE.value: f"{red + 1}至{orange}天（橙）",
        ExpiryState.YELLOW.value: f"{orange + 1}至{yellow}天（黄）",
        ExpiryState.VALID.value: "有效",
    }


class ExpiryPage(Page):
    """The nearest end first; a figure narrows the list to its certificates."""

    title = "证书到期"
    nav_key = "certificate_expiry"
    icon_name = "calendar"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._board: Board | None = None
        self._figure = ""
        self.days = QuietCombo("看多远", tuple((str(days), label) for days, label in _DAYS))
        self.days.choose(str(certificate_board.LEAD_DAYS))
        self.days.activated.connect(lambda _: self.refresh())
        self.search = SearchBox("姓名、企业、证书", "在证书到期里找")
        self.search.setFixedWidth(220)
        self.search.searched.connect(lambda _: self._show())
        self.search.left_downwards.connect(lambda: self.table.setFocus())
        self.export_button = self._button("导出名单(&E)", "export", self._ask_export)
        self.remind_button = self._button("提醒单…(&P)", "print", self._ask_reminders)
        self.remind_button.setToolTip("按企业各一张：谁的证几号到期、几号前办理")
        head = PageHead(self.title)
        head.add_left(self.days)
        head.add_left(self.search)
        for button in (self.export_button, self.remind_button):
            head.add_action(button)
        self.figures = FigureBar(_words(BANDS))
        self.figures.chosen.connect(self._on_figure)
        self.table: PlainTable[BoardRow] = PlainTable(PlainTableModel(_COLUMNS, self), "证书到期")
        self.table.opened.connect(lambda one: self.frame.open_row("certificate", one.id))
        self.table.selection_changed.connect(lambda: self.frame.show_counts(self.counts()))
        offer_print(self, (self.table,), lambda: self.title)
        self.empty = EmptyState(
            "没有要到期的证书",
            "这段时间里没有证书到期。证书从 Excel 导入，或在“证书”里一本一本登记。",
            (("去导入证书(&I)", lambda: self.frame.start("certificate", "import")),),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.figures)
        layout.addWidget(self.stack, 1)

    def _button(self, label: str, icon_name: str, run: object) -> QPushButton:
        button = QPushButton(label)
        button.setAccessibleName(label.split("(&")[0].removesuffix("…"))
        button.setIcon(icon(icon_name))
        button.clicked.connect(run)
        return button

    # -- showing -----------------------------------------------------------------------------------------------------

    def refresh(self, change: Change | None = None) -> None:
        if change is not None and not change.kinds & _OF_INTEREST:
            return
        office, days = self.office, int(self.days.currentData())
        run_quiet(self, lambda: certificate_board.expiring(office, days=days), self._on_counted, key="board")

    def focus_search(self) -> bool:
        self.search.setFocus()
        return True

    def counts(self) -> str:
        chosen = len(self.table.chosen())
        told = f"{self.table.lines.rowCount():,} 本"
        return f"{told}，选中 {chosen:,} 本" if chosen else told

    def _on_counted(self, board: Board) -> None:
        self._board = board
        for state in ExpiryState:
            number = board.counts[state.value]
            self.figures.figures[state.value].name(_words(board.bands)[state.value])
            self.figures.figures[state.value].show_number(f"{number:,}", _TONES[state] if number else "")
        self._show()

    def _show(self) -> None:
        if self._board is None:
            return
        words = self.search.words()
        rows = [
            one
            for one in self._board.rows
            if (not self._figure or one.state.value == self._figure)
            and words in f"{one.name}\n{one.enterprise}\n{one.certificate_kind}\n{one.item}\n{one.number}"
        ]
        self.table.lines.show(rows)
        self.stack.setCurrentWidget(self.table if self._board.rows else self.empty)
        for button in (self.export_button, self.remind_button):
            button.setEnabled(bool(rows))
        self.frame.show_counts(self.counts())

    def _on_figure(self, key: str) -> None:
        self._figure = key
        if key == ExpiryState.VALID and int(self.days.currentData()) < _DAYS[-1][0]:
            self.days.choose(str(_DAYS[-1][0]))
            self.refresh()
            return
        self._show()

    # -- acts --------------------------------------------------------------------------------------------------------

    def _ask_export(self) -> None:
        suggested = f"证书到期 {self.office.today}.xlsx"
        name, _ = QFileDialog.getSaveFileName(self, "导出名单", suggested, "Excel 工作簿 (*.xlsx)")
        if name:
            self.export(Path(name))

    def export(self, file: Path) -> None:
        """Write what the list shows, numbers masked."""
        rows = list(self.table.lines.rows)
        run_task(
            self,
            "导出名单",
            lambda _: training_tables.export_board(file, rows),
            lambda done: messages.toast(self, f"已导出 {done.rows:,} 本到“{done.file.name}”。"),
        )

    def _ask_reminders(self) -> None:
        suggested = f"证书到期提醒单 {self.office.today}.pdf"
        name, _ = QFileDialog.getSaveFileName(self, "提醒单存到", suggested, "PDF (*.pdf)")
        if name:
            self.print_reminders(Path(name))

    def print_reminders(self, file: Path) -> None:
        """A sheet for each enterprise that has a certificate on the list."""
        office = self.office
        rows = self.table.chosen() or list(self.table.lines.rows)
        run_task(
            self,
            "提醒单",
            lambda step: training_tables.print_reminders(office, file, rows, step=step),
            lambda done: self._printed(done.file, done.rows),
        )

    def _printed(self, file: Path, sheets: int) -> None:
        self.frame.tell_done(f"做好 {sheets:,} 家企业的提醒单")
        messages.toast(self, f"{sheets:,} 家企业的提醒单在“{file.name}”里。")


def _days(one: BoardRow) -> str:
    return f"过期 {-one.days:,} 天" if one.days < 0 else f"还有 {one.days:,} 天" if one.days else "今天到期"


_COLUMNS: Sequence[Column[BoardRow]] = (
    Column("姓名", 6, lambda one: one.name),
    Column("状态", 8, lambda one: one.state_text if one.lapsed else EXPIRY_LABELS[one.state], tone=lambda one: _TONES[one.state]),
    Column("企业名称", 14, lambda one: one.enterprise),
    Column("证书类别", 12, lambda one: one.certificate_kind),
    Column("作业项目", 8, lambda one: one.item),
    Column("有效期至", 7, lambda one: str(one.valid_to), order=lambda one: one.valid_to),
    Column("还有几天", 7, _days, order=lambda one: one.days),
    Column("几号前办理", 7, lambda one: str(one.apply_by or ""), order=lambda one: one.apply_by),
    Column("身份证号", 11, lambda one: mask_identity_number(one.identity_number)),
    Column("问题", 20, lambda one: "；".join(problem.text for problem in one.problems)),
)  # fmt: skip
