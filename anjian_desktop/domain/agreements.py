"""A responsibility agreement's states, periods and what makes it due; pure rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from anjian_desktop.domain.kinds import IN_OPERATION


class State(StrEnum):
    """The seven stored states and nothing else; in force, expired, overdue are computed."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    SIGNED = "signed"
    ARCHIVED = "archived"
    SUPERSEDED = "superseded"
    VOID = "void"
    TERMINATED = "terminated"


STATE_LABELS = {
    State.DRAFTED: "草稿",
    State.ISSUED: "已打印",
    State.SIGNED: "已签",
    State.ARCHIVED: "已归档",
    State.SUPERSEDED: "已被替代",
    State.VOID: "已作废",
    State.TERMINATED: "提前终止",
}

ACTIVE = frozenset({State.DRAFTED, State.ISSUED, State.SIGNED, State.ARCHIVED})
"""A unit with an agreement in one of these is not drafted again."""

HAS_BEEN_ISSUED = frozenset({State.ISSUED, State.SIGNED, State.ARCHIVED})
HAS_BEEN_SIGNED = frozenset({State.SIGNED, State.ARCHIVED})


@dataclass(frozen=True)
class AgreementKind:
    """A kind of agreement (domain report 2.1): code, who signs it, its title and template."""

    code: str
    label: str
    party: str
    """The ledger whose units sign it."""
    group: str


KINDS: Mapping[str, AgreementKind] = {
    kind.code: kind
    for kind in (
        AgreementKind("Z1", "村（社区）安全生产责任书", "village", "village"),
        AgreementKind("Z3", "部门（站所）安全生产责任书", "department", "department"),
        AgreementKind("Z5", "企业安全生产责任书", "enterprise", "enterprise"),
    )
}
GROUPS: Mapping[str, tuple[str, ...]] = {"village": ("Z1",), "department": ("Z3",), "enterprise": ("Z5",)}
"""What a group drafts: one agreement a unit, the first kind that fits."""


def calendar_year(year: int) -> tuple[date, date]:
    """The default period of validity: 1 January to 31 December."""
    return date(year, 1, 1), date(year, 12, 31)


def signing_problem(*, state: State, issued_on: date | None, on: date, today: date) -> str | None:
    """Why an agreement cannot be registered as signed on `on`; None when it can."""
    if state is State.DRAFTED or issued_on is None:
        return "还是草稿，没有编号；请先打印"
    if state in HAS_BEEN_SIGNED:
        return "已经登记过签订"
    if state is not State.ISSUED:
        return f"{STATE_LABELS[state]}，不能签订"
    if on < issued_on:
        return f"签订日期 {on} 早于打印日期 {issued_on}"
    if on > today:
        return f"签订日期 {on} 在今天 {today} 之后"
    return None


def reference_day(deadline: date, today: date) -> date:
    """The day on which units are counted as due: the deadline, or today before it."""
    return min(deadline, today)


def is_due(*, status: str | None, status_changed_on: date | None, established_on: date | None, day: date) -> bool:
    """Whether a unit in the roster owes an agreement on the reference `day`: 在营 then and founded by then.

    `status` is today's; `status_changed_on` the day it began (None: it has always been so). None as status: a village or
    department, always due.
    """
    if established_on is not None and established_on > day:
        return False
    if status is None:
        return True
    began = status_changed_on is None or status_changed_on <= day
    return began if status == IN_OPERATION else not began


def changed_since_issue(snapshot: Mapping[str, str], current: Mapping[str, str], watched: tuple[str, ...]) -> list[str]:
    """The watched placeholders whose value in the roster now differs from what was issued: 需重签."""
    return [name for name in watched if snapshot.get(name, "") != current.get(name, "")]
