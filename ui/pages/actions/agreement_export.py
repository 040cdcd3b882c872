"""导出Excel of a list of units as they stand: whom to chase."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.services.lists import ExportOutcome, export_standing
from anjian_desktop.services.standing import UnitStanding
from ui import messages
from ui.pages.actions.action import ActionPage
from ui.pages.actions.export_list import ask_file, open_folder
from ui.tasks import run_task


def export_units(page: ActionPage, name: str, units: Sequence[UnitStanding]) -> None:
    """Ask for the file and write these units in their order."""
    path = ask_file(page, f"导出{name}", f"{name} {page.office.today.isoformat()}.xlsx")
    if path is None or not units:
        return

    def done(outcome: ExportOutcome) -> None:
        page.frame.tell_done(f"导出 {outcome.rows:,} 家")
        messages.toast(
            page.widget(),
            f"已导出 {outcome.rows:,} 家：{outcome.file.name}",
            undo=lambda: open_folder(outcome.file),
            verb="打开文件夹",
        )

    run_task(page.widget(), f"导出{name}", lambda _step: export_standing(units, path, title=name), done)
