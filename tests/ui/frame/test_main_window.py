"""The frame: navigation, search over everything, status bar, opening, closing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTableView
from pytestqt.qtbot import QtBot
from support.offices import NEW_YEAR, enterprise, village
from support.windows import Answers, settle

from anjian_desktop.services.office import Office, open_office
from anjian_desktop.services.progress import Step
from ui import tasks
from ui.main_window import MainWindow
from ui.memory import WindowMemory
from ui.messages import Toast
from ui.opening import FirstStartPage
from ui.page_list import listed_pages
from ui.pages.ledger_page import LedgerPage
from ui.recovery_page import TroublePage


def test_the_title_says_office_and_year(window: MainWindow) -> None:
    assert window.windowTitle() == "安监桌面 · 示例镇安监办 · 2026年度"


def test_pages_are_reached_by_ctrl_and_a_figure(window: MainWindow) -> None:
    listed = [one.key for one in listed_pages()][:9]
    keys = []
    for n in range(len(listed)):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + n), Qt.KeyboardModifier.ControlModifier)
        page = window.current_page()
        assert page is not None
        keys.append(page.nav_key)
        settle()
    assert keys == listed
    assert keys[:5] == ["home", "agreement", "enterprise", "village", "department"]


def test_search_finds_in_every_ledger_and_opens_the_row(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    village(office, "东河村")
    wanted = enterprise(office, 1, name="东河化工厂", village="东河村")
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is window.top_bar.search
    QTest.keyClicks(window.top_bar.search, "dh")
    qtbot.waitUntil(lambda: {hit.title for hit in window.top_bar.search.hits()} == {"东河村", "东河化工厂"})
    QTest.keyClicks(window.top_bar.search, "hgc")
    qtbot.waitUntil(lambda: [hit.title for hit in window.top_bar.search.hits()] == ["东河化工厂"])
    QTest.keyClick(window.top_bar.search, Qt.Key.Key_Return)
    settle()
    page = window.current_page()
    assert isinstance(page, LedgerPage)
    assert page.nav_key == "enterprise"
    assert page.panel.row_id == wanted
    assert not window.top_bar.search.hits()


def test_a_search_without_hits_says_so(window: MainWindow, qtbot: QtBot) -> None:
    search = window.top_bar.search
    search.setFocus()
    search.setText("没有这样的")
    qtbot.waitUntil(lambda: search._popup is not None and search._popup.isVisible())
    assert search._popup is not None
    assert search._popup.foot.text().startswith("没有找到“没有这样的”")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert not search._popup.isVisible()


def test_backup_is_made_verified_and_shown(window: MainWindow, office: Office) -> None:
    assert "还没有备份" in window.top_bar.backup.text()
    window.top_bar.backup.click()
    settle()
    assert list((office.folder / "backups").iterdir())
    assert window.top_bar.backup.text().startswith("● 备份")
    assert any("重新打开核对" in toast.text.text() for toast in window.findChildren(Toast))


def test_the_number_waiting_stands_in_the_navigation(window: MainWindow, office: Office) -> None:
    enterprise(office, 1)
    from anjian_desktop.services.agreements import DraftRequest, draft

    draft(office, DraftRequest(year=2026, kind="enterprise"))
    window.load_figures()
    settle()
    assert window.navigation._counts["agreement"].text() == "1"


def test_a_folder_without_store_asks_the_office_and_makes_it(qtbot: QtBot, tmp_path: Path) -> None:
    made = MainWindow(tmp_path / "新", WindowMemory(), today=NEW_YEAR)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: isinstance(made.pages.currentWidget(), FirstStartPage))
    page = made.pages.currentWidget()
    assert isinstance(page, FirstStartPage)
    page.start_button.click()
    assert not page.problem.isHidden()
    page.name.setText("示例镇安监办")
    page.prefix.setText("示安责")
    page.start_button.click()
    qtbot.waitUntil(lambda: made.current_page() is not None)
    settle()
    assert made.windowTitle().startswith("安监桌面 · 示例镇安监办")
    made.close()
    with open_office(tmp_path / "新") as office:
        assert office.profile.office == "示例镇安监办"


def test_a_refused_name_leaves_the_first_page_standing(qtbot: QtBot, tmp_path: Path, answers: Answers) -> None:
    made = MainWindow(tmp_path / "新", WindowMemory(), today=NEW_YEAR)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: isinstance(made.pages.currentWidget(), FirstStartPage))
    page = made.pages.currentWidget()
    assert isinstance(page, FirstStartPage)
    page.name.setText("示例镇安监办")
    page.prefix.setText("（（")
    page.start_button.click()
    settle()
    assert "编号代字" in answers.said[0]
    assert made.pages.currentWidget() is page
    made.close()


def test_a_store_that_cannot_be_opened_is_said_and_kept(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "坏"
    folder.mkdir()
    (folder / "anjian.db").write_bytes(b"not a store" * 500)
    made = MainWindow(folder, WindowMemory(), today=NEW_YEAR)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: isinstance(made.pages.currentWidget(), TroublePage))
    page = made.pages.currentWidget()
    assert isinstance(page, TroublePage)
    assert page.text.text()
    assert (folder / "anjian.db").read_bytes().startswith(b"not a store")
    page.again_button.click()
    qtbot.waitUntil(lambda: isinstance(made.pages.currentWidget(), TroublePage))
    settle()
    made.close()


def test_a_second_window_on_the_same_store_is_refused_in_words(window: MainWindow, qtbot: QtBot) -> None:
    second = MainWindow(window.folder, WindowMemory(), today=NEW_YEAR)
    qtbot.addWidget(second)
    second.show()
    qtbot.waitUntil(lambda: isinstance(second.pages.currentWidget(), TroublePage))
    settle()
    second.close()


def test_closing_with_work_under_way_asks(window: MainWindow, answers: Answers) -> None:
    go = threading.Event()

    def work(step: Step) -> int:
        go.wait(10)
        step(1, 2, "第二份")
        return 1

    told: list[int] = []
    tasks.run_task(window, "打印责任书", work, told.append, lambda error: None)
    answers.given = ["wait"]
    assert not window.close()
    assert window.isVisible()
    assert answers.asked == ["“打印责任书”还没有做完。"]
    answers.given = ["stop"]
    go.set()
    assert window.close()
    assert told == []


def test_size_and_place_are_found_again(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1000, 650)
    memory = window.memory
    window.close()
    again = MainWindow(window.folder, memory)
    qtbot.addWidget(again)
    assert again.height() == 650


def test_it_fits_a_small_screen(window: MainWindow) -> None:
    for key in ("home", "agreement", "enterprise", "village", "department", "template", "office"):
        window.open_page(key)
        settle()
        assert window.minimumSizeHint().width() <= 1366, key
        assert window.minimumSizeHint().height() <= 768 - 40, key


@pytest.mark.parametrize("key", ["home", "enterprise", "village", "department", "template", "office"])
def test_everything_that_can_be_used_has_a_name_in_chinese(window: MainWindow, key: str) -> None:
    window.open_page(key)
    settle()
    for widget in (
        window.findChildren(QAbstractButton) + window.findChildren(QLineEdit) + window.findChildren(QTableView)
    ):
        if isinstance(widget.parent(), QComboBox) or not widget.isVisible() or not widget.isEnabled():
            continue
        if widget.objectName().startswith("qt_") or isinstance(widget.parent(), (QTableView, QLineEdit)):
            continue
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert name, widget
        assert "(&" not in widget.accessibleName(), widget


def test_larger_letters_make_larger_rows(window: MainWindow) -> None:
    window.open_page("village")
    page = window.page("village")
    assert isinstance(page, LedgerPage)
    table = page.table
    before = table.verticalHeader().defaultSectionSize()
    column = table.first_column()
    table.setColumnWidth(column, 150)
    try:
        window.top_bar.size_chosen.emit("large")
        QApplication.processEvents()
        assert table.verticalHeader().defaultSectionSize() > before
        # The clerk's own width shows as many characters as before, here and at the next start.
        wide = table.columnWidth(column)
        assert 160 < wide < 190
        table.hide_column(table.visible_columns()[-1])
        again = LedgerPage(page.frame, page.about)
        assert abs(again.table.columnWidth(column) - wide) <= 1
        again.deleteLater()
    finally:
        window.top_bar.size_chosen.emit("standard")
    QApplication.processEvents()
    assert abs(table.columnWidth(column) - 150) <= 2
