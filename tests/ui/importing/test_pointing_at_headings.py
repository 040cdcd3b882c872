"""A file whose headings nobody knows: the clerk points at one, maps the rest, and the next such file is understood."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from pytestqt.qtbot import QtBot
from support.layout import faults
from support.offices import credit_code
from support.windows import settle
from support.wizards import at

from anjian_desktop.services import browse
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard.flow import WizardStep
from ui.dialogs.import_wizard.heading_dialog import HeadingDialog


def unknown(file: Path, first: int = 1) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "摸底"
    sheet.append(["示例镇商户摸底"])
    sheet.append(["招牌", "证照", "老板", "手机联系"])
    for n in range(first, first + 3):
        sheet.append([f"示例{n}号饭店", credit_code(n), f"赵{n}", "13900001234"])
    book.save(file)
    return file


def test_pointing_at_the_names_is_enough(qtbot: QtBot, wizard: ImportWizard, office: Office, tmp_path: Path) -> None:
    wizard.read_file(unknown(tmp_path / "摸底.xlsx"))
    settle()
    assert "没有找到标题行" in wizard.source.chosen.text()
    (dialog,) = wizard.findChildren(HeadingDialog)
    assert dialog.isVisible() and faults(dialog) == []
    assert dialog.kind.currentText() == "企业名册" and not dialog.take_button.isEnabled()
    # Phones are masked here too.
    assert "*" in dialog.table.item(2, 3).text()
    dialog.table.setCurrentCell(1, 0)
    assert dialog.take_button.text() == "“招牌”就是企业名称"
    dialog.take_button.click()
    settle()
    at(qtbot, wizard, WizardStep.COLUMNS)
    combo = wizard.mapping.combos["老板"]
    combo.setCurrentIndex(combo.findData("principal"))
    combo.activated.emit(combo.currentIndex())
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.PREVIEW)
    assert wizard.preview.first.text() == "共 3 行：新增 3，更新 0，相同 0，拒收 0。"
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.DONE)
    rows = browse.page(office, "enterprise", browse.ids(office, Query("enterprise")))
    assert {row.values["principal"] for row in rows} == {"赵1", "赵2", "赵3"}
    again = ImportWizard.open(None, office, "enterprise", unknown(tmp_path / "又一份.xlsx", 4))
    qtbot.addWidget(again)
    at(qtbot, again, WizardStep.COLUMNS)
    assert "招牌→企业名称" in again.mapping.remembered.text()


def test_thinking_better_of_it_leaves_the_first_page(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.read_file(unknown(tmp_path / "摸底.xlsx"))
    settle()
    (dialog,) = wizard.findChildren(HeadingDialog)
    dialog.close_button.click()
    settle()
    assert wizard.flow.at is WizardStep.SOURCE and wizard.source.choose_button.isEnabled()
