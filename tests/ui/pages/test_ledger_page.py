"""The page of a ledger, used as a clerk uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from support.drawn import column
from support.offices import enterprise, village
from support.windows import Answers, settle

from anjian_desktop.services import records
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.office import Office
from ui.main_window import MainWindow
from ui.messages import Toast
from ui.pages.ledger_page import LedgerPage


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
    return shown


def names(page: LedgerPage) -> list[str]:
    return column(page.table, "企业名称")


def choose(page: LedgerPage, *wanted: str) -> None:
    all_names = names(page)
    page.table.select_ids([page.model.id_at(all_names.index(name)) for name in wanted])
    page.table.selectionModel().setCurrentIndex(
        page.model.index(all_names.index(wanted[0]), 0), page.table.selectionModel().SelectionFlag.NoUpdate
    )


def test_every_ledger_with_a_place_in_the_menu_has_its_page(window: MainWindow) -> None:
    assert [window.page(key).title for key in ("enterprise", "village", "department")] == ["企业", "村居", "部门"]


def test_typing_words_narrows_the_list(page: LedgerPage, qtbot: QtBot) -> None:
    page.search.setFocus()
    page.search.setText("东河")
    qtbot.waitUntil(lambda: page.table.row_count() == 2)
    page.search.setText("东河 精细")
    qtbot.waitUntil(lambda: names(page) == ["东河精细化工公司"])
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.table.row_count() == 5)


def test_pinyin_initials_find_a_unit(page: LedgerPage, qtbot: QtBot) -> None:
    page.search.setText("bpjyz")
    qtbot.waitUntil(lambda: names(page) == ["北坡加油站"])


def test_a_letter_typed_in_the_list_goes_to_its_search(page: LedgerPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    qtbot.keyClicks(page.table, "x")
    assert page.search.text() == "x"


def test_a_heading_sorts_and_sorts_back(page: LedgerPage) -> None:
    section = page.model.column_of("worker_count")
    page.table.header.sort_asked.emit(section)
    settle()
    assert column(page.table, "从业人数") == ["10", "20", "30", "40", "50"]
    page.table.header.sort_asked.emit(section)
    settle()
    assert column(page.table, "从业人数") == ["50", "40", "30", "20", "10"]


def test_ticked_values_of_a_column_narrow_the_list_and_stand_on_a_chip(page: LedgerPage, qtbot: QtBot) -> None:
    popup = page.filters.ask("village", page.mapToGlobal(page.rect().topLeft()))
    qtbot.waitUntil(lambda: popup.values.count() == 3)
    texts = [popup.values.item(n).text() for n in range(3)]
    assert sorted(texts) == ["东河村　2", "西山村　2", "（未填）　1"]
    for n in range(3):
        if texts[n].startswith("东河村") or texts[n].startswith("（未填）"):
            popup.values.item(n).setCheckState(Qt.CheckState.Checked)
    popup.apply()
    settle()
    assert set(names(page)) == {"东河化工厂", "东河精细化工公司", "北坡加油站"}
    assert page.filters.chip_texts() == ["所属村：东河村、未填"]


def test_a_span_of_numbers_narrows_the_list(page: LedgerPage) -> None:
    popup = page.filters.ask("worker_count", page.mapToGlobal(page.rect().topLeft()))
    popup.low.setText("20")
    popup.high.setText("30")
    popup.apply()
    settle()
    assert set(names(page)) == {"东河精细化工公司", "西山木业"}
    assert page.filters.chip_texts() == ["从业人数 ≥ 20 ≤ 30"]


def test_a_query_from_elsewhere_opens_the_page_narrowed(window: MainWindow, page: LedgerPage) -> None:
    window.open_page("home")
    window.open_ledger(Query("enterprise", where=(Condition("village", "=", ""),)))
    settle()
    assert window.current_page() is page
    assert names(page) == ["北坡加油站"]
    assert page.filters.chip_texts() == ["所属村 未填"]


def test_counts_stand_in_the_status_bar(window: MainWindow, page: LedgerPage) -> None:
    choose(page, "西山木业", "北坡加油站")
    assert window.status.counts.text() == "5 家　选中 2 家"


def test_a_list_keeps_its_place_after_a_save(page: LedgerPage, office: Office) -> None:
    choose(page, "西山木业", "西山面粉厂")
    chosen = page.table.selected_ids()
    change = enterprise(office, 9, name="安静饭店")
    page.refresh()
    settle()
    assert change in page.model.ids
    assert page.table.selected_ids() == [one for one in page.model.ids if one in chosen]
    assert page.table.current_id() in chosen


def test_chosen_rows_copy_as_tab_text_with_phones_masked(page: LedgerPage) -> None:
    page.table.restore_columns()
    choose(page, "西山木业", "北坡加油站")
    page.table.copy_rows()
    lines = QApplication.clipboard().text().split("\n")
    shown = [
        [page.model.index(page.model.place_of(one), n).data() or "" for n in page.table.visible_columns()]
        for one in page.table.selected_ids()
    ]
    assert [line.split("\t") for line in lines] == shown
    assert any("139****" in cell for cell in lines[1].split("\t"))
    assert "13900000003" not in QApplication.clipboard().text()


def test_del_moves_to_the_recycle_bin_and_undo_brings_back(window: MainWindow, page: LedgerPage, qtbot: QtBot) -> None:
    choose(page, "西山木业", "北坡加油站")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.table.row_count() == 3)
    toast = next(one for one in window.findChildren(Toast) if one.isVisible())
    assert toast.text.text() == "已把 2 家企业移到回收站"
    toast.undo_button.click()
    qtbot.waitUntil(lambda: page.table.row_count() == 5)


def test_a_refused_removal_is_said_and_nothing_goes(
    window: MainWindow, page: LedgerPage, answers: Answers, qtbot: QtBot
) -> None:
    window.open_page("village")
    settle()
    villages = window.page("village")
    assert isinstance(villages, LedgerPage)
    villages.table.selectAll()
    villages.table.setFocus()
    qtbot.keyClick(villages.table, Qt.Key.Key_Delete)
    settle()
    assert villages.table.row_count() == 2
    assert "里还有企业" in answers.said[0]


def test_the_row_menu_says_how_many(page: LedgerPage) -> None:
    from ui.pages.ledger_menus import row_menu

    choose(page, "西山木业", "北坡加油站")
    menu = row_menu(page, page.table, page.filters, lambda action: None)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert "移到回收站 2 家(&D)\tDel" in texts
    assert not menu.actions()[0].isEnabled()


def test_hidden_columns_widths_and_sort_are_remembered(window: MainWindow, page: LedgerPage) -> None:
    place = page.model.column_of("area")
    page.table.hide_column(place)
    page.table.header.moveSection(page.table.header.visualIndex(page.model.column_of("principal")), 0)
    page.table.setColumnWidth(page.model.column_of("name"), 222)
    page.table._keep_columns()
    page.table.header.sort_asked.emit(page.model.column_of("worker_count"))
    settle()
    again = LedgerPage(window, page.about)
    assert again.table.isColumnHidden(place)
    assert again.shown_keys()[0] == "principal"
    assert again.table.columnWidth(again.model.column_of("name")) == 222
    assert again.query().sort == (("worker_count", False),)
    again.deleteLater()


def test_the_list_is_exported_as_it_stands(
    window: MainWindow, page: LedgerPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from openpyxl import load_workbook

    file = tmp_path / "名册.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.search.setText("西山")
    qtbot.waitUntil(lambda: page.table.row_count() == 2)
    qtbot.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    settle()
    sheet = load_workbook(file).active
    written = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "西山木业" in written
    assert "东河化工厂" not in written
    assert "导出 2 家企业" in window.status.done.text()


def test_an_empty_ledger_says_what_to_do_first(window: MainWindow) -> None:
    window.open_page("department")
    settle()
    page = window.page("department")
    assert isinstance(page, LedgerPage)
    assert page.stack.currentWidget() is page.empty
    assert [button.text() for button in page.empty.buttons] == ["导入Excel名册", "新增部门", "下载空白表…"]


def test_nothing_found_offers_all_again(page: LedgerPage, qtbot: QtBot) -> None:
    page.search.setText("没有这样的")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.nothing)
    page.nothing.buttons[0].click()
    qtbot.waitUntil(lambda: page.table.row_count() == 5)
    assert page.stack.currentWidget() is page.table


def test_a_vanished_row_is_greyed_and_no_error(page: LedgerPage, office: Office) -> None:
    page.model.show([*page.model.ids, 999_999])
    assert page.model.index(5, 0).data() == "（已不在）"


def test_a_hundred_thousand_chosen_rows_cost_nothing(page: LedgerPage) -> None:
    page.model.show(range(1, 100_001))
    page.table.selectAll()
    assert page.table.selected_count() == 100_000
    assert page.table.selected_ids()[:2] == [1, 2]


def test_retired_rows_do_not_come_back_by_themselves(page: LedgerPage, office: Office) -> None:
    records.retire(office, "enterprise", [page.model.id_at(0)])
    page.refresh()
    settle()
    assert page.table.row_count() == 4


def test_the_first_column_stays_in_sight(page: LedgerPage, qtbot: QtBot) -> None:
    page.window().resize(960, 600)
    QApplication.processEvents()
    frozen = page.table.frozen
    assert not frozen.isVisible()
    page.table.horizontalScrollBar().setValue(300)
    assert frozen.isVisible()
    assert column(frozen, "企业名称") == names(page)
    assert frozen.width() == page.table.columnWidth(page.model.column_of("name"))
    place = frozen.visualRect(page.model.index(2, page.model.column_of("name"))).center()
    qtbot.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.table.selected_ids() == [page.model.id_at(2)]
    page.table.header.sort_asked.emit(page.model.column_of("worker_count"))
    settle()
    assert frozen.header.sorted_by == (page.model.column_of("worker_count"), False)
    page.table.horizontalScrollBar().setValue(0)
    assert not frozen.isVisible()
