"""New rows of a large import written a part at a time: a part's values, seals, audit text and search entries column by column.

One row's way through `Transaction.add` costs fifty times its INSERT. Here every column of a part is turned into what is
stored, and once into JSON's words for both the seal and the audit; nothing of a part stays in memory when the next begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, repeat
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, String, Table, func, inspect, select
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from anjian_desktop.ledgers.base import FollowedChange, Ledger
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.storage import search_index
from anjian_desktop.storage.audit import AuditWriter
from anjian_desktop.storage.bulk import attributes_of, default_of
from anjian_desktop.storage.changes import ADD, BOOKKEEPING, fields_by_column, told_value
from anjian_desktop.storage.seals import seal_of_text
from anjian_desktop.storage.statements import statements_on

LinkNames = Callable[[str, set[int]], Mapping[int, str]]
_PART = 1000
_REMEMBERED = 10_000
"""Different values of a column whose stored and shown forms are kept: dates, figures, words of a list come again."""


@dataclass
class _Column:
    """One attribute: where it is stored, how a value is stored and said in JSON, and what the audit says of it."""

    name: str
    table: Table
    key: str
    """The column's name in the store."""
    field: Field | None
    stores: Callable[[Any], Any] | None
    """None: as it is."""
    written: Callable[[Any], str]
    """The stored value in JSON."""
    default: object

    @property
    def reads_as_stored(self) -> bool:
        """The audit shows the very text that is stored."""
        one = self.field
        plain = one is not None and not (one.personal or one.choice_labels or one.link)
        return plain and self.stores is None and self.written is encode_basestring


class RowStream:
    """Adds rows of one ledger within a transaction that holds the write lock."""

    def __init__(
        self, session: Session, ledger: type[Ledger], *, seals: bytes, audit: AuditWriter, link_names: LinkNames,
        now: datetime, large: bool,
    ) -> None:  # fmt: skip
        self._session = session
        self._ledger = ledger
        self._seals = seals
        self._audit = audit
        self._link_names = link_names
        self._now = now
        session.flush()
        self._execute = statements_on(session.connection())
        mapper = inspect(ledger)
        self._tables = [table for table in mapper.tables if isinstance(table, Table)]
        self._stored_in = {
            name: (table, column) for table in self._tables for name, column in attributes_of(ledger, table).items()
        }
        self._columns: dict[str, _Column] = {}
        self._fixed: dict[str, Any] = {
            name: value for name, (_, column) in self._stored_in.items() if (value := default_of(column)) is not None
        } | {"version": 1}
        if mapper.polymorphic_on is not None:
            self._fixed[mapper.polymorphic_on.key] = mapper.polymorphic_identity
        self._next = (session.scalar(select(func.max(self._tables[0].c.id))) or 0) + 1
        self._large = large
        self._remembered: dict[tuple[str, str], dict[Any, Any]] = {}

    def add(self, rows: Iterable[Mapping[str, object]], watch: Callable[[], None]) -> range:
        """Write rows given by attribute, each with what follows from it; their ids. What `watch` raises stops it."""
        start = self._next
        waiting = iter(rows)
        while part := [dict(row) for row in islice(waiting, _PART)]:
            watch()
            self._add_part(part)
        # The index last and by itself: it writes out what it has gathered whenever another table is written to.
        index = search_index.Adding(self._execute, self._ledger, large=self._large)
        if index.columns:
            for first in range(start, self._next, _PART):
                watch()
                index.add(self._searched_text(index.columns, range(first, min(first + _PART, self._next))))
        index.finish()
        return range(start, self._next)

    def _searched_text(self, names: Sequence[str], ids: range) -> Iterator[tuple[int, dict[str, Any]]]:
        """What of rows just written the index covers."""
        first, *others = self._tables
        columns = ", ".join(f'"{one.table.name}"."{one.key}"' for one in map(self._column, names))
        joins = "".join(f' JOIN "{one.name}" ON "{one.name}".id = "{first.name}".id' for one in others)
        found = self._execute(
            f'SELECT "{first.name}".id, {columns} FROM "{first.name}"{joins} WHERE "{first.name}".id BETWEEN ? AND ?',  # noqa: S608
            (ids[0], ids[-1]),
        )
        return ((row_id, dict(zip(names, values, strict=True))) for row_id, *values in found)

    def _add_part(self, rows: list[dict[str, Any]]) -> None:
        ids = range(self._next, self._next + len(rows))
        self._next += len(rows)
        given = set().union(*rows)
        for row in rows:
            self._ledger.derive(row)
        names = dict.fromkeys(name for row in rows for name in row)
        stored: dict[str, list[Any]] = {}
        sealed: dict[str, Iterable[str | None]] = {"id": [f'["id",{one}]' for one in ids]}
        told: list[list[str | None]] = []
        for name in (*names, *(name for name in self._fixed if name not in names)):
            default = self._fixed.get(name)
            values = [row.get(name, default) for row in rows] if name in names else [default] * len(rows)
            if all(value is None for value in values):
                continue
            column = self._column(name)
            stored[name] = kept = self._stored(column, values)
            write, start = column.written, f'["{column.key}",'
            written = [None if value is None else write(value) for value in kept]
            sealed[column.key] = [None if text is None else f"{start}{text}]" for text in written]
            if name in names and (name in given or column.field is not None) and name not in BOOKKEEPING:
                said = values if default is None else [row.get(name) for row in rows]
                told.append(self._told(column, said, written))
        self._insert(ids, stored)
        self._seal(ids, sealed)
        texts = ["{" + ",".join(filter(None, row)) + "}" for row in _across(told, len(rows))]
        self._audit.keep(self._ledger.about.key, ADD, ids, texts)
        if self._ledger.follow.__func__ is not Ledger.follow.__func__:  # type: ignore[attr-defined]
            self._follow(ids, rows, given)

    def _column(self, name: str) -> _Column:
        if (known := self._columns.get(name)) is None:
            field = fields_by_column(self._ledger).get(name)
            known = self._columns[name] = _column(name, *self._stored_in[name], field)
        return known

    def _stored(self, column: _Column, values: list[Any]) -> list[Any]:
        if column.stores is None:
            return values
        return self._each(column, "stored", values, column.stores)

    def _each(self, column: _Column, form: str, values: list[Any], make: Callable[[Any], Any]) -> list[Any]:
        """What `make` makes of each value but None; equal ones once."""
        known = self._remembered.setdefault((column.name, form), {None: None})
        made = []
        for value in values:
            if value not in known:
                known[value] = make(value)
            made.append(known[value])
        if len(known) > _REMEMBERED:
            del self._remembered[column.name, form]
        return made

    def _told(self, column: _Column, values: list[Any], written: list[str | None]) -> list[str | None]:
        """What the audit says of a column's values: `"name":[null,"示例厂"]`."""
        start = f"{encode_basestring(column.key if column.field is None else column.field.key)}:[null,"
        texts = written
        if not column.reads_as_stored or column.default is not None or "" in values:
            texts = self._each(column, "told", values, self._teller(column, values))
        return [None if text is None else f"{start}{text}]" for text in texts]

    def _teller(self, column: _Column, values: list[Any]) -> Callable[[Any], str]:
        one = column.field
        names: Mapping[int, str] = {}
        if one is not None and one.kind is Kind.LINK:
            known = self._remembered.get((column.name, "told"), {None: None})
            names = self._link_names(one.link, {value for value in values if value not in known})

        def tell(value: Any) -> str:
            told = told_value(one, value, names)
            return "null" if told is None else encode_basestring(told) if isinstance(told, str) else int.__repr__(told)

        return tell

    def _insert(self, ids: range, stored: Mapping[str, list[Any]]) -> None:
        for table in self._tables:
            own = [name for name in stored if self._columns[name].table is table]
            columns = ", ".join(f'"{one}"' for one in ("id", *(self._columns[name].key for name in own)))
            marks = ",".join("?" * (len(own) + 1))
            self._execute(
                f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})',  # noqa: S608 - names of our own tables
                list(zip(ids, *(stored[name] for name in own), strict=True)),
            )

    def _seal(self, ids: range, sealed: Mapping[str, Iterable[str | None]]) -> None:
        """As `seals.seal` would say of the rows read back: their filled columns in the order of the names."""
        key = self._ledger.about.key
        start = f"[{encode_basestring(key)},["
        rows = zip(*(sealed[name] for name in sorted(sealed)), strict=True)
        macs = [seal_of_text(self._seals, start + ",".join(filter(None, row)) + "]]") for row in rows]
        self._execute("INSERT INTO row_seal (ledger, row_id, mac) VALUES (?,?,?)", list(zip(repeat(key), ids, macs)))

    def _follow(self, ids: range, rows: list[dict[str, Any]], given: set[str]) -> None:
        told = given | fields_by_column(self._ledger).keys()
        changes = [FollowedChange(row_id, True, _Added(row, told)) for row_id, row in zip(ids, rows, strict=True)]
        self._ledger.follow(self._session, changes, self._now)


class _Added(Mapping[str, tuple[Any, Any]]):
    """What is new in an added row, as (None, value); looked at by few ledgers, so nothing is made in advance."""

    __slots__ = ("_names", "_row")

    def __init__(self, row: dict[str, Any], names: set[str]) -> None:
        self._row = row
        self._names = names

    def __getitem__(self, name: str) -> tuple[Any, Any]:
        if name not in self._names or self._row[name] is None:
            raise KeyError(name)
        return None, self._row[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name, value in self._row.items() if value is not None and name in self._names)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _across(columns: Sequence[Sequence[Any]], count: int) -> Iterator[tuple[Any, ...]]:
    """Columns as rows; empty rows without any column."""
    return zip(*columns, strict=True) if columns else repeat((), count)


def _column(name: str, table: Table, column: Any, field: Field | None) -> _Column:
    kind = column.type
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    written: Callable[[Any], str]
    if isinstance(plain, String | Date | DateTime):
        written = encode_basestring
    elif isinstance(plain, Integer | Boolean):
        written = int.__repr__
    else:
        raise TypeError(f"{table.name}.{column.key}: rows of this kind are added one by one")
    stores = kind.dialect_impl(sqlite_dialect()).bind_processor(sqlite_dialect())
    return _Column(name, table, column.key, field, stores, written, default_of(column))
