"""Files of a unit in the window: kept, looked at, written out, taken off and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas
from support.dialogs import over
from support.offices import enterprise
from support.windows import Answers, settle

from anjian_desktop.services import row_files
from anjian_desktop.services.office import Office
from ui.dialogs.file_kind_dialog import FileKindDialog
from ui.dialogs.preview_dialog import PreviewDialog
from ui.main_window import MainWindow
from ui.pages.files_panel import FilesPanel
from ui.pages.ledger_page import LedgerPage


@pytest.fixture
def panel(window: MainWindow, office: Office) -> FilesPanel:
    unit = enterprise(office, 1)
    window.open_page("enterprise")
    settle()
    page = window.page("enterprise")
    assert isinstance(page, LedgerPage)
    page.open_row(unit)
    settle()
    page.panel.tabs.setCurrentIndex(3)
    settle()
    return page.panel.files


def test_files_are_kept_looked_at_and_written_out(
    panel: FilesPanel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot, answers: Answers
) -> None:
    licence, empty, out = tmp_path / "执照.pdf", tmp_path / "空.jpg", tmp_path / "出.pdf"
    canvas = Canvas(str(licence))
    canvas.drawString(72, 720, "licence")
    canvas.save()
    empty.touch()
    assert panel.none.isVisible() and not panel.open_button.isEnabled()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(licence), str(empty)], ""))
    panel.add_button.click()
    dialog = over(FileKindDialog)
    dialog.kind.set_text("营业执照")
    dialog.day.setText("看不懂")
    dialog.act_button.click()
    assert "看不懂" in dialog.problem.text()
    dialog.day.setText("20240501")
    dialog.act_button.click()
    settle()
    assert [(one.name, one.kind) for one in panel.table.lines.rows] == [("执照.pdf", "营业执照")]
    assert "1 个文件没有存入" in answers.said[-1]
    panel.table.selectRow(0)
    panel.open_button.click()
    shown = over(PreviewDialog)
    qtbot.waitUntil(lambda: shown.panel.view.page_count == 1)
    shown.accept()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    panel.save_button.click()
    settle()
    assert out.read_bytes() == licence.read_bytes()


def test_a_file_taken_off_comes_back_by_undo(
    window: MainWindow, panel: FilesPanel, office: Office, tmp_path: Path
) -> None:
    photo = tmp_path / "现场.txt"
    photo.write_text("x", encoding="utf-8")
    row_files.add_files(office, "enterprise", 1, [photo])
    panel.load(1)
    settle()
    panel.table.selectRow(0)
    panel.kind_button.click()
    dialog = over(FileKindDialog)
    dialog.kind.set_text("现场照片")
    dialog.act_button.click()
    settle()
    assert panel.table.lines.rows[0].kind == "现场照片"
    panel.table.selectRow(0)
    panel.remove_button.click()
    settle()
    assert not panel.table.lines.rows
    window.status.undo.click()
    settle()
    assert len(panel.table.lines.rows) == 1
