"""从业人员 from Excel: one person once, whatever enterprises they worked for; the list may be one of several enterprises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from anjian_desktop.exchange.import_plan import ImportPlan
from anjian_desktop.exchange.list_rows import ListRow, read_list
from anjian_desktop.exchange.sheet import read_workbook
from anjian_desktop.ledgers.base import field_of, fields_of
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.ledgers.worker import Worker, WorkerPost
from anjian_desktop.services.list_imports import ListImport, Units, Write, differing, judge, start_import, write_rows
from anjian_desktop.services.maintenance import safeguard_import
from anjian_desktop.services.office import Office
from anjian_desktop.services.progress import Step, no_step

_PER_POST = ("workshop", "team", "post", "left_on", "last_work_day", "returned_on", "transferred_on")
"""What ends with a post when a person comes to another enterprise."""


def import_workers(
    office: Office,
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    step: Step = no_step,
) -> ListImport:
    """Read a list of workers into the roster; rows a rule refuses are told and left out. Raises UserError when unreadable.

    The enterprise comes from its column, a credit code, a group row, a title above the heading, the sheet's or the
    file's name. A person already there is brought up to date; at another enterprise they move, and the earlier post
    stays in their file.
    """
    step(0, 3, f"读取 {path.name}")
    workbook = read_workbook(path, sheet=sheet)
    plan = ImportPlan(Worker.about.key)
    with office.db.reading() as session:
        units = Units(session)
        columns = [one.column for one in fields_of(Worker)]
        known = {
            row.identity_number: {"id": row.id, **{name: getattr(row, name) for name in columns}}
            for row in session.execute(
                select(Worker.id, *(getattr(Worker, name) for name in columns)).where(Worker.retired_at.is_(None))
            )
        }
    visible = [one for one in workbook.sheets if not one.hidden or one.name == sheet]
    rows = read_list(
        visible, worker_fields(), plan, today=office.today, title="name", place=units.place, mapping=mapping
    )
    if (home := units.place(path.stem)) is not None:
        for row in rows:
            row.place = row.place or home
    step(1, 3, "与名册比对")
    desk = _Desk(units, known, office.today)
    writes = judge(plan, rows, desk.decide)
    mentioned = {one.values.get("identity_number") for one in rows}
    here = desk.units_seen
    missing = sum(
        1
        for number, one in known.items()
        if one["enterprise_id"] in here and number not in mentioned and one["left_on"] is None
    )
    summary = ListImport(None, plan, {}, missing, False)
    if dry_run or (all_or_nothing and summary.counts["refused"]):
        return summary
    if not writes and not desk.earlier:
        return replace(summary, applied=True)
    step(2, 3, "写入")
    safeguard_import(office)
    with office.db.transaction("导入从业人员", actor=office.actor) as tx:
        made = start_import(tx, Worker, path, workbook.sha256, summary.counts)
        ids = write_rows(tx, made, Worker, writes)
        by_number = {one.values["identity_number"]: row_id for one, row_id in zip(_new(writes), ids, strict=True)}
        for number, post in desk.earlier:
            worker_id = by_number.get(number) or known[number]["id"]
            tx.session.add(WorkerPost(worker_id=worker_id, recorded_at=tx.now, **post))
        import_id = made.id
    step(3, 3, "")
    return ListImport(import_id, plan, {}, missing, True, tx.change_set)


def worker_fields() -> tuple[Field, ...]:
    """The declared fields, and the credit code that may stand for the enterprise's name."""
    fields = [one for one in fields_of(Worker) if not one.computed]
    code = field_of(Enterprise, "credit_code")
    assert code is not None
    return (*fields, replace(code, unique=False))


def _new(writes: list[Write]) -> list[Write]:
    return [one for one in writes if one.row_id is None]


class _Desk:
    """Decides row by row; remembers what the file has said before."""

    def __init__(self, units: Units, known: dict[str, dict[str, Any]], today: date) -> None:
        self._units = units
        self._known = known
        self._today = today
        self._first: dict[tuple[str, int], ListRow] = {}
        self._written: dict[str, Write] = {}
        self.units_seen: set[int] = set()
        self.earlier: list[tuple[str, dict[str, Any]]] = []
        """Posts that were over before the present one: identity number and what `WorkerPost` keeps."""

    def decide(self, row: ListRow) -> Write | None:
        unit = self._units.find(row, required=True)
        for one in fields_of(Worker):
            if one.required and not one.link and one.default is None and one.key not in row.values:
                row.refuse(one.key, one.label, f"{one.label}必填")
        if unit is None or row.problems:
            return None
        self.units_seen.add(unit)
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
        self.earlier.append((number, {**post, "from_on": given.get("hired_on"), "to_on": given.get("left_on")}))
        row.warn("enterprise", "企业名称", "此人另有较新的岗位，这一行只记入任职经历")
