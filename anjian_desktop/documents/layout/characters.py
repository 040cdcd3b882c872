"""What each character may do in a Chinese line: begin it, end it, hang out of it, shrink, stand on the grid.

The sets follow GB/T 15834-2011 (5.1: marks that may not begin or end a line) and Word's own defaults for Chinese.
"""

from __future__ import annotations

import re

NO_START = frozenset(
    "!%),.:;>?]}¢¨°·ˇˉ—―‖’”…‰′″›℃∶、。〃々〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)
"""Marks that may not begin a line; a dash joins what stands on both sides, though a double one may."""

NO_END = frozenset("$([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥")
"""Marks that may not end a line."""

HANGING = frozenset("，。、；：！？．")
"""Marks that may stand past the right edge when the line is full."""

HANGING_HALF = frozenset(",.:;!?")
"""Half-width marks that hang after Chinese text in the other programs of a Linux desktop."""

CLOSING = frozenset("，。、；：！？．）》」』】〕〗〉］｝”’")
"""Full-width marks whose right half is blank."""

OPENING = frozenset("（《「『【〔〖〈［｛“‘")
"""Full-width marks whose left half is blank."""

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
"""Characters that only steer other programs; they print nothing."""

HAN = re.compile(
    "[\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
)
"""Ideographs and kana."""

_WIDE = re.compile("[\u1100-\u115f\u2e80-\u303f\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
                   "\U00020000-\U000323af]")  # fmt: skip
_EITHER = re.compile("[\u00b0\u00b1\u00b7\u00d7\u00f7\u2010-\u2027\u2030-\u205e\u2103-\u27bf\u2e3a\u2e3b]")
_AFTER_LATIN = re.compile(f"(?:(?<=[\u0021-\u024f])|^)[ ]*([{_EITHER.pattern[1:-1]}]+)")
_NUMBER = re.compile("[\u2160-\u2188\u2460-\u249b]")
_LATIN = "A-Za-z0-9\u00c0-\u024f"
_IDEOGRAPH = HAN.pattern[1:-1]
_BOUNDARY = re.compile(f"(?<=[{_IDEOGRAPH}])(?=[{_LATIN}])|(?<=[{_LATIN}%])(?=[{_IDEOGRAPH}])")
_MARK_PAIR = re.compile(
    f"[{re.escape(''.join(sorted(CLOSING)))}](?=[{re.escape(''.join(sorted(CLOSING | OPENING)))}])"
    f"|[{re.escape(''.join(sorted(OPENING)))}](?=[{re.escape(''.join(sorted(OPENING)))}])"
)
_MARKS_AFTER_CHINESE = re.compile(f"(?<=[{_WIDE.pattern[1:-1]}{_EITHER.pattern[1:-1]}])[!-,./:-@\\[-`{{-~ ]{{2,}}")
_DOUBLED = frozenset("…—⸺")
FIRST_ASIAN, FIRST_WIDE_MARK, _FIRST_IDEOGRAPH = "\u1100", "\u3000", "\u2e80"
"""Before it stand the scripts that write words (Latin, Greek, Cyrillic …), and the marks at home in both scripts."""

_MOST_MARKS = 200
"""Marks in a row, so many belong to the text before them: a file of nothing else takes no longer than one of text."""


def is_east_asian(character: str, *, either: bool) -> bool:
    """Whether a character is set in the East Asian font.

    `either` decides for quotation marks, dashes, circled numbers and others at home in both scripts.
    """
    return _WIDE.match(character) is not None or (either and _EITHER.match(character) is not None)


def latin_marks(text: str) -> list[tuple[int, int]]:
    """Stretches of marks at home in both scripts that follow Latin text or open the paragraph, as (from, to)."""
    return [match.span(1) for match in _AFTER_LATIN.finditer(text)]


def follows_chinese(text: str, at: int) -> bool:
    """Whether what text[at] follows, blanks and marks at home in both scripts left aside, is Chinese."""
    while at > 0:
        at -= 1
        if text[at] not in " \u00a0" and not _EITHER.match(text[at]):
            return _WIDE.match(text[at]) is not None
    return False


def follows_latin(text: str, at: int) -> bool:
    """Whether the last letter or digit not far before text[at] is Latin, whatever marks follow it."""
    nearest = next((one for one in reversed(text[max(at - _MOST_MARKS, 0) : at]) if one.isalnum()), FIRST_ASIAN)
    return nearest < FIRST_ASIAN


def script_boundaries(text: str, *, letters: bool, digits: bool, per_cent: bool = True) -> list[int]:
    """Places between an ideograph and a Latin letter or digit, as the number of the character before them.

    `per_cent`: a per cent sign counts as a digit.
    """
    if not (letters or digits):
        return []
    found = [match.start() - 1 for match in _BOUNDARY.finditer(text)]
    if not per_cent:
        found = [at for at in found if text[at] != "%"]
    if letters and digits:
        return found
    return [at for at in found if (text[at].isdigit() or text[at + 1].isdigit()) == digits]


def beside_numbers(text: str) -> list[int]:
    """Places beside circled or Roman numbers (① Ⅲ) with a letter, digit or ideograph on their other side.

    Such a number belongs to either script: where it stands in the other one than its neighbour a blank parts them, too.
    """
    places = {at for match in _NUMBER.finditer(text) for at in (match.start() - 1, match.start())}
    return [at for at in sorted(places) if 0 <= at < len(text) - 1 and text[at].isalnum() and text[at + 1].isalnum()]


def squeezable_pairs(text: str) -> list[int]:
    """Marks followed by another mark, so that two blank halves meet; the first gives up half an em."""
    return [match.start() for match in _MARK_PAIR.finditer(text)]


_OPENING_PAIRS = frozenset("（《「『【〔")
_BEHIND_LATIN = _OPENING_PAIRS | frozenset("￥" + "".join(map(chr, (*range(0x2460, 0x2474), *range(0x2160, 0x216C)))))
"""Wide marks and numbers that hold Latin text before them."""

STOPS = frozenset("，。、")
"""Marks that hold Latin text behind them (class CL of UAX 14, where no blank follows)."""


def marks_after_chinese(text: str) -> list[tuple[int, int]]:
    """Stretches of Latin marks (____, ====) that follow Chinese and so count as Chinese, as (from, to)."""
    return [match.span() for match in _MARKS_AFTER_CHINESE.finditer(text)]


def marks_start(text: str, edge: int) -> int:
    """Where the marks begin that text[edge] is one of; the edge itself where that is a letter or a number."""
    while edge > 0 and not text[edge].isalnum() and not text[edge - 1].isalnum():
        edge -= 1
    return edge


def joins_scripts(text: str, at: int) -> bool:
    """Whether Latin text holds the bracket, the number in a circle or the per cent sign after it, as elsewhere it does."""
    before, after = text[at - 1], text[at]
    return before.isascii() and before.isalnum() and (after in _BEHIND_LATIN or (after == "％" and before.isdigit()))


def can_break(
    text: str, at: int, no_start: frozenset[str], no_end: frozenset[str], *, words: bool, latin: bool = False
) -> bool:
    """Whether a line may end before text[at]; `words` allows it inside Latin words, `latin`: the text has no ideographs."""
    before, after = text[at - 1], text[at]
    if before in no_end or (after in no_start and not (after == "—" and text[at + 1 : at + 2] == "—")):
        return False
    if before in " \t":
        return after not in " \t"
    if after in " \t\u00a0" or before == "\u00a0":
        return False
    if before == after and before in _DOUBLED:
        return False
    if latin and before in "–—" and after.isalnum():
        return True
    if _in_word(before, text, at - 1, latin=latin) and _in_word(after, text, at, latin=latin):
        return words or (before == "-" and after.isalpha() and at > 1 and text[at - 2].isalpha())
    return True


def _in_word(character: str, text: str, at: int, *, latin: bool) -> bool:
    """Whether a character belongs to words: a letter or mark of Latin text, an apostrophe between two letters."""
    if character < FIRST_ASIAN or (latin and character < _FIRST_IDEOGRAPH):
        return True
    return character == "’" and 0 < at < len(text) - 1 and text[at - 1].isascii() and text[at + 1].isascii()
