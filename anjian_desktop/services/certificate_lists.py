"""证书 held by people, from Excel: known by person, kind, item and number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.exchange.list_rows import ListRow
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.ledgers.roster_import import RosterImport
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services.list_imports import Units, Write, differing, write_rows
from anjian_desktop.services.person_lists import PersonList
from anjian_desktop.storage.transaction import Transaction

_OWN = ("origin", "state", "reason")
"""What the office's own issuing says; a list of held certificates never does."""


def certificate_fields() -> tuple[Field, ...]:
    """What a list of held certificates may hold."""
    own = [one for one in fields_of(Certificate) if not one.computed and one.key not in _OWN]
    return tuple(replace(one, unique=one.key in ("identity_number", "number")) for one in own)


class _Desk:
    """Decides row by row against the certificates and the roster."""

    created: Mapping[str, Sequence[str]] = MappingProxyType({})
    missing = 0
    has_more = False

    def __init__(self, session: Session, today: date) -> None:
        self.place = Units(session).place
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

    def look_back(self, rows: Sequence[ListRow]) -> None:
        """Certificates stand by themselves: many rows tell no more than each."""

    def write(self, tx: Transaction, made: RosterImport, writes: Sequence[Write]) -> None:
        """The certificates."""
        write_rows(tx, made, Certificate, writes)

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


CERTIFICATES = PersonList(Certificate, "导入证书", certificate_fields, _Desk)
