"""What SpreadsheetML writes into a cell (ECMA-376 part 1, 18): numbers, day numbers, rich text, column letters."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from typing import Any

from anjian_desktop.exchange.cells import MAX_TEXT, CellProblem
from anjian_desktop.exchange.sheet_rows import Merge

_DATE_1900, _DATE_1904 = date(1899, 12, 30), date(1904, 1, 1)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def day_of(number: float, *, starts_1904: bool = False) -> object:
    """The date or datetime of Excel's day number; a CellProblem where there is none (1900-01-00, 1900-02-29, beyond 9999).

    A bare time of day (0 <= number < 1) stays a number.
    """
    days = math.floor(number)
    impossible = CellProblem(str(number), "日期不存在")
    if not starts_1904:
        if 0 < number < 1:
            return number
        if days < 1 or days == 60:
            return impossible
        if days < 60:  # Excel counts a 29 February 1900 that never was
            days += 1
    try:
        day = (_DATE_1904 if starts_1904 else _DATE_1900) + timedelta(days=days)
    except OverflowError:
        return impossible
    seconds = round((number - math.floor(number)) * 86_400)
    if not seconds:
        return day
    try:
        return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)
    except OverflowError:
        return impossible


def number_of(text: str) -> object:
    try:
        return int(text)
    except ValueError:
        number = float(text)
        return number if math.isfinite(number) else CellProblem(text[:20], "不是数字")


def moment_of(text: str) -> object:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return plain_text(text)
    return moment if "T" in text else moment.date()


def rich_text(item: Any) -> object:
    """The text of a string item without its phonetic runs."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        return plain_text(item[0].text or "")
    parts = []
    for child in item:
        if child.tag.endswith("}t"):
            parts.append(child.text or "")
        elif child.tag.endswith("}r"):
            parts.extend(part.text or "" for part in child if part.tag.endswith("}t"))
    return plain_text("".join(parts))


def plain_text(text: str) -> object:
    if len(text) > MAX_TEXT:
        return CellProblem(text[:20] + "…", f"内容超过 {MAX_TEXT} 字")
    return _ESCAPE.sub(_unescaped, text) if "_x" in text else text


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def shows_date(code: str) -> bool:
    """Whether a number format shows a date (yyyy"年"m"月"), not a number or a bare time of day."""
    first = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code.split(";")[0]).casefold()
    if "general" in first or re.search(r"\[(h+|m+|s+)\]", code.casefold()):
        return False
    return "y" in first or "d" in first or ("m" in first and "h" not in first and "s" not in first)


_COLUMNS: dict[str, int] = {}


def column_of(letters: str) -> int:
    """0 for A, 27 for AB. Raises ValueError beyond XFD."""
    if (known := _COLUMNS.get(letters)) is not None:
        return known
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    if not 1 <= column <= 16_384:
        raise ValueError(letters)
    _COLUMNS[letters] = column - 1
    return column - 1


def merge_of(reference: str) -> Merge | None:
    ends = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", reference)
    if ends is None:
        return None
    return Merge(int(ends[2]), int(ends[4]), column_of(ends[1]), column_of(ends[3]))
