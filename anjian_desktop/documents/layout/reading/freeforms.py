"""Reads free outlines: paths of lines and curves whose points may be worked out by formulas (ECMA-376 part 1, 20.1.9)."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.outlines import Outline, Pen, Point, shares
from anjian_desktop.documents.layout.reading.package import A
from anjian_desktop.documents.layout.reading.styles import number

if TYPE_CHECKING:
    from lxml.etree import _Element

_EMU = 12_700
_DEGREE = 60_000
_RADIAN = 180 * _DEGREE / pi
_MOST_STEPS = 2000
"""Steps of a path that are followed."""


def freeform(geometry: _Element, width: float, height: float) -> Outline | None:
    """The outline of a custGeom element in a box of this size (pt); None when it has no line."""
    pen, closed, steps = Pen(), False, 0
    for path in geometry.iterfind(f"{A}pathLst/{A}path"):
        wide, tall = (number(path.get(name)) or size * _EMU for name, size in (("w", width), ("h", height)))
        known = _guides(geometry, wide, tall)
        for step in path:
            steps += 1
            if steps > _MOST_STEPS:
                break
            closed = _drawn(pen, step, known, (width / wide, height / tall)) or closed
    lines = [shares(line, width, height) for line in pen.lines if len(line) > 1]
    if not lines:
        return None
    return Outline(lines[0], closed, more=tuple(lines[1:]))


def _drawn(pen: Pen, step: _Element, known: dict[str, float], scale: Point) -> bool:
    """Draws one step of a path; whether it closes its line."""
    kind = step.tag.rpartition("}")[2] if isinstance(step.tag, str) else ""
    points = [(_value(one.get("x"), known) * scale[0], _value(one.get("y"), known) * scale[1]) for one in step]
    if kind == "moveTo" and points:
        pen.begin(points[0])
    elif not pen.lines:
        return False
    elif kind == "lnTo":
        pen.to(*points)
    elif kind == "cubicBezTo" and len(points) == 3:
        pen.curve(points[0], points[1], points[2])
    elif kind == "quadBezTo" and len(points) == 2:
        (x0, y0), (x, y), end = pen.lines[-1][-1], points[0], points[1]
        one = (x0 + (x - x0) * 2 / 3, y0 + (y - y0) * 2 / 3)
        pen.curve(one, (end[0] + (x - end[0]) * 2 / 3, end[1] + (y - end[1]) * 2 / 3), end)
    elif kind == "arcTo":
        across, down, start, sweep = (_value(step.get(name), known) for name in ("wR", "hR", "stAng", "swAng"))
        sweep = max(min(sweep / _DEGREE, 360.0), -360.0)
        pen.arc(across * scale[0], down * scale[1], start / _DEGREE, sweep)
    elif kind == "close":
        pen.close()
        return len(pen.lines) == 1
    return False


def _guides(geometry: _Element, width: float, height: float) -> dict[str, float]:
    """The named lengths of a shape."""
    short = min(width, height)
    known = {
        "l": 0.0, "t": 0.0, "r": width, "b": height, "w": width, "h": height, "hc": width / 2, "vc": height / 2,
        "ss": short, "ls": max(width, height), "cd2": 180.0 * _DEGREE, "cd4": 90.0 * _DEGREE, "cd8": 45.0 * _DEGREE,
        "3cd4": 270.0 * _DEGREE, "3cd8": 135.0 * _DEGREE, "5cd8": 225.0 * _DEGREE, "7cd8": 315.0 * _DEGREE,
    }  # fmt: skip
    for part in (2, 3, 4, 5, 6, 8, 10, 12, 32):
        known |= {f"wd{part}": width / part, f"hd{part}": height / part, f"ssd{part}": short / part}
    for group in ("avLst", "gdLst"):
        for guide in geometry.iterfind(f"{A}{group}/{A}gd"):
            known[guide.get("name", "")] = _worked_out((guide.get("fmla") or "").split(), known)
    return known


def _worked_out(formula: list[str], known: dict[str, float]) -> float:
    """A formula's value; 0 for what is none."""
    if not formula:
        return 0.0
    a, b, c = [*(_value(part, known) for part in formula[1:4]), 0.0, 0.0, 0.0][:3]
    match formula[0]:
        case "val":
            return a
        case "*/":
            return a * b / c if c else 0.0
        case "+-":
            return a + b - c
        case "+/":
            return (a + b) / c if c else 0.0
        case "?:":
            return b if a > 0 else c
        case "abs":
            return abs(a)
        case "max":
            return max(a, b)
        case "min":
            return min(a, b)
        case "pin":
            return min(max(b, a), c)
        case "mod":
            return hypot(a, b, c)
        case "sqrt":
            return sqrt(max(a, 0.0))
        case "sin":
            return a * sin(b / _RADIAN)
        case "cos":
            return a * cos(b / _RADIAN)
        case "at2":
            return atan2(b, a) * _RADIAN
        case "cat2":
            return a * cos(atan2(c, b))
        case "sat2":
            return a * sin(atan2(c, b))
        case _:
            return 0.0


def _value(text: str | None, known: dict[str, float]) -> float:
    return known[text] if text in known else number(text)
