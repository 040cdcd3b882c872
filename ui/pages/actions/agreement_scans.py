"""归档扫描件: choose the scans, file their pages by the codes, look at what could not be placed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from anjian_desktop.domain.agreements import STATE_LABELS, State
from anjian_desktop.services import scans
from anjian_desktop.services.scan_sets import AGREEMENT, FiledSet, scan_pdf
from anjian_desktop.services.scans import ScanOutcome
from ui import messages
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.result_dialog import ResultAction, ResultDialog
from ui.dialogs.waiting_scans_dialog import WaitingScansDialog
from ui.models.outcome_table import OutcomeRow
from ui.pages.actions.agreement_desk import Desk
from ui.tasks import run_quiet, run_task

_HEADINGS = ("哪一份", "结果", "缺什么")


def choose_scans(desk: Desk) -> None:
    """Ask for the scanned files, several at once, then file them."""
    names, _ = QFileDialog.getOpenFileNames(
        desk.parent,
        "选择扫描件（可以多选）",
        str(desk.memory.get("scans_folder", "")),
        "扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.bmp);;所有文件 (*)",
    )
    if names:
        desk.memory.put("scans_folder", str(Path(names[0]).parent))
        file_scans(desk, [Path(name) for name in names])


def file_scans(desk: Desk, files: Sequence[Path]) -> None:
    """Read every page and file it; then say what came of it."""
    run_task(
        desk.parent,
        "归档扫描件",
        lambda step: scans.file_scans(desk.office, files, step=step),
        lambda outcome: _tell(desk, outcome),
    )


def show_waiting(desk: Desk) -> None:
    """The pages that no code placed, one at a time beside their picture."""

    def show(pages: tuple[scans.QueuedPage, ...]) -> None:
        if pages:
            WaitingScansDialog(desk.parent, desk.office, pages, desk.changed).show()
        else:
            messages.say(desk.parent, "没有等着归档的扫描页。", "认不出页码标识的页会放在这里，手工归到责任书。")

    run_quiet(desk.parent, lambda: scans.waiting(desk.office), show, key="waiting")


def show_scan(desk: Desk, ledger: str, row_id: int, title: str) -> None:
    """The archived scan of an agreement or a class's sign-in sheet, its pages in order."""
    PreviewDialog(desk.parent, f"扫描件　{title}", lambda: scan_pdf(desk.office, ledger, row_id)).show()


def _tell(desk: Desk, done: ScanOutcome) -> None:
    desk.changed(done.change)
    whole = [one for one in done.sets if not one.missing_pages]
    desk.tell(f"归档扫描件 {done.filed:,} 页")
    said = [
        f"读了 {done.read:,} 页：归档 {done.filed:,} 页，页数齐的 {len(whole):,} 份。",
        f"空白 {done.blank:,} 页，已经归过的 {done.duplicate:,} 页，别的办公室的 {done.foreign:,} 页，"
        f"认不出的 {len(done.queue):,} 页。" + ("认不出的页已存下，可以手工归档。" if done.queue else ""),
    ]
    if any(one.date_assumed for one in whole):
        said.append("没有登记过签订日期的，先记为今天；知道是哪天的，选中后点“登记签订”改正。")
    actions = []
    if done.queue:
        words = f"处理认不出的 {len(done.queue):,} 页…(&W)"
        actions.append(ResultAction(words, lambda: show_waiting(desk), primary=True, closes=True))
    ResultDialog(desk.parent, "归档扫描件", said, [_row(one) for one in done.sets], actions, headings=_HEADINGS).show()


def _row(one: FiledSet) -> OutcomeRow:
    if one.missing_pages:
        lacking = "、".join(map(str, one.missing_pages))
        return OutcomeRow(one.name, "还缺页", f"共 {one.pages} 页，缺第 {lacking} 页；补扫这几页就行", "due")
    word = STATE_LABELS[State(one.state)] if one.ledger == AGREEMENT else "已归档"
    return OutcomeRow(one.name, word, f"{one.pages} 页齐全", "ok")
