"""Where lines may end in text of any tongue: the rules of Unicode (UAX 14), as LibreOffice 7.4 applies them.

They hold for Latin text, and for Chinese that is said to be in another tongue: libraries that build Word files say so of all.
The classes are those of the standard's table for what office documents hold; letters not named count as letters (AL) or
ideographs (ID).
"""

from __future__ import annotations

from functools import lru_cache

from anjian_desktop.documents.layout.characters import FIRST_ASIAN

_CLASSES = {
    "OP": "([{（《「『【〈〔［｛〖〝‚„¡¿",
    "CL": ")]}、。，．）》」』】〉〕］｝〗〞",
    "QU": "\"'“”‘’«»‹›",
    "EX": "!?！？",
    "IS": ",.:;",
    "SY": "/\\",
    "NS": "：；・々〻゛゜ゝゞー",
    "BA": "|\t\u00ad\u2010‒–",
    "HY": "-",
    "B2": "—",
    "IN": "…‥",
    "PR": "$+£¥￥€№±−＄￡",
    "PO": "%¢‰℃′″％￠",
    "NU": "0123456789",
    "SP": " ",
    "GL": "\u00a0\u2011\u202f",
}
_CLASS = {character: name for name, characters in _CLASSES.items() for character in characters}
_SIGNS = range(0x2160, 0x2600)
"""Roman and circled numbers, arrows, drawn lines: they count as letters (AI)."""

_NEVER_BEFORE = frozenset({"CL", "EX", "IS", "SY", "QU", "BA", "HY", "NS", "SP", "GL"})
_NEVER_AFTER = frozenset({"OP", "QU", "GL"})
_JOINED = frozenset(
    (before, after)
    for before, afters in {
        "AL": "IN NU PR AL OP",
        "ID": "IN PO",
        "IN": "IN",
        "NU": "IN AL OP NU PO PR",
        "PR": "ID AL NU",
        "PO": "AL NU",
        "IS": "AL NU",
        "CL": "AL NU",
        "B2": "B2",
    }.items()
    for after in afters.split()
)
"""Pairs of classes between which no line ends."""

_EASTERN = frozenset(("", "zh", "ja", "ko"))


def is_abroad(language: str) -> bool:
    """Whether a language said of East Asian text (its tag, empty for Chinese) is none of those."""
    return language[:2] not in _EASTERN


@lru_cache(maxsize=4096)
def _class(character: str) -> str:
    known = _CLASS.get(character)
    if known is not None:
        return known
    asian = character >= FIRST_ASIAN and ord(character) not in _SIGNS
    return "ID" if asian else "AL"


def may_end(text: str, at: int) -> bool:
    """Whether a line may end before text[at]."""
    before, after = _class(text[at - 1]), _class(text[at])
    if before == "SP":
        return after not in ("SP", "CL", "EX", "IS", "SY") and _before_blanks(text, at) != "OP"
    if after in _NEVER_BEFORE or before in _NEVER_AFTER or (before, after) in _JOINED:
        return False
    if after in ("PR", "PO", "NU") and before in ("IS", "SY", "CL"):
        return not _ends_number(text, at, closed=before == "CL")
    if after == "OP" and before in ("PR", "PO"):
        return not (at + 1 < len(text) and _class(text[at + 1]) == "NU")
    return True


def _before_blanks(text: str, at: int) -> str:
    while at > 0 and text[at - 1] == " ":
        at -= 1
    return _class(text[at - 1]) if at else ""


def _ends_number(text: str, at: int, *, closed: bool) -> bool:
    """Whether the marks before text[at] belong to a number before them."""
    at -= 1 + closed
    while at > 0 and _class(text[at]) in ("IS", "SY"):
        at -= 1
    return _class(text[at]) == "NU"
