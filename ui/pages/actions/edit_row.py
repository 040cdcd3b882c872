"""Open a record to change it."""

from __future__ import annotations

from collections.abc import Sequence

from ui.pages.actions.action import Action, ActionPage


def _run(page: ActionPage, ids: Sequence[int]) -> None:
    page.open_row(ids[0])


EDIT = Action("修改(&M)", "edit", _run, shortcut="F2", one_only=True)
