"""下载空白表: asks where, writes a ledger's empty sheet there, and offers to open the folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from anjian_desktop.services import blank_sheets
from anjian_desktop.services.blank_sheets import BlankSheet
from anjian_desktop.services.office import Office
from ui import messages
from ui.tasks import run_task

_FEW = 5
"""So many more columns are not worth a question."""


def save_blank_sheet(parent: QWidget, office: Office, ledger: str) -> None:
    """Nothing happens when the clerk thinks better of it; a file of that name is replaced only when Qt has asked."""
    every = len(blank_sheets.blank_fields(ledger))
    usual = len(blank_sheets.usual_fields(ledger))
    answer = "every"
    if every > usual + _FEW:
        answer = messages.choose(
            parent,
            "空白表要哪些栏目？",
            (
                ("usual", f"常用的 {usual} 栏(&U)"),
                ("every", f"全部 {every} 栏(&A)"),
                ("none", "不下载(&C)"),
            ),
            safe="none",
            default="usual",
            explain="下面填的人越省事，交回来的错越少；其余的栏目以后在窗口里补。",
        )
    if answer == "none":
        return
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name, _ = QFileDialog.getSaveFileName(
        parent, "空白表保存到", str(Path(documents) / blank_sheets.suggested_name(ledger)), "Excel 工作簿 (*.xlsx)"
    )
    if not name:
        return
    path = Path(name) if name.lower().endswith(".xlsx") else Path(f"{name}.xlsx")

    def done(made: BlankSheet) -> None:
        messages.toast(
            parent,
            f"已保存“{made.file.name}”，发下去填好，直接导入即可。",
            undo=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(made.file.parent))),
            verb="打开文件夹",
        )

    run_task(
        parent,
        "下载空白表",
        lambda _step: blank_sheets.write_blank_sheet(office, ledger, path, every=answer == "every"),
        done,
    )
