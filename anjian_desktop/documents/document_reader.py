"""Every Word file from outside is opened by one reusable child process; what it tells is checked and handed on."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from anjian_desktop.documents import CHILD_ARGUMENT
from anjian_desktop.documents.foreign_frames import CONVERT, EXAMINE, FINISHED, FOUND, MERGE, PIECE
from anjian_desktop.errors import UserError
from anjian_desktop.sandbox import frames
from anjian_desktop.sandbox.process import Child, Limits, Watch, Work

Texts = tuple[str, ...]


def _died(name: str) -> UserError:
    return UserError(
        f"Word 文件“{name}”读不出来，读取已安全终止，没有改动任何数据。",
        next_step="请在 Word 或 WPS 里打开它，另存为 .docx 后再试。",
        code="document_died",
    )


def _hung(name: str) -> UserError:
    return UserError(
        f"排版“{name}”超时，已安全终止，没有改动任何数据。",
        next_step="请确认文件来源，或在 Word 里分成几个文件再试。",
        code="document_timeout",
    )


WORD_FILES = Work("anjian_desktop.documents.child", CHILD_ARGUMENT, _died, _hung)


@dataclass(frozen=True)
class PagesFound:
    """How a document comes out: its pages, (feature, place) of what they do not show, (asked, used) of its fonts."""

    pages: int
    not_laid_out: tuple[tuple[str, str], ...]
    fonts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Examined:
    """What a file asks for as a template. A placeholder is (name, dialect, part, place), a blank (place, field), a loop
    (name, place, the names looked up in its items), a property (what it is, what it says).
    """

    placeholders: tuple[tuple[str, str, str, str], ...]
    blanks: tuple[tuple[str, str], ...]
    loops: tuple[tuple[str, str, Texts], ...]
    properties: tuple[tuple[str, str], ...]
    laid_out: PagesFound
    pictures: tuple[tuple[str, float, float], ...] = ()
    """(alternative text, width, height in mm) of each picture that has one."""


class DocumentReader(Child):
    """The child that opens Word files. Each act raises UserError as `ask` does."""

    def __init__(self, limits: Limits | None = None, command: Callable[[int], list[str]] | None = None) -> None:
        super().__init__(WORD_FILES, limits or Limits(silence=120.0), command)

    def examine(
        self, data: bytes, *, name: str, bindings: Mapping[str, str] | None = None, watch: Watch | None = None
    ) -> Examined:
        """What a file asks for as a template, and how its pages come out; `bindings` are those of its blanks."""
        found: list[Examined] = []

        def hand_on(kind: bytes, payload: bytes) -> None:
            _expect(kind, FOUND)
            found.append(_examined(frames.unpacked(payload)))

        self.ask([EXAMINE, dict(bindings or {})], data, name=name, hand_on=hand_on, watch=watch)
        if len(found) != 1:
            raise _died(name)
        return found[0]

    def convert(
        self, data: bytes, *, name: str, title: str, write: Callable[[bytes], object], watch: Watch | None = None
    ) -> PagesFound:
        """Lay a document out; `write` gets its PDF piece by piece."""
        found: list[PagesFound] = []

        def hand_on(kind: bytes, payload: bytes) -> None:
            if kind == PIECE:
                write(payload)
                return
            _expect(kind, FOUND)
            found.append(_pages(frames.unpacked(payload)))

        self.ask([CONVERT, title], data, name=name, hand_on=hand_on, watch=watch)
        if len(found) != 1:
            raise _died(name)
        return found[0]

    def merge(
        self,
        data: bytes,
        records: Sequence[Mapping[str, object]],
        *,
        name: str,
        kind: str,
        titles: Sequence[str],
        write: Callable[[int, bytes], object],
        bindings: Mapping[str, str] | None = None,
        watch: Watch | None = None,
    ) -> list[Texts]:
        """Merge a template with records into files of a kind (`docx`, `pdf`); what each has no value for.

        `titles`: one for each record. `write` gets the number of a file (from 0) and its bytes piece by piece.
        """
        missing: list[Texts] = []

        def hand_on(frame: bytes, payload: bytes) -> None:
            if len(missing) >= len(records):
                raise frames.Garbled
            if frame == PIECE:
                write(len(missing), payload)
                return
            _expect(frame, FINISHED)
            missing.append(_texts(frames.unpacked(payload)))

        asked = [MERGE, kind, dict(bindings or {}), list(records), list(titles)]
        self.ask(asked, data, name=name, hand_on=hand_on, watch=watch)
        if len(missing) != len(records):
            raise _died(name)
        return missing


@cache
def document_reader() -> DocumentReader:
    """The program's one reader; its child ends with the program."""
    reader = DocumentReader()
    atexit.register(reader.close)
    return reader


# -- checking what was told ----------------------------------------------------------------------------------------


def _expect(kind: bytes, wanted: bytes) -> None:
    if kind != wanted:
        raise frames.Garbled


def _examined(told: Any) -> Examined:
    match told:
        case {
            "placeholders": list(placeholders),
            "blanks": list(blanks),
            "loops": list(loops),
            "properties": list(properties),
            "pictures": list(pictures),
        }:
            return Examined(
                tuple((a, b, c, d) for a, b, c, d in _rows(placeholders, 4)),
                _pairs(blanks),
                tuple(map(_loop, loops)),
                _pairs(properties),
                _pages(told),
                tuple(map(_picture, _rows(pictures, 3))),
            )
    raise frames.Garbled


def _loop(told: Any) -> tuple[str, str, Texts]:
    match _texts(told):
        case (name, place, *names):
            return name, place, tuple(names)
    raise frames.Garbled


def _picture(told: Texts) -> tuple[str, float, float]:
    role, width, height = told
    try:
        return role, float(width), float(height)
    except ValueError:
        raise frames.Garbled from None


def _pages(told: Any) -> PagesFound:
    match told:
        case {"pages": int(pages), "not_laid_out": list(notes), "fonts": list(fonts)}:
            return PagesFound(pages, tuple(dict.fromkeys(_pairs(notes))), _pairs(fonts))
    raise frames.Garbled


def _pairs(told: list[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in _rows(told, 2))


def _rows(told: list[Any], length: int) -> list[Texts]:
    rows = [_texts(row) for row in told]
    if any(len(row) != length for row in rows):
        raise frames.Garbled
    return rows


def _texts(told: Any) -> Texts:
    if not isinstance(told, list) or not all(isinstance(text, str) for text in told):
        raise frames.Garbled
    return tuple(told)
