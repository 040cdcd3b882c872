"""A real main window on a real office, and the questions it asks answered beforehand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from anjian_desktop.services.office import Office
from ui import app, messages, tasks, theme
from ui.main_window import MainWindow
from ui.memory import WindowMemory
from ui.pages.record_panel import RecordPanel


def program_application(arguments: list[str]) -> QApplication:
    """The program's own application: Chinese, its theme."""
    del arguments
    application = app.make_application()
    theme.apply_theme(application)
    return application


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    """The main window showing the test's office."""
    made = MainWindow(office.folder, WindowMemory(), today=office.today)
    made.open_store = lambda: None  # type: ignore[method-assign]  # the test's office is open already
    qtbot.addWidget(made, before_close_func=_leave)
    made.resize(1366, 768)
    made.show()
    made.use_office(office)
    settle()
    yield made
    # Windows waiting to be deleted would be restyled and painted by every later test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _leave(window: MainWindow) -> None:
    """Nothing a test left unsaved is asked about when its window goes."""
    settle()
    for panel in window.findChildren(RecordPanel):
        panel.hide()
    window.letting_go()


@pytest.fixture(autouse=True)
def no_endless_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question nobody answers gets the safe answer at once, where a real clerk would be waited for."""
    monkeypatch.setattr(messages.MessageDialog, "exec", lambda self: 0)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Answers questions in order; what was asked and said is kept."""
    kept = Answers()
    monkeypatch.setattr(messages, "choose", kept.choose)
    monkeypatch.setattr(messages, "say", kept.say)
    return kept


class Answers:
    """Stands in for the message dialogs."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.asked: list[str] = []
        self.said: list[str] = []

    def choose(self, parent: object, question: str, choices: object, **options: object) -> str:
        self.asked.append(question)
        return self.given.pop(0)

    def say(self, parent: object, text: str, next_step: str = "", **options: object) -> None:
        self.said.append(f"{text} {next_step}".strip())


def settle() -> None:
    """Let every task end and its result arrive."""
    assert tasks.wait_for_all(20)
    QApplication.processEvents()
    assert tasks.wait_for_all(20)
