"""Which of a few offered words somebody means who types a part of one, or its pinyin."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from anjian_desktop.storage.pinyin import spellings


def matching(words: Iterable[str], typed: str) -> list[str]:
    """Words that hold the typed characters, or whose initials or syllables hold the typed letters; those that begin so
    come first. Nothing typed means all."""
    text = typed.strip().lower()
    begin: list[str] = []
    hold: list[str] = []
    for word in words:
        forms = (word.lower(), *_forms(word)) if text.isascii() else (word.lower(),)
        if any(form.startswith(text) for form in forms):
            begin.append(word)
        elif any(text in form for form in forms):
            hold.append(word)
    return begin + hold


@lru_cache(maxsize=4096)
def _forms(word: str) -> tuple[str, ...]:
    return tuple(
        form for syllables in spellings(word) for form in ("".join(one[0] for one in syllables), "".join(syllables))
    )
