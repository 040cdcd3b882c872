"""下载空白表 from a ledger's page: empty and full."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog, QToolButton
from support.windows import Answers, settle

from ui.dialogs.blank_sheet import save_blank_sheet
from ui.main_window import MainWindow
from ui.messages import Toast
from ui.pages.ledger_page import LedgerPage


@pytest.fixture
def page(window: MainWindow) -> LedgerPage:
    window.open_page("village")
    settle()
    found = window.page("village")
    assert isinstance(found, LedgerPage)
    return found


def test_an_empty_page_offers_the_sheet(
    page: LedgerPage, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "发给各村.xlsx"
    offered: list[str] = []

    def chosen(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(file.with_suffix("")), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    next(button for button in page.empty.buttons if button.accessibleName().startswith("下载空白表")).click()
    settle()
    assert offered == ["村居名册（空白表）.xlsx"]
    assert load_workbook(file).worksheets[0].cell(1, 1).value == "村名（必填）"
    assert any("发给各村.xlsx" in toast.text.text() for toast in window.findChildren(Toast))


def test_the_menu_offers_it_too_and_thinking_better_of_it_writes_nothing(
    page: LedgerPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    more = next(one for one in page.findChildren(QToolButton) if one.accessibleName() == "更多")
    entries = [action.text().partition("(&")[0] for action in more.menu().actions()]
    assert "下载空白表…" in entries
    more.menu().actions()[entries.index("下载空白表…")].trigger()
    settle()
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_long_ledger_asks_for_the_usual_columns_or_all(
    window: MainWindow, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = iter((tmp_path / "常用.xlsx", tmp_path / "全部.xlsx"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(next(files)), ""))
    answers.given = ["usual", "every", "none"]
    for _ in range(3):
        save_blank_sheet(window, window.office, "enterprise")
        settle()
    wide = {
        file.stem: [cell.value for cell in load_workbook(file).worksheets[0][1]] for file in tmp_path.glob("*.xlsx")
    }
    assert set(wide) == {"常用", "全部"}
    assert len(wide["常用"]) < 25 < len(wide["全部"])
    assert set(wide["常用"]) < set(wide["全部"]) and "安全管理员" in wide["常用"]
