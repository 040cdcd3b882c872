"""Dates as clerks write them, at the keyboard and in files."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.domain.dates import DateProblem, add_years, chinese_date, parse_date, parse_file_date

TODAY = date(2026, 11, 23)
DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05", "2026-3-5", "2026/3/5", "2026.3.5", "2026.03.05", "2026年3月5日", "2026年03月05日", "2026年3月5号", "20260305",
        "260305", "26.3.5", "26-3-5", "２０２６．３．５", " 2026 年 3 月 5 日 ", "2026-03-05 00:00:00", "2026-03-05T08:30", "2026、3、5", 46086,
        46086.0, "46086", date(2026, 3, 5), datetime(2026, 3, 5, 8, 30), 20260305,
    ],
)  # fmt: skip
def test_a_full_date_is_read_whatever_its_spelling(written: object) -> None:
    assert parse_file_date(written, today=TODAY) == DAY


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("2026-02-30", "不存在"),
        ("3月5日", "缺少年份"),
        ("3.5", "缺少年份"),
        ("2026年3月", "缺少日"),
        ("今", "不是日期"),
        ("+7", "不是日期"),
        ("2206.3.5", "不合理"),
        ("待定", "不是日期"),
        ("2026年", "不是日期"),
        ("2026-13-01", "不存在"),
        (12, "不是日期"),
        ("长期", "不是日期"),
    ],
)
def test_what_is_no_date_in_a_file_is_refused_with_the_reason(written: object, problem: str) -> None:
    with pytest.raises(DateProblem, match=problem):
        parse_file_date(written, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("3.5", DAY), ("3-5", DAY), ("3月5日", DAY), ("今", TODAY), ("昨", date(2026, 11, 22)), ("明", date(2026, 11, 24)), ("+7", date(2026, 11, 30)), ("-1", date(2026, 11, 22)), ("t", TODAY)],
)  # fmt: skip
def test_at_the_keyboard_this_year_and_today_may_be_meant(typed: str, day: date) -> None:
    assert parse_date(typed, today=TODAY) == day


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_every_spelling_of_any_day_reads_back(day: date) -> None:
    short = f"{day.year % 100:02d}{day.month:02d}{day.day:02d}"
    for written in (day.isoformat(), f"{day:%Y%m%d}", chinese_date(day), f"{day.year}/{day.month}/{day.day}", short):
        assert parse_file_date(written, today=TODAY) == day


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_refusal_in_words(text: str) -> None:
    try:
        assert 1900 < parse_date(text, today=TODAY).year < 2200
    except DateProblem as problem:
        assert str(problem)


def test_documents_print_dates_without_padding() -> None:
    assert chinese_date(DAY) == "2026年3月5日"


def test_a_leap_day_becomes_the_28th() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
