"""Who lacks which training: every active person's standing by the rules, and the rates of units, villages, the town."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Integer, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from anjian_desktop.domain.certificate_kinds import Use, equipment_item_warning, kind_named
from anjian_desktop.domain.certificate_rules import is_lapsed, needs_re_examination
from anjian_desktop.domain.province_profiles import PROFILES
from anjian_desktop.domain.rates import percent
from anjian_desktop.domain.training import Level, Role
from anjian_desktop.domain.training_plausibility import SAME_MARKS_FROM
from anjian_desktop.domain.training_rules import Attended, Person, Problem, Rules, Standing, standing
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.ledgers.organization import Enterprise, Organization
from anjian_desktop.ledgers.training import TrainingRecord
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import OfficeProfile, read_profile

NO_VILLAGE = "未分村"


@dataclass(frozen=True, slots=True)
class WorkerStanding:
    """A person in their unit, and how they stand."""

    id: int
    name: str
    enterprise_id: int
    enterprise: str
    village: str
    holds_special_post: bool
    certified: bool
    standing: Standing


@dataclass(frozen=True)
class Coverage:
    """Counts of active persons, and the two rates; a rate is None (—) when nobody is counted (T18, T19)."""

    active: int
    complete: int
    special: int
    certified: int

    @property
    def full_coverage(self) -> float | None:
        """全员培训率: persons with every training that is due ÷ active persons (T18)."""
        return percent(self.complete, self.active)

    @property
    def certified_rate(self) -> float | None:
        """持证率: special workers with a valid certificate ÷ persons holding a special post (T19)."""
        return percent(self.certified, self.special)


@dataclass(frozen=True)
class TrainingStatus:
    """Who lacks what on a day; `workers` holds those who lack something, or everybody when asked for."""

    as_of: date
    profile: str
    workers: tuple[WorkerStanding, ...]
    total: Coverage


@dataclass(frozen=True)
class UnitCoverage:
    """The rates of one enterprise or village."""

    id: int | None
    name: str
    village: str
    coverage: Coverage


def status(
    office: Office, *, organization: int | None = None, worker: int | None = None, everyone: bool = False
) -> TrainingStatus:
    """The standing of the persons of an enterprise, a village or the whole town; of one person with `worker`."""
    with office.db.reading() as session:
        profile = read_profile(session)
        found = list(standings(session, profile, today=office.today, organization=organization, worker=worker))
    told = found if everyone or worker is not None else [one for one in found if one.standing.lacks]
    return TrainingStatus(office.today, profile.province, tuple(told), count(found))


def by_unit(found: TrainingStatus, *, by_village: bool = False) -> list[UnitCoverage]:
    """The rates of every enterprise, or of every village, that has active workers; the lowest first.

    `found` must hold everybody (`everyone=True`).
    """
    groups: dict[tuple[str, int | None, str], list[WorkerStanding]] = {}
    for one in found.workers:
        key = (one.village, None, "") if by_village else (one.enterprise, one.enterprise_id, one.village)
        groups.setdefault(key, []).append(one)
    units = [
        UnitCoverage(unit_id, name or NO_VILLAGE, village, count(members))
        for (name, unit_id, village), members in groups.items()
    ]
    return sorted(units, key=lambda one: (one.coverage.full_coverage or 0.0, one.name))


def count(found: Sequence[WorkerStanding]) -> Coverage:
    """The rates of some persons, each counted once."""
    return Coverage(
        active=len(found),
        complete=sum(one.standing.is_complete for one in found),
        special=sum(one.holds_special_post for one in found),
        certified=sum(one.certified for one in found if one.holds_special_post),
    )


def rules_of(profile: OfficeProfile) -> Rules:
    """The office's settings as the rules take them."""
    return Rules(
        profile=PROFILES[profile.province],
        day_cap=profile.day_cap * 2,
        levels_merged=profile.levels_merged,
        by_certificate_year=profile.by_certificate_year,
    )


def standings(
    session: Session,
    profile: OfficeProfile,
    *,
    today: date,
    organization: int | None = None,
    worker: int | None = None,
) -> Iterator[WorkerStanding]:
    """Every active person's standing, in the order of enterprises and names. Raises UserError for an unknown unit or person."""
    home = Organization.__table__.alias("home")
    wanted = (
        select(
            Worker.id, Worker.name, Worker.identity_number, Worker.enterprise_id, Worker.role, Worker.special_work,
            Worker.hired_on, Worker.last_work_day, Worker.returned_on, Worker.transferred_on,
            Enterprise.name.label("enterprise"), Enterprise.flags, home.c.name.label("village"),
        )
        .join(Enterprise, Enterprise.id == Worker.enterprise_id)
        .outerjoin(home, home.c.id == Enterprise.village_id)
        .where(Worker.retired_at.is_(None), or_(Worker.left_on.is_(None), Worker.left_on > today))
        .order_by(Enterprise.name_order, Enterprise.id, Worker.name, Worker.id)
    )  # fmt: skip
    if worker is not None:
        wanted = wanted.where(Worker.id == worker)
    units = None if organization is None else _units(session, organization)
    if units is not None:
        wanted = wanted.where(Worker.enterprise_id.in_(units))
    persons = session.execute(wanted).all()
    if worker is not None and not persons:
        raise UserError(f"没有编号为 {worker} 的在职人员。", next_step="请核对，离职的人员不再统计。")
    narrow = None if worker is None and units is None else [one.id for one in persons]
    records = _records(session, profile.pass_mark, narrow)
    special, managers = _certified(session, today, None if narrow is None else [one.identity_number for one in persons])
    odd = _equal_marks(session, narrow)
    rules = rules_of(profile)
    for one in persons:
        holds = bool(one.special_work) or one.role == Role.SPECIAL
        person = Person(
            role=Role(one.role), special_work=holds, flags=frozenset(one.flags), unit=one.enterprise_id, hired_on=one.hired_on,
            last_work_day=one.last_work_day, returned_on=one.returned_on, transferred_on=one.transferred_on,
            certified=one.identity_number in special, manager_certified=one.identity_number in managers,
        )  # fmt: skip
        found = standing(person, records.get(one.id, ()), rules, today=today)
        if one.id in odd:
            told = f"培训“{odd[one.id]}”全班成绩相同，请核实是否真实考核"
            found = replace(found, problems=(*found.problems, Problem("T16", "warning", told)))
        yield WorkerStanding(
            one.id, one.name, one.enterprise_id, one.enterprise, one.village or "", holds, person.certified, found
        )


def _units(session: Session, organization: int) -> list[int]:
    """The enterprise itself, or those of a village."""
    row = session.get(Organization, organization)
    if row is None or row.retired_at is not None or row.kind == "department":
        raise UserError(f"没有编号为 {organization} 的企业或村居。", next_step="请用 list enterprise 查看编号。")
    if row.kind == "enterprise":
        return [row.id]
    found = select(Enterprise.id).where(Enterprise.village_id == row.id, Enterprise.retired_at.is_(None))
    return list(session.scalars(found))


def _records(session: Session, pass_mark: int, workers: Sequence[int] | None) -> dict[int, list[Attended]]:
    """Everybody's trainings; those who were absent did not take part."""
    columns = (
        TrainingRecord.worker_id, TrainingRecord.level, TrainingRecord.started_on, TrainingRecord.ended_on,
        type_coerce(TrainingRecord.class_hours, Integer), TrainingRecord.passed,
        type_coerce(TrainingRecord.score, Integer), TrainingRecord.enterprise_id, TrainingRecord.post_on,
    )  # fmt: skip
    wanted = select(*columns).where(
        TrainingRecord.retired_at.is_(None), or_(TrainingRecord.absent.is_(None), ~TrainingRecord.absent)
    )
    found: dict[int, list[Attended]] = {}
    levels = {one.value: one for one in Level}
    for part in _parts(workers):
        narrowed = wanted if part is None else wanted.where(TrainingRecord.worker_id.in_(part))
        for worker_id, level, start, end, hours, passed, score, unit, post_on in session.execute(narrowed):
            if passed is None and score is not None:
                passed = score >= pass_mark * 10
            found.setdefault(worker_id, []).append(
                Attended(levels[level], start, end or start, hours, passed, unit, post_on)
            )
    return found


def _certified(session: Session, today: date, numbers: Sequence[str] | None) -> tuple[set[str], set[str]]:
    """Identity numbers of those with a valid certificate for special work, and of those with a manager's."""
    special: set[str] = set()
    managers: set[str] = set()
    columns = (
        Certificate.identity_number, Certificate.certificate_kind, Certificate.valid_from, Certificate.issued_on,
        Certificate.re_examined_on, Certificate.item,
    )  # fmt: skip
    wanted = select(*columns).where(
        Certificate.retired_at.is_(None),
        Certificate.state == "valid",
        or_(Certificate.ends_on.is_(None), Certificate.ends_on >= today),
    )
    for part in _parts(numbers):
        narrowed = wanted if part is None else wanted.where(Certificate.identity_number.in_(part))
        for number, name, start, issued_on, re_examined_on, item in session.execute(narrowed):
            kind = kind_named(name)
            begun = start or issued_on
            if kind is None or (needs_re_examination(kind) and begun and is_lapsed(begun, re_examined_on, today=today)):
                continue
            if kind.use is Use.SPECIAL_WORK and equipment_item_warning(kind, item) is None:
                special.add(number)
            elif kind.use is Use.MANAGER:
                managers.add(number)
    return special, managers


def _equal_marks(session: Session, workers: Sequence[int] | None) -> dict[int, str]:
    """Persons who sat in a class of ten or more where everybody has the same mark (T16), with the class's name."""
    group = (TrainingRecord.session, TrainingRecord.level, TrainingRecord.started_on, TrainingRecord.enterprise_id)
    suspicious = (
        select(*group)
        .where(TrainingRecord.retired_at.is_(None), TrainingRecord.score.is_not(None))
        .group_by(*group)
        .having(func.count() >= SAME_MARKS_FROM, func.min(TrainingRecord.score) == func.max(TrainingRecord.score))
    )
    found: dict[int, str] = {}
    for name, level, start, unit in session.execute(suspicious).all():
        members = select(TrainingRecord.worker_id).where(
            TrainingRecord.session == name, TrainingRecord.level == level, TrainingRecord.started_on == start,
            TrainingRecord.enterprise_id == unit, TrainingRecord.retired_at.is_(None), TrainingRecord.score.is_not(None),
        )  # fmt: skip
        found.update((worker_id, name or "") for worker_id in session.scalars(members))
    return found if workers is None else {one: found[one] for one in workers if one in found}


def _parts(values: Sequence[Any] | None) -> Iterator[Sequence[Any] | None]:
    """Everything at once, or some values in handfuls that a statement can hold."""
    if values is None:
        yield None
        return
    for start in range(0, len(values), 5000):
        yield values[start : start + 5000]
