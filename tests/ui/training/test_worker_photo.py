"""The row action 照片 on the page of workers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog, QLabel
from support.training import E7, MACHINES
from support.windows import Answers, settle

from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services import records, workers
from anjian_desktop.services.office import Office
from ui.dialogs.list_print_dialog import ListPrintDialog
from ui.main_window import MainWindow
from ui.pages.actions.listed import row_actions
from ui.pages.actions.worker_photo import PHOTO
from ui.pages.ledger_page import LedgerPage
from ui.pages.worker_panel import WorkerPanel


@pytest.fixture
def person(office: Office) -> int:
    records.add(office, "enterprise", {"name": MACHINES})
    return records.add(office, "worker", {"name": "甲示例", "identity_number": E7, "enterprise": MACHINES}).id


def chosen(monkeypatch: pytest.MonkeyPatch, file: Path | None) -> None:
    answer = (str(file) if file else "", "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: answer))


def test_a_chosen_file_becomes_the_persons_photo(
    person: int, office: Office, window: MainWindow, monkeypatch: pytest.MonkeyPatch, answers: Answers, tmp_path: Path
) -> None:
    assert PHOTO in row_actions(Worker.about)
    page = window.page("worker")
    assert isinstance(page, LedgerPage)
    Image.new("RGB", (300, 500), "grey").save(tmp_path / "a.png")
    chosen(monkeypatch, tmp_path / "a.png")
    PHOTO.run(page, [person])
    settle()
    assert workers.photo(office, person) is not None
    assert any("照片已存入" in label.text() for label in window.findChildren(QLabel))
    assert not answers.said


def test_no_choice_and_no_picture_leave_the_person_without(
    person: int, office: Office, window: MainWindow, monkeypatch: pytest.MonkeyPatch, answers: Answers, tmp_path: Path
) -> None:
    page = window.page("worker")
    assert isinstance(page, LedgerPage)
    chosen(monkeypatch, None)
    PHOTO.run(page, [person])
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    chosen(monkeypatch, tmp_path / "a.jpg")
    PHOTO.run(page, [person])
    settle()
    assert workers.photo(office, person) is None and "不是能用的照片" in answers.said[-1]


def test_the_panel_beside_the_record_shows_posts_and_photo_and_prints_the_file(
    person: int, office: Office, window: MainWindow, tmp_path: Path
) -> None:
    records.add(office, "enterprise", {"name": "示例纺织有限公司"})
    records.edit(office, "worker", person, {"enterprise": "示例纺织有限公司", "hired_on": "2026-01-02"})
    window.open_row("worker", person)
    settle()
    page = window.page("worker")
    assert isinstance(page, LedgerPage)
    panel = page.panel
    assert panel.tabs.isTabVisible(2) and panel.tabs.tabText(2) == "岗位和照片"
    panel.tabs.setCurrentIndex(2)
    settle()
    beside = panel.terms
    assert isinstance(beside, WorkerPanel)
    assert MACHINES in beside.list.item(0).text() and beside.photo.text() == "没有照片"
    Image.new("RGB", (300, 500), "grey").save(tmp_path / "a.png")
    beside.set_photo(tmp_path / "a.png")
    settle()
    assert not beside.photo.pixmap().isNull()
    beside.file_button.click()
    settle()
    shown = window.findChildren(ListPrintDialog)
    assert shown and shown[0].windowTitle() == "个人培训档案"
    shown[0].close()
