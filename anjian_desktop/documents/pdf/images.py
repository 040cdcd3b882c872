"""Writes pictures into a PDF: JPEG as it came, everything else as packed pixels with its transparency."""

from __future__ import annotations

import zlib
from io import BytesIO

from anjian_desktop.documents.images import KINDS
from anjian_desktop.documents.layout.model import Picture
from anjian_desktop.documents.pdf.objects import ObjectFile

_JPEG = {"L": b"/DeviceGray", "RGB": b"/DeviceRGB"}


def write_image(file: ObjectFile, picture: Picture) -> int:
    """Writes a picture's object (ISO 32000-1, 8.9.5); gives its number. The picture was found drawable."""
    from PIL import Image  # as in documents/images.py: not without a picture

    with Image.open(BytesIO(picture.data), formats=KINDS) as opened:
        image: Image.Image = opened
        size = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8" % image.size
        if opened.format == "JPEG" and image.mode in _JPEG:
            entries = size + b"/ColorSpace%b/Filter/DCTDecode" % _JPEG[image.mode]
            return file.packed(picture.data, entries, filtered=False)
        mask = b""
        if "A" in image.getbands() or "transparency" in image.info:
            image = image.convert("RGBA")
            alpha = image.getchannel("A").tobytes()
            if min(alpha, default=255) < 255:
                number = file.packed(zlib.compress(alpha, 6), size + b"/ColorSpace/DeviceGray")
                mask = b"/SMask %d 0 R" % number
        grey = image.mode in ("1", "L", "LA") and not mask
        pixels = image.convert("L" if grey else "RGB").tobytes()
        space = b"/DeviceGray" if grey else b"/DeviceRGB"
        return file.packed(zlib.compress(pixels, 6), size + b"/ColorSpace%b%b" % (space, mask))
