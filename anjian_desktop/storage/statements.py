"""Run plain statements on the connection a transaction already holds: for long streams of rows, without per-row objects."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import Connection


class Execute(Protocol):
    """Run a statement: a tuple of parameters once, a list of tuples once for each; the answer can be iterated."""

    def __call__(self, statement: str, parameters: tuple[Any, ...] | list[tuple[Any, ...]] = (), /) -> Any: ...


def plain(raw: Any) -> Execute:
    """Statements on a driver's own connection."""

    def execute(statement: str, parameters: tuple[Any, ...] | list[tuple[Any, ...]] = (), /) -> Any:
        cursor = raw.cursor()
        return cursor.executemany(statement, parameters) if isinstance(parameters, list) else cursor.execute(
            statement, parameters
        )  # fmt: skip

    return execute


def statements_on(connection: Connection) -> Execute:
    """Statements within the transaction of an SQLAlchemy connection."""
    if not connection.in_transaction():
        connection.begin()
    return plain(connection.connection.driver_connection)
