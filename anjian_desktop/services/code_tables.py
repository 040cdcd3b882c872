"""代码表 in use: the words in force on a day, and the fields that offer them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, func, select
from sqlalchemy.orm import Session

from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.code import Code
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services.office import Office

_TODAY: Any = bindparam("today", type_=Date())
_WORDS = (
    select(Code.table, Code.code, Code.label, Code.threshold)
    .where(
        Code.table.in_(bindparam("tables", expanding=True)),
        Code.retired_at.is_(None),
        func.coalesce(Code.valid_from, _TODAY) <= _TODAY,
        func.coalesce(Code.valid_to, _TODAY) >= _TODAY,
    )
    .order_by(func.coalesce(Code.position, 1_000_000), Code.id)
)
"""Made once: to build it anew would take longer than to run it."""


@dataclass(frozen=True)
class CodeWord:
    """One word of a table: what rows keep, what is read, where its bounds lie."""

    code: str
    label: str
    threshold: str


def fields(office: Office, ledger_key: str) -> tuple[Field, ...]:
    """The ledger's fields with the words in force today as their choices."""
    with office.db.reading() as session:
        return current_fields(session, ledger_named(ledger_key), today=office.today)


def words(office: Office, table: str) -> list[CodeWord]:
    """The words of a table in force today, in its order."""
    with office.db.reading() as session:
        return _in_force(session, {table}, office.today).get(table, [])


def industry_name(office: Office, code: str) -> str:
    """What an industry code of GB/T 4754 means, as far as 门类 and 大类 tell: `C2651` → 制造业 · 化学原料和化学制品制造业."""
    letters = "".join(one for one in code[:1] if one.isalpha()).upper()
    digits = "".join(one for one in code if one.isdigit())[:2]
    with office.db.reading() as session:
        found: dict[str, str] = dict(
            session.execute(
                select(Code.code, Code.label).where(Code.table == "industry", Code.code.in_([letters, digits]))
            ).all()
        )
    return " · ".join(found[one] for one in (letters, digits) if one in found)


def current_fields(
    session: Session, ledger: type[Ledger], *, today: date, keys: Collection[str] | None = None
) -> tuple[Field, ...]:
    """As `fields`, inside a transaction that is already open; with `keys` only those fields matter."""
    declared = fields_of(ledger)
    wanted = [one for one in declared if one.code_table and _chosen(one) and (keys is None or one.key in keys)]
    if not wanted:
        return declared
    known = _in_force(session, {one.code_table for one in wanted}, today)
    return tuple(_offering(one, known) if one.code_table in known else one for one in declared)


def _chosen(one: Field) -> bool:
    return one.kind in (Kind.CHOICE, Kind.MULTI_CHOICE)


def _offering(one: Field, known: Mapping[str, list[CodeWord]]) -> Field:
    """The field with the table's words; a closed one keeps its own too, since rules of the program know them."""
    if not _chosen(one):
        return one
    found = known[one.code_table]
    kept = () if one.open_choices else tuple(word for word in one.choices if word not in {each.code for each in found})
    labels = {each.code: each.label for each in found if each.label != each.code}
    return replace(one, choices=(*(each.code for each in found), *kept), choice_labels={**one.choice_labels, **labels})


def _in_force(session: Session, tables: set[str], today: date) -> dict[str, list[CodeWord]]:
    found: dict[str, list[CodeWord]] = {}
    for table, code, label, threshold in session.execute(_WORDS, {"tables": sorted(tables), "today": today}):
        found.setdefault(table, []).append(CodeWord(code, label, threshold or ""))
    return found
