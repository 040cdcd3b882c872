"""Tells what came out of printing to a folder: the files, and what a rule kept from paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from anjian_desktop.services.outcomes import RefusedItem
from anjian_desktop.services.progress import Step
from anjian_desktop.services.training_papers import PaperPrint
from ui import messages
from ui.dialogs.paper_print_dialog import Target
from ui.dialogs.result_dialog import ResultAction, ResultDialog, open_folder
from ui.models.outcome_table import OutcomeRow
from ui.printing.backend import PrintBackend
from ui.printing.spool import SpoolOutcome, send


def show_paper(parent: QWidget, name: str, done: PaperPrint) -> None:
    """A line in passing when all is well, a list where something was kept back."""
    told = f"{name} {done.pages:,} 页" + (f"，在“{done.files[0].name}”里。" if done.files else "。")
    if not done.refused and done.files:
        file = done.files[0]
        messages.toast(parent, told, undo=lambda: open_folder(parent, file), verb="打开")
        return
    show_refused(parent, name, [told, f"{len(done.refused):,} 份没有打印，原因如下："], done.refused, done.files)


def show_refused(
    parent: QWidget, name: str, said: Sequence[str], refused: Sequence[RefusedItem], files: Sequence[Path] = ()
) -> None:
    """A list of what was not done and why; the file that was made can be opened."""
    rows = [OutcomeRow(one.item, "没有打印", one.problem, "late") for one in refused]
    actions = [ResultAction("打开文件(&O)", lambda: open_folder(parent, files[0]), primary=True)] if files else []
    ResultDialog(parent, name, said, rows, actions).show()


def spooled(backend: PrintBackend, files: Sequence[Path], target: Target, step: Step) -> SpoolOutcome | None:
    """Send the files to the printer of the target; None when only files were wanted."""
    if target.printer is None or not files:
        return None
    return send(backend, files, target.printer, target.choices, step=step)


def tell_printed(
    parent: QWidget,
    name: str,
    said: str,
    files: Sequence[Path],
    failed: Sequence[RefusedItem],
    target: Target,
    sent: SpoolOutcome | None,
) -> None:
    """What came out: in passing when all is well; a list where something was kept back or the printer refused."""
    told = [said]
    rows = list(failed)
    if sent is not None and target.printer is not None:
        if sent.sent:
            told.append(f"已送到打印机“{target.printer.name}”。")
        rows += [RefusedItem(file.name, "printer", problem) for file, problem in sent.failed]
    if rows:
        show_refused(parent, name, [*told, f"{len(rows):,} 项没有打印，其余的都好了："], rows, files)
    elif files:
        file = files[0]
        told.append(f"PDF 是“{file.name}”。")
        messages.toast(parent, "".join(told), undo=lambda: open_folder(parent, file), verb="打开")
