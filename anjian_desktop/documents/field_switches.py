"""A Word field's instruction: its kind, its argument, its switches, and a value shown as the switches ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

_TOKEN: Final = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|“([^”]*)”|(\\[^\s"“]{1,2}?(?=[\s"“]|$))|([^\s"“]+))')
_ESCAPED: Final = re.compile(r'\\(["\\])')
_DATE: Final = re.compile(r"^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?$")
_DATE_PART: Final = re.compile(r"'([^']*)'|y{3,4}|yy|M{1,4}|d{1,4}|E{4}|O|A|[\s\S]")
_NUMBER_PART: Final = re.compile(r"'[^']*'|[0#,.x]+")
_PLAIN: Final = frozenset({"mergeformat", "charformat"})
_CASES: Final = frozenset({"upper", "lower", "firstcap", "caps"})
_DIGITS: Final = "〇一二三四五六七八九"
_WEEK: Final = "一二三四五六日"


@dataclass(frozen=True)
class Instruction:
    """What stands in a field: `MERGEFIELD "企业 名称" \\* Upper` is kind MERGEFIELD, argument 企业 名称, one switch.

    `switches` are (letter, argument) in their order, those that only tell formatting left out.
    """

    kind: str
    argument: str
    switches: tuple[tuple[str, str], ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """The switches whose effect is not known here; the value comes out as typed."""
        return tuple(
            f"\\{letter} {word}".strip()
            for letter, word in self.switches
            if letter not in "@#bfmv*" or (letter == "*" and word.lower() not in _CASES)
        )


def parse(text: str) -> Instruction:
    """The instruction of a field; an empty one has the kind ""."""
    kind, argument, letter = "", "", ""
    switches: list[tuple[str, str]] = []
    for token, switch in _tokens(text):
        if not kind:
            kind = token.upper()
        elif switch:
            letter = token[1:].lower()
            switches.append((letter, ""))
            letter = "" if letter in "mv" else letter
        elif letter:
            switches[-1] = (letter, token)
            letter = ""
        elif not argument:
            argument = token
    return Instruction(
        kind, argument, tuple(one for one in switches if not (one[0] == "*" and one[1].lower() in _PLAIN))
    )


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """The words of an instruction and whether each is a switch."""
    for quoted, curly, switch, word in _TOKEN.findall(text):
        if switch:
            yield switch, True
        else:
            token = _ESCAPED.sub(r"\1", quoted) or curly or word
            if token:
                yield token, False


def show(text: str, switches: tuple[tuple[str, str], ...]) -> str:
    """A value as the switches ask. What does not fit a switch (a word under a date picture) comes out as typed."""
    for letter, word in switches:
        if letter == "@":
            text = _as_date(text, word)
        elif letter == "#":
            text = _as_number(text, word)
        elif letter == "*":
            text = _in_case(text, word.lower())
    if text:
        before = "".join(word for letter, word in switches if letter == "b")
        after = "".join(word for letter, word in switches if letter == "f")
        text = f"{before}{text}{after}"
    return text


def _in_case(text: str, how: str) -> str:
    if how == "upper":
        return text.upper()
    if how == "lower":
        return text.lower()
    if how == "firstcap":
        return text[:1].upper() + text[1:]
    if how == "caps":
        return re.sub(r"[^\W\d_]+", lambda found: found[0][:1].upper() + found[0][1:], text)
    return text


def _as_date(text: str, picture: str) -> str:
    found = _DATE.match(text)
    if not found:
        return text
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return text
    return "".join(_date_part(one, day) for one in _DATE_PART.finditer(picture))


def _date_part(part: re.Match[str], day: date) -> str:
    token = part[0]
    if token.startswith("'") and len(token) > 1:
        return part[1]
    if token in ("yyyy", "yyy"):
        return f"{day.year:04d}"
    if token == "EEEE":
        return "".join(_DIGITS[int(digit)] for digit in str(day.year))
    if token == "O":
        return _chinese(day.month)
    if token == "A":
        return _chinese(day.day)
    if token in ("MMM", "MMMM"):
        return f"{_chinese(day.month)}月"
    if token in ("ddd", "dddd"):
        return f"{'周' if token == 'ddd' else '星期'}{_WEEK[day.weekday()]}"
    number = {"y": day.year % 100, "M": day.month, "d": day.day}.get(token[0])
    if number is None or (token == "y"):
        return token
    return f"{number:02d}" if len(token) == 2 else str(number)


def _chinese(number: int) -> str:
    """1 to 31 as dates are written: 三、十、十二、二十、三十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def _as_number(text: str, picture: str) -> str:
    try:
        value = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value) >= Decimal(10) ** 18:
        return text
    sections = picture.split(";")
    chosen = sections[0]
    if value == 0 and len(sections) > 2:
        chosen = sections[2]
    elif value < 0 and len(sections) > 1:
        chosen, value = sections[1], -value
    spots = [one for one in _NUMBER_PART.finditer(chosen) if not one[0].startswith("'")]
    if not spots or not any(sign in spots[0][0] for sign in "0#x"):
        return chosen.replace("'", "")
    digits = spots[0]
    shown = _digits(abs(value), digits[0])
    minus = "-" if value < 0 else ""
    return f"{minus}{chosen[: digits.start()]}{shown}{chosen[digits.end() :]}".replace("'", "")


def _digits(value: Decimal, mask: str) -> str:
    """`#,##0.00`: 0 always shows a digit, # (or x) only where there is one, a comma parts thousands."""
    whole_mask, _, rest = mask.partition(".")
    places = [sign for sign in rest if sign in "0#x"]
    rounded = value.quantize(Decimal(1).scaleb(-len(places)), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    least = whole_mask.count("0")
    whole = whole.lstrip("0").zfill(least) if least else whole.lstrip("0") or ""
    if "," in whole_mask:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole)
    while places and places[-1] != "0" and fraction.endswith("0"):
        places, fraction = places[:-1], fraction[:-1]
    return f"{whole}.{fraction}" if fraction else whole
