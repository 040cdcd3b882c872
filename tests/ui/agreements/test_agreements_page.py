"""The year's pile: figures open exactly their rows, buttons say how many, what a rule refuses is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support.dialogs import over
from support.drawn import column
from support.windows import Answers, settle

from anjian_desktop.services import browse, records
from anjian_desktop.services.browse import Condition, Query
from ui.dialogs.draft_dialog import DraftDialog
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.result_dialog import ResultDialog
from ui.dialogs.sign_dialog import SignDialog
from ui.dialogs.void_dialog import Ending, VoidDialog
from ui.main_window import MainWindow
from ui.pages.actions.agreement_end import ask_end
from ui.pages.actions.agreement_import import look_through
from ui.pages.actions.agreement_register import show_register
from ui.pages.agreements_data import FIGURES
from ui.pages.agreements_page import AgreementsPage, open_unit_agreement


def test_every_figure_opens_as_many_rows_as_it_says(page: AgreementsPage) -> None:
    assert {key: figure.number.text() for key, figure in page.figures.figures.items()} == {
        "due": "5", "drafted": "4", "issued": "4", "signed": "2", "archived": "0",
        "on_time": "40.0 %", "cumulative": "40.0 %", "unsigned": "3", "overdue": "0",
    }  # fmt: skip
    for key in FIGURES:
        figure = page.figures.figures[key]
        figure.click()
        settle()
        rows = page.units_table.units.rowCount() if page.stack.currentIndex() == 1 else page.table.row_count()
        if page.stack.currentIndex() == 4:
            rows = 0
        said = {"on_time": "2", "cumulative": "2"}.get(key, figure.number.text())
        assert str(rows) == said, key
        assert page.figure_chip.isVisible()
    page.figure_chip.click()
    settle()
    assert page.table.row_count() == 4


def test_units_without_an_agreement_stand_among_the_unsigned_and_can_be_drafted(page: AgreementsPage) -> None:
    page.show_figure("unsigned")
    settle()
    assert column(page.units_table, "状态")[-1] == "○ 没有责任书"
    page.units_table.selectRow(2)
    assert page.head.buttons["draft"].text() == "起草 1 份(&D)"
    page.head.buttons["draft"].click()
    dialog = over(DraftDialog)
    assert dialog.draft_button.text() == "起草 1 份(&D)"
    dialog.draft_button.click()
    settle()
    assert page.figures.figures["drafted"].number.text() == "5"
    assert page.head.buttons["print"].property("part") == "primary"


def test_states_stand_as_word_and_shape(page: AgreementsPage) -> None:
    assert column(page.table, "状态") == ["◑ 已签", "◑ 已签", "◐ 已打印", "◐ 已打印"]


def test_past_the_deadline_the_unsigned_are_overdue(window: MainWindow) -> None:
    window.office._today = date(2026, 4, 1)
    window.open_page("agreement")
    settle()
    page = window.current_page()
    assert isinstance(page, AgreementsPage)
    assert page.figures.figures["overdue"].number.text() == "3"
    page.show_figure("overdue")
    settle()
    assert page.units_table.units.rowCount() == 3
    assert column(page.units_table, "状态")[0].startswith("▲")


def test_many_ticked_are_registered_and_the_refused_are_told(page: AgreementsPage) -> None:
    page.table.selectAll()
    assert page.head.buttons["sign"].text() == "登记签订 4 份(&S)"
    page.start("sign")
    dialog = over(SignDialog)
    assert "登记签订 4 份" in dialog.sign_button.text()
    dialog.on.setText("明年")
    dialog.sign_button.click()
    assert "看不懂" in dialog.problem.text()
    dialog.on.setText("今")
    dialog.sign_button.click()
    result = over(ResultDialog)
    assert result.sentences[0].text() == "登记签订 2 份，2 份没有登记。"
    assert [row.why for row in result.model.rows] == ["已经登记过签订"] * 2
    result.buttons["关闭"].click()
    assert page.figures.figures["signed"].number.text() == "4"


def test_voiding_asks_for_a_reason_and_the_unit_is_due_again(page: AgreementsPage) -> None:
    ask_end(page.desk, Ending.VOID, page.table.rows.ids[:1])
    dialog = over(VoidDialog)
    assert dialog.keep_button.isDefault()
    dialog.act_button.click()
    assert "原因" in dialog.problem.text()
    dialog.reason.setText("打错了")
    dialog.act_button.click()
    settle()
    assert page.figures.figures["signed"].number.text() == "1"
    show_register(page.desk, 2026)
    register = over(ResultDialog)
    assert [row.verdict for row in register.model.rows][:2] == ["已作废", "已签"]
    assert register.sentences[1].text() == "编号连续，没有缺号。"
    register.buttons["关闭"].click()


def test_a_new_principal_gets_a_new_draft(page: AgreementsPage) -> None:
    page.office._today = date(2026, 2, 1)
    ask_end(page.desk, Ending.SUPERSEDE, page.table.rows.ids[:1])
    dialog = over(VoidDialog)
    dialog.by.setText("新任")
    dialog.act_button.click()
    settle()
    assert column(page.table, "状态").count("× 已被替代") == 1
    assert column(page.table, "状态").count("○ 草稿") == 1


def test_a_unit_opens_its_own_agreement_or_offers_to_draft_it(
    qtbot: QtBot, page: AgreementsPage, window: MainWindow, answers: Answers
) -> None:
    ledger = window.page("enterprise")
    first = browse.ids(page.office, Query("enterprise", where=(Condition("name", "=", "示例1号机械有限公司"),)))[0]
    open_unit_agreement(ledger, page.office, first, 2026)
    preview = over(PreviewDialog)
    qtbot.waitUntil(lambda: preview.panel.view.page_count >= 3)
    assert "示例1号机械有限公司" in preview.windowTitle()
    assert preview.note.text().startswith("已签")
    preview.buttons["关闭"].click()
    fourth = browse.ids(page.office, Query("enterprise", where=(Condition("name", "=", "示例4号机械有限公司"),)))[0]
    answers.given = ["act"]
    open_unit_agreement(ledger, page.office, fourth, 2026)
    dialog = over(DraftDialog)
    assert answers.asked == ["这家单位还没有 2026 年责任书。"]
    dialog.keep_button.click()


def test_signatures_from_excel_are_looked_through_first(page: AgreementsPage, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["编号", "签订日期", "签订人"])
    sheet.append(["示安责〔2026〕3号", "2026-01-05", "赵丙"])
    sheet.append(["示安责〔2026〕99号", "2026-01-05", ""])
    book.save(tmp_path / "签订.xlsx")
    look_through(page.desk, tmp_path / "签订.xlsx")
    result = over(ResultDialog)
    assert result.sentences[0].text() == "共 2 行：可登记 1，已登记过 0，不能登记 1。"
    assert page.figures.figures["signed"].number.text() == "2"
    result.buttons["登记签订 1 份"].click()
    settle()
    assert page.figures.figures["signed"].number.text() == "3"


def test_the_list_keeps_its_place_and_choice_when_something_changes(page: AgreementsPage) -> None:
    page.table.selectRow(2)
    chosen = page.table.selected_ids()
    unit = browse.row(page.office, "agreement", chosen[0]).values["organization"]
    assert isinstance(unit, tuple)
    page.refresh(records.edit(page.office, "enterprise", unit[0], {"principal": "钱新"}).change)
    settle()
    assert page.table.selected_ids() == chosen
    assert "re_sign" in browse.row(page.office, "agreement", chosen[0]).marks


def test_the_unsigned_list_goes_out_as_a_workbook_with_masked_phones(
    page: AgreementsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "未签.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.show_figure("unsigned")
    settle()
    page.export_button.click()
    settle()
    rows = list(load_workbook(target).active.iter_rows(values_only=True))
    assert len(rows) == 4
    assert rows[3][4] == "没有责任书"
    assert "****" in str(rows[3][3])


def test_an_empty_year_says_what_to_do_first(page: AgreementsPage) -> None:
    page.show_query(Query("agreement"), year=2027)
    settle()
    assert page.no_drafts.title.text() == "2027 年还没有责任书"
    assert page.head.chosen_year == 2027
    assert [button.property("part") for button in page.head.buttons.values()] == [""] * 4


def test_the_models_keep_qts_rules(page: AgreementsPage, qtmodeltester: ModelTester) -> None:
    page.show_figure("due")
    settle()
    qtmodeltester.check(page.units_table.units)
    page.units_table.units.sort(0)
    qtmodeltester.check(page.units_table.units)


def test_no_button_of_the_page_is_nameless(page: AgreementsPage) -> None:
    nameless = [
        each
        for each in page.findChildren(QAbstractButton)
        if each.isVisible() and not isinstance(each.parent(), QLineEdit) and not (each.accessibleName() or each.text())
    ]
    assert nameless == []
