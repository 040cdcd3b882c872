"""Where a line may end inside a word of Latin text: by the classes of UAX 14, as the other programs of a Linux desktop part."""

from __future__ import annotations

from anjian_desktop.documents.layout.characters import FIRST_ASIAN, follows_latin

_PARTING = frozenset("-/\\|!?\u2010–—…")
"""Marks after which words are parted (classes HY SY BA EX B2 IN)."""

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_STOPS = frozenset(",.:;")
_MONEY = frozenset("$+%")
"""Marks that stand before or after numbers (classes PR and PO)."""

_SYMBOLS = frozenset("#&*<=>@^_`~")
"""Marks that count as letters (class AL)."""

_WIDE_TILDE = "～"
"""A mark that counts as an ideograph (class ID): no line of Chinese begins with it, one after Latin text may."""

_IN_NUMBERS = _STOPS | frozenset("\\")


def parts_word(text: str, at: int) -> bool:
    """Whether a line may end before text[at], between two characters of Latin text without a blank."""
    before, after = text[at - 1], text[at]
    if after >= FIRST_ASIAN:
        return after == _WIDE_TILDE and follows_latin(text, at)
    if after in _OPENING:
        return _before_opening(text, at)
    if before in _PARTING:
        return _after_parting(text, at)
    if after == "%" and (before in _SYMBOLS or before.isalpha()) and before < FIRST_ASIAN:
        return True
    if after in _MONEY and before in _MONEY:
        return True
    return after in _MONEY and (before in _STOPS or before in _CLOSING) and not _ends_number(text, at)


def _before_opening(text: str, at: int) -> bool:
    before = text[at - 1]
    if before in _MONEY:
        return not text[at + 1 : at + 2].isdigit()
    if before in "/\\":
        return _after_parting(text, at)
    return before in _CLOSING or before in _STOPS or before in _PARTING


def _after_parting(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    joins = after.isalnum() or after in _OPENING
    if before == "/":
        return joins and (at == 1 or not text[at - 2].isspace())
    if before == "\\":
        if after.isdigit() or after in _MONEY:
            return not text[at - 2].isdigit()
        return joins or after in _SYMBOLS
    return joins or after in _SYMBOLS or after in _MONEY


def _ends_number(text: str, at: int) -> bool:
    """Whether what stands before text[at] are marks that belong to a number before them."""
    at -= 1
    if text[at] in _CLOSING:
        at -= 1
    while at > 0 and text[at] in _IN_NUMBERS:
        at -= 1
    return text[at].isdigit()
