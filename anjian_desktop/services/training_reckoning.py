"""How persons stand by the rules, worked out from the roster, their records and certificates: the source of every figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, func, or_, select, tuple_, type_coerce
from sqlalchemy.orm import Session

from anjian_desktop.domain.certificate_kinds import Use, equipment_item_warning, kind_named
from anjian_desktop.domain.certificate_rules import is_lapsed, needs_re_examination
from anjian_desktop.domain.province_profiles import PROFILES
from anjian_desktop.domain.training import Level, Role
from anjian_desktop.domain.training_plausibility import SAME_MARKS_FROM
from anjian_desktop.domain.training_rules import Attended, Person, Problem, Rules, Standing, standing
from anjian_desktop.domain.training_turns import certificate_turns, holds
from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.ledgers.organization import Enterprise, Organization
from anjian_desktop.ledgers.training import TrainingRecord
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services.office_profile import OfficeProfile

CHUNK = 2000
"""Persons worked out at a time: memory stays flat however many there are."""
_FEW = 400
"""Classes that are asked for one by one; of more, everything on their days is read."""

_Wanted = Select[*tuple[Any, ...]]
ClassKey = tuple[str | None, str, date, int | None]
"""Name, level, first day, enterprise: records alike in these are of one class."""


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


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How a person stands and from which day to which; `found` is None for one who is not in service."""

    worker_id: int
    enterprise_id: int
    first: date
    last: date
    found: WorkerStanding | None
    in_equal_class: bool = False
    """Sat in a class in which everybody has one mark (T16)."""


def rules_of(profile: OfficeProfile) -> Rules:
    """The office's settings as the rules take them."""
    return Rules(
        profile=PROFILES[profile.province],
        day_cap=profile.day_cap * 2,
        levels_merged=profile.levels_merged,
        by_certificate_year=profile.by_certificate_year,
    )


def reckon(session: Session, profile: OfficeProfile, worker_ids: Sequence[int], *, today: date) -> Iterator[Reckoned]:
    """Work out these persons, in the order given; those in the recycle bin are left out."""
    # Of many persons the classes are looked through once, not chunk by chunk.
    odd = equal_classes(session, None) if len(worker_ids) > CHUNK else None
    for start in range(0, len(worker_ids), CHUNK):
        yield from _chunk(session, profile, worker_ids[start : start + CHUNK], today, odd)


def in_order(session: Session, *, today: date | None = None, units: Sequence[int] | None = None) -> list[int]:
    """Everybody on the roster, by enterprise and in roster order; with `today` only those in service."""
    wanted = (
        select(Worker.id)
        .join(Enterprise, Enterprise.id == Worker.enterprise_id)
        .where(Worker.retired_at.is_(None))
        .order_by(Enterprise.name_order, Enterprise.id, Worker.id)
    )
    if today is not None:
        wanted = wanted.where(or_(Worker.left_on.is_(None), Worker.left_on > today))
    if units is not None:
        wanted = wanted.where(Worker.enterprise_id.in_(units))
    return list(session.scalars(wanted))


def equal_classes(session: Session, keys: Iterable[ClassKey] | None) -> set[ClassKey]:
    """Those of these classes (None: of all) in which ten or more persons have one and the same mark (T16)."""
    group = (TrainingRecord.session, TrainingRecord.level, TrainingRecord.started_on, TrainingRecord.enterprise_id)
    asked = None if keys is None else set(keys)
    found: set[ClassKey] = set()
    for narrowed in _by_month(session, select(*group)) if asked is None else narrowed_to(select(*group), asked):
        wanted = (
            narrowed.where(*MARKED)
            .group_by(*group)
            .having(func.count() >= SAME_MARKS_FROM, func.min(TrainingRecord.score) == func.max(TrainingRecord.score))
        )
        found.update((name, level, start, unit) for name, level, start, unit in session.execute(wanted))
    return found if asked is None else found & asked


def _by_month(session: Session, wanted: _Wanted) -> Iterator[_Wanted]:
    """Everything, some days at a time: grouping all at once would hold every record in memory."""
    first, last = session.execute(
        select(func.min(TrainingRecord.started_on), func.max(TrainingRecord.started_on))
    ).one()
    while first is not None and first <= last:
        end = min(first + timedelta(days=30), last)
        yield wanted.where(TrainingRecord.started_on.between(first, end))
        first = end + timedelta(days=1)


def narrowed_to(wanted: _Wanted, keys: Iterable[ClassKey]) -> Iterator[_Wanted]:
    """The query kept to the days and enterprises of these classes, in as many parts as statements can hold."""
    places = {(start, unit) for _, _, start, unit in keys}
    if len(places) > _FEW:
        days = sorted({start for start, _ in places})
        for begin in range(0, len(days), 1000):
            yield wanted.where(TrainingRecord.started_on.in_(days[begin : begin + 1000]))
        return
    placed = sorted((start, unit) for start, unit in places if unit is not None)
    if placed:
        yield wanted.where(tuple_(TrainingRecord.started_on, TrainingRecord.enterprise_id).in_(placed))
    if loose := sorted(start for start, unit in places if unit is None):
        yield wanted.where(TrainingRecord.started_on.in_(loose), TrainingRecord.enterprise_id.is_(None))


def _present() -> tuple[ColumnElement[bool], ...]:
    # Said as IS NULL the planner would take the index of what is not retired, which is nearly everything.
    in_use = func.coalesce(type_coerce(TrainingRecord.retired_at, String), "") == ""
    return in_use, or_(TrainingRecord.absent.is_(None), ~TrainingRecord.absent)


MARKED = (*_present(), TrainingRecord.score.is_not(None))
"""Records that count for T16."""


def _chunk(
    session: Session, profile: OfficeProfile, ids: Sequence[int], today: date, odd: set[ClassKey] | None
) -> Iterator[Reckoned]:
    home = Organization.__table__.alias("home")
    wanted = (
        select(
            Worker.id, Worker.name, Worker.identity_number, Worker.enterprise_id, Worker.role, Worker.special_work,
            Worker.hired_on, Worker.left_on, Worker.last_work_day, Worker.returned_on, Worker.transferred_on,
            Enterprise.name.label("enterprise"), Enterprise.flags, home.c.name.label("village"),
        )
        .join(Enterprise, Enterprise.id == Worker.enterprise_id)
        .outerjoin(home, home.c.id == Enterprise.village_id)
        .where(Worker.id.in_(ids), Worker.retired_at.is_(None))
    )  # fmt: skip
    persons = {one.id: one for one in session.execute(wanted)}
    records, classes = _records(session, profile.pass_mark, list(persons))
    if odd is None:
        odd = equal_classes(session, {key for keys in classes.values() for key in keys})
    papers = _papers(session, sorted({one.identity_number for one in persons.values()}))
    rules = rules_of(profile)
    for row_id in ids:
        if (one := persons.get(row_id)) is None:
            continue
        turns = [] if one.left_on is None else [one.left_on]
        turns += [turn for paper in papers.get(one.identity_number, ()) for turn in paper.turns]
        uses = {use for paper in papers.get(one.identity_number, ()) if (use := paper.use_on(today)) is not None}
        holds_post = bool(one.special_work) or one.role == Role.SPECIAL
        person = Person(
            role=Role(one.role), special_work=holds_post, flags=frozenset(one.flags), unit=one.enterprise_id,
            hired_on=one.hired_on, last_work_day=one.last_work_day, returned_on=one.returned_on,
            transferred_on=one.transferred_on, certified=Use.SPECIAL_WORK in uses, manager_certified=Use.MANAGER in uses,
        )  # fmt: skip
        first, last = holds(person, turns, today=today)
        if one.left_on is not None and one.left_on <= today:
            yield Reckoned(row_id, one.enterprise_id, first, last, None)
            continue
        found = standing(person, records.get(row_id, ()), rules, today=today)
        equal = [key for key in classes.get(row_id, ()) if key in odd]
        if equal:
            named = max(equal, key=lambda key: (key[2], key[0] or ""))
            told = f"培训“{named[0] or ''}”全班成绩相同，请核实是否真实考核"
            found = replace(found, problems=(*found.problems, Problem("T16", "warning", told)))
        stands = WorkerStanding(
            row_id, one.name, one.enterprise_id, one.enterprise, one.village or "", holds_post, person.certified, found
        )
        yield Reckoned(row_id, one.enterprise_id, first, last, stands, bool(equal))


def _records(
    session: Session, pass_mark: int, ids: Sequence[int]
) -> tuple[dict[int, list[Attended]], dict[int, list[ClassKey]]]:
    """Everybody's trainings, and the classes in which they have a mark; those who were absent did not take part."""
    wanted = select(
        TrainingRecord.worker_id, TrainingRecord.level, TrainingRecord.started_on, TrainingRecord.ended_on,
        type_coerce(TrainingRecord.class_hours, Integer), TrainingRecord.passed,
        type_coerce(TrainingRecord.score, Integer), TrainingRecord.enterprise_id, TrainingRecord.post_on,
        TrainingRecord.session,
    ).where(TrainingRecord.worker_id.in_(ids), *_present())  # fmt: skip
    found: dict[int, list[Attended]] = {}
    classes: dict[int, list[ClassKey]] = {}
    levels = {one.value: one for one in Level}
    for worker_id, level, start, end, hours, passed, score, unit, post_on, name in session.execute(wanted):
        if score is not None:
            classes.setdefault(worker_id, []).append((name, level, start, unit))
            if passed is None:
                passed = score >= pass_mark * 10
        found.setdefault(worker_id, []).append(
            Attended(levels[level], start, end or start, hours, passed, unit, post_on)
        )
    return found, classes


@dataclass(frozen=True, slots=True)
class _Paper:
    """A certificate as far as the rules ask."""

    use: Use | None
    begun: date | None
    re_examined_on: date | None
    ends_on: date | None
    re_examination: bool
    turns: tuple[date, ...]

    def use_on(self, today: date) -> Use | None:
        """What it allows its holder on that day."""
        if self.ends_on is not None and self.ends_on < today:
            return None
        lapsed = self.re_examination and self.begun and is_lapsed(self.begun, self.re_examined_on, today=today)
        return None if lapsed else self.use


def _papers(session: Session, numbers: Sequence[str]) -> dict[str, list[_Paper]]:
    """The certificates that were not voided, by their holder's identity number."""
    found: dict[str, list[_Paper]] = {}
    wanted = select(
        Certificate.identity_number, Certificate.certificate_kind, Certificate.valid_from, Certificate.issued_on,
        Certificate.re_examined_on, Certificate.item, Certificate.ends_on,
    ).where(
        Certificate.identity_number.in_(numbers), Certificate.retired_at.is_(None), Certificate.state == "valid"
    )  # fmt: skip
    for number, name, start, issued_on, re_examined_on, item, ends_on in session.execute(wanted):
        kind, begun = kind_named(name), start or issued_on
        use = kind.use if kind is not None else None
        if kind is not None and use is Use.SPECIAL_WORK and equipment_item_warning(kind, item) is not None:
            use = None
        turns = certificate_turns(kind, begun=begun, re_examined_on=re_examined_on, ends_on=ends_on)
        found.setdefault(number, []).append(
            _Paper(use, begun, re_examined_on, ends_on, needs_re_examination(kind), tuple(turns))
        )
    return found
