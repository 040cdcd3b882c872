"""One workbook with villages, departments and enterprises goes in one after the other; a sheet for each village goes in at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.rosters import sheets_by_village, whole_town
from support.windows import settle
from support.wizards import at, to_preview, verdicts

from anjian_desktop.services import browse
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard.flow import WizardStep
from ui.models.plan_table import LABEL_ROLE


def rows(office: Office, ledger: str) -> int:
    return len(browse.ids(office, Query(ledger)))


def import_it(qtbot: QtBot, wizard: ImportWizard) -> None:
    at(qtbot, wizard, WizardStep.COLUMNS)
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.PREVIEW)
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.DONE)


def test_villages_come_first_then_departments_then_enterprises(
    qtbot: QtBot, wizard: ImportWizard, office: Office, tmp_path: Path
) -> None:
    wizard.read_file(whole_town(tmp_path / "全镇.xlsx"))
    at(qtbot, wizard, WizardStep.COLUMNS)
    assert wizard.mapping.kind.currentText() == "村居名册"
    assert "这个文件里还有部门、企业，导入村居以后接着导入。" in wizard.mapping.found.text()
    import_it(qtbot, wizard)
    assert wizard.finish.next_button.text() == "接着导入部门(&N)"
    wizard.finish.next_button.click()
    import_it(qtbot, wizard)
    assert wizard.finish.next_button.text() == "接着导入企业(&N)"
    wizard.finish.next_button.click()
    at(qtbot, wizard, WizardStep.COLUMNS)
    assert wizard.windowTitle() == "导入企业名册"
    import_it(qtbot, wizard)
    assert not wizard.finish.next_button.isVisibleTo(wizard.finish)
    assert (rows(office, "village"), rows(office, "department"), rows(office, "enterprise")) == (3, 1, 4)
    # The villages were there in time: none had to be made.
    assert not any(
        "待核对" in (row.full["note"] or "")
        for row in browse.page(office, "village", browse.ids(office, Query("village")))
    )
    assert wizard.finish.rest.text().endswith("这次之前已导入：村居新增 3、更新 0；部门新增 1、更新 0。")


def test_taking_back_takes_back_all_of_them(qtbot: QtBot, wizard: ImportWizard, office: Office, tmp_path: Path) -> None:
    wizard.read_file(whole_town(tmp_path / "全镇.xlsx"))
    import_it(qtbot, wizard)
    for _ in range(2):
        wizard.finish.next_button.click()
        settle()
        import_it(qtbot, wizard)
    wizard.finish.undo_button.click()
    settle()
    assert wizard.finish.first.text() == "已撤销导入，撤回 8 条。"
    assert (rows(office, "village"), rows(office, "department"), rows(office, "enterprise")) == (0, 0, 0)


def test_the_clerk_may_begin_with_another_kind(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.read_file(whole_town(tmp_path / "全镇.xlsx"))
    at(qtbot, wizard, WizardStep.COLUMNS)
    combo = wizard.mapping.kind
    combo.setCurrentIndex(combo.findData("enterprise"))
    combo.activated.emit(combo.currentIndex())
    settle()
    assert wizard.windowTitle() == "导入企业名册"
    assert wizard.flow.waiting == ["village", "department"]


def test_a_sheet_for_each_village_is_one_import_and_the_sheet_names_the_village(
    qtbot: QtBot, wizard: ImportWizard, office: Office, tmp_path: Path
) -> None:
    model = to_preview(qtbot, wizard, sheets_by_village(tmp_path / "各村.xlsx"))
    assert verdicts(model) == ["＋ 新增 3", "＋ 新增 4"] * 2 + ["＋ 新增 3", "▲ 拒收 4"]
    # Columns of one heading are one column, whatever the sheet; the village stands though no column says it.
    assert model.headings() == ["问题", "工作表", "所属村", "序号", "企业名称", "信用代码", "负责人"]
    village = model.headings().index("所属村")
    assert [model.index(row, village).data() for row in range(6)] == [
        name for name in ("东河村", "西山村", "南沟村") for _ in range(2)
    ]
    assert model.headerData(5, Qt.Orientation.Horizontal, LABEL_ROLE) == "统一社会信用代码"
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.DONE)
    assert "同时建立了村居 3 个，备注里写着“待核对”。" in wizard.finish.rest.text()
    assert (rows(office, "village"), rows(office, "enterprise")) == (3, 5)
    assert wizard.finish.refused_model.rows[0].name == "“南沟村”第 4 行　示例6号机械厂"


def test_back_keeps_every_choice(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    to_preview(qtbot, wizard, sheets_by_village(tmp_path / "各村.xlsx"))
    wizard.back_button.click()
    combo = wizard.mapping.sheet
    combo.setCurrentIndex(combo.findData("西山村"))
    combo.activated.emit(combo.currentIndex())
    settle()
    mapped = wizard.mapping.combos["负责人"]
    mapped.setCurrentIndex(mapped.findData("legal_representative"))
    mapped.activated.emit(mapped.currentIndex())
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.PREVIEW)
    assert wizard.preview.model.rowCount() == 2
    for _ in range(2):
        wizard.back_button.click()
    assert wizard.flow.at is WizardStep.SOURCE and wizard.source.invitation.text() == "各村.xlsx"
    for _ in range(2):
        wizard.next_button.click()
        settle()
    assert wizard.preview.model.rowCount() == 2
    assert wizard.preview.model.row_plan(0).values["legal_representative"] == "赵3"
