"""The wizard with its real widgets on a real store: file, headings, preview in red, result, undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support.rosters import enterprise_roster, village_roster
from support.wizards import at

from anjian_desktop.services import browse
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui import tasks, theme
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard.flow import WizardStep
from ui.models.plan_table import LABEL_ROLE


def test_from_the_file_to_the_store_and_back(
    qtbot: QtBot,
    wizard: ImportWizard,
    office: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = enterprise_roster(tmp_path / "企业.xlsx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    assert not wizard.next_button.isEnabled()
    qtbot.mouseClick(wizard.source.choose_button, Qt.MouseButton.LeftButton)
    at(qtbot, wizard, WizardStep.COLUMNS)
    assert wizard.mapping.found.text() == "“企业名册”：标题在第 3 行，认出 7 列，1 列没有对应、不导入。"
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.PREVIEW)
    assert wizard.preview.first.text() == "共 8 行：新增 6，更新 0，相同 0，拒收 2。"
    assert wizard.next_button.text() == "导入 6 家(&N)"
    with qtbot.waitSignal(wizard.imported) as imported:
        wizard.next_button.click()
    assert "enterprise" in imported.args[0].kinds
    at(qtbot, wizard, WizardStep.DONE)
    assert wizard.finish.first.text().startswith("6 家新增")
    assert len(browse.ids(office, Query("enterprise"))) == 6

    report = tmp_path / "拒收.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(report), ""))
    wizard.finish.report_button.click()
    qtbot.waitUntil(report.exists)
    tasks.wait_for_all()
    assert load_workbook(report).worksheets[0].cell(1, 1).value == "原因"

    with qtbot.waitSignal(wizard.imported):
        wizard.finish.undo_button.click()
    assert browse.ids(office, Query("enterprise")) == []
    assert wizard.finish.first.text() == "已撤销导入，撤回 8 条。"


def test_bad_cells_are_red_where_they_are_and_can_be_looked_at_alone(
    qtbot: QtBot, wizard: ImportWizard, tmp_path: Path
) -> None:
    wizard.read_file(enterprise_roster(tmp_path / "企业.xlsx"))
    at(qtbot, wizard, WizardStep.COLUMNS)
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.PREVIEW)
    model = wizard.preview.model
    assert model.rowCount() == 8
    assert wizard.preview.table.isColumnHidden(0)
    wizard.preview.only_problems.setChecked(True)
    assert not wizard.preview.table.isColumnHidden(0)
    assert model.rowCount() == 2
    headings = model.headings()
    code = model.index(0, headings.index("统一社会信用代码"))
    assert model.data(model.index(0, 0)).startswith("统一社会信用代码：")
    assert model.data(code, Qt.ItemDataRole.BackgroundRole) == QColor(theme.LATE_PALE)
    assert "校验" in str(model.data(code, Qt.ItemDataRole.ToolTipRole))
    name = model.index(0, headings.index("单位名称"))
    assert model.data(name, Qt.ItemDataRole.BackgroundRole) is None
    assert model.headerData(0, Qt.Orientation.Vertical) == "▲ 拒收 10"
    assert model.headerData(headings.index("单位名称"), Qt.Orientation.Horizontal, LABEL_ROLE) == "企业名称"
    wizard.preview.table.go_to(1, 3)
    assert wizard.preview.problem.text().startswith("第 11 行　")
    assert model.problem_columns(1) == [headings.index("联系电话"), headings.index("成立时间")]


def test_phones_are_masked_in_the_preview(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.read_file(enterprise_roster(tmp_path / "企业.xlsx"))
    at(qtbot, wizard, WizardStep.COLUMNS)
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.PREVIEW)
    model = wizard.preview.model
    column = model.headings().index("联系电话")
    shown = {str(model.data(model.index(row, column))) for row in range(model.rowCount())}
    assert not any("13900001234" in text or "12900001234" in text for text in shown)


def test_a_heading_is_given_a_field_by_hand_and_going_back_keeps_it(
    qtbot: QtBot, wizard: ImportWizard, tmp_path: Path
) -> None:
    wizard.read_file(enterprise_roster(tmp_path / "企业.xlsx"))
    at(qtbot, wizard, WizardStep.COLUMNS)
    combo = wizard.mapping.combos["旧档号"]
    combo.setCurrentIndex(combo.findData("note"))
    combo.activated.emit(combo.currentIndex())
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.PREVIEW)
    column = wizard.preview.model.headings().index("旧档号")
    assert wizard.preview.model.data(wizard.preview.model.index(0, column)) == "档1"
    wizard.back_button.click()
    assert wizard.mapping.combos["旧档号"].currentData() == "note"


def test_a_dropped_file_is_read_and_recognised(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(village_roster(tmp_path / "村.xlsx")))])
    drop = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    wizard.source.dropEvent(drop)
    at(qtbot, wizard, WizardStep.COLUMNS)
    assert wizard.mapping.kind.currentText() == "村居名册"
    assert wizard.windowTitle() == "导入村居名册"


def test_a_file_that_is_no_table_is_told_on_the_first_page(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    file = tmp_path / "不是表.xlsx"
    file.write_bytes(b"%PDF-1.4")
    wizard.read_file(file)
    qtbot.waitUntil(lambda: wizard.source.chosen.property("part") == "problem")
    assert wizard.flow.at is WizardStep.SOURCE
    assert not [c for c in wizard.source.chosen.text() if c.isascii() and c.isalpha() and c not in "PDFxlscvEeWSP."]


def test_the_preview_model_keeps_qts_rules(
    qtbot: QtBot, qtmodeltester: ModelTester, wizard: ImportWizard, tmp_path: Path
) -> None:
    wizard.read_file(enterprise_roster(tmp_path / "企业.xlsx"))
    at(qtbot, wizard, WizardStep.COLUMNS)
    qtmodeltester.check(wizard.preview.model)
    wizard.preview.model.show_only_problems(True)
    qtmodeltester.check(wizard.preview.model)
