"""The pages 培训情况 and 证书到期 on a real store: who lacks what, what ends when, and the paper that tells them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from support.offices import NEW_YEAR
from support.windows import Answers, settle

from anjian_desktop.services import certificate_board, records, sessions, training
from anjian_desktop.services.office import Office
from ui.dialogs.session_dialog import SessionDialog
from ui.main_window import MainWindow
from ui.pages.actions.session_marks import open_session
from ui.pages.expiry_page import ExpiryPage
from ui.pages.training_page import TrainingPage

SOON, OVER = NEW_YEAR + timedelta(days=20), NEW_YEAR - timedelta(days=5)
ZHANG, LI, WANG = "990001198503120015", "990001198503120023", "990001196611230095"


@pytest.fixture
def town(office: Office) -> Office:
    """Two enterprises, three workers (one fully trained), three certificates; today is the office's."""
    records.add(office, "village", {"name": "东河村"})
    for name in ("示例甲化工有限公司", "示例乙机械有限公司"):
        records.add(office, "enterprise", {"name": name, "village": "东河村"})
    for name, number, unit, special in (
        ("张示例", ZHANG, "示例甲化工有限公司", "是"),
        ("李示例", LI, "示例甲化工有限公司", "否"),
        ("王示例", WANG, "示例乙机械有限公司", "否"),
    ):
        records.add(
            office, "worker",
            {"name": name, "identity_number": number, "enterprise": unit, "hired_on": "2025-03-03", "special_work": special},
        )  # fmt: skip
    for level, day in (("公司级", "2025-03-04"), ("车间级", "2025-03-05"), ("班组级", "2025-03-06")):
        records.add(
            office, "training_record",
            {"worker": "王示例", "enterprise": "示例乙机械有限公司", "level": level, "started_on": day, "class_hours": "8", "score": "86"},
        )  # fmt: skip
    for name, number, kind, end in (
        ("张示例", ZHANG, "特种作业操作证", str(SOON)),
        ("李示例", LI, "特种作业操作证", str(OVER)),
        ("王示例", WANG, "注册安全工程师", "2029-01-01"),
    ):
        records.add(
            office, "certificate",
            {"name": name, "identity_number": number, "certificate_kind": kind, "number": f"T{number}", "valid_to": end},
        )  # fmt: skip
    return office


def opened(window: MainWindow, key: str) -> TrainingPage | ExpiryPage:
    window.open_page(key)
    settle()
    page = window.page(key)
    assert isinstance(page, TrainingPage | ExpiryPage)
    return page


def test_the_figures_are_those_of_the_service_and_each_opens_its_persons(
    town: Office, window: MainWindow, qtbot: QtBot
) -> None:
    page = opened(window, "training_status")
    assert isinstance(page, TrainingPage)
    found = training.status(town, everyone=True)
    shown = {key: figure.number.text() for key, figure in page.figures.figures.items()}
    lacking = [one.name for one in found.workers if one.standing.lacks]
    assert shown["everyone"] == "3" and shown["lacks"] == str(len(lacking))
    assert [one.name for one in page.people.lines.rows] == lacking and "王示例" not in lacking
    qtbot.mouseClick(page.figures.figures["everyone"], Qt.MouseButton.LeftButton)
    assert len(page.people.lines.rows) == 3
    assert "全员培训率 33.3 %（1/3）" in page.rates.text()


def test_units_are_shown_with_their_rates_and_lead_to_their_persons(
    town: Office, window: MainWindow, qtbot: QtBot
) -> None:
    page = opened(window, "training_status")
    assert isinstance(page, TrainingPage)
    page.view.choose("enterprise")
    page.view.activated.emit(page.view.currentIndex())
    assert [(one.name, one.coverage.full_coverage) for one in page.units.lines.rows] == [
        ("示例甲化工有限公司", 0.0), ("示例乙机械有限公司", 100.0),
    ]  # fmt: skip
    page.units.setCurrentIndex(page.units.lines.index(0, 0))
    qtbot.keyClick(page.units, Qt.Key.Key_Return)
    assert {one.name for one in page.people.lines.rows} == {"张示例", "李示例"}


def test_where_nobody_is_found_that_is_said_and_everybody_can_be_shown_again(town: Office, window: MainWindow) -> None:
    page = opened(window, "training_status")
    assert isinstance(page, TrainingPage)
    page.search.setText("没有这个人")
    page.search.search_now()
    assert page.stack.currentWidget() is page.nothing
    assert page.nothing.title.text() == "没有符合条件的人或单位"
    page.nothing.findChild(QPushButton).click()
    assert page.stack.currentWidget() is page.people
    assert page.people.lines.rowCount() == page._found.total.active


def test_search_narrows_and_the_list_is_exported_as_shown(
    town: Office, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, "training_status")
    assert isinstance(page, TrainingPage)
    qtbot.keyClicks(page.search, "zsl")
    page.search.search_now()
    assert [one.name for one in page.people.lines.rows] == ["张示例"]
    page.search.setText("张")
    page.search.search_now()
    assert [one.name for one in page.people.lines.rows] == ["张示例"]
    page.export(tmp_path / "名单.xlsx")
    settle()
    sheet = load_workbook(tmp_path / "名单.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("姓名", "企业名称") and rows[1][0] == "张示例" and len(rows) == 2


def test_the_board_counts_what_the_service_counts_and_hides_numbers(
    town: Office, window: MainWindow, qtbot: QtBot
) -> None:
    page = opened(window, "certificate_expiry")
    assert isinstance(page, ExpiryPage)
    board = certificate_board.expiring(town)
    assert {key: int(figure.number.text()) for key, figure in page.figures.figures.items()} == board.counts
    assert [one.name for one in page.table.lines.rows] == [one.name for one in board.rows]
    texts = [page.table.lines.index(row, column).data() for row in range(len(board.rows)) for column in range(10)]
    assert not any(number in str(text) for number in (ZHANG, LI, WANG) for text in texts)
    qtbot.mouseClick(page.figures.figures["expired"], Qt.MouseButton.LeftButton)
    assert [one.name for one in page.table.lines.rows] == ["李示例"]


def test_each_enterprise_gets_a_sheet_of_its_certificates(town: Office, window: MainWindow, tmp_path: Path) -> None:
    page = opened(window, "certificate_expiry")
    assert isinstance(page, ExpiryPage)
    page.print_reminders(tmp_path / "提醒单.pdf")
    settle()
    texts = ["".join(sheet.extract_text().split()) for sheet in PdfReader(tmp_path / "提醒单.pdf").pages]
    written = [text for text in texts if text]
    assert len(written) == 1 and "示例甲化工有限公司" in written[0]
    assert f"{OVER}（已过期）" in written[0] and str(SOON) in written[0] and ZHANG not in written[0]


def test_opening_a_row_leads_to_the_record(town: Office, window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, "certificate_expiry")
    assert isinstance(page, ExpiryPage)
    page.table.setCurrentIndex(page.table.lines.index(0, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    assert window.current_page() is window.page("certificate")


def test_an_empty_town_is_told_what_to_do_first(window: MainWindow) -> None:
    training_page, board = opened(window, "training_status"), opened(window, "certificate_expiry")
    assert isinstance(training_page, TrainingPage) and training_page.stack.currentWidget() is training_page.empty
    assert isinstance(board, ExpiryPage) and board.stack.currentWidget() is board.empty


@pytest.fixture
def session(town: Office, window: MainWindow, qtbot: QtBot) -> SessionDialog:
    """A class of the first enterprise, its dialog opened from the list."""
    held = records.add(
        town, "training_session",
        {"name": "2026年新员工公司级教育", "level": "公司级", "enterprise": "示例甲化工有限公司", "started_on": "2026-01-04", "class_hours": "8"},
    )  # fmt: skip
    window.open_page("training_session")
    settle()
    page = window.page("training_session")
    open_session(page, [held.id])  # type: ignore[arg-type]  # a LedgerPage is one
    settle()
    return page.findChildren(SessionDialog)[0]


def test_those_who_lack_the_level_are_enrolled_in_one_press_and_marked_by_keyboard(
    town: Office, session: SessionDialog, qtbot: QtBot
) -> None:
    qtbot.mouseClick(session.enrol_button, Qt.MouseButton.LeftButton)
    settle()
    assert [one.name for one in session.marks.people] == ["张示例", "李示例"]
    session.table.go_to(0)
    for text in ("90", "79"):
        qtbot.waitUntil(lambda: bool(_editors(session)))
        editor = _editors(session)[-1]
        qtbot.keyClicks(editor, text)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()
    assert session.save_button.isEnabled() and "*" in session.windowTitle()
    assert [session.marks.index(row, 6).data() for row in (0, 1)] == ["● 合格", "▲ 不合格"]
    qtbot.mouseClick(session.save_button, Qt.MouseButton.LeftButton)
    settle()
    told = sessions.summary(town, session.session_id)
    assert (told.invited, told.attended, told.passed) == (2, 2, 1)
    assert "合格率 50.0 %" in session.head.text() and "*" not in session.windowTitle()
    qtbot.mouseClick(session.enrol_button, Qt.MouseButton.LeftButton)
    settle()
    assert len(session.marks.people) == 2


def _editors(session: SessionDialog) -> list[QLineEdit]:
    return [one for one in session.table.findChildren(QLineEdit) if one.isVisible() and one.hasFocus()]


def test_what_is_no_mark_cannot_be_saved_and_absent_is_a_word(
    town: Office, session: SessionDialog, qtbot: QtBot
) -> None:
    session.enrol_missing()
    settle()
    session.marks.setData(session.marks.index(0, 5), "九十")
    assert not session.save_button.isEnabled() and "不是成绩" in session.hint.text()
    assert session.marks.index(0, 6).data() == "▲ 不是成绩"
    session.marks.setData(session.marks.index(0, 5), "缺考")
    session.save()
    settle()
    assert [one.absent for one in sessions.participants(town, session.session_id)] == [True, False]


def test_papers_of_a_class_are_written(town: Office, session: SessionDialog, tmp_path: Path) -> None:
    session.enrol_missing()
    settle()
    session.print_sign_in(tmp_path)
    session.print_scores(tmp_path)
    session.print_cards(tmp_path)
    settle()
    pages = {
        file.stem[:3]: ["".join(page.extract_text().split()) for page in PdfReader(file).pages]
        for file in tmp_path.glob("*.pdf")
    }
    assert "张示例" in pages["签到表"][0] and "李示例" in pages["成绩单"][0]
    (cards,) = [texts for name, texts in pages.items() if name not in ("签到表", "成绩单")]
    assert len(cards) == 4 and "√" not in cards[1]


def test_unsaved_marks_are_asked_about(session: SessionDialog, answers: Answers) -> None:
    session.enrol_missing()
    settle()
    session.marks.setData(session.marks.index(0, 5), "88")
    answers.given = ["stay", "drop"]
    session.close()
    assert session.isVisible() and "1 人的成绩还没有保存" in answers.asked[0]
    session.close()
    assert not session.isVisible()
