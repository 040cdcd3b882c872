"""Where the text of a section goes on its pages."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from anjian_desktop.documents.layout.typesetting.note_room import NoteLines

_TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Area:
    """Where the text of a section goes on its pages (pt): left edge, top, height, and its columns (place, width).

    `first_top`: where it begins on its first page, below what another section left there. `foot`: what that page's
    footnotes have taken already. `notes`: the lines of each footnote, `note_gap`: the blank above the first one.
    `pitch`: the text takes whole lines of so many pt from what the footnotes leave. `balanced`: the columns of the last page
    end at the same height. `opening`: top and height of the section's first page, `facing`: of its second page and every
    other one from there, where they differ. `counts_lines`: its pages tell of empty lines too. `fall`: the share of what is
    left of a page that stands above its text.
    """

    x: float
    top: float
    room: float
    columns: tuple[tuple[float, float], ...] = ()
    first_top: float | None = None
    foot: float = 0.0
    notes: Mapping[str, NoteLines] = field(default_factory=dict)
    note_gap: float = 0.0
    pitch: float = 0.0
    balanced: bool = False
    opening: tuple[float, float] | None = None
    facing: tuple[float, float] | None = None
    counts_lines: bool = False
    fall: float = 0.0

    @property
    def count(self) -> int:
        """How many columns there are."""
        return len(self.columns) or 1

    @property
    def highest(self) -> float:
        """Height of the highest pages but the first."""
        return self.room if self.facing is None else max(self.room, self.facing[1])

    def edges(self, page: int) -> tuple[float, float]:
        """Top and height of a page, counted from 0, that the text has to itself."""
        if not page and self.opening is not None:
            return self.opening
        if page % 2 and self.facing is not None:
            return self.facing
        return self.top, self.room

    def beside_notes(self, page: int, room: float, notes: float) -> float:
        """What of the room for text on a page is left to it by its footnotes with the blank above them."""
        if not self.pitch:
            return room - notes
        whole = self.edges(page)[1]
        return math.floor((whole - notes + _TOLERANCE) / self.pitch) * self.pitch - (whole - room)

    def room_of(self, page: int) -> float:
        """Height left for the text on a page."""
        top, room = self.edges(page)
        if page:
            return room
        return room - (0.0 if self.first_top is None else self.first_top - top) - self.foot

    def top_of(self, page: int) -> float:
        """Where the text begins on a page (pt from the page's top)."""
        if not page and self.first_top is not None:
            return self.first_top
        return self.edges(page)[0]
