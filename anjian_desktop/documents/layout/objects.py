"""Reads pictures and text boxes (DrawingML and VML) into the model; what is neither is named by whoever asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.formats import colour
from anjian_desktop.documents.layout.model import Block, Border, FloatBox, Margins, Picture, Position
from anjian_desktop.documents.layout.package import MC, A, R, W
from anjian_desktop.documents.layout.styles import number

if TYPE_CHECKING:
    from lxml.etree import _Element

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
V = "{urn:schemas-microsoft-com:vml}"
_EMU = 12_700
_LARGEST = 3000.0
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 0.75}
_LENGTH = re.compile(r"\s*(-?[0-9.]+)\s*(pt|in|cm|mm|px|)\s*$")
_WRAPS = {"wrapNone": "none", "wrapTopAndBottom": "topAndBottom", "wrapSquare": "square", "wrapTight": "square",
          "wrapThrough": "square"}  # fmt: skip
_SHAPES = (V + "shape", V + "rect", V + "roundrect")
_UNDERSTOOD = (f"{WP}inline", f"{WP}anchor")


@dataclass(frozen=True)
class Found:
    """An object of a run: in the line (a picture or a box as high as a letter would be), or floating."""

    inline: Picture | None = None
    box: FloatBox | None = None


FindPicture = Callable[[str], bytes | None]
"""Gives the bytes of a picture by its relationship."""

ReadBox = Callable[["_Element"], tuple[Block, ...]]
"""Reads the paragraphs of a text box."""


def read_objects(element: _Element, picture: FindPicture, blocks: ReadBox) -> list[Found] | None:
    """What a w:drawing, w:pict, w:object or mc:AlternateContent shows; None when it is something else."""
    if element.tag == MC + "AlternateContent":
        for branch in element:
            for child in branch:
                found = read_objects(child, picture, blocks)
                if found is not None:
                    return found
        return None
    if element.tag == W + "drawing":
        holder = next((child for child in element if child.tag in _UNDERSTOOD), None)
        return None if holder is None else _drawing(holder, picture, blocks)
    if element.tag in (W + "pict", W + "object"):
        return _vml(element, picture, blocks)
    return None


def _drawing(holder: _Element, picture: FindPicture, blocks: ReadBox) -> list[Found] | None:
    extent = holder.find(WP + "extent")
    width, height = _emu(extent, "cx"), _emu(extent, "cy")
    content: tuple[Block, ...] = ()
    image: Picture | None = None
    margins, line, fill = Margins(), None, None
    shape = holder.find(f"{A}graphic/{A}graphicData/{WPS}wsp")
    if shape is not None:
        text = shape.find(f"{WPS}txbx/{W}txbxContent")
        content = blocks(text) if text is not None else ()
        margins, line, fill = _insets(shape.find(WPS + "bodyPr")), _outline(shape), _solid(shape.find(WPS + "spPr"))
        if not content and line is None and fill is None:
            return []
    else:
        blip = holder.find(f"{A}graphic/{A}graphicData/*/*/{A}blip")
        data = picture(blip.get(R + "embed", "")) if blip is not None else None
        if data is None or holder.find(f"{A}graphic/{A}graphicData/*").tag.rpartition("}")[2] != "pic":
            return None
        about = holder.find(WP + "docPr")
        image = Picture(data, width, height, about.get("descr", "") if about is not None else "")
    if holder.tag == WP + "inline":
        if image is not None:
            return [Found(inline=image)]
        return [
            Found(inline=Picture(b"", width, height), box=None),
            Found(box=_placed_inline(width, height, content, margins, line, fill)),
        ]
    wrap = next((_WRAPS[name] for child in holder for name in [_name(child)] if name in _WRAPS), "none")
    box = FloatBox(
        width=width,
        height=height,
        across=_position(holder.find(WP + "positionH")),
        down=_position(holder.find(WP + "positionV")),
        wrap=wrap,
        behind=holder.get("behindDoc") in ("1", "true"),
        picture=image,
        blocks=content,
        margins=margins,
        line=line,
        fill=fill,
    )
    return [Found(box=box)]


def _placed_inline(
    width: float, height: float, content: tuple[Block, ...], margins: Margins, line: Border | None,
    fill: tuple[float, float, float] | None,
) -> FloatBox:  # fmt: skip
    """A text box that stands in the line: over the blank that is kept for it."""
    start = Position("column", 0.0)
    return FloatBox(width, height, start, Position("paragraph", 0.0), "none", False, None, content, margins, line, fill)


def _vml(element: _Element, picture: FindPicture, blocks: ReadBox) -> list[Found] | None:
    found: list[Found] = []
    for shape in _shapes(element):
        look = dict(part.split(":", 1) for part in shape.get("style", "").split(";") if ":" in part)
        look = {key.strip().lower(): text.strip() for key, text in look.items()}
        width, height = _length(look.get("width")), _length(look.get("height"))
        image_data = shape.find(V + "imagedata")
        text = shape.find(f"{V}textbox/{W}txbxContent")
        image = None
        if image_data is not None:
            data = picture(image_data.get(R + "id", ""))
            image = Picture(data, width, height) if data is not None else None
        content = blocks(text) if text is not None else ()
        if image is None and not content:
            return None
        if look.get("position") != "absolute":
            if image is not None:
                found.append(Found(inline=image))
                continue
            look.setdefault("margin-left", "0")
        stroked = shape.get("stroked", "t") not in ("f", "false", "0") and image is None
        across = look.get("mso-position-horizontal-relative", "text").replace("text", "column")
        down = look.get("mso-position-vertical-relative", "text").replace("text", "paragraph")
        found.append(
            Found(
                box=FloatBox(
                    width, height,
                    Position(across, _length(look.get("margin-left")), _aligned(look.get("mso-position-horizontal"))),
                    Position(down, _length(look.get("margin-top")), _aligned(look.get("mso-position-vertical"))),
                    "none", look.get("z-index", "0").startswith("-"), image, content,
                    Margins(3.6, 7.2, 3.6, 7.2), Border(0.75) if stroked else None, None,
                )
            )
        )  # fmt: skip
    return found or None


def _shapes(element: _Element) -> Iterator[_Element]:
    """The shapes of a picture, not those inside another one's text."""
    for child in element:
        if child.tag in _SHAPES:
            yield child
        elif child.tag == V + "group":
            yield from _shapes(child)


def _position(element: _Element | None) -> Position:
    if element is None:
        return Position("column", 0.0)
    offset, align = element.find(WP + "posOffset"), element.find(WP + "align")
    distance = number(offset.text if offset is not None else None) / _EMU
    return Position(
        element.get("relativeFrom", "column"), distance, _aligned(align.text if align is not None else None)
    )


def _aligned(text: str | None) -> str:
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
        return default if text is None else number(text) / _EMU

    return Margins(inset("tIns", 3.6), inset("lIns", 7.2), inset("bIns", 3.6), inset("rIns", 7.2))


def _outline(shape: _Element) -> Border | None:
    line = shape.find(f"{WPS}spPr/{A}ln")
    if line is None or line.find(A + "noFill") is not None:
        return None
    tint = line.find(f"{A}solidFill/{A}srgbClr")
    return Border(
        min(max(number(line.get("w"), 9525) / _EMU, 0.25), 20.0), colour(tint.get("val") if tint is not None else None)
    )


def _solid(properties: _Element | None) -> tuple[float, float, float] | None:
    tint = properties.find(f"{A}solidFill/{A}srgbClr") if properties is not None else None
    return colour(tint.get("val")) if tint is not None else None


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _emu(element: _Element | None, name: str) -> float:
    return min(max(number(element.get(name) if element is not None else None) / _EMU, 0.0), _LARGEST)


def _length(text: str | None) -> float:
    match = _LENGTH.match(text or "")
    return min(max(number(match.group(1)) * _UNITS[match.group(2)], -_LARGEST), _LARGEST) if match else 0.0
