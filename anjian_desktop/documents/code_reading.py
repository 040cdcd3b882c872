"""Finds page codes in pictures of pages."""

from __future__ import annotations

from anjian_desktop.documents.codes import PageCode, UnreadablePageCode, read_page_code
from anjian_desktop.documents.rendering import Picture


def page_codes_in(picture: Picture) -> list[PageCode]:
    """The page codes of this program that a picture of a page shows; QR codes of others are passed over.

    150 dots to the inch are enough.
    """
    return page_codes_on(picture.brightness(), picture.width, picture.height)


def page_codes_on(dots: bytes, width: int, height: int) -> list[PageCode]:
    """As `page_codes_in`, of `height` rows of `width` dots, a byte of brightness each."""
    import zxingcpp  # its shared library costs 20 ms at start

    grey = memoryview(dots).cast("B", (height, width))
    found = []
    for barcode in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])):
        try:
            found.append(read_page_code(barcode.text))
        except UnreadablePageCode:
            continue
    return found
