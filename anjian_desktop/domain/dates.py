"""Dates as clerks write them, and as documents print them."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta

from anjian_desktop.domain.text import compact, half_width, tidy

_EXCEL_EPOCH = date(1899, 12, 30)
_RELATIVE = {"今": 0, "今天": 0, "T": 0, "昨": -1, "昨天": -1, "明": 1, "明天": 1}


class DateProblem(ValueError):
    """The text is no date; the message says why, in Chinese."""


def parse_date(raw: object, *, today: date) -> date:
    """A date typed by a clerk or found in a cell: 20260305, 260305, 2026.3.5, 2026/3/5, 2026年3月5日, 3.5 (this year), 今, 昨, +7.

    A number between 20000 and 80000 is Excel's day number (its time of day is dropped). Raises DateProblem.
    """
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if 20000 <= raw <= 80000:
            return _EXCEL_EPOCH + timedelta(days=int(raw))
        raw = str(int(raw)) if raw == int(raw) else str(raw)
    text = compact(str(raw))
    if text in _RELATIVE:
        return today + timedelta(days=_RELATIVE[text])
    if move := re.fullmatch(r"([+-])([0-9]{1,4})", text):
        return today + timedelta(days=int(move[1] + move[2]))
    text = re.sub(r"[T ]?[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$", "", text) if ":" in text else text
    if solid := re.fullmatch(r"([0-9]{4}|[0-9]{2})([0-9]{2})([0-9]{2})", text):
        return _make(solid[1], solid[2], solid[3])
    parts = [p for p in re.split(r"[-./年月日号,、]", text) if p]
    if not parts or not all(re.fullmatch(r"[0-9]{1,4}", p) for p in parts):
        raise DateProblem(f"“{_quoted(raw)}”不是日期，请写成 2026-03-05")
    if len(parts) == 3 and len(parts[0]) in (2, 4):
        return _make(*parts)
    if len(parts) == 2 and len(parts[0]) <= 2 and "年" not in text:
        return _make(str(today.year), *parts)
    if len(parts) == 2 and len(parts[0]) == 4:
        raise DateProblem(f"“{_quoted(raw)}”缺少日，请写成 2026-03-05")
    raise DateProblem(f"“{_quoted(raw)}”不是日期，请写成 2026-03-05")


def parse_file_date(raw: object, *, today: date) -> date:
    """As `parse_date` for a file's cell: a date without its year or relative to today is refused, not guessed."""
    if isinstance(raw, float) and not 20000 <= raw <= 80000 and raw != int(raw):
        raw = str(raw)
    if isinstance(raw, str):
        text = compact(raw)
        if text in _RELATIVE or re.fullmatch(r"[+-][0-9]{1,4}", text):
            raise DateProblem(f"“{_quoted(raw)}”不是日期，请写成 2026-03-05")
        if re.fullmatch(r"[0-9]{1,2}[-./月][0-9]{1,2}[日号]?", half_width(text)):
            raise DateProblem(f"“{_quoted(raw)}”缺少年份")
        if re.fullmatch(r"[0-9]{5}(\.0)?", text):
            return parse_date(int(text[:5]), today=today)
    return parse_date(raw, today=today)


def _quoted(raw: object) -> str:
    text = tidy(str(raw))
    return text if len(text) <= 20 else text[:20] + "…"


def _make(year: str, month: str, day: str) -> date:
    y = int(year)
    if len(year) == 2:
        y += 2000 if y < 70 else 1900
    try:
        made = date(y, int(month), int(day))
    except ValueError:
        raise DateProblem(f"日期 {y}-{int(month)}-{int(day)} 不存在") from None
    if not 1900 < made.year < 2200:
        raise DateProblem(f"年份 {made.year} 不合理")
    return made


def chinese_date(day: date) -> str:
    """2026年3月5日: Arabic numerals without padding (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日"


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 Feb becomes 28 Feb where there is none."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def add_months(day: date, months: int) -> date:
    """The same day `months` later or (negative) earlier; without such a day, the month's last (民法典 第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def full_years(born: date, on: date) -> int:
    """Full years of age: one more from the birthday itself on; born on 29 February, from 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def weekdays_from(day: date, count: int) -> date:
    """The last of `count` weekdays (Monday to Friday) beginning with `day` or the first weekday after it."""
    weeks, rest = divmod(count - 1, 5)
    first = day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    last = first + timedelta(weeks=weeks)
    for _ in range(rest):
        last += timedelta(days=3 if last.weekday() == 4 else 1)
    return last


def local_moment(at: datetime) -> datetime:
    """A moment as the store keeps it (UTC, without a zone) as the clock of this machine shows it."""
    return at.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)
