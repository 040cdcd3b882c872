"""Text of metafiles: bytes by the character set of their font, letters of symbol fonts by their equals."""

from __future__ import annotations

from anjian_desktop.documents.layout.symbols import plain_symbols

SYMBOL = 2
_CODES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
"""Code pages of the character sets ([MS-WMF] 2.1.1.5)."""
_WIDE = (128, 129, 130, 134, 136)
_LATIN = "cp1252"


def face_name(raw: bytes, charset: int) -> str:
    """The name of a font."""
    raw = raw.split(b"\0", 1)[0]
    if all(byte < 0x80 for byte in raw):
        return raw.decode("ascii")
    try:
        return raw.decode(_CODES.get(charset if charset in _WIDE else 134, "gb18030"))
    except UnicodeDecodeError:
        return raw.decode(_LATIN, "replace")


def wide_name(raw: bytes) -> str:
    """The name of a font in UTF-16."""
    return raw.decode("utf-16-le", "replace").split("\0", 1)[0]


def decoded(raw: bytes, charset: int, font: str) -> list[tuple[str, int]]:
    """The characters of a text with the number of bytes each takes."""
    if charset == SYMBOL:
        return [(chr(byte), 1) for byte in raw]
    wide = charset
    if charset not in _CODES and not font.isascii():
        wide = 134  # a Chinese program's font without a character set of its own
    codec = _CODES.get(wide, _LATIN)
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(raw):
        step = 2 if wide in _WIDE and raw[at] >= 0x81 and at + 1 < len(raw) else 1
        found.append((raw[at : at + step].decode(codec, "replace")[:1] or "\ufffd", step))
        at += step
    return found


def plain(text: str, charset: int, font: str) -> tuple[str, bool]:
    """The text in ordinary characters, and whether all of them were known; one is always as long as the other."""
    name = font.casefold()
    if name in _TABLES:
        table = _TABLES[name]
        codes = [ord(letter) - 0xF000 if 0xF000 <= ord(letter) <= 0xF0FF else ord(letter) for letter in text]
        shown = "".join([table.get(chr(code), " " if code <= 32 else "□") for code in codes])
        return shown, all(code <= 32 or chr(code) in table for code in codes)
    if name in _SYMBOLS or (charset == SYMBOL and any("\uf000" <= letter <= "\uf0ff" for letter in text)):
        shown, known = plain_symbols(text, font)
        return (shown, known) if len(shown) == len(text) else (text, False)
    return text.translate(_UNSEEN), True


_SYMBOLS = ("symbol", "wingdings", "wingdings 2")
_TABLES = {
    "mt extra": {"K": "…", "L": "⋯", "M": "⋮", "N": "⋰", "O": "⋱", "h": "ℏ", "l": "ℓ", "m": "∓", "o": "°", "Q": "∵", "\\": "∴"},
    "marlett": {"a": "✓", "b": "✓", "c": "□", "d": " ", "e": "□", "f": " ", "g": " ", "h": "•", "i": "•", "j": "○",
                "k": " ", "l": "○", "m": " ", "n": "●", "t": "▲", "u": "▼", "3": "◀", "4": "▶", "5": "▲", "6": "▼"},
}  # fmt: skip
"""Fonts of formula editors and of Windows' own controls."""
_UNSEEN = dict.fromkeys((*range(32), 127), " ")
