"""The kept summary of who lacks what: brought up to date within every transaction that touches it, made anew, checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import IntFlag
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anjian_desktop import __version__
from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.ledgers.office import StoreFact
from anjian_desktop.ledgers.training import TrainingRecord
from anjian_desktop.ledgers.training_summary import TrainingSummary
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services.office_profile import OfficeProfile, read_profile
from anjian_desktop.services.training_reckoning import (
    MARKED,
    ClassKey,
    Reckoned,
    WorkerStanding,
    equal_classes,
    narrowed_to,
    reckon,
)
from anjian_desktop.storage.changes import ADD, RowChange
from anjian_desktop.storage.statements import statements_on
from anjian_desktop.storage.transaction import Transaction

FACT = "training_summary"
"""The store's fact that says by which rules the summary was made."""
_RULES = 1
"""Goes up when the rules themselves change within a version: every summary is made anew then."""
_PART = 5000


class Flag(IntFlag):
    """A person's bits; none of them for one who is not in service."""

    ACTIVE = 1
    COMPLETE = 2
    LACKS = 4
    SPECIAL = 8
    CERTIFIED = 16
    ODD = 32
    """Something entered cannot be true or should be asked about: hours of a day, order of levels, equal marks."""
    EQUAL_CLASS = 64
    UNCERTIFIED = 128
    """Special work without a valid certificate."""


_ODD = frozenset({"T7", "T9", "T16"})


# -- keeping -------------------------------------------------------------------------------------------------------


def settle(tx: Transaction, *, today: date) -> None:
    """Bring the summary up to date with what this transaction changed; called right before its end."""
    session = tx.session
    session.flush()
    profile = read_profile(session)
    if not is_kept(session, profile):
        rebuild(tx, today=today)
        return
    _write(session, profile, _touched(session, tx.row_changes), today)


def rebuild(tx: Transaction, *, today: date) -> None:
    """Make the whole summary anew."""
    session = tx.session
    profile = read_profile(session)
    statements_on(session.connection())("DELETE FROM training_summary")
    ids = list(session.scalars(select(Worker.id).where(Worker.retired_at.is_(None)).order_by(Worker.id)))
    _write(session, profile, ids, today)
    session.merge(StoreFact(key=FACT, value=_made_by(profile), changed_at=tx.now))
    session.flush()


def catch_up(tx: Transaction, *, today: date) -> int:
    """Work out anew those whose standing the calendar has changed; how many they were."""
    session = tx.session
    profile = read_profile(session)
    if not is_kept(session, profile):
        rebuild(tx, today=today)
        return session.scalar(select(func.count()).select_from(TrainingSummary)) or 0
    ids = stale(session, today)
    _write(session, profile, ids, today)
    return len(ids)


def is_behind(session: Session, *, today: date) -> bool:
    """Whether reading has to work persons out because rules or the calendar moved on."""
    return not is_kept(session, read_profile(session)) or bool(stale(session, today))


def is_kept(session: Session, profile: OfficeProfile) -> bool:
    """Whether the summary was made by the rules as they are now."""
    made = session.scalar(select(StoreFact.value).where(StoreFact.key == FACT))
    return made == _made_by(profile)


def differing(session: Session, *, today: date) -> list[int]:
    """Workers whose summary is not what working them out anew gives; empty for one that is not kept yet."""
    profile = read_profile(session)
    if not is_kept(session, profile):
        return []
    ids = list(session.scalars(select(Worker.id).where(Worker.retired_at.is_(None)).order_by(Worker.id)))
    lying = set(session.scalars(select(TrainingSummary.worker_id).where(TrainingSummary.flags != 0))) - set(ids)
    wrong = sorted(lying)
    day = today.toordinal()
    reckoned = reckon(session, profile, ids, today=today)
    while part := list(islice(reckoned, _PART)):
        kept = {
            row.worker_id: (row.enterprise_id, row.flags, row.first_day, row.last_day, row.told)
            for row in session.execute(
                select(
                    TrainingSummary.worker_id, TrainingSummary.enterprise_id, TrainingSummary.flags,
                    TrainingSummary.first_day, TrainingSummary.last_day, TrainingSummary.told,
                ).where(TrainingSummary.worker_id.in_([one.worker_id for one in part]))
            )
        }  # fmt: skip
        for one in part:
            had = kept.get(one.worker_id)
            if had is None or (had[2] <= day <= had[3] and had != row_of(one)[1:]):
                wrong.append(one.worker_id)
    return wrong


def _made_by(profile: OfficeProfile) -> str:
    """The rules and settings a summary depends on, in words."""
    said = (
        __version__, _RULES, profile.province, profile.pass_mark, profile.day_cap, profile.levels_merged,
        profile.by_certificate_year,
    )  # fmt: skip
    return " ".join(map(str, said))


def _write(session: Session, profile: OfficeProfile, ids: Sequence[int], today: date) -> None:
    execute = statements_on(session.connection())
    gone = set(ids)
    reckoned = (row_of(one) for one in reckon(session, profile, ids, today=today))
    while rows := list(islice(reckoned, _PART)):
        execute("REPLACE INTO training_summary VALUES (?, ?, ?, ?, ?, ?)", rows)
        gone.difference_update(row[0] for row in rows)
    if gone:
        execute("DELETE FROM training_summary WHERE worker_id = ?", [(one,) for one in sorted(gone)])


def row_of(one: Reckoned) -> tuple[int, int, int, int, int, str]:
    """A person as the summary keeps them: the table's columns."""
    flags, told = (
        (0, "") if one.found is None else (int(flags_of(one.found, one.in_equal_class)), _shortened(one.found))
    )
    return one.worker_id, one.enterprise_id, flags, one.first.toordinal(), one.last.toordinal(), told


def flags_of(one: WorkerStanding, in_equal_class: bool = False) -> Flag:
    """A person's bits."""
    found = Flag.ACTIVE
    for is_so, bit in (
        (one.standing.is_complete, Flag.COMPLETE),
        (one.standing.lacks, Flag.LACKS),
        (one.holds_special_post, Flag.SPECIAL),
        (one.certified, Flag.CERTIFIED),
        (any(problem.rule in _ODD for problem in one.standing.problems), Flag.ODD),
        (in_equal_class, Flag.EQUAL_CLASS),
        (one.holds_special_post and not one.certified, Flag.UNCERTIFIED),
    ):
        found |= bit if is_so else Flag(0)
    return found


# -- what a transaction touched --------------------------------------------------------------------------------------


def _touched(session: Session, changes: Iterable[RowChange]) -> list[int]:
    """Workers whose standing may differ after these changes."""
    by_ledger: dict[str, list[RowChange]] = {}
    for change in changes:
        by_ledger.setdefault(change.ledger.about.key, []).append(change)
    found = {change.row_id for change in by_ledger.get("worker", ())}
    found |= _by_record(session, by_ledger.get("training_record", ()))
    found |= _by_certificate(session, by_ledger.get("certificate", ()))
    units = [
        change.row_id for change in by_ledger.get("enterprise", ()) if "flags" in change.values and change.act != ADD
    ]
    for part in parts(units):
        found.update(session.scalars(select(Worker.id).where(Worker.enterprise_id.in_(part))))
    return sorted(found)


def _by_record(session: Session, changes: Sequence[RowChange]) -> set[int]:
    found: set[int] = set()
    classes: set[ClassKey] = set()
    added = {change.row_id for change in changes if change.act == ADD}
    before: dict[int, dict[str, Any]] = {
        change.row_id: {name: pair[0] for name, pair in change.values.items()} for change in changes
    }
    for part in parts(list(before)):
        wanted = select(
            TrainingRecord.id, TrainingRecord.worker_id, TrainingRecord.session, TrainingRecord.level,
            TrainingRecord.started_on, TrainingRecord.enterprise_id, TrainingRecord.score,
        ).where(TrainingRecord.id.in_(part))  # fmt: skip
        for row_id, worker_id, name, level, start, unit, score in session.execute(wanted):
            old = before[row_id]
            found.add(worker_id)
            if (moved := old.get("worker_id")) is not None:
                found.add(moved)
            if score is None and old.get("score") is None:
                continue  # without a mark, before or now, it says nothing about its class
            classes.add((name, level, start, unit))
            if row_id not in added:
                was = old.get("session", name), old.get("level", level), old.get("started_on", start)
                classes.add((*was, old.get("enterprise_id", unit)))
    return found | _in_turned_classes(session, classes)


def _in_turned_classes(session: Session, classes: set[ClassKey]) -> set[int]:
    """Persons of these classes of whom the summary does not say whether everybody has one mark there (T16)."""
    if not classes:
        return set()
    odd = equal_classes(session, classes)
    columns = (
        TrainingRecord.worker_id, TrainingRecord.session, TrainingRecord.level, TrainingRecord.started_on,
        TrainingRecord.enterprise_id, TrainingSummary.flags,
    )  # fmt: skip
    found: set[int] = set()
    for wanted in narrowed_to(select(*columns), classes):
        members = wanted.join(TrainingSummary, TrainingSummary.worker_id == TrainingRecord.worker_id).where(*MARKED)
        for worker_id, name, level, start, unit, flags in session.execute(members):
            key = (name, level, start, unit)
            if key in classes and (key in odd) != bool(flags & Flag.EQUAL_CLASS):
                found.add(worker_id)
    return found


def _by_certificate(session: Session, changes: Sequence[RowChange]) -> set[int]:
    numbers = {pair[0] for change in changes for name, pair in change.values.items() if name == "identity_number"}
    numbers.discard(None)
    for part in parts([change.row_id for change in changes]):
        numbers.update(session.scalars(select(Certificate.identity_number).where(Certificate.id.in_(part))))
    found: set[int] = set()
    for part in parts(sorted(numbers)):
        found.update(session.scalars(select(Worker.id).where(Worker.identity_number.in_(part))))
    return found


def parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Some values in handfuls that a statement can hold."""
    for start in range(0, len(values), _PART):
        yield values[start : start + _PART]


def stale(session: Session, today: date) -> list[int]:
    """Those whose row speaks of other days than this one."""
    execute, day = statements_on(session.connection()), (today.toordinal(),)
    over = execute("SELECT worker_id FROM training_summary WHERE last_day < ?", day).fetchall()
    ahead = execute("SELECT worker_id FROM training_summary WHERE first_day > ?", day).fetchall()
    return sorted({row_id for (row_id,) in (*over, *ahead)})


def _shortened(one: WorkerStanding) -> str:
    """A standing in short JSON; the earliest finish depends on the day of asking and is counted then."""
    found = one.standing
    said = [
        [level.value for level in found.missing_levels], found.half_hours,
        {level.value: many for level, many in found.half_hours_by_level.items()}, found.required, int(found.fit),
        [[task.level.value, task.rule] for task in found.tasks],
        [[problem.rule, problem.severity, problem.text, problem.half_hours] for problem in found.problems],
        found.finished_on.isoformat() if found.finished_on else "", int(found.earliest_finish is not None),
    ]  # fmt: skip
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
