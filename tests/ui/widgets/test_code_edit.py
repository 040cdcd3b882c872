"""An industry's code is found by its name or pinyin while it is typed, and the form says what it means."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.offices import enterprise
from support.windows import settle

from anjian_desktop.services import records
from anjian_desktop.services.office import Office
from ui.main_window import MainWindow
from ui.pages.ledger_page import LedgerPage
from ui.widgets.code_edit import CodeEdit
from ui.widgets.ledger_form import LedgerForm


@pytest.fixture
def form(window: MainWindow, office: Office) -> LedgerForm:
    unit = enterprise(office, 1, industry="6210", premises_kind="小餐饮")
    window.open_page("enterprise")
    settle()
    page = window.page("enterprise")
    assert isinstance(page, LedgerPage)
    page.open_row(unit)
    settle()
    return page.panel.form


def editor(form: LedgerForm) -> CodeEdit:
    widget = form.rows["industry"].editor.widget
    assert isinstance(widget, CodeEdit)
    return widget


def test_the_form_says_what_code_and_kind_mean(form: LedgerForm) -> None:
    assert form.rows["industry"].note.text() == "住宿和餐饮业 · 餐饮业 · 正餐服务"
    assert "不满100人" in form.rows["premises_kind"].note.text() and "待核实" in form.rows["premises_kind"].note.text()
    form.rows["industry"].editor.set_text("Z99")
    settle()
    assert form.rows["industry"].note.text() == "代码表里没有这个代码"
    form.rows["industry"].editor.set_text("")
    settle()
    assert not form.rows["industry"].note.isVisible()


def test_pinyin_finds_the_code_and_enter_takes_it(form: LedgerForm, qtbot: QtBot) -> None:
    form.focus("industry")
    edit = editor(form)
    qtbot.keyClicks(edit, "hcxj")
    popup = edit.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().index(0, 0).data() == "2652　合成橡胶制造"
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    settle()
    assert edit.text() == "2652"
    assert form.rows["industry"].note.text().endswith("合成材料制造 · 合成橡胶制造")


def test_the_list_opens_at_the_sections_where_nothing_is_typed(form: LedgerForm, qtbot: QtBot) -> None:
    form.focus("industry")
    edit = editor(form)
    edit.clear()
    QTest.keyClick(edit, Qt.Key.Key_F4)
    qtbot.waitUntil(edit.completer().popup().isVisible)
    assert edit.completer().popup().model().rowCount() == 20


def test_a_code_no_longer_in_force_is_not_offered(form: LedgerForm, office: Office, qtbot: QtBot) -> None:
    (word,) = _ids(office, "2652")
    records.edit(office, "code", word, {"valid_to": "2020-01-01"})
    form.focus("industry")
    edit = editor(form)
    edit.clear()
    qtbot.keyClicks(edit, "265")
    qtbot.waitUntil(edit.completer().popup().isVisible)
    model = edit.completer().popup().model()
    assert [model.index(n, 0).data()[:4].strip("　合") for n in range(model.rowCount())] == [
        "265",
        "2651",
        "2653",
        "2659",
    ]


def _ids(office: Office, code: str) -> list[int]:
    from anjian_desktop.services import browse
    from anjian_desktop.services.browse import Condition, Query

    return browse.ids(office, Query("code", where=(Condition("code", "=", code),)))
