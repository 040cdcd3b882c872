"""The list as it stands (columns, filter, order) as an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from anjian_desktop.services.lists import ExportOutcome, export_list
from ui import messages
from ui.pages.actions.action import Action, ActionPage
from ui.tasks import run_task


def ask_file(page: ActionPage, title: str, name: str) -> Path | None:
    """Where to write a workbook; None when the clerk thought better of it."""
    folder = page.frame.memory.settings.output_folder or str(Path.home())
    chosen, _ = QFileDialog.getSaveFileName(page.widget(), title, str(Path(folder) / name), "Excel 工作簿 (*.xlsx)")
    if not chosen:
        return None
    path = Path(chosen)
    page.frame.memory.settings.output_folder = str(path.parent)
    page.frame.memory.save()
    return path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")


def _run(page: ActionPage, ids: Sequence[int]) -> None:
    office, about, query, keys = page.office, page.about, page.query(), page.shown_keys()
    path = ask_file(page, f"导出{about.label}", f"{about.label} {office.today.isoformat()}.xlsx")
    if path is None:
        return

    def done(outcome: ExportOutcome) -> None:
        page.frame.tell_done(f"导出 {outcome.rows:,} {about.counter}{about.label}")
        messages.toast(
            page.widget(),
            f"已导出 {outcome.rows:,} {about.counter}{about.label}：{outcome.file.name}",
            undo=lambda: open_folder(outcome.file),
            verb="打开文件夹",
        )

    run_task(page.widget(), f"导出{about.label}", lambda _step: export_list(office, query, path, keys=keys), done)


def open_folder(file: Path) -> None:
    """Show the folder a file lies in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


EXPORT = Action("导出Excel(&E)", "export", _run, shortcut="Ctrl+E")
