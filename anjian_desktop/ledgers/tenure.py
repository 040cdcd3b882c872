"""任职记录和曾用名: who held a role in a unit before and what it was called, from which day to which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from anjian_desktop.domain.kinds import UNIT_ROLES
from anjian_desktop.ledgers.base import Base, FollowedChange

TERM, FORMER_NAME = "term", "former_name_term"
"""What a unit's history calls a term of office put right, and a former name."""
_TODAY = "today"
_CHUNK = 500


class Tenure(Base):
    """An earlier holder of a role; the present one stands in the unit's own fields, which the rows here follow."""

    __tablename__ = "tenure"
    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    """A key of domain.kinds.UNIT_ROLES."""
    name: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str | None] = mapped_column(String(60))
    from_on: Mapped[date | None] = mapped_column()
    """None: since before the office knew."""
    to_on: Mapped[date] = mapped_column()


class FormerName(Base):
    """What a unit was called before; the present name stands in its own field."""

    __tablename__ = "former_name"
    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    from_on: Mapped[date | None] = mapped_column()
    to_on: Mapped[date] = mapped_column()
    """The last day it was called so."""


def date_changes(session: Session, today: date) -> None:
    """Changes of persons in this session date from that day, where the clerk gives no other."""
    session.info[_TODAY] = today


def follow_persons(session: Session, changes: Sequence[FollowedChange], now: datetime) -> None:
    """Put those who left a role in these changes among the earlier ones, or take them out when they came back at once."""
    left = [one for one in changes if not one.is_new and one.values.keys() & UNIT_ROLES.keys()]
    if not left:
        return
    today = session.info.get(_TODAY) or now.date()
    earlier = _earlier(session, (one.row_id for one in left))
    for change in left:
        for role in UNIT_ROLES.keys() & change.values.keys():
            old, new = change.values[role]
            if old == new or not old:
                continue
            last = earlier.get((change.row_id, role))
            since = change.values.get("principal_since") if role == "principal" else None
            if last is not None and last.name == new and _comes_back(last, since, today):
                session.delete(last)
                continue
            began: date | None = since[0] if since is not None else None
            if began is None and last is not None:
                began = last.to_on + timedelta(days=1)
            ended = (since[1] if since is not None and since[1] is not None else today) - timedelta(days=1)
            if began is None or began <= ended:
                phone = change.values.get(f"{role}_phone", (None, None))[0]
                session.add(
                    Tenure(organization_id=change.row_id, role=role, name=old, phone=phone, from_on=began, to_on=ended)
                )
    session.flush()


def _comes_back(last: Tenure, since: tuple[Any, Any] | None, today: date) -> bool:
    """Whether the earlier holder's return is a change taken back rather than a new term."""
    return last.to_on >= today - timedelta(days=1) or (since is not None and since[1] == last.from_on)


def _earlier(session: Session, unit_ids: Iterable[int]) -> dict[tuple[int, str], Tenure]:
    """The last earlier holder by unit and role."""
    wanted = sorted(set(unit_ids))
    found: dict[tuple[int, str], Tenure] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = select(Tenure).where(Tenure.organization_id.in_(wanted[start : start + _CHUNK]))
        found.update({(one.organization_id, one.role): one for one in session.scalars(query.order_by(Tenure.to_on))})
    return found
