"""Clean typed and pasted text: full-width letters and digits, invisible characters, brackets, names for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x200B,
        0x200C,
        0x200D,
        0x200E,
        0x200F,
        0x2028,
        0x2029,
        0x202A,
        0x202B,
        0x202C,
        0x202D,
        0x202E,
        0x2060,
        0xFEFF,
    ]
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile(r"[\s\u3000\u00a0]+")
_HALF = {code: code - 0xFEE0 for code in range(ord("！"), ord("～") + 1)}
_FULL_WIDTH = re.compile(r"[！-～]")
_INNER_BLANK = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_MIDDLE_DOTS = re.compile(r"[·•．‧・]")
_DIGITS = re.compile(r"[0-9]+")


def tidy(text: str) -> str:
    """Trim, drop invisible and control characters, fold runs of blanks (also 全角空格) into one; NFC."""
    # Everything `tidy` mends but blanks is unprintable, or not composed; most cells have none of it.
    if text.isprintable() and text[:1] != " " != text[-1:] and "  " not in text and _is_composed(text):
        return text
    return _composed(_SPACES.sub(" ", _CONTROL.sub("", text.translate(_INVISIBLE))).strip())


def tidy_lines(text: str) -> str:
    """As `tidy`, but line breaks stay (notes)."""
    return "\n".join(tidy(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def half_width(text: str) -> str:
    """Full-width letters, digits and signs to half-width; everything else stays."""
    return _composed(text.translate(_HALF)) if _FULL_WIDTH.search(text) else text


def compact(text: str) -> str:
    """Half-width, upper-case, without any blank or leading apostrophe: for codes and phone numbers."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _composed(_SPACES.sub("", half_width(tidy(text))).lstrip("'‘’`").upper())


def tidy_name(text: str) -> str:
    """The name of a unit: tidied, brackets full-width （）, no blanks between Chinese characters, Latin half-width."""
    name = half_width(tidy(text)).replace("(", "（").replace(")", "）")
    while " " in name and (closer := _composed(_INNER_BLANK.sub("", name))) != name:
        name = closer
    return name


@lru_cache(maxsize=8192)
def name_key(text: str) -> str:
    """Two spellings of one name have one key: tidied, lower-case, middle dots alike, without blanks."""
    return _composed(_MIDDLE_DOTS.sub("·", tidy_name(text)).replace(" ", "").casefold())


def _composed(text: str) -> str:
    """NFC again: marks that stood apart may have come together."""
    return text if _is_composed(text) else unicodedata.normalize("NFC", text)


def _is_composed(text: str) -> bool:
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def name_order(text: str) -> str:
    """Names sorted by this come as a clerk expects: the common characters by pinyin, numbers by their value.

    GB 2312 puts its 3,755 common characters in the order of their pinyin, and GB 18030 keeps that order.
    """
    return text_order(tidy_name(text))[:100].hex()


def text_order(text: str) -> bytes:
    """As `name_order`, for any text as it is stored: by pinyin, 2号 before 10号, capitals no different."""
    folded = text.casefold()
    if _DIGITS.search(folded):
        folded = _DIGITS.sub(lambda found: found[0].zfill(8), folded)
    return folded.encode("gb18030", "replace")
