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
from ui.main_window import MainWindow
from ui.pages.actions.listed import row_actions
from ui.pages.actions.worker_photo import PHOTO
from ui.pages.ledger_page import LedgerPage


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
