"""Numbers as lists and pages show them: Arabic, Chinese, Roman, letters, in circles (ISO/IEC 29500-1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 32_767


def number_text(number: int, kind: str) -> str:
    """A number in one of the formats of w:numFmt; an unknown format is Arabic."""
    if not 0 <= number <= _MOST:
        return str(number)
    return _KINDS.get(kind, str)(number)


def is_known(kind: str) -> bool:
    """Whether numbers of this format are written as the document asks."""
    return kind in _KINDS


def chinese_number(number: int, digits: str = _DIGITS, units: str = "十百千万") -> str:
    """A number in Chinese as counted: 十一, 一百〇五."""
    if number < 10:
        return digits[number]
    if number >= 10_000:
        head, rest = divmod(number, 10_000)
        text = chinese_number(head, digits, units) + units[3]
        if not rest:
            return text
        return text + (digits[0] if rest < 1000 else "") + chinese_number(rest, digits, units)
    text, zero = "", False
    for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            if zero and text:
                text += digits[0]
            text += digits[digit] + unit
            zero = False
        else:
            zero = True
    return text


def _counting(number: int) -> str:
    text = chinese_number(number)
    return text[1:] if text.startswith("一十") else text


def _legal(number: int) -> str:
    return chinese_number(number, _FORMAL, "拾佰仟万")


def _by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    if number < 1:
        return ""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 50)


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        text += letters * count
    return text


def _circled(number: int) -> str:
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if 36 <= number <= 50 else str(number)


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_KINDS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "numberInDash": lambda number: f"- {number} -",
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": lambda number: chr(0x2488 + number - 1) if 1 <= number <= 20 else f"{number}.",
    "decimalEnclosedParen": lambda number: chr(0x2474 + number - 1) if 1 <= number <= 20 else f"({number})",
    "ideographEnclosedCircle": lambda number: chr(0x3280 + number - 1) if 1 <= number <= 10 else str(number),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": _ordinal,
    "none": lambda number: "",
}
