"""Where lines end in Chinese text that is said to be in another tongue, in the other programs of a Linux desktop.

Libraries that build Word files say so of all their text. It is parted by the rules for any tongue (Unicode UAX 14).
"""

from __future__ import annotations

from anjian_desktop.documents.layout.characters import FIRST_ASIAN

_OPENING = frozenset("（《「『【〈〔［｛")
_CLOSED = frozenset("、。，．）》」』】〉〕］｝")
"""Marks that Latin letters and digits stay with, before the ones and behind the others."""

_ANY_SIDE = frozenset("“”‘’\"'")
_EASTERN = frozenset(("", "zh", "ja", "ko"))


def is_abroad(language: str) -> bool:
    """Whether a language said of East Asian text (its tag, empty for Chinese) is none of those."""
    return language[:2] not in _EASTERN


def break_abroad(text: str, at: int, language: str) -> bool | None:
    """Whether a line may end before text[at] by the rules for any tongue; None where those for Chinese say the same."""
    if not is_abroad(language):
        return None
    before, after = text[at - 1], text[at]
    if before in _ANY_SIDE or after in _ANY_SIDE:
        return before == " "
    if (before == "—") != (after == "—"):
        return True
    if (before in _CLOSED and _is_latin(after)) or (after in _OPENING and _is_latin(before)):
        return False
    slash = after == "/" or (before == "/" and after >= FIRST_ASIAN)
    return False if slash or (after == "×" and before.isalnum() and before.isascii()) else None


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
