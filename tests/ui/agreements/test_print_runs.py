"""打印登记簿: a run is told in words and printed again with its old numbers."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from anjian_desktop.services.print_runs import RunRow
from ui.dialogs.print_runs_dialog import PrintRunsDialog, run_row

RUN = RunRow(
    3, datetime(2026, 1, 6, 9, 5), "文员", True, (1, 2, 3), 2, "示安责〔2026〕1号", "示安责〔2026〕3号", 12, 2, "pdf", True, "ab" * 32
)  # fmt: skip


def test_a_run_is_told_in_words() -> None:
    row = run_row(RUN)
    assert row.name == "2026-01-06 09:05　示安责〔2026〕1号 至 3号"
    assert (row.verdict, row.tone) == ("打完", "ok")
    assert row.why == "文员　3 份（重打 1） 12 页　每份 2 张　PDF，合并　校验 abababab"


def test_the_chosen_run_is_repeated(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PrintRunsDialog(parent, 2026, [RUN])
    dialog.show()
    asked: list[RunRow] = []
    dialog.repeat_asked.connect(asked.append)
    dialog.repeat_button.click()
    assert asked == [RUN]


def test_an_empty_register_says_what_will_stand_there(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PrintRunsDialog(parent, 2026, [])
    assert "还没有打印过" in dialog.told.text() and not dialog.repeat_button.isEnabled()
    dialog.reject()
