"""One class from enrolling to marks: who still lacks it, who takes part, with which result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.rates import percent
from anjian_desktop.domain.text import name_key
from anjian_desktop.domain.training import THREE_LEVELS, Level
from anjian_desktop.domain.training_plausibility import all_marks_equal
from anjian_desktop.domain.training_rules import Problem
from anjian_desktop.errors import UserError
from anjian_desktop.exchange.import_plan import ImportPlan
from anjian_desktop.exchange.list_rows import ListRow, read_list
from anjian_desktop.exchange.sheet import read_workbook
from anjian_desktop.ledgers.base import field_of
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.ledgers.training import TrainingRecord, TrainingSession
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services.kept_standings import Kept
from anjian_desktop.services.list_imports import ListImport, Units, Write, differing, judge, start_import, write_rows
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import read_profile
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.services.training import units_of
from anjian_desktop.services.training_lists import SPECIAL, Roll, training_fields
from anjian_desktop.services.training_summary import Flag
from anjian_desktop.storage.changes import Change

_MARKS = ("score", "passed", "absent", "post_on")


@dataclass(frozen=True)
class Enrolment:
    """Who was put into a class, and who was in it already (ids of workers)."""

    added: tuple[int, ...]
    existing: tuple[int, ...]
    change: Change = field(default=NOTHING_CHANGED)


@dataclass(frozen=True)
class Participant:
    """One person in a class, as the grid of marks shows them; `passed` is the effective result."""

    record_id: int
    worker_id: int
    name: str
    identity_number: str
    enterprise: str
    post: str
    score: Decimal | None
    passed: bool | None
    absent: bool


@dataclass(frozen=True)
class SessionSummary:
    """A class in figures: the pass rate counts those who attended, not those invited (T17)."""

    id: int
    name: str
    invited: int
    attended: int
    passed: int
    problems: tuple[Problem, ...]

    @property
    def pass_rate(self) -> float | None:
        """passed ÷ attended, per cent; None when nobody came."""
        return percent(self.passed, self.attended)


def find_session(office: Office, text: str) -> int:
    """A class by its number or its name. Raises UserError when there is none or more than one."""
    with office.db.reading() as session:
        wanted = select(TrainingSession.id).where(TrainingSession.retired_at.is_(None))
        if text.strip().isdigit():
            found = list(session.scalars(wanted.where(TrainingSession.id == int(text))))
        else:
            found = list(session.scalars(wanted.where(TrainingSession.name == text.strip())))
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"有{len(found)}期叫“{text}”的培训。", next_step=f"请用编号：{'、'.join(map(str, found))}。")
    raise UserError(f"没有“{text}”这一期培训。", next_step="请用 list training_session 查看编号。")


def find_unit(office: Office, text: str | None) -> int | None:
    """An enterprise or village by its number or its name; None for None. Raises UserError."""
    if text is None:
        return None
    with office.db.reading() as session:
        wanted = select(Organization.id).where(Organization.retired_at.is_(None), Organization.kind != "department")
        if text.strip().isdigit():
            found = list(session.scalars(wanted.where(Organization.id == int(text))))
        else:
            found = list(session.scalars(wanted.where(Organization.name_key == name_key(text))))
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"有{len(found)}个叫“{text}”的单位。", next_step=f"请用编号：{'、'.join(map(str, found))}。")
    raise UserError(f"没有“{text}”这个企业或村居。", next_step="请核对名称，或用编号。")


def enterprise_of(office: Office, session_id: int) -> int | None:
    """The enterprise a class is held for; None for one of the whole town. Raises UserError when the class is gone."""
    with office.db.reading() as session:
        return _session(session, session_id).enterprise_id


def candidates(office: Office, session_id: int, *, organization: int | None = None) -> list[int]:
    """Ids of active workers who lack the class's level; those already trained drop off."""
    with office.db.reading() as session:
        held = _session(session, session_id)
        level = Level(held.level)
        unit = organization or held.enterprise_id
        kept = Kept(session, office.today)
        units = None if unit is None else units_of(session, unit)
        if level in (Level.NOVELTY, Level.OUTSIDE):
            return kept.ids(Flag.ACTIVE, units)
        found = kept.standings(kept.ids(Flag.LACKS, units))
        if level in THREE_LEVELS or level is Level.RETRAINING:
            return [one.id for one in found if level in one.standing.missing_levels]
        return [one.id for one in found if one.standing.tasks]


def enrol(office: Office, session_id: int, worker_ids: Sequence[int]) -> Enrolment:
    """Put persons into a class, each once; their records take over its hours and days."""
    with office.db.transaction("编入培训班次", actor=office.actor) as tx:
        held = tx.get(TrainingSession, session_id)
        there = _members(tx.session, session_id)
        wanted = list(dict.fromkeys(worker_ids))
        new = [one for one in wanted if one not in there]
        units: dict[int, int] = {}
        for start in range(0, len(new), 5000):
            rows = tx.session.execute(
                select(Worker.id, Worker.enterprise_id).where(
                    Worker.id.in_(new[start : start + 5000]), Worker.retired_at.is_(None)
                )
            )
            units.update(dict(rows.all()))
        if missing := [one for one in new if one not in units]:
            raise UserError(f"有{len(missing)}个人已不在名册里。", next_step="没有编入任何人，请刷新名单后再试。")
        tx.add_many(
            TrainingRecord, [{**record_values(held), "worker_id": one, "enterprise_id": units[one]} for one in new]
        )
        change = tx.change_set
    return Enrolment(tuple(new), tuple(one for one in wanted if one in there), change)


def record_values(held: TrainingSession) -> dict[str, Any]:
    """What a participant's record takes over from the class."""
    return {
        "session": held.name, "session_id": held.id, "level": held.level, "started_on": held.started_on,
        "ended_on": held.ended_on or held.started_on, "class_hours": held.class_hours, "content": held.content,
        "trainer": held.trainer,
    }  # fmt: skip


def participants(office: Office, session_id: int) -> list[Participant]:
    """Everybody in a class, by unit and name."""
    unit = Organization.__table__.alias("unit")
    with office.db.reading() as session:
        _session(session, session_id)
        mark = read_profile(session).pass_mark
        rows = session.execute(
            select(TrainingRecord, Worker.name, Worker.identity_number, unit.c.name, Worker.post)
            .join(Worker, Worker.id == TrainingRecord.worker_id)
            .outerjoin(unit, unit.c.id == TrainingRecord.enterprise_id)
            .where(TrainingRecord.session_id == session_id, TrainingRecord.retired_at.is_(None))
            .order_by(unit.c.name_order, Worker.name, TrainingRecord.id)
        ).all()
    return [
        Participant(
            record.id, record.worker_id, name, number, enterprise or "", post or "", record.score,
            effective(record.passed, record.score, mark), bool(record.absent),
        )
        for record, name, number, enterprise, post in rows
    ]  # fmt: skip


def effective(passed: bool | None, score: Decimal | None, mark: int) -> bool | None:
    """The result as said, else by the mark; None when nothing was said."""
    return passed if passed is not None else (score >= mark if score is not None else None)


def set_marks(office: Office, session_id: int, marks: Mapping[int, Mapping[str, object]]) -> Change:
    """Store typed results: {record id: {"score", "passed", "absent", "post_on" as typed; "" empties}}. Raises UserError."""
    with office.db.transaction("登记成绩", actor=office.actor) as tx:
        there = set(_members(tx.session, session_id).values())
        changes = []
        for record_id, typed in marks.items():
            if record_id not in there:
                raise UserError("有人已不在这一期的名单里。", next_step="没有登记任何成绩，请刷新后再试。", code="gone")
            values: dict[str, Any] = {}
            for key, raw in typed.items():
                declared = field_of(TrainingRecord, key)
                if declared is None or declared.key not in _MARKS:
                    raise UserError(f"成绩表里没有“{key}”这一栏。")
                meant = SPECIAL[declared.key](raw) if declared.key in SPECIAL else None
                if meant is None and (problem := declared.problem(raw, today=office.today)):
                    raise UserError(f"{declared.label}：{problem}。", next_step="没有登记任何成绩。")
                values |= (
                    meant if meant is not None else {declared.column: declared.parse(raw, today=office.today).value}
                )
            changes.append((record_id, values))
        tx.change_many(TrainingRecord, changes)
    return tx.change_set


def summary(office: Office, session_id: int) -> SessionSummary:
    """A class in figures."""
    everybody = participants(office, session_id)
    with office.db.reading() as session:
        name = _session(session, session_id).name
    came = [one for one in everybody if not one.absent]
    problems = []
    if all_marks_equal(one.score for one in came):
        problems.append(Problem("T16", "warning", f"{len(came)}人成绩都是{came[0].score}，请核实是否真实考核"))
    return SessionSummary(
        session_id, name, len(everybody), len(came), sum(one.passed is True for one in came), tuple(problems)
    )


def import_marks(
    office: Office,
    session_id: int,
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    step: Step = no_step,
) -> ListImport:
    """Marks of a class from Excel; a person not yet in the class is put into it. Raises UserError when unreadable."""
    step(0, 2, f"读取 {path.name}")
    workbook = read_workbook(path, sheet=sheet)
    plan = ImportPlan(TrainingRecord.about.key)
    with office.db.reading() as session:
        held = _session(session, session_id)
        desk = _MarkDesk(session, record_values(held), _records(session, session_id), office.today)
    visible = [one for one in workbook.sheets if not one.hidden or one.name == sheet]
    rows = read_list(
        visible, mark_fields(), plan, today=office.today, title="name", place=desk.roll.units.place, mapping=mapping,
        special=SPECIAL,
    )  # fmt: skip
    writes = judge(plan, rows, desk.decide)
    desk.look_at_marks()
    done = ListImport(None, plan, {}, len(desk.unmentioned), False)
    if dry_run:
        return done
    if not writes:
        return replace(done, applied=True)
    step(1, 2, "写入")
    with office.db.transaction("登记成绩", actor=office.actor) as tx:
        made = start_import(tx, TrainingRecord, path, workbook.sha256, done.counts)
        write_rows(tx, made, TrainingRecord, writes)
        import_id = made.id
    return ListImport(import_id, plan, {}, done.missing, True, tx.change_set)


def mark_fields() -> tuple[Field, ...]:
    """What a list of marks may hold: the person and their results."""
    return tuple(
        one for one in training_fields() if one.key in ("identity_number", "name", "enterprise", "credit_code", *_MARKS)
    )


class _MarkDesk:
    """Decides row by row which person of the class gets which result."""

    def __init__(
        self, session: Session, taken_over: dict[str, Any], known: dict[int, tuple[int, dict[str, Any]]], today: date
    ) -> None:
        self.roll = Roll(session, Units(session), today)
        self._taken_over = taken_over
        self._known = known
        self._first: dict[int, ListRow] = {}
        self._marks: list[tuple[ListRow, object]] = []

    def decide(self, row: ListRow) -> Write | None:
        found = self.roll.find(row)
        if found is None:
            return None
        worker_id, unit = found
        if (first := self._first.get(worker_id)) is not None:
            row.refuse("identity_number", "身份证号", f"重复：第{first.number}行")
            return None
        self._first[worker_id] = row
        given = {name: row.values[name] for name in _MARKS if name in row.values}
        self._marks.append((row, given.get("score")))
        if worker_id not in self._known:
            return Write(row, {**self._taken_over, "worker_id": worker_id, "enterprise_id": unit, **given})
        record_id, old = self._known[worker_id]
        values = differing(given, old)
        return Write(row, values, record_id, old) if values else None

    def look_at_marks(self) -> None:
        """Ten or more with one mark (T16)."""
        if all_marks_equal(mark for _, mark in self._marks):
            row, mark = self._marks[0]
            row.warn("score", "成绩", f"T16：这一班{len(self._marks)}人成绩都是{mark}，请核实是否真实考核")

    @property
    def unmentioned(self) -> list[int]:
        """Persons of the class who are not in the list."""
        return [one for one in self._known if one not in self._first]


def _session(session: Session, session_id: int) -> TrainingSession:
    found = session.get(TrainingSession, session_id)
    if found is None or found.retired_at is not None:
        raise UserError("这一期培训已不在。", next_step="请刷新列表（F5）。", code="gone")
    return found


def _members(session: Session, session_id: int) -> dict[int, int]:
    """Worker -> record of a class."""
    wanted = select(TrainingRecord.worker_id, TrainingRecord.id).where(
        TrainingRecord.session_id == session_id, TrainingRecord.retired_at.is_(None)
    )
    return dict(session.execute(wanted).all())


def _records(session: Session, session_id: int) -> dict[int, tuple[int, dict[str, Any]]]:
    wanted = select(TrainingRecord).where(TrainingRecord.session_id == session_id, TrainingRecord.retired_at.is_(None))
    return {one.worker_id: (one.id, {name: getattr(one, name) for name in _MARKS}) for one in session.scalars(wanted)}
