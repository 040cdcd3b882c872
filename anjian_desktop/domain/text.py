"""Clean typed and pasted text: full-width letters and digits, invisible characters, brackets, names for comparing."""

from __future__ import annotations

import re
import unicodedata

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


def tidy(text: str) -> str:
    """Trim, drop invisible and control characters, fold runs of blanks (also 全角空格) into one; NFC."""
    return _SPACES.sub(" ", _CONTROL.sub("", unicodedata.normalize("NFC", text)).translate(_INVISIBLE)).strip()


def tidy_lines(text: str) -> str:
    """As `tidy`, but line breaks stay (notes)."""
    return "\n".join(tidy(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def half_width(text: str) -> str:
    """Full-width letters, digits and signs to half-width; everything else stays."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


def compact(text: str) -> str:
    """Half-width, upper-case, without any blank or leading apostrophe: for codes and phone numbers."""
    return _SPACES.sub("", half_width(tidy(text))).lstrip("'‘’`").upper()


def tidy_name(text: str) -> str:
    """The name of a unit: tidied, brackets full-width （）, no blanks between Chinese characters, Latin half-width."""
    name = half_width(tidy(text)).replace("(", "（").replace(")", "）")
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", name)


def name_key(text: str) -> str:
    """Two spellings of one name have one key: tidied, lower-case, middle dots alike, without blanks."""
    return re.sub(r"[·•．‧・]", "·", tidy_name(text)).replace(" ", "").casefold()
