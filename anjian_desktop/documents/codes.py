"""The code on every agreement page: twenty characters that say which page this is, and the QR squares that carry them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from anjian_desktop.errors import UserError

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PRIME = 46649  # the largest below 36^3: one wrong character or two swapped ones always change the remainder
_SHAPE = re.compile(r"A[0-9A-Z]{19}")
_FIELDS = {"store_tag": 4, "agreement_id": 6, "version": 2, "page": 2, "pages": 2}
_MASK = 4
"""One mask for all codes: trying all eight takes six times as long, and bad scans of 80 codes read equally well with any."""

DARK = 0
"""A dark square in qr_squares."""

_BITS = bytes([ord("1") if square == DARK else ord("0") for square in range(256)])

MODULES = 21
"""Squares to the side of a QR code of version 1 (ISO/IEC 18004)."""


class UnreadablePageCode(UserError):
    """The text is no page code of this program, or was read wrongly."""

    code = "page_code"


@dataclass(frozen=True, slots=True)
class PageCode:
    """What a page code says: whose store, which agreement and version, which page (from 1) of how many."""

    store_tag: str
    agreement_id: int
    version: int
    page: int
    pages: int


def page_code(store_tag: str, agreement_id: int, version: int, page: int, pages: int) -> str:
    """The twenty characters [0-9A-Z] printed on one page: `A`, tag 4, agreement 6, version 2, page 2, pages 2, check 3.

    `store_tag` is up to four characters [0-9A-Z]. No personal data. Raises ValueError when a value does not fit.
    """
    tag = store_tag.upper().rjust(_FIELDS["store_tag"], "0")
    if not re.fullmatch(r"[0-9A-Z]{4}", tag):
        raise ValueError(f"store tag {store_tag!r}")
    if not 1 <= page <= pages:
        raise ValueError(f"page {page} of {pages}")
    body = "A" + tag + _base36(agreement_id, 6) + _base36(version, 2) + _base36(page, 2) + _base36(pages, 2)
    return body + _base36(int(body, 36) % _PRIME, 3)


def read_page_code(text: str) -> PageCode:
    """What a page code says. Raises UnreadablePageCode when it is none or its check characters do not agree."""
    code = text.strip().upper()
    if not _SHAPE.fullmatch(code) or int(code[:-3], 36) % _PRIME != int(code[-3:], 36):
        raise UnreadablePageCode("这不是本程序的页码标识，或没有读清。", next_step="请看清原件后手工归到对应的责任书。")
    values, start = [], 1
    for length in _FIELDS.values():
        values.append(code[start : start + length])
        start += length
    tag, agreement, version, page, pages = values
    found = PageCode(tag, int(agreement, 36), int(version, 36), int(page, 36), int(pages, 36))
    if not 1 <= found.page <= found.pages:
        raise UnreadablePageCode("页码标识的页数不合理。", next_step="请看清原件后手工归到对应的责任书。")
    return found


def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The 21 rows of 21 squares (True is dark) of a QR code version 1, level M; the quiet zone is the caller's.

    Raises ValueError when the text does not fit (more than 20 characters of [0-9A-Z $%*+-./:]).
    """
    squares = qr_squares(text)
    return tuple(
        tuple(square == DARK for square in squares[at : at + MODULES]) for at in range(0, len(squares), MODULES)
    )


def qr_squares(text: str) -> bytes:
    """The same as 441 bytes, row after row from the top, a dark square being DARK."""
    import zxingcpp  # its shared library costs 20 ms at start

    kind = zxingcpp.BarcodeFormat.QRCode
    barcode = zxingcpp.create_barcode(text, kind, ec_level="M", version="1", data_mask=_MASK)
    image: Any = zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)
    return memoryview(image).tobytes()


def qr_bits(text: str) -> tuple[int, bytes]:
    """A QR code of level M, as large as the text needs: squares to the side, and its rows from the top, a bit a square.

    A set bit is dark; every row begins at a byte. Raises ValueError when the text is too long for any code.
    """
    import zxingcpp  # as in qr_squares

    kind = zxingcpp.BarcodeFormat.QRCode
    barcode = zxingcpp.create_barcode(text, kind, ec_level="M", data_mask=_MASK)
    image: Any = zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)
    view = memoryview(image)
    side = view.shape[0] if view.shape else 0
    bits = view.tobytes().translate(_BITS)
    width = -(-side // 8)
    pad = b"0" * (8 * width - side)
    rows = [int(bits[at : at + side] + pad, 2).to_bytes(width, "big") for at in range(0, side * side, side)]
    return side, b"".join(rows)


def _base36(number: int, length: int) -> str:
    digits = ""
    rest = number
    while rest > 0:
        rest, digit = divmod(rest, 36)
        digits = _DIGITS[digit] + digits
    if number < 0 or len(digits) > length:
        raise ValueError(f"{number} does not fit {length} characters")
    return digits.rjust(length, "0")
