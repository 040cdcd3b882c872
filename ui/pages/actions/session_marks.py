"""学员和成绩: who takes part in a class, the grid of marks, and its papers; 登记卡 for chosen workers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from anjian_desktop.services import training_papers
from ui.dialogs.paper_result import show_paper
from ui.dialogs.session_dialog import SessionDialog
from ui.pages.actions.action import Action, ActionPage
from ui.tasks import run_task


def open_session(page: ActionPage, ids: Sequence[int]) -> None:
    """Show the class."""
    dialog = SessionDialog(page.widget(), page.office, ids[0], page.frame.memory)
    dialog.changed.connect(page.was_changed)
    dialog.show()


def ask_cards(page: ActionPage, ids: Sequence[int]) -> None:
    """Ask for a folder and write the registration cards of these workers."""
    folder = QFileDialog.getExistingDirectory(page.widget(), "登记卡存到哪个文件夹")
    if folder:
        office = page.office
        run_task(
            page.widget(),
            "登记卡",
            lambda step: training_papers.print_cards(office, ids, Path(folder), step=step),
            lambda done: show_paper(page.widget(), "登记卡", done),
        )


SESSION = Action("学员和成绩…(&G)", "edit", open_session, lambda about: about.key == "training_session", one_only=True)
CARDS = Action("打印登记卡{n}…(&K)", "print", ask_cards, lambda about: about.key == "worker")
