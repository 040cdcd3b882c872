"""照片: choose the photo that certificates and registration cards of this person show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from anjian_desktop.services import workers
from anjian_desktop.services.outcomes import Change
from ui import messages
from ui.pages.actions.action import Action, ActionPage
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
