"""Which pictures of a document can be drawn."""

from __future__ import annotations

from io import BytesIO

MAX_PIXELS = 40_000_000
"""Larger pictures are not unpacked: one page at 600 dpi has 35 million."""

KINDS = ("JPEG", "PNG", "GIF", "BMP", "TIFF")


def is_drawable(data: bytes) -> bool:
    """Whether a picture's bytes are of a kind that can be drawn (JPEG, PNG, GIF, BMP, TIFF; no EMF or WMF)."""
    # Pictures are rare in what this program prints; their library is not loaded without one.
    import warnings

    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=KINDS) as image:
                if image.width * image.height > MAX_PIXELS:
                    return False
                image.load()
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return False
    return True
