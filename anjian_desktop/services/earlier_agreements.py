"""Agreements made by hand in earlier years, or before this program: known by the number on the paper, entered as signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import GROUPS, KINDS, State, calendar_year
from anjian_desktop.domain.numbering import agreement_number
from anjian_desktop.domain.text import name_key
from anjian_desktop.ledgers.agreement import Agreement, Campaign, NumberCounter
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.services.office_profile import OfficeProfile
from anjian_desktop.storage.transaction import Transaction

BY_HAND = "手工编号"
"""Stands as the template of an agreement this program never printed."""

_ENDED = (State.VOID.value, State.TERMINATED.value, State.SUPERSEDED.value)


@dataclass(frozen=True)
class EarlierAgreement:
    """What a row says of an agreement the store does not know: its number, its unit, when and by whom it was signed."""

    prefix: str
    number_year: int
    n: int
    year: int
    kind: str
    organization_id: int
    signed_on: date
    signed_by: str | None


class EarlierDesk:
    """Finds the unit of a row and says what keeps it out; reads the store once."""

    def __init__(self, session: Session) -> None:
        self._units: dict[str, list[Organization]] = {}
        for unit in session.scalars(select(Organization).where(Organization.retired_at.is_(None))):
            self._units.setdefault(unit.name_key, []).append(unit)
        wanted = select(Agreement.organization_id, Agreement.year, Agreement.kind).where(
            Agreement.state.not_in(_ENDED), Agreement.retired_at.is_(None)
        )
        self._taken: set[tuple[int, int, str]] = {(unit, year, kind) for unit, year, kind in session.execute(wanted)}

    def judge(
        self, values: Mapping[str, object], number: tuple[str, int, int]
    ) -> tuple[EarlierAgreement | None, str, str]:
        """The agreement to make; else the column that is wrong and why."""
        name = str(values.get("organization") or "")
        if not name:
            return None, "number", "没有这个编号的责任书；以前手工编号的，请加一列“单位名称”"
        units = self._units.get(name_key(name), [])
        if len(units) != 1:
            return None, "organization", "名册里没有这个单位" if not units else f"名册里有{len(units)}个同名单位"
        (unit,) = units
        prefix, number_year, n = number
        typed = values.get("year")
        year = typed if isinstance(typed, int) else number_year
        kind = str(values.get("kind") or "") or GROUPS[unit.kind][0]
        if KINDS[kind].party != unit.kind:
            return None, "kind", f"{KINDS[kind].label}不是{name}这类单位签的"
        if (unit.id, year, kind) in self._taken:
            return None, "organization", f"这个单位{year}年已有一份{KINDS[kind].label}"
        self._taken.add((unit.id, year, kind))
        signed_on = values["signed_on"]
        assert isinstance(signed_on, date)
        by = values.get("signed_by")
        return EarlierAgreement(prefix, number_year, n, year, kind, unit.id, signed_on, str(by) if by else None), "", ""


def add_earlier(tx: Transaction, profile: OfficeProfile, found: EarlierAgreement, *, copies: int) -> int:
    """Enter one as signed; the counter passes its number if it has not yet, and never goes back. Gives its id."""
    unit = tx.get(Organization, found.organization_id)
    number = agreement_number(found.prefix, found.number_year, found.n)
    first, last = calendar_year(found.year)
    made = tx.add(
        Agreement,
        {
            "number": number, "number_prefix": found.prefix, "number_year": found.number_year, "number_n": found.n,
            "year": found.year, "kind": found.kind, "organization_id": unit.id, "state": State.SIGNED.value,
            "period_from": first, "period_to": last, "copies": copies, "deadline": profile.deadline_in(found.year),
            "template": BY_HAND, "drafted_on": found.signed_on, "issued_on": found.signed_on, "signed_on": found.signed_on,
            "signed_by": found.signed_by, "snapshot": {"编号": number, "单位名称": unit.name, "年度": str(found.year)},
            "issued_name": unit.name, "issued_principal": found.signed_by or getattr(unit, "principal", None),
        },
    )  # fmt: skip
    counter = tx.session.get(NumberCounter, (found.prefix, found.number_year))
    if counter is None:
        tx.session.add(NumberCounter(prefix=found.prefix, year=found.number_year, next_n=found.n + 1))
    elif counter.next_n <= found.n:
        counter.next_n = found.n + 1
    campaign = select(Campaign.id).where(Campaign.year == found.year, Campaign.kind == found.kind)
    if tx.session.scalar(campaign) is None:
        tx.session.add(Campaign(year=found.year, kind=found.kind, deadline=profile.deadline_in(found.year)))
    tx.session.flush()
    return made.id
