"""The main job through the real widgets: a roster goes in, the year's agreements are printed, a signature is registered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from support.dialogs import over
from support.rosters import enterprise_roster
from support.windows import settle

from anjian_desktop.documents.rendering import PdfPages
from anjian_desktop.services.office import Office
from anjian_desktop.services.standing import status
from ui.dialogs.draft_dialog import DraftDialog
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.print_dialog import PrintDialog
from ui.dialogs.result_dialog import ResultDialog
from ui.dialogs.sign_dialog import SignDialog
from ui.main_window import MainWindow
from ui.pages.agreements_page import AgreementsPage
from ui.printing.to_folder import FileBackend


def test_from_the_import_wizard_to_a_printed_pdf_and_a_registered_signature(
    qtbot: QtBot, window: MainWindow, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The roster goes in.
    roster = enterprise_roster(tmp_path / "企业名册.xlsx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(roster), ""))
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    settle()
    page = window.current_page()
    assert isinstance(page, AgreementsPage)
    assert page.no_roster.isVisible()
    qtbot.mouseClick(page.no_roster.buttons[0], Qt.MouseButton.LeftButton)
    wizard = over(ImportWizard)
    qtbot.mouseClick(wizard.source.choose_button, Qt.MouseButton.LeftButton)
    settle()
    for _ in range(2):
        qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)
        settle()
    assert wizard.finish.first.text() == "6 家新增，0 家更新，0 行相同，2 行拒收。"
    qtbot.mouseClick(wizard.close_button, Qt.MouseButton.LeftButton)
    settle()

    # The year is drafted.
    assert page.no_drafts.isVisible()
    qtbot.mouseClick(page.no_drafts.buttons[0], Qt.MouseButton.LeftButton)
    drafting = over(DraftDialog)
    assert drafting.summary.text() == "将起草 8 份：村居 2 份、企业 6 份。"
    qtbot.mouseClick(drafting.draft_button, Qt.MouseButton.LeftButton)
    settle()
    assert page.table.row_count() == 8
    assert page.figures.figures["drafted"].number.text() == "8"

    # It is printed: one PDF, sent to the printer as well.
    paper = FileBackend(tmp_path / "纸")
    page.desk = replace(page.desk, backend=paper)
    window.memory.put("print_folder", str(tmp_path / "责任书"))
    qtbot.mouseClick(page.head.buttons["print"], Qt.MouseButton.LeftButton)
    printing = over(PrintDialog)
    qtbot.waitUntil(lambda: printing.printer.count() == 1)
    printing.radios["printer"].click()
    settle()
    qtbot.waitUntil(printing.print_button.isEnabled)
    assert printing.print_button.text() == "打印 8 份(&P)"
    assert "示安责〔2026〕1号 至 示安责〔2026〕8号" in printing.summary.text()
    qtbot.mouseClick(printing.print_button, Qt.MouseButton.LeftButton)
    result = over(ResultDialog)
    assert result.sentences[0].text().startswith("打印了 8 份")
    result.buttons["关闭"].click()
    settle()
    assert [file.name for file, *_ in paper.printed] == ["安全生产责任书 2026 第1-8号.pdf"]
    with PdfPages(paper.printed[0][0]) as pages:
        assert pages.count >= 8 * 2 * 3
        assert pages.size(0) == pytest.approx((595.3, 841.9), abs=0.5)
    assert page.figures.figures["issued"].number.text() == "8"

    # One comes back signed.
    page.table.selectRow(0)
    assert page.head.buttons["sign"].text() == "登记签订 1 份(&S)"
    qtbot.mouseClick(page.head.buttons["sign"], Qt.MouseButton.LeftButton)
    signing = over(SignDialog)
    signing.on.clear()
    qtbot.keyClicks(signing.on, "20260105")
    qtbot.mouseClick(signing.sign_button, Qt.MouseButton.LeftButton)
    settle()
    total = status(office, 2026).total
    assert (total.due, total.issued, total.signed) == (8, 8, 1)
    assert page.figures.figures["cumulative"].number.text() == "12.5 %"
    page.show_figure("unsigned")
    settle()
    assert page.units_table.units.rowCount() == 7
