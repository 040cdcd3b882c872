"""Closes the box around paragraphs where a page ends inside it, and opens it again on the next one."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from anjian_desktop.documents.layout.laid_out import Fragment, Placed


def opening(fragments: Sequence[Fragment], start: int) -> float:
    """Height (pt) of the box's upper edge on a page that begins inside a box, with this item."""
    seams = fragments[start].seams if start else None
    return seams[0][0] if seams else 0.0


def closing(fragment: Fragment) -> float:
    """Height (pt) of the box's lower edge where a page ends inside a box, with this line."""
    return fragment.seams[1][0] if fragment.seams else 0.0


def room_for_closing(
    fragments: Sequence[Fragment], start: int, end: int, bottoms: Sequence[float], limit: float
) -> int:
    """The first item that no longer fits when the box is closed below the last one that does; `end` without a box."""
    while start + 1 < end < len(fragments):
        last = fragments[end - 1]
        if not last.seams or bottoms[end - 1] - last.tail + closing(last) <= limit:
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


def opened_again(fragment: Fragment) -> tuple[Fragment, float]:
    """A line with the upper edge of its box above it, where a part of a cell begins with it; how high that is (pt)."""
    if fragment.seams is None or not fragment.seams[0][0]:
        return fragment, 0.0
    height, edge = fragment.seams[0]
    return _with_edge(fragment, edge), height


def closed_below(fragment: Fragment) -> Fragment:
    """A line with the lower edge of its box below it, where a part of a cell ends with it."""
    return _with_edge(fragment, fragment.seams[1][1]) if fragment.seams and closing(fragment) else fragment


def _with_edge(fragment: Fragment, edge: Fragment) -> Fragment:
    found = copy(fragment)
    found.rules, found.ink = (*edge.rules, *fragment.rules), {}
    return found
