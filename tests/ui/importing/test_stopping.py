"""Long imports: the window stays alive, 取消 stops within a second, closing the window asks, the store is whole."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from support.offices import credit_code
from support.rosters import enterprise_roster
from support.windows import Answers, settle
from support.wizards import at, to_preview

from anjian_desktop.services import browse, maintenance
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office, open_office
from ui import tasks
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard.flow import WizardStep
from ui.main_window import MainWindow
from ui.messages import Toast

ROWS = 6_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A roster that takes a while."""
    file = tmp_path_factory.mktemp("大") / "大名册.xlsx"
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet("企业")
    sheet.write_row(0, 0, ["企业名称", "统一社会信用代码", "所属村", "经营地址", "主要负责人", "联系电话", "从业人数"])
    for n in range(1, ROWS + 1):
        sheet.write_row(
            n, 0, [f"示例{n}号机械厂", credit_code(n), "东河村", f"示例路{n}号", f"赵{n}", f"139{n:08d}", n]
        )
    book.close()
    return file


class Pulse:
    """The longest time the window did not answer."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


def test_the_window_stays_alive_while_a_long_file_is_read_and_written(
    qtbot: QtBot, wizard: ImportWizard, office: Office, large: Path
) -> None:
    pulse = Pulse()
    to_preview(qtbot, wizard, large)
    wizard.next_button.click()
    qtbot.waitUntil(lambda: wizard.flow.at is WizardStep.DONE, timeout=60_000)
    assert len(browse.ids(office, Query("enterprise"))) == ROWS
    assert pulse.longest < 1.5, f"{pulse.longest:.2f} s"


def test_reading_stops_within_a_second(qtbot: QtBot, wizard: ImportWizard, office: Office, large: Path) -> None:
    wizard.read_file(large)
    qtbot.waitUntil(lambda: bool(tasks.running_titles()))
    started = time.perf_counter()
    tasks.stop_all()
    qtbot.waitUntil(lambda: not tasks.running_titles())
    passed = time.perf_counter() - started
    assert passed < 1.5, f"{passed:.2f} s"
    settle()
    assert wizard.flow.at is WizardStep.SOURCE
    assert wizard.source.chosen.text() == "已停止读取，没有导入任何内容。"
    # And the same file can be read again.
    wizard.next_button.click()
    qtbot.waitUntil(lambda: wizard.flow.at is WizardStep.COLUMNS, timeout=30_000)
    assert wizard.flow.counts["read"] == ROWS


def test_stopping_while_rows_are_written_leaves_all_or_none(
    qtbot: QtBot, wizard: ImportWizard, office: Office, large: Path
) -> None:
    to_preview(qtbot, wizard, large)
    wizard.next_button.click()
    tasks.stop_all()
    settle()
    many = len(browse.ids(office, Query("enterprise")))
    assert many in (0, ROWS)
    if not many:
        assert wizard.flow.at is WizardStep.PREVIEW
        assert any("已停止" in toast.text.text() for toast in wizard.findChildren(Toast))
        wizard.next_button.click()
        qtbot.waitUntil(lambda: wizard.flow.at is WizardStep.DONE, timeout=60_000)
        assert len(browse.ids(office, Query("enterprise"))) == ROWS


@pytest.mark.parametrize("answer", ["wait", "stop"])
def test_closing_the_window_during_an_import_asks_and_the_next_start_is_whole(
    qtbot: QtBot, window: MainWindow, office: Office, answers: Answers, large: Path, answer: str
) -> None:
    window.open_page("enterprise")
    settle()
    wizard = ImportWizard.open(window, office, "enterprise")
    to_preview(qtbot, wizard, large)
    answers.given = [answer]
    wizard.next_button.click()
    assert tasks.running_titles() == ["导入企业名册"]
    closed = window.close()
    assert answers.asked == ["“导入企业名册”还没有做完。"]
    assert closed == (answer == "stop")
    if answer == "wait":
        qtbot.waitUntil(lambda: wizard.flow.at is WizardStep.DONE, timeout=60_000)
        assert len(browse.ids(office, Query("enterprise"))) == ROWS
        return
    for dialog in window.findChildren(QDialog):
        dialog.close()
    settle()
    with open_office(office.folder, today=office.today) as again:
        assert len(browse.ids(again, Query("enterprise"))) in (0, ROWS)
        assert maintenance.check(again).ok


@contextmanager
def full_disk(office: Office) -> Iterator[None]:
    """No page more for the store."""

    def limit(pages: int) -> None:
        raw = office.db._writing.raw_connection()
        used = raw.cursor().execute("PRAGMA page_count").fetchone()[0]
        raw.cursor().execute(f"PRAGMA max_page_count={pages or used}")
        raw.close()

    limit(0)
    yield
    limit(1 << 30)


def test_a_full_disk_is_told_nothing_is_written_and_the_choices_stay(
    qtbot: QtBot, wizard: ImportWizard, office: Office, tmp_path: Path, answers: Answers, large: Path
) -> None:
    to_preview(qtbot, wizard, large)
    with full_disk(office):
        wizard.next_button.click()
        settle()
    assert answers.said and answers.said[0].startswith("磁盘空间不足。本次没有保存，已有数据没有变化。")
    assert wizard.flow.at is WizardStep.PREVIEW and browse.ids(office, Query("enterprise")) == []
    wizard.next_button.click()
    qtbot.waitUntil(lambda: wizard.flow.at is WizardStep.DONE, timeout=60_000)
    assert len(browse.ids(office, Query("enterprise"))) == ROWS


def test_a_report_that_cannot_be_written_is_told(
    qtbot: QtBot, wizard: ImportWizard, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_preview(qtbot, wizard, enterprise_roster(tmp_path / "企业.xlsx"))
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.DONE)
    gone = tmp_path / "拔掉的U盘" / "未导入.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(gone), ""))
    wizard.finish.report_button.click()
    settle()
    assert len(answers.said) == 1 and "未导入.xlsx" in answers.said[0]
    assert not gone.parent.exists()
