"""Where lines end in Chinese text that is said to be in another tongue, in the other programs of a Linux desktop.

Libraries that build Word files say so of all their text. It is parted by the rules for any tongue (Unicode UAX 14).
"""

from __future__ import annotations

from anjian_desktop.documents.layout.typesetting.unicode_breaks import may_end

_EASTERN = frozenset(("", "zh", "ja", "ko"))


def is_abroad(language: str) -> bool:
    """Whether a language said of East Asian text (its tag, empty for Chinese) is none of those."""
    return language[:2] not in _EASTERN


def break_abroad(text: str, at: int, language: str) -> bool | None:
    """Whether a line may end before text[at] by the rules for any tongue; None in any other text."""
    if not is_abroad(language):
        return None
    return text[at - 1] != "/" and may_end(text, at)
