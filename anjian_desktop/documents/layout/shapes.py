"""Outlines of drawn shapes and their colours, from DrawingML: what a shape looks like beside its text."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from math import cos, pi, sin
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.formats import colour
from anjian_desktop.documents.layout.model import Border, Outline
from anjian_desktop.documents.layout.package import A
from anjian_desktop.documents.layout.styles import number

if TYPE_CHECKING:
    from lxml.etree import _Element

WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
EMU = 12_700
Colour = tuple[float, float, float]

_ROUND = 48
_CIRCLE = tuple((0.5 + 0.5 * cos(2 * pi * n / _ROUND), 0.5 + 0.5 * sin(2 * pi * n / _ROUND)) for n in range(_ROUND))
_POLYGONS: dict[str, tuple[tuple[float, float], ...]] = {
    "ellipse": _CIRCLE,
    "flowChartConnector": _CIRCLE,
    "diamond": ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)),
    "flowChartDecision": ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)),
    "triangle": ((0.5, 0.0), (1.0, 1.0), (0.0, 1.0)),
    "parallelogram": ((0.2, 0.0), (1.0, 0.0), (0.8, 1.0), (0.0, 1.0)),
    "flowChartInputOutput": ((0.2, 0.0), (1.0, 0.0), (0.8, 1.0), (0.0, 1.0)),
    "flowChartPreparation": ((0.2, 0.0), (0.8, 0.0), (1.0, 0.5), (0.8, 1.0), (0.2, 1.0), (0.0, 0.5)),
    "flowChartManualOperation": ((0.0, 0.0), (1.0, 0.0), (0.8, 1.0), (0.2, 1.0)),
    "flowChartManualInput": ((0.0, 0.2), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)),
    "rtTriangle": ((0.0, 0.0), (1.0, 1.0), (0.0, 1.0)),
    "homePlate": ((0.0, 0.0), (0.75, 0.0), (1.0, 0.5), (0.75, 1.0), (0.0, 1.0)),
    "chevron": ((0.0, 0.0), (0.75, 0.0), (1.0, 0.5), (0.75, 1.0), (0.0, 1.0), (0.25, 0.5)),
    "hexagon": ((0.2, 0.0), (0.8, 0.0), (1.0, 0.5), (0.8, 1.0), (0.2, 1.0), (0.0, 0.5)),
    "rightArrow": ((0.0, 0.25), (0.7, 0.25), (0.7, 0.0), (1.0, 0.5), (0.7, 1.0), (0.7, 0.75), (0.0, 0.75)),
    "leftArrow": ((1.0, 0.25), (0.3, 0.25), (0.3, 0.0), (0.0, 0.5), (0.3, 1.0), (0.3, 0.75), (1.0, 0.75)),
    "downArrow": ((0.25, 0.0), (0.75, 0.0), (0.75, 0.7), (1.0, 0.7), (0.5, 1.0), (0.0, 0.7), (0.25, 0.7)),
    "upArrow": ((0.25, 1.0), (0.75, 1.0), (0.75, 0.3), (1.0, 0.3), (0.5, 0.0), (0.0, 0.3), (0.25, 0.3)),
}
_LINES = {
    "line": ((0.0, 0.0), (1.0, 1.0)),
    "straightConnector1": ((0.0, 0.0), (1.0, 1.0)),
    "bentConnector2": ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)),
    "bentConnector3": ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (1.0, 1.0)),
    "leftBracket": ((1.0, 0.0), (0.0, 0.0), (0.0, 1.0), (1.0, 1.0)),
    "rightBracket": ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)),
}
_RECTANGLES = {"rect", "flowChartProcess", "textBox", "bevel"}
_ROUNDED = {"roundRect": 0.16667, "flowChartAlternateProcess": 0.16667, "flowChartTerminator": 0.5}
"""The radius of a rounded rectangle's corners, in parts of its shorter side."""
_STEPS = 6
"""Straight pieces a rounded corner is drawn with."""
_ALIASES = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_THEME_LINES = (0.0, 0.5, 1.0, 1.5)
"""Widths (pt) of a theme's lines by their number."""


def theme_colours(theme: _Element | None) -> dict[str, Colour]:
    """The colours of a document's theme by name (`accent1`, `dk1` …)."""
    found: dict[str, Colour] = {}
    scheme = theme.find(f".//{A}clrScheme") if theme is not None else None
    for entry in scheme if scheme is not None else ():
        for tint in entry:
            found[entry.tag.rpartition("}")[2]] = colour(tint.get("lastClr") or tint.get("val"))
    return found


def rounded(width: float, height: float, share: float) -> tuple[tuple[float, float], ...]:
    """A rectangle of this size with corners rounded by a share of its shorter side, in a box from (0, 0) to (1, 1)."""
    radius = min(max(share, 0.0), 0.5) * min(width, height)
    across, down = radius / (width or 1.0), radius / (height or 1.0)
    middles = ((1 - across, down), (1 - across, 1 - down), (across, 1 - down), (across, down))
    return tuple(
        (x + across * sin(pi / 2 * (corner + step / _STEPS)), y - down * cos(pi / 2 * (corner + step / _STEPS)))
        for corner, (x, y) in enumerate(middles)
        for step in range(_STEPS + 1)
    )


def outline_of(shape: _Element, width: float, height: float) -> tuple[Outline | None, bool]:
    """The outline of a wsp element of a size, None for a rectangle; and whether it is drawn as it is meant."""
    properties = shape.find(WPS + "spPr")
    geometry = properties.find(A + "prstGeom") if properties is not None else None
    kind = geometry.get("prst", "rect") if geometry is not None else "rect"
    transform = properties.find(A + "xfrm") if properties is not None else None
    flipped = [transform is not None and transform.get(name) in ("1", "true") for name in ("flipH", "flipV")]
    turned = transform is not None and number(transform.get("rot")) % 21_600_000 != 0
    points, closed = _POLYGONS.get(kind), True
    if kind in _ROUNDED:
        points = rounded(width, height, _adjusted(geometry, _ROUNDED[kind]))
    if points is None:
        points, closed = _LINES.get(kind), False
    known = kind in _RECTANGLES and (properties is None or properties.find(A + "custGeom") is None)
    if points is None:
        return None, known and not turned
    placed = tuple((1 - x if flipped[0] else x, 1 - y if flipped[1] else y) for x, y in points)
    line = properties.find(A + "ln") if properties is not None else None
    heads = [line.find(A + name) if line is not None else None for name in ("headEnd", "tailEnd")]
    first, last = (not closed and head is not None and head.get("type", "none") != "none" for head in heads)
    return Outline(placed, closed, first, last), not turned


def _adjusted(geometry: _Element | None, default: float) -> float:
    """The first measure a file gives of a known shape, in parts of its shorter side."""
    guide = geometry.find(f"{A}avLst/{A}gd") if geometry is not None else None
    said = (guide.get("fmla") or "").partition("val ")[2] if guide is not None else ""
    return number(said) / 100_000 if said else default


def line_of(shape: _Element, colours: Mapping[str, Colour]) -> Border | None:
    """The line around a wsp element: its own, else its style's."""
    line = shape.find(f"{WPS}spPr/{A}ln")
    reference = shape.find(f"{WPS}style/{A}lnRef")
    if line is not None and line.find(A + "noFill") is not None:
        return None
    styled = int(number(reference.get("idx"))) if reference is not None else 0
    if line is None and not styled:
        return None
    width = (
        number(line.get("w")) / EMU
        if line is not None and line.get("w")
        else _THEME_LINES[min(max(styled, 0), 3)] or 0.75
    )
    own = tint_of(line.find(A + "solidFill"), colours) if line is not None else None
    if own is None and reference is not None:
        own = tint_of(reference, colours)
    return Border(min(max(width, 0.25), 20.0), own or (0.0, 0.0, 0.0))


def fill_of(shape: _Element, colours: Mapping[str, Colour]) -> Colour | None:
    """The colour a wsp element is filled with, or None."""
    properties = shape.find(WPS + "spPr")
    if properties is not None:
        if properties.find(A + "noFill") is not None:
            return None
        own = tint_of(properties.find(A + "solidFill"), colours)
        if own is not None:
            return own
        stop = properties.find(f"{A}gradFill/{A}gsLst/{A}gs")
        if stop is not None:
            return tint_of(stop, colours)
    reference = shape.find(f"{WPS}style/{A}fillRef")
    if reference is not None and reference.get("idx", "0") != "0":
        return tint_of(reference, colours)
    return None


def tint_of(element: _Element | None, colours: Mapping[str, Colour]) -> Colour | None:
    """The colour inside a fill or a reference to one, with its changes of brightness; None when there is none."""
    for tint in element if element is not None else ():
        kind = tint.tag.rpartition("}")[2] if isinstance(tint.tag, str) else ""
        if kind == "srgbClr":
            found = colour(tint.get("val"))
        elif kind == "sysClr":
            found = colour(tint.get("lastClr"))
        elif kind == "schemeClr":
            name = tint.get("val", "")
            found = colours.get(_ALIASES.get(name, name), (0.0, 0.0, 0.0))
        elif kind == "prstClr":
            found = {"white": (1.0, 1.0, 1.0), "red": (1.0, 0.0, 0.0), "blue": (0.0, 0.0, 1.0)}.get(
                tint.get("val", ""), (0.0, 0.0, 0.0)
            )
        else:
            continue
        return _changed(found, tint)
    return None


def _changed(found: Colour, tint: _Element) -> Colour:
    """A colour with its lumMod, lumOff, shade and tint (ECMA-376 part 1, 20.1.2.3) applied."""
    for change in tint:
        name = change.tag.rpartition("}")[2] if isinstance(change.tag, str) else ""
        part = number(change.get("val"), 100_000.0) / 100_000
        if name in ("lumMod", "lumOff"):
            hue, light, full = colorsys.rgb_to_hls(*found)
            light = light * part if name == "lumMod" else light + part
            found = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), full)
        elif name == "shade":
            found = (found[0] * part, found[1] * part, found[2] * part)
        elif name == "tint":
            found = (1 - (1 - found[0]) * part, 1 - (1 - found[1]) * part, 1 - (1 - found[2]) * part)
    red, green, blue = found
    return round(red, 3), round(green, 3), round(blue, 3)
