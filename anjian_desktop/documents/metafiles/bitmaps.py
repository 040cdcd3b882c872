"""Unpacks the device-independent bitmaps inside metafiles ([MS-WMF] 2.2.2.9) to plain pixels."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

from anjian_desktop.documents.metafiles.drawing import IDENTITY, Bitmap, Colour
from anjian_desktop.documents.metafiles.limits import Allowance, Unreadable

if TYPE_CHECKING:
    from PIL import Image

_CORE, _INFO = 12, 40
_RGB, _RLE8, _RLE4, _FIELDS, _JPEG, _PNG = range(6)
_LARGEST = 30_000
_RAW = {16: "BGR;15", 24: "BGR", 32: "BGRX"}
_FIELDS_16 = {(0x7C00, 0x3E0, 0x1F): "BGR;15", (0xF800, 0x7E0, 0x1F): "BGR;16"}

Area = tuple[int, int, int, int]
"""A part of a bitmap: left, top, width, height, from its upper left corner."""


def unpacked(
    header: bytes,
    bits: bytes,
    allowance: Allowance,
    area: Area | None = None,
    *,
    own_alpha: bool = False,
    from_below: bool = False,
) -> Bitmap:
    """The pixels of a bitmap from its header (with colours) and its bits.

    `area`: the part that is drawn; `from_below`: its top is counted from the lowest row of a bitmap that begins there.
    `own_alpha`: a bitmap of 32 bits says how much of each pixel is seen, its colours multiplied by that.
    Raises Unreadable for what is none.
    """
    from PIL import Image, UnidentifiedImageError  # rare in what this program prints: not loaded without one

    size, width, height, depth, packing, used = _measures(header)
    rising, height = height > 0, abs(height)
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        raise Unreadable
    allowance.unpack(width * height)
    try:
        if packing in (_JPEG, _PNG):
            with Image.open(BytesIO(bits), formats=("JPEG", "PNG")) as opened:
                if opened.size != (width, height):
                    raise Unreadable
                image = opened.convert("RGB")
        elif packing in (_RLE4, _RLE8):
            image = _by_library(header, bits, size, used, depth)
            rising = False
        else:
            image = _plain(header, bits, (size, width, height, depth, packing, used), own_alpha=own_alpha)
            if rising:
                image = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        if area is not None:
            left, top, wide, tall = area
            if from_below and rising:
                top = height - top - tall
            box = max(left, 0), max(top, 0), min(left + wide, width), min(top + tall, height)
            if box[0] < box[2] and box[1] < box[3] and box != (0, 0, width, height):
                image = image.crop(box)
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, EOFError, struct.error) as error:
        raise Unreadable from error
    return Bitmap(image.tobytes(), image.width, image.height, image.mode, IDENTITY)


def mean_colour(header: bytes, bits: bytes, allowance: Allowance) -> Colour:
    """The colour a bitmap has from afar."""
    from PIL import Image  # as above

    found = unpacked(header, bits, allowance)
    image = Image.frombytes(found.mode, (found.width, found.height), found.pixels).convert("RGB")
    pixel = image.resize((1, 1), Image.Resampling.BOX).tobytes()
    return pixel[0] / 255, pixel[1] / 255, pixel[2] / 255


def split(dib: bytes, usage: int = 0) -> tuple[bytes, bytes]:
    """The header with its colours, and the bits, of a bitmap whose parts follow one another."""
    size, _, _, depth, packing, used = _measures(dib)
    if size == _CORE:
        colours = 3 * (1 << depth if depth <= 8 else 0)
    else:
        count = used or (1 << depth if depth <= 8 else 0)
        colours = count * (2 if usage == 1 else 4)
        if packing == _FIELDS and size == _INFO:
            colours += 12
    end = size + colours
    if end > len(dib):
        raise Unreadable
    return dib[:end], dib[end:]


def _measures(header: bytes) -> tuple[int, int, int, int, int, int]:
    """Size of the header, width, height (negative: rows from the top), bits a pixel, kind of packing, colours."""
    try:
        (size,) = struct.unpack_from("<I", header)
        if size == _CORE:
            width, height, _, depth = struct.unpack_from("<HHHH", header, 4)
            return size, width, height, depth, _RGB, 0
        width, height, _, depth, packing = struct.unpack_from("<iiHHI", header, 4)
        (used,) = struct.unpack_from("<I", header, 32)
    except struct.error as error:
        raise Unreadable from error
    if not _INFO <= size <= 256 or used > 256 * 256:
        raise Unreadable
    return size, width, height, depth, packing, min(used, 1 << depth) if depth <= 8 else used


def _plain(
    header: bytes, bits: bytes, measures: tuple[int, int, int, int, int, int], *, own_alpha: bool
) -> Image.Image:
    """Rows of pixels as they stand, the first the topmost."""
    from PIL import Image  # as above

    size, width, height, depth, packing, used = measures
    stride = (width * depth + 31) // 32 * 4
    if len(bits) < stride * height:
        if len(bits) < stride * height - stride:
            raise Unreadable
        bits += bytes(stride * height - len(bits))
    bits = bits[: stride * height]
    if depth <= 8:
        if depth not in (1, 4, 8):
            raise Unreadable
        image = Image.frombytes("P", (width, height), bits, "raw", "P" if depth == 8 else f"P;{depth}", stride, 1)
        image.putpalette(_palette(header, size, used or 1 << depth))
        return image.convert("RGB")
    if depth == 32 and own_alpha:
        return _seen_through(Image.frombytes("RGBA", (width, height), bits, "raw", "BGRA", stride, 1))
    raw = _RAW.get(depth)
    if packing == _FIELDS and depth == 16:
        raw = _FIELDS_16.get(struct.unpack_from("<III", header, _INFO))
    elif packing not in (_RGB, _FIELDS):
        raw = None
    if raw is None:
        raise Unreadable
    return Image.frombytes("RGB", (width, height), bits, "raw", raw, stride, 1)


def _palette(header: bytes, size: int, used: int) -> bytes:
    each = 3 if size == _CORE else 4
    found = b"".join([header[at : at + 3][::-1] for at in range(size, min(size + each * used, len(header) - 2), each)])
    return found.ljust(768, b"\0")


def _seen_through(image: Image.Image) -> Image.Image:
    """A picture with alpha whose colours are no longer multiplied by it; a plain one where all of it is seen."""
    from PIL import Image  # as above

    if image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return Image.frombytes("RGBa", image.size, image.tobytes()).convert("RGBA")


def _by_library(header: bytes, bits: bytes, size: int, used: int, depth: int) -> Image.Image:
    """A packed bitmap, as the file it would be."""
    from PIL import Image  # as above

    start = 14 + size + 4 * (used or 1 << depth)
    whole = b"BM" + struct.pack("<IHHI", start + len(bits), 0, 0, start) + header[: start - 14].ljust(start - 14, b"\0")
    with Image.open(BytesIO(whole + bits), formats=("BMP",)) as opened:
        return opened.convert("RGB")
