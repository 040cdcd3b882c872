"""When an agreement can be signed, what makes it due, what makes it stale."""

from __future__ import annotations

from datetime import date

import pytest

from anjian_desktop.domain.agreements import State, calendar_year, changed_since_issue, reference_day, signing_problem

TODAY = date(2026, 3, 20)
ISSUED = date(2026, 3, 1)


def test_an_issued_agreement_can_be_signed_from_its_issue_until_today() -> None:
    for on in (ISSUED, TODAY):
        assert signing_problem(state=State.ISSUED, issued_on=ISSUED, on=on, today=TODAY) is None


@pytest.mark.parametrize(
    ("state", "issued_on", "on", "problem"),
    [
        (State.DRAFTED, None, TODAY, "草稿"),
        (State.SIGNED, ISSUED, TODAY, "已经登记过"),
        (State.ARCHIVED, ISSUED, TODAY, "已经登记过"),
        (State.VOID, ISSUED, TODAY, "已作废"),
        (State.SUPERSEDED, ISSUED, TODAY, "已被替代"),
        (State.ISSUED, ISSUED, date(2026, 2, 28), "早于打印日期"),
        (State.ISSUED, ISSUED, date(2026, 3, 21), "之后"),
    ],
)
def test_what_cannot_be_signed_is_told(state: State, issued_on: date | None, on: date, problem: str) -> None:
    assert problem in (signing_problem(state=state, issued_on=issued_on, on=on, today=TODAY) or "")


def test_units_are_counted_on_the_deadline_or_today_before_it() -> None:
    assert reference_day(date(2026, 3, 31), TODAY) == TODAY
    assert reference_day(date(2026, 3, 31), date(2026, 5, 1)) == date(2026, 3, 31)


def test_the_default_period_is_the_calendar_year() -> None:
    assert calendar_year(2026) == (date(2026, 1, 1), date(2026, 12, 31))


def test_a_changed_leader_is_noticed_and_nothing_else() -> None:
    snapshot = {"乙方负责人": "示例甲", "地址": "东街1号", "编号": "1"}
    current = {"乙方负责人": "示例乙", "地址": "东街1号", "编号": "2"}
    assert changed_since_issue(snapshot, current, ("乙方负责人", "地址")) == ["乙方负责人"]
