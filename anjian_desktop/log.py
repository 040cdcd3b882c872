"""A rotating log and crash reports that can be handed over: no names, codes, phones or values of anybody in them."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from datetime import datetime
from pathlib import Path

from anjian_desktop import __version__

LOGGER = logging.getLogger("anjian_desktop")
LOGGER.addHandler(logging.NullHandler())  # without a log file logging would print errors on the clerk's terminal
_ROOT = Path(__file__).resolve().parent.parent
_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[0-9A-Za-z]+")
_LOG_BYTES, _OLD_LOGS = 1_000_000, 5
_LONG_NUMBER = re.compile(r"\d{5}")


def scrub(text: str) -> str:
    """The text without what may be somebody's: Chinese words and long numbers become “…”."""
    return _WORD.sub(_kept, text)


def _kept(word: re.Match[str]) -> str:
    return "…" if not word[0].isascii() or _LONG_NUMBER.search(word[0]) else word[0]


@contextmanager
def logging_to(folder: Path, name: str = "anjian") -> Iterator[logging.Logger]:
    """Write the program's log to `folder`/`name`.log while inside; a folder that cannot be written gives no log, no error."""
    handler = _open(folder, name)
    if handler is None:
        yield LOGGER
        return
    before = LOGGER.level
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    try:
        yield LOGGER
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(before)
        handler.close()


def _open(folder: Path, name: str) -> logging.Handler | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _ScrubbedFile(folder / f"{name}.log", encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(_Scrubbing("%(asctime)s %(process)d %(levelname)s %(name)s %(message)s"))
    return handler


class _Scrubbing(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        # The traceback's last line repeats the error's words, and those may quote a value: only its scrubbed form is kept.
        if record.exc_info and record.exc_info[1] is not None:
            told = crash_report(record.exc_info[1])
            record = copy(record)
            record.exc_info = record.exc_text = None
            return f"{super().format(record)}\n{told}"
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's own name)
        record.message = scrub(record.message)
        return super().formatMessage(record)


class _ScrubbedFile(logging.FileHandler):
    """Goes round by itself: logging.handlers brings sockets and pickles, which the first paint would wait for."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and self.stream.tell() > _LOG_BYTES:
                full, self.stream = self.stream, None  # the line below opens it anew, also after a failed close
                full.close()
                self._go_round()
            super().emit(record)
        except OSError:
            self.handleError(record)

    def _go_round(self) -> None:
        file = Path(self.baseFilename)
        # Windows refuses to rename a file that another of our processes has open: go on in the long one.
        with suppress(OSError):
            for n in range(_OLD_LOGS - 1, -1, -1):
                older = file.with_name(f"{file.name}.{n}") if n else file
                if older.exists():
                    older.replace(file.with_name(f"{file.name}.{n + 1}"))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's own name)
        # A full disk must not put a traceback on the clerk's terminal; the work itself reports the full disk.
        return


def crash_report(error: BaseException) -> str:
    """What happened, for the developers: version, machine, kind of error, the places in the code; values left out."""
    import platform  # only a crash asks for it

    lines = [
        f"anjian-desktop {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}",
    ]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__module__}.{type(current).__name__}: {_told(current)}")
        lines += [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in _frames(current)]
        current = current.__cause__ or current.__context__
    return "\n".join(lines) + "\n"


def write_crash_report(error: BaseException, folder: Path) -> Path | None:
    """Put the report into a file of its own; None when it cannot be written (also a disk full has its bug)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"crash-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
        file.write_text(crash_report(error), encoding="utf-8")
    except OSError:
        return None
    return file


def _told(error: BaseException) -> str:
    # An SQL error repeats the statement and its values; the engine's own words come first and are enough.
    original = getattr(error, "orig", None)
    text = str(original if original is not None else error).splitlines()
    return scrub(text[0])[:200] if text else ""


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(error.__traceback__, limit=-40)) if error.__traceback__ else []


def _place(filename: str) -> str:
    path = Path(filename)
    for base in (_ROOT, Path(sys.prefix)):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return path.name
