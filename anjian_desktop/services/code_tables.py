"""代码表 in use: the words in force on a day, and the fields that offer them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, func, select
from sqlalchemy.orm import Session

from anjian_desktop.domain.industries import levels
from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.code import Code
from anjian_desktop.ledgers.fields import NAMES, Field, Kind
from anjian_desktop.ledgers.network import Area
from anjian_desktop.ledgers.organization import Village
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services.office import Office
from anjian_desktop.services.typed_words import matching

_TODAY: Any = bindparam("today", type_=Date())
_WORDS = (
    select(Code.table, Code.code, Code.label, Code.threshold, Code.source, Code.note)
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
    source: str = ""
    note: str = ""


def fields(office: Office, ledger_key: str) -> tuple[Field, ...]:
    """The ledger's fields with the words in force today as their choices."""
    with office.db.reading() as session:
        return current_fields(session, ledger_named(ledger_key), today=office.today)


def words(office: Office, table: str) -> list[CodeWord]:
    """The words of a table in force today, in its order."""
    with office.db.reading() as session:
        return in_force(session, {table}, office.today).get(table, [])


def industry_name(office: Office, code: str) -> str:
    """What an industry code of GB/T 4754 means, from the 门类 down: `C2651` → 制造业 · 化学原料和化学制品制造业 · …"""
    wanted = levels(code)
    if not wanted:
        return ""
    known = {one.code: one.label for one in words(office, "industry")}
    # 正餐服务 is the name of a 中类 and of its only 小类.
    return " · ".join(dict.fromkeys(known[one] for one in wanted if one in known))


def explained(office: Office, table: str, text: str) -> str:
    """What the clerk should know of a word typed into a field of that table: an industry's name, a kind's bounds and where
    they come from. Empty where there is nothing to say."""
    text = text.strip()
    if not text:
        return ""
    if table == "industry":
        return industry_name(office, text) or "代码表里没有这个代码"
    found = next((one for one in words(office, table) if text in (one.code, one.label)), None)
    if found is not None and table.startswith("certificate_"):
        told = "；".join(one for one in (found.threshold, found.note) if one)
        return f"{told}（{found.source}）" if told and found.source else told
    if found is None or not found.threshold:
        return ""
    return f"界定：{found.threshold}（{found.source or '待核实，各地不同，依据可在代码表里填'}）"


def find_codes(office: Office, table: str, typed: str, *, limit: int = 60) -> list[CodeWord]:
    """Words of a table by what was typed of them: the beginning of a code (C26, 265), characters of the name, its pinyin.
    Nothing typed gives the shortest codes, from which the others follow."""
    text = typed.strip()
    known = words(office, table)
    if not text:
        shortest = min((len(one.code) for one in known), default=0)
        return [one for one in known if len(one.code) == shortest][:limit]
    digits = text[1:] if text[:1].isalpha() and text[1:].isdigit() else text
    by_code = sorted((one for one in known if one.code.startswith(digits.upper())), key=lambda one: one.code)
    if table == "industry" and levels(text) == (text.upper(),):
        by_code += [one for one in known if len(one.code) == 2 and levels(one.code)[0] == text.upper()]
    by_name: dict[str, list[CodeWord]] = {}
    for one in known:
        by_name.setdefault(one.label, []).append(one)
    named = [one for label in matching(by_name, text) for one in by_name[label]]
    return list(dict.fromkeys((*by_code, *named)))[:limit]


def current_fields(
    session: Session, ledger: type[Ledger], *, today: date, keys: Collection[str] | None = None
) -> tuple[Field, ...]:
    """As `fields`, inside a transaction that is already open; with `keys` only those fields matter."""
    declared = fields_of(ledger)
    wanted = [one for one in declared if one.code_table and _chosen(one) and (keys is None or one.key in keys)]
    if not wanted:
        return declared
    tables = {one.code_table for one in wanted}
    named = {table for table in tables if table.startswith(NAMES)}
    known = in_force(session, tables - named, today) | {table: _names(session, table) for table in named}
    return tuple(_offering(one, known) if one.code_table in known else one for one in declared)


def _names(session: Session, table: str) -> list[CodeWord]:
    """The rows in use of the ledger a field takes its words from; an area may so far only be named by its villages."""
    ledger = ledger_named(table.removeprefix(NAMES))
    title = getattr(ledger, ledger.about.title)
    found = list(session.scalars(select(title).where(ledger.retired_at.is_(None)).order_by(ledger.id)))
    if ledger is Area:
        found += session.scalars(select(Village.area).where(Village.area.is_not(None), Village.retired_at.is_(None)))
    return [CodeWord(name, name, "") for name in dict.fromkeys(found)]


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


def in_force(session: Session, tables: set[str], today: date) -> dict[str, list[CodeWord]]:
    """The words of these tables in force on a day, by table, inside a transaction that is already open."""
    found: dict[str, list[CodeWord]] = {}
    for table, code, label, threshold, source, note in session.execute(
        _WORDS, {"tables": sorted(tables), "today": today}
    ):
        found.setdefault(table, []).append(CodeWord(code, label, threshold or "", source or "", note or ""))
    return found
