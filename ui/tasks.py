"""Work off the window's thread: `run_task` with progress, current name and 取消; `run_quiet` for lists that load."""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.services.progress import Step
from ui import crash, messages
from ui.widgets.progress_panel import ProgressPanel

T = TypeVar("T")

DIALOG_AFTER_MS = 600
"""A dialog that flashes up for an instant is worse than none."""
_REPORT_EVERY_S = 0.05
BUG = "bug"
"""The code of the UserError that `failed` gets for an error nobody foresaw; that has been told already."""

_running: set[_Job] = set()
_spent: deque[_Job] = deque(maxlen=64)
"""Jobs that have answered; their thread may not quite have let go of them yet."""
_quiet_numbers = itertools.count(1)


def run_task(
    parent: QWidget,
    title: str,
    work: Callable[[Step], T],
    done: Callable[[T], None],
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Run `work(step)` in another thread and `done(result)` here; a progress dialog comes after 0.6 s.

    Without `failed`, a UserError is shown as a message and a stop is told in passing. Anything unforeseen goes to the
    crash report, and `failed` gets a UserError with code `bug`, so that a page can let its buttons go again.
    The parent's window takes no clicks meanwhile, so that a double click on 打印 prints once.
    """
    window = parent.window()
    job = _Job(parent, title)
    guard = _Guard(window)
    dialog = _ProgressDialog(window, title, job.stop)
    timer = QTimer(dialog, singleShot=True, interval=DIALOG_AFTER_MS)
    timer.timeout.connect(dialog.open)

    def finish() -> None:
        timer.stop()
        guard.release()
        dialog.finished_work()

    def on_done(result: Any) -> None:
        finish()
        if shiboken6.isValid(parent):
            done(result)

    def on_failed(error: Exception) -> None:
        finish()
        if not shiboken6.isValid(parent):
            return
        _hand_on(parent, title, error, failed)

    job.progressed.connect(dialog.panel.show_step)
    job.start(work, on_done, on_failed)
    timer.start()


def run_quiet(
    owner: QObject,
    work: Callable[[], T],
    done: Callable[[T], None],
    failed: Callable[[Exception], None] | None = None,
    *,
    key: str = "",
) -> None:
    """Run `work()` in another thread without any dialog; of several with one `key` only the newest answers."""
    number = next(_quiet_numbers)
    name = f"_newest_{key}"
    if key:
        owner.setProperty(name, number)

    def wanted() -> bool:
        return shiboken6.isValid(owner) and (not key or owner.property(name) == number)

    def on_done(result: Any) -> None:
        if wanted():
            done(result)

    def on_failed(error: Exception) -> None:
        if not wanted():
            return
        _hand_on(owner if isinstance(owner, QWidget) else None, "", error, failed)

    _Job(owner, "").start(lambda _step: work(), on_done, on_failed)


def running_titles() -> list[str]:
    """What is under way and has a title: asked for before the window closes."""
    return [job.title for job in _running if job.title]


def stop_all() -> None:
    """Ask every task to stop at its next step."""
    for job in list(_running):
        job.stop()


def wait_for_all(timeout_s: float = 30.0) -> bool:
    """Let every task end, delivering their results; False when one is still running after `timeout_s`."""
    until = time.monotonic() + timeout_s
    while _running and time.monotonic() < until:
        QCoreApplication.processEvents()
        time.sleep(0.002)
    return not _running


class _Job(QObject):
    progressed = Signal(int, int, str)
    _ended = Signal()

    def __init__(self, owner: QObject, title: str) -> None:
        # No Qt parent: the worker may still emit when the owner is gone.
        super().__init__()
        self.title = title
        self._stop = threading.Event()
        self._last_report = 0.0
        self._outcome: tuple[Any, Exception | None]

    def start(
        self, work: Callable[[Step], Any], on_done: Callable[[Any], None], on_failed: Callable[[Exception], None]
    ) -> None:
        self._work, self._on_done, self._on_failed = work, on_done, on_failed
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        _running.add(self)
        _pool().submit(self._run)

    def stop(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        # Nothing of the work stays in this thread's hands once the window's has heard: the last to let go of a widget
        # is the one that frees it.
        try:
            self._outcome = self._work(self._step), None
        except Exception as caught:  # noqa: BLE001  every failure is told on the window's thread
            self._outcome = None, caught
        self._ended.emit()

    def _step(self, done: int, total: int, name: str) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last_report >= _REPORT_EVERY_S or done >= total:
            self._last_report = now
            self.progressed.emit(done, total, name)

    def _deliver(self) -> None:
        _running.discard(self)
        _spent.append(self)
        (result, error), done, failed = self._outcome, self._on_done, self._on_failed
        del self._outcome, self._work, self._on_done, self._on_failed
        if error is None:
            done(result)
        else:
            failed(error)


class _ProgressDialog(QDialog):
    """Closing it only asks to stop; it goes when the work has ended."""

    def __init__(self, window: QWidget, title: str, stop: Callable[[], None]) -> None:
        super().__init__(window)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.panel = ProgressPanel(title)
        self.panel.stop_asked.connect(stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.addWidget(self.panel)
        self.setFixedWidth(460)

    def reject(self) -> None:
        self.panel.ask_to_stop()

    def finished_work(self) -> None:
        if shiboken6.isValid(self):
            self.hide()
            self.deleteLater()


class _Guard(QObject):
    """Swallows clicks and commanding keys meant for a window while its work runs and no dialog stands before it yet."""

    _COMMANDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Escape})
    _CLICKS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease})

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def release(self) -> None:
        app = QCoreApplication.instance()
        if shiboken6.isValid(self) and app is not None:
            app.removeEventFilter(self)
            self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        if event.type() in self._CLICKS:
            return True
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            return bool(held) or event.key() in self._COMMANDS or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F12
        return False


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix="work")


def _hand_on(parent: QWidget | None, title: str, error: Exception, failed: Callable[[Exception], None] | None) -> None:
    """Tell a failure, or leave it to `failed`; a bug is always reported, and `failed` gets words for it."""
    if not isinstance(error, UserError | Cancelled):
        crash.on_uncaught(type(error), error, error.__traceback__)
        error = UserError(
            "程序遇到了没有预料到的问题，这一步没有做完。", next_step="请把问题报告交给维护人员。", code=BUG
        )
    if failed is not None:
        failed(error)
    elif not (isinstance(error, UserError) and error.code == BUG):
        _tell(parent, title, error)


def _tell(parent: QWidget | None, title: str, error: Exception) -> None:
    if isinstance(error, Cancelled):
        if parent is not None and title:
            messages.toast(parent, f"已停止：{title}。已经做完的部分都保存了。")
    elif isinstance(error, UserError):
        messages.say_error(parent, error)
