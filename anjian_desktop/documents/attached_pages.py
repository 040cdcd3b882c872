"""Pictures and PDF files that hang on a row, as pages to look at; what cannot be shown is refused before it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

MAX_PIXELS = 80_000_000
"""A larger picture is no photo of a paper but a trap."""
_FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP")
_LONGEST = 2400
_PAGE_INCHES = 11.0


class NotShowable(ValueError):
    """No picture and no PDF, or too large to be looked at (`too_large`)."""

    def __init__(self, *, too_large: bool = False) -> None:
        super().__init__("not showable")
        self.too_large = too_large


def is_pdf(data: bytes) -> bool:
    """Whether the bytes say they are a PDF."""
    return data[:5] == b"%PDF-"


def check_showable(data: bytes) -> None:
    """Raises NotShowable, or UserError for a PDF that is damaged or locked."""
    from PIL import Image, UnidentifiedImageError  # only when a file is attached

    from anjian_desktop.documents.rendering import PdfPages

    if is_pdf(data):
        with PdfPages(data) as pages:
            if not pages.count:
                raise NotShowable
        return
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise NotShowable(too_large=True)
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as problem:
        raise NotShowable from problem


def pages_of(files: Iterable[bytes]) -> bytes:
    """All files one after the other as one PDF, a picture to a page."""
    from pypdf import PdfReader, PdfWriter

    out = PdfWriter()
    for data in files:
        out.append(PdfReader(BytesIO(data if is_pdf(data) else _picture_page(data))))
    made = BytesIO()
    out.write(made)
    return made.getvalue()


def _picture_page(data: bytes) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data), formats=_FORMATS) as image:
        upright = ImageOps.exif_transpose(image) or image
        shown = upright.convert("RGB")
        shown.thumbnail((_LONGEST, _LONGEST))
        out = BytesIO()
        shown.save(out, "PDF", resolution=max(shown.size) / _PAGE_INCHES, quality=85)
    return out.getvalue()
