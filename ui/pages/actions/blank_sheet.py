"""下载空白表 for the ledger of a page."""

from __future__ import annotations

from collections.abc import Sequence

from ui.pages.actions.action import Action, ActionPage


def _run(page: ActionPage, ids: Sequence[int]) -> None:
    from ui.dialogs.blank_sheet import save_blank_sheet  # only when a sheet is asked for

    save_blank_sheet(page.widget(), page.office, page.about.key)


BLANK = Action("下载空白表…(&B)", "export", _run, lambda about: about.importable)
