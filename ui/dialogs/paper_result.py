"""Tells what came out of printing to a folder: the files, and what a rule kept from paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from anjian_desktop.services.outcomes import RefusedItem
from anjian_desktop.services.training_papers import PaperPrint
from ui import messages
from ui.dialogs.result_dialog import ResultAction, ResultDialog, open_folder
from ui.models.outcome_table import OutcomeRow


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
