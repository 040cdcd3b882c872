"""Rows for lists and forms of any ledger: ids filtered and sorted by SQL, pages of rows on demand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeDecorator

from anjian_desktop.domain.text import compact, name_key
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.base import About, Ledger, field_of, fields_of
from anjian_desktop.ledgers.fields import SEPARATOR, Field, FieldProblem, Kind
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.ledgers.registry import all_ledgers, ledger_named
from anjian_desktop.services.marks import ids_marked, marks_of
from anjian_desktop.services.office import Office
from anjian_desktop.storage import search_index
from anjian_desktop.storage.engine import TEXT_ORDER

_WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NAME})


@dataclass(frozen=True)
class Condition:
    """One filter: `op` is =, !=, ~ (contains), >=, <= or `in` (any of the lines of `value`, as ticked in a header);
    an empty value with = or != means (not) filled."""

    key: str
    op: str
    value: str


@dataclass(frozen=True)
class Query:
    """What a list shows: typed text, conditions that must all hold, marks, sorting as (key, descending)."""

    ledger: str
    text: str = ""
    where: tuple[Condition, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    marks: frozenset[str] = frozenset()
    retired: bool = False


@dataclass(frozen=True)
class RowView:
    """One row as values by field key; a link is (id, name). `shown` is masked for lists, `full` is not."""

    id: int
    version: int
    values: Mapping[str, object]
    shown: Mapping[str, str]
    full: Mapping[str, str]
    marks: frozenset[str] = field(default_factory=frozenset)


def ledgers() -> tuple[About, ...]:
    """What every ledger says about itself, those of the navigation first."""
    return tuple(ledger.about for ledger in all_ledgers())


def fields(ledger_key: str) -> tuple[Field, ...]:
    """The declared fields of a ledger, in its order."""
    return fields_of(ledger_named(ledger_key))


def parse_condition(ledger_key: str, text: str) -> Condition:
    """`所属村=东河村`, `credit_code!=`, `企业名称~化工`, `从业人数>=50`. Raises UserError."""
    parts = re.match(r"\s*(.+?)\s*(!=|>=|<=|=|~)\s*(.*?)\s*$", text, re.DOTALL)
    if parts is None:
        raise UserError(f"看不懂筛选条件“{text}”。", next_step="请写成 所属村=东河村、企业名称~化工 或 从业人数>=50。")
    found = field_of(ledger_named(ledger_key), parts[1])
    if found is None:
        known = SEPARATOR.join(one.label for one in fields(ledger_key))
        raise UserError(f"没有“{parts[1]}”这一列。", next_step=f"可以筛选：{known}。")
    return Condition(found.key, parts[2], parts[3])


def ids(office: Office, query: Query) -> list[int]:
    """Ids of the rows that match, in order."""
    with office.db.reading() as session:
        return select_ids(session, query, today=office.today)


def page(office: Office, ledger_key: str, row_ids: Sequence[int]) -> list[RowView]:
    """The rows of these ids, in their order; vanished ones are left out."""
    with office.db.reading() as session:
        return read_rows(session, ledger_named(ledger_key), row_ids, today=office.today)


def row(office: Office, ledger_key: str, row_id: int) -> RowView:
    """One row. Raises UserError when it is no longer there."""
    found = page(office, ledger_key, [row_id])
    if not found:
        raise UserError("这条记录已不在。", next_step="请刷新列表（F5）。")
    return found[0]


def facets(
    office: Office, ledger_key: str, key: str, *, query: Query | None = None, limit: int = 200
) -> list[tuple[str, int]]:
    """The values a column takes and how often, the commonest first; for header filters."""
    ledger = ledger_named(ledger_key)
    declared = _field(ledger, key)
    with office.db.reading() as session:
        column = _comparable(ledger, declared)
        wanted: Select[Any] = (
            select(column, func.count()).select_from(ledger).group_by(column).order_by(func.count().desc(), column)
        )
        for condition in _conditions(session, ledger, query or Query(ledger_key), office.today):
            wanted = wanted.where(condition)
        counted: dict[str, int] = {}
        for value, count in session.execute(wanted.limit(limit * 3 if declared.kind is Kind.MULTI_CHOICE else limit)):
            members = value if isinstance(value, tuple) else (value,)
            for member in members or (None,):
                shown = declared.show(member)
                counted[shown] = counted.get(shown, 0) + count
    return sorted(counted.items(), key=lambda item: (-item[1], not item[0], item[0]))[:limit]


def link_names(office: Office, ledger_key: str, text: str = "", *, limit: int = 50) -> list[str]:
    """Names offered where a row of another ledger is to be named; pinyin and initials find them too."""
    if ledger_key == "organization":
        with office.db.reading() as session:
            found = select(Organization.name).where(
                Organization.retired_at.is_(None), Organization.name.contains(text, autoescape=True)
            )
            return list(session.scalars(found.order_by(Organization.name).limit(limit)))
    query = Query(ledger_key, text=text)
    with office.db.reading() as session:
        ledger = ledger_named(ledger_key)
        rows = read_rows(session, ledger, select_ids(session, query, today=office.today)[:limit], today=office.today)
        return [view.full[ledger.about.title] for view in rows]


def select_ids(session: Session, query: Query, *, today: date) -> list[int]:
    """As `ids`, inside a transaction that is already open."""
    ledger = ledger_named(query.ledger)
    wanted: Select[tuple[int]] = select(ledger.id)
    for condition in _conditions(session, ledger, query, today):
        wanted = wanted.where(condition)
    sort = query.sort or ((ledger.about.sort or ledger.about.title, False),)
    for key, descending in sort:
        for column in _sort_columns(ledger, key):
            wanted = wanted.order_by(column.desc().nulls_last() if descending else column.asc().nulls_last())
    return list(session.scalars(wanted.order_by(ledger.id)))


def read_rows(session: Session, ledger: type[Ledger], row_ids: Sequence[int], *, today: date) -> list[RowView]:
    """As `page`, inside a transaction that is already open."""
    declared = fields_of(ledger)
    found: dict[int, Ledger] = {}
    for start in range(0, len(row_ids), 500):
        chunk = row_ids[start : start + 500]
        found.update((one.id, one) for one in session.scalars(select(ledger).where(ledger.id.in_(chunk))))
    names = _link_names(session, declared, found.values())
    marks = marks_of(session, ledger, list(found), today=today)
    return [_view(found[one], declared, names, marks.get(one, frozenset())) for one in row_ids if one in found]


def _view(
    record: Ledger, declared: Sequence[Field], names: Mapping[tuple[str, int], str], marks: frozenset[str]
) -> RowView:
    values: dict[str, object] = dict.fromkeys(one.key for one in declared)
    full = dict.fromkeys(values, "")
    shown = full.copy()
    loaded = record.__dict__
    for one in declared:
        # Most fields of most rows are empty: an attribute's own access would cost ten times this look-up.
        value = loaded[one.column] if one.column in loaded else getattr(record, one.column)
        if value is None:
            continue
        if one.link:
            name = names.get((one.link, value), "")
            values[one.key] = (value, name)
            shown[one.key] = full[one.key] = name
        else:
            values[one.key] = value
            full[one.key] = one.show(value)
            shown[one.key] = one.masked(value) if one.personal else full[one.key]
    retired = frozenset({"retired"}) if record.retired_at else frozenset()
    return RowView(record.id, record.version, values, shown, full, marks | retired)


def _link_names(session: Session, declared: Sequence[Field], records: Iterable[Ledger]) -> dict[tuple[str, int], str]:
    names: dict[tuple[str, int], str] = {}
    rows = list(records)
    for one in declared:
        if not one.link:
            continue
        target = link_target(one.link)
        wanted = sorted({value for record in rows if (value := getattr(record, one.column)) is not None})
        title = title_column(target)
        for start in range(0, len(wanted), 500):
            pairs = session.execute(select(target.id, title).where(target.id.in_(wanted[start : start + 500])))
            names.update({(one.link, found): name or "" for found, name in pairs})
    return names


def link_target(key: str) -> type[Ledger]:
    """The model a link points to; `organization` is any kind of unit."""
    return Organization if key == "organization" else ledger_named(key)


def title_column(ledger: type[Ledger]) -> InstrumentedAttribute[Any]:
    """The column that names a row."""
    name = "name" if ledger is Organization else ledger.about.title
    return getattr(ledger, name)  # type: ignore[no-any-return]


def _field(ledger: type[Ledger], key: str) -> Field:
    found = field_of(ledger, key)
    if found is None:
        raise UserError(f"没有“{key}”这一列。")
    return found


def _comparable(ledger: type[Ledger], declared: Field) -> Any:
    """What a condition compares: the column, or a link's name."""
    column = getattr(ledger, declared.column)
    if not declared.link:
        return column
    target = link_target(declared.link)
    table = target.__mapper__.local_table if target is Organization else Organization.__table__
    if issubclass(target, Organization):
        other = table.alias(f"{declared.key}_name")
        return select(other.c.name).where(other.c.id == column).scalar_subquery()
    linked = target.__table__.alias(f"{declared.key}_name")
    return select(linked.c[target.about.title]).where(linked.c.id == column).scalar_subquery()


def _sort_columns(ledger: type[Ledger], key: str) -> list[Any]:
    """A number sorts by its parts, words by pinyin with 2号 before 10号, everything else by itself."""
    declared = _field(ledger, key)
    if issubclass(ledger, Organization) and key == ledger.about.title:
        return [ledger.name_order]
    if declared.link and issubclass(link_target(declared.link), Organization):
        other = Organization.__table__.alias(f"{declared.key}_order")
        return [select(other.c.name_order).where(other.c.id == getattr(ledger, declared.column)).scalar_subquery()]
    if ledger is Agreement and key == "number":
        return [Agreement.number_year, Agreement.number_prefix, Agreement.number_n]
    column = _comparable(ledger, declared)
    if declared.kind in _WORDS or declared.link:
        return [getattr(func, TEXT_ORDER)(column)]
    return [column]


def _conditions(session: Session, ledger: type[Ledger], query: Query, today: date) -> list[ColumnElement[bool]]:
    made: list[ColumnElement[bool]] = [ledger.retired_at.is_not(None) if query.retired else ledger.retired_at.is_(None)]
    if query.text.strip():
        made.append(_is_among(ledger, search_index.ids_matching(session, ledger.about.key, query.text)))
    for mark in query.marks:
        made.append(ledger.id.in_(ids_marked(session, ledger, mark, today=today)))
    made.extend(_condition(ledger, condition, today) for condition in query.where)
    return made


def _is_among(ledger: type[Ledger], ids: Sequence[int]) -> ColumnElement[bool]:
    """Any number of ids as one value: a parameter each takes four times as long, and there is a limit to them."""
    listed = func.json_each(json.dumps(list(ids))).table_valued("value")
    return ledger.id.in_(select(listed.c.value))


def _condition(ledger: type[Ledger], condition: Condition, today: date) -> ColumnElement[bool]:
    declared = _field(ledger, condition.key)
    column: Any = _comparable(ledger, declared)
    op, text = condition.op, condition.value
    if op == "in":
        return or_(*(_condition(ledger, Condition(condition.key, "=", line), today) for line in text.split("\n")))
    if text == "":
        empty: ColumnElement[bool] = column.is_(None)
        if isinstance(column.type, String):
            empty = empty | (column == "")
        return {"=": empty, "!=": ~empty}.get(op, empty | ~empty)
    if op == "~":
        return _contains(declared, column, text)
    if declared.kind is Kind.MULTI_CHOICE:
        holds: ColumnElement[bool] = func.coalesce(_raw(column), "").contains(
            f"{SEPARATOR}{text}{SEPARATOR}", autoescape=True
        )
        return holds if op == "=" else ~holds
    value = _value(declared, text, today)
    if op in (">=", "<="):
        return and_(column >= value) if op == ">=" else and_(column <= value)
    if declared.key == "name" and issubclass(ledger, Organization):
        column, value = ledger.name_key, name_key(text)
    same: ColumnElement[bool] = column == value
    return same if op == "=" else or_(~same, column.is_(None))


def _contains(declared: Field, column: Any, text: str) -> ColumnElement[bool]:
    if declared.kind is Kind.CHOICE and declared.choice_labels:
        codes = [code for code in declared.choices if text in declared.choice_labels.get(code, code) or text in code]
        return and_(column.in_(codes))
    return and_(_raw(column).contains(text, autoescape=True))


def _raw(column: Any) -> Any:
    return type_coerce(column, String) if isinstance(column.type, TypeDecorator | String) else cast(column, String)


def _value(declared: Field, text: str, today: date) -> object:
    if declared.kind is Kind.IDENTITY:
        return compact(text)
    if declared.kind in (Kind.CREDIT_CODE, Kind.PHONE):
        return text
    try:
        return declared.parse(text, today=today).value
    except FieldProblem as problem:
        raise UserError(f"{declared.label}：{problem}。") from None
