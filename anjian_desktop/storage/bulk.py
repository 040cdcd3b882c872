"""Insert, read and update many rows of a ledger without an object each, over all the tables it is spread over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, func, inspect, select, update
from sqlalchemy.orm import Session

from anjian_desktop.ledgers.base import Ledger

_CHUNK = 5000


def insert_rows(session: Session, ledger: type[Ledger], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows given by attribute; ids are taken in a row after the highest of the first table.

    The caller holds the write lock, so nobody else can take them.
    """
    if not rows:
        return []
    session.flush()
    mapper = inspect(ledger)
    first, *others = (table for table in mapper.tables if isinstance(table, Table))
    start = (session.scalar(select(func.max(first.c.id))) or 0) + 1
    ids = list(range(start, start + len(rows)))
    fixed: dict[str, Any] = {"version": 1}
    if mapper.polymorphic_on is not None:
        fixed[mapper.polymorphic_on.key] = mapper.polymorphic_identity
    connection = session.connection()
    for table in (first, *others):
        names = attributes_of(ledger, table)
        given = {name for row in rows for name in row if name in names}
        defaults = {name: default_of(names[name]) for name in names if name in given or names[name].default is not None}
        defaults |= {name: value for name, value in fixed.items() if name in names}
        keys = {name: names[name].key for name in defaults}
        for begin in range(0, len(rows), _CHUNK):
            batch = [
                {"id": row_id} | {key: row.get(name, defaults[name]) for name, key in keys.items()}
                for row_id, row in zip(ids[begin : begin + _CHUNK], rows[begin : begin + _CHUNK], strict=True)
            ]
            connection.execute(table.insert(), batch)
    return ids


def read_columns(
    session: Session, ledger: type[Ledger], ids: Sequence[int], names: Iterable[str]
) -> dict[int, dict[str, Any]]:
    """The named attributes of those rows that are not retired, by id."""
    session.flush()
    wanted = sorted(set(names))
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), _CHUNK):
        query = select(ledger.id, *(getattr(ledger, name) for name in wanted)).where(
            ledger.id.in_(ids[start : start + _CHUNK]), ledger.retired_at.is_(None)
        )
        for row_id, *values in session.execute(query):
            found[row_id] = dict(zip(wanted, values, strict=True))
    return found


def update_rows(session: Session, ledger: type[Ledger], rows: Mapping[int, Mapping[str, Any]]) -> None:
    """Write the values of each row and raise its version; rows with the same columns go in one statement."""
    if not rows:
        return
    connection = session.connection()
    first, *others = (table for table in inspect(ledger).tables if isinstance(table, Table))
    for table in (first, *others):
        names = attributes_of(ledger, table)
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row_id, values in rows.items():
            own = tuple(sorted(name for name in values if name in names))
            if own or table is first:
                groups.setdefault(own, []).append({"row": row_id} | {f"new_{name}": values[name] for name in own})
        for own, batch in groups.items():
            settings: dict[str, Any] = {names[name].key: bindparam(f"new_{name}") for name in own}
            if table is first:
                settings["version"] = table.c.version + 1
            statement = update(table).where(table.c.id == bindparam("row")).values(settings)
            for start in range(0, len(batch), _CHUNK):
                connection.execute(statement, batch[start : start + _CHUNK])
    # Objects of these rows that are already loaded would show the old values.
    for row in list(session.identity_map.values()):
        if isinstance(row, ledger) and row.id in rows:
            session.expire(row)


def default_of(column: Any) -> Any:
    """What a column holds when nothing is said; None when that is not one value."""
    return column.default.arg if column.default is not None and column.default.is_scalar else None


def attributes_of(ledger: type[Ledger], table: Table) -> dict[str, Any]:
    """Attribute -> column of one of the ledger's tables, without the id."""
    found = {}
    for name, prop in inspect(ledger).column_attrs.items():
        for column in prop.columns:
            if getattr(column, "table", None) is table and column.key != "id":
                found[name] = column
    return found
