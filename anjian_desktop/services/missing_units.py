"""Units of the store that this year's file does not name: listed, and what became of them written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import Ledger, field_of, fields_of
from anjian_desktop.ledgers.fields import Kind
from anjian_desktop.ledgers.tenure import date_changes
from anjian_desktop.services import records
from anjian_desktop.services.acts import Act
from anjian_desktop.services.browse import link_target, title_column
from anjian_desktop.services.office import Office
from anjian_desktop.services.roster_reading import RosterPlan
from anjian_desktop.services.roster_store import importable
from anjian_desktop.storage.changes import Change

KEPT = "保留"
RETIRED = "移入回收站"
_BECAME = ("注销", "停业", "停产", "迁出")
_GONE = frozenset({"注销", "迁出"})
"""States whose units this year's file need not name."""


@dataclass(frozen=True)
class MissingUnit:
    """A unit in use that the file does not name."""

    id: int
    name: str
    place: str
    status: str


def missing_units(office: Office, roster: RosterPlan) -> list[MissingUnit]:
    """The store's units that the file does not name, by place and name; those already 注销 or 迁出 are left out.

    A list of persons is one enterprise's or one class's: nobody else is missing from it.
    """
    if roster.listed is not None:
        return []
    ledger = importable(roster.ledger)
    status = field_of(ledger, "status")
    place = next((one for one in fields_of(ledger) if one.kind is Kind.LINK), None)
    wanted = set(roster.plan.missing)
    with office.db.reading() as session:
        places: dict[int, str] = {}
        if place is not None:
            target = link_target(place.link)
            pairs = session.execute(select(target.id, title_column(target)))
            places = dict(pairs.all())
        units = []
        for row in session.scalars(select(ledger).where(ledger.retired_at.is_(None)).order_by(ledger.id)):
            state = str(getattr(row, status.column)) if status else ""
            if row.id in wanted and state not in _GONE:
                where = places.get(getattr(row, place.column), "") if place else ""
                units.append(MissingUnit(row.id, str(getattr(row, ledger.about.title)), where or "", state))
    return sorted(units, key=lambda one: (one.place, one.name, one.id))


def missing_choices(kind: str) -> tuple[str, ...]:
    """What can be said of a missing unit of that ledger."""
    status = field_of(importable(kind), "status")
    if status is None:
        return (KEPT, RETIRED)
    return (KEPT, *(word for word in _BECAME if word in status.choices))


def decide_missing(office: Office, kind: str, decisions: Mapping[int, str], *, on: date | None = None) -> Change:
    """Write down what became of units, in one transaction: a state from the day `on` (today) on, or the recycle bin.

    保留 changes nothing. Raises UserError for another word, a day after today, or a unit that is gone; Refused for one
    that something else still needs.
    """
    ledger = importable(kind)
    allowed = missing_choices(kind)
    if wrong := next((word for word in decisions.values() if word not in allowed), None):
        raise UserError(f"不能写“{wrong}”。", next_step=f"可选：{'、'.join(allowed)}。")
    day = on or office.today
    if day > office.today:
        raise UserError("日期不能晚于今天。", next_step="没有改动任何单位。")
    with office.db.transaction(f"登记不在名册的{ledger.about.label}", actor=office.actor) as tx:
        date_changes(tx.session, day)
        for row_id, word in decisions.items():
            row = tx.get(ledger, row_id)
            if word == RETIRED:
                records.refuse_if_needed(tx.session, row)
                tx.retire(row)
            elif word != KEPT:
                tx.change(row, {"status": word, "status_changed_on": day})
        if counted := _counted(decisions.values(), ledger):
            tx.note(counted)
        act = Act(f"登记 {len(decisions)} {ledger.about.counter}不在名册的{ledger.about.label}", tx.row_changes)
    office.acts.remember(act)
    return tx.change_set


def _counted(words: Iterable[str], ledger: type[Ledger]) -> str:
    told = list(words)
    return "，".join(f"{word} {told.count(word)} {ledger.about.counter}" for word in dict.fromkeys(told))
