"""Call-outs and clouds: shapes whose tip points at what they speak of (ECMA-376 part 1, 20.1.9.18)."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, radians, sin

from anjian_desktop.documents.layout.outlines import CORNER, Drawing, Drawn, Measures, Pen, Point, Text, round_text

_TIP = (-0.20833, 0.625)
"""Where a tip points when the file does not say: from the middle, in parts of the box."""
_WIDE_TIP = 11.0
"""Degrees either side of its direction at which a round call-out's tip leaves the ellipse."""
_CLOUD = (
    (6753, 9190, -11429249, 7426832), (5333, 7267, -8646143, 5396714), (4365, 5945, -8748475, 5983381),
    (4857, 6595, -7859164, 7034504), (5333, 7273, -4722533, 6541615), (6775, 9220, -2776035, 7816140),
    (5785, 7867, 37501, 6842000), (6752, 9215, 1347096, 6910353), (7720, 10543, 3974558, 4542661),
    (4360, 5918, -16496525, 8804134), (4345, 5945, -14809710, 9151131),
)  # fmt: skip
"""The arcs of a cloud: radii in 43,200ths of its box, start and sweep in 60,000ths of a degree."""
_CLOUD_BEGIN = (3900, 14370)
_CLOUD_TEXT = (2977, 3262, 17087, 17337)


def _pointed_at(width: float, height: float, measures: Measures) -> Point:
    """Where the tip is."""
    return width * (0.5 + measures(0, _TIP[0])), height * (0.5 + measures(1, _TIP[1]))


def _walls(width: float, height: float, tip: Point) -> list[list[Point]]:
    """The four sides of a box, from its upper left corner clockwise, the tip in the one it leaves from."""
    x, y = tip[0] - width / 2, tip[1] - height / 2
    steep = abs(y) * width > abs(x) * height
    across = (7 / 12, 10 / 12) if x > 0 else (2 / 12, 5 / 12)
    down = (7 / 12, 10 / 12) if y > 0 else (2 / 12, 5 / 12)
    upper: list[Point] = [(across[0] * width, 0.0), tip, (across[1] * width, 0.0)]
    right: list[Point] = [(width, down[0] * height), tip, (width, down[1] * height)]
    lower: list[Point] = [(across[1] * width, height), tip, (across[0] * width, height)]
    left: list[Point] = [(0.0, down[1] * height), tip, (0.0, down[0] * height)]
    return [
        upper if steep and y <= 0 else [],
        right if not steep and x > 0 else [],
        lower if steep and y > 0 else [],
        left if not steep and x <= 0 else [],
    ]


def _box(width: float, height: float, measures: Measures) -> Drawn:
    corners: list[Point] = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    pen = Pen()
    for corner, wall in zip(corners, _walls(width, height, _pointed_at(width, height, measures)), strict=True):
        pen.to(corner, *wall)
    return pen, True, None


def _round_box(width: float, height: float, measures: Measures) -> Drawn:
    radius = min(max(measures(2, 0.16667), 0.0), 0.5) * min(width, height)
    begins: list[Point] = [(0.0, radius), (width - radius, 0.0), (width, height - radius), (radius, height)]
    pen = Pen()
    walls = _walls(width, height, _pointed_at(width, height, measures))
    for at, (begin, wall) in enumerate(zip(begins, walls, strict=True)):
        pen.to(begin).arc(radius, radius, 180.0 + 90 * at, 90.0).to(*wall)
    inset = radius * CORNER
    return pen, True, (inset, inset, width - inset, height - inset)


def _round(width: float, height: float, measures: Measures) -> Drawn:
    tip = _pointed_at(width, height, measures)
    across, down = width / 2, height / 2
    way = degrees(atan2((tip[1] - down) * width, (tip[0] - across) * height))
    begin = radians(way + _WIDE_TIP)
    pen = Pen().to(tip, (across + across * cos(begin), down + down * sin(begin)))
    return pen.arc(across, down, way + _WIDE_TIP, 360 - 2 * _WIDE_TIP), True, round_text(width, height)


def _cloud_text(width: float, height: float) -> Text:
    left, top, right, bottom = (part / 21600 for part in _CLOUD_TEXT)
    return left * width, top * height, right * width, bottom * height


def _cloud(width: float, height: float, _: Measures) -> Drawn:
    wide, tall = width / 43200, height / 43200
    pen = Pen().to((_CLOUD_BEGIN[0] * wide, _CLOUD_BEGIN[1] * tall))
    for across, down, start, sweep in _CLOUD:
        pen.arc(across * wide, down * tall, start / 60_000, sweep / 60_000)
    return pen, True, _cloud_text(width, height)


def _thought(width: float, height: float, measures: Measures) -> Drawn:
    """A cloud with three bubbles that grow smaller towards what it points at."""
    pen, closed, text = _cloud(width, height, measures)
    tip = _pointed_at(width, height, measures)
    across, down = width / 2, height / 2
    way = atan2((tip[1] - down) * width, (tip[0] - across) * height)
    right, low = across + across * cos(way) - tip[0], down + down * sin(way) - tip[1]
    far, side = hypot(right, low) or 1.0, min(width, height) / 21600
    step = (far - 6600 * side) / 3
    for away, radius in ((0.0, 600 * side), (step + 1800 * side, 1200 * side), (2 * step + 4800 * side, 1800 * side)):
        pen.ring(tip[0] + right * away / far, tip[1] + low * away / far, radius, radius)
    return pen, closed, text


def _lined(defaults: tuple[float, ...], *, framed: bool) -> Drawing:
    """A box with a line that leads to what it speaks of: its points down and across, in parts of the box."""

    def drawn(width: float, height: float, measures: Measures) -> Drawn:
        said = [measures(at, default) for at, default in enumerate(defaults)]
        line = [(width * across, height * down) for down, across in zip(said[::2], said[1::2], strict=True)]
        if not framed:
            return Pen().to(*line), False, None
        return Pen().to((0, 0), (width, 0), (width, height), (0, height)).begin(*line), True, None

    return drawn


_LED = {
    "1": (0.1875, -0.08333, 1.125, -0.38333),
    "2": (0.1875, -0.08333, 0.1875, -0.16667, 1.125, -0.46667),
    "3": (0.1875, -0.08333, 0.1875, -0.16667, 1.0, -0.16667, 1.12963, -0.08333),
}
CALL_OUTS: dict[str, Drawing] = {
    "wedgeRectCallout": _box,
    "wedgeRoundRectCallout": _round_box,
    "wedgeEllipseCallout": _round,
    "cloud": _cloud,
    "cloudCallout": _thought,
    **{f"borderCallout{count}": _lined(points, framed=True) for count, points in _LED.items()},
    **{f"callout{count}": _lined(points, framed=False) for count, points in _LED.items()},
}
