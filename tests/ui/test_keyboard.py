"""Everything is reached by keys, in the order the eye goes, and one sees where one is."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPushButton, QToolButton, QWidget
from support import layout
from support.offices import enterprise, village
from support.windows import settle

from anjian_desktop.services.office import Office
from ui.main_window import MainWindow
from ui.page_list import listed_pages
from ui.pages.ledger_menus import row_menu
from ui.pages.ledger_page import LedgerPage
from ui.widgets.ledger_table import LedgerTable

WITHOUT_A_LIST = {"home", "network", "duplicates", "recycle_bin", "office", "training_status", "certificate_expiry"}
PAGES = [one.key for one in listed_pages()]


@pytest.fixture
def filled(window: MainWindow, office: Office) -> MainWindow:
    village(office, "东河村")
    for n in range(1, 4):
        enterprise(office, n, village="东河村")
    return window


def opened(window: MainWindow, key: str) -> QWidget:
    window.open_page(key)
    settle()
    return window.page(key)


@pytest.mark.parametrize("key", PAGES)
def test_tab_goes_the_way_the_eye_goes(filled: MainWindow, key: str) -> None:
    page = opened(filled, key)
    if isinstance(page, LedgerPage):
        page.add()
        settle()
    assert layout.out_of_order(filled) == []


@pytest.mark.parametrize("key", PAGES)
def test_tab_visits_everything_and_comes_round(filled: MainWindow, key: str) -> None:
    page = opened(filled, key)
    if isinstance(page, LedgerPage):
        page.add()
        settle()
    chain = layout.tab_chain(filled)
    first = chain[0]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[QWidget] = []
    for _ in range(len(chain) + 30):
        at = QApplication.focusWidget()
        assert at is not None
        if visited and at is visited[0]:
            break
        visited.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    else:
        pytest.fail(f"Tab never came round: {visited[-3:]}")
    missed = [each for each in chain if each not in visited and not _inside(each, visited)]
    assert [layout._called(each) for each in missed] == []


def _inside(widget: QWidget, visited: list[QWidget]) -> bool:
    """Of an exclusive group (the navigation) Tab visits the one that is on; arrows go to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and any(isinstance(one, QAbstractButton) and one.group() is group for one in visited)


def difference(one: QImage, other: QImage) -> int:
    """How many pixels differ."""
    return sum(one.pixel(x, y) != other.pixel(x, y) for y in range(one.height()) for x in range(one.width()))


@pytest.mark.parametrize("key", ["enterprise", "agreement", "office"])
def test_one_sees_where_the_keys_go(filled: MainWindow, key: str) -> None:
    page = opened(filled, key)
    if isinstance(page, LedgerPage):
        page.open_row(page.model.id_at(0))
        settle()
    # At least two pixels all round would be the goal; a line under the words or beside them is the least.
    for each in layout.tab_chain(filled):
        if each.width() * each.height() > 120_000 and not isinstance(each, LedgerTable):
            continue
        filled.setFocus()
        QApplication.processEvents()
        without = each.grab().toImage()
        each.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        changed = difference(without, each.grab().toImage()) if each.width() < 700 else 999
        assert changed >= min(each.width(), 60), layout._called(each)


def test_menus_have_letters_and_each_once(filled: MainWindow) -> None:
    page = opened(filled, "enterprise")
    assert isinstance(page, LedgerPage)
    page.table.selectRow(0)
    for menu in (row_menu(page, page.table, page.filters, lambda action: None), filled.top_bar.user.menu()):
        letters = [
            action.text().split("(&")[1][0]
            for action in menu.actions()
            if not action.isSeparator() and "(&" in action.text()
        ]
        bare = [action.text() for action in menu.actions() if action.text() and "(&" not in action.text()]
        assert len(set(letters)) == len(letters), letters
        assert bare == []


@pytest.mark.parametrize("key", [one.key for one in listed_pages() if one.key not in WITHOUT_A_LIST])
def test_no_menu_of_any_ledger_gives_a_letter_twice(filled: MainWindow, key: str) -> None:
    page = opened(filled, key)
    if not isinstance(page, LedgerPage):
        return
    menus = [row_menu(page, page.table, page.filters, lambda action: None)]
    menus += [one.menu() for one in page.findChildren(QToolButton) if one.menu() is not None]
    for menu in menus:
        menu.aboutToShow.emit()
        letters = re.findall(r"\(&(\w)\)", "".join(action.text() for action in menu.actions()))
        assert len(set(letters)) == len(letters), [action.text() for action in menu.actions()]


def test_buttons_that_share_a_page_never_share_a_letter(filled: MainWindow) -> None:
    for key in PAGES:
        page = opened(filled, key)
        if isinstance(page, LedgerPage):
            page.open_row(page.model.id_at(0)) if page.model.ids else page.add()
            settle()
        assert layout.doubled_keys(filled) == [], key


def test_every_field_and_button_of_a_form_can_be_told_by_its_name(filled: MainWindow) -> None:
    page = opened(filled, "enterprise")
    assert isinstance(page, LedgerPage)
    page.add()
    settle()
    for each in page.panel.findChildren(QLineEdit) + page.panel.findChildren(QPushButton):
        if not isinstance(each.parent(), QComboBox):
            assert each.accessibleName(), each
