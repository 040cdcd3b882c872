"""Finds page codes in pictures of pages."""

from __future__ import annotations

from anjian_desktop.documents.codes import PageCode, UnreadablePageCode, read_page_code
from anjian_desktop.documents.rendering import Picture


def page_codes_in(picture: Picture) -> list[PageCode]:
    """The page codes of this program that a picture of a page shows; QR codes of others are passed over.

    150 dots to the inch are enough.
    """
    import zxingcpp  # its shared library costs 20 ms at start

    # Brightness is enough for a code, and of four bytes a pixel the green one is nearest to it.
    rows = memoryview(picture.pixels).cast("B", (picture.height, picture.stride))
    green = bytes(rows.tobytes()[1::4])
    grey = memoryview(green).cast("B", (picture.height, picture.stride // 4))
    found = []
    for barcode in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])):
        try:
            found.append(read_page_code(barcode.text))
        except UnreadablePageCode:
            continue
    return found
