"""Rubbish with widgets in it is freed by the window's thread, whichever thread makes the next object."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.windows import settle

from anjian_desktop.errors import UserError
from ui.collecting import Collecting, collect_on_this_thread
from ui.tasks import run_quiet


class Ring(QWidget):
    """A widget that only a collector can free."""

    freed_in: list[int]

    def __init__(self, freed_in: list[int]) -> None:
        super().__init__()
        self.ring = self
        weakref.finalize(self, lambda: freed_in.append(threading.get_ident()))


def test_another_thread_collects_no_widget(qapp: QApplication, qtbot: QtBot) -> None:
    collect_on_this_thread(qapp)
    collect_on_this_thread(qapp)
    (collecting,) = qapp.findChildren(Collecting)
    assert not gc.isenabled()
    freed: list[int] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    for _ in range(50):
        Ring(freed)

    def work() -> int:
        return len([[one] for one in range(200_000)])

    run_quiet(owner, work, lambda _: None)
    settle()
    qtbot.waitUntil(lambda: not gc.isenabled())
    kept = [[one] for one in range(20_000)]
    for _ in range(30):
        collecting.collect()
        kept += [[one] for one in range(6_000)]
    assert len(freed) == 50
    assert set(freed) == {threading.get_ident()}


def test_work_that_holds_the_last_of_a_widget_lets_it_go_on_the_window_s_thread(
    qapp: QApplication, qtbot: QtBot
) -> None:
    freed: list[int] = []
    owner = QWidget()
    qtbot.addWidget(owner)

    class Leaf(QWidget):
        def __init__(self) -> None:
            super().__init__()
            weakref.finalize(self, lambda: freed.append(threading.get_ident()))

    for fails in (False, True):
        leaf = Leaf()

        def work(held: QWidget = leaf, fail: bool = fails) -> str:
            if fail:
                raise UserError(held.objectName())
            return held.objectName()

        run_quiet(owner, work, lambda _: None, lambda _: None)
        del leaf, work
    settle()
    gc.collect()
    assert len(freed) == 2
    assert set(freed) == {threading.get_ident()}
