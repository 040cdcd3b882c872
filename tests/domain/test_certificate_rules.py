"""T2, T4, T11, T13, T20 and the table of kinds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.domain.certificate_kinds import KINDS, Use, equipment_item_warning, kind_named
from anjian_desktop.domain.certificate_rules import (
    ExpiryState,
    apply_by,
    certificate_years,
    expiry_state,
    is_lapsed,
    needs_re_examination,
    printed_end,
    re_examination_due,
    term,
)

TODAY = date(2026, 11, 23)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        ("2023-03-01", 6, "2029-02-28"),
        ("2024-02-29", 6, "2030-02-28"),
        ("2024-02-29", 4, "2028-02-28"),
        ("2023-08-01", 6, "2029-07-31"),
        ("2026-09-01", 3, "2029-08-31"),
        ("2022-03-01", 2, "2024-02-29"),
    ],
)
def test_t2_the_last_day_is_printed_as_certificates_print_it(start: str, years: int, end: str) -> None:
    assert printed_end(day(start), years) == day(end)


def test_t2_the_typed_day_wins_and_a_difference_is_only_told() -> None:
    kind = kind_named("特种作业操作证")
    read = term(kind, start=day("2023-08-01"), typed_end=day("2029-08-01"))
    assert read.end == day("2029-08-01") and read.differs
    computed = term(kind, start=day("2023-08-01"), typed_end=None)
    assert computed.end == day("2029-07-31") and not computed.differs
    assert term(None, start=day("2023-08-01"), typed_end=None).end is None


@pytest.mark.parametrize(
    ("end", "state"),
    [
        ("2026-11-22", "expired"),
        ("2026-11-23", "red"),
        ("2026-12-23", "red"),
        ("2026-12-24", "orange"),
        ("2027-01-22", "orange"),
        ("2027-01-23", "yellow"),
        ("2027-02-21", "yellow"),
        ("2027-02-22", "valid"),
    ],
)
def test_t4_states_change_after_30_60_and_90_days(end: str, state: str) -> None:
    assert expiry_state(day(end), today=TODAY) == ExpiryState(state)


@pytest.mark.parametrize(
    ("start", "re_examined", "lapsed"),
    [
        ("2023-03-01", None, True),
        ("2023-03-01", "2026-02-20", False),
        ("2023-08-01", None, False),
        ("2023-05-31", None, True),
        ("2023-06-01", None, False),
        ("2025-01-01", None, False),
    ],
)
def test_t11_only_what_was_missed_before_june_2026_is_in_doubt(
    start: str, re_examined: str | None, lapsed: bool
) -> None:
    done = day(re_examined) if re_examined else None
    assert is_lapsed(day(start), done, today=TODAY) is lapsed
    assert (re_examination_due(day(start)) is None) == (day(start) >= date(2023, 6, 1))


@pytest.mark.parametrize(
    ("kind", "end", "by"),
    [
        ("安全生产知识和管理能力考核合格证", "2029-03-31", "2029-03-01"),
        ("安全生产知识和管理能力考核合格证", "2029-08-31", "2029-08-01"),
        ("安全生产许可证", "2027-06-30", "2027-03-30"),
        ("特种设备检验", "2026-12-15", "2026-11-15"),
    ],
)
def test_t20_the_day_to_apply_by(kind: str, end: str, by: str) -> None:
    found = kind_named(kind)
    assert found is not None and apply_by(day(end), found) == day(by)


def test_t13_each_certificate_year_stands_for_itself() -> None:
    trained = [(day("2026-10-10"), 24), (day("2028-03-10"), 23), (day("2029-05-10"), 24)]
    years = certificate_years(day("2026-09-01"), day("2029-08-31"), trained, required=24)
    assert [(one.first, one.last) for one in years] == [
        (day("2026-09-01"), day("2027-08-31")),
        (day("2027-09-01"), day("2028-08-31")),
        (day("2028-09-01"), day("2029-08-31")),
    ]
    assert [one.short for one in years] == [0, 1, 0]


def test_a_forklift_is_no_special_work() -> None:
    special, equipment = kind_named("特种作业证"), kind_named("特种设备作业人员证")
    for item in ("N1", "n1 叉车司机", "叉车", "N1(叉车司机)"):
        assert equipment_item_warning(special, item) is not None
        assert equipment_item_warning(equipment, item) is None
    assert equipment_item_warning(special, "低压电工作业") is None


def test_kinds_are_found_as_lists_write_them() -> None:
    assert {kind_named(one.label) for one in KINDS} == set(KINDS)
    names = [name for one in KINDS for name in (one.label, *one.spellings)]
    assert len(names) == len(set(names))
    assert all(one.source and (not one.verify or "待核实" in one.source) for one in KINDS)
    special = [one for one in KINDS if needs_re_examination(one)]
    assert [one.label for one in special] == ["特种作业操作证"] and special[0].use is Use.SPECIAL_WORK
    assert kind_named("驾驶证") is None


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 10))
def test_certificate_years_cover_every_day_once(start: date, years: int) -> None:
    end = printed_end(start, years)
    parts = certificate_years(start, end, [], required=24)
    days = [one.first + timedelta(days=n) for one in parts for n in range((one.last - one.first).days + 1)]
    assert days == [start + timedelta(days=n) for n in range((end - start).days + 1)]


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_certificate_never_gets_better_with_time(end: date, today: date) -> None:
    order = list(ExpiryState)
    now, tomorrow = (expiry_state(end, today=one) for one in (today, today + timedelta(days=1)))
    assert order.index(tomorrow) <= order.index(now)
