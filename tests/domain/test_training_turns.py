"""A standing kept for some days is the same on each of them, and the day after it may be another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.domain.certificate_kinds import kind_named
from anjian_desktop.domain.certificate_rules import is_lapsed, needs_re_examination
from anjian_desktop.domain.training import Level, Role
from anjian_desktop.domain.training_rules import Attended, Person, Rules, exam_deadline, standing
from anjian_desktop.domain.training_turns import certificate_turns, holds

TODAY = date(2026, 11, 23)
days = st.dates(date(2022, 1, 1), date(2027, 12, 31))
some_day = st.none() | days


@st.composite
def held(draw: st.DrawFn) -> tuple[date | None, date | None, date | None]:
    """A certificate for special work: begun, re-examined, last day."""
    return draw(some_day), draw(some_day), draw(some_day)


def valid(paper: tuple[date | None, date | None, date | None], today: date) -> bool:
    begun, again, end = paper
    kind = kind_named("特种作业操作证")
    lapsed = needs_re_examination(kind) and begun is not None and is_lapsed(begun, again, today=today)
    return not lapsed and (end is None or end >= today)


@given(
    st.sampled_from(Role), st.booleans(), some_day, st.lists(st.tuples(st.sampled_from(Level), days), max_size=4),
    st.lists(held(), max_size=2), st.integers(-900, 900),
)  # fmt: skip
def test_on_every_day_it_holds_the_standing_is_the_same(
    role: Role, hazardous: bool, hired: date | None, taken: list[tuple[Level, date]],
    papers: list[tuple[date | None, date | None, date | None]], away: int,
) -> None:  # fmt: skip
    kind = kind_named("特种作业操作证")
    turns = [
        turn for begun, again, end in papers
        for turn in certificate_turns(kind, begun=begun, re_examined_on=again, ends_on=end)
    ]  # fmt: skip
    records = [Attended(level, day, day, 16) for level, day in taken]

    def person(today: date) -> Person:
        flags = frozenset({"煤矿"} if hazardous else ())
        return Person(
            role, special_work=True, flags=flags, hired_on=hired, certified=any(valid(one, today) for one in papers)
        )

    first, last = holds(person(TODAY), turns, today=TODAY)
    assert first <= TODAY <= last
    day = min(max(TODAY + timedelta(days=away), first), last)
    now = standing(person(TODAY), records, Rules(), today=TODAY)
    then = standing(person(day), records, Rules(), today=day)
    assert replace(then, earliest_finish=None) == replace(now, earliest_finish=None)


def test_a_new_year_the_end_of_a_certificate_and_of_six_months_are_turns() -> None:
    manager = Person(Role.PRINCIPAL, flags=frozenset({"煤矿"}), hired_on=date(2026, 8, 31))
    assert exam_deadline(date(2026, 8, 31)) == date(2027, 2, 28)
    assert holds(manager, (), today=TODAY) == (date(2026, 1, 1), date(2026, 12, 31))
    assert holds(manager, (), today=date(2027, 3, 1))[0] == date(2027, 3, 1)
    kind = kind_named("特种作业操作证")
    turns = certificate_turns(kind, begun=date(2023, 3, 1), re_examined_on=None, ends_on=date(2029, 2, 28))
    assert turns == [date(2029, 3, 1), date(2026, 3, 1)]
    assert certificate_turns(kind, begun=date(2023, 8, 1), re_examined_on=None, ends_on=None) == []
