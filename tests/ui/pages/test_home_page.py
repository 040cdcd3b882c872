"""今日待办 and the year's progress."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from support.offices import enterprise, enterprises, village
from support.windows import settle

from anjian_desktop.services import drafts, records
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.drafts import Draft
from anjian_desktop.services.office import Office
from ui.main_window import MainWindow
from ui.pages.home_page import HomePage
from ui.pages.ledger_page import LedgerPage


def shown(window: MainWindow) -> HomePage:
    window.open_page("home")
    settle()
    page = window.current_page()
    assert isinstance(page, HomePage)
    return page


def test_an_empty_office_is_told_to_import(window: MainWindow) -> None:
    page = shown(window)
    assert page.todo_texts() == ["还没有企业、村居和部门，先导入名册"]
    assert page.todo_buttons[0].text() == "导入Excel"


def test_each_sentence_opens_as_many_rows_as_it_says(window: MainWindow, office: Office) -> None:
    village(office)
    enterprises(office, 3)
    enterprise(office, 4, village="东河村")
    page = shown(window)
    texts = page.todo_texts()
    place = next(n for n, text in enumerate(texts) if "没有写所属村" in text)
    assert texts[place].startswith("3 家")
    page.todo_buttons[place].click()
    settle()
    ledger = window.current_page()
    assert isinstance(ledger, LedgerPage)
    assert ledger.table.row_count() == 3


def test_a_to_do_goes_when_its_cause_is_gone(window: MainWindow, office: Office) -> None:
    enterprise(office, 1)
    page = shown(window)
    assert any("没有起草" in text for text in page.todo_texts())
    draft(office, DraftRequest(year=2026, kind="enterprise"))
    window.load_figures()
    settle()
    assert not any("没有起草" in text for text in page.todo_texts())
    assert any("1 份责任书还没有打印" in text for text in page.todo_texts())


def test_a_figure_of_the_year_opens_its_agreements(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    enterprises(office, 2)
    draft(office, DraftRequest(year=2026, kind="enterprise"))
    page = shown(window)
    figure = next(
        button
        for button in page.findChildren(type(page.import_button))
        if button.accessibleName() == "企业安全生产责任书 已起草 2"
    )
    figure.click()
    settle()
    assert window.current_page() is window.page("agreement")


@pytest.mark.parametrize("width", [960, 1366])
def test_it_needs_no_scrolling_sideways(window: MainWindow, width: int) -> None:
    window.resize(width, 700)
    page = shown(window)
    assert page.minimumSizeHint().width() <= width


def test_forms_left_unsaved_are_listed_and_gone_on_with(window: MainWindow, office: Office) -> None:
    known = enterprise(office, 1, name="东河化工厂")
    retired = enterprise(office, 2)
    for row, values in ((None, {"name": "示例新厂"}), (known, {"principal": "赵甲"}), (retired, {"principal": "钱乙"})):
        drafts.keep(office, Draft("enterprise", row, values))
    records.retire(office, "enterprise", [retired])
    window.load_figures()
    page = shown(window)
    left = [text for text in page.todo_texts() if "填到一半没有保存" in text]
    assert sorted(text[:12] for text in left) == [
        "修改企业“东河化工厂”填到一半"[:12],
        "新增企业“示例新厂”填到一半"[:12],
    ]
    page.todo_buttons[page.todo_texts().index(next(text for text in left if "新厂" in text))].click()
    settle()
    ledger = window.current_page()
    assert isinstance(ledger, LedgerPage) and ledger.panel.drafts.offering
    ledger.panel.drafts.banner.continue_button.click()
    assert ledger.panel.form.values()["name"] == "示例新厂"
    ledger.panel.drafts.forget()
    ledger.panel.hide()
    page = shown(window)
    page.todo_buttons[page.todo_texts().index(next(text for text in left if "化工厂" in text))].click()
    settle()
    assert ledger.panel.row_id == known and ledger.panel.drafts.offering


def test_certificates_near_their_end_lead_to_the_board(window: MainWindow, office: Office) -> None:
    values = {
        "name": "甲示例",
        "identity_number": "990001198503120015",
        "certificate_kind": "注册安全工程师",
        "number": "T1",
    }
    records.add(office, "certificate", values | {"valid_to": "2026-01-01", "valid_from": "2020-01-02"})
    window.load_figures()
    page = shown(window)
    place = page.todo_texts().index("1 本证书已过期")
    page.todo_buttons[place].click()
    settle()
    assert window.current_page() is window.page("certificate_expiry")
