"""打印: numbers and files first, then the printer; failures can be tried again, a jam resumed with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from anjian_desktop.services.print_preview import PrintPreview
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import PrintOutcome, print_agreements
from anjian_desktop.services.progress import Step
from ui.dialogs.batch_preview_dialog import BatchPreviewDialog
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.dialogs.print_order import Choice, PrintOrder
from ui.dialogs.result_dialog import ResultAction, ResultDialog, open_folder
from ui.models.outcome_table import OutcomeRow
from ui.pages.actions.agreement_desk import Desk
from ui.printing.spool import SpoolOutcome, send
from ui.tasks import run_task


@dataclass(frozen=True)
class Printed:
    """What became of an order: the files, and how the printer took them (None: only files were wanted)."""

    files: PrintOutcome
    spooled: SpoolOutcome | None = None


def year_choices(label: str, kind: str, ids: Sequence[int]) -> list[Choice]:
    """What can be printed of a year: the chosen ones, all drafts of a kind (all kinds when empty), drafts and unsigned."""
    choices = [Choice("selected", f"选中的 {len(ids):,} 份", ids=tuple(ids))] if ids else []
    choices.append(Choice("drafts", f"{label}的全部草稿", kind=kind or None))
    choices.append(Choice("again", f"{label}的草稿，加上已打印、还没签的（重打）", kind=kind or None, again=True))
    return choices


def ask_print(desk: Desk, year: int, choices: Sequence[Choice], *, start: str = "") -> PrintDialog:
    """Ask what to print and where to, then print."""
    dialog = PrintDialog(desk.parent, desk.office, year, choices, memory=desk.memory, backend=desk.backend, start=start)
    dialog.decided.connect(lambda order: print_order(desk, order))
    dialog.preview_asked.connect(lambda request: preview_batch(replace(desk, parent=dialog), request))
    dialog.show()
    return dialog


def print_order(desk: Desk, order: PrintOrder) -> None:
    """Take numbers, write the files, hand them to the printer; then the result page."""

    def work(step: Step) -> Printed:
        files = print_agreements(desk.office, order.request, step=step)
        if order.printer is None or files.stopped or not files.files:
            return Printed(files)
        return Printed(files, send(desk.backend, files.files, order.printer, order.choices, step=step))

    run_task(desk.parent, "打印责任书", work, lambda printed: _show(desk, order, printed))


def preview_batch(desk: Desk, request: PrintRequest) -> None:
    """Look at all the pages of a request; no number is taken."""
    BatchPreviewDialog(desk.parent, "打印预览", lambda: PrintPreview(desk.office, request)).show()


def _show(desk: Desk, order: PrintOrder, printed: Printed) -> None:
    files, spooled = printed.files, printed.spooled
    desk.changed(files.change)
    done = files.issued + files.reprinted
    if done:
        desk.tell(f"打印 {done:,} 份")
    rows = [OutcomeRow(one.unit, "没有打印", one.problem, "late") for one in files.failed]
    if spooled is not None:
        rows += [OutcomeRow(file.name, "没有送到打印机", problem, "late") for file, problem in spooled.failed]
    actions = []
    folder = _folder(files.files, order.request.out)
    if files.stopped:
        actions.append(ResultAction("接着打印(&G)", lambda: print_order(desk, order), primary=True, closes=True))
    if files.failed:
        again = Choice("failed", f"上次没有打成的 {len(files.failed):,} 份", ids=tuple(one.id for one in files.failed))
        actions.append(
            ResultAction(
                "重试失败项…(&R)",
                lambda: _reopen(desk, order.request.year, again),
                primary=not files.stopped,
                closes=True,
            )
        )
    if spooled is not None and (spooled.failed or spooled.stopped):
        unsent = [file for file in files.files if file not in spooled.sent]
        actions.append(
            ResultAction("重新送到打印机(&R)", lambda: _send_again(desk, order, printed, unsent), closes=True)
        )
    if files.first_number and not files.stopped:
        actions.append(
            ResultAction(
                "卡纸了，续打…(&J)",
                lambda: _reopen(desk, order.request.year, None, start=str(files.first_number)),
                closes=True,
            )
        )
    if files.files:
        actions.append(ResultAction("打开文件夹(&O)", lambda: open_folder(desk.parent, folder)))
    if pdfs := [file for file in files.files if file.suffix == ".pdf"]:
        actions.append(
            ResultAction("预览(&V)", lambda: PreviewDialog(desk.parent, pdfs[0].name, lambda: pdfs[0]).show())
        )
    ResultDialog(
        desk.parent, "打印结果", sentences(order, printed, folder), rows, actions, headings=("单位", "结果", "原因")
    ).show()


def sentences(order: PrintOrder, printed: Printed, folder: Path) -> list[str]:
    """The result in words: what was printed, with which numbers, where it lies, what did not work."""
    files, spooled = printed.files, printed.spooled
    done = files.issued + files.reprinted
    numbers = files.first_number if done == 1 else f"{files.first_number} 至 {files.last_number}"
    said = []
    if files.stopped:
        said.append(f"已停止。{done:,} 份的编号（{numbers}）已经取好，文件还没有做完。")
        said.append("编号不会丢，点“接着打印”会用同样的编号做完。")
    elif not done:
        said.append("一份也没有打印。")
    else:
        said.append(f"打印了 {done:,} 份，{files.pages:,} 页，双面 {files.sheets:,} 张纸。")
        said.append(f"编号 {numbers}" + (f"，其中重打 {files.reprinted:,} 份。" if files.reprinted else "。"))
        shown = files.files[0].name if len(files.files) == 1 else f"{len(files.files):,} 个文件"
        said.append(f"{shown}，在文件夹“{folder.name}”里。")
    if spooled is not None and order.printer is not None:
        if spooled.sent:
            said.append(f"已送到打印机“{order.printer.name}”。打印中卡纸、缺纸，可以从断开的编号续打，编号不变。")
        if spooled.stopped:
            said.append("送打印机时停止了，文件都已保存。")
    if files.gaps:
        said.append(f"{len(files.gaps):,} 份缺负责人或电话，留了空，可以手写。")
    if files.failed:
        said.append(f"{len(files.failed):,} 份没有打印，没有取编号，原因如下：")
    return said


def _send_again(desk: Desk, order: PrintOrder, printed: Printed, unsent: Sequence[Path]) -> None:
    printer = order.printer
    if printer is None:
        return
    run_task(
        desk.parent,
        "送到打印机",
        lambda step: send(desk.backend, unsent, printer, order.choices, step=step),
        lambda spooled: _show(desk, order, Printed(printed.files, spooled)),
    )


def _reopen(desk: Desk, year: int, choice: Choice | None, *, start: str = "") -> None:
    ask_print(desk, year, () if choice is None else (choice,), start=start)


def _folder(files: Sequence[Path], out: Path) -> Path:
    return files[0].parent if len(files) == 1 else out
