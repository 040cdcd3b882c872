"""A class in the window: learners picked or pasted, marks typed, pasted, imported, put right; the signed sheet shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from support.training import CHEMICAL, E7, E8, MACHINES, listed, person_number
from support.windows import Answers, settle

from anjian_desktop.services import browse, records, scans, sessions, training_papers
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui import tasks
from ui.dialogs.enrol_dialog import EnrolDialog
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.session_dialog import SessionDialog
from ui.memory import WindowMemory

PEOPLE = (("甲示例", E7, CHEMICAL), ("乙示例", E8, CHEMICAL), ("丙示例", person_number(3), MACHINES))


@pytest.fixture
def town(office: Office) -> Office:
    """Three persons, one of whom has the company level already."""
    for name in (CHEMICAL, MACHINES):
        records.add(office, "enterprise", {"name": name, "status": "在营"})
    for name, number, unit in PEOPLE:
        records.add(office, "worker", {"name": name, "identity_number": number, "enterprise": unit})
    records.add(office, "training_record", {
        "worker": "丙示例", "enterprise": MACHINES, "level": "公司级", "started_on": "2026-01-02", "class_hours": "8", "score": "90",
    })  # fmt: skip
    return office


@pytest.fixture
def held(town: Office, qtbot: QtBot) -> Iterator[SessionDialog]:
    made = records.add(town, "training_session", {
        "name": "新员工公司级教育", "level": "公司级", "started_on": "2026-01-04", "class_hours": "8",
    })  # fmt: skip
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SessionDialog(parent, town, made.id, WindowMemory())
    dialog.show()
    settle()
    yield dialog
    tasks.wait_for_all()
    dialog.marks.show([])
    dialog.close()


def picker(held: SessionDialog) -> EnrolDialog:
    held.pick_button.click()
    settle()
    return held.findChildren(EnrolDialog)[-1]


def names(dialog: EnrolDialog) -> list[str]:
    return [one.name for one in dialog.table.lines.rows]


def typed_into(qtbot: QtBot, held: SessionDialog, row: int, text: str) -> None:
    """Into the mark of a row, then Enter; Chinese cannot come by key events."""
    held.table.go_to(row)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in held.table.findChildren(QLineEdit)))
    editor = next(one for one in held.table.findChildren(QLineEdit) if one.isVisible())
    editor.setText(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle()


def test_who_is_trained_drops_off_and_words_narrow_the_rest(held: SessionDialog, town: Office, qtbot: QtBot) -> None:
    dialog = picker(held)
    assert names(dialog) == ["甲示例", "乙示例"] and dialog.take_button.text() == "编入列出的 2 人(&A)"
    dialog.who.choose("everyone")
    dialog.who.activated.emit(1)
    settle()
    assert sorted(names(dialog)) == ["丙示例", "乙示例", "甲示例"]
    dialog.search.setText(MACHINES)
    dialog.search.search_now()
    assert names(dialog) == ["丙示例"]
    dialog.search.setText("")
    dialog.search.search_now()
    dialog.table.selectRow(names(dialog).index("乙示例"))
    assert dialog.take_button.text() == "编入选中的 1 人(&A)"
    qtbot.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    settle()
    assert [one.name for one in held.marks.people] == ["乙示例"]
    assert names(picker(held)) == ["甲示例"]


@pytest.mark.parametrize(
    "text",
    (
        f"甲示例\t{E7}\r\n丙示例\t{person_number(3)}\r\n戊示例\t990001198503120023\r\n",
        f"姓名\t单位名称\n甲示例\t{CHEMICAL}\n丙示例\t{MACHINES}\n戊示例\t{MACHINES}\n",
        f"1\t甲示例\t{CHEMICAL}\n2\t丙示例\t{MACHINES}\n3\t戊示例\t{CHEMICAL}\n",
        "甲示例\n丙示例\n戊示例\n",
    ),
)
def test_a_list_pasted_from_a_spreadsheet_is_recognised_and_who_is_nobody_is_told(
    held: SessionDialog, text: str
) -> None:
    dialog = picker(held)
    QApplication.clipboard().setText(text)
    dialog.paste_button.click()
    settle()
    assert names(dialog) == ["甲示例", "丙示例"]
    row = 4 if text.startswith("姓名") else 3
    assert "认出 2 人" in dialog.said.text() and f"第 {row} 行" in dialog.said.text()
    dialog.take_button.click()
    settle()
    assert {one.name for one in held.marks.people} == {"甲示例", "丙示例"}


def test_marks_pasted_fall_on_the_rows_or_on_the_names(held: SessionDialog, qtbot: QtBot) -> None:
    held.enrol_missing()
    settle()
    held.table.go_to(0)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in held.table.findChildren(QLineEdit)))
    editor = next(one for one in held.table.findChildren(QLineEdit) if one.isVisible())
    QApplication.clipboard().setText("91\r\n缺考\r\n")
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [held.marks.index(row, 5).data() for row in (0, 1)] == ["91", "缺考"]
    order = [one.name for one in held.marks.people]
    assert held.marks.paste(0, f"{order[1]}\t77\n{order[0]}\t66\n") == 2
    assert [held.marks.index(row, 5).data() for row in (0, 1)] == ["66", "77"]


def test_failed_absent_and_retaken_stand_in_the_figures_and_in_the_history(
    held: SessionDialog, town: Office, qtbot: QtBot
) -> None:
    held.enrol_missing()
    settle()
    typed_into(qtbot, held, 0, "55")
    typed_into(qtbot, held, 1, "缺考")
    held.save_button.click()
    settle()
    told = sessions.summary(town, held.session_id)
    assert (told.invited, told.attended, told.passed) == (2, 1, 0) and "合格率 0.0 %" in held.head.text()
    # Neither drops off the list of those who lack the level.
    assert len(sessions.candidates(town, held.session_id)) == 2
    typed_into(qtbot, held, 0, "85")
    held.save_button.click()
    settle()
    assert sessions.summary(town, held.session_id).passed == 1
    record = held.marks.people[0].record_id
    changes = [str(one) for one in records.history(town, "training_record", record)]
    assert any("55" in text and "85" in text for text in changes)


def test_marks_from_a_workbook_are_told_and_what_is_refused_is_said(
    held: SessionDialog, answers: Answers, tmp_path: Path
) -> None:
    held.enrol_missing()
    settle()
    heading = ["姓名", "身份证号", "成绩"]
    rows = [{"姓名": "甲示例", "身份证号": E7, "成绩": 90}, {"姓名": "乙示例", "身份证号": E8, "成绩": "缺考"}]
    held.import_marks(listed(tmp_path / "成绩.xlsx", heading, *rows))
    settle()
    assert {one.name: (one.score, one.absent) for one in held.marks.people} == {
        "甲示例": (90, False),
        "乙示例": (None, True),
    }
    held.import_marks(listed(tmp_path / "再.xlsx", heading, {"姓名": "戊示例", "成绩": 80}, rows[0]))
    settle()
    assert "拒收 1 行" in answers.said[-1] and "第 2 行" in answers.said[-1]


def test_a_signed_sheet_comes_back_by_the_scanner_and_is_shown(
    held: SessionDialog, town: Office, tmp_path: Path
) -> None:
    numbers = [person_number(n) for n in range(100, 130)]
    for n, number in enumerate(numbers):
        records.add(town, "worker", {"name": f"学员{n}", "identity_number": number, "enterprise": MACHINES})
    sessions.enrol(town, held.session_id, browse.ids(town, Query("worker")))
    held.load()
    settle()
    assert not held.scan_button.isVisible()
    (sheet,) = training_papers.print_sign_in(town, held.session_id, tmp_path).files
    pages = pypdfium2.PdfDocument(sheet)
    assert len(pages) == 2
    for number in (1, 0):
        picture = tmp_path / f"扫描{number}.png"
        pages[number].render(scale=200 / 72).to_pil().save(picture)
        scans.file_scans(town, [picture])
        held.load()
        settle()
        assert held.scan_button.text() == ("签到表扫描件（缺第 1 页）(&G)" if number else "签到表扫描件（2 页）(&G)")
    pages.close()
    held.scan_button.click()
    settle()
    (shown,) = held.findChildren(PreviewDialog)
    assert shown.panel.view.page_count == 2
    shown.close()
