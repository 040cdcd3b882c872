"""A batch's lines read as what, how it went, why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support.drawn import drawn

from ui import theme
from ui.dialogs.result_dialog import ResultAction, ResultDialog
from ui.models.outcome_table import OutcomeRow, OutcomeTableModel
from ui.widgets import outcome_list

ROWS = [OutcomeRow("示例甲公司", "没有打印", "缺字", "late"), OutcomeRow("示例乙公司", "已打印", tone="ok")]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = OutcomeTableModel()
    qtmodeltester.check(model)
    model.show(ROWS)
    qtmodeltester.check(model)


def test_a_verdict_has_word_shape_and_colour(qtbot: QtBot) -> None:
    dialog = ResultDialog(None, "打印结果", ["打印了 1 份。", "1 份没有打印。"], ROWS)
    qtbot.addWidget(dialog)
    dialog.show()
    assert drawn(dialog.table) == "示例甲公司 | ▲ 没有打印 | 缺字\n示例乙公司 | ● 已打印 | "
    verdict = dialog.model.index(0, 1)
    assert dialog.model.data(verdict, Qt.ItemDataRole.ForegroundRole) == QColor(theme.LATE)
    assert dialog.model.data(verdict, Qt.ItemDataRole.AccessibleTextRole) == "结果：▲ 没有打印"


def test_an_act_that_opens_something_closes_the_page_first(qtbot: QtBot) -> None:
    seen: list[bool] = []
    dialog = ResultDialog(
        None, "结果", ["一份。"], ROWS, [ResultAction("重试(&R)", lambda: seen.append(dialog.isVisible()), closes=True)]
    )
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.buttons["重试"].click()
    assert seen == [False]


def test_the_chosen_lines_are_copied_or_all(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(outcome_list, "copy_text", kept.append)
    dialog = ResultDialog(None, "结果", ["一份。"], ROWS)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    dialog.table.selectRow(1)
    qtbot.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert kept == ["示例甲公司\t没有打印\t缺字\n示例乙公司\t已打印\t", "示例乙公司\t已打印\t"]
