"""What fits into a line by whole twentieths of a point, as the other programs of a Linux desktop count each stretch of text."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from anjian_desktop.documents.layout.model import TAB
from anjian_desktop.documents.layout.typesetting.line_heights import DOTS, DOTS_PER_TWIP, TWIPS
from anjian_desktop.documents.layout.typesetting.type_styles import TypeStyle

_BLANKS = " \u00a0"
_NEAR = 0.5
"""pt from the line's edge within which rounding may decide."""


def fitting(
    text: str,
    places: tuple[int, int, int],
    room: float,
    measures: tuple[Sequence[float], Sequence[float], Mapping[int, float]],
    style_at: Callable[[int], TypeStyle],
) -> int:
    """Where the text stops that fits into a room (pt), each character counted in whole dots of the device fonts are measured
    on, each stretch of one font and script in whole twentieths of a point.

    `places`: the line's start, where it stops by unrounded widths, the last place it may stop. `measures`: the advances,
    where each character ends, what it has beside its own width and loses at a line's end.
    """
    start, end, stop = places
    advances, ends, extra = measures
    after = min(end + 1, stop)
    if ends[after] - ends[start] < room - _NEAR or TAB in text[start:after]:
        return end

    def width(last: int) -> int:
        whole, dots, before = 0, 0, None
        for at in range(start, last):
            style = style_at(at)
            now = (style, style.sorts[text[at]].east_asian) if text[at] not in _BLANKS else before
            if now != before and before is not None:
                whole, dots = whole + _twips(dots), 0
            advance = advances[at] - (max(extra.get(at, 0.0), 0.0) if at == last - 1 else 0.0)
            dots, before = dots + math.floor(advance * DOTS + 0.5), now
        return whole + _twips(dots)

    most = round(room * TWIPS)
    if end > start + 1 and width(end) > most:
        return end - 1
    return end + 1 if end < stop and width(end + 1) <= most else end


def _twips(dots: int) -> int:
    return math.floor(dots / DOTS_PER_TWIP + 0.5)
