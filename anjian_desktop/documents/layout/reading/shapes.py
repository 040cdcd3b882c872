"""Outlines of drawn shapes and their colours, from DrawingML: what a shape looks like beside its text."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml.etree import Element

from anjian_desktop.documents.layout.model import Border
from anjian_desktop.documents.layout.outlines import Outline, flipped, turned
from anjian_desktop.documents.layout.reading.formats import colour
from anjian_desktop.documents.layout.reading.freeforms import freeform
from anjian_desktop.documents.layout.reading.package import A, W
from anjian_desktop.documents.layout.reading.preset_shapes import preset
from anjian_desktop.documents.layout.reading.styles import Look, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
EMU = 12_700
Colour = tuple[float, float, float]

_RECTANGLES = {"rect", "flowChartProcess", "textBox"}
_SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
_DEGREE = 60_000
"""A degree, in the file's measure of angles."""
_DASHES = {
    "dash": "dashed", "lgDash": "dashed", "sysDash": "dashSmallGap", "dot": "dotted", "sysDot": "dotted",
    "dashDot": "dotDash", "lgDashDot": "dotDash", "sysDashDot": "dotDash", "lgDashDotDot": "dotDotDash",
    "sysDashDotDot": "dotDotDash",
}  # fmt: skip
_ALIASES = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_MOST_MEASURES = 8
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


def outline_of(shape: _Element, width: float, height: float) -> tuple[Outline | None, bool]:
    """The outline of a wsp element of a size, None for a rectangle; and whether it is known."""
    properties = shape.find(WPS + "spPr")
    geometry = properties.find(A + "prstGeom") if properties is not None else None
    custom = properties.find(A + "custGeom") if properties is not None else None
    transform = properties.find(A + "xfrm") if properties is not None else None
    across, down = (transform is not None and transform.get(name) in ("1", "true") for name in ("flipH", "flipV"))
    degrees = (number(transform.get("rot")) / _DEGREE if transform is not None else 0.0) % 360
    kind = geometry.get("prst", "rect") if geometry is not None else "rect"
    found = (
        freeform(custom, width, height) if custom is not None else preset(kind, width, height, measures_of(geometry))
    )
    known = found is not None or (custom is None and kind in _RECTANGLES)
    if found is None and degrees:
        found = Outline(_SQUARE, True)
    if found is None:
        return None, known
    found = flipped(found, across=across, down=down)
    if degrees:
        found = turned(found, width, height, degrees)
    line = properties.find(A + "ln") if properties is not None else None
    heads = [line.find(A + name) if line is not None else None for name in ("headEnd", "tailEnd")]
    first, last = (not found.closed and head is not None and head.get("type", "none") != "none" for head in heads)
    return replace(found, first_head=first, last_head=last), known


def measures_of(geometry: _Element | None) -> list[float | None]:
    """The measures a file gives of a known shape, by their numbers."""
    found: list[float | None] = []
    for guide in geometry.iterfind(f"{A}avLst/{A}gd") if geometry is not None else ():
        said = (guide.get("fmla") or "").partition("val ")[2]
        at = max(int(number(guide.get("name", "").removeprefix("adj"), 1.0)) - 1, 0)
        found += [None] * (at + 1 - len(found)) if at < _MOST_MEASURES else []
        if said and at < _MOST_MEASURES:
            found[at] = number(said) / 100_000
    return found


def ink_of(shape: _Element, colours: Mapping[str, Colour]) -> Colour | None:
    """The colour of a wsp element's text that says none itself."""
    return tint_of(shape.find(f"{WPS}style/{A}fontRef"), colours)


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
    dash = line.find(A + "prstDash") if line is not None else None
    kind = _DASHES.get(dash.get("val", ""), "single") if dash is not None else "single"
    return Border(min(max(width, 0.25), 20.0), own or (0.0, 0.0, 0.0), kind)


def inked(look: Look, ink: Colour | None) -> Look:
    """The properties of text in a shape whose style gives text a colour, where they say none."""
    if ink is None or value(look.elements.get("color")) not in (None, "auto"):
        return look
    found = look.copy()
    found.elements["color"] = Element(W + "color", {W + "val": "".join(f"{round(255 * part):02X}" for part in ink)})
    return found


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
