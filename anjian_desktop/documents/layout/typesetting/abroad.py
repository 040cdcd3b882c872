"""Where lines end in Chinese text that is said to be in another tongue, in the other programs of a Linux desktop.

Libraries that build Word files say so of all their text. It is parted by the rules for any tongue (Unicode UAX 14).
"""

from __future__ import annotations

_EASTERN = frozenset(("", "zh", "ja", "ko"))


def is_abroad(language: str) -> bool:
    """Whether a language said of East Asian text (its tag, empty for Chinese) is none of those."""
    return language[:2] not in _EASTERN
