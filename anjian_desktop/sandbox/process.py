"""A reusable child process that opens files from outside, with limits: whatever a file does to it, the program goes on."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from anjian_desktop.errors import UserError
from anjian_desktop.sandbox import frames
from anjian_desktop.sandbox.limits import confine

_POLL_S = 0.1
_WAITING_FRAMES = 64
_CREATE_NO_WINDOW = 0x08000000

Watch = Callable[[], None]
"""Called at least every tenth of a second while a child works; what it raises (Cancelled) stops the child at once."""


@dataclass(frozen=True)
class Limits:
    """What reading one file may use: bytes of memory, seconds without a sign of life, seconds in all."""

    memory: int = 1_500_000_000
    silence: float = 60.0
    whole: float = 300.0


@dataclass(frozen=True)
class Work:
    """What a kind of child is for: the module whose `main` it runs, the launcher's argument for it, the clerk's words.

    `died`, `hung` give the refusal for a file of that name.
    """

    module: str
    argument: str
    died: Callable[[str], UserError]
    hung: Callable[[str], UserError]


class Child:
    """A child and the way to it. It is started when first needed, kept, and started anew when it has died."""

    def __init__(
        self, work: Work, limits: Limits | None = None, command: Callable[[int], list[str]] | None = None
    ) -> None:
        self._work = work
        self._limits = limits or Limits()
        self._command = command or (lambda memory: child_command(work, memory))
        self._one_at_a_time = threading.Lock()
        self._running: _Running | None = None

    def ask(
        self,
        request: object,
        data: bytes,
        *,
        name: str,
        hand_on: Callable[[bytes, bytes], None],
        watch: Watch | None = None,
    ) -> None:
        """Have the child work on a file's bytes; `hand_on` gets the letter and content of each frame it answers with.

        Raises UserError: what the child refuses, or that it died, hung or talked nonsense over the file called `name`.
        """
        asked = frames.packed(request, errors="surrogatepass")
        with self._one_at_a_time:
            try:
                try:
                    self._serve(asked, data, name, hand_on, watch)
                except _GoneBefore:  # since the last file: this one is not to blame
                    self._stop()
                    self._serve(asked, data, name, hand_on, watch)
            except (frames.Garbled, _CannotStart):
                self._stop()
                raise self._work.died(name) from None
            except _Refusal as refusal:
                raise refusal.error from None
            except BaseException:
                self._stop()
                raise

    def start(self) -> None:
        """Start the child ahead of its first file, unless it is at work."""
        if self._one_at_a_time.acquire(blocking=False):
            try:
                with suppress(_CannotStart):
                    self._started()
            finally:
                self._one_at_a_time.release()

    def warm_up(self) -> None:
        """Start the child before it is needed (a file is about to be chosen); returns at once."""
        threading.Thread(target=self.start, name="child-start", daemon=True).start()

    def close(self) -> None:
        """End the child, if there is one."""
        self._stop()

    @property
    def process_id(self) -> int | None:
        """The number of the process that runs now."""
        return self._running.process_id if self._running is not None else None

    def _serve(
        self, asked: bytes, data: bytes, name: str, hand_on: Callable[[bytes, bytes], None], watch: Watch | None
    ) -> None:
        running = self._started()
        running.ask(asked, data)
        self._listen(running, name, hand_on, watch)
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

    def _listen(
        self, running: _Running, name: str, hand_on: Callable[[bytes, bytes], None], watch: Watch | None
    ) -> None:
        started = heard = watched = time.monotonic()
        taken = False
        while True:
            frame = running.next_frame(taken=taken)
            now = time.monotonic()
            if watch is not None and (frame is None or now - watched >= _POLL_S):
                watch()
                watched = now
            if frame is not None:
                heard = now
                kind, payload = frame
                if kind == frames.DONE:
                    return
                if kind == frames.REFUSED:
                    raise _Refusal(frames.unpacked_refusal(payload))
                if kind == frames.TAKEN:
                    taken = True
                else:
                    hand_on(kind, payload)
            if now - heard > self._limits.silence or now - started > self._limits.whole:
                self._stop()
                raise self._work.hung(name)


class _GoneBefore(frames.Garbled):
    """A child that served earlier files is no longer there to be asked."""


class _CannotStart(Exception):
    """The system gives no process."""


class _Refusal(Exception):
    """The child refused the file; it is well and stays."""

    def __init__(self, error: UserError) -> None:
        self.error = error


class _Running:
    """A started child: its pipes, a thread that hands it a file, and one that fetches its frames."""

    def __init__(self, command: list[str], memory: int) -> None:
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=_CREATE_NO_WINDOW if sys.platform == "win32" else 0,
            )
        except OSError:
            raise _CannotStart from None
        self._job = confine(self._process, memory)
        self._frames: queue.Queue[tuple[bytes, bytes] | None] = queue.Queue(_WAITING_FRAMES)
        self.served = False
        """It has read a file before and was well."""
        self._stopped = False
        self._feeding: threading.Thread | None = None
        self._fetching = threading.Thread(target=self._fetch, name="child-frames", daemon=True)
        self._fetching.start()

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    @property
    def process_id(self) -> int:
        return self._process.pid

    def ask(self, asked: bytes, data: bytes) -> None:
        """Hand over a file; a child that does not take it is found out by its silence or its end."""
        self._feeding = threading.Thread(target=self._feed, args=(asked, data), name="child-file", daemon=True)
        self._feeding.start()

    def next_frame(self, *, taken: bool) -> tuple[bytes, bytes] | None:
        """The next frame, or None when there is none yet. Raises Garbled when the child is gone; `taken`: over this file."""
        try:
            frame = self._frames.get(timeout=_POLL_S)
        except queue.Empty:
            return None
        if frame is None:
            raise _GoneBefore if self.served and not taken else frames.Garbled
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
        if self._feeding is not None:
            self._feeding.join(5)
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()

    def _feed(self, asked: bytes, data: bytes) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):  # it is gone, and its last word tells so
            frames.send(self._process.stdin, frames.REQUEST, asked)
            frames.send(self._process.stdin, frames.CONTENT, data)

    def _fetch(self) -> None:
        assert self._process.stdout is not None
        frame: tuple[bytes, bytes] | None = (b"", b"")
        while frame is not None:
            try:
                frame = frames.receive(self._process.stdout)
            except (frames.Garbled, OSError, ValueError):
                frame = None
            while not self._stopped:
                try:
                    self._frames.put(frame, timeout=_POLL_S)
                    break
                except queue.Full:
                    continue
            if self._stopped:
                return


def child_command(work: Work, memory: int) -> list[str]:
    """How to start a child: this interpreter with the same paths, or the installed program's own launcher."""
    program = Path(sys.executable)
    if not program.stem.casefold().startswith("python"):
        return [str(program.with_name("anjian.exe")), work.argument, str(memory)]
    paths = [path or str(Path.cwd()) for path in sys.path]  # an empty one means where a `python -c` was started
    return [
        str(program), "-I", "-S", "-B", "-X", "utf8", "-c",
        f"import sys; sys.path[:] = {paths!r}; from {work.module} import main; main({memory})",
    ]  # fmt: skip
