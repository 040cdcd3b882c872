"""The list under a clerk's hands: undo, batch edit, filling down, blocks of cells, totals, views, keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.dialogs import over
from support.drawn import column
from support.offices import enterprise, village
from support.windows import Answers, settle

from anjian_desktop.services import browse, records
from anjian_desktop.services.browse import Condition
from anjian_desktop.services.office import Office
from ui.dialogs.batch_edit_dialog import BatchEditDialog
from ui.dialogs.name_dialog import NameDialog
from ui.main_window import MainWindow
from ui.pages.actions.batch_edit import ask
from ui.pages.ledger_menus import row_menu
from ui.pages.ledger_page import LedgerPage
from ui.widgets import table_copy

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window: MainWindow, office: Office) -> LedgerPage:
    """The enterprises' page with two villages and five enterprises."""
    village(office, "东河村")
    village(office, "西山村")
    for n, name in enumerate(("东河化工厂", "东河精细化工公司", "西山木业", "西山面粉厂", "北坡加油站"), start=1):
        where = "东河村" if name.startswith("东") else "西山村" if name.startswith("西") else ""
        enterprise(office, n, name=name, village=where, worker_count=str(n * 10))
    window.open_page("enterprise")
    settle()
    shown = window.page("enterprise")
    assert isinstance(shown, LedgerPage)
    shown.table.setFocus()
    return shown


def choose(page: LedgerPage, *wanted: str, at: str = "name") -> None:
    names = column(page.table, "企业名称")
    page.table.select_ids([page.model.id_at(names.index(name)) for name in wanted])
    page.table.selectionModel().setCurrentIndex(
        page.model.index(names.index(wanted[0]), page.model.column_of(at)),
        page.table.selectionModel().SelectionFlag.NoUpdate,
    )


def by_name(page: LedgerPage, key: str) -> dict[str, str]:
    views = browse.page(page.office, "enterprise", list(page.model.ids))
    return {view.full["name"]: view.full[key] for view in views}


def take_back(page: LedgerPage, key: Qt.Key = Qt.Key.Key_Z) -> None:
    """Ctrl+Z in the list; without a window manager a closed dialog gives nobody the keys back."""
    page.window().activateWindow()
    QApplication.processEvents()
    page.table.setFocus()
    QTest.keyClick(page.table, key, CTRL)
    settle()


# -- taking back --------------------------------------------------------------------------------------------------


def test_ctrl_z_takes_back_the_last_acts_and_ctrl_y_does_them_again(window: MainWindow, page: LedgerPage) -> None:
    choose(page, "西山木业", "北坡加油站")
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    settle()
    assert page.table.row_count() == 3
    take_back(page)
    assert page.table.row_count() == 5
    assert "已撤销：2 家企业移到回收站" in window.status.done.text()
    take_back(page, Qt.Key.Key_Y)
    assert page.table.row_count() == 3
    for _ in range(3):
        take_back(page)
    assert page.table.row_count() == 3
    assert "北坡加油站" not in column(page.table, "企业名称")


def test_the_open_record_shows_what_was_taken_back(page: LedgerPage) -> None:
    page.open_row(page.model.id_at(0))
    settle()
    before = page.panel.form.values()["worker_count"]
    page.panel.form.put({"worker_count": "77"})
    page.panel.save()
    settle()
    page.table.setFocus()
    take_back(page)
    assert page.panel.form.values()["worker_count"] == before


def test_ctrl_z_in_a_field_takes_back_typing_and_no_record(page: LedgerPage) -> None:
    page.open_row(page.model.id_at(0))
    settle()
    edit = page.panel.form.rows["principal"].editor.widget
    edit.setFocus()
    QTest.keyClicks(edit, "x")
    QTest.keyClick(edit, Qt.Key.Key_Z, CTRL)
    settle()
    assert page.panel.form.values()["principal"] == page.panel.form.loaded_values()["principal"]
    assert page.table.row_count() == 5


def test_nothing_to_take_back_is_said(window: MainWindow, page: LedgerPage, office: Office) -> None:
    while office.acts.last_done is not None:
        office.acts.forget(office.acts.last_done)
    QTest.keyClick(page.table, Qt.Key.Key_Z, CTRL)
    assert window.status.done.text() == "最近操作：没有可以撤销的操作"


def test_a_refused_undo_is_said_and_changes_nothing(
    window: MainWindow, page: LedgerPage, office: Office, answers: Answers
) -> None:
    unit = page.model.id_at(0)
    saved = records.edit(office, "enterprise", unit, {"worker_count": "30"})
    records.edit(office, "enterprise", unit, {"worker_count": "31"})
    window.undo(saved.act)
    settle()
    assert "后来又改过" in answers.said[0]
    assert browse.row(office, "enterprise", unit).full["worker_count"] == "31"


# -- many rows at once --------------------------------------------------------------------------------------------


def test_a_batch_edit_says_how_many_and_is_taken_back(page: LedgerPage, qtbot: QtBot) -> None:
    choose(page, "东河化工厂", "西山木业", "北坡加油站")
    ask(page, page.table.selected_ids(), "village")
    dialog = over(BatchEditDialog)
    dialog.editor.set_text("西山村")
    qtbot.waitUntil(dialog.act_button.isEnabled)
    assert dialog.told.text() == "所属村将改成“西山村”：2 家。1 家已经是这样，不动。"
    assert dialog.act_button.text() == "修改 2 家(&M)"
    dialog.act_button.click()
    settle()
    assert [by_name(page, "village")[name] for name in ("东河化工厂", "西山木业", "北坡加油站")] == ["西山村"] * 3
    take_back(page)
    assert [by_name(page, "village")[name] for name in ("东河化工厂", "西山木业", "北坡加油站")] == [
        "东河村",
        "西山村",
        "",
    ]


def test_an_unfit_value_of_a_batch_is_said_before_anything_happens(page: LedgerPage, qtbot: QtBot) -> None:
    choose(page, "东河化工厂", "西山木业")
    ask(page, page.table.selected_ids(), "village", "没有这个村")
    dialog = over(BatchEditDialog)
    qtbot.waitUntil(lambda: "没有叫“没有这个村”的村居" in dialog.told.text())
    assert not dialog.act_button.isEnabled()
    dialog.reject()


def test_ctrl_d_fills_the_top_value_down_after_a_preview(page: LedgerPage, qtbot: QtBot) -> None:
    page.table.header.sort_asked.emit(page.model.column_of("worker_count"))
    settle()
    choose(page, "东河化工厂", "西山木业", at="village")
    QTest.keyClick(page.table, Qt.Key.Key_D, CTRL)
    dialog = over(BatchEditDialog)
    assert (dialog.key, dialog.editor.text()) == ("village", "东河村")
    qtbot.waitUntil(dialog.act_button.isEnabled)
    dialog.act_button.click()
    settle()
    assert by_name(page, "village")["西山木业"] == "东河村"


def test_ctrl_d_with_one_row_says_what_to_do(window: MainWindow, page: LedgerPage) -> None:
    choose(page, "东河化工厂")
    QTest.keyClick(page.table, Qt.Key.Key_D, CTRL)
    assert "请先选中几行" in window.status.done.text()


# -- blocks of cells ----------------------------------------------------------------------------------------------


def test_shift_and_arrows_mark_a_block_that_copies_without_headings(page: LedgerPage) -> None:
    page.table.restore_columns(forget=True)
    choose(page, "东河化工厂", "西山木业")
    QTest.keyClick(page.table, Qt.Key.Key_Right, SHIFT)
    assert page.table.selected_count() == 2
    QTest.keyClick(page.table, Qt.Key.Key_C, CTRL)
    second = page.table.visible_columns()[1]
    expected = [
        f"{name}\t{page.model.index(page.model.place_of(one), second).data() or ''}"
        for one in page.table.selected_ids()
        for name in [page.model.index(page.model.place_of(one), page.model.column_of("name")).data()]
    ]
    assert QApplication.clipboard().text().split("\n") == expected
    QTest.keyClick(page.table, Qt.Key.Key_C, CTRL | SHIFT)
    top = QApplication.clipboard().text().split("\n")[0]
    assert top == "\t".join(page.model.fields[n].label for n in page.table.visible_columns()[:2])
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert not page.table.span.is_on()


def test_dragging_sideways_marks_a_block(page: LedgerPage, qtbot: QtBot) -> None:
    page.table.restore_columns(forget=True)
    columns = page.table.visible_columns()
    first, last = (page.table.visualRect(page.model.index(row, columns[n])).center() for row, n in ((1, 0), (3, 2)))
    viewport = page.table.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, first)
    QTest.mouseMove(viewport, (first + last) / 2)
    QTest.mouseMove(viewport, last)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, last)
    assert page.table.selected_count() == 3
    assert page.table.span.columns() == columns[:3]
    assert "复制选中的格子(&C)\tCtrl+C" in [
        action.text() for action in row_menu(page, page.table, page.filters, lambda action: None).actions()
    ]
    page.grab()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(first))
    assert not page.table.span.is_on()


def test_many_rows_are_read_beside_the_window_and_masked(page: LedgerPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.table.selectAll()
    page.table.copy_rows(headings=True)
    at_once = QApplication.clipboard().text()
    monkeypatch.setattr(table_copy, "AT_ONCE", 2)
    QApplication.clipboard().clear()
    page.table.copy_rows(headings=True)
    settle()
    assert QApplication.clipboard().text() == at_once
    assert "139****" in at_once and "13900000001" not in at_once


# -- totals, views, keys ------------------------------------------------------------------------------------------


def test_a_column_of_numbers_is_totalled_over_the_chosen_rows(window: MainWindow, page: LedgerPage) -> None:
    choose(page, "东河化工厂", "西山木业", "北坡加油站", at="worker_count")
    page.table.selection_changed.emit()
    settle()
    assert window.status.counts.text() == "5 家　选中 3 家　从业人数合计 90"


def test_a_view_is_saved_found_again_and_gone(page: LedgerPage, qtbot: QtBot) -> None:
    page.filters.set_conditions([Condition("village", "=", "东河村")])
    page.table.header.sort_asked.emit(page.model.column_of("worker_count"))
    settle()
    menu = page.views.menu()
    menu.aboutToShow.emit()
    next(one for one in menu.actions() if one.text().startswith("把现在的筛选")).trigger()
    dialog = over(NameDialog)
    assert not dialog.act_button.isEnabled()
    dialog.name.setText("东河的")
    dialog.act_button.click()
    page.show_all()
    settle()
    assert page.table.row_count() == 5
    again = LedgerPage(page.frame, page.about)
    menu = again.views.menu()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    settle()
    assert column(again.table, "企业名称") == ["东河化工厂", "东河精细化工公司"]
    assert again.query().sort == (("worker_count", False),)
    menu.aboutToShow.emit()
    assert menu.actions()[0].isChecked()
    gone = next(one for one in menu.actions() if one.menu() is not None)
    gone.menu().actions()[0].trigger()
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions()] == ["把现在的筛选和排序存为视图…(&S)"]
    again.deleteLater()


@pytest.mark.parametrize(("label", "found"), [("只看未填的：所属村", ["北坡加油站"]), ("只看已填的：所属村", None)])
def test_a_header_filters_what_is_empty_and_what_is_not(page: LedgerPage, label: str, found: list[str] | None) -> None:
    from PySide6.QtWidgets import QPushButton

    popup = page.filters.ask("village", page.mapToGlobal(page.rect().topLeft()))
    next(one for one in popup.findChildren(QPushButton) if one.accessibleName() == label).click()
    settle()
    shown = column(page.table, "企业名称")
    assert shown == found if found else len(shown) == 4


def test_f3_goes_from_hit_to_hit_and_f6_from_part_to_part(page: LedgerPage) -> None:
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_F3)
    assert page.table.current_id() == page.model.id_at(1)
    QTest.keyClick(page.table, Qt.Key.Key_F3, SHIFT)
    QTest.keyClick(page.table, Qt.Key.Key_F3, SHIFT)
    assert page.table.current_id() == page.model.id_at(4)
    page.open_row(page.model.id_at(4))
    settle()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_F6)
    focused = QApplication.focusWidget()
    assert focused is not None and page.panel.form.isAncestorOf(focused)
    QTest.keyClick(focused, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page.search
    QTest.keyClick(page.search, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page.table


def test_a_slash_in_the_list_begins_a_search(page: LedgerPage) -> None:
    QTest.keyClicks(page.table, "/")
    assert QApplication.focusWidget() is page.search
    assert page.search.text() == ""


def test_two_dots_and_ctrl_d_repeat_the_record_above_without_its_phone(page: LedgerPage) -> None:
    choose(page, "西山木业")
    page.add()
    form = page.panel.form
    village_edit, principal = form.rows["village"].editor.widget, form.rows["principal"].editor.widget
    village_edit.setFocus()
    QTest.keyClicks(village_edit, "..")
    assert form.values()["village"] == "西山村"
    principal.setFocus()
    QTest.keyClick(principal, Qt.Key.Key_D, CTRL)
    assert form.values()["principal"] == by_name(page, "principal")["西山木业"]
    phone = form.rows["principal_phone"].editor.widget
    phone.setFocus()
    QTest.keyClick(phone, Qt.Key.Key_D, CTRL)
    assert form.values()["principal_phone"] == ""


def test_two_slashes_repeat_the_first_record_of_the_list(page: LedgerPage) -> None:
    page.table.header.sort_asked.emit(page.model.column_of("worker_count"))
    settle()
    choose(page, "西山木业")
    page.add()
    form = page.panel.form
    edit = form.rows["village"].editor.widget
    edit.setFocus()
    QTest.keyClicks(edit, "//")
    assert form.values()["village"] == "东河村"
    phone = form.rows["principal_phone"].editor.widget
    phone.setFocus()
    QTest.keyClicks(phone, "//")
    assert form.values()["principal_phone"] == "//"


def test_two_dots_in_an_open_record_repeat_the_row_above_it(page: LedgerPage) -> None:
    page.table.header.sort_asked.emit(page.model.column_of("worker_count"))
    settle()
    names = column(page.table, "企业名称")
    page.open_row(page.model.id_at(names.index("西山木业")))
    settle()
    edit = page.panel.form.rows["village"].editor.widget
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "..")
    assert page.panel.form.values()["village"] == "东河村"


def test_a_choice_is_narrowed_by_pinyin_while_typing(page: LedgerPage, qtbot: QtBot) -> None:
    page.add()
    combo = page.panel.form.rows["status"].editor.widget
    combo.setFocus()
    combo.lineEdit().clear()
    QTest.keyClicks(combo.lineEdit(), "tc")
    popup = combo.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert combo.completer().model().index(0, 0).data() == "停产"
    popup.hide()
