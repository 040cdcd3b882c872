"""Writes drawings into a PDF as forms (ISO 32000-1, 8.10): each once, however often it is shown."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.metafiles.drawing import Bitmap, Clip, Drawing, Matrix, Path, Pen, Shape, Text, joined
from anjian_desktop.documents.pdf.drawn_text import SetText, numbers, tint
from anjian_desktop.documents.pdf.objects import ObjectFile

_UPSIDE_DOWN: Matrix = (1.0, 0.0, 0.0, -1.0, 0.0, 1.0)
_QUARTER: Matrix = (0.0, -1.0, 1.0, 0.0, 0.0, 1.0)
"""A quarter turned clockwise, about the middle of the unit square."""


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
        % (numbers((x, y, x + wide, y + tall)), b" ".join([b"%.8g" % part for part in matrix]), resources),
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
            yield SetText(item, fonts).operators()
        else:
            yield b"q %b cm /P%d Do Q\n" % (numbers(joined(_UPSIDE_DOWN, item.matrix)), count)
            count += 1
    if clip:
        yield b"Q\n"


def _shape(shape: Shape) -> bytes:
    look = b""
    if shape.fill is not None:
        look += tint(shape.fill) + b" rg "
    if shape.pen is not None:
        look += _pen(shape.pen)
    star = b"*" if shape.even_odd else b""
    paint = b"S"
    if shape.fill is not None:
        paint = (b"B" if shape.pen is not None else b"f") + star
    return look + _path(shape.path) + paint + b"\n"


def _pen(pen: Pen) -> bytes:
    dashes = b" ".join([b"%.3f" % part for part in pen.dashes])
    return b"%b RG %.3f w %d J %d j [%b] 0 d " % (tint(pen.colour), pen.width, pen.cap, pen.join, dashes)


def _path(path: Path) -> bytes:
    return b"".join([numbers(places) + b" " + kind.encode() + b" " if places else b"h " for kind, places in path])


def _write_bitmap(file: ObjectFile, bitmap: Bitmap) -> int:
    size = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8" % (bitmap.width, bitmap.height)
    pixels, mask = bitmap.pixels, b""
    if bitmap.mode == "RGBA":
        alpha = pixels[3::4]
        pixels = b"".join([pixels[at : at + 3] for at in range(0, len(pixels), 4)])
        mask = b"/SMask %d 0 R" % file.packed(zlib.compress(alpha, 6), size + b"/ColorSpace/DeviceGray")
    space = b"/DeviceGray" if bitmap.mode == "L" else b"/DeviceRGB"
    return file.packed(zlib.compress(pixels, 6), size + b"/ColorSpace%b%b" % (space, mask))
