"""One reusable child process reads every file from outside, with limits: whatever a file does to it, the program goes on."""

from __future__ import annotations

import atexit
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from anjian_desktop.errors import UserError
from anjian_desktop.exchange import CHILD_ARGUMENT
from anjian_desktop.exchange import child_protocol as protocol
from anjian_desktop.exchange.child_limits import confine
from anjian_desktop.exchange.sheet_events import SheetSink

_POLL_S = 0.1
_WAITING_FRAMES = 64
_CREATE_NO_WINDOW = 0x08000000


@dataclass(frozen=True)
class Limits:
    """What reading one file may use: bytes of memory, seconds without a sign of life, seconds in all."""

    memory: int = 1_500_000_000
    silence: float = 60.0
    whole: float = 300.0


class FileReader:
    """The child and the way to it. It is started when first needed, kept, and started anew when it has died."""

    def __init__(self, limits: Limits = Limits(), command: Callable[[int], list[str]] | None = None) -> None:
        self._limits = limits
        self._command = command or child_command
        self._one_at_a_time = threading.Lock()
        self._running: _Running | None = None

    def read(
        self,
        data: bytes,
        *,
        name: str,
        title: str,
        wanted: str | None,
        sink: SheetSink,
        watch: Callable[[], None] | None = None,
    ) -> None:
        """Have the child read a file's bytes and tell `sink` its sheets.

        `watch` is called at least every tenth of a second; what it raises (Cancelled) stops the child at once. Raises
        UserError: what the child refuses, or that it died, hung or talked nonsense over this file.
        """
        request = protocol.packed([name, title, wanted])
        with self._one_at_a_time:
            try:
                try:
                    self._serve(request, data, name, sink, watch)
                except _GoneBefore:  # since the last file: this one is not to blame
                    self._stop()
                    self._serve(request, data, name, sink, watch)
            except (protocol.Garbled, OSError):
                self._stop()
                raise UserError(
                    f"文件“{name}”读不出来，读取已安全终止，没有导入任何内容。",
                    next_step="请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”后再试。",
                    code="reader_died",
                ) from None
            except _Refusal as refusal:
                raise refusal.error from None
            except BaseException:
                self._stop()
                raise

    def start(self) -> None:
        """Start the child ahead of its first file, in the background."""
        if self._one_at_a_time.acquire(blocking=False):
            try:
                self._started()
            finally:
                self._one_at_a_time.release()

    def close(self) -> None:
        """End the child, if there is one."""
        self._stop()

    def _serve(self, request: bytes, data: bytes, name: str, sink: SheetSink, watch: Callable[[], None] | None) -> None:
        running = self._started()
        try:
            running.ask(request, data)
        except OSError:
            if running.served:
                raise _GoneBefore from None
            raise
        self._listen(running, name, sink, watch)
        running.served = True

    def _started(self) -> _Running:
        if self._running is None or self._running.has_ended:
            self._stop()
            self._running = _Running(self._command(self._limits.memory), self._limits.memory)
        return self._running

    def _stop(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.kill()

    def _listen(self, running: _Running, name: str, sink: SheetSink, watch: Callable[[], None] | None) -> None:
        started = heard = watched = time.monotonic()
        while True:
            frame = running.next_frame(first=heard == started)
            now = time.monotonic()
            if watch is not None and (frame is None or now - watched >= _POLL_S):
                watch()
                watched = now
            if frame is not None:
                heard = now
                if _hand_on(frame, sink):
                    return
            if now - heard > self._limits.silence or now - started > self._limits.whole:
                self._stop()
                raise UserError(
                    f"读取文件“{name}”超时，已安全终止，没有导入任何内容。",
                    next_step="请确认文件来源，或分成几份导入。",
                    code="reader_timeout",
                )


class _GoneBefore(protocol.Garbled):
    """A child that served earlier files is no longer there to be asked."""


class _Refusal(Exception):
    """The child refused the file; it is well and stays."""

    def __init__(self, error: UserError) -> None:
        self.error = error


def _hand_on(frame: tuple[bytes, bytes], sink: SheetSink) -> bool:
    """Pass one frame to the sink; whether it was the last. Raises Garbled, _Refusal."""
    kind, payload = frame
    if kind == protocol.ROWS:
        sink.rows(protocol.unpacked_rows(payload))
        return False
    if kind == protocol.DONE:
        return True
    if kind == protocol.AGAIN:
        sink.again()
        return False
    match kind, protocol.unpacked(payload):
        case protocol.BEGIN, [str(name), bool(hidden), bool(starts_1904), bool(unmerged)]:
            sink.begin(name, hidden=hidden, starts_1904=starts_1904, unmerged=unmerged)
        case protocol.END, [merges, int(hidden_rows), list(notes)] if all(isinstance(one, str) for one in notes):
            sink.end(merges=protocol.unpacked_merges(merges), hidden_rows=hidden_rows, notes=notes)
        case protocol.REFUSED, [str(message), str(next_step), str(code)]:
            raise _Refusal(UserError(message, next_step=next_step, code=code))
        case _:
            raise protocol.Garbled
    return False


class _Running:
    """A started child: its pipes, and a thread that fetches its frames."""

    def __init__(self, command: list[str], memory: int) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_CREATE_NO_WINDOW if sys.platform == "win32" else 0,
        )
        self._job = confine(self._process, memory)
        self._frames: queue.Queue[tuple[bytes, bytes] | None] = queue.Queue(_WAITING_FRAMES)
        self.served = False
        """It has read a file before and was well."""
        self._stopped = False
        self._fetching = threading.Thread(target=self._fetch, name="file-reader", daemon=True)
        self._fetching.start()

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def ask(self, request: bytes, data: bytes) -> None:
        """Hand over a file. Raises OSError when the child is gone."""
        assert self._process.stdin is not None
        protocol.send(self._process.stdin, protocol.REQUEST, request)
        protocol.send(self._process.stdin, protocol.CONTENT, data)

    def next_frame(self, *, first: bool) -> tuple[bytes, bytes] | None:
        """The next frame, or None when there is none yet. Raises Garbled when the child is gone."""
        try:
            frame = self._frames.get(timeout=_POLL_S)
        except queue.Empty:
            return None
        if frame is None:
            raise _GoneBefore if first and self.served else protocol.Garbled
        return frame

    def kill(self) -> None:
        """End the child and wait for it."""
        self._stopped = True
        self._process.kill()
        with suppress(queue.Empty):
            while True:
                self._frames.get_nowait()
        self._process.wait()
        self._fetching.join(5)
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()

    def _fetch(self) -> None:
        assert self._process.stdout is not None
        frame: tuple[bytes, bytes] | None = (b"", b"")
        while frame is not None:
            try:
                frame = protocol.receive(self._process.stdout)
            except (protocol.Garbled, OSError, ValueError):
                frame = None
            while not self._stopped:
                try:
                    self._frames.put(frame, timeout=_POLL_S)
                    break
                except queue.Full:
                    continue
            if self._stopped:
                return


def child_command(memory: int) -> list[str]:
    """How to start the child: this interpreter with the same paths, or the installed program's own launcher."""
    program = Path(sys.executable)
    if not program.stem.casefold().startswith("python"):
        return [str(program.with_name("anjian.exe")), CHILD_ARGUMENT, str(memory)]
    paths = [path or str(Path.cwd()) for path in sys.path]  # an empty one means where a `python -c` was started
    return [
        str(program), "-I", "-S", "-B", "-X", "utf8", "-c",
        f"import sys; sys.path[:] = {paths!r}; from anjian_desktop.exchange.child import main; main({memory})",
    ]  # fmt: skip


@cache
def file_reader() -> FileReader:
    """The program's one reader; its child ends with the program."""
    reader = FileReader()
    atexit.register(reader.close)
    return reader


def warm_up() -> None:
    """Start the child before it is needed (an import is about to be chosen); returns at once."""
    threading.Thread(target=file_reader().start, name="file-reader-start", daemon=True).start()
