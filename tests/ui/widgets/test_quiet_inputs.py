"""The wheel changes nothing, and goes on to what scrolls."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.quiet_inputs import NumberField, QuietCombo


def wheel() -> QWheelEvent:
    return QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "made", [lambda: QuietCombo("类别", ((1, "一"), (2, "二"))), lambda: NumberField("份数", 1, 20, 2)]
)
def test_the_wheel_changes_nothing(qtbot: QtBot, made: object) -> None:
    field = made()  # type: ignore[operator]
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    before = field.currentData() if isinstance(field, QuietCombo) else field.value()
    event = wheel()
    QApplication.sendEvent(field, event)
    assert (field.currentData() if isinstance(field, QuietCombo) else field.value()) == before
    assert not event.isAccepted()


def test_an_unknown_key_chooses_the_first(qtbot: QtBot) -> None:
    combo = QuietCombo("格式", (("pdf", "PDF"), ("docx", "Word")))
    qtbot.addWidget(combo)
    combo.choose("docx")
    assert combo.currentText() == "Word"
    combo.choose("从前的格式")
    assert combo.currentText() == "PDF"
