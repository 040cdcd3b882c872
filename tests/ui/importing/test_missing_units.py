"""Units of the store that this year's file does not mention: listed, kept unless the clerk presses the button."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot
from support.offices import enterprises
from support.rosters import enterprise_roster
from support.windows import settle
from support.wizards import at, to_preview

from anjian_desktop.services import browse
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard.flow import WizardStep
from ui.messages import Toast


def statuses(office: Office) -> dict[str, str]:
    rows = browse.page(office, "enterprise", browse.ids(office, Query("enterprise")))
    return {str(row.values["name"]): str(row.values["status"]) for row in rows}


@pytest.fixture
def done(qtbot: QtBot, wizard: ImportWizard, office: Office, tmp_path: Path) -> ImportWizard:
    """Nine units of last year; this year's file has the first six."""
    enterprises(office, 9)
    to_preview(qtbot, wizard, enterprise_roster(tmp_path / "今年.xlsx", bad=False))
    assert "名册里另有 3 家不在这个文件里" in wizard.preview.rest.text()
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.DONE)
    return wizard


def choose(wizard: ImportWizard, rows: list[int], choice: str) -> None:
    table = wizard.finish.missing.table
    table.clearSelection()
    for row in rows:
        table.selectionModel().select(
            table.model().index(row, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    wizard.finish.missing.choice_buttons[choice].click()


def test_they_are_listed_and_nothing_happens_by_itself(done: ImportWizard, office: Office) -> None:
    panel = done.finish.missing
    assert done.finish.tabs.tabText(1) == "文件里没有提到的 3 家"
    assert done.finish.tabs.isTabVisible(1) and not done.finish.tabs.isTabVisible(0)
    assert [panel.model.index(row, 3).data() for row in range(3)] == ["○ 保留"] * 3
    assert not panel.do_button.isEnabled() and panel.do_button.text() == "都保留，没有要处理的"
    choose(done, [0, 2], "注销")
    assert panel.do_button.text() == "注销 2，按此处理"
    settle()
    assert set(statuses(office).values()) == {"在营"}


def test_what_the_clerk_says_is_done_at_the_press(qtbot: QtBot, done: ImportWizard, office: Office) -> None:
    panel = done.finish.missing
    names = [panel.model.index(row, 0).data() for row in range(3)]
    choose(done, [0, 1], "停业")
    choose(done, [1], "迁出")
    with qtbot.waitSignal(done.imported):
        panel.do_button.click()
    settle()
    now = statuses(office)
    assert (now[names[0]], now[names[1]], now[names[2]]) == ("停业", "迁出", "在营")
    assert sorted(now.values()).count("在营") == 7
    assert done.finish.tabs.tabText(1) == "文件里没有提到的 1 家"
    (toast,) = done.findChildren(Toast)
    toast.undo_button.click()
    settle()
    assert set(statuses(office).values()) == {"在营"}
    assert done.finish.tabs.tabText(1) == "文件里没有提到的 3 家"


def test_a_long_list_is_narrowed_and_a_choice_outlives_it(done: ImportWizard) -> None:
    panel = done.finish.missing
    name = str(panel.model.index(1, 0).data())
    choose(done, [1], "注销")
    panel.search.setText(name)
    panel.search.search_now()
    assert panel.model.rowCount() == 1
    panel.search.setText("")
    panel.search.search_now()
    assert panel.model.rowCount() == 3
    assert panel.model.index(1, 3).data() == "▲ 注销"


def test_a_complete_file_lists_nothing(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    to_preview(qtbot, wizard, enterprise_roster(tmp_path / "今年.xlsx", bad=False))
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.DONE)
    assert not wizard.finish.tabs.isVisibleTo(wizard.finish)
