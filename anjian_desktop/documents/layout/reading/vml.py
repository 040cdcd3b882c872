"""Reads pictures, shapes and text boxes of older files (VML) into the model."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.model import Border, FloatBox, Margins, Picture, Position
from anjian_desktop.documents.layout.outlines import Outline, flipped
from anjian_desktop.documents.layout.reading.formats import colour
from anjian_desktop.documents.layout.reading.objects import Found, Surroundings, aligned, within
from anjian_desktop.documents.layout.reading.package import R, W
from anjian_desktop.documents.layout.reading.picture_files import picture_of
from anjian_desktop.documents.layout.reading.preset_shapes import preset
from anjian_desktop.documents.layout.reading.styles import number
from anjian_desktop.documents.layout.reading.text_directions import turn_of_flow

if TYPE_CHECKING:
    from lxml.etree import _Element

V = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_WORD = "{urn:schemas-microsoft-com:office:word}"
_LARGEST = 3000.0
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 0.75}
_LENGTH = re.compile(r"\s*(-?[0-9.]+)\s*(pt|in|cm|mm|px|)\s*$")
_SHAPES = {V + name for name in ("shape", "rect", "roundrect", "oval", "line")}
_WRAPS = {"square": "square", "tight": "square", "through": "square", "topAndBottom": "topAndBottom"}
_NAMES = {"red": "FF0000", "white": "FFFFFF", "blue": "0000FF", "yellow": "FFFF00", "green": "008000", "gray": "808080"}
_INLINE = Position("inline", 0.0)
_DEEPEST = 6
_TYPE = re.compile(r"_t(\d+)$")
_TYPES = {
    1: "rect", 2: "roundRect", 3: "ellipse", 4: "diamond", 5: "triangle", 6: "rtTriangle", 7: "parallelogram", 8: "trapezoid",
    9: "hexagon", 10: "octagon", 11: "plus", 12: "star5", 13: "rightArrow", 15: "homePlate", 16: "cube", 19: "arc", 20: "line",
    21: "plaque", 22: "can", 23: "donut", 32: "straightConnector1", 33: "bentConnector2", 34: "bentConnector3",
    35: "bentConnector4", 36: "bentConnector5", 37: "curvedConnector2", 38: "curvedConnector3", 39: "curvedConnector4",
    40: "curvedConnector5", 47: "borderCallout1", 48: "borderCallout2", 49: "borderCallout3", 55: "chevron", 56: "pentagon",
    58: "star8", 59: "star16", 60: "star32", 61: "wedgeRectCallout", 62: "wedgeRoundRectCallout", 63: "wedgeEllipseCallout",
    65: "foldedCorner", 66: "leftArrow", 67: "downArrow", 68: "upArrow", 69: "leftRightArrow", 70: "upDownArrow",
    75: "rect", 84: "bevel", 85: "leftBracket", 86: "rightBracket", 87: "leftBrace", 88: "rightBrace", 92: "star24",
    106: "cloudCallout", 109: "rect", 110: "flowChartDecision", 111: "flowChartInputOutput", 112: "flowChartPredefinedProcess",
    113: "flowChartInternalStorage", 114: "flowChartDocument", 115: "flowChartMultidocument", 116: "flowChartTerminator",
    117: "flowChartPreparation", 118: "flowChartManualInput", 119: "flowChartManualOperation", 120: "flowChartConnector",
    121: "flowChartPunchedCard", 122: "flowChartPunchedTape", 123: "flowChartSummingJunction", 124: "flowChartOr",
    125: "flowChartCollate", 126: "flowChartSort", 127: "flowChartExtract", 128: "flowChartMerge",
    129: "flowChartOfflineStorage", 130: "flowChartOnlineStorage", 131: "flowChartMagneticTape", 132: "flowChartMagneticDisk",
    133: "flowChartMagneticDrum", 134: "flowChartDisplay", 135: "flowChartDelay", 176: "flowChartAlternateProcess",
    177: "flowChartOffpageConnector", 185: "bracketPair", 186: "bracePair", 187: "star4", 202: "rect",
}  # fmt: skip
"""The shapes older files know by a number, as newer ones name them."""
_PLAIN = ("rect",)
_SCALE = 21_600
"""Parts of its box in which a shape of older files gives its measures."""
_TIP = (1350 / _SCALE - 0.5, 25_920 / _SCALE - 0.5)
_RULE = 1.5
"""Height of a horizontal line (o:hr) that says none (pt)."""


def read_vml(element: _Element, around: Surroundings) -> list[Found] | None:
    """What a w:pict or w:object shows; None when it is something else."""
    found: list[Found] = []
    for shape in element:
        if shape.tag not in _SHAPES and shape.tag != V + "group":
            continue
        look = _look(shape)
        box = _box(shape, look, around, None, None, 0)
        if box is None:
            return None
        if look.get("position") not in ("absolute", "relative"):
            if box.picture is not None:
                found.append(Found(inline=box.picture))
            elif box.width > 0 and box.height > 0:
                found.append(Found(Picture(b"", box.width, box.height), replace(box, across=_INLINE, down=_INLINE)))
            continue
        across = (
            look.get("mso-position-horizontal-relative", "text").replace("text", "column").replace("char", "column")
        )
        down = (
            look.get("mso-position-vertical-relative", "text").replace("text", "paragraph").replace("line", "paragraph")
        )
        left = _length(look.get("margin-left")) + _length(look.get("left"))
        top = _length(look.get("margin-top")) + _length(look.get("top"))
        if shape.tag == V + "line":
            left, top = _corner(shape)
        wrap = shape.find(_WORD + "wrap")
        gaps = [_length(look.get(f"mso-wrap-distance-{side}", default)) for side, default in
                (("top", "0"), ("left", "9pt"), ("bottom", "0"), ("right", "9pt"))]  # fmt: skip
        found.append(
            Found(
                box=replace(
                    box,
                    across=Position(across, left, aligned(look.get("mso-position-horizontal"))),
                    down=Position(down, top, aligned(look.get("mso-position-vertical"))),
                    wrap=_WRAPS.get(wrap.get("type", ""), "none") if wrap is not None else "none",
                    behind=look.get("z-index", "0").startswith("-"),
                    gaps=Margins(*gaps),
                )
            )
        )
    return found or None


def _box(
    shape: _Element, look: dict[str, str], around: Surroundings, wide: float | None, tall: float | None, depth: int
) -> FloatBox | None:
    """The box of one shape, its lengths within a group scaled; None when nothing is known of it."""
    width, height = _length(look.get("width"), wide), _length(look.get("height"), tall)
    plain = FloatBox(width, height, _INLINE, _INLINE, "none", False, None, (), Margins(0.0, 0.0, 0.0, 0.0), None, None)
    if shape.tag == V + "group":
        return _group(shape, plain, around, depth) if depth < _DEEPEST else None
    image = shape.find(V + "imagedata")
    if image is not None:
        data = around.picture(image.get(R + "id", "") or image.get(R + "pict", ""))
        return replace(plain, picture=picture_of(data, width, height, _cut(image)))
    if shape.find(V + "textpath") is not None:
        around.name("艺术字（水印）")
        return plain
    stroke = Border(
        max(_length(shape.get("strokeweight"), 1.0), 0.25) if shape.get("strokeweight") else 0.75,
        _tint(shape.get("strokecolor")),
    )
    line = stroke if shape.get("stroked", "t") not in ("f", "false", "0") else None
    if shape.tag == V + "line":
        return _line(shape, plain, line, wide, tall)
    if shape.get(_OFFICE + "hr") in ("t", "true", "1"):
        rule = height or _RULE
        return replace(plain, height=rule, width=width or 400.0, fill=_tint(shape.get("fillcolor")))
    box = shape.find(V + "textbox")
    text = box.find(W + "txbxContent") if box is not None else None
    filled = shape.get("filled", "t") not in ("f", "false", "0")
    fill = _tint(shape.get("fillcolor")) if filled and shape.get("fillcolor") else None
    outline, known = _outline(shape, look, width, height)
    if not known:
        around.name("自选图形（印成矩形）")
    blocks = around.blocks(text, None) if text is not None else ()
    return replace(
        plain,
        blocks=blocks,
        turn=turn_of_flow(_look(box), blocks, around.name) if box is not None else "",
        margins=within(_insets(box), outline, width, height),
        grows=box is not None and "mso-fit-shape-to-text:t" in box.get("style", "").replace(" ", ""),
        line=line,
        fill=None if outline is not None and not outline.closed else fill,
        outline=outline,
    )


def _outline(shape: _Element, look: dict[str, str], width: float, height: float) -> tuple[Outline | None, bool]:
    """The outline of a shape, None for a rectangle; and whether it is known."""
    numbered = _TYPE.search(shape.get("type", ""))
    kind = _TYPES.get(int(numbered.group(1)), "") if numbered is not None else "rect"
    if shape.tag in (V + "roundrect", V + "oval"):
        kind = "roundRect" if shape.tag == V + "roundrect" else "ellipse"
    measures: list[float | None] = []
    if kind == "roundRect":
        measures = [_share(shape.get("arcsize"), "0.2")]
    elif kind.endswith("Callout"):
        said = [part.strip() for part in [*shape.get("adj", "").split(","), "", ""][:2]]
        measures = [number(one) / _SCALE - 0.5 if one else tip for one, tip in zip(said, _TIP, strict=True)]
    found = preset(kind, width, height, measures)
    if found is None:
        return None, kind in _PLAIN
    flips = look.get("flip", "")
    found = flipped(found, across="x" in flips, down="y" in flips)
    stroke = shape.find(V + "stroke")
    heads = [stroke is not None and stroke.get(name, "none") != "none" for name in ("startarrow", "endarrow")]
    return replace(found, first_head=heads[0] and not found.closed, last_head=heads[1] and not found.closed), True


def _cut(image: _Element) -> tuple[float, float, float, float]:
    """The shares cut off a picture at its left, top, right and bottom."""
    left, top, right, bottom = (_share(image.get(f"crop{side}"), "0") for side in ("left", "top", "right", "bottom"))
    return left, top, right, bottom


def _share(text: str | None, default: str) -> float:
    """A share said as a number, in hundredths, or in parts of 65,536 with an f behind."""
    said = (text or default).strip()
    if said.endswith("%"):
        return number(said[:-1]) / 100
    return number(said[:-1]) / 65_536 if said.endswith("f") else number(said)


def _group(shape: _Element, plain: FloatBox, around: Surroundings, depth: int) -> FloatBox:
    origin = [number(part) for part in shape.get("coordorigin", "0,0").split(",")]
    size = [number(part) for part in shape.get("coordsize", "1000,1000").split(",")]
    wide = plain.width / (size[0] or 1000.0) if size else 1.0
    tall = plain.height / (size[1] or 1000.0) if len(size) > 1 else wide
    parts = []
    for child in shape:
        if child.tag not in _SHAPES and child.tag != V + "group":
            continue
        look = _look(child)
        box = _box(child, look, around, wide, tall, depth + 1)
        if box is None:
            continue
        left, top = _plain(look.get("left")), _plain(look.get("top"))
        if child.tag == V + "line":
            ends = [number(part) for end in ("from", "to") for part in [*child.get(end, "0,0").split(","), "0"][:2]]
            left, top = min(ends[0], ends[2]), min(ends[1], ends[3])
        corner = [*origin, 0.0, 0.0]
        parts.append(((left - corner[0]) * wide, (top - corner[1]) * tall, box))
    return replace(plain, parts=tuple(parts))


def _line(shape: _Element, plain: FloatBox, line: Border | None, wide: float | None, tall: float | None) -> FloatBox:
    (x1, y1), (x2, y2) = (_point(shape.get(end), wide, tall) for end in ("from", "to"))
    down = (x1 <= x2) == (y1 <= y2)
    points = ((0.0, 0.0), (1.0, 1.0)) if down else ((0.0, 1.0), (1.0, 0.0))
    return replace(plain, width=abs(x2 - x1), height=abs(y2 - y1), line=line, outline=Outline(points, False))


def _corner(shape: _Element) -> tuple[float, float]:
    (x1, y1), (x2, y2) = (_point(shape.get(end), None, None) for end in ("from", "to"))
    return min(x1, x2), min(y1, y2)


def _point(text: str | None, wide: float | None, tall: float | None) -> tuple[float, float]:
    x, _, y = (text or "0,0").partition(",")
    return _length(x, wide), _length(y, tall)


def _look(shape: _Element) -> dict[str, str]:
    look = dict(part.split(":", 1) for part in shape.get("style", "").split(";") if ":" in part)
    return {key.strip().lower(): text.strip() for key, text in look.items()}


def _insets(textbox: _Element | None) -> Margins:
    """The inner margins of a text box: left, top, right, bottom as the file has them."""
    parts = (textbox.get("inset", "") if textbox is not None else "").split(",")
    defaults = (7.2, 3.6, 7.2, 3.6)
    found = [
        _length(part) if part.strip() else default
        for part, default in zip([*parts, "", "", "", ""], defaults, strict=False)
    ]
    return Margins(found[1], found[0], found[3], found[2])


def _tint(text: str | None) -> tuple[float, float, float]:
    name = (text or "black").split()[0].lstrip("#")
    return colour(
        _NAMES.get(
            name.lower(),
            name if len(name) == 6 else name[0] * 2 + name[1] * 2 + name[2] * 2 if len(name) == 3 else None,
        )
    )


def _plain(text: str | None) -> float:
    match = _LENGTH.match(text or "")
    return number(match.group(1)) if match else 0.0


def _length(text: str | None, scale: float | None = None) -> float:
    """A length in pt; one without a unit counts by the group it stands in (`scale`), or as pixels outside of one."""
    match = _LENGTH.match(text or "")
    if match is None:
        return 0.0
    unit = _UNITS[match.group(2)] if match.group(2) or scale is None else scale
    return min(max(number(match.group(1)) * unit, -_LARGEST), _LARGEST)
