"""What a drawn shape is outlined by, in a box of one by one, and the pen such outlines are drawn with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, cos, pi, radians, sin

Point = tuple[float, float]

CORNER = 1 - cos(pi / 4)
"""How far text keeps from the side of an arc, in parts of its radius."""

_STEP = 10.0
"""Degrees of an arc drawn as one straight piece."""
_PIECES = 12
"""Straight pieces a curve is drawn with."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a drawn shape: points from (0, 0) to (1, 1) in its box, arrow heads at its first and last point.

    `more`: further lines; where the outline is closed, a line that ends where it begins is filled like it. `text`: left, top,
    right and bottom of where its text stands, in parts of its box.
    """

    points: tuple[Point, ...]
    closed: bool
    first_head: bool = False
    last_head: bool = False
    more: tuple[tuple[Point, ...], ...] = ()
    text: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


@dataclass
class Pen:
    """Draws the lines of a shape; `lines` are those begun so far."""

    lines: list[list[Point]] = field(default_factory=list)

    def to(self, *points: Point) -> Pen:
        """Goes on to points in straight lines; the first one of all is where it begins."""
        if not self.lines:
            self.lines.append([])
        self.lines[-1] += points
        return self

    def begin(self, *points: Point) -> Pen:
        """Begins another line."""
        self.lines.append(list(points))
        return self

    def arc(self, across: float, down: float, start: float, sweep: float) -> Pen:
        """Goes on along an ellipse of these radii, from one angle (degrees clockwise from the right) on by a sweep."""
        x, y = self.lines[-1][-1]
        x, y = x - across * cos(radians(start)), y - down * sin(radians(start))
        count = max(ceil(abs(sweep) / _STEP), 1)
        for step in range(1, count + 1):
            at = radians(start + sweep * step / count)
            self.lines[-1].append((x + across * cos(at), y + down * sin(at)))
        return self

    def curve(self, one: Point, two: Point, end: Point) -> Pen:
        """Goes on along a curve of Bézier's with two points that draw it."""
        begin = self.lines[-1][-1]
        for step in range(1, _PIECES + 1):
            t = step / _PIECES
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            self.lines[-1].append(
                (
                    a * begin[0] + b * one[0] + c * two[0] + d * end[0],
                    a * begin[1] + b * one[1] + c * two[1] + d * end[1],
                )
            )
        return self

    def ring(self, x: float, y: float, across: float, down: float) -> Pen:
        """A whole ellipse by its middle and its radii."""
        return self.begin((x + across, y)).arc(across, down, 0.0, 360.0)

    def close(self) -> Pen:
        """Goes back to where the line began."""
        self.lines[-1].append(self.lines[-1][0])
        return self


Measures = Callable[[int, float], float]
"""The measure of a shape with this number, as a part of its box; what it is where the file says none."""

Text = tuple[float, float, float, float]
"""Where text stands: left, top, right, bottom."""

Drawn = tuple[Pen, bool, Text | None]
"""The lines of a shape (pt), whether its first one is closed, where its text stands (pt; None: in all of its box)."""

Drawing = Callable[[float, float, Measures], Drawn]


def round_text(width: float, height: float) -> Text:
    """Where text stands in an ellipse of this size."""
    across, down = width / 2 * CORNER, height / 2 * CORNER
    return across, down, width - across, height - down


def shares(points: Sequence[Point], width: float, height: float) -> tuple[Point, ...]:
    """Points in pt as parts of a box of this size."""
    return tuple((x / (width or 1.0), y / (height or 1.0)) for x, y in points)


def turned(outline: Outline, width: float, height: float, degrees: float) -> Outline:
    """The outline turned clockwise about the middle of its box."""
    angle = degrees * pi / 180
    wide, tall = width or 1.0, height or 1.0

    def moved(points: Sequence[Point]) -> tuple[Point, ...]:
        found = []
        for x, y in points:
            right, down = (x - 0.5) * wide, (y - 0.5) * tall
            right, down = right * cos(angle) - down * sin(angle), right * sin(angle) + down * cos(angle)
            found.append((0.5 + right / wide, 0.5 + down / tall))
        return tuple(found)

    more = tuple(moved(points) for points in outline.more)
    return Outline(moved(outline.points), outline.closed, outline.first_head, outline.last_head, more, outline.text)


def flipped(outline: Outline, *, across: bool, down: bool) -> Outline:
    """The outline seen in a mirror, left for right, top for bottom."""

    def moved(points: Sequence[Point]) -> tuple[Point, ...]:
        return tuple((1 - x if across else x, 1 - y if down else y) for x, y in points)

    left, top, right, bottom = outline.text
    text = (
        1 - right if across else left,
        1 - bottom if down else top,
        1 - left if across else right,
        1 - top if down else bottom,
    )
    more = tuple(moved(points) for points in outline.more)
    return Outline(moved(outline.points), outline.closed, outline.first_head, outline.last_head, more, text)
