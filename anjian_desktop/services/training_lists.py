"""培训记录 from Excel: each row one person's part in a training; what cannot be true stays out, what is odd is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.identity import identity_number_problem
from anjian_desktop.domain.text import compact, half_width, tidy
from anjian_desktop.domain.training import LEVEL_SPELLINGS, THREE_LEVELS, Level, halves, hours_text
from anjian_desktop.domain.training_plausibility import Stretch, all_marks_equal, day_excess
from anjian_desktop.exchange.list_rows import ListRow, Special
from anjian_desktop.ledgers.base import field_of, fields_of
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.ledgers.roster_import import RosterImport
from anjian_desktop.ledgers.training import TrainingRecord, TrainingSession
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services.list_imports import Units, Write, differing, write_rows
from anjian_desktop.services.office_profile import read_profile
from anjian_desktop.services.person_lists import PersonList
from anjian_desktop.storage.transaction import Transaction

_PASSED = {"合格": True, "通过": True, "优秀": True, "良好": True, "及格": True, "中": True}
_FAILED = {"不合格": False, "未通过": False, "不及格": False, "差": False}
_ABSENT = frozenset({"缺考", "缺席", "未参加", "未到", "请假"})
_KEPT = ("level", "started_on", "ended_on", "class_hours", "content", "trainer", "score", "passed", "absent", "post_on")

SessionKey = tuple[str, str, date, date, int]
"""Name, level, first and last day, half hours: rows alike in these are of one class."""
RecordKey = tuple[int, str, date, date, int, str]


def training_fields() -> tuple[Field, ...]:
    """What a training list may hold: the person by number or by name and unit, and the record's own fields."""
    number, name = field_of(Worker, "identity_number"), field_of(Worker, "name")
    unit, code = field_of(Worker, "enterprise"), field_of(Enterprise, "credit_code")
    assert number and name and unit and code
    own = [one for one in fields_of(TrainingRecord) if one.key not in ("worker", "enterprise")]
    person = (
        replace(number, required=False),
        replace(name, required=False, unique=True),
        replace(unit, required=False),
        replace(code, unique=False),
    )
    return (*person, *own)


def session_key(values: Mapping[str, Any]) -> SessionKey | None:
    """Which class a record belongs to; None for one without a name."""
    if not values.get("session"):
        return None
    hours = halves(values["class_hours"])
    return (str(values["session"]), str(values["level"]), values["started_on"], values["ended_on"], hours)


def _mark(cell: object) -> Mapping[str, object] | None:
    """合格, 优秀, 缺考 in the column of marks."""
    word = compact(cell) if isinstance(cell, str) else ""
    if word in _PASSED or word in _FAILED:
        return {"passed": {**_PASSED, **_FAILED}[word]}
    return {"absent": True, "passed": False} if word in _ABSENT else None


def _level(cell: object) -> Mapping[str, object] | None:
    """厂级 and other spellings of a level."""
    found = (
        LEVEL_SPELLINGS.get(half_width(tidy(cell)).replace("(", "（").replace(")", "）"))
        if isinstance(cell, str)
        else None
    )
    return {"level": found.value} if found else None


def _hours(cell: object) -> Mapping[str, object] | None:
    """8学时, 8小时."""
    if isinstance(cell, str) and (bare := compact(cell)).endswith(("学时", "课时", "小时", "H")):
        number = bare.rstrip("学课小时H")
        if number.replace(".", "", 1).isdigit():
            return {"class_hours": Decimal(number)}
    return None


SPECIAL: dict[str, Special] = {"score": _mark, "passed": _mark, "level": _level, "class_hours": _hours}


class Roll:
    """The persons of the roster as lists name them: by the number of their document, or by name and unit."""

    def __init__(self, session: Session, units: Units, today: date) -> None:
        self.units = units
        self._today = today
        self._persons: dict[str, tuple[int, str, int]] = {}
        self._by_name: dict[tuple[str, int], list[int]] = {}
        self._by_bare_name: dict[str, list[int]] = {}
        for row_id, name, number, unit in session.execute(
            select(Worker.id, Worker.name, Worker.identity_number, Worker.enterprise_id).where(
                Worker.retired_at.is_(None)
            )
        ):
            self._persons[number] = (row_id, name, unit)
            self._by_name.setdefault((name, unit), []).append(row_id)
            self._by_bare_name.setdefault(name, []).append(row_id)
        self._unit_of = {row_id: unit for row_id, _, unit in self._persons.values()}

    def find(self, row: ListRow) -> tuple[int, int] | None:
        """The person and the unit they are trained for; refuses the row when it is nobody, or nobody in particular."""
        number = row.values.get("identity_number")
        unit = self.units.find(row, required=False)
        if row.problems:
            return None
        name = row.values.get("name")
        if number:
            found = self._persons.get(str(number))
            if found is None:
                wrong = (
                    identity_number_problem(str(number), today=self._today)
                    if len(str(number)) in (15, 17, 18)
                    else None
                )
                row.refuse("identity_number", "身份证号", wrong or "名册里没有这个证件号码的人，请先导入从业人员")
                return None
            if name and name != found[1]:
                row.warn("name", "姓名", f"与名册上的姓名“{found[1]}”不同，按证件号码记入")
            return found[0], unit or found[2]
        if not name:
            row.refuse("identity_number", "身份证号", "没有身份证号，也没有姓名")
            return None
        ids = self._by_name.get((str(name), unit), []) if unit else self._by_bare_name.get(str(name), [])
        if len(ids) == 1:
            return ids[0], unit or self._unit_of[ids[0]]
        told = f"有{len(ids)}个叫这个名字的人，请填身份证号" if ids else "名册里没有这个人，请先导入从业人员"
        row.refuse("name", "姓名", told)
        return None


@dataclass
class _Taken:
    """What one person has on record and in this file."""

    stretches: list[Stretch]
    rows: list[ListRow]


class _Desk:
    """Decides row by row against the roster and what is on record.

    More hours than its days hold (T7) keep a row out; days that fill up over several rows and ten equal marks (T16) are
    told. A named class that is not there yet is made.
    """

    missing = 0
    has_more = False

    def __init__(self, session: Session, today: date) -> None:
        self.units = Units(session)
        self._roll = Roll(session, self.units, today)
        self._today = today
        profile = read_profile(session)
        self._day_cap = profile.day_cap * 2
        self._pass_mark = profile.pass_mark
        self.classes: dict[SessionKey | None, int] = {
            (one.name, one.level, one.started_on, one.ended_on, halves(one.class_hours)): one.id
            for one in session.execute(
                select(
                    TrainingSession.id, TrainingSession.name, TrainingSession.level, TrainingSession.started_on,
                    TrainingSession.ended_on, TrainingSession.class_hours,
                ).where(TrainingSession.retired_at.is_(None))
            )
        }  # fmt: skip
        self.new_classes: dict[SessionKey, tuple[ListRow, dict[str, Any]]] = {}
        self._known = self._records(session)
        self._first: dict[RecordKey, ListRow] = {}
        self._taken: dict[int, _Taken] = {}
        self._overfull: dict[tuple[int, date, date], list[ListRow]] = {}
        self._marks: dict[tuple[object, ...], list[tuple[ListRow, object]]] = {}

    def _records(self, session: Session) -> dict[RecordKey, tuple[int, dict[str, Any]]]:
        self._stretches: dict[int, list[Stretch]] = {}
        known: dict[RecordKey, tuple[int, dict[str, Any]]] = {}
        columns = [getattr(TrainingRecord, name) for name in ("worker_id", "session", *_KEPT)]
        for row in session.execute(select(TrainingRecord.id, *columns).where(TrainingRecord.retired_at.is_(None))):
            hours = halves(row.class_hours)
            self._stretches.setdefault(row.worker_id, []).append(Stretch(row.started_on, row.ended_on, hours))
            key = (row.worker_id, row.level, row.started_on, row.ended_on, hours, row.session or "")
            known[key] = (row.id, {name: getattr(row, name) for name in _KEPT})
        return known

    def decide(self, row: ListRow) -> Write | None:
        found = self._roll.find(row)
        for one in fields_of(TrainingRecord):
            if one.required and not one.link and one.key not in row.values:
                row.refuse(one.key, one.label, f"{one.label}必填")
        if found is None or row.problems:
            return None
        person, unit = found
        values: dict[str, Any] = {name: row.values.get(name) for name in _KEPT}
        values |= {"worker_id": person, "enterprise_id": unit, "session": row.values.get("session")}
        seen = TrainingRecord.examine(values, today=self._today)
        labels = {one.key: one.label for one in fields_of(TrainingRecord)}
        for key, text in seen.problems.items():
            row.refuse(key, labels[key], text)
        values |= seen.values
        if row.problems or self._is_too_much(row, values):
            return None
        TrainingRecord.derive(values)
        hours = halves(values["class_hours"])
        name = str(values["session"] or "")
        place = (person, str(values["level"]), values["started_on"], values["ended_on"], hours, name)
        if (first := self._first.get(place)) is not None:
            where = f"第{first.number}行" if first.sheet == row.sheet else f"工作表“{first.sheet}”第{first.number}行"
            row.refuse("identity_number", "身份证号", f"重复：{where}")
            return None
        self._first[place] = row
        self._remember(row, person, values, hours, is_new=place not in self._known)
        self._warn(row, values)
        if place in self._known:
            row_id, old = self._known[place]
            changed = differing({name: values[name] for name in _KEPT}, old)
            return Write(row, changed, row_id, old) if changed else None
        if row.values.get("session"):
            self._class_of(row, values)
        return Write(row, values)

    @property
    def created(self) -> Mapping[str, Sequence[str]]:
        """The classes that are not there yet."""
        return {TrainingSession.about.key: [key[0] for key in self.new_classes]}

    def place(self, text: str) -> str | None:
        """The enterprise a title or group row speaks of."""
        return self.units.place(text)

    def write(self, tx: Transaction, made: RosterImport, writes: Sequence[Write]) -> None:
        """The classes, then the records in them."""
        classes = self.new_classes
        ids = write_rows(tx, made, TrainingSession, [Write(row, values) for row, values in classes.values()])
        numbers = self.classes | dict(zip(classes, ids, strict=True))
        for one in writes:
            if one.row_id is None:
                one.values["session_id"] = numbers.get(session_key(one.values))
        write_rows(tx, made, TrainingRecord, writes)

    def look_back(self, rows: Sequence[ListRow]) -> None:
        """What only many rows tell: days filled by several trainings (T7), ten equal marks (T16)."""
        for taken in self._taken.values():
            if excess := day_excess(taken.stretches, day_cap=self._day_cap):
                last = taken.rows[-1]
                told = (
                    f"T7：{excess.first}至{excess.last}合计{hours_text(excess.half_hours)}学时，"
                    f"超过每日上限{hours_text(excess.over)}学时，请核实"
                )
                last.warn("class_hours", "学时", told)
        for marked in self._marks.values():
            if all_marks_equal(mark for _, mark in marked):
                row, mark = marked[0]
                row.warn("score", "成绩", f"T16：这一班{len(marked)}人成绩都是{mark}，请核实是否真实考核")

    def _is_too_much(self, row: ListRow, values: Mapping[str, Any]) -> bool:
        """More hours in one row than its own days hold: refused (T7)."""
        own = Stretch(values["started_on"], values["ended_on"], halves(values["class_hours"]))
        if day_excess([own], day_cap=self._day_cap) is None:
            return False
        same_days = [
            Stretch(own.first, own.last, halves(other.values["class_hours"]))  # type: ignore[arg-type]
            for other in self._overfull.get((values["worker_id"], own.first, own.last), [])
        ]
        excess = day_excess([own, *same_days], day_cap=self._day_cap)
        assert excess is not None
        when = f"{own.first}一天" if own.first == own.last else f"{own.first}至{own.last}"
        told = (
            f"T7：{when}计{hours_text(excess.half_hours)}学时，每日上限{hours_text(self._day_cap)}学时，"
            f"超出{hours_text(excess.over)}学时"
        )
        row.refuse("class_hours", "学时", told)
        self._overfull.setdefault((values["worker_id"], own.first, own.last), []).append(row)
        return True

    def _remember(self, row: ListRow, person: int, values: Mapping[str, Any], hours: int, *, is_new: bool) -> None:
        taken = self._taken.setdefault(person, _Taken(list(self._stretches.get(person, ())), []))
        if is_new:
            taken.stretches.append(Stretch(values["started_on"], values["ended_on"], hours))
        taken.rows.append(row)
        group = (values["session"], values["level"], values["started_on"], values["enterprise_id"])
        self._marks.setdefault(group, []).append((row, values["score"]))

    def _warn(self, row: ListRow, values: Mapping[str, Any]) -> None:
        if values["ended_on"] > self._today:
            row.warn("started_on", "开始日期", "日期在今天之后，请核对")
        initial = Level(values["level"]) in THREE_LEVELS
        if initial and values["score"] is None and values["passed"] is None:
            row.warn("score", "成绩", "没有成绩，也没有写是否合格，按未考核计")
        if values["passed"] and values["score"] is not None and values["score"] < self._pass_mark:
            row.warn("passed", "是否合格", f"成绩低于合格分数{self._pass_mark}，却写着合格，按所写的计")

    def _class_of(self, row: ListRow, values: Mapping[str, Any]) -> None:
        key = session_key(values)
        if key is None or key in self.classes:
            return
        made = self.new_classes.get(key)
        if made is None:
            shared = {
                name: values[name] for name in ("level", "started_on", "ended_on", "class_hours", "content", "trainer")
            }
            self.new_classes[key] = (row, {"name": key[0], "enterprise_id": values["enterprise_id"], **shared})
        elif made[1]["enterprise_id"] != values["enterprise_id"]:
            made[1]["enterprise_id"] = None


TRAINING = PersonList(TrainingRecord, "导入培训记录", training_fields, _Desk, SPECIAL)
