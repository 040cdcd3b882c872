"""Ellipses, parts of them and rounded rectangles as paths of Bézier curves."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, ceil, cos, pi, sin, tan

from anjian_desktop.documents.metafiles.drawing import Point, Segment

Box = tuple[float, float, float, float]
_ROUND = 0.5522847498
"""Where the control points of a quarter of a circle stand, in radii."""


def ellipse(box: Box) -> list[Segment]:
    """The ellipse that fills a rectangle (left, top, right, bottom)."""
    return [*arc(box, 0.0, 2 * pi, begin="m"), ("h", ())]


def angle(box: Box, place: Point) -> float:
    """The angle of an ellipse at which the line from its middle to a place meets it."""
    left, top, right, bottom = box
    wide, tall = (right - left) / 2 or 1.0, (bottom - top) / 2 or 1.0
    return atan2((place[1] - (top + bottom) / 2) / tall, (place[0] - (left + right) / 2) / wide)


def sweep(start: float, end: float, *, clockwise: bool) -> float:
    """How far an arc goes on from one angle to the other; a whole turn where they are the same."""
    turn = (end - start) % (2 * pi)
    if clockwise:
        return turn or 2 * pi
    return turn - 2 * pi if turn else -2 * pi


def arc(box: Box, start: float, turn: float, *, begin: str) -> list[Segment]:
    """An arc of the ellipse in a box; `begin`: the step to its first point (`m` or `l`)."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    wide, tall = (right - left) / 2, (bottom - top) / 2
    count = max(ceil(abs(turn) / (pi / 2) - 1e-9), 1)
    step = turn / count
    reach = 4 / 3 * tan(step / 4)
    found: list[Segment] = [(begin, (x + wide * cos(start), y + tall * sin(start)))]
    for number in range(count):
        first, last = start + number * step, start + (number + 1) * step
        found.append(
            (
                "c",
                (
                    x + wide * (cos(first) - reach * sin(first)),
                    y + tall * (sin(first) + reach * cos(first)),
                    x + wide * (cos(last) + reach * sin(last)),
                    y + tall * (sin(last) - reach * cos(last)),
                    x + wide * cos(last),
                    y + tall * sin(last),
                ),
            )
        )
    return found


def rectangle(box: Box) -> list[Segment]:
    """A rectangle as a path."""
    left, top, right, bottom = box
    return [("m", (left, top)), ("l", (right, top)), ("l", (right, bottom)), ("l", (left, bottom)), ("h", ())]


def common_rectangle(one: Sequence[Segment], other: Sequence[Segment]) -> tuple[Segment, ...] | None:
    """What two upright rectangles have in common, an empty one where that is nothing; None when one is something else."""
    first, second = _upright(one), _upright(other)
    if first is None or second is None:
        return None
    left, top = max(first[0], second[0]), max(first[1], second[1])
    return tuple(rectangle((left, top, max(min(first[2], second[2]), left), max(min(first[3], second[3]), top))))


def _upright(path: Sequence[Segment]) -> Box | None:
    if [kind for kind, _ in path] != ["m", "l", "l", "l", "h"]:
        return None
    (x, y), corner, (right, bottom), last = (places for _, places in path[:4])
    if sorted((corner, last)) != sorted(((x, bottom), (right, y))):
        return None
    return min(x, right), min(y, bottom), max(x, right), max(y, bottom)


def rounded(box: Box, wide: float, tall: float) -> list[Segment]:
    """A rectangle whose corners are quarters of an ellipse of this width and height."""
    left, right = sorted((box[0], box[2]))
    top, bottom = sorted((box[1], box[3]))
    x, y = min(abs(wide) / 2, (right - left) / 2), min(abs(tall) / 2, (bottom - top) / 2)
    u, v = x * (1 - _ROUND), y * (1 - _ROUND)
    return [
        ("m", (left + x, top)),
        ("l", (right - x, top)),
        ("c", (right - u, top, right, top + v, right, top + y)),
        ("l", (right, bottom - y)),
        ("c", (right, bottom - v, right - u, bottom, right - x, bottom)),
        ("l", (left + x, bottom)),
        ("c", (left + u, bottom, left, bottom - v, left, bottom - y)),
        ("l", (left, top + y)),
        ("c", (left, top + v, left + u, top, left + x, top)),
        ("h", ()),
    ]
