"""Shares the lines of a cell merged over several rows out to those rows, page by page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from anjian_desktop.documents.layout.typesetting.turning import Line

_ROUNDING = 0.01
_SPARE = 0.5


@dataclass(frozen=True, slots=True)
class Stretch:
    """A row or a part of one: the row's number, how far below the row's top it begins, its height (pt), whether it opens a page."""

    row: int
    top: float
    height: float
    opens: bool


def stretches(
    heights: Sequence[float], cuts: Collection[int], parts: Mapping[int, Sequence[float]]
) -> Sequence[Stretch]:
    """All rows, those that are parted in their parts; `cuts`: the rows that begin a page."""
    found = []
    for row, height in enumerate(heights):
        top, opens = 0.0, row in cuts
        for tall in parts.get(row, (height,)):
            found.append(Stretch(row, top, tall, opens))
            top, opens = top + tall, True
    return found


def shared(
    lines: Sequence[Line],
    heights: Sequence[float],
    top: float,
    upper: float,
    cuts: Sequence[int],
    fall: float,
    lower: float,
) -> dict[int, list[Line]]:
    """The lines beside each row by its number, each with its place from that row's top.

    `heights`: of the rows (pt). `top`: where the text begins in the first row; `upper`: where it begins in the rows of
    `cuts`, which begin a page: what does not fit the rows before goes there. On the last page `fall` of what is free above
    the blank `lower` below the text stands above it.
    """
    found: dict[int, list[Line]] = {0: []}
    waiting = list(lines)
    for begin, end in pairwise((0, *sorted(cuts), len(heights))):
        room = sum(heights[begin:end])
        shift = top if begin == 0 else upper + (waiting[0][0].lead - waiting[0][1] if waiting else 0.0)
        if waiting and begin and end == len(heights):
            shift += fall * max(room - lower - (waiting[-1][2] + shift), 0.0)
        row, y = begin, 0.0
        while waiting and (end == len(heights) or waiting[0][2] + shift <= room + _ROUNDING):
            fragment, above, below = waiting.pop(0)
            while row < end - 1 and above + shift >= y + heights[row] - _ROUNDING:
                y += heights[row]
                row += 1
            found.setdefault(row, []).append((fragment, above + shift - y, below + shift - y))
    return found


def held_together(lines: Sequence[Line], heights: Sequence[float], upper: float, foot: float) -> list[bool]:
    """For each row but the last, whether the next one has to stay with it: what would be left does not fit the rows after.

    `upper`, `foot`: the blank above and below the text of the cell (pt).
    """
    found = []
    for last in range(len(heights) - 1):
        room = sum(heights[: last + 1])
        left = [line for line in lines if line[2] + upper > room + _ROUNDING]
        needed = left[-1][2] - left[0][1] + upper + foot if left else 0.0
        found.append(needed > sum(heights[last + 1 :]) + _SPARE)
    return found
