"""The shapes programs offer to draw (ECMA-376 part 1, 20.1.9.18): their outlines by size and measures, where text stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, radians, sin

from anjian_desktop.documents.layout.outlines import (
    CORNER,
    Drawing,
    Drawn,
    Measures,
    Outline,
    Pen,
    Point,
    round_text,
    shares,
)
from anjian_desktop.documents.layout.reading.call_outs import CALL_OUTS
from anjian_desktop.documents.layout.reading.flow_charts import FLOW_CHARTS


def preset(kind: str, width: float, height: float, measures: Sequence[float | None]) -> Outline | None:
    """The outline of a shape of this name and size (pt), its measures as the file gives them; None for one not known."""
    drawing = _DRAWINGS.get(kind)
    if drawing is None:
        return None

    def measure(at: int, default: float) -> float:
        said = measures[at] if at < len(measures) else None
        return default if said is None else said

    pen, closed, text = drawing(width, height, measure)
    first, *more = [shares(line, width, height) for line in pen.lines]
    left, top, right, bottom = text or (0.0, 0.0, width, height)
    (x, y), (far, low) = shares(((left, top), (right, bottom)), width, height)
    return Outline(first, closed, more=tuple(more), text=(x, y, far, low) if text else (0.0, 0.0, 1.0, 1.0))


def _polygon(*points: Point) -> Drawing:
    """A shape whose corners stand at fixed parts of its box, its text in all of it."""
    return lambda width, height, _: (Pen().to(*[(x * width, y * height) for x, y in points]), True, None)


def _rounded(width: float, height: float, measures: Measures) -> Drawn:
    radius = min(max(measures(0, 0.16667), 0.0), 0.5) * min(width, height)
    return _cornered(width, height, (radius,) * 4, snipped=False)


def _cornered(width: float, height: float, radii: Sequence[float], *, snipped: bool) -> Drawn:
    """A rectangle whose corners are rounded or cut off: the upper left one, then clockwise."""
    pen = Pen()
    corners = ((0.0, 0.0, 1, 1), (width, 0.0, -1, 1), (width, height, -1, -1), (0.0, height, 1, -1))
    for at, (radius, (x, y, right, down)) in enumerate(zip(radii, corners, strict=True)):
        begin, end = (x, y + down * radius), (x + right * radius, y)
        if at % 2:
            begin, end = end, begin
        pen.to(begin)
        if radius > 0 and not snipped:
            pen.arc(radius, radius, 180.0 + 90 * at, 90.0)
        pen.to(end)
    inset = max(radii) * (0.5 if snipped else CORNER)
    return pen, True, (inset, inset, width - inset, height - inset)


def _corners(*places: tuple[int, float], snipped: bool = False) -> Drawing:
    """A rectangle whose corners have, each, the measure of a number; -1 for a right angle."""

    def drawn(width: float, height: float, measures: Measures) -> Drawn:
        side = min(width, height)
        radii = [0.0 if at < 0 else min(max(measures(at, default), 0.0), 0.5) * side for at, default in places]
        return _cornered(width, height, radii, snipped=snipped)

    return drawn


def _ellipse(width: float, height: float, _: Measures) -> Drawn:
    return Pen().ring(width / 2, height / 2, width / 2, height / 2), True, round_text(width, height)


def _triangle(width: float, height: float, measures: Measures) -> Drawn:
    top = width * measures(0, 0.5)
    return Pen().to((top, 0), (width, height), (0, height)), True, (top / 2, height / 2, (top + width) / 2, height)


def _right_triangle(width: float, height: float, _: Measures) -> Drawn:
    text = (width / 12, height * 7 / 12, width * 7 / 12, height * 11 / 12)
    return Pen().to((0, 0), (width, height), (0, height)), True, text


def _parallelogram(width: float, height: float, measures: Measures) -> Drawn:
    shift = min(min(width, height) * measures(0, 0.25), width)
    share = (1 + 5 * shift / (width or 1.0)) / 12
    text = (width * share, height * share, width * (1 - share), height * (1 - share))
    return Pen().to((shift, 0), (width, 0), (width - shift, height), (0, height)), True, text


def _trapezoid(width: float, height: float, measures: Measures) -> Drawn:
    shift = min(min(width, height) * measures(0, 0.25), width / 2)
    share = 2 * shift / (width or 1.0) / 3
    text = (width * share, height * share, width * (1 - share), height)
    return Pen().to((shift, 0), (width - shift, 0), (width, height), (0, height)), True, text


def _hexagon(width: float, height: float, measures: Measures) -> Drawn:
    shift = min(min(width, height) * measures(0, 0.25), width / 2)
    points = (
        (shift, 0),
        (width - shift, 0),
        (width, height / 2),
        (width - shift, height),
        (shift, height),
        (0, height / 2),
    )
    share = (1 + 4 * shift / (width or 1.0)) / 12
    return Pen().to(*points), True, (width * share, height * share, width * (1 - share), height * (1 - share))


def _plus(width: float, height: float, measures: Measures) -> Drawn:
    a = min(width, height) * measures(0, 0.25)
    x, y = width - a, height - a
    points = (
        (a, 0),
        (x, 0),
        (x, a),
        (width, a),
        (width, y),
        (x, y),
        (x, height),
        (a, height),
        (a, y),
        (0, y),
        (0, a),
        (a, a),
    )
    return Pen().to(*points), True, (0.0, a, width, y) if width > height else (a, 0.0, x, height)


def _star(count: int, inner: float, across: float = 1.0, down: float = 1.0) -> Drawing:
    """A star of so many points; `inner`: the radius of its notches, the first measure, in parts of its box."""

    def drawn(width: float, height: float, measures: Measures) -> Drawn:
        share = 2 * measures(0, inner)
        wide, tall = width / 2 * across, height / 2 * down
        pen = Pen()
        for at in range(2 * count):
            angle, far = radians(-90 + 180 * at / count), share if at % 2 else 1.0
            pen.to((width / 2 + far * wide * cos(angle), tall + far * tall * sin(angle)))
        edge = share * cos(pi / 4) / 2
        text = (width * (0.5 - edge), height * (0.5 - edge), width * (0.5 + edge), height * (0.5 + edge))
        return pen, True, text

    return drawn


def _arrow(way: str) -> Drawing:
    """A broad arrow to the right, left, down or up: how broad its shaft is, how long its head."""

    def drawn(width: float, height: float, measures: Measures) -> Drawn:
        long, tall = (width, height) if way in "rl" else (height, width)
        head = min(min(width, height) * measures(1, 0.5), long)
        side = tall / 2 * min(max(measures(0, 0.5), 0.0), 1.0)
        neck, middle = long - head, tall / 2
        points = [
            (0.0, middle - side),
            (neck, middle - side),
            (neck, 0.0),
            (long, middle),
            (neck, tall),
            (neck, middle + side),
            (0.0, middle + side),
        ]
        reach = neck + head * side / (middle or 1.0)
        begin, end = (0.0, middle - side), (reach, middle + side)

        def placed(point: Point) -> Point:
            along, beside = point
            along = long - along if way in "lu" else along
            return (along, beside) if way in "rl" else (beside, along)

        (x1, y1), (x2, y2) = placed(begin), placed(end)
        return Pen().to(*map(placed, points)), True, (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    return drawn


def _double_arrow(*, upright: bool) -> Drawing:
    def drawn(width: float, height: float, measures: Measures) -> Drawn:
        long, tall = (height, width) if upright else (width, height)
        head = min(min(width, height) * measures(1, 0.5), long / 2)
        side, middle = tall / 2 * min(max(measures(0, 0.5), 0.0), 1.0), tall / 2
        half = [(0.0, middle), (head, 0.0), (head, middle - side), (long - head, middle - side), (long - head, 0.0)]
        points = [*half, (long, middle), *[(x, tall - y) for x, y in reversed(half[1:])]]
        near = head * (1 - side / (middle or 1.0))
        text = (near, middle - side, long - near, middle + side)
        if upright:
            points, text = [(y, x) for x, y in points], (text[1], text[0], text[3], text[2])
        return Pen().to(*points), True, text

    return drawn


def _home_plate(width: float, height: float, measures: Measures) -> Drawn:
    neck = width - min(min(width, height) * measures(0, 0.5), width)
    points = ((0, 0), (neck, 0), (width, height / 2), (neck, height), (0, height))
    return Pen().to(*points), True, (0.0, 0.0, (neck + width) / 2, height)


def _chevron(width: float, height: float, measures: Measures) -> Drawn:
    head = min(min(width, height) * measures(0, 0.5), width)
    neck = width - head
    points = ((0, 0), (neck, 0), (width, height / 2), (neck, height), (0, height), (head, height / 2))
    text = (head, 0.0, neck, height) if neck > head else None
    return Pen().to(*points), True, text


def _brackets(sides: str, *, braces: bool) -> Drawing:
    """Brackets or braces at one or both sides of a box, open between."""

    def drawn(width: float, height: float, measures: Measures) -> Drawn:
        alone = len(sides) == 1
        curl = min(width, height) * measures(0, 0.08333 if alone or braces else 0.16667)
        across = (width / 2 if braces else width) if alone else curl
        curl = min(curl, height / 4 if braces else height / 2)
        middle = height * (measures(1, 0.5) if alone and braces else 0.5)
        pen = Pen()
        for side in sides:
            pen.begin((2 * across if braces else across, height)).arc(across, curl, 90.0, 90.0)
            if braces:
                pen.to((across, middle + curl)).arc(across, curl, 0.0, -90.0)
                pen.arc(across, curl, 90.0, -90.0)
            pen.to((across if braces else 0.0, curl)).arc(across, curl, 180.0, 90.0)
            if side == "r":
                pen.lines[-1] = [(width - x, y) for x, y in pen.lines[-1]]
        inside = across * (1 - CORNER)
        top = curl * CORNER
        if alone:
            left = (2 * across if braces else across) - inside
            left, right = (left, width) if sides == "l" else (0.0, width - left)
        else:
            left = top + (across if braces else 0.0)
            right = width - left
        return pen, False, (left, top, right, height - top)

    return drawn


def _can(width: float, height: float, measures: Measures) -> Drawn:
    rim = min(width, height) * measures(0, 0.25) / 2
    pen = Pen().to((0, rim)).arc(width / 2, rim, 180.0, 180.0).to((width, height - rim)).arc(width / 2, rim, 0.0, 180.0)
    pen.begin((width, rim)).arc(width / 2, rim, 0.0, 180.0)
    return pen, True, (0.0, 2 * rim, width, height - rim)


def _cube(width: float, height: float, measures: Measures) -> Drawn:
    a = min(width, height) * measures(0, 0.25)
    x = width - a
    pen = Pen().to((0, a), (a, 0), (width, 0), (width, height - a), (x, height), (0, height))
    return pen.begin((0, a), (x, a), (width, 0)).begin((x, a), (x, height)), True, (0.0, a, x, height)


def _folded(width: float, height: float, measures: Measures) -> Drawn:
    fold = min(width, height) * measures(0, 0.16667)
    x, y = width - fold, height - fold
    pen = Pen().to((0, 0), (width, 0), (width, y), (x, height), (0, height))
    return pen.begin((x, height), (x + fold / 5, y + fold / 5), (width, y)), True, (0.0, 0.0, width, y)


def _bevel(width: float, height: float, measures: Measures) -> Drawn:
    a = min(width, height) * measures(0, 0.125)
    pen = Pen().to((0, 0), (width, 0), (width, height), (0, height))
    pen.begin((a, a), (width - a, a), (width - a, height - a), (a, height - a)).close()
    for x, y, right, down in ((0, 0, 1, 1), (width, 0, -1, 1), (width, height, -1, -1), (0, height, 1, -1)):
        pen.begin((x, y), (x + right * a, y + down * a))
    return pen, True, (a, a, width - a, height - a)


def _plaque(width: float, height: float, measures: Measures) -> Drawn:
    a = min(width, height) * measures(0, 0.16667)
    pen = Pen().to((0, a)).arc(a, a, 90.0, -90.0).to((width - a, 0)).arc(a, a, 180.0, -90.0)
    pen.to((width, height - a)).arc(a, a, 270.0, -90.0).to((a, height)).arc(a, a, 0.0, -90.0)
    inset = a * 0.70711
    return pen, True, (inset, inset, width - inset, height - inset)


def _arc(width: float, height: float, measures: Measures) -> Drawn:
    start, end = (part * 100_000 / 60_000 for part in (measures(0, 162.0), measures(1, 0.0)))
    begin = (width / 2 * (1 + cos(radians(start))), height / 2 * (1 + sin(radians(start))))
    return Pen().to(begin).arc(width / 2, height / 2, start, (end - start) % 360 or 360.0), False, None


def _straight(width: float, height: float, _: Measures) -> Drawn:
    return Pen().to((0, 0), (width, height)), False, None


def _bent(parts: int, *, curved: bool) -> Drawing:
    """A connector of level and upright parts in turn, or a curve that follows them."""

    def drawn(width: float, height: float, measures: Measures) -> Drawn:
        pen = Pen().to((0.0, 0.0))
        x, y = 0.0, 0.0
        for at in range(parts):
            if at == parts - 1:
                x, y = width, height
            elif at == parts - 2 and at % 2:
                y = height
            elif at == parts - 2:
                x = width
            elif at % 2:
                y = height * measures(at, 0.5)
            else:
                x = width * measures(at, 0.5)
            pen.to((x, y))
        if not curved:
            return pen, False, None
        corners = pen.lines[0]
        smooth = Pen().to(corners[0])
        for at in range(1, len(corners) - 1):
            one, corner, two = smooth.lines[0][-1], corners[at], corners[at + 1]
            end = two if at == len(corners) - 2 else ((corner[0] + two[0]) / 2, (corner[1] + two[1]) / 2)
            smooth.curve(
                ((one[0] + corner[0]) / 2, (one[1] + corner[1]) / 2),
                ((corner[0] + end[0]) / 2, (corner[1] + end[1]) / 2),
                end,
            )
        return smooth, False, None

    return drawn


_ROUND, _CUT = 0.16667, 0.16667
_DRAWINGS: dict[str, Drawing] = {
    **CALL_OUTS, **FLOW_CHARTS,
    "ellipse": _ellipse, "roundRect": _rounded, "diamond": FLOW_CHARTS["flowChartDecision"], "triangle": _triangle, "rtTriangle": _right_triangle,
    "parallelogram": _parallelogram, "trapezoid": _trapezoid, "hexagon": _hexagon, "plus": _plus,
    "octagon": _corners(*[(0, 0.29289)] * 4, snipped=True), "plaque": _plaque, "can": _can, "cube": _cube, "bevel": _bevel,
    "pentagon": _polygon((0.5, 0.0), (1.0, 0.382), (0.809, 1.0), (0.191, 1.0), (0.0, 0.382)), "foldedCorner": _folded,
    "round1Rect": _corners((-1, 0.0), (0, _ROUND), (-1, 0.0), (-1, 0.0)),
    "round2SameRect": _corners((0, _ROUND), (0, _ROUND), (1, 0.0), (1, 0.0)),
    "round2DiagRect": _corners((0, _ROUND), (1, 0.0), (0, _ROUND), (1, 0.0)),
    "snip1Rect": _corners((-1, 0.0), (0, _CUT), (-1, 0.0), (-1, 0.0), snipped=True),
    "snip2SameRect": _corners((0, _CUT), (0, _CUT), (1, 0.0), (1, 0.0), snipped=True),
    "snip2DiagRect": _corners((0, 0.0), (1, _CUT), (0, 0.0), (1, _CUT), snipped=True),
    "star4": _star(4, 0.125), "star5": _star(5, 0.19098, 1.05146, 1.10557), "star6": _star(6, 0.28868, 1.1547),
    "star8": _star(8, 0.375), "star10": _star(10, 0.42533, 1.05146), "star12": _star(12, 0.375), "star16": _star(16, 0.375),
    "star24": _star(24, 0.375), "star32": _star(32, 0.375), "arc": _arc,
    "rightArrow": _arrow("r"), "leftArrow": _arrow("l"), "downArrow": _arrow("d"), "upArrow": _arrow("u"),
    "leftRightArrow": _double_arrow(upright=False), "upDownArrow": _double_arrow(upright=True),
    "homePlate": _home_plate, "chevron": _chevron,
    "leftBracket": _brackets("l", braces=False), "rightBracket": _brackets("r", braces=False),
    "bracketPair": _brackets("lr", braces=False), "leftBrace": _brackets("l", braces=True),
    "rightBrace": _brackets("r", braces=True), "bracePair": _brackets("lr", braces=True),
    "line": _straight, "straightConnector1": _straight,
    **{f"bentConnector{count}": _bent(count, curved=False) for count in (2, 3, 4, 5)},
    **{f"curvedConnector{count}": _bent(count, curved=True) for count in (2, 3, 4, 5)},
}  # fmt: skip

KNOWN = frozenset(_DRAWINGS)
"""The names of the shapes that are drawn as they are meant."""
