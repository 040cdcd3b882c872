"""A table dropped anywhere on the window begins its import, into the ledger shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.rosters import enterprise_roster, village_roster
from support.windows import settle
from support.wizards import at

from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard.flow import WizardStep
from ui.main_window import MainWindow


def drop(window: MainWindow, file: Path) -> list[ImportWizard]:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    given = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(400, 300), *given))
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 300), *given))
    settle()
    return [one for one in window.findChildren(ImportWizard) if one.isVisible()]


@pytest.mark.parametrize("page", ["home", "village", "office"])
def test_a_dropped_table_is_read_and_recognised(qtbot: QtBot, window: MainWindow, tmp_path: Path, page: str) -> None:
    window.open_page(page)
    settle()
    (wizard,) = drop(window, enterprise_roster(tmp_path / "企业.xlsx"))
    at(qtbot, wizard, WizardStep.COLUMNS)
    assert wizard.windowTitle() == "导入企业名册"


def test_the_ledger_shown_is_refreshed(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_page("village")
    settle()
    (wizard,) = drop(window, village_roster(tmp_path / "村.xlsx"))
    for step in (WizardStep.PREVIEW, WizardStep.DONE):
        wizard.next_button.click()
        at(qtbot, wizard, step)
    settle()
    assert window.page("village").table.row_count() == 3  # type: ignore[attr-defined]
    assert "导入村居 3 条" in window.status.done.text()


def test_other_files_are_not_taken(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "照片.jpg"
    file.write_bytes(b"JFIF")
    assert drop(window, file) == []
