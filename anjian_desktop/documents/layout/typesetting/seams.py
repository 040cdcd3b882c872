"""Closes the box around paragraphs where a page ends inside it, and opens it again on the next one."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.documents.layout.laid_out import Fragment, Placed


def opening(fragments: Sequence[Fragment], start: int) -> float:
    """Height (pt) of the box's upper edge on a page that begins inside a box, with this item."""
    seams = fragments[start].seams if start else None
    return seams[0][0] if seams else 0.0


def room_for_closing(
    fragments: Sequence[Fragment], start: int, end: int, bottoms: Sequence[float], limit: float
) -> int:
    """The first item that no longer fits when the box is closed below the last one that does; `end` without a box."""
    while start + 1 < end < len(fragments):
        last = fragments[end - 1]
        if not last.seams or bottoms[end - 1] - last.tail + last.seams[1][0] <= limit:
            break
        end -= 1
    return end


def seams_of(fragments: Sequence[Fragment], start: int, end: int, x: float, top: float, bottom: float) -> list[Placed]:
    """The edges drawn on a page of the items from `start` up to `end`; top and bottom of these (pt)."""
    found: list[Placed] = []
    if start and (above := fragments[start].seams) and above[0][1].rules:
        found.append((above[0][1], x, top))
    if end < len(fragments) and (below := fragments[end - 1].seams) and below[1][1].rules:
        found.append((below[1][1], x, bottom))
    return found
