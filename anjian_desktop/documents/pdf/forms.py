"""Writes drawings into a PDF as forms (ISO 32000-1, 8.10): each once, however often it is shown."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout.typesetting.drawn_text import SetText, Stretch
from anjian_desktop.documents.metafiles.drawing import (
    Bitmap,
    Clip,
    Colour,
    Drawing,
    Matrix,
    Path,
    Pen,
    Shape,
    Text,
    joined,
    mapped,
)
from anjian_desktop.documents.pdf.objects import ObjectFile

_UPSIDE_DOWN: Matrix = (1.0, 0.0, 0.0, -1.0, 0.0, 1.0)
_QUARTER: Matrix = (0.0, -1.0, 1.0, 0.0, 0.0, 1.0)
"""A quarter turned clockwise, about the middle of the unit square."""
_LINE, _BELOW, _THROUGH = 0.06, 0.12, -0.28
"""Weight of the lines under and through text, and the places of their middles below the baseline, in em."""
_LEAN, _THICK = 0.25, 0.03
"""How far leaning text leans; the outline that stands in for a missing bold, in em."""
_SLIGHT = 5e-4


def write_form(file: ObjectFile, drawing: Drawing, fonts: FontBook, faces: int) -> int:
    """Writes a drawing as a form that fills the unit square, as pictures do; gives its number.

    `faces`: the number of the object that names the fonts.
    """
    bitmaps = [item for item in drawing.items if isinstance(item, Bitmap)]
    pictures = [_write_bitmap(file, bitmap) for bitmap in bitmaps]
    left, top, right, bottom = drawing.cut
    wide, tall = (1 - left - right) * drawing.width, (1 - top - bottom) * drawing.height
    x, y = left * drawing.width, top * drawing.height
    matrix: Matrix = (1 / wide, 0.0, 0.0, -1 / tall, -x / wide, 1 + y / tall)
    for _ in range(drawing.quarters):
        matrix = joined(matrix, _QUARTER)
    resources = b"/Font %d 0 R" % faces
    if pictures:
        resources += b"/XObject<<%b>>" % b"".join([b"/P%d %d 0 R" % one for one in enumerate(pictures)])
    return file.stream(
        b"".join(_operators(drawing, fonts)),
        b"/Type/XObject/Subtype/Form/BBox[%b]/Matrix[%b]/Resources<<%b>>"
        % (_numbers((x, y, x + wide, y + tall)), b" ".join([b"%.10f" % part for part in matrix]), resources),
    )


def _operators(drawing: Drawing, fonts: FontBook) -> Iterator[bytes]:
    clip: Clip = ()
    count = 0
    for item in drawing.items:
        if item.clip != clip:
            if clip:
                yield b"Q\n"
            clip = item.clip
            if clip:
                yield b"q " + b"".join([_path(path) + b"W* n " for path in clip]) + b"\n"
        if isinstance(item, Shape):
            yield _shape(item)
        elif isinstance(item, Text):
            yield _text(SetText(item, fonts))
        else:
            yield b"q %b cm /P%d Do Q\n" % (_numbers(joined(_UPSIDE_DOWN, item.matrix)), count)
            count += 1
    if clip:
        yield b"Q\n"


def _shape(shape: Shape) -> bytes:
    look = b""
    if shape.fill is not None:
        look += _tint(shape.fill) + b" rg "
    if shape.pen is not None:
        look += _pen(shape.pen)
    star = b"*" if shape.even_odd else b""
    paint = b"S"
    if shape.fill is not None:
        paint = (b"B" if shape.pen is not None else b"f") + star
    return look + _path(shape.path) + paint + b"\n"


def _pen(pen: Pen) -> bytes:
    dashes = b" ".join([b"%.3f" % part for part in pen.dashes])
    return b"%b RG %.3f w %d J %d j [%b] 0 d " % (_tint(pen.colour), pen.width, pen.cap, pen.join, dashes)


def _path(path: Path) -> bytes:
    return b"".join([_numbers(places) + b" " + kind.encode() + b" " if places else b"h " for kind, places in path])


def _text(found: SetText) -> bytes:
    """A line of text, in a frame whose second axis points down."""
    text = found.text
    parts = []
    if text.back is not None:
        parts.append(_bar(found, -found.above, found.below, text.back))
    parts.append(b"BT\n%b rg " % _tint(text.colour))
    parts += [_shown(found, one) for one in found.stretches()]
    parts.append(b"ET\n")
    for wanted, middle in ((text.face.underline, _BELOW), (text.face.strike, _THROUGH)):
        if wanted:
            parts.append(_bar(found, middle - _LINE / 2, middle + _LINE / 2, text.colour))
    return b"".join(parts)


def _shown(found: SetText, one: Stretch) -> bytes:
    a, b, c, d, _, _ = (part * found.em for part in found.text.matrix)
    if one.sort.slant:
        c, d = c - _LEAN * a, d - _LEAN * b
    placed = _numbers((a, b, -c, -d, *mapped(found.text.matrix, one.x, found.y)))
    shown = b"".join(
        [
            b"<%b>%d" % (code.hex().encode(), round(-1000 * moved))
            if abs(moved) > _SLIGHT
            else b"<%b>" % code.hex().encode()
            for code, moved in zip(one.codes, one.moved, strict=True)
        ]
    ).replace(b"><", b"")
    operators = b"/F%d 1 Tf %b Tm [%b] TJ\n" % (one.sort.face.number, placed, shown)
    if one.sort.thicken:
        return b"2 Tr %.3f w %b RG %b0 Tr\n" % (_THICK, _tint(found.text.colour), operators)
    return operators


def _bar(found: SetText, top: float, bottom: float, colour: Colour) -> bytes:
    """A bar along the text; its edges in em from the baseline."""
    left, right = found.x, found.x + found.width
    top, bottom = found.y + top * found.em, found.y + bottom * found.em
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    first, *others = [_numbers(mapped(found.text.matrix, *corner)) for corner in corners]
    return b"%b rg %b m %b l f\n" % (_tint(colour), first, b" l ".join(others))


def _tint(colour: Colour) -> bytes:
    return b" ".join([b"%.3f" % part for part in colour])


def _numbers(places: Sequence[float]) -> bytes:
    """Places in pt, finely enough for a drawing that is enlarged."""
    return b" ".join([b"%.4f" % place if abs(place) < 1 else b"%.3f" % place for place in places])


def _write_bitmap(file: ObjectFile, bitmap: Bitmap) -> int:
    size = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8" % (bitmap.width, bitmap.height)
    pixels, mask = bitmap.pixels, b""
    if bitmap.mode == "RGBA":
        alpha = pixels[3::4]
        colours = bytearray(3 * len(alpha))
        for band in range(3):
            colours[band::3] = pixels[band::4]
        pixels = bytes(colours)
        mask = b"/SMask %d 0 R" % file.packed(zlib.compress(alpha, 6), size + b"/ColorSpace/DeviceGray")
    space = b"/DeviceGray" if bitmap.mode == "L" else b"/DeviceRGB"
    return file.packed(zlib.compress(pixels, 6), size + b"/ColorSpace%b%b" % (space, mask))
