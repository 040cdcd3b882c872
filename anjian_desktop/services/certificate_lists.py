"""证书 held by people, from Excel: known by person, kind, item and number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.exchange.import_plan import ImportPlan
from anjian_desktop.exchange.list_rows import ListRow, read_list
from anjian_desktop.exchange.sheet import read_workbook
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services.list_imports import ListImport, Units, Write, differing, judge, start_import, write_rows
from anjian_desktop.services.maintenance import safeguard_import
from anjian_desktop.services.office import Office
from anjian_desktop.services.progress import Step, no_step

_OWN = ("origin", "state", "reason")
"""What the office's own issuing says; a list of held certificates never does."""


def import_certificates(
    office: Office,
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    step: Step = no_step,
) -> ListImport:
    """Read a list of certificates; the holder need not be on the roster. Raises UserError when unreadable."""
    step(0, 3, f"读取 {path.name}")
    workbook = read_workbook(path, sheet=sheet)
    plan = ImportPlan(Certificate.about.key)
    with office.db.reading() as session:
        units = Units(session)
        desk = _Desk(session, office.today)
    visible = [one for one in workbook.sheets if not one.hidden or one.name == sheet]
    fields = certificate_fields()
    rows = read_list(visible, fields, plan, today=office.today, title="name", place=units.place, mapping=mapping)
    step(1, 3, "与证书台账比对")
    writes = judge(plan, rows, desk.decide)
    summary = ListImport(None, plan, {}, 0, False)
    if dry_run or (all_or_nothing and summary.counts["refused"]):
        return summary
    if not writes:
        return replace(summary, applied=True)
    step(2, 3, "写入")
    safeguard_import(office)
    with office.db.transaction("导入证书", actor=office.actor) as tx:
        made = start_import(tx, Certificate, path, workbook.sha256, summary.counts)
        write_rows(tx, made, Certificate, writes)
        import_id = made.id
    step(3, 3, "")
    return ListImport(import_id, plan, {}, 0, True, tx.change_set)


def certificate_fields() -> tuple[Field, ...]:
    """What a list of held certificates may hold."""
    own = [one for one in fields_of(Certificate) if not one.computed and one.key not in _OWN]
    return tuple(replace(one, unique=one.key in ("identity_number", "number")) for one in own)


class _Desk:
    """Decides row by row against the certificates and the roster."""

    def __init__(self, session: Session, today: date) -> None:
        self._today = today
        self._columns = [one.column for one in fields_of(Certificate)]
        self._known: dict[tuple[str, str, str, str], dict[str, Any]] = {}
        columns = [getattr(Certificate, name) for name in self._columns]
        for row in session.execute(
            select(Certificate.id, *columns).where(Certificate.retired_at.is_(None), Certificate.origin == "held")
        ):
            values = {"id": row.id, **{name: getattr(row, name) for name in self._columns}}
            self._known[self._key(values)] = values
        self._names = dict(
            session.execute(select(Worker.identity_number, Worker.name).where(Worker.retired_at.is_(None))).all()
        )
        self._first: dict[tuple[str, str, str, str], ListRow] = {}

    def decide(self, row: ListRow) -> Write | None:
        labels = {one.key: one.label for one in fields_of(Certificate)}
        for one in fields_of(Certificate):
            if one.required and one.key not in row.values:
                row.refuse(one.key, one.label, f"{one.label}必填")
        if row.problems:
            return None
        given = {key: value for key, value in row.values.items() if key in self._columns}
        # The kind as the table calls it, before the row is looked up.
        given |= Certificate.examine(given, today=self._today).values
        old = self._known.get(self._key(given))
        seen = Certificate.examine({**(old or {}), **given}, today=self._today)
        given |= seen.values
        for key, text in seen.problems.items():
            row.refuse(key, labels[key], text)
        for key, text in seen.warnings.items():
            row.warn(key, labels[key], text)
        if row.problems:
            return None
        place = self._key(given)
        if (first := self._first.get(place)) is not None:
            where = f"第{first.number}行" if first.sheet == row.sheet else f"工作表“{first.sheet}”第{first.number}行"
            row.refuse("number", labels["number"], f"重复：{where}")
            return None
        self._first[place] = row
        self._compare_name(row, given)
        if old is None:
            return Write(row, {"origin": "held", "state": "valid", **given})
        values = differing(given, old)
        return Write(row, values, old["id"], old) if values else None

    def _compare_name(self, row: ListRow, given: Mapping[str, Any]) -> None:
        name = self._names.get(given["identity_number"])
        if name is None:
            row.warn("identity_number", "身份证号", "从业人员名册里没有这个人，证书照样登记")
        elif name != given["name"]:
            row.warn("name", "姓名", f"与名册上的姓名“{name}”不同，请核对")

    def _key(self, values: Mapping[str, Any]) -> tuple[str, str, str, str]:
        return (values["identity_number"], values["certificate_kind"], values.get("item") or "", values["number"])
