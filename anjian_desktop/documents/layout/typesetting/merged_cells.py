"""Shares the lines of a cell merged over several rows out to those rows, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from anjian_desktop.documents.layout.typesetting.turning import Line

_ROUNDING = 0.01
_SPARE = 0.5


def shared(
    lines: Sequence[Line], heights: Sequence[float], top: float, upper: float, cuts: Sequence[int]
) -> dict[int, list[Line]]:
    """The lines beside each row by its number, each with its place from that row's top.

    `heights`: of the rows (pt). `top`: where the text begins in the first row; `upper`: where it begins in the rows of
    `cuts`, which begin a page: what does not fit the rows before goes there.
    """
    found: dict[int, list[Line]] = {0: []}
    waiting = list(lines)
    for begin, end in pairwise((0, *sorted(cuts), len(heights))):
        room = sum(heights[begin:end])
        shift = top if begin == 0 else upper + (waiting[0][0].lead - waiting[0][1] if waiting else 0.0)
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
