"""Marks a row carries in lists: 需重签 on a unit, 逾期 on an agreement; computed, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import ACTIVE, HAS_BEEN_ISSUED, State
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.services.office_profile import read_profile

RE_SIGN = "re_sign"
"""The roster differs from what was issued and is still in force."""
OVERDUE = "overdue"
"""Not signed and the deadline is past."""

MARK_LABELS = {RE_SIGN: "需重签", OVERDUE: "逾期", "retired": "已移到回收站"}


def marks_of(
    session: Session, ledger: type[Ledger], row_ids: Sequence[int], *, today: date
) -> dict[int, frozenset[str]]:
    """The marks of these rows; rows without one are left out."""
    marked: dict[int, set[str]] = {}
    for mark in _marks_for(ledger):
        for start in range(0, len(row_ids), 500):
            chunk = row_ids[start : start + 500]
            for found in session.scalars(
                select(ledger.id).where(ledger.id.in_(chunk), ledger.id.in_(_marked(session, ledger, mark, today)))
            ):
                marked.setdefault(found, set()).add(mark)
    return {one: frozenset(marks) for one, marks in marked.items()}


def ids_marked(session: Session, ledger: type[Ledger], mark: str, *, today: date) -> Select[int]:
    """A query for the ids of all rows with that mark."""
    return (
        _marked(session, ledger, mark, today) if mark in _marks_for(ledger) else select(ledger.id).where(ledger.id < 0)
    )


def _marks_for(ledger: type[Ledger]) -> tuple[str, ...]:
    if issubclass(ledger, Organization):
        return (RE_SIGN,)
    return (RE_SIGN, OVERDUE) if ledger is Agreement else ()


def _marked(session: Session, ledger: type[Ledger], mark: str, today: date) -> Select[int]:
    if mark == OVERDUE:
        waiting = [State.DRAFTED.value, State.ISSUED.value]
        return select(Agreement.id).where(Agreement.state.in_(waiting), Agreement.deadline < today)
    renamed = Agreement.issued_name != Organization.name
    if read_profile(session).leader_change != "自动承继":
        renamed |= Agreement.issued_principal.is_not(None) & (Agreement.issued_principal != Organization.principal)
    differs = (
        select(Agreement.id, Agreement.organization_id)
        .join(Organization, Organization.id == Agreement.organization_id)
        .where(
            Agreement.state.in_([s.value for s in HAS_BEEN_ISSUED & ACTIVE]),
            Agreement.retired_at.is_(None),
            Agreement.period_to >= today,
            renamed,
        )
        .subquery()
    )
    return select(differs.c.id if ledger is Agreement else differs.c.organization_id)
