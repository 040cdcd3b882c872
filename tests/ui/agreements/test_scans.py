"""归档扫描件 in the window: the pile is filed, what lacks or was not recognised is said and placed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from support.dialogs import over
from support.scanned import DOTS, scanned
from support.windows import Answers, settle

from anjian_desktop.services import browse
from anjian_desktop.services.browse import Query
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.result_dialog import ResultDialog
from ui.dialogs.waiting_scans_dialog import WaitingScansDialog
from ui.main_window import MainWindow
from ui.pages.agreements_page import AgreementsPage


@pytest.fixture
def pile(page: AgreementsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An enterprise's agreement whole, another without its last page, and that page with its code cut off."""
    ids = browse.ids(page.office, Query("agreement"))
    paper = print_agreements(
        page.office, PrintRequest(2026, tmp_path / "again", ids=tuple(ids), merge=True, copies=1)
    ).files
    enterprises = next(file for file in paper if "企业" in file.name or len(paper) == 1)
    torn = scanned(enterprises, [7], tmp_path / "缺角.png")
    with Image.open(torn) as image:
        image.crop((0, 200, image.width, image.height - 260)).save(torn, dpi=(DOTS, DOTS))
    names = [str(scanned(enterprises, [*range(7), None], tmp_path / "签回.pdf")), str(torn)]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    return names


def test_a_pile_is_filed_and_the_page_without_a_code_is_placed_by_its_picture(
    page: AgreementsPage, window: MainWindow, pile: list[str], qtbot: QtBot
) -> None:
    page.head.buttons["file"].click()
    settle()
    result = over(ResultDialog)
    said = " ".join(label.text() for label in result.sentences)
    assert "读了 9 页：归档 7 页，页数齐的 1 份" in said
    assert "空白 1 页" in said
    assert "认不出的 1 页" in said
    assert [row.verdict for row in result.model.rows] == ["已归档", "还缺页"]
    result.buttons["处理认不出的 1 页…"].click()
    settle()
    waiting = over(WaitingScansDialog)
    assert [one.file for one in waiting.model.rows] == ["缺角.png"]
    assert waiting.panel.view.page_count == 1
    waiting.place_button.click()
    assert "请写责任书编号" in waiting.problem.text()
    lacking = result.model.rows[1].name
    waiting.name.setText(lacking)
    waiting.page.setValue(2)
    qtbot.keyClick(waiting.name, Qt.Key.Key_Return)
    settle()
    assert "已经归档过" in waiting.problem.text()
    waiting.page.setValue(4)
    qtbot.keyClick(waiting.name, Qt.Key.Key_Return)
    settle()
    assert page.figures.figures["archived"].number.text() == "2"
    assert window.findChildren(WaitingScansDialog) == [] or not waiting.isVisible()


def test_an_archived_scan_is_shown_and_without_waiting_pages_that_is_said(
    page: AgreementsPage, pile: list[str], answers: Answers
) -> None:
    page.start("waiting_scans")
    settle()
    assert "没有等着归档的扫描页" in answers.said[0]
    page.start("file")
    settle()
    over(ResultDialog).accept()
    archived = next(
        view.id for view in browse.page(page.office, "agreement", browse.ids(page.office, Query("agreement")))
        if view.values["state"] == "archived"
    )  # fmt: skip
    page.open_row(archived)
    settle()
    over(PreviewDialog).buttons["看扫描件"].click()
    settle()
    assert over(PreviewDialog).panel.view.page_count == 4
