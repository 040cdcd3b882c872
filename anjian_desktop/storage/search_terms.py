"""What of a row goes into the index, and what a typed word asks of it: characters in pairs, pinyin, ends of codes.

No tokenizer can be plugged into the index from Python, and its own cannot find one or two Chinese characters. So every
character is written as four letters, a text as the run of its overlapping pairs: 张三丰 is [张三][三丰][丰·]. A word of
two or more characters is then a phrase of pairs, and a word of one is the beginning of a pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from anjian_desktop.domain.text import tidy
from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.fields import SEPARATOR, Field, Kind
from anjian_desktop.storage.pinyin import completions, only_spelling, segmentations, spellings

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODES = {Kind.CREDIT_CODE, Kind.PHONE, Kind.IDENTITY}
"""Kinds that are found by how they begin or end."""
_SHORTEST_CODE = 2
_GAP = "0"
"""Between two runs of syllables: no phrase reaches across."""


class Entry(NamedTuple):
    """What the index keeps of one row: four columns of text, and the codes forwards and backwards."""

    title: str
    other: str
    initials: str
    syllables: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Word:
    """One typed word as questions to the index, in its own language: its characters as a `phrase`, `title` where the
    title begins with it, `anywhere`; and the `codes` that code tokens may begin with."""

    text: str
    phrase: str
    title: str
    anywhere: str
    codes: tuple[str, ...]


@cache
def searched_fields(ledger: type[Ledger]) -> tuple[Field, ...]:
    """The fields search covers, the title first."""
    found = [one for one in fields_of(ledger) if one.searched and not one.computed]
    return tuple(sorted(found, key=lambda one: one.key != ledger.about.title))


_HALF_WIDTH = {code: chr(code - 0xFEE0) for code in range(ord("！"), ord("～") + 1)}


def normal(text: str) -> str:
    """Letters, digits and characters only, half-width, small: what remains is compared."""
    plain = (text if text.isascii() else text.translate(_HALF_WIDTH)).casefold()
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def entry_of(ledger: type[Ledger], row: Mapping[str, Any]) -> Entry:
    """The index entry of a stored row."""
    title, other = "", []
    initials: dict[str, None] = {}
    syllables: dict[str, None] = {}
    codes: list[str] = []
    for column, is_code, is_title in _columns(ledger):
        value = row.get(column)
        if value is None:
            continue
        if is_code:
            codes.extend(_ends(value if type(value) is str else str(value)))
            continue
        text = _written(value if type(value) is str else str(value))
        if is_title:
            title = text.pairs
        else:
            other.append(text.pairs)
        initials[text.initials] = syllables[text.syllables] = None
    return Entry(
        title,
        " ".join(other),
        " ".join(initials),
        f" {_GAP} ".join(filter(None, syllables)),
        tuple(dict.fromkeys(codes)),
    )


@cache
def _columns(ledger: type[Ledger]) -> tuple[tuple[str, bool, bool], ...]:
    """Of each searched field its column, whether it is a code and whether it is the title."""
    return tuple((one.column, one.kind in _CODES, one.key == ledger.about.title) for one in searched_fields(ledger))


def _ends(value: str) -> Iterator[str]:
    """Codes forwards and backwards; a field may hold several."""
    for part in value.split(SEPARATOR):
        if plain := normal(part):
            yield "<" + plain
            yield ">" + plain[::-1]


class _Written(NamedTuple):
    """A text as the index writes it."""

    pairs: str
    initials: str
    syllables: str


@lru_cache(50_000)
def _written(value: str) -> _Written:
    """Kept for a while: a principal is often the legal representative too, and names come again."""
    text = normal(value)
    if text.isascii():
        return _Written(pairs(text), "", "")
    if (only := only_spelling(text)) is not None:
        return _Written(pairs(text), pairs(only[1]), only[0])
    read = list(spellings(text))
    return _Written(
        pairs(text),
        " ".join([pairs(one) for one in dict.fromkeys("".join([part[0] for part in ways]) for ways in read)]),
        f" {_GAP} ".join(map(" ".join, read)),
    )


class _Letters(dict[int, str]):
    """For `str.translate`: a character as four letters and digits."""

    def __missing__(self, number: int) -> str:
        rest, written = number, ""
        for _ in range(_WIDTH):
            rest, digit = divmod(rest, 36)
            written = _DIGITS[digit] + written
        self[number] = written
        return written


_WIDTH = 4
_LETTERS = _Letters()
_END = _LETTERS[0]


def pairs(text: str) -> str:
    """A text as its overlapping pairs; the last character is paired with an end mark."""
    written = text.translate(_LETTERS) + _END
    return " ".join([written[at : at + 2 * _WIDTH] for at in range(0, len(written) - _WIDTH, _WIDTH)])


# -- what is typed ---------------------------------------------------------------------------------------------


def words_of(text: str) -> tuple[str, ...]:
    """The words of a query: divided by blanks, each to be found."""
    return tuple(dict.fromkeys(word for part in tidy(text).split(" ") if (word := normal(part))))


def question(word: str) -> Word:
    """What to ask the index for a word."""
    phrase = _phrase(word)
    anywhere = [f"{{title other}} : {phrase}"]
    title = [f"title : ^ {phrase}"]
    if word.isascii() and word.isalpha():
        anywhere.append(f"initials : {phrase}")
        title.append(f"initials : ^ {phrase}")
        anywhere.extend(_by_syllables(word))
    long_enough = word.isascii() and len(word) >= _SHORTEST_CODE
    codes = (f"<{word}", f">{word[::-1]}") if long_enough else ()
    return Word(word, phrase, " OR ".join(title), " OR ".join(anywhere), codes)


def _phrase(word: str) -> str:
    if len(word) == 1:
        return f'"{word.translate(_LETTERS)}" *'
    return f'"{pairs(word).rpartition(" ")[0]}"'


def _by_syllables(word: str) -> Iterator[str]:
    for whole, begun in segmentations(word):
        if not begun:
            yield f'syllables : "{" ".join(whole)}"'
        elif not whole:
            if len(begun) > 1:
                yield "syllables : (" + " OR ".join(f'"{one}"' for one in completions(begun)) + ")"
        elif len(begun) == 1:
            # Dozens of syllables begin with one letter; the initials narrow it down to nearly the same at once.
            letters = "".join(one[0] for one in whole) + begun
            yield f'(syllables : "{" ".join(whole)}" AND initials : {_phrase(letters)})'
        else:
            ways = " OR ".join(f'"{" ".join((*whole, one))}"' for one in completions(begun))
            yield f"syllables : ({ways})"


# -- which fields it was ---------------------------------------------------------------------------------------


def matched_fields(ledger: type[Ledger], row: dict[str, Any], words: tuple[str, ...]) -> tuple[str, ...]:
    """Keys of the fields in which words of the query stand; empty when one of the words stands in none."""
    found: dict[str, None] = {}
    for word in words:
        keys = [one.key for one in searched_fields(ledger) if _stands_in(word, one, row.get(one.column))]
        if not keys:
            return ()
        found.update(dict.fromkeys(keys))
    return tuple(found)


def _stands_in(word: str, one: Field, value: Any) -> bool:
    if value is None:
        return False
    if one.kind in _CODES:
        parts = [normal(part) for part in str(value).split(SEPARATOR)]
        return len(word) >= _SHORTEST_CODE and any(part.startswith(word) or part.endswith(word) for part in parts)
    text = normal(str(value))
    if word in text:
        return True
    if not (word.isascii() and word.isalpha()) or text.isascii():
        return False
    return any(
        word in "".join([syllable[0] for syllable in spelling])
        or any("".join(spelling[start:]).startswith(word) for start in range(len(spelling)))
        for spelling in spellings(text)
    )
