"""A form half filled survives everything: it is kept every two seconds and offered again."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from support.offices import enterprise, village
from support.windows import Answers, settle

from anjian_desktop.services import browse, drafts, records
from anjian_desktop.services.office import Office, open_office
from ui.main_window import MainWindow
from ui.pages.ledger_page import LedgerPage
from ui.widgets.personal_edit import PersonalEdit


@pytest.fixture
def page(window: MainWindow, office: Office) -> LedgerPage:
    village(office, "东河村")
    enterprise(office, 1, name="东河化工厂", village="东河村")
    window.open_page("enterprise")
    settle()
    shown = window.page("enterprise")
    assert isinstance(shown, LedgerPage)
    return shown


def type_into(page: LedgerPage, key: str, text: str) -> None:
    widget = page.panel.form.rows[key].editor.widget
    widget.setFocus()
    QTest.keyClicks(widget, text)


def test_what_is_typed_is_kept_within_three_seconds_while_typing_goes_on(
    page: LedgerPage, office: Office, qtbot: QtBot
) -> None:
    page.add()
    begun = time.monotonic()
    type_into(page, "name", "abc")
    kept = None
    while time.monotonic() - begun < 3 and kept is None:
        type_into(page, "name", "d")
        qtbot.wait(50)
        kept = drafts.find(office, "enterprise", None)
    assert kept is not None and kept.values["name"].startswith("abc")


def test_a_kept_draft_is_offered_and_gone_on_with(page: LedgerPage, office: Office) -> None:
    page.add()
    type_into(page, "name", "half")
    type_into(page, "principal_phone", "139")
    page.panel.drafts.keep()
    page.panel.form.load({})
    page.close_panel()
    page.add()
    assert page.panel.drafts.banner.isVisible()
    assert "填到一半没有保存的草稿" in page.panel.drafts.banner.words.text()
    assert not page.panel.form.isEnabled()
    page.panel.save()
    QTest.keyClick(page.panel.drafts.banner.continue_button, Qt.Key.Key_Space)
    assert page.panel.form.values()["name"] == "half"
    assert page.panel.form.values()["principal_phone"] == "139"
    assert page.panel.title.text().endswith("*")
    page.panel.form.put({"principal_phone": ""})
    page.panel.save()
    settle()
    assert drafts.waiting(office) == []


def test_a_draft_that_is_not_wanted_goes_for_good(page: LedgerPage, office: Office) -> None:
    page.add()
    type_into(page, "name", "half")
    page.panel.drafts.keep()
    page.panel.show_new()
    page.panel.drafts.banner.drop_button.click()
    assert page.panel.form.values()["name"] == ""
    assert page.panel.form.isEnabled()
    assert drafts.waiting(office) == []


def test_what_is_typed_back_to_what_is_stored_leaves_no_draft(page: LedgerPage, office: Office) -> None:
    page.open_row(page.model.id_at(0))
    settle()
    page.panel.form.put({"principal": "钱新"})
    page.panel.drafts.keep()
    (one,) = drafts.waiting(office)
    assert dict(one.values) == {"principal": "钱新"}
    page.panel.form.put({"principal": page.panel.form.loaded_values()["principal"]})
    page.panel.drafts.keep()
    assert drafts.waiting(office) == []


def test_given_up_on_leaving_means_no_draft(page: LedgerPage, office: Office, answers: Answers) -> None:
    page.open_row(page.model.id_at(0))
    settle()
    page.panel.form.put({"principal": "钱新"})
    page.panel.drafts.keep()
    answers.given = ["drop"]
    page.panel.ask_to_close()
    assert drafts.waiting(office) == []


def test_a_record_changed_since_is_said_with_its_draft(page: LedgerPage, office: Office) -> None:
    unit = page.model.id_at(0)
    page.open_row(unit)
    settle()
    page.panel.form.put({"principal": "钱新"})
    page.panel.drafts.keep()
    page.panel.form.put({"principal": page.panel.form.loaded_values()["principal"]})
    records.edit(office, "enterprise", unit, {"worker_count": "33"})
    page.close_panel()
    page.open_row(unit)
    settle()
    assert "这条记录后来改过" in page.panel.drafts.banner.words.text()
    page.panel.drafts.banner.continue_button.click()
    page.panel.save()
    settle()
    full = browse.row(office, "enterprise", unit).full
    assert (full["principal"], full["worker_count"]) == ("钱新", "33")


TYPING = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from ui.app import make_application
from ui.main_window import MainWindow
from ui.memory import WindowMemory
app = make_application()
window = MainWindow(Path(sys.argv[1]), WindowMemory(), today=date(2026, 1, 5))
window.show()
def type_on():
    page = window._pages.get("village")
    if page is None:
        if window._opened:
            window.open_page("village")
            window._pages["village"].add()
            print("typing", flush=True)
        return
    QTest.keyClicks(page.panel.form.rows["name"].editor.widget, "x")
timer = QTimer(interval=100)
timer.timeout.connect(type_on)
timer.start()
app.exec()
"""


def test_a_killed_program_loses_at_most_three_seconds_of_typing(office: Office) -> None:
    office.close()
    program = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(office.folder)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == b"typing"
        time.sleep(4)
    finally:
        program.kill()
        program.wait()
        assert program.stdout is not None
        program.stdout.close()
    with open_office(office.folder, today=date(2026, 1, 5)) as again:
        (draft,) = drafts.waiting(again)
    assert set(draft.values["name"]) == {"x"}
    # A key every 0.1 s for four seconds, of which the last three may be lost.
    assert len(draft.values["name"]) >= 8


def test_personal_data_is_masked_until_the_eye_and_for_half_a_minute(page: LedgerPage, office: Office) -> None:
    page.open_row(page.model.id_at(0))
    settle()
    row = page.panel.form.rows["principal_phone"]
    edit = row.editor.widget
    assert isinstance(edit, PersonalEdit)
    assert edit.text() == "139****0001"
    assert page.panel.form.values()["principal_phone"] == "13900000001"
    assert not page.panel.is_changed()
    QTest.keyClick(edit, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert edit.text() == "13900000001"
    assert row.note.text() == "30 秒后重新隐藏"
    for _ in range(30):
        edit._count_down()
    assert edit.text() == "139****0001"
    assert not row.note.isVisible()
    with office.db.statements() as execute:
        actions = [action for (action,) in execute("SELECT action FROM audit_entry")]
    assert actions.count("查看完整信息") == 1


def test_a_key_in_a_mask_takes_its_place_and_never_mixes_with_it(page: LedgerPage) -> None:
    page.open_row(page.model.id_at(0))
    settle()
    edit = page.panel.form.rows["principal_phone"].editor.widget
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.setCursorPosition(4)
    QTest.keyClicks(edit, "5")
    assert edit.text() == "5"
    edit.undo()
    assert page.panel.form.values()["principal_phone"] == "13900000001"
    edit.deselect()
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert page.panel.form.values()["principal_phone"] == ""


def test_a_copied_mask_stays_a_mask(page: LedgerPage) -> None:
    page.open_row(page.model.id_at(0))
    settle()
    edit = page.panel.form.rows["principal_phone"].editor.widget
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "139****0001"
