"""照片 and 个人档案: the photo that certificates and cards of a person show, and all that is known of them on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from anjian_desktop.services import workers
from anjian_desktop.services.outcomes import Change
from ui import messages
from ui.pages.actions.action import Action, ActionPage
from ui.pages.actions.print_list import show_printed
from ui.tasks import run_task


def ask_photo(page: ActionPage, ids: Sequence[int]) -> None:
    """Ask for the file and store it; 登记卡 and certificates printed from now on show it."""
    name, _ = QFileDialog.getOpenFileName(page.widget(), "选照片（自动裁成1寸）", "", "照片 (*.jpg *.jpeg *.png *.bmp)")
    if name:
        office = page.office
        run_task(
            page.widget(),
            "存照片",
            lambda step: workers.set_photo(office, ids[0], Path(name)),
            lambda change: _stored(page, change),
        )


def _stored(page: ActionPage, change: Change) -> None:
    page.was_changed(change)
    messages.toast(page.widget(), "照片已存入，裁成1寸，登记卡和以后发的证书上会印出来。")


PHOTO = Action("照片…(&H)", "edit", ask_photo, lambda about: about.key == "worker", one_only=True)


def print_file(page: ActionPage, ids: Sequence[int]) -> None:
    """The person's file (一人一档), looked at before it goes to paper."""
    from anjian_desktop.services import person_file  # the training rules: not at start

    office = page.office
    show_printed(
        page.widget(),
        "个人培训档案",
        person_file.suggested_name(ids[0]),
        lambda: person_file.print_person_file(office, ids[0]),
        page.frame.memory,
    )


PERSON_FILE = Action("个人档案…(&D)", "print", print_file, lambda about: about.key == "worker", one_only=True)
