"""从Excel登记签订: a list of numbers and dates, looked through before anything is registered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from anjian_desktop.services.signature_lists import SignatureImport
from anjian_desktop.services.signature_lists import import_signatures as register
from ui import messages
from ui.dialogs.result_dialog import ResultAction, ResultDialog
from ui.models.outcome_table import OutcomeRow
from ui.pages.actions.agreement_desk import Desk
from ui.tasks import run_task


def import_signatures(desk: Desk) -> None:
    """Ask for the file, show what it would register, register it when the clerk says so."""
    name, _ = QFileDialog.getOpenFileName(
        desk.parent,
        "选择签订登记表（要有“编号”和“签订日期”两列）",
        "",
        "Excel 表格 (*.xlsx *.xlsm *.csv);;所有文件 (*)",
    )
    if name:
        look_through(desk, Path(name))


def look_through(desk: Desk, file: Path) -> None:
    """Read the list without registering anything."""
    run_task(
        desk.parent,
        f"读取“{file.name}”",
        lambda step: register(desk.office, file, dry_run=True, step=step),
        lambda found: _show_plan(desk, file, found),
    )


def _show_plan(desk: Desk, file: Path, found: SignatureImport) -> None:
    said = [
        f"共 {found.read:,} 行：可登记 {found.new:,}，已登记过 {found.same:,}，不能登记 {len(found.refused):,}。",
        "还没有登记任何内容。" + ("不能登记的行原因如下：" if found.refused else ""),
    ]
    actions = []
    if found.new:
        act = ResultAction(f"登记签订 {found.new:,} 份(&S)", lambda: _register(desk, file), primary=True, closes=True)
        actions.append(act)
    ResultDialog(desk.parent, f"登记签订：{file.name}", said, _rows(found), actions, headings=_HEADINGS).show()


def _register(desk: Desk, file: Path) -> None:
    run_task(
        desk.parent,
        "从Excel登记签订",
        lambda step: register(desk.office, file, step=step),
        lambda done: _tell(desk, done),
    )


def _tell(desk: Desk, done: SignatureImport) -> None:
    desk.changed(done.change)
    desk.tell(f"登记签订 {done.new:,} 份")
    said = f"已登记签订 {done.new:,} 份" + (f"，{len(done.refused):,} 行没有登记。" if done.refused else "。")
    messages.toast(desk.parent, said)


_HEADINGS = ("行", "结果", "原因")


def _rows(found: SignatureImport) -> list[OutcomeRow]:
    return [
        OutcomeRow(f"第 {one.row} 行　{one.value}", "不能登记", f"{one.column}：{one.problem}", "late")
        for one in found.refused
    ]
