"""Text in a box of its own (字符边框): the room the box's lines take beside it, as the other programs of a Linux desktop have it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from anjian_desktop.documents.layout.typesetting.type_styles import TypeStyle


def make_room(styles: Sequence[tuple[int, TypeStyle]], advances: list[float]) -> None:
    """Widens what stands before a box and its last character by the box's line; neighbours with equal lines share a box.

    `styles`: each with the place where it ends.
    """
    start = 0
    for box, group in groupby(styles, lambda one: one[1].format.box):
        end = list(group)[-1][0]
        if box is not None and end > start:
            advances[end - 1] += box.width
            if start:
                advances[start - 1] += box.width
        start = end
