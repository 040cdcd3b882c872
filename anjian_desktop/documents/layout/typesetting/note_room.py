"""Footnotes at the foot of pages: the room they ask for, what of a long one goes over to the next page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anjian_desktop.documents.layout.laid_out import Fragment

_TOLERANCE = 0.06
_MOST = 0.8
"""The share of a page that the rest of earlier footnotes may take, so that its text goes on."""

Part = tuple[str, int, int]
"""A part of a footnote: its number, its first line there and the one after the last."""


@dataclass(frozen=True, slots=True)
class NoteLines:
    """The lines of a footnote (pt from its top). `ends`: how many of them may stay on a page when it goes over to the next.

    `after`: the blank that parts it from another note below it.
    """

    tops: tuple[float, ...]
    bottoms: tuple[float, ...]
    ends: tuple[int, ...]
    after: float = 0.0

    def height(self, first: int, last: int) -> float:
        """The height of a part of it."""
        return self.bottoms[last - 1] - (self.tops[first] if first else 0.0) if last > first else 0.0

    def kept(self, first: int, room: float) -> int:
        """The line before which it ends in so much room; `first` itself where none fits."""
        return max((end for end in self.ends if self.height(first, end) <= room + _TOLERANCE), default=first)


class NoteRoom:
    """What the footnotes of page after page ask for. `whole`: none is parted, as beside columns."""

    def __init__(self, notes: Mapping[str, NoteLines], *, whole: bool) -> None:
        self._notes = {label: note for label, note in notes.items() if note.ends}
        self._whole = whole
        self._rest: list[tuple[str, int]] = []
        self._opened: list[Part] = []
        self._left: list[tuple[str, int]] = []
        self.parted: dict[int, list[Part]] = {}
        """What stands on the pages at whose beginning or end a footnote is parted."""

    def __bool__(self) -> bool:
        return bool(self._notes)

    @property
    def waits(self) -> bool:
        """Whether something is left for another page."""
        return bool(self._rest)

    def begin(self, room: float) -> None:
        """Begins a page so high (pt) with what the one before left over."""
        self._opened, self._left = [], []
        room *= _MOST
        for label, first in self._rest:
            note = self._notes[label]
            last = note.kept(first, room) if not self._left else first
            if last == first and not self._opened:
                last = next(end for end in note.ends if end > first)
            if last > first:
                self._opened.append((label, first, last))
                room -= note.height(first, last)
            if last < len(note.bottoms):
                self._left.append((label, last))

    def asked(self, lines: Sequence[Fragment]) -> float:
        """The least height (pt) for the notes of these lines: the last one may go over to the next page in part."""
        found = self.needed(lines)
        last = next((one for one in reversed(lines[-1].notes) if one in self._notes), "") if lines else ""
        if last and not self._whole:
            note = self._notes[last]
            found -= note.height(note.ends[0], len(note.bottoms))
        return found

    def needed(self, lines: Sequence[Fragment]) -> float:
        """The height (pt) for all notes of these lines and what an earlier page left over."""
        found, after = 0.0, 0.0
        for label, first, last in self._opened:
            found += after + self._notes[label].height(first, last)
            after = self._notes[label].after
        for label in self._labels(lines):
            found += after + self._notes[label].bottoms[-1]
            after = self._notes[label].after
        return found

    def close(self, page: int, lines: Sequence[Fragment], room: float) -> None:
        """Ends a page with these lines and so much room (pt) below them for footnotes."""
        parts, rest = list(self._opened), list(self._left)
        room -= self.needed(()) + (self._notes[parts[-1][0]].after if parts else 0.0)
        for label in self._labels(lines):
            note = self._notes[label]
            last = len(note.bottoms) if self._whole else note.kept(0, room)
            if last:
                parts.append((label, 0, last))
                room -= note.height(0, last) + note.after
            if last < len(note.bottoms):
                rest.append((label, last))
        if rest or self._opened:
            self.parted[page] = parts
        self._rest, self._opened = rest, []

    def _labels(self, lines: Sequence[Fragment]) -> list[str]:
        return [label for line in lines for label in line.notes if label in self._notes]
