"""A person's photo as certificates and cards want it: upright, cropped to 25:35, no larger than print needs."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from anjian_desktop.errors import UserError

if TYPE_CHECKING:
    from PIL import Image

KINDS = ("JPEG", "PNG", "BMP")
MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000
"""Larger pictures are not unpacked."""
SMALLEST = (100, 140)
"""Pixels of the cropped picture below which a face is no face on paper."""
LARGEST = (500, 700)
"""A photo of 35 mm x 49 mm (2 寸) at 360 dpi."""
_QUALITY = 90


def portrait(data: bytes) -> bytes:
    """The picture as JPEG, turned as the camera noted, cropped to 25:35 (1 寸), without the camera's notes on place and time.

    The crop keeps the middle across; from a tall picture more is taken below than above. Raises UserError for anything but
    JPEG, PNG or BMP, for more than 20 MB or 40 million pixels, and for a picture too small or damaged.
    """
    # Only when a photo is chosen: the library is not loaded at start.
    import warnings

    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(data) > MAX_BYTES:
        raise UserError("照片文件超过20 MB，没有存入。", next_step="请先缩小再选。", code="picture")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=KINDS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise UserError("照片超过4000万像素，没有存入。", next_step="请先缩小再选。", code="picture")
                opened.draft("RGB", (LARGEST[0] * 4, LARGEST[1] * 4))
                upright = _on_white(ImageOps.exif_transpose(opened))
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise UserError(
            "这个文件不是能用的照片，没有存入。", next_step="请选 JPG、PNG 或 BMP 照片。", code="picture"
        ) from error
    width, height = upright.size
    across, down = min(width, height * 25 // 35), min(height, width * 35 // 25)
    if across < SMALLEST[0] or down < SMALLEST[1]:
        raise UserError(
            f"照片太小（{width}×{height}），没有存入。", next_step="请选100×140像素以上的照片。", code="picture"
        )
    left, top = (width - across) // 2, (height - down) // 3
    cropped = upright.crop((left, top, left + across, top + down))
    if across > LARGEST[0]:
        cropped = cropped.resize(LARGEST, Image.Resampling.LANCZOS)
    out = BytesIO()
    cropped.save(out, "JPEG", quality=_QUALITY, dpi=(300, 300))
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """RGB; what is transparent becomes white paper."""
    from PIL import Image  # as above

    if "A" in image.getbands() or "transparency" in image.info:
        layered = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")
    return image.convert("RGB")
