"""Nothing is clipped, outside its window, nameless or doubled at 1366×768, on the page and in every dialog of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from support.dialogs import over
from support.layout import faults
from support.rosters import enterprise_roster
from support.windows import settle

from anjian_desktop.services import agreements
from anjian_desktop.services.agreements import DraftRequest
from anjian_desktop.services.browse import Query
from ui.dialogs.draft_dialog import DraftDialog
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard.flow import WizardStep
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.dialogs.result_dialog import ResultDialog
from ui.dialogs.sign_dialog import SignDialog
from ui.dialogs.void_dialog import Ending, VoidDialog
from ui.main_window import MainWindow
from ui.pages.actions.agreement_end import ask_end
from ui.pages.actions.agreement_register import show_register
from ui.pages.agreements_page import AgreementsPage


def checked(dialog: QDialog) -> None:
    """No faults; small enough for 1366×768 with a title bar and the task bar; gone afterwards."""
    settle()
    assert faults(dialog) == []
    assert dialog.width() <= 1340 and dialog.height() <= 690
    dialog.reject()
    settle()


@pytest.mark.parametrize("figure", ["", "unsigned", "archived"])
def test_the_page(page: AgreementsPage, window: MainWindow, figure: str) -> None:
    page.show_figure(figure)
    settle()
    page.table.selectAll()
    page.units_table.selectAll()
    settle()
    assert faults(window) == []


def test_the_page_without_agreements(page: AgreementsPage, window: MainWindow) -> None:
    page.show_query(Query("agreement"), year=2027)
    settle()
    assert faults(window) == []


def test_the_dialogs_of_the_page(page: AgreementsPage) -> None:
    page.start("draft")
    checked(over(DraftDialog))
    page.start("print")
    checked(over(PrintDialog))
    for count in (1, 4):
        page.table.select_ids(page.model.ids[:count])
        page.start("sign")
        checked(over(SignDialog))
    for ending in Ending:
        ask_end(page.desk, ending, page.model.ids[:1])
        checked(over(VoidDialog))
    show_register(page.desk, 2026)
    checked(over(ResultDialog))
    agreements.draft(page.office, DraftRequest(2027, "village"))
    for row_id in (*page.model.ids[:1], *page.model.ids[-1:]):
        page.open_row(row_id)
        checked(over(PreviewDialog))


def test_the_wizard(page: AgreementsPage, tmp_path: Path) -> None:
    wizard = ImportWizard.open(page, page.office)
    assert faults(wizard) == []
    wizard.read_file(
        enterprise_roster(tmp_path / "一个名字很长很长很长很长很长很长很长很长的企业名册（2026年最新修订版）.xlsx")
    )
    for step in (WizardStep.COLUMNS, WizardStep.PREVIEW, WizardStep.DONE):
        settle()
        assert wizard.flow.at is step
        assert faults(wizard) == []
        wizard.next_button.click()
    checked(wizard)
