"""Sets the lines of a paragraph beside and below what stands in their way on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from anjian_desktop.documents.layout.laid_out import Fragment, GlyphRun, PlacedPicture, Rule
from anjian_desktop.documents.layout.typesetting.breaking import LineSpan, Strand

NARROWEST = 15.0
"""pt (300 twips): a narrower place beside a box holds no text; in the other programs any does that a character fits in."""

_SLACK = 0.2
"""pt by which a line may be wider than its place, by rounding."""

_FIRST_GUESS = 10.0
_MOST_LINES = 5000


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rectangle in which no text stands, in pt from the paragraph's first line and the text edge.

    `edge`: it ends a narrow column, beside which any line is wide enough. `below`: it hangs on a paragraph further down.
    `lead`: how far below it the paragraph's first line begins, whose blank above goes down with it.
    """

    top: float
    bottom: float
    left: float
    right: float
    edge: bool = False
    below: bool = False
    lead: float = 0.0


SetLine = Callable[[LineSpan, float, float, bool], tuple[Fragment, float]]
"""Sets a line: its span, where it begins, its room, whether it lasts; gives the fragment and its height."""


def set_around(
    strand: Strand, set_line: SetLine, obstacles: Sequence[Obstacle], edges: tuple[float, float, float], lasting: bool,
    narrowest: float = NARROWEST,
) -> list[tuple[Fragment, float]]:  # fmt: skip
    """The lines of a strand with their heights. `edges`: the indent, that of the first line beyond it, the width (pt).

    `narrowest`: the width of a place that may hold text (pt).
    """
    start, indent, width = edges
    found: list[tuple[Fragment, float]] = []
    at, y, blank, tall = 0, 0.0, 0.0, _FIRST_GUESS
    count = len(strand.text)
    ended = False
    plain, obstacles = obstacles, _lengthened(obstacles)
    while (at < count or not found or not ended) and len(found) < _MOST_LINES:
        begin = start + (indent if not found else 0.0)
        place = (y, tall, begin, start + width)
        ways = _moved(obstacles, min(start, start + indent), begin)
        gaps = _gaps(ways, *place, narrowest)
        line, after, height, ended = _line(strand, set_line, at, gaps, begin - start, place, lasting)
        if line and height - line[-1].tail > tall + 0.5:
            # The line came out higher than was thought: what stands beside its foot counts too, but not its blank.
            tall = height - line[-1].tail
            place = (y, tall, begin, start + width)
            gaps = _gaps(ways, *place, narrowest)
            line, after, height, ended = _line(strand, set_line, at, gaps, begin - start, place, lasting)
        if not line:
            lower = _next_bottom(obstacles, y, tall)
            if lower is None:
                span, after = strand.next_line(at, max(start + width - begin, 1.0), begin, start)
                fragment, height = set_line(span, begin, start + width - begin, lasting)
                line, ended = [fragment], span.final and after >= count
            else:
                blank += lower - y
                y = lower
                obstacles = _still_in_way(obstacles, y)
                continue
        found.append((_joined(line, blank), height + blank))
        obstacles = plain
        y += height
        at, blank, tall = after, 0.0, height - line[-1].tail
    return found


def _line(
    strand: Strand, set_line: SetLine, at: int, gaps: Sequence[tuple[float, float]], indent: float,
    place: tuple[float, float, float, float], lasting: bool,
) -> tuple[list[Fragment], int, float, bool]:  # fmt: skip
    """The stretches of one line between the obstacles: fragments, where the text goes on, height, whether it ended.

    `indent`: how far beyond the next ones the line begins (pt).
    """
    _, _, begin, end = place
    fragments: list[Fragment] = []
    height, ended = 0.0, False
    for number, (left, right) in enumerate(gaps):
        room = right - left
        span, after = strand.next_line(at, room, left, left if number else left - indent)
        beside = room < end - begin - 1
        if beside and (span.width > room + _SLACK or not (span.final or strand.parts_well(span.end))):
            continue  # its first word does not fit here
        fragment, tallest = set_line(span, left, room, lasting)
        fragments.append(fragment)
        height, at = max(height, tallest), after
        ended = span.final and after >= len(strand.text)
        if span.final:
            break
    return fragments, at, height, ended


def _gaps(
    obstacles: Sequence[Obstacle], y: float, tall: float, begin: float, end: float, narrowest: float = NARROWEST
) -> list[tuple[float, float]]:
    """Where text may stand between two edges at this height."""
    free = [(begin, end)]
    narrowest = min(narrowest, end - begin)
    for obstacle in obstacles:
        if obstacle.top < y + tall - 0.01 and obstacle.bottom > y + 0.01:
            parted = []
            for left, right in free:
                if obstacle.left > left:
                    parted.append((left, min(right, obstacle.left)))
                if obstacle.right < right:
                    parted.append((max(left, obstacle.right), right))
            free = parted
            if obstacle.edge:
                narrowest = min(narrowest, max((right - left for left, right in free), default=narrowest))
    return [(left, right) for left, right in free if right - left >= narrowest - 0.01]


def _moved(obstacles: Sequence[Obstacle], least: float, begin: float) -> Sequence[Obstacle]:
    """The obstacles, those that reach from where the paragraph begins leftmost over this line's begin wider by its indent:

    it counts from what stands in its way there (pt from the text edge).
    """
    if begin <= 0:
        return obstacles
    return [
        replace(one, right=one.right + begin) if one.left <= least and one.right > begin and not one.edge else one
        for one in obstacles
    ]


def indented(obstacles: Sequence[Obstacle], start: float, end: float) -> Sequence[Obstacle]:
    """The obstacles, narrow columns ending where a paragraph's indent at the end begins (pt)."""
    if not end or not any(one.edge for one in obstacles):
        return obstacles
    return [replace(one, left=max(one.left - end, start + 1)) if one.edge else one for one in obstacles]


def _lengthened(obstacles: Sequence[Obstacle]) -> Sequence[Obstacle]:
    """What is in the way of a paragraph's first line and the blank above it."""
    return [replace(one, bottom=one.bottom + one.lead) if one.lead else one for one in obstacles]


def _still_in_way(obstacles: Sequence[Obstacle], y: float) -> Sequence[Obstacle]:
    """The obstacles without those that only the blank above a first line would meet, once it gave way to others (y)."""
    return [one for one in obstacles if not one.lead or one.bottom - one.lead > y + 0.01]


def _next_bottom(obstacles: Sequence[Obstacle], y: float, tall: float) -> float | None:
    """The nearest place below y where an obstacle in the way of a line ends."""
    bottoms = [one.bottom for one in obstacles if not one.edge and one.top < y + tall - 0.01 and one.bottom > y + 0.01]
    return min(bottoms, default=None)


def blank_above(
    obstacles: Sequence[Obstacle], y: float, tall: float, begin: float, end: float, narrowest: float = NARROWEST
) -> float:
    """The blank an empty line needs above it to stand below what is in its way."""
    lower: float | None = y
    obstacles = _lengthened(obstacles)
    while lower is not None and not _gaps(obstacles, lower, tall, begin, end, narrowest):
        y, lower = lower, _next_bottom(obstacles, lower, tall)
        if lower is not None:
            obstacles = _still_in_way(obstacles, lower)
    return lower if lower is not None else y


def _joined(parts: Sequence[Fragment], blank: float) -> Fragment:
    """The stretches of one line as one fragment, lowered by the blank above it."""
    if len(parts) == 1 and not blank:
        return parts[0]
    runs: list[GlyphRun] = []
    rules: list[Rule] = []
    pictures: list[PlacedPicture] = []
    notes: list[str] = []
    for part in parts:
        moved, lines = part.moved(0.0, blank)
        runs += moved
        rules += lines
        pictures += [PlacedPicture(one.picture, one.x, one.y + blank) for one in part.pictures]
        notes += part.notes
    found = Fragment(tuple(runs), tuple(rules), tuple(pictures), notes=tuple(notes), lasting=parts[0].lasting)
    found.tail = parts[-1].tail
    found.base = None if parts[0].base is None else parts[0].base + blank
    return found
