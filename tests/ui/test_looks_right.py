"""Small promises of every page: words beside every picture, the key in the tip, long names cut with a tip, days the Chinese way."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from support.offices import enterprise, enterprises, village
from support.windows import settle

from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.office import Office
from ui.main_window import MainWindow
from ui.navigation import PageHead
from ui.page_list import listed_pages
from ui.pages.ledger_page import LedgerPage

ROOT = Path(__file__).resolve().parents[2]
KEYED = {"新增": "Ctrl+N", "导出Excel": "Ctrl+E"}
LONG = "示例镇东河村第一农业机械制造维修与粉尘涉爆设备改造安装服务专业合作社联合社有限责任公司东河分公司第二车间"


def test_every_button_over_a_page_has_words_and_tells_its_key(window: MainWindow, office: Office) -> None:
    enterprises(office, 2)
    for page in listed_pages():
        window.open_page(page.key)
        settle()
        shown = window.page(page.key)
        heads = shown.findChildren(PageHead)
        assert heads, page.key
        for button in shown.findChildren(QAbstractButton):
            if not button.isVisible() or isinstance(button.parent(), QLineEdit):
                continue
            inside_head = any(head.isAncestorOf(button) for head in heads)
            if inside_head:
                assert button.text().strip(), (page.key, button.accessibleName())
            bare = re.sub(r"\(&\w\)", "", button.text()).rstrip("…")
            for words, key in KEYED.items():
                if bare.startswith(words) and isinstance(shown, LedgerPage) and button.toolTip():
                    assert key in button.toolTip(), (page.key, bare, button.toolTip())


def test_a_name_of_sixty_characters_is_cut_with_a_tip_and_rows_stay_as_high(window: MainWindow, office: Office) -> None:
    village(office, "东河村")
    enterprise(office, 1, name="示例短厂")
    long = enterprise(office, 2, name=LONG, village="东河村")
    window.open_page("enterprise")
    settle()
    page = window.page("enterprise")
    assert isinstance(page, LedgerPage)
    column = page.model.column_of("name")
    index = page.model.index(page.model.place_of(long), column)
    assert page.table.textElideMode() is Qt.TextElideMode.ElideRight
    assert page.table.fontMetrics().horizontalAdvance(LONG) > page.table.columnWidth(column)
    assert LONG in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert {page.table.rowHeight(row) for row in range(2)} == {page.table.verticalHeader().defaultSectionSize()}
    page.open_row(long)
    settle()
    assert page.panel.title.toolTip().startswith(LONG)
    assert page.panel.title.sizeHint().width() <= page.panel.width()


def test_days_and_hours_are_written_the_chinese_way(qapp: QApplication) -> None:
    assert QLocale().language() is QLocale.Language.Chinese
    assert QLocale().firstDayOfWeek() is Qt.DayOfWeek.Monday
    said = []
    for file in [*ROOT.glob("ui/**/*.py"), *ROOT.glob("anjian_desktop/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"%[IpbBaA]\b", node.value):
                said.append((file.name, node.value))
    assert said == []


@pytest.mark.parametrize("column", range(1, 6))
def test_a_figure_of_the_home_page_opens_a_list_of_that_many(window: MainWindow, office: Office, column: int) -> None:
    from ui.pages.agreements_page import AgreementsPage
    from ui.pages.home_page import HomePage

    enterprises(office, 3)
    draft(office, DraftRequest(2026, "enterprise"))
    window.open_page("home")
    window.load_figures()
    settle()
    home = window.page("home")
    assert isinstance(home, HomePage)
    label = ("应签", "已起草", "已打印", "已签", "已归档")[column - 1]
    figure = next(
        one
        for one in home.findChildren(QAbstractButton)
        if re.fullmatch(rf"企业安全生产责任书 {label} [\d,]+", one.accessibleName())
    )
    count = int(figure.text().replace(",", ""))
    figure.click()
    settle()
    page = window.current_page()
    assert isinstance(page, AgreementsPage)
    assert page.table.row_count() == count
