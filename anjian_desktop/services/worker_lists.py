"""从业人员 from Excel: one person once, whatever enterprises they worked for; the list may be one of several enterprises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.exchange.list_rows import ListRow
from anjian_desktop.ledgers.base import field_of, fields_of
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.ledgers.roster_import import RosterImport
from anjian_desktop.ledgers.worker import Worker, WorkerPost
from anjian_desktop.services.list_imports import Units, Write, differing, write_rows
from anjian_desktop.services.person_lists import PersonList
from anjian_desktop.storage.transaction import Transaction

_PER_POST = ("workshop", "team", "post", "left_on", "last_work_day", "returned_on", "transferred_on")
"""What ends with a post when a person comes to another enterprise."""


def worker_fields() -> tuple[Field, ...]:
    """The declared fields, and the credit code that may stand for the enterprise's name; a group row may do so too."""
    fields = [replace(one, required=one.required and not one.link) for one in fields_of(Worker) if not one.computed]
    code = field_of(Enterprise, "credit_code")
    assert code is not None
    return (*fields, replace(code, unique=False))


class _Desk:
    """Decides row by row; remembers what the file has said before."""

    def __init__(self, session: Session, today: date) -> None:
        self._units = Units(session)
        columns = [one.column for one in fields_of(Worker)]
        wanted = select(Worker.id, *(getattr(Worker, name) for name in columns)).where(Worker.retired_at.is_(None))
        self._known: dict[str, dict[str, Any]] = {
            row.identity_number: {"id": row.id, **{name: getattr(row, name) for name in columns}}
            for row in session.execute(wanted)
        }
        self._today = today
        self._mentioned: set[object] = set()
        self._first: dict[tuple[str, int], ListRow] = {}
        self._written: dict[str, Write] = {}
        self._units_seen: set[int] = set()
        self._earlier: list[tuple[str, dict[str, Any]]] = []
        """Posts that were over before the present one: identity number and what `WorkerPost` keeps."""

    @property
    def created(self) -> Mapping[str, Sequence[str]]:
        """Nothing but persons."""
        return {}

    @property
    def missing(self) -> int:
        """Persons in service at an enterprise of the list who are not in it."""
        return sum(
            one["enterprise_id"] in self._units_seen and number not in self._mentioned and one["left_on"] is None
            for number, one in self._known.items()
        )

    @property
    def has_more(self) -> bool:
        """Earlier posts of persons who are as they were."""
        return bool(self._earlier)

    def place(self, text: str) -> str | None:
        """The enterprise a title or group row speaks of."""
        return self._units.place(text)

    def look_back(self, rows: Sequence[ListRow]) -> None:
        """Remember everybody named, refused ones too."""
        self._mentioned = {one.values.get("identity_number") for one in rows}

    def write(self, tx: Transaction, made: RosterImport, writes: Sequence[Write]) -> None:
        """The persons, and the posts they held before."""
        ids = write_rows(tx, made, Worker, writes)
        new = [one for one in writes if one.row_id is None]
        by_number = {one.values["identity_number"]: row_id for one, row_id in zip(new, ids, strict=True)}
        for number, post in self._earlier:
            worker_id = by_number.get(number) or self._known[number]["id"]
            tx.session.add(WorkerPost(worker_id=worker_id, recorded_at=tx.now, **post))

    def decide(self, row: ListRow) -> Write | None:
        unit = self._units.find(row, required=True)
        for one in fields_of(Worker):
            if one.required and not one.link and one.default is None and one.key not in row.values:
                row.refuse(one.key, one.label, f"{one.label}必填")
        if unit is None or row.problems:
            return None
        self._units_seen.add(unit)
        number = str(row.values["identity_number"])
        given = {one.column: row.values[one.key] for one in fields_of(Worker) if one.key in row.values and not one.link}
        given["enterprise_id"] = unit
        old = self._known.get(number)
        defaults = {one.column: one.default for one in fields_of(Worker) if one.default is not None}
        present = old or defaults
        moves = old is not None and old["enterprise_id"] != unit
        whole = {**present, **(dict.fromkeys(_PER_POST) if moves else {}), **given}
        self._examine(row, whole, given)
        if row.problems:
            return None
        if (first := self._first.get((number, unit))) is not None:
            where = f"第{first.number}行" if first.sheet == row.sheet else f"工作表“{first.sheet}”第{first.number}行"
            row.refuse("identity_number", "身份证号", f"重复：{where}")
            return None
        self._first[number, unit] = row
        if number in self._written:
            return self._another_post(row, number, given)
        if old is None:
            write = Write(row, {**defaults, **given})
        elif moves and not self._is_later(given, old):
            self._keep_earlier(row, number, given)
            return None
        else:
            values = differing(given, old)
            if "name" in values:
                row.warn("name", "姓名", f"身份证号相同，姓名由“{old['name']}”变为“{given['name']}”，请核对")
            if moves:
                values |= {name: given.get(name) for name in _PER_POST if given.get(name) != old.get(name)}
            if not values:
                return None
            write = Write(row, values, old["id"], old)
        self._written[number] = write
        return write

    def _examine(self, row: ListRow, whole: Mapping[str, Any], given: dict[str, Any]) -> None:
        seen = Worker.examine(whole, today=self._today)
        labels = {one.key: one.label for one in fields_of(Worker)}
        for key, text in seen.problems.items():
            row.refuse(key, labels[key], text)
        for key, text in seen.warnings.items():
            row.warn(key, labels[key], text)
        if "sex" in seen.warnings:
            given.pop("sex", None)

    def _another_post(self, row: ListRow, number: str, given: dict[str, Any]) -> Write | None:
        """The same person at a second enterprise of this file: the later one is the present post."""
        write = self._written[number]
        if self._is_later(given, write.values):
            old = {**write.before, **write.values}
            self._keep_earlier(write.row, number, old)
            write.values.update(given)
            for name in _PER_POST:
                if name not in given and (name in write.values or write.before.get(name) is not None):
                    write.values[name] = None
        else:
            self._keep_earlier(row, number, given)
        return None

    def _is_later(self, given: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
        begun, before = given.get("hired_on"), old.get("hired_on")
        if begun and before:
            return bool(begun >= before)
        return bool(old.get("left_on")) or not given.get("left_on")

    def _keep_earlier(self, row: ListRow, number: str, given: Mapping[str, Any]) -> None:
        post = {name: given.get(name) for name in ("enterprise_id", "workshop", "team", "post")}
        self._earlier.append((number, {**post, "from_on": given.get("hired_on"), "to_on": given.get("left_on")}))
        row.warn("enterprise", "企业名称", "此人另有较新的岗位，这一行只记入任职经历")


WORKERS = PersonList(Worker, "导入从业人员", worker_fields, _Desk)
