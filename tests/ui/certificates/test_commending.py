"""奖状 in the window: drafted for the chosen units, moved by tenths of a millimetre for each printer, tried on plain paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.offices import enterprises
from support.windows import settle

from anjian_desktop.services import browse, commendations
from anjian_desktop.services.office import Office
from ui.dialogs import commendation_acts
from ui.dialogs.commendation_print_dialog import CommendationPrintDialog
from ui.dialogs.result_dialog import ResultDialog
from ui.main_window import MainWindow
from ui.pages.actions.listed import row_actions
from ui.pages.ledger_page import LedgerPage
from ui.printing.to_folder import FileBackend


@pytest.fixture
def page(office: Office, window: MainWindow) -> LedgerPage:
    """The roster with three enterprises."""
    enterprises(office, 3)
    window.open_page("enterprise")
    settle()
    found = window.page("enterprise")
    assert isinstance(found, LedgerPage)
    return found


@pytest.fixture
def printing(
    office: Office, page: LedgerPage, window: MainWindow, backend: FileBackend, qtbot: QtBot, tmp_path: Path
) -> CommendationPrintDialog:
    """Three drafted from the roster, the print dialog open."""
    ids = browse.ids(office, browse.Query("enterprise"))
    dialog = commendation_acts.ask_commend(
        page, office, "enterprise", "家", ids, window.tell_changed, memory=window.memory, backend=backend
    )
    dialog.award.setCurrentText("安全生产先进集体")
    assert dialog.act_button.text() == "起草 3 张奖状(&A)"
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    settle()
    (result,) = page.findChildren(ResultDialog)
    result.buttons["打印…"].click()
    settle()
    (made,) = page.findChildren(CommendationPrintDialog)
    made.folder.setText(str(tmp_path / "奖状"))
    return made


def test_units_and_persons_can_be_commended_from_their_lists(page: LedgerPage) -> None:
    assert any(action.name.startswith("表彰") for action in row_actions(page.about))


def test_words_for_the_numbers_are_told_before_they_are_taken(
    printing: CommendationPrintDialog, office: Office
) -> None:
    assert printing.summary.text().startswith("3 张，单面，编号 安奖〔2026〕001号 至 安奖〔2026〕003号")
    assert "现在取编号" in printing.summary.text()
    pages = printing.pages()
    assert pages.count == 3
    pages.close()
    assert len(commendations.find_commendations(office, [])) == 3


def test_the_offset_is_kept_for_each_printer_and_sent_along(
    printing: CommendationPrintDialog, backend: FileBackend, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.mouseClick(printing.to_printer, Qt.MouseButton.LeftButton)
    settle()
    printing.right.setValue(1.5)
    printing.down.setValue(-0.8)
    qtbot.mouseClick(printing.trial_button, Qt.MouseButton.LeftButton)
    settle()
    (trial, _, choices) = backend.printed[0]
    assert choices.offset == (15, -8) and choices.landscape and len(PdfReader(trial).pages) == 1
    assert printing.summary.text().startswith("3 张") and printing.isVisible()
    qtbot.mouseClick(printing.print_button, Qt.MouseButton.LeftButton)
    settle()
    assert backend.printed[1][2].offset == (15, -8) and len(PdfReader(backend.printed[1][0]).pages) == 3
    (file,) = (tmp_path / "奖状").glob("*.pdf")
    assert file.name == "奖状 安奖〔2026〕001号 至 安奖〔2026〕003号.pdf"
    again = CommendationPrintDialog(
        window, printing_office(window), commendation_ids(window), memory=window.memory, backend=backend
    )
    again.to_printer.click()
    settle()
    assert again.offset == (15, -8) and "以前印过，编号不变" in again.summary.text()
    again.to_folder.click()
    assert again.offset == (0, 0)
    again.reject()


def printing_office(window: MainWindow) -> Office:
    assert window.office is not None
    return window.office


def commendation_ids(window: MainWindow) -> list[int]:
    return list(browse.ids(printing_office(window), browse.Query("commendation")))


def test_a_wrong_one_is_replaced_by_a_draft_that_is_opened(
    printing: CommendationPrintDialog, office: Office, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.mouseClick(printing.print_button, Qt.MouseButton.LeftButton)
    settle()
    first = commendations.find_commendations(office, ["安奖〔2026〕001号"])[0]
    window.open_page("commendation")
    settle()
    page = window.page("commendation")
    assert isinstance(page, LedgerPage) and page.model.rowCount() == 3
    opened: list[int] = []
    dialog = commendation_acts.ask_reissue(page, office, first, window.tell_changed, opened.append)
    dialog.line.setText("名称写错")
    dialog.act_button.click()
    settle()
    assert browse.row(office, "commendation", first).full["state"] == "已补发"
    (draft,) = commendations.find_commendations(office, [])
    assert browse.row(office, "commendation", draft).full["state"] == "草稿"
    kept = commendation_acts.show_kept(page, office, first)
    settle()
    qtbot.waitUntil(lambda: kept.panel.view.page_count == 1)
    kept.accept()
