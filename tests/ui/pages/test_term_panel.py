"""Terms of office and names put right beside the record, each with 撤销 and a line in the history."""

from __future__ import annotations

from datetime import date

import pytest
from support.dialogs import over
from support.offices import enterprise, on
from support.windows import settle

from anjian_desktop.services import browse, former_names, records, tenures
from anjian_desktop.services.office import Office
from ui.dialogs.term_dialog import TermDialog
from ui.main_window import MainWindow
from ui.pages.ledger_page import LedgerPage
from ui.pages.term_panel import TermPanel


@pytest.fixture
def unit(office: Office) -> int:
    made = enterprise(
        on(office, date(2025, 1, 1)), 1, name="示例机械厂", principal="赵甲", principal_phone="13900000011"
    )
    records.edit(
        on(office, date(2025, 6, 1)), "enterprise", made, {"principal": "钱乙", "principal_phone": "13900000022"}
    )
    return made


@pytest.fixture
def panel(window: MainWindow, office: Office, unit: int) -> TermPanel:
    window.open_page("enterprise")
    settle()
    page = window.page("enterprise")
    assert isinstance(page, LedgerPage)
    page.open_row(unit)
    settle()
    page.panel.tabs.setCurrentIndex(2)
    settle()
    return page.panel.terms


def choose(panel: TermPanel, words: str) -> None:
    place = next(n for n in range(panel.list.count()) if words in panel.list.item(n).text())
    panel.list.setCurrentRow(place)


def lines(panel: TermPanel) -> str:
    settle()
    return "\n".join(panel.list.item(n).text() for n in range(panel.list.count()))


def test_the_day_asked_says_who_it_was(panel: TermPanel) -> None:
    for day, answer in (("20250531", "主要负责人 赵甲"), ("20250601", "主要负责人 钱乙"), ("", "")):
        panel.day.setText(day)
        assert panel.answer.text() == answer


def test_an_earlier_term_is_put_right_and_taken_back(
    window: MainWindow, panel: TermPanel, office: Office, unit: int
) -> None:
    choose(panel, "赵甲")
    panel.correct_button.click()
    dialog = over(TermDialog)
    assert dialog.phone.text() == "" and "139****0011" in dialog.phone.placeholderText()
    dialog.from_on.setText("20190501")
    dialog.to_on.setText("不知道")
    dialog.act_button.click()
    assert "看不懂" in dialog.problem.text()
    dialog.to_on.setText("20180101")
    dialog.act_button.click()
    settle()
    assert "起日在止日之后" in dialog.problem.text() and dialog.isVisible()
    dialog.to_on.setText("20250530")
    dialog.act_button.click()
    assert "2019-05-01 至 2025-05-30" in lines(panel)
    earlier = tenures.holders(office, unit)[1]
    assert earlier.phone == "13900000011"
    assert records.history(office, "enterprise", unit)[0].action == "更正任职"
    assert panel.isVisible(), "the tab stays where it was"
    window.status.undo.click()
    assert "（起日未记） 至 2025-05-31" in lines(panel)


def test_a_term_is_noted_afterwards_and_one_taken_out(panel: TermPanel, office: Office, unit: int) -> None:
    panel.add_button.click()
    dialog = over(TermDialog)
    dialog.role.choose("safety_officer")
    dialog.name.setText("孙丙")
    dialog.to_on.setText("2024-12-31")
    dialog.act_button.click()
    assert "安全管理员\n　　孙丙" in lines(panel)
    choose(panel, "孙丙")
    panel.remove_button.click()
    assert "孙丙" not in lines(panel)


def test_the_present_principals_first_day_is_put_right(panel: TermPanel, office: Office, unit: int) -> None:
    choose(panel, "钱乙")
    assert panel.correct_button.isEnabled() and not panel.remove_button.isEnabled()
    panel.correct_button.click()
    dialog = over(TermDialog)
    dialog.from_on.setText("2025-06-15")
    dialog.act_button.click()
    assert "2025-06-15 起" in lines(panel)
    assert browse.row(office, "enterprise", unit).full["principal_since"] == "2025-06-15"


def test_a_unit_is_renamed_from_a_day_on(window: MainWindow, panel: TermPanel, office: Office, unit: int) -> None:
    panel.rename_button.click()
    dialog = over(TermDialog)
    dialog.name.setText("示例重工有限公司")
    dialog.from_on.setText("2025-10-01")
    dialog.act_button.click()
    assert "示例机械厂　（起日未记） 至 2025-09-30" in lines(panel)
    assert browse.row(office, "enterprise", unit).full["name"] == "示例重工有限公司"
    page = window.current_page()
    assert isinstance(page, LedgerPage) and page.panel.form.values()["name"] == "示例重工有限公司"
    choose(panel, "曾用名")
    panel.correct_button.click()
    dialog = over(TermDialog)
    dialog.from_on.setText("2001-02-03")
    dialog.act_button.click()
    settle()
    assert former_names.name_on(office, unit, date(2001, 2, 3)) == "示例机械厂"
    choose(panel, "曾用名")
    panel.remove_button.click()
    assert "曾用名" not in lines(panel)
