"""One record at the right of its list: typing, checking, saving, leaving."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.drawn import column
from support.offices import credit_code, enterprise, village
from support.windows import Answers, settle

from anjian_desktop.services import browse, records
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui.main_window import MainWindow
from ui.pages.ledger_page import LedgerPage
from ui.pages.record_panel import RecordPanel


@pytest.fixture
def page(window: MainWindow, office: Office) -> LedgerPage:
    village(office, "东河村")
    enterprise(office, 1, name="东河化工厂", village="东河村", worker_count="12")
    enterprise(office, 2, name="西山木业")
    window.open_page("enterprise")
    settle()
    shown = window.page("enterprise")
    assert isinstance(shown, LedgerPage)
    return shown


def open_unit(page: LedgerPage, name: str) -> RecordPanel:
    page.open_row(page.model.id_at(column(page.table, "企业名称").index(name)))
    settle()
    return page.panel


def put(panel: RecordPanel, **texts: str) -> None:
    for key, text in texts.items():
        panel.form.rows[key].editor.set_text(text)


def stored(office: Office, **where: str) -> list[str]:
    query = Query("enterprise", where=tuple(browse.Condition(key, "=", value) for key, value in where.items()))
    return [view.full["name"] for view in browse.page(office, "enterprise", browse.ids(office, query))]


def test_the_field_that_has_the_focus_is_in_sight(page: LedgerPage) -> None:
    panel = open_unit(page, "西山木业")
    for key in ("premises_kind", "name"):
        panel.form.focus(key)
        QApplication.processEvents()
        row = panel.form.rows[key]
        top = row.mapTo(panel, row.rect().topLeft()).y()
        assert 0 < top < panel.height() - row.height()
        assert not row.visibleRegion().isEmpty()


def test_enter_goes_from_field_to_field_and_saves_after_the_last(
    page: LedgerPage, office: Office, qtbot: QtBot
) -> None:
    page.add()
    panel = page.panel
    put(panel, name="北坡加油站")
    widgets = [row.editor.widget for row in panel.form.rows.values() if not row.field.rare]
    for widget in widgets:
        assert QApplication.focusWidget() is widget
        QTest.keyClick(widget, Qt.Key.Key_Return)
    settle()
    assert stored(office, name="北坡加油站") == ["北坡加油站"]
    assert panel.isVisible()
    assert panel.row_id is None
    assert panel.form.values()["name"] == ""
    assert QApplication.focusWidget() is widgets[0]
    assert "北坡加油站" in column(page.table, "企业名称")


def test_fields_seldom_filled_wait_behind_their_section(page: LedgerPage, office: Office) -> None:
    panel = open_unit(page, "东河化工厂")
    rows, section = panel.form.rows, panel.form.section("危险源")
    assert rows["risk_level"].isHidden() and not rows["principal"].isHidden()
    assert section.switch.text() == "展开其余 8 项"
    section.switch.click()
    assert not rows["risk_level"].isHidden()
    put(panel, risk_level="红")
    section.switch.click()
    assert not rows["risk_level"].isHidden() and rows["hazard_r"].isHidden()
    put(panel, hazard_r="很大")
    panel.save()
    assert not rows["hazard_r"].isHidden() and QApplication.focusWidget() is rows["hazard_r"].editor.widget
    put(panel, hazard_r="12.5")
    panel.save()
    settle()
    assert browse.row(office, "enterprise", panel.row_id or 0).full["hazard_r"] == "12.5"


def test_words_of_the_code_tables_are_offered_as_they_stand(page: LedgerPage, office: Office) -> None:
    panel = open_unit(page, "东河化工厂")
    records.add(office, "code", {"table": "size", "code": "超大型", "label": "超大型"})
    page.close_panel()
    panel = open_unit(page, "东河化工厂")
    combo = panel.form.rows["size"].editor.widget
    assert "超大型" in [combo.itemText(n) for n in range(combo.count())]


def test_shift_enter_goes_back(page: LedgerPage) -> None:
    page.add()
    rows = list(page.panel.form.rows.values())
    rows[1].editor.widget.setFocus()
    QTest.keyClick(rows[1].editor.widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is rows[0].editor.widget


def test_tab_is_never_trapped(page: LedgerPage) -> None:
    page.add()
    seen = set()
    for _ in range(len(page.panel.form.rows) * 2 + 20):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in seen:
            break
        seen.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    for row in page.panel.form.rows.values():
        assert row.editor.widget in seen or row.field.rare


def test_a_field_is_silent_until_it_was_left_and_then_follows_every_key(page: LedgerPage) -> None:
    page.add()
    row = page.panel.form.rows["credit_code"]
    edit = row.editor.widget
    edit.setFocus()
    QTest.keyClicks(edit, "91990001MA00000")
    assert row.problem.isHidden()
    page.panel.form.focus("principal")
    assert "18" in row.problem.text()
    edit.setFocus()
    edit.setText(credit_code(7))
    assert row.problem.isHidden()
    edit.setText(credit_code(7)[:-1])
    assert not row.problem.isHidden()


def test_save_with_problems_goes_to_the_first_and_writes_nothing(page: LedgerPage, office: Office) -> None:
    page.add()
    put(page.panel, credit_code="错的", worker_count="很多")
    page.panel.save_button.click()
    settle()
    assert not page.panel.form.rows["name"].problem.isHidden()
    assert QApplication.focusWidget() is page.panel.form.rows["name"].editor.widget
    assert len(stored(office)) == 2


def test_a_duplicate_is_said_when_its_field_is_left(page: LedgerPage) -> None:
    page.add()
    row = page.panel.form.rows["credit_code"]
    row.editor.widget.setFocus()
    put(page.panel, credit_code=credit_code(1))
    page.panel.form.focus("principal")
    settle()
    assert row.problem.text() == "▲ 与“东河化工厂”重复"


def test_an_unknown_village_is_said_when_its_field_is_left(page: LedgerPage) -> None:
    page.add()
    row = page.panel.form.rows["village"]
    row.editor.widget.setFocus()
    put(page.panel, village="没有村")
    page.panel.form.focus("principal")
    settle()
    assert "没有叫“没有村”的村居" in row.problem.text()


def test_two_dots_repeat_the_record_saved_before(page: LedgerPage) -> None:
    page.add()
    put(page.panel, name="甲厂", village="东河村", area="东河管区")
    page.panel.save(then_new=True)
    settle()
    put(page.panel, name="乙厂", village="..", area="..")
    assert page.panel.form.values()["village"] == "东河村"
    assert page.panel.form.values()["area"] == "东河管区"


def test_dates_are_written_out_when_left(page: LedgerPage) -> None:
    page.add()
    edit = page.panel.form.rows["established_on"].editor.widget
    for typed, meant in (("20260304", "2026-03-04"), ("3.5", "2026-03-05"), ("今", "2026-01-05"), ("+7", "2026-01-12")):
        edit.setFocus()
        edit.setText(typed)
        page.panel.form.focus("name")
        assert edit.text() == meant


def test_the_wheel_changes_no_value(page: LedgerPage, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    panel = open_unit(page, "东河化工厂")
    combo = panel.form.rows["status"].editor.widget
    combo.setFocus()
    event = QWheelEvent(
        QPointF(5, 5), combo.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, event)
    assert panel.form.values()["status"] == "在营"


def test_an_edit_is_saved_shown_and_taken_back(window: MainWindow, page: LedgerPage, office: Office) -> None:
    panel = open_unit(page, "东河化工厂")
    put(panel, principal="钱新")
    assert panel.title.text().endswith("*")
    QTest.keyClick(panel.form.rows["principal"].editor.widget, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "钱新" in column(page.table, "主要负责人")
    assert not panel.title.text().endswith("*")
    window.status.undo.click()
    settle()
    assert "赵乙" in column(page.table, "主要负责人")
    assert panel.form.values()["principal"] == "赵乙"


def test_a_new_record_is_taken_back(window: MainWindow, page: LedgerPage, office: Office) -> None:
    page.add()
    put(page.panel, name="写错的厂")
    page.panel.save()
    settle()
    assert "写错的厂" in column(page.table, "企业名称")
    window.status.undo.click()
    settle()
    assert "写错的厂" not in column(page.table, "企业名称")
    assert not page.panel.isVisible()


def test_a_double_click_on_save_makes_one_record(page: LedgerPage, office: Office) -> None:
    page.add()
    put(page.panel, name="双击厂")
    page.panel.save_new_button.click()
    page.panel.save_new_button.click()
    settle()
    assert stored(office, name="双击厂") == ["双击厂"]


def test_unsaved_changes_are_asked_about(
    window: MainWindow, page: LedgerPage, office: Office, answers: Answers
) -> None:
    panel = open_unit(page, "东河化工厂")
    put(panel, principal="钱新")
    answers.given = ["stay"]
    window.open_page("village")
    assert window.current_page() is page
    assert panel.form.values()["principal"] == "钱新"
    answers.given = ["drop"]
    panel.ask_to_close()
    settle()
    assert not panel.isVisible()
    assert answers.asked[0] == "“东河化工厂”有改动没有保存。"
    panel = open_unit(page, "东河化工厂")
    assert panel.form.values()["principal"] == "赵乙"
    put(panel, principal="钱新")
    answers.given = ["save"]
    panel.ask_to_close()
    settle()
    assert not panel.isVisible()
    assert "钱新" in column(page.table, "主要负责人")


def test_a_record_changed_meanwhile_is_not_overwritten(page: LedgerPage, office: Office, answers: Answers) -> None:
    panel = open_unit(page, "东河化工厂")
    records.edit(office, "enterprise", panel.row_id or 0, {"principal": "别人"})
    put(panel, principal="我")
    panel.save()
    settle()
    assert "刚被改动过" in answers.said[0]
    assert panel.form.values()["principal"] == "我"


def test_the_panel_follows_the_chosen_row(page: LedgerPage) -> None:
    panel = open_unit(page, "东河化工厂")
    page.table.selectRow(column(page.table, "企业名称").index("西山木业"))
    settle()
    assert panel.form.values()["name"] == "西山木业"


def test_history_tells_each_change(page: LedgerPage, office: Office) -> None:
    panel = open_unit(page, "东河化工厂")
    put(panel, worker_count="15")
    panel.save()
    settle()
    panel.tabs.setCurrentIndex(1)
    settle()
    texts = [panel.history.item(n).text() for n in range(panel.history.count())]
    assert "从业人数：12 → 15" in texts[0]
    assert "新增企业" in texts[1]


def test_who_was_principal_before_stands_beside_the_record(page: LedgerPage, office: Office) -> None:
    panel = open_unit(page, "东河化工厂")
    put(panel, principal="钱新")
    panel.save()
    settle()
    panel.tabs.setCurrentIndex(2)
    settle()
    texts = [panel.terms.list.item(n).text() for n in range(panel.terms.list.count())]
    assert "钱新" in texts[0] and "2026-01-05 起" in texts[0]
    assert "赵乙" in texts[1] and "至 2026-01-04" in texts[1]


def test_links_are_offered_while_typing(page: LedgerPage, qtbot: QtBot) -> None:
    page.add()
    edit = page.panel.form.rows["village"].editor.widget
    edit.setFocus()
    QTest.keyClicks(edit, "dhc")
    qtbot.waitUntil(lambda: edit.completer().popup().isVisible())
    assert edit.completer().model().index(0, 0).data() == "东河村"
    edit.completer().popup().hide()


def test_several_words_are_ticked_in_a_list(page: LedgerPage) -> None:
    from ui.widgets.field_editors import _Ticks

    page.add()
    edit = page.panel.form.rows["flags"].editor.widget
    edit.setFocus()
    edit.setText("食品")
    QTest.keyClick(edit, Qt.Key.Key_F4)
    ticks = next(one for one in page.window().findChildren(_Ticks) if one.isVisible())
    words = [ticks.list.item(n).text() for n in range(ticks.list.count())]
    ticks.list.item(words.index("粉尘涉爆")).setCheckState(Qt.CheckState.Checked)
    assert edit.text() == "粉尘涉爆、食品"
    QTest.keyClick(ticks.list, Qt.Key.Key_Escape)
    assert not ticks.isVisible()
    assert page.panel.isVisible()


def test_every_field_has_a_name_for_assistive_technology(page: LedgerPage) -> None:
    page.add()
    for row in page.panel.form.rows.values():
        assert row.editor.widget.accessibleName() == row.field.label
