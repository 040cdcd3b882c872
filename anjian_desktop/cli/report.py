"""Answers as words or as one JSON object; tables that line up with Chinese in them."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

DONE = 0
REFUSED = 1
UNUSABLE = 2
BUG = 70


class Changed(Protocol):
    """What a use-case says it changed: kinds of things, ids of rows."""

    @property
    def kinds(self) -> frozenset[str]: ...
    @property
    def ids(self) -> tuple[int, ...]: ...


@dataclass(frozen=True)
class Answer:
    """What a command found or did: `payload` for programs, `lines` for people, the exit code for both."""

    payload: Mapping[str, object]
    lines: Sequence[str] = field(default_factory=tuple)
    code: int = DONE


def emit(answer: Answer, *, as_json: bool) -> int:
    """Write the answer to stdout; its exit code."""
    if as_json:
        print(json.dumps(plain(answer.payload), ensure_ascii=False))
    else:
        for line in answer.lines:
            print(line)
    return answer.code


def emit_error(code: str, message: str, next_step: str, *, as_json: bool) -> None:
    """Say why nothing was done: one JSON object on stdout, or words on stderr."""
    if as_json:
        print(json.dumps({"error": {"code": code, "message": message, "next": next_step}}, ensure_ascii=False))
    else:
        print(message, file=sys.stderr)
        if next_step:
            print(next_step, file=sys.stderr)


def plain(value: Any) -> Any:
    """The value as JSON knows it: dates ISO, paths and codes as text, sets sorted."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(one) for one in value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Path):
        return str(value)
    return value


def changed(change: Changed) -> dict[str, object]:
    """The keys every change answers."""
    return {"ids": list(change.ids), "changed": sorted(change.kinds)}


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, widest: int = 40) -> list[str]:
    """Lines of a table whose columns line up where a Chinese character is two columns wide."""
    cells = [[_one_line(text, widest) for text in row] for row in rows]
    widths = [max([_width(heading), *(_width(row[n]) for row in cells)]) for n, heading in enumerate(headings)]
    lines = [list(headings), ["-" * width for width in widths], *cells]
    return [
        "  ".join(text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]


def _one_line(text: str, widest: int) -> str:
    text = " ".join(text.split())
    taken, fitting = 0, 0
    for at, character in enumerate(text):
        taken += _width(character)
        if taken > widest:
            return text[:fitting] + "…"
        if taken < widest:
            fitting = at + 1
    return text


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
