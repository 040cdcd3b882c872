"""What a form says and fills in when a field is left: an identity number, dates that do not go together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.offices import enterprise
from support.windows import settle

from anjian_desktop.services import browse
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui.main_window import MainWindow
from ui.pages.ledger_page import LedgerPage

ZHANG = "990001198503120015"


@pytest.fixture
def page(window: MainWindow, office: Office) -> LedgerPage:
    """The workers' page of an office with one enterprise, an empty form opened."""
    enterprise(office, 1, name="东河化工厂")
    window.open_page("worker")
    settle()
    shown = window.page("worker")
    assert isinstance(shown, LedgerPage)
    shown.add()
    settle()
    return shown


def type_into(page: LedgerPage, key: str, text: str) -> None:
    """Put the cursor there, write, and go on with Enter as a clerk does."""
    edit = page.panel.form.rows[key].editor.widget
    edit.setFocus()
    page.panel.form.rows[key].editor.set_text(text)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    settle()


@pytest.mark.parametrize("typed", [ZHANG, "990001 19850312 0015", "９９０００１１９８５０３１２００１５"])
def test_an_identity_number_fills_in_sex_and_birthday(page: LedgerPage, typed: str) -> None:
    type_into(page, "identity_number", typed)
    values = page.panel.form.values()
    assert (values["sex"], values["born_on"]) == ("男", "1985-03-12")
    assert not page.panel.form.rows["identity_number"].problem.text()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("990001198503120016", "校验位不对"), ("99000119850312001", "应为18位"), ("990001198513120015", "出生日期不存在")],
)
def test_a_wrong_digit_is_said_at_once_and_fills_in_nothing(page: LedgerPage, typed: str, said: str) -> None:
    type_into(page, "identity_number", typed)
    assert said in page.panel.form.rows["identity_number"].problem.text()
    assert page.panel.form.values()["born_on"] == ""


def test_what_is_wrong_is_said_under_the_field_and_the_cursor_goes_on(page: LedgerPage) -> None:
    type_into(page, "identity_number", "123")
    form = page.panel.form
    assert form.rows["identity_number"].problem.isVisible()
    assert QApplication.focusWidget() is not form.rows["identity_number"].editor.widget
    assert QApplication.activeModalWidget() is None
    type_into(page, "name", "张示例")
    assert form.values()["name"] == "张示例"


def test_a_date_that_cannot_follow_another_is_said_when_it_is_left(page: LedgerPage) -> None:
    type_into(page, "identity_number", ZHANG)
    type_into(page, "hired_on", "2025-03-03")
    type_into(page, "left_on", "2025-03-01")
    assert page.panel.form.rows["left_on"].problem.text() == "▲ 离职日期早于入职日期"


def test_sex_and_birthday_are_stored_as_they_were_filled_in(page: LedgerPage) -> None:
    type_into(page, "identity_number", ZHANG)
    for key, text in (("name", "张示例"), ("enterprise", "东河化工厂")):
        type_into(page, key, text)
    page.panel.save()
    settle()
    stored = browse.row(page.office, "worker", browse.ids(page.office, Query("worker"))[0]).full
    assert (stored["sex"], stored["born_on"]) == ("男", "1985-03-12")
