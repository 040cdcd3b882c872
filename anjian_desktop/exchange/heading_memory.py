"""Headings whose meaning a clerk gave by hand, known again when the next file of that shape comes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from anjian_desktop.ledgers.fields import heading_key

_ALIKE = 0.75
"""Common headings to all headings of both files: next year's file has a column more."""


@dataclass(frozen=True)
class RememberedHeadings:
    """A heading row's texts and what the clerk said of some of them: {heading: field key; "" ignores the column}."""

    headings: tuple[str, ...]
    mapping: Mapping[str, str]


def fingerprint(headings: Iterable[str]) -> str:
    """What stands for a file's shape, whatever the order of its columns; SHA-256 in hex."""
    return hashlib.sha256("\n".join(sorted({heading_key(text) for text in headings})).encode()).hexdigest()


def recall(memory: Sequence[RememberedHeadings], headings: Iterable[str]) -> RememberedHeadings | None:
    """The remembered heading row most like this one, if it is alike and has every heading that was explained."""
    present = {heading_key(text) for text in headings}
    best: RememberedHeadings | None = None
    most = _ALIKE
    for one in memory:
        known = {heading_key(text) for text in one.headings}
        common = len(known & present) / max(len(known | present), 1)
        if common >= most and all(heading_key(text) in present for text in one.mapping):
            best, most = one, common
    return best
