"""Reads pictures, shapes, text boxes and groups of them (DrawingML) into the model; what is none is named by whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.model import Block, FloatBox, Margins, Picture, Position
from anjian_desktop.documents.layout.outlines import Outline
from anjian_desktop.documents.layout.reading.package import MC, A, R, W
from anjian_desktop.documents.layout.reading.picture_files import picture_of
from anjian_desktop.documents.layout.reading.shapes import EMU, WPS, Colour, fill_of, ink_of, line_of, outline_of
from anjian_desktop.documents.layout.reading.styles import number
from anjian_desktop.documents.layout.reading.text_directions import turn_of_box

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anjian_desktop.documents.metafiles import Drawing

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_GROUPS = ("wgp", "grpSp", "wpc")
_LARGEST = 3000.0
_WRAPS = {"wrapNone": "none", "wrapTopAndBottom": "topAndBottom", "wrapSquare": "square", "wrapTight": "square",
          "wrapThrough": "square"}  # fmt: skip
_SIDES = {"bothSides": "both", "left": "left", "right": "right", "largest": "largest"}
_CONTENTS = {"chart": "图表", "dgm": "SmartArt 图形", "relIds": "SmartArt 图形", "lockedCanvas": "画布"}
_INLINE = Position("inline", 0.0)
_DEEPEST = 6
_QUARTER = 5_400_000
"""A quarter of a circle, in the file's measure of angles."""
_ASKEW = 0.005
_TURN = 4 * _QUARTER
_POLYGON = 21_600
"""A box's width and height, in the measure of the points text runs round."""


@dataclass(frozen=True)
class Found:
    """An object of a run: in the line (a picture, or the blank a box stands on), or a box."""

    inline: Picture | None = None
    box: FloatBox | None = None


@dataclass(frozen=True)
class Surroundings:
    """What the objects of a paragraph are read with.

    `picture`: a picture by its relationship, None when it cannot be drawn (which is named). `blocks`: the
    paragraphs of a text box, in a colour where they say none themselves. `name`: notes what is not laid out. `colours`: the theme's.
    """

    picture: Callable[[str], bytes | Drawing | None]
    blocks: Callable[[_Element, Colour | None], tuple[Block, ...]]
    name: Callable[[str], None]
    colours: Mapping[str, Colour]


def read_drawing(element: _Element, around: Surroundings) -> list[Found] | None:
    """What a w:drawing shows; None when it is something else."""
    holder = next((child for child in element if child.tag in (f"{WP}inline", f"{WP}anchor")), None)
    if holder is None:
        return None
    extent = holder.find(WP + "extent")
    width, height = _emu(extent, "cx"), _emu(extent, "cy")
    content = holder.find(f"{A}graphic/{A}graphicData/*")
    box = _content(content, width, height, around) if content is not None else None
    if box is None:
        return None
    about = holder.find(WP + "docPr")
    if box.picture is not None and about is not None:
        box = replace(box, picture=replace(box.picture, role=about.get("descr", "")))
    if holder.tag == WP + "inline":
        if box.picture is not None:
            return [Found(inline=box.picture)]
        return [Found(inline=Picture(b"", width, height), box=replace(box, across=_INLINE, down=_INLINE))]
    wrap = next((child for child in holder if _name(child) in _WRAPS), None)
    within = _hollows(wrap, width, height)
    gaps = [_emu(holder, f"dist{side}") - hollow for side, hollow in zip("TLBR", within, strict=True)]
    across, down = _position(_said(holder, "positionH")), _position(_said(holder, "positionV"))
    if box.picture is not None and box.picture.width != width:
        # Turned by a quarter it keeps the middle that it had unturned.
        moved = (width - height) / 2
        across, down = replace(across, offset=across.offset + moved), replace(down, offset=down.offset - moved)
        box = replace(box, width=height, height=width)
    return [
        Found(
            box=replace(
                box,
                across=across,
                down=down,
                wrap=_WRAPS[_name(wrap)] if wrap is not None else "none",
                side=_SIDES.get(wrap.get("wrapText", "bothSides"), "both") if wrap is not None else "both",
                behind=holder.get("behindDoc") in ("1", "true"),
                gaps=Margins(*gaps),
            )
        )
    ]


def _hollows(wrap: _Element | None, width: float, height: float) -> tuple[float, float, float, float]:
    """How far inside a box the points lie that text may come up to: above, left, below, right (pt)."""
    points = list(wrap.iterfind(f"{WP}wrapPolygon/*")) if wrap is not None else []
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    across = [number(point.get("x")) / _POLYGON * width for point in points]
    down = [number(point.get("y")) / _POLYGON * height for point in points]
    return min(down), min(across), height - max(down), width - max(across)


def _content(element: _Element, width: float, height: float, around: Surroundings, depth: int = 0) -> FloatBox | None:
    """The box of a picture, shape, group or anything else that takes room; None for what is unknown."""
    kind = _name(element)
    plain = FloatBox(width, height, _INLINE, _INLINE, "none", False, None, (), Margins(0.0, 0.0, 0.0, 0.0), None, None)
    if kind == "pic":
        return replace(plain, picture=_picture(element, width, height, around))
    if kind == "wsp":
        return _shape(element, plain, around)
    if kind in _GROUPS and depth < _DEEPEST:
        return replace(plain, parts=tuple(_children(element, width, height, around, depth)))
    if kind in _CONTENTS:
        around.name(f"{_CONTENTS[kind]}（留出空白）")
        return replace(plain, picture=Picture(b"", width, height))
    return None


def _picture(element: _Element, width: float, height: float, around: Surroundings) -> Picture:
    """A picture with what is cut off and turned of it; one without drawable bytes is a blank."""
    blip = element.find(f"{_PIC}blipFill/{A}blip")
    data = around.picture(blip.get(R + "embed", "")) if blip is not None else None
    cut = element.find(f"{_PIC}blipFill/{A}srcRect")
    left, top, right, bottom = (number(cut.get(side)) / 100_000 if cut is not None else 0.0 for side in "ltrb")
    transform = element.find(f"{_PIC}spPr/{A}xfrm")
    turned = number(transform.get("rot")) / _QUARTER if transform is not None else 0.0
    quarters = round(turned) % 4
    if data and abs(turned - round(turned)) > _ASKEW:
        around.name("斜放的图片（印成正放的）")
        quarters = 0
    size = (height, width) if quarters % 2 else (width, height)
    return picture_of(data, *size, (left, top, right, bottom), quarters)


def _shape(shape: _Element, plain: FloatBox, around: Surroundings) -> FloatBox:
    text = shape.find(f"{WPS}txbx/{W}txbxContent")
    body = shape.find(WPS + "bodyPr")
    outline, known = outline_of(shape, plain.width, plain.height)
    line, fill = line_of(shape, around.colours), fill_of(shape, around.colours)
    if not known and (line is not None or fill is not None):
        around.name("自选图形（印成矩形）")
    transform = shape.find(f"{WPS}spPr/{A}xfrm")
    if text is not None and transform is not None and number(transform.get("rot")) % _TURN:
        around.name("旋转的图形里的文字（印成未旋转的）")
    anchor = body.get("anchor", "t") if body is not None else "t"
    blocks = around.blocks(text, ink_of(shape, around.colours)) if text is not None else ()
    fits = body is not None and body.find(A + "spAutoFit") is not None
    return replace(
        plain,
        blocks=blocks,
        margins=within(_insets(body), outline, plain.width, plain.height),
        line=line,
        fill=None if outline is not None and not outline.closed else fill,
        outline=outline,
        valign={"ctr": "center", "b": "bottom"}.get(anchor, "top"),
        grows=fits,
        fits=fits,
        turn=turn_of_box(body.get("vert", ""), blocks, around.name) if body is not None else "",
    )


def _children(
    group: _Element, width: float, height: float, around: Surroundings, depth: int
) -> list[tuple[float, float, FloatBox]]:
    """The shapes of a group, each with its place from the group's corner (ECMA-376 part 1, 20.1.7.5)."""
    transform = next((one for one in group.iterfind(f"*/{A}xfrm") if _name(one.getparent()) == "grpSpPr"), None)
    origin = transform.find(A + "chOff") if transform is not None else None
    inner = transform.find(A + "chExt") if transform is not None else None
    x0, y0 = _plain_emu(origin, "x"), _plain_emu(origin, "y")
    wide = width / (_plain_emu(inner, "cx") or width or 1.0)
    tall = height / (_plain_emu(inner, "cy") or height or 1.0)
    found = []
    for child in group:
        place = child.find(f"{WPS}spPr/{A}xfrm")
        if place is None:
            place = child.find(f"{_PIC}spPr/{A}xfrm")
        if place is None and _name(child) in _GROUPS:
            place = next((one for one in child.iterfind(f"*/{A}xfrm") if _name(one.getparent()) == "grpSpPr"), None)
        if place is None:
            continue
        corner, size = place.find(A + "off"), place.find(A + "ext")
        box = _content(child, _emu(size, "cx") * wide, _emu(size, "cy") * tall, around, depth + 1)
        if box is None:
            around.name("图形组里的其他内容")
            continue
        box = replace(box, fits=False)
        found.append(((_plain_emu(corner, "x") - x0) * wide, (_plain_emu(corner, "y") - y0) * tall, box))
    return found


def branches(element: _Element) -> list[_Element]:
    """The contents of an mc:AlternateContent in the order they are to be tried."""
    return [child for branch in element if branch.tag in (MC + "Choice", MC + "Fallback") for child in branch]


def _said(holder: _Element, name: str) -> _Element | None:
    """A child that newer files give in two ways: the older one, in lengths instead of shares."""
    found = holder.find(WP + name)
    return found if found is not None else holder.find(f"{MC}AlternateContent/{MC}Fallback/{WP}{name}")


def _position(element: _Element | None) -> Position:
    if element is None:
        return Position("column", 0.0)
    offset, align = element.find(WP + "posOffset"), element.find(WP + "align")
    distance = number(offset.text if offset is not None else None) / EMU
    return Position(element.get("relativeFrom", "column"), distance, aligned(align.text if align is not None else None))


def aligned(text: str | None) -> str:
    """An alignment of the file as the model has it; an empty text for none."""
    known = {
        "left": "start",
        "top": "start",
        "inside": "start",
        "center": "center",
        "right": "end",
        "bottom": "end",
        "outside": "end",
    }
    return known.get(text or "", "")


def _insets(body: _Element | None) -> Margins:
    def inset(name: str, default: float) -> float:
        text = body.get(name) if body is not None else None
        return default if text is None else number(text) / EMU

    return Margins(inset("tIns", 3.6), inset("lIns", 7.2), inset("bIns", 3.6), inset("rIns", 7.2))


def within(margins: Margins, outline: Outline | None, width: float, height: float) -> Margins:
    """The inner margins of a shape, its text standing where its outline leaves room."""
    left, top, right, bottom = outline.text if outline is not None else (0.0, 0.0, 1.0, 1.0)
    return Margins(
        margins.top + top * height,
        margins.left + left * width,
        margins.bottom + (1 - bottom) * height,
        margins.right + (1 - right) * width,
    )


def _name(element: _Element | None) -> str:
    return element.tag.rpartition("}")[2] if element is not None and isinstance(element.tag, str) else ""


def _emu(element: _Element | None, name: str) -> float:
    return min(max(_plain_emu(element, name), 0.0), _LARGEST)


def _plain_emu(element: _Element | None, name: str) -> float:
    return number(element.get(name) if element is not None else None) / EMU
