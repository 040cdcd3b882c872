"""The preview's grid: bad cells corrected on the spot, problems walked through, headings given other meanings."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from openpyxl import Workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot
from support.offices import credit_code, village
from support.rosters import enterprise_roster
from support.windows import Answers, settle
from support.wizards import at, column, open_editor, to_preview, type_into, verdicts

from anjian_desktop.services import browse
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui import theme
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard.flow import IGNORED, WizardStep
from ui.models.plan_table import KEY_ROLE, LABEL_ROLE

WHOLE = Qt.ItemDataRole


def test_a_bad_cell_is_corrected_on_the_spot_and_goes_in(
    qtbot: QtBot, wizard: ImportWizard, office: Office, tmp_path: Path
) -> None:
    model = to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    wizard.preview.only_problems.setChecked(True)
    assert verdicts(model) == ["▲ 拒收 10", "▲ 拒收 11"]
    type_into(qtbot, wizard, 0, "统一社会信用代码", credit_code(90))
    # The counts and the button follow; the mended row stays in sight.
    assert wizard.preview.first.text() == "共 8 行：新增 7，更新 0，相同 0，拒收 1。"
    assert wizard.next_button.text() == "导入 7 家(&N)"
    assert verdicts(model) == ["＋ 新增 10", "▲ 拒收 11"]
    mended = model.index(0, column(model, "统一社会信用代码"))
    assert model.data(mended, WHOLE.BackgroundRole) == QColor(theme.ACCENT_PALE)
    assert "改过" in str(model.data(mended, WHOLE.AccessibleTextRole))
    type_into(qtbot, wizard, 1, "联系电话", "13900001235")
    type_into(qtbot, wizard, 1, "成立时间", "2021-12-01")
    assert wizard.preview.first.text().endswith("拒收 0。")
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.DONE)
    rows = browse.page(office, "enterprise", browse.ids(office, Query("enterprise")))
    kept = {row.values["name"]: row for row in rows}
    assert len(kept) == 8
    assert kept["示例错码有限公司"].values["credit_code"] == credit_code(90)
    assert kept["示例错号有限公司"].full["principal_phone"] == "13900001235"
    assert kept["示例错号有限公司"].full["established_on"] == "2021-12-01"


def test_a_wrong_correction_is_told_at_once(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    model = to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    type_into(qtbot, wizard, 0, "职工人数", "很多")
    assert verdicts(model)[0] == "▲ 拒收 4"
    assert "不是整数" in wizard.preview.problem.text()
    assert wizard.preview.problem.property("part") == "problem"
    assert wizard.preview.only_problems.text() == "只看有问题的 3 行(&W)"


def test_a_row_that_repeated_another_goes_in_once_that_one_is_mended(
    qtbot: QtBot, wizard: ImportWizard, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.append(["企业名称", "统一社会信用代码"])
    book.active.append(["示例甲厂", credit_code(1)])
    book.active.append(["示例乙厂", credit_code(1)])
    book.save(tmp_path / "重复.xlsx")
    model = to_preview(qtbot, wizard, tmp_path / "重复.xlsx")
    assert verdicts(model) == ["＋ 新增 2", "▲ 拒收 3"]
    assert "重复：第2行" in str(model.data(model.index(1, 0)))
    type_into(qtbot, wizard, 0, "统一社会信用代码", credit_code(2))
    assert verdicts(model) == ["＋ 新增 2", "＋ 新增 3"]


def test_ctrl_z_gives_the_cell_back_what_the_file_says(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    model = to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    type_into(qtbot, wizard, 0, "职工人数", "很多")
    type_into(qtbot, wizard, 1, "职工人数", "77")
    qtbot.keyClick(wizard.preview.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert verdicts(model)[0] == "▲ 拒收 4"
    assert model.data(model.index(1, column(model, "职工人数"))) == "12"
    assert wizard.preview.table.currentIndex().row() == 1
    qtbot.keyClick(wizard.preview.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert verdicts(model)[0] == "＋ 新增 4"


def test_problems_are_walked_through_by_keys_and_buttons(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    model = to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    table = wizard.preview.table
    wanted = [
        (6, column(model, "统一社会信用代码")),
        (7, column(model, "联系电话")),
        (7, column(model, "成立时间")),
    ]

    def here() -> tuple[int, int]:
        return table.currentIndex().row(), table.currentIndex().column()

    for place in (*wanted, wanted[0]):
        wizard.preview.next_button.click()
        assert here() == place
    qtbot.keyClick(table, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert here() == wanted[2]
    qtbot.keyClick(table, Qt.Key.Key_F3)
    assert here() == wanted[0]
    # Enter goes on too, and never starts the import.
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert here() == wanted[1]
    settle()
    assert wizard.flow.at is WizardStep.PREVIEW


def test_a_masked_phone_is_whole_while_it_is_corrected(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    model = to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    place = model.index(0, column(model, "联系电话"))
    assert "*" in str(model.data(place))
    editor = open_editor(qtbot, wizard, place.row(), "联系电话")
    assert editor.text() == "13900001234"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert wizard.flow.corrections == []


def test_a_choice_offers_its_words_and_a_village_those_of_the_town(
    qtbot: QtBot, wizard: ImportWizard, office: Office, tmp_path: Path
) -> None:
    village(office, "东河村")
    village(office, "西山村")
    to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    editor = open_editor(qtbot, wizard, 0, "所属村")
    assert editor.accessibleName() == "所属村"
    words = editor.completer().model()
    assert {words.index(row, 0).data() for row in range(words.rowCount())} == {"东河村", "西山村"}
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_a_heading_is_given_another_meaning_in_the_preview(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    model = to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    section = column(model, "旧档号")
    assert model.headerData(section, Qt.Orientation.Horizontal, LABEL_ROLE) == "不导入"
    wizard.preview.table.go_to(3, section)
    qtbot.keyClick(wizard.preview.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = wizard.preview.popup
    assert popup is not None and popup.isVisible()
    popup.words.setText("备注")
    qtbot.keyClick(popup.words, Qt.Key.Key_Return)
    settle()
    assert wizard.flow.at is WizardStep.PREVIEW
    assert model.headerData(section, Qt.Orientation.Horizontal, KEY_ROLE) == "note"
    assert model.row_plan(3).values["note"] == "档4"
    assert (wizard.preview.table.currentIndex().row(), wizard.preview.table.currentIndex().column()) == (3, section)


def test_a_field_has_one_column_and_a_click_on_the_heading_asks(
    qtbot: QtBot, wizard: ImportWizard, tmp_path: Path
) -> None:
    model = to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    header = wizard.preview.table.heading_row
    place = header.sectionViewportPosition(column(model, "序号")) + 20
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 10))
    popup = wizard.preview.popup
    assert popup is not None and popup.isVisible()
    names = [popup.list.item(row).text() for row in range(popup.list.count())]
    assert names[0] == "不导入" and any(text.startswith("从业人数　现在是“职工人数”") for text in names)
    popup.list.setCurrentRow(next(n for n, text in enumerate(names) if text.startswith("从业人数")))
    popup.list.itemActivated.emit(popup.list.currentItem())
    settle()
    assert wizard.flow.mapping == {"职工人数": IGNORED, "序号": "worker_count"}
    assert model.headerData(column(model, "职工人数"), Qt.Orientation.Horizontal, KEY_ROLE) == ""
    assert model.row_plan(0).values["worker_count"] == 1


def test_corrections_outlive_another_meaning_of_a_heading(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    model = to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    type_into(qtbot, wizard, 6, "统一社会信用代码", credit_code(90))
    wizard.preview._on_meaning("旧档号", "note")
    settle()
    assert verdicts(model)[6] == "＋ 新增 10"
    wizard.back_button.click()
    wizard.next_button.click()
    settle()
    assert verdicts(model)[6] == "＋ 新增 10"


def test_a_mapping_made_by_hand_is_remembered_and_can_be_forgotten(
    qtbot: QtBot, wizard: ImportWizard, office: Office, tmp_path: Path
) -> None:
    to_preview(qtbot, wizard, enterprise_roster(tmp_path / "今年.xlsx"))
    assert not wizard.mapping.remembered.isVisibleTo(wizard.mapping)
    wizard.preview._on_meaning("旧档号", "note")
    settle()
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.DONE)
    second = ImportWizard.open(None, office, "enterprise", enterprise_roster(tmp_path / "明年.xlsx", good=7))
    qtbot.addWidget(second)
    at(qtbot, second, WizardStep.COLUMNS)
    assert second.mapping.remembered.text() == "按上次的对应：旧档号→备注。"
    assert second.mapping.combos["旧档号"].currentData() == "note"
    second.mapping.forget_button.click()
    settle()
    assert not second.mapping.forget_button.isVisibleTo(second.mapping)
    assert second.mapping.combos["旧档号"].currentData() == IGNORED


def test_closing_asks_about_cells_that_were_corrected(
    qtbot: QtBot, office: Office, answers: Answers, tmp_path: Path
) -> None:
    wizard = ImportWizard.open(None, office, "enterprise")
    to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    type_into(qtbot, wizard, 0, "职工人数", "77")
    answers.given = ["stay", "drop"]
    wizard.close_button.click()
    assert wizard.isVisible() and answers.asked == ["改过的 1 格还没有导入，关闭就不在了。"]
    wizard.close_button.click()
    settle()
    assert not shiboken6.isValid(wizard)


@pytest.mark.parametrize("step", [1, -1])
def test_a_sheet_without_problems_has_nothing_to_walk_to(
    qtbot: QtBot, wizard: ImportWizard, tmp_path: Path, step: int
) -> None:
    model = to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx", bad=False))
    assert model.next_problem(0, 0, step) is None
    assert not wizard.preview.next_button.isEnabled() and not wizard.preview.only_problems.isEnabled()


def test_a_refused_row_is_gone_back_to_from_the_result_and_then_goes_in(
    qtbot: QtBot, wizard: ImportWizard, office: Office, tmp_path: Path
) -> None:
    model = to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.DONE)
    finish = wizard.finish
    assert finish.tabs.tabText(0) == "没有导入的 2 行"
    finish.refused_list.activated.emit(finish.refused_model.index(1, 0))
    at(qtbot, wizard, WizardStep.PREVIEW)
    assert wizard.preview.only_problems.isChecked()
    current = wizard.preview.table.currentIndex()
    assert (model.row_plan(current.row()).number, current.column()) == (11, column(model, "联系电话"))
    type_into(qtbot, wizard, current.row(), "联系电话", "13900001235")
    type_into(qtbot, wizard, current.row(), "成立时间", "2021-12-01")
    assert wizard.preview.first.text() == "共 8 行：新增 1，更新 0，相同 6，拒收 1。"
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.DONE)
    assert len(browse.ids(office, Query("enterprise"))) == 7
    assert "这次之前已导入：企业新增 6、更新 0。" in finish.rest.text()
    finish.undo_button.click()
    settle()
    assert browse.ids(office, Query("enterprise")) == []
