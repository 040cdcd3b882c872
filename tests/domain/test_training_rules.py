"""T1, T3, T5–T10, T12–T14, T16–T19 as the law's tables give them, and what must hold for any records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.domain.dates import add_months, add_years, full_years, weekdays_from
from anjian_desktop.domain.province_profiles import NATIONAL, SHANDONG
from anjian_desktop.domain.rates import percent, show_percent
from anjian_desktop.domain.training import Level, Role, halves, hours_text
from anjian_desktop.domain.training_hours import required_annual, required_initial
from anjian_desktop.domain.training_plausibility import Stretch, all_marks_equal, day_excess, training_days
from anjian_desktop.domain.training_rules import (
    Attended,
    Person,
    Rules,
    apprenticeship_end,
    earliest_finish,
    exam_deadline,
    standing,
    was_off_too_long,
)

TODAY = date(2026, 11, 23)
COMPANY, WORKSHOP, TEAM = Level.COMPANY, Level.WORKSHOP, Level.TEAM
FIVE = frozenset({"危险化学品"})


def day(text: str) -> date:
    return date.fromisoformat(text)


def took(
    level: Level, start: str, hours: str, end: str | None = None, passed: bool | None = True, **more: object
) -> Attended:
    return Attended(level, day(start), day(end or start), halves(Decimal(hours)), passed, **more)  # type: ignore[arg-type]


GOOD = (took(COMPANY, "2026-03-02", "8"), took(WORKSHOP, "2026-03-03", "8"), took(TEAM, "2026-03-04", "8"))


def years_before(records: tuple[Attended, ...], years: int) -> tuple[Attended, ...]:
    return tuple(
        replace(one, started_on=add_years(one.started_on, -years), ended_on=add_years(one.ended_on, -years))
        for one in records
    )


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2008-11-23", "2026-11-23", 18),
        ("2008-11-24", "2026-11-23", 17),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("1985-03-12", "2026-11-23", 41),
    ],
)
def test_t1_a_year_of_age_is_reached_on_the_birthday(born: str, on: str, years: int) -> None:
    assert full_years(day(born), day(on)) == years


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-03-02", 2, "2026-05-02"),
        ("2027-06-30", -3, "2027-03-30"),
        ("2026-12-15", -1, "2026-11-15"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2026-01-31", -2, "2025-11-30"),
    ],
)
def test_t3_months_end_on_the_same_day_or_the_months_last(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


def test_t5_23_and_a_half_hours_are_not_enough_and_24_are() -> None:
    short = standing(Person(), (*GOOD[:2], took(TEAM, "2026-03-04", "7.5")), Rules(), today=TODAY)
    assert (short.half_hours, short.required, short.fit) == (47, 48, False)
    assert [(one.rule, one.half_hours) for one in short.problems] == [("T5", 1)]
    more = (*GOOD[:2], took(TEAM, "2026-03-04", "7.5"), took(TEAM, "2026-03-05", "0.5"))
    full = standing(Person(), more, Rules(), today=TODAY)
    assert (full.half_hours, full.fit, full.lacks, full.problems) == (48, True, False, ())


@pytest.mark.parametrize("text", ["7.3", "0.25", "8.49"])
def test_t5_hours_come_in_halves_only(text: str) -> None:
    with pytest.raises(ValueError, match=r"0\.5"):
        halves(Decimal(text))


@pytest.mark.parametrize(
    ("role", "flags", "initial", "annual"),
    [
        (Role.WORKER, (), "24", None),
        (Role.SPECIAL, (), "24", None),
        (Role.WORKER, ("危险化学品",), "72", "20"),
        (Role.WORKER, ("粉尘涉爆", "加油站"), "24", None),
        (Role.WORKER, ("粉尘涉爆", "金属冶炼"), "72", "20"),
        (Role.PRINCIPAL, (), "32", "12"),
        (Role.SAFETY_OFFICER, (), "32", "12"),
        (Role.PRINCIPAL, ("煤矿",), "48", "16"),
        (Role.SAFETY_OFFICER, ("烟花爆竹", "建筑施工"), "48", "16"),
        (Role.PRINCIPAL, ("建筑施工",), "32", "12"),
    ],
)
def test_t6_hours_follow_role_and_sector_and_the_largest_counts(
    role: Role, flags: tuple[str, ...], initial: str, annual: str | None
) -> None:
    assert hours_text(required_initial(role, frozenset(flags), on=TODAY)) == initial
    needed = required_annual(role, frozenset(flags), on=TODAY)
    assert (hours_text(needed) if needed else None) == annual


@pytest.mark.parametrize(
    ("stretches", "over"),
    [
        ([("2026-03-02", "2026-03-02", 144)], 128),
        ([("2026-03-02", "2026-03-02", 16)], None),
        ([("2026-03-02", "2026-03-02", 16)] * 9, 128),
        ([("2026-03-02", "2026-03-10", 144)], None),
        ([("2026-03-02", "2026-03-10", 145)], 1),
        ([("2026-03-02", "2026-03-03", 24), ("2026-03-03", "2026-03-04", 24)], None),
        ([("2026-03-02", "2026-03-03", 25), ("2026-03-03", "2026-03-04", 24)], 1),
        ([], None),
    ],
)
def test_t7_no_day_holds_more_than_its_cap(stretches: list[tuple[str, str, int]], over: int | None) -> None:
    excess = day_excess([Stretch(day(a), day(b), n) for a, b, n in stretches], day_cap=16)
    assert (excess.over if excess else None) == over


def test_t7_seventy_two_hours_in_a_day_are_told_with_64_too_many() -> None:
    records = [took(level, "2026-03-02", "24") for level in (COMPANY, WORKSHOP, TEAM)]
    told = standing(Person(flags=FIVE), records, Rules(), today=day("2026-03-10"))
    (problem,) = [one for one in told.problems if one.rule == "T7"]
    assert (problem.severity, problem.half_hours, told.fit) == ("error", 128, False)
    assert "64" in problem.text


@pytest.mark.parametrize(
    ("hours", "start", "end"),
    [
        (72, "2026-03-02", "2026-03-12"),
        (24, "2026-03-02", "2026-03-04"),
        (8, "2026-03-06", "2026-03-06"),
        (8, "2026-03-07", "2026-03-09"),
        (16, "2026-03-06", "2026-03-09"),
        (1, "2026-03-08", "2026-03-09"),
    ],
)
def test_t8_the_earliest_finish_counts_weekdays(hours: int, start: str, end: str) -> None:
    assert earliest_finish(hours * 2, 16, start=day(start)) == day(end)


def test_t8_nine_days_for_72_hours() -> None:
    assert training_days(144, day_cap=16) == 9


def test_t9_the_levels_come_in_order_and_an_equal_day_is_allowed() -> None:
    wrong = (took(WORKSHOP, "2026-03-03", "8"), took(COMPANY, "2026-03-04", "8"), took(TEAM, "2026-03-05", "8"))
    told = standing(Person(), wrong, Rules(), today=TODAY)
    assert [one.rule for one in told.problems] == ["T9"] and not told.fit and told.missing_levels == ()
    right = (wrong[0], took(COMPANY, "2026-03-02", "8"), wrong[2])
    assert standing(Person(), right, Rules(), today=TODAY).fit
    same_day = (
        took(COMPANY, "2026-03-02", "8", end="2026-03-04"),
        took(WORKSHOP, "2026-03-04", "8", end="2026-03-05"),
        took(TEAM, "2026-03-05", "8", end="2026-03-06"),
    )
    assert standing(Person(), same_day, Rules(), today=TODAY).fit


def test_t9_nobody_starts_work_before_the_last_level_is_passed() -> None:
    early = (*GOOD[:2], replace(GOOD[2], post_on=day("2026-03-03")))
    assert [one.rule for one in standing(Person(), early, Rules(), today=TODAY).problems] == ["T9"]
    on_time = (*GOOD[:2], replace(GOOD[2], post_on=day("2026-03-04")))
    assert standing(Person(), on_time, Rules(), today=TODAY).problems == ()


def test_a_level_that_was_failed_or_not_examined_is_missing_until_it_is_passed() -> None:
    for outcome in (False, None):
        told = standing(Person(), (*GOOD[:2], replace(GOOD[2], passed=outcome)), Rules(), today=TODAY)
        assert (told.missing_levels, told.fit, told.half_hours) == ((TEAM,), False, 48)
    retaken = (*GOOD[:2], replace(GOOD[2], passed=False), took(TEAM, "2026-03-06", "0.5"))
    assert standing(Person(), retaken, Rules(), today=TODAY).fit


def test_workshop_and_team_level_given_as_one_count_as_both_where_the_office_says_so() -> None:
    merged = (took(COMPANY, "2026-03-02", "8"), took(TEAM, "2026-03-03", "16", end="2026-03-04"))
    assert standing(Person(), merged, Rules(), today=TODAY).missing_levels == (WORKSHOP,)
    told = standing(Person(), merged, Rules(levels_merged=True), today=TODAY)
    assert told.missing_levels == () and told.fit


@pytest.mark.parametrize(
    ("returned", "profile", "again"),
    [
        ("2026-06-09", NATIONAL, False),
        ("2026-06-10", NATIONAL, True),
        ("2025-12-09", SHANDONG, False),
        ("2025-12-10", SHANDONG, True),
    ],
)
def test_t10_after_a_year_off_the_post_two_levels_are_due_again(returned: str, profile: object, again: bool) -> None:
    off = day("2025-06-10")
    assert was_off_too_long(off, day(returned), profile) is again  # type: ignore[arg-type]
    person = Person(last_work_day=off, returned_on=day(returned))
    long_ago = years_before(GOOD, 6)
    told = standing(person, long_ago, Rules(profile=profile), today=TODAY)  # type: ignore[arg-type]
    assert [one.level for one in told.tasks] == ([WORKSHOP, TEAM] if again else [])
    assert told.fit is not again


def test_t10_training_after_the_absence_settles_it() -> None:
    person = Person(last_work_day=day("2025-06-10"), returned_on=day("2026-06-10"))
    old = years_before(GOOD, 6)
    done = (*old, took(WORKSHOP, "2026-06-10", "4"), took(TEAM, "2026-06-11", "4"))
    assert standing(person, done, Rules(), today=TODAY).tasks == ()
    assert standing(person, (*old, took(Level.RETURN, "2026-06-10", "8")), Rules(), today=TODAY).tasks == ()


def test_a_change_of_post_makes_two_levels_due_again() -> None:
    person = Person(transferred_on=day("2026-08-01"))
    assert [one.rule for one in standing(person, GOOD, Rules(), today=TODAY).tasks] == ["T10", "T10"]
    done = (*GOOD, took(Level.TRANSFER, "2026-07-30", "8"))
    assert standing(person, done, Rules(), today=TODAY).tasks == ()


def test_training_of_another_unit_does_not_count_for_the_three_levels() -> None:
    elsewhere = tuple(replace(one, unit=1) for one in GOOD)
    told = standing(Person(unit=2), elsewhere, Rules(), today=TODAY)
    assert told.missing_levels == (COMPANY, WORKSHOP, TEAM) and told.half_hours == 0


def test_t12_managers_pass_the_exam_within_six_months() -> None:
    assert exam_deadline(day("2026-08-31")) == day("2027-02-28")
    manager = Person(role=Role.PRINCIPAL, flags=FIVE, hired_on=day("2026-08-31"))
    training = (took(Level.OUTSIDE, "2026-09-01", "48", end="2026-09-07"),)
    before = standing(manager, training, Rules(), today=day("2027-02-28"))
    after = standing(manager, training, Rules(), today=day("2027-03-01"))
    assert [one.severity for one in before.problems if one.rule == "T12"] == ["warning"]
    assert [one.severity for one in after.problems if one.rule == "T12"] == ["error"]
    certified = standing(replace(manager, manager_certified=True), training, Rules(), today=TODAY)
    assert [one.rule for one in certified.problems] == []
    elsewhere = standing(replace(manager, flags=frozenset()), training, Rules(), today=day("2027-03-01"))
    assert "T12" not in [one.rule for one in elsewhere.problems]


def test_t13_yearly_hours_are_due_from_the_second_year_on() -> None:
    first = tuple(replace(one, half_hours=48) for one in years_before(GOOD, 1))
    person = Person(flags=FIVE)
    told = standing(person, first, Rules(day_cap=48), today=TODAY)
    assert told.missing_levels[-1:] == (Level.RETRAINING,)
    assert [one.half_hours for one in told.problems if one.rule == "T13"] == [40]
    enough = (*first, took(Level.RETRAINING, "2026-05-04", "20", end="2026-05-06"))
    assert Level.RETRAINING not in standing(person, enough, Rules(day_cap=48), today=TODAY).missing_levels
    assert Level.RETRAINING not in standing(person, first, Rules(day_cap=48), today=day("2025-12-31")).missing_levels
    assert "T13" not in [one.rule for one in standing(Person(), first, Rules(day_cap=48), today=TODAY).problems]


def test_t14_an_apprenticeship_lasts_two_months() -> None:
    assert apprenticeship_end(day("2026-03-02")) == day("2026-05-02")


def test_t15_special_work_without_a_certificate_is_told_but_not_judged() -> None:
    told = standing(Person(special_work=True), GOOD, Rules(), today=TODAY)
    assert [(one.rule, one.severity) for one in told.problems] == [("T15", "error")] and not told.fit
    assert standing(Person(special_work=True, certified=True), GOOD, Rules(), today=TODAY).fit


@pytest.mark.parametrize(
    ("marks", "odd"),
    [
        ([100] * 10, True),
        ([100] * 9, False),
        ([100] * 9 + [99], False),
        ([None] * 12, False),
        ([90] * 12 + [None], True),
    ],
)
def test_t16_ten_equal_marks_are_worth_a_question(marks: list[int | None], odd: bool) -> None:
    assert all_marks_equal(marks) is odd


def test_t17_and_t19_rates_round_half_up_and_nothing_due_is_no_rate() -> None:
    assert percent(46, 48) == 95.8
    assert percent(0, 0) is None and show_percent(None) == "—"


# -- for any records -----------------------------------------------------------------------------------------------

records = st.builds(
    lambda level, start, days, half_hours, passed: Attended(
        level,
        date(2025, 1, 1) + timedelta(days=start),
        date(2025, 1, 1) + timedelta(days=start + days),
        half_hours,
        passed,
    ),
    st.sampled_from(Level),
    st.integers(0, 600),
    st.integers(0, 10),
    st.integers(1, 60),
    st.sampled_from([True, False, None]),
)
persons = st.builds(
    Person,
    role=st.sampled_from(Role),
    special_work=st.booleans(),
    flags=st.sets(st.sampled_from(["危险化学品", "煤矿", "粉尘涉爆"])).map(frozenset),
    hired_on=st.none() | st.just(date(2025, 1, 1)),
    last_work_day=st.none() | st.just(date(2025, 1, 10)),
    returned_on=st.none() | st.just(date(2026, 3, 1)),
    certified=st.booleans(),
)


@given(persons, st.lists(records, max_size=7), st.randoms())
def test_the_order_of_entry_does_not_matter(person: Person, taken: list[Attended], chance: object) -> None:
    shuffled = list(taken)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing(person, taken, Rules(), today=TODAY) == standing(person, shuffled, Rules(), today=TODAY)


@given(persons, st.lists(records, min_size=1, max_size=7), st.data())
def test_an_hour_more_never_makes_anybody_lack_more(person: Person, taken: list[Attended], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(taken) - 1))
    more = [replace(one, half_hours=one.half_hours + 2) if n == place else one for n, one in enumerate(taken)]
    before, after = (standing(person, some, Rules(), today=TODAY) for some in (taken, more))
    assert set(after.missing_levels) - {Level.RETRAINING} <= set(before.missing_levels)
    assert max(0, after.required - after.half_hours) <= max(0, before.required - before.half_hours)
    if before.finished_on is not None:
        assert after.finished_on is not None


@given(persons, st.lists(records, max_size=6), records)
def test_a_passed_training_more_never_makes_a_level_missing(
    person: Person, taken: list[Attended], one: Attended
) -> None:
    before = standing(person, taken, Rules(), today=TODAY)
    after = standing(person, [*taken, replace(one, passed=True)], Rules(), today=TODAY)
    assert set(after.missing_levels) - {Level.RETRAINING} <= set(before.missing_levels)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5), st.integers(1, 40)), max_size=6), st.integers(1, 24))
def test_t7_finds_exactly_what_no_plan_of_days_can_hold(spans: list[tuple[int, int, int]], cap: int) -> None:
    """Against a greedy plan: each day takes what must be over soonest."""
    base = date(2026, 3, 1)
    stretches = [Stretch(base + timedelta(days=a), base + timedelta(days=a + n), hours) for a, n, hours in spans]
    left = {n: one.half_hours for n, one in enumerate(stretches)}
    for offset in range(30):
        today, room = base + timedelta(days=offset), cap
        for n in sorted(left, key=lambda n: stretches[n].last):
            if stretches[n].first <= today <= stretches[n].last:
                used = min(room, left[n])
                left[n] -= used
                room -= used
    assert (day_excess(stretches, day_cap=cap) is not None) == any(left.values())


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_weekdays_are_counted_as_on_a_calendar(start: date, count: int) -> None:
    days = [start + timedelta(days=n) for n in range(80)]
    assert weekdays_from(start, count) == [one for one in days if one.weekday() < 5][count - 1]
