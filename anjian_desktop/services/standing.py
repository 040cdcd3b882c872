"""Where the year's signing stands: due, drafted, issued, signed, archived; two rates; who is missing; the register of numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import (
    ACTIVE,
    HAS_BEEN_ISSUED,
    HAS_BEEN_SIGNED,
    KINDS,
    AgreementKind,
    State,
    is_due,
    reference_day,
)
from anjian_desktop.domain.rates import percent
from anjian_desktop.ledgers.agreement import Agreement, Campaign
from anjian_desktop.ledgers.organization import Enterprise, Organization
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import OfficeProfile, read_profile


@dataclass(frozen=True)
class UnitStanding:
    """A due unit as it stands; `id`, `number`, `state` are those of its agreement in use, None when it has none."""

    id: int | None
    number: str | None
    name: str
    village: str
    principal: str
    phone: str
    state: str | None
    organization_id: int
    on_time: bool = False
    """It was signed by the deadline (perhaps in a version since superseded)."""


@dataclass(frozen=True)
class KindStatus:
    """The figures of one kind (or of all: kind `total`). Counts are cumulative: archived ⊆ signed ⊆ issued ⊆ drafted."""

    kind: str
    label: str
    due: int
    drafted: int
    issued: int
    signed: int
    archived: int
    on_time: int
    on_time_rate: float | None
    cumulative_rate: float | None
    overdue: int
    left_out: int
    unsigned: tuple[UnitStanding, ...]
    units: tuple[UnitStanding, ...] = ()
    """Every due unit: the rows behind the figures."""


@dataclass(frozen=True)
class YearStatus:
    """The year's figures as of a day, by kind and in total."""

    year: int
    as_of: date
    kinds: tuple[KindStatus, ...]
    total: KindStatus


@dataclass(frozen=True)
class RegisterRow:
    """One number ever taken, whatever became of it."""

    number: str
    n: int
    state: str
    unit: str
    issued_on: date | None
    reason: str | None
    id: int


@dataclass(frozen=True)
class Register:
    """All numbers of a year in order; `gaps` are numbers between the first and the last that are missing."""

    rows: tuple[RegisterRow, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True)
class _Unit:
    id: int
    name: str
    village: str
    principal: str
    phone: str
    status: str | None
    status_changed_on: date | None
    established_on: date | None


def status(office: Office, year: int) -> YearStatus:
    """The standing of a year today; kinds without a campaign in that year are left out."""
    today = office.today
    with office.db.reading() as session:
        profile = read_profile(session)
        deadlines = {
            row.kind: row.deadline
            for row in session.execute(select(Campaign.kind, Campaign.deadline).where(Campaign.year == year))
        }
        kinds = tuple(
            _kind_status(session, kind, year, deadlines[kind.code], today, profile)
            for kind in KINDS.values()
            if kind.code in deadlines
        )
    return YearStatus(year, today, kinds, _total(kinds))


def register(office: Office, year: int) -> Register:
    """The register of a year's numbers; void ones stay in it."""
    with office.db.reading() as session:
        found = session.execute(
            select(Agreement, Organization.name)
            .join(Organization, Organization.id == Agreement.organization_id)
            .where(Agreement.number_year == year)
            .order_by(Agreement.number_prefix, Agreement.number_n)
        ).all()
        rows = tuple(
            RegisterRow(
                one.number or "",
                one.number_n or 0,
                one.state,
                one.issued_name or name,
                one.issued_on,
                one.reason,
                one.id,
            )
            for one, name in found
        )
        by_prefix: dict[str | None, list[int]] = {}
        for one, _ in found:
            by_prefix.setdefault(one.number_prefix, []).append(one.number_n or 0)
    gaps = [n for taken in by_prefix.values() for n in range(taken[0], taken[-1]) if n not in set(taken)]
    return Register(rows, tuple(gaps))


def years(office: Office) -> list[int]:
    """Years that have a campaign, the newest first; this year always among them."""
    with office.db.reading() as session:
        found = set(session.scalars(select(Campaign.year)))
    return sorted(found | {office.today.year}, reverse=True)


def _kind_status(
    session: Session, kind: AgreementKind, year: int, deadline: date, today: date, profile: OfficeProfile
) -> KindStatus:
    day = reference_day(deadline, today)
    units = list(_units(session, kind))
    due = {
        unit.id: unit
        for unit in units
        if is_due(
            status=unit.status,
            status_changed_on=unit.status_changed_on,
            established_on=unit.established_on,
            day=day,
        )
    }
    active: dict[int, Agreement] = {}
    on_time: set[int] = set()
    agreements = (
        select(Agreement)
        .where(Agreement.year == year, Agreement.kind == kind.code, Agreement.retired_at.is_(None))
        .order_by(Agreement.id)
    )
    for one in session.scalars(agreements):
        if one.organization_id not in due:
            continue
        if one.stored_state in ACTIVE:
            active[one.organization_id] = one
        if (
            one.signed_on is not None
            and one.signed_on <= deadline
            and one.stored_state is not State.VOID
            and _counts(one, profile)
        ):
            on_time.add(one.organization_id)
    signed = {unit for unit, one in active.items() if one.stored_state in HAS_BEEN_SIGNED and _counts(one, profile)}
    standing = tuple(_standing(unit, active.get(unit.id), on_time=unit.id in on_time) for unit in due.values())
    missing = tuple(one for one in standing if one.organization_id not in signed)
    return KindStatus(
        kind=kind.code,
        label=kind.label,
        due=len(due),
        drafted=len(active),
        issued=sum(1 for one in active.values() if one.stored_state in HAS_BEEN_ISSUED),
        signed=sum(1 for one in active.values() if one.stored_state in HAS_BEEN_SIGNED),
        archived=sum(1 for one in active.values() if one.stored_state is State.ARCHIVED),
        on_time=len(on_time),
        on_time_rate=percent(len(on_time), len(due)),
        cumulative_rate=percent(len(signed), len(due)),
        overdue=len(missing) if today > deadline else 0,
        left_out=len(units) - len(due),
        unsigned=missing,
        units=standing,
    )


def _counts(agreement: Agreement, profile: OfficeProfile) -> bool:
    """Whether a signed agreement counts: at once, or (setting 归档才计入) when its scan is archived."""
    return not profile.archive_counts or agreement.archived_on is not None


def _standing(unit: _Unit, agreement: Agreement | None, *, on_time: bool) -> UnitStanding:
    return UnitStanding(
        id=agreement.id if agreement else None,
        number=agreement.number if agreement else None,
        name=unit.name,
        village=unit.village,
        principal=unit.principal,
        phone=unit.phone,
        state=agreement.state if agreement else None,
        organization_id=unit.id,
        on_time=on_time,
    )


def _units(session: Session, kind: AgreementKind) -> Iterable[_Unit]:
    villages = {
        row.id: row.name
        for row in session.execute(select(Organization.id, Organization.name).where(Organization.kind == "village"))
    }
    if kind.party == "enterprise":
        found = select(
            Enterprise.id, Enterprise.name, Enterprise.village_id.label("village"), Enterprise.principal, Enterprise.legal_representative,
            Enterprise.principal_phone, Enterprise.status, Enterprise.status_changed_on, Enterprise.established_on).where(Enterprise.retired_at.is_(None)).order_by(Enterprise.village_id, Enterprise.id)  # fmt: skip
        for row in session.execute(found):
            yield _Unit(
                row.id, row.name, villages.get(row.village, ""), row.principal or row.legal_representative or "", row.principal_phone or "",
                row.status, row.status_changed_on, row.established_on,
            )  # fmt: skip
        return
    others = (
        select(Organization)
        .where(Organization.kind == kind.party, Organization.retired_at.is_(None))
        .order_by(Organization.id)
    )
    for unit in session.scalars(others):
        yield _Unit(
            unit.id, unit.name, unit.name if kind.party == "village" else "", unit.principal or "", unit.principal_phone or "",
            None, None, None,
        )  # fmt: skip


def _total(kinds: tuple[KindStatus, ...]) -> KindStatus:
    due, on_time = sum(one.due for one in kinds), sum(one.on_time for one in kinds)
    unsigned = tuple(unit for one in kinds for unit in one.unsigned)
    return KindStatus(
        kind="total",
        label="合计",
        due=due,
        drafted=sum(one.drafted for one in kinds),
        issued=sum(one.issued for one in kinds),
        signed=sum(one.signed for one in kinds),
        archived=sum(one.archived for one in kinds),
        on_time=on_time,
        on_time_rate=percent(on_time, due),
        cumulative_rate=percent(due - len(unsigned), due),
        overdue=sum(one.overdue for one in kinds),
        left_out=sum(one.left_out for one in kinds),
        unsigned=unsigned,
        units=tuple(unit for one in kinds for unit in one.units),
    )
