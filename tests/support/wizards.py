"""The import wizard moved along as a clerk would, and its preview read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard.flow import WizardStep
from ui.models.plan_table import PlanTableModel


def at(qtbot: QtBot, wizard: ImportWizard, step: WizardStep) -> None:
    """Wait until the wizard shows a step."""
    qtbot.waitUntil(lambda: wizard.flow.at is step and wizard.pages.currentIndex() == int(step))


def to_preview(qtbot: QtBot, wizard: ImportWizard, file: Path) -> PlanTableModel:
    """Read a file and go on to its preview."""
    wizard.read_file(file)
    at(qtbot, wizard, WizardStep.COLUMNS)
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.PREVIEW)
    return wizard.preview.model


def column(model: PlanTableModel, heading: str) -> int:
    """The section of a heading as it reads in the file."""
    return model.headings().index(heading)


def verdicts(model: PlanTableModel) -> list[str]:
    """Every row in sight by its name: `＋ 新增 4`."""
    return [str(model.headerData(row, Qt.Orientation.Vertical)) for row in range(model.rowCount())]


def type_into(qtbot: QtBot, wizard: ImportWizard, row: int, heading: str, text: str) -> None:
    """Type over a cell of the preview as a hand does: F2, the text, Enter."""
    editor = open_editor(qtbot, wizard, row, heading)
    # Qt's key events cannot carry Chinese.
    editor.setText(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    # Qt commits what was typed when it comes to it.
    QApplication.processEvents()


def open_editor(qtbot: QtBot, wizard: ImportWizard, row: int, heading: str) -> QLineEdit:
    """F2 on a cell of the preview."""
    table = wizard.preview.table
    table.go_to(row, column(wizard.preview.model, heading))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    return next(one for one in table.findChildren(QLineEdit) if one.isVisible())
