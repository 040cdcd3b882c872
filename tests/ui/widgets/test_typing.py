"""Dates as clerks type them, conditions in words, messages with verbs."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QWidget
from pytestqt.qtbot import QtBot
from support import layout

from anjian_desktop import __version__
from anjian_desktop.errors import StoreError
from anjian_desktop.services import browse
from anjian_desktop.services.browse import Condition
from ui import messages
from ui.messages import MessageDialog
from ui.widgets.date_edit import DateEdit
from ui.widgets.filter_bar import describe

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("20260304", "2026-03-04"),
        ("260304", "2026-03-04"),
        ("2026.3.4", "2026-03-04"),
        ("2026/3/4", "2026-03-04"),
        ("2026年3月4日", "2026-03-04"),
        ("3.4", "2026-03-04"),
        ("3-4", "2026-03-04"),
        ("今", "2026-03-05"),
        ("昨", "2026-03-04"),
        ("明", "2026-03-06"),
        ("+7", "2026-03-12"),
        ("-1", "2026-03-04"),
        ("２０２６０３０４", "2026-03-04"),
    ],
)
def test_a_date_is_written_out(qtbot: QtBot, typed: str, meant: str) -> None:
    edit = DateEdit(TODAY)
    qtbot.addWidget(edit)
    edit.setText(typed)
    edit.write_out()
    assert edit.text() == meant


@pytest.mark.parametrize("typed", ["20260230", "13.5", "2026.3", "abc", "2026-13-01", "99999999"])
def test_what_is_no_date_stays_as_typed(qtbot: QtBot, typed: str) -> None:
    edit = DateEdit(TODAY)
    qtbot.addWidget(edit)
    edit.setText(typed)
    edit.write_out()
    assert edit.text() == typed
    assert edit.day() is None


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    edit = DateEdit(TODAY)
    edit.set_day(day)
    assert edit.day() == day


def test_f4_opens_a_calendar_that_writes_the_day(qtbot: QtBot) -> None:
    edit = DateEdit(TODAY)
    qtbot.addWidget(edit)
    edit.show()
    QTest.keyClick(edit, Qt.Key.Key_F4)
    calendar = edit.findChild(QCalendarWidget)
    assert calendar.firstDayOfWeek() is Qt.DayOfWeek.Monday
    calendar.clicked.emit(calendar.selectedDate().addDays(1))
    assert edit.text() == "2026-03-06"


@pytest.mark.parametrize(
    ("key", "conditions", "words"),
    [
        ("village", [("=", "东河村")], "所属村：东河村"),
        ("village", [("in", "东河村\n")], "所属村：东河村、未填"),
        ("village", [("=", "")], "所属村 未填"),
        ("principal_phone", [("!=", "")], "联系电话 已填"),
        ("worker_count", [(">=", "10"), ("<=", "20")], "从业人数 ≥ 10 ≤ 20"),
        ("name", [("~", "化工")], "企业名称 含 化工"),
        ("status", [("!=", "在营")], "经营状态 不是 在营"),
    ],
)
def test_conditions_are_told_in_words(key: str, conditions: list[tuple[str, str]], words: str) -> None:
    field = next(one for one in browse.fields("enterprise") if one.key == key)
    assert describe(field, [Condition(key, op, value) for op, value in conditions]) == words


def test_a_question_has_verbs_and_the_safe_one_is_the_default(qtbot: QtBot) -> None:
    dialog = MessageDialog(
        None, "要作废这 3 份责任书吗？", "编号不再使用。", tone="warning", details=(),
        choices=(("act", "作废这 3 份(&V)"), ("keep", "不作废(&N)")), safe="keep", default="keep",
    )  # fmt: skip
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.buttons["keep"].isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.chosen == "keep"
    dialog.show()
    dialog.buttons["act"].click()
    assert dialog.chosen == "act"
    assert dialog.buttons["act"].accessibleName() == "作废这 3 份"


def test_an_error_says_what_happened_and_what_now_and_copies_with_its_code(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[MessageDialog] = []
    monkeypatch.setattr(MessageDialog, "exec", lambda self: shown.append(self) or 0)
    error = StoreError("磁盘已满，没有保存，已有数据没有变化。", next_step="请腾出空间后再保存。", code="full")
    messages.say_error(None, error)
    messages.say(None, "备份好了。")
    trouble, news = shown
    for dialog in shown:
        qtbot.addWidget(dialog)
        dialog.show()
        assert layout.faults(dialog) == []
    assert (trouble.text.text(), trouble.explain.text()) == (error.message, error.next_step)
    trouble.copy_button.click()
    copied = QApplication.clipboard().text().split("\n")
    assert copied[:2] == [error.message, error.next_step]
    assert copied[2].startswith(f"安监桌面 {__version__}") and copied[2].endswith("full")
    assert trouble.isVisible() and not hasattr(news, "copy_button")


def test_a_toast_undoes_once_and_goes(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 300)
    window.show()
    undone: list[int] = []
    toast = messages.toast(window, "已把 3 家企业移到回收站", undo=lambda: undone.append(1))
    assert toast.isVisible()
    assert window.rect().contains(toast.geometry())
    toast.undo_button.click()
    assert undone == [1]
    qtbot.waitUntil(lambda: not window.findChildren(messages.Toast))
