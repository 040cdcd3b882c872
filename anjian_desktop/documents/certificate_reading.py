"""Finds the codes of certificates on pictures and in PDF files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from anjian_desktop.documents.rendering import POINTS_PER_INCH, PdfPages
from anjian_desktop.errors import UserError

if TYPE_CHECKING:
    from PIL.Image import Image

_DOTS = 200
"""Dots to the inch a page is drawn with; enough for every code that was read on paper."""
_LARGEST = 80_000_000
"""Pixels of a picture that is looked at; a larger one is no scan but a trap."""
_MOST_PAGES = 100
_FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP")
_MARK = "AJ1:"


def certificate_codes_in(file: Path) -> list[str]:
    """The texts of all certificate codes a picture or PDF shows, in reading order, each once. Raises UserError."""
    with file.open("rb") as opened:
        is_pdf = opened.read(5) == b"%PDF-"
    texts = _in_pdf(file) if is_pdf else _in_picture(file)
    return list(dict.fromkeys(text for text in texts if text.startswith(_MARK)))


def _in_pdf(file: Path) -> list[str]:
    from PIL.Image import frombytes  # only when a picture is looked at

    found: list[str] = []
    with PdfPages(file) as pages:
        if pages.count > _MOST_PAGES:
            raise UserError(f"“{file.name}”有 {pages.count} 页，没有读取。", next_step="请只选有证书的那几页。")
        for number in range(pages.count):
            width, height = pages.size(number)
            # A page as large as a wall is drawn smaller.
            scale = min(_DOTS / POINTS_PER_INCH, (_LARGEST / 4 / max(width * height, 1.0)) ** 0.5)
            drawn = pages.picture(number, scale)
            found += _texts(frombytes("L", (drawn.width, drawn.height), drawn.brightness()))
    return found


def _in_picture(file: Path) -> list[str]:
    from PIL import UnidentifiedImageError  # as above
    from PIL.Image import DecompressionBombError
    from PIL.Image import open as open_image

    try:
        with open_image(file, formats=_FORMATS) as image:
            if image.width * image.height > _LARGEST:
                raise UserError(f"“{file.name}”太大，没有读取。", next_step="请用 200 dpi 扫描后再试。")
            grey = image.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, DecompressionBombError):
        raise UserError(f"“{file.name}”不是能读的图片或 PDF。", next_step="请换一个文件。") from None
    return _texts(grey)


def _texts(picture: Image) -> list[str]:
    """The codes; of a grainy or small picture that shows none a softer and a larger copy are looked at."""
    from PIL import ImageFilter
    from PIL.Image import Resampling

    found = _read(picture)
    if not found:
        found = _read(picture.filter(ImageFilter.GaussianBlur(1.2)))
    if not found and picture.width * picture.height * 4 <= _LARGEST:
        size = (picture.width * 2, picture.height * 2)
        found = _read(picture.resize(size, Resampling.BICUBIC))
    return found


def _read(picture: Image) -> list[str]:
    import zxingcpp  # its shared library costs 20 ms at start

    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    return [code.text for code in zxingcpp.read_barcodes(picture, formats=formats)]
