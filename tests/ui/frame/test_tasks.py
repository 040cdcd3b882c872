"""Work off the window's thread: progress, stopping, refusals, bugs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.windows import Answers, settle

from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.services.progress import Step
from ui import crash, tasks
from ui.messages import Toast
from ui.tasks import run_quiet, run_task
from ui.widgets.progress_panel import ProgressPanel


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    widget = QWidget()
    widget.resize(600, 400)
    qtbot.addWidget(widget)
    widget.show()
    yield widget
    settle()


def test_the_result_arrives_on_the_window_s_thread(parent: QWidget) -> None:
    seen: list[tuple[int, bool]] = []
    run_task(
        parent,
        "工作",
        lambda step: 7,
        lambda n: seen.append((n, threading.current_thread() is threading.main_thread())),
    )
    settle()
    assert seen == [(7, True)]


def test_short_work_shows_no_dialog(parent: QWidget) -> None:
    run_task(parent, "工作", lambda step: None, lambda _: None)
    settle()
    assert not [one for one in parent.findChildren(ProgressPanel) if one.isVisible()]


def test_long_work_shows_bar_name_and_count_and_stops_when_asked(parent: QWidget, qtbot: QtBot) -> None:
    def work(step: Step) -> None:
        for n in range(2000):
            step(n, 2000, f"第 {n + 1} 份")
            time.sleep(0.005)

    stopped: list[Exception] = []
    run_task(parent, "打印责任书", work, lambda _: None, stopped.append)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in parent.findChildren(ProgressPanel)), timeout=5000)
    panel = parent.findChildren(ProgressPanel)[0]
    qtbot.waitUntil(lambda: panel.current.text().startswith("第 "))
    assert panel.count.text().endswith("/ 2,000") or "约剩" in panel.count.text()
    before = time.monotonic()
    panel.stop_button.click()
    assert panel.count.text() == "正在停止…"
    settle()
    assert time.monotonic() - before < 1.0
    assert isinstance(stopped[0], Cancelled)


def test_a_stop_without_handler_is_told_in_passing(parent: QWidget) -> None:
    def work(step: Step) -> None:
        raise Cancelled

    run_task(parent, "打印责任书", work, lambda _: None)
    settle()
    assert parent.findChildren(Toast)[-1].text.text() == "已停止：打印责任书。已经做完的部分都保存了。"


def test_a_refusal_is_said_in_its_own_words(parent: QWidget, answers: Answers) -> None:
    def work(step: Step) -> None:
        raise UserError("文件打不开。", next_step="请先在 WPS 里关闭它。")

    run_task(parent, "导入", work, lambda _: None)
    settle()
    assert answers.said == ["文件打不开。 请先在 WPS 里关闭它。"]


def test_a_bug_is_reported_to_a_file_without_personal_data(parent: QWidget, answers: Answers, tmp_path: Path) -> None:
    crash.watch(tmp_path)

    def work(step: Step) -> None:
        raise ValueError("赵示例 13900000001")

    handed: list[Exception] = []
    for _ in range(2):
        run_task(parent, "导入", work, lambda _: None, handed.append)
        settle()
    assert len(answers.said) == 1
    assert "没有受影响" in answers.said[0]
    assert [error.code for error in handed if isinstance(error, UserError)] == ["bug", "bug"]
    reports = [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()]
    assert len(reports) == 1
    assert "ValueError" in reports[0]
    assert "赵示例" not in reports[0]
    assert "13900000001" not in reports[0]


def test_a_click_during_work_does_nothing(parent: QWidget, qtbot: QtBot) -> None:
    presses: list[int] = []
    button = QPushButton("打印", parent)
    button.clicked.connect(lambda: presses.append(1))
    button.show()
    go = threading.Event()
    run_task(parent, "打印", lambda step: go.wait(5), lambda _: None)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert presses == []
    go.set()
    settle()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert presses == [1]


def test_of_quiet_answers_only_the_newest_counts(parent: QWidget) -> None:
    seen: list[int] = []
    for n in range(5):
        run_quiet(parent, lambda n=n: (time.sleep(0.02 * (5 - n)), n)[1], seen.append, key="列表")
    settle()
    assert seen == [4]


def test_an_answer_for_a_page_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    import shiboken6

    page = QWidget()
    seen: list[int] = []
    go = threading.Event()
    run_quiet(page, lambda: go.wait(5), seen.append)
    shiboken6.delete(page)
    go.set()
    settle()
    assert seen == []


def test_titles_of_what_is_under_way_are_known(parent: QWidget) -> None:
    go = threading.Event()
    run_task(parent, "备份数据", lambda step: go.wait(5), lambda _: None)
    assert tasks.running_titles() == ["备份数据"]
    go.set()
    settle()
    assert tasks.running_titles() == []
