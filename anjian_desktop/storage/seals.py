"""A keyed digest of every ledger row as the program last wrote it: finds what another tool edited, added or deleted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.ledgers.registry import all_ledgers
from anjian_desktop.storage.keyring import seal_key
from anjian_desktop.storage.statements import Execute

if TYPE_CHECKING:
    from anjian_desktop.storage.database import Database

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr).encode
_CHUNK = 5000


@cache
def tables_of(ledger: type[Ledger]) -> tuple[str, ...]:
    """Names of the tables a row of this ledger is spread over, the one all share first."""
    return tuple(str(table) for table in inspect(ledger).tables)


def stored_rows(
    execute: Execute, ledger: type[Ledger], ids: Sequence[int] | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of a ledger exactly as they are stored, with every filled column of all its tables; all rows without `ids`.

    Empty columns are left out, so that a migration which adds a column does not change what a row says.
    """
    first, *others = tables_of(ledger)
    joins = "".join(f' JOIN "{other}" ON "{other}".id = "{first}".id' for other in others)
    statement = f'SELECT * FROM "{first}"{joins}'  # noqa: S608 - the names are those of our own tables
    if ids is None:
        yield from _as_dicts(execute(statement + f' ORDER BY "{first}".id', ()))
        return
    for start in range(0, len(ids), _CHUNK):
        part = tuple(ids[start : start + _CHUNK])
        marks = ",".join("?" * len(part))
        yield from _as_dicts(execute(f'{statement} WHERE "{first}".id IN ({marks})', part))


def _as_dicts(cursor: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    names = [column[0] for column in cursor.description]
    for row in cursor:
        filled = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        yield filled["id"], filled


def seal(key: bytes, ledger: str, row: dict[str, Any]) -> str:
    """The digest of one stored row; 16 bytes in hex."""
    return seal_of_text(key, _encode([ledger, sorted(row.items())]))


def seal_of_text(key: bytes, text: str) -> str:
    """The digest of a stored row said in JSON."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=16).hexdigest()


def write_seals(execute: Execute, rows: Iterable[tuple[str, int, str]]) -> None:
    """Keep the seals (ledger key, row id, digest) of rows just written."""
    batch = list(rows)
    for start in range(0, len(batch), 20_000):
        execute("INSERT OR REPLACE INTO row_seal (ledger, row_id, mac) VALUES (?,?,?)", batch[start : start + 20_000])


def unsealed_rows(execute: Execute, key: bytes, ledgers: Iterable[type[Ledger]]) -> Iterator[tuple[str, int]]:
    """(ledger key, row id) of every row that is not as the program last wrote it, that it never wrote, or that is
    gone without the program having deleted it (it never does)."""
    for ledger in ledgers:
        name = ledger.about.key
        kept = dict(execute("SELECT row_id, mac FROM row_seal WHERE ledger = ?", (name,)))
        for row_id, row in stored_rows(execute, ledger):
            if kept.pop(row_id, None) != seal(key, name, row):
                yield name, row_id
        for row_id in sorted(kept):
            yield name, row_id


def changed_outside(db: Database) -> list[tuple[str, int]]:
    """Rows of an open store that another tool edited, added or deleted, as (ledger key, row id)."""
    with db.statements() as execute:
        return list(unsealed_rows(execute, seal_key(db.key), all_ledgers()))
