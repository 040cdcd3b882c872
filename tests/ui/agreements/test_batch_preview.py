"""The preview of a whole print: its first pages at once, all of them after a moment, any unit by number or name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from support.offices import NEW_YEAR, enterprises, village

from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.office import Office, create_office
from anjian_desktop.services.print_preview import PrintPreview
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.standing import register
from ui.dialogs.batch_preview_dialog import BatchPreviewDialog

COUNT = 50


def typed(field: QLineEdit, text: str) -> None:
    """Text from the input method: QTest knows no Chinese keys."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    with create_office(tmp_path / "data", name="示例镇安监办", today=NEW_YEAR) as office:
        village(office)
        enterprises(office, COUNT, village="东河村")
        draft(office, DraftRequest(2026, "enterprise"))
        yield office


@pytest.fixture
def dialog(town: Office, tmp_path: Path, qtbot: QtBot) -> Iterator[BatchPreviewDialog]:
    request = PrintRequest(2026, tmp_path / "out", merge=True, copies=1)
    made = BatchPreviewDialog(None, "打印预览", lambda: PrintPreview(town, request))
    made.show()
    qtbot.waitUntil(lambda: made.panel.view.page_count > 0)
    yield made
    made.reject()
    qtbot.waitUntil(lambda: not made.panel.view.page_count)


def test_all_pages_are_there_and_no_number_is_taken(dialog: BatchPreviewDialog, town: Office, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.note.text().startswith(f"共 {COUNT} 份，{4 * COUNT} 页"), timeout=20_000)
    assert dialog.panel.place.text() == f"1 / {4 * COUNT}"
    assert dialog.place.text() == "示安责〔2026〕1号　示例1号机械有限公司　第 1 页，共 4 页"
    dialog.panel.view.go_to(4 * COUNT)
    qtbot.waitUntil(lambda: dialog.panel.view.is_drawn(4 * COUNT))
    assert f"示例{COUNT}号" in dialog.place.text()
    assert register(town, 2026).rows == ()


def test_a_number_or_a_name_leads_to_its_first_page(dialog: BatchPreviewDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.note.text().startswith("共"), timeout=20_000)
    qtbot.keyClicks(dialog.finder, "37")
    assert dialog.panel.view.current_page == 36 * 4 + 1
    assert dialog.place.text().startswith("示安责〔2026〕37号")
    dialog.finder.clear()
    typed(dialog.finder, "示例2")
    assert dialog.position == 1
    qtbot.keyClick(dialog.finder, Qt.Key.Key_Return)
    assert dialog.position == 19
    dialog.after_button.click()
    assert dialog.position == 20
    dialog.before_button.click()
    assert dialog.position == 19
    typed(dialog.finder, "不在")
    assert dialog.place.text() == "没有“示例2不在”。"


def test_where_one_looks_stays_when_more_becomes_known(dialog: BatchPreviewDialog, qtbot: QtBot) -> None:
    dialog.panel.view.go_to(3)
    qtbot.waitUntil(lambda: dialog.note.text().startswith("共"), timeout=20_000)
    assert dialog.panel.view.current_page == 3


def test_a_preview_of_nothing_says_so(town: Office, tmp_path: Path, qtbot: QtBot) -> None:
    made = BatchPreviewDialog(None, "打印预览", lambda: PrintPreview(town, PrintRequest(2025, tmp_path / "out")))
    made.show()
    qtbot.waitUntil(lambda: "没有可以预览的责任书" in made.panel.view.message)
    assert not made.finder.isEnabled()
    made.reject()
