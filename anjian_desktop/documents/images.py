"""Which pictures of a document can be drawn, and the part of them a document shows."""

from __future__ import annotations

from io import BytesIO

MAX_PIXELS = 40_000_000
"""Larger pictures are not unpacked: one page at 600 dpi has 35 million."""

_FINE = 92
"""Quality at which a cut photograph is packed again."""

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


def shown_part(data: bytes, cut: tuple[float, float, float, float], quarters: int) -> bytes:
    """A drawable picture's bytes with a part of it cut off and turned clockwise by quarters of a circle.

    `cut`: the shares (0 to 1) cut off at the left, the top, the right and the bottom; nothing is cut where they leave none.
    """
    from PIL import Image  # as above

    with Image.open(BytesIO(data), formats=KINDS) as opened:
        width, height = opened.size
        left, top, right, bottom = (min(max(share, 0.0), 1.0) for share in cut)
        area = round(left * width), round(top * height), round((1 - right) * width), round((1 - bottom) * height)
        kept = opened.crop(area) if area[0] < area[2] and area[1] < area[3] else opened.copy()
        if quarters % 4:
            ways = (Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
            kept = kept.transpose(ways[quarters % 4 - 1])
        out = BytesIO()
        if opened.format == "JPEG":
            kept.convert("L" if kept.mode == "L" else "RGB").save(out, "JPEG", quality=_FINE)
        else:
            kept.convert("RGBA" if "A" in kept.getbands() or "transparency" in opened.info else "RGB").save(out, "PNG")
    return out.getvalue()
