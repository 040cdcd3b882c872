"""Drawn faces for the sample town: placeholders that are nobody's photo, the same number always the same picture."""

from __future__ import annotations

from io import BytesIO

_SIZE = (500, 700)
_GROUNDS = ("#8FB4D9", "#A9C8E0", "#C9D6DF", "#B7C9A8")
_SKINS = ("#F1C9A5", "#E8B98F", "#F5D6BA")
_HAIRS = ("#2B2320", "#3A2F2A", "#555150")
_CLOTHES = ("#2F4B66", "#5B6B4F", "#7A4B3A", "#3F3F46", "#6A5B7B")


def drawn_portrait(number: int) -> bytes:
    """A bust on a plain ground as JPEG, 25:35; neighbouring numbers differ in dress, hair and ground."""
    from PIL import Image, ImageDraw  # for the demo only

    wide, high = _SIZE
    picture = Image.new("RGB", _SIZE, _GROUNDS[number % len(_GROUNDS)])
    draw = ImageDraw.Draw(picture)
    skin, hair = _SKINS[number % len(_SKINS)], _HAIRS[number // 2 % len(_HAIRS)]
    draw.rounded_rectangle((50, 500, wide - 50, high + 120), 130, fill=_CLOTHES[number % len(_CLOTHES)])
    draw.rectangle((210, 430, 290, 540), fill=skin)
    draw.polygon(((205, 510), (295, 510), (250, 590)), fill="#FFFFFF")
    long_hair = number % 2 == 1
    draw.ellipse((120, 100, 380, 430 if not long_hair else 520), fill=hair)
    draw.ellipse((140, 150, 360, 460), fill=skin)
    draw.pieslice((128, 100, 372, 400), 180, 360, fill=hair)
    for left in (190, 280):
        draw.ellipse((left, 290, left + 30, 306), fill="#2B2320")
        draw.line((left - 4, 272, left + 34, 268), fill=hair, width=6)
    draw.line((250, 310, 244, 352, 258, 354), fill="#B98A66", width=4)
    draw.arc((212, 350, 288, 400), 20, 160, fill="#A6504A", width=6)
    out = BytesIO()
    picture.save(out, "JPEG", quality=90, dpi=(300, 300))
    return out.getvalue()
