"""Numbers in English words, as lists and pages show them: twenty-one, twenty-first."""

from __future__ import annotations

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
             "twelve": "twelfth"}  # fmt: skip


def cardinal(number: int) -> str:
    """A number below a million in words: One hundred one."""
    return _words(number).capitalize()


def ordinal(number: int) -> str:
    """The place a number stands for, in words: One hundred first."""
    words = _words(number)
    at = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[at:]
    return (words[:at] + (_ORDINALS.get(last) or (last[:-1] + "ieth" if last[-1] == "y" else last + "th"))).capitalize()


def _words(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, one = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[one]}" if one else "")
    worth, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    head, rest = divmod(number, worth)
    return f"{_words(head)} {name}" + (f" {_words(rest)}" if rest else "")
