"""Squeezes the blank halves of a line's marks so that more finds room in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anjian_desktop.documents.layout.characters import CLOSING, OPENING

HALF = 0.5
"""What a mark can give up, in em; and the most that may lack for what would begin the next line."""


def squeezed(
    text: str, advances: Sequence[float], extra: Mapping[int, float], start: int, end: int, room: float
) -> list[float] | None:
    """The advances of the line text[start:end] made to fit the room (pt), None when its marks cannot give up enough.

    `extra`: blank that a character has beside its own width, lost at a line's end.
    """
    found = list(advances[start:end])
    found[-1] -= extra.get(end - 1, 0.0)
    lacking = sum(found) - room
    loose = [
        at
        for at, character in enumerate(text[start:end])
        if (character in CLOSING or character in OPENING) and start + at not in extra and found[at] > 0
    ]
    if not loose or lacking > len(loose) * HALF * min(found[at] for at in loose):
        return None
    for at in loose:
        found[at] -= max(lacking, 0.0) / len(loose)
    return found
