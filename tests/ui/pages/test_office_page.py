"""办公室信息: the form over the declared facts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from support.windows import Answers, settle

from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import PROFILE_FIELDS, show_profile
from ui.dialogs.rules_dialog import RulesDialog
from ui.main_window import MainWindow
from ui.pages.office_page import OfficePage


@pytest.fixture
def page(window: MainWindow) -> OfficePage:
    window.open_page("office")
    settle()
    shown = window.current_page()
    assert isinstance(shown, OfficePage)
    return shown


def line(page: OfficePage, key: str) -> QLineEdit:
    editor = page.editors[key]
    assert isinstance(editor, QLineEdit)
    return editor


def test_every_fact_has_its_field_and_value(page: OfficePage, office: Office) -> None:
    assert list(page.editors) == [field.key for field in PROFILE_FIELDS]
    assert page.values() == show_profile(office)


def test_saved_facts_stand_in_the_store_and_the_title(window: MainWindow, page: OfficePage, office: Office) -> None:
    line(page, "leader").setText("孙示例")
    line(page, "office").setText("示例镇应急办")
    QTest.keyClick(line(page, "leader"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert office.profile.leader == "孙示例"
    assert window.windowTitle().startswith("安监桌面 · 示例镇应急办")
    window.status.undo.click()
    settle()
    assert office.profile.leader == ""
    assert line(page, "office").text() == "示例镇安监办"


def test_a_wrong_fact_is_said_under_its_field_and_not_saved(page: OfficePage, office: Office) -> None:
    line(page, "deadline").setText("13-45")
    page.save_button.click()
    settle()
    assert "03-31" in page.problems["deadline"].text()
    assert QApplication.focusWidget() is page.editors["deadline"]
    assert show_profile(office)["deadline"] == "03-31"
    line(page, "deadline").setText("4月30日")
    page.save_button.click()
    settle()
    assert show_profile(office)["deadline"] == "04-30"
    assert line(page, "deadline").text() == "04-30"


def test_leaving_with_changes_asks(window: MainWindow, page: OfficePage, answers: Answers) -> None:
    line(page, "phone").setText("0531-88888888")
    answers.given = ["stay", "drop"]
    window.open_page("home")
    assert window.current_page() is page
    window.open_page("home")
    settle()
    assert window.current_page() is window.page("home")


def test_defaults_nobody_verified_say_so_and_the_sources_are_shown(page: OfficePage) -> None:
    hints = [label.text() for label in page.findChildren(QLabel)]
    assert any("多少分算合格（默认值待核实）" in text for text in hints)
    page.rules_button.click()
    settle()
    (dialog,) = page.findChildren(RulesDialog)
    words = [dialog.table.lines.index(row, 1).data() for row in range(dialog.table.lines.rowCount())]
    assert any("待核实" in word for word in words) and any("有出处" in word for word in words)
    dialog.close()
