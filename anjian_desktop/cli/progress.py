"""A bar on stderr for long work; Ctrl+C asks it to stop after the current piece."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from anjian_desktop.errors import Cancelled
from anjian_desktop.services.progress import Step


@contextmanager
def watching(title: str) -> Iterator[Step]:
    """A Step for the work inside. The bar is drawn only where stderr is a terminal."""
    stop = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        print("正在停止，做完手上这一件……（再按一次 Ctrl+C 立即停）", file=sys.stderr)

    in_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, ask_to_stop) if in_main else None
    try:
        with _bar(title) as draw:

            def step(done: int, total: int, name: str) -> None:
                if stop.is_set():
                    raise Cancelled
                draw(done, total, name)

            yield step
    finally:
        if in_main:
            signal.signal(signal.SIGINT, before or signal.SIG_DFL)


@contextmanager
def _bar(title: str) -> Iterator[Step]:
    if not sys.stderr.isatty():
        yield lambda done, total, name: None
        return
    # rich costs a tenth of a second: only where a bar is drawn.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None, name="")

        def draw(done: int, total: int, name: str) -> None:
            progress.update(task, completed=done, total=total or None, name=name)

        yield draw
