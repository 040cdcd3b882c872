"""Find rows while the clerk types: one index over all ledgers, kept by the transaction that changes the row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.fields import Kind
from anjian_desktop.ledgers.registry import all_ledgers, ledger_named
from anjian_desktop.storage.seals import stored_rows
from anjian_desktop.storage.search_terms import (
    Word,
    entry_of,
    matched_fields,
    question,
    searched_fields,
    words_of,
)
from anjian_desktop.storage.statements import Execute, statements_on

_PLACES = 256
"""A row's place in the index is row id * 256 + the ledger's number."""
_MANY = 5000
_CODES_WAITING = 100_000
"""Codes that are put in order and written together."""
COUNTED_TO = 10_000
"""More than so many nobody looks through."""
_POOL = 200
"""Hits of one rank that are compared by the length of their titles."""


@dataclass(frozen=True)
class Hit:
    """A row found, and the keys of the fields the words stand in."""

    ledger: str
    row_id: int
    matched: tuple[str, ...]


# -- keeping ---------------------------------------------------------------------------------------------------


def update(
    execute: Execute,
    ledger: type[Ledger],
    rows: Iterator[tuple[int, dict[str, Any]]],
    *,
    new: frozenset[int],
    touched: frozenset[str],
) -> None:
    """Bring the index up to date with rows just written: `new` ones, and others whose `touched` columns changed.

    Takes in all `rows`, a part at a time.
    """
    if not searched_fields(ledger):
        for _ in rows:
            pass
        return
    covered = {one.column for one in searched_fields(ledger)} | {"retired_at"}
    stale = not covered.isdisjoint(touched)
    number = _number(execute, ledger)

    def wanted() -> Iterator[tuple[int, dict[str, Any]]]:
        for row_id, row in rows:
            if row_id in new:
                yield row_id, row
            elif stale:
                _forget(execute, [row_id * _PLACES + number])
                yield row_id, row

    adding = Adding(execute, ledger, large=len(new) > _MANY)
    adding.add(wanted())
    adding.finish()


def rebuild(execute: Execute, ledger: type[Ledger], rows: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Index all rows of a ledger anew, whatever the index held."""
    number = _number(execute, ledger)
    kept = {doc for (doc,) in execute("SELECT rowid FROM search_text WHERE rowid % ? = ?", (_PLACES, number))}
    kept.update(doc for (doc,) in execute("SELECT DISTINCT doc FROM search_code WHERE doc % ? = ?", (_PLACES, number)))
    _forget(execute, sorted(kept))
    adding = Adding(execute, ledger, large=len(rows) > _MANY)
    adding.add(rows)
    adding.finish()


def _number(execute: Execute, ledger: type[Ledger]) -> int:
    key = (ledger.about.key,)
    execute("INSERT OR IGNORE INTO search_ledger (key) VALUES (?)", key)
    return int(execute("SELECT no FROM search_ledger WHERE key = ?", key).fetchone()[0])


def _forget(execute: Execute, docs: Sequence[int]) -> None:
    if docs:
        places = [(doc,) for doc in docs]
        execute("DELETE FROM search_text WHERE rowid = ?", places)
        execute("DELETE FROM search_code WHERE doc = ?", places)


class Adding:
    """Puts rows into the index that are not in it, a part at a time."""

    def __init__(self, execute: Execute, ledger: type[Ledger], *, large: bool) -> None:
        self._execute = execute
        self._ledger = ledger
        self._number = _number(execute, ledger)
        self._codes: list[tuple[str, int]] = []
        self._large = large
        self.columns = tuple(one.column for one in searched_fields(ledger))
        """What an entry is made of."""
        if large:
            # One large part of the index instead of dozens that are merged again and again.
            execute("INSERT INTO search_text (search_text, rank) VALUES ('hashsize', 16777216)")

    def add(self, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
        """Take in rows by id; those that lie in the recycle bin are left out."""
        if not self.columns:
            return
        waiting = iter(rows)
        while part := list(islice(waiting, _MANY)):
            batch = [
                (row_id * _PLACES + self._number, entry_of(self._ledger, row))
                for row_id, row in part
                if row.get("retired_at") is None
            ]
            self._execute(
                "INSERT INTO search_text (rowid, title, other, initials, syllables) VALUES (?,?,?,?,?)",
                [(doc, one.title, one.other, one.initials, one.syllables) for doc, one in batch],
            )
            self._codes.extend([(token, doc) for doc, one in batch for token in one.codes])
            if len(self._codes) > _CODES_WAITING:
                self._write_codes()

    def finish(self) -> None:
        """Write what is left."""
        self._write_codes()
        if self._large:
            self._execute("INSERT INTO search_text (search_text, rank) VALUES ('hashsize', 1048576)")

    def _write_codes(self) -> None:
        # In the order of the table, so that its pages are filled one after the other.
        self._codes.sort()
        self._execute("INSERT INTO search_code (token, doc) VALUES (?,?)", self._codes)
        self._codes = []


# -- asking ----------------------------------------------------------------------------------------------------


def search(session: Session, text: str, *, limit: int, ledgers: Iterable[str] | None = None) -> list[Hit]:
    """The best `limit` live rows that have every word of `text`: those whose title begins with it first, then those
    that have it in the title, then the rest; shorter titles first. `ledgers` (keys) narrows it down."""
    words = words_of(text)
    if not words or limit <= 0:
        return []
    execute = statements_on(session.connection())
    numbers = dict(execute("SELECT no, key FROM search_ledger"))
    wanted = set(numbers) if ledgers is None else {no for no, key in numbers.items() if key in set(ledgers)}
    hits: list[Hit] = []
    seen: set[int] = set()
    narrowed = "" if ledgers is None else f" WHERE doc % {_PLACES} IN ({','.join(map(str, sorted(wanted))) or 'NULL'})"
    for statement, parameters in _by_rank([question(word) for word in words]):
        # So many more as were seen: a rank contains the ranks above it.
        found = execute(
            f"SELECT doc FROM ({statement}){narrowed} LIMIT ?",  # noqa: S608
            (*parameters, max(_POOL, 2 * limit) + len(seen)),
        )
        fresh = [doc for doc in dict.fromkeys(doc for (doc,) in found) if doc not in seen]
        seen.update(fresh)
        hits.extend(_shortest_first(execute, numbers, fresh, words, limit - len(hits)))
        if len(hits) >= limit:
            break
    return hits


def count(session: Session, text: str, *, ledgers: Iterable[str] | None = None) -> int:
    """How many live rows have every word of `text`; not more than COUNTED_TO are counted."""
    words = words_of(text)
    if not words:
        return 0
    execute = statements_on(session.connection())
    statement, parameters = _all_of([question(word) for word in words])
    narrowed = ""
    if ledgers is not None:
        marks = ",".join(repr(no) for no, key in execute("SELECT no, key FROM search_ledger") if key in set(ledgers))
        narrowed = f" WHERE doc % {_PLACES} IN ({marks or 'NULL'})"
    counted = f"SELECT count(*) FROM (SELECT doc FROM ({statement}){narrowed} LIMIT {COUNTED_TO})"  # noqa: S608
    return int(execute(counted, parameters).fetchone()[0])


def ids_matching(session: Session, ledger: str, text: str) -> list[int]:
    """Ids of all live rows of a ledger that have every word of `text`, for filtering a list.

    A word may also stand in the row that a row is about (an agreement's unit), or in the name of a row it belongs to
    (an enterprise's village).
    """
    execute = statements_on(session.connection())
    numbers = dict[int, str](execute("SELECT no, key FROM search_ledger"))
    result: set[int] | None = None
    for word in words_of(text):
        found: dict[str, set[int]] = {}
        for (doc,) in execute(*_all_of([question(word)])):
            found.setdefault(numbers[doc % _PLACES], set()).add(doc // _PLACES)
        matching = _with_links(execute, ledger_named(ledger), word, found)
        result = matching if result is None else result & matching
        if not result:
            return []
    return sorted(result or ())


def _with_links(execute: Execute, ledger: type[Ledger], word: str, found: dict[str, set[int]]) -> set[int]:
    """Rows of a ledger in which the word was found, and those that link to such rows."""
    matching = set(found.get(ledger.about.key, ()))
    for one in fields_of(ledger):
        if one.kind is not Kind.LINK or one.computed:
            continue
        targets: set[int] = set()
        for other in all_ledgers():
            if one.link not in {str(table) for table in inspect(other).tables}:
                continue
            if one.required:
                targets |= _with_links(execute, other, word, found)
            else:
                hits = sorted(found.get(other.about.key, ()))
                rows = stored_rows(execute, other, hits)
                targets.update(
                    row_id for row_id, row in rows if other.about.title in matched_fields(other, row, (word,))
                )
        matching.update(_linking(execute, ledger, one.column, targets))
    return matching


def _linking(execute: Execute, ledger: type[Ledger], column: str, targets: set[int]) -> Iterator[int]:
    table = str(getattr(inspect(ledger).columns[column], "table", ledger.__table__))
    wanted = sorted(targets)
    for start in range(0, len(wanted), _MANY):
        part = tuple(wanted[start : start + _MANY])
        marks = ",".join("?" * len(part))
        for (row_id,) in execute(f'SELECT id FROM "{table}" WHERE "{column}" IN ({marks})', part):  # noqa: S608
            yield row_id


def _by_rank(words: Sequence[Word]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Statements that give places in the index, the best rank first; each may repeat what came before."""
    first, *others = words
    rest = "".join(f" AND ({word.anywhere})" for word in others)
    if not any(word.codes for word in others):
        yield _match(f"({first.title}){rest}")
        yield _match(f"(title : {first.phrase}){rest}")
    yield _all_of(words)


def _all_of(words: Sequence[Word]) -> tuple[str, tuple[Any, ...]]:
    """A statement for the places that have every word, each place once.

    Words that may also be codes make it two questions a word. One word then leads, the longest of those that cannot be
    a code or else the longest of all, and the others are asked of its places only.
    """
    plain = [word for word in words if not word.codes]
    if len(plain) == len(words):
        return _match(" AND ".join(f"({word.anywhere})" for word in words))
    if plain:
        statement, parameters = _match(" AND ".join(f"({word.anywhere})" for word in plain))
        others = [word for word in words if word.codes]
    else:
        leading, *others = sorted(words, key=lambda word: -len(word.text))
        statement, parameters = _text_or_code(leading)
    conditions = []
    for word in others:
        inside, values = _match(word.anywhere)
        ranges = " OR ".join("token >= ? AND token < ?" for _ in word.codes)
        bounds = [bound for code in word.codes for bound in _range(code)]
        conditions.append(
            f"(doc IN ({inside}) OR EXISTS (SELECT 1 FROM search_code AS c WHERE c.doc = found.doc AND ({ranges})))"  # noqa: S608
        )
        parameters = (*parameters, *values, *bounds)
    if conditions:
        statement = f"SELECT doc FROM ({statement}) AS found WHERE {' AND '.join(conditions)}"  # noqa: S608
    return statement, parameters


def _text_or_code(word: Word) -> tuple[str, tuple[Any, ...]]:
    """Places with the word in a text, or with a code that begins or ends with it; streamed, so that LIMIT ends it."""
    statement, parameters = _match(word.anywhere)
    for code in word.codes:
        statement = f"SELECT doc FROM search_code WHERE token >= ? AND token < ? UNION ALL {statement}"  # noqa: S608
        parameters = (*_range(code), *parameters)
    return f"SELECT DISTINCT doc FROM ({statement})", parameters  # noqa: S608


def _range(code: str) -> tuple[str, str]:
    """What begins with `code` lies from the first up to the second."""
    return code, code[:-1] + chr(ord(code[-1]) + 1)


def _match(expression: str) -> tuple[str, tuple[Any, ...]]:
    return "SELECT rowid AS doc FROM search_text WHERE search_text MATCH ?", (expression,)


def _shortest_first(
    execute: Execute, numbers: dict[int, str], docs: Iterable[int], words: tuple[str, ...], limit: int
) -> Iterator[Hit]:
    """At most `limit` hits of one rank in order, without those of which a second look says that a word is not there."""
    found: list[tuple[int, str, int, type[Ledger]]] = []
    for number, group in groupby(sorted(docs, key=lambda doc: doc % _PLACES), key=lambda doc: doc % _PLACES):
        ledger = ledger_named(numbers[number])
        titles = _titles(execute, ledger, [doc // _PLACES for doc in group])
        found.extend((len(title), title, row_id, ledger) for row_id, title in titles)
    given = 0
    ordered = sorted(found, key=lambda one: one[:3])
    for start in range(0, len(ordered), limit):
        part = ordered[start : start + limit]
        rows = {
            (ledger, row_id): row
            for ledger in {one[3] for one in part}
            for row_id, row in stored_rows(execute, ledger, [one[2] for one in part if one[3] is ledger])
        }
        for *_, row_id, ledger in part:
            if matched := matched_fields(ledger, rows.get((ledger, row_id), {}), words):
                yield Hit(ledger.about.key, row_id, matched)
                given += 1
                if given == limit:
                    return


def _titles(execute: Execute, ledger: type[Ledger], ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    title = next(one for one in fields_of(ledger) if one.key == ledger.about.title)
    if title.computed:
        yield from ((row_id, "") for row_id in ids)
        return
    column = inspect(ledger).columns[title.column]
    for start in range(0, len(ids), _MANY):
        part = tuple(ids[start : start + _MANY])
        marks = ",".join("?" * len(part))
        for row_id, text in execute(
            f'SELECT id, "{column.key}" FROM "{column.table}" WHERE id IN ({marks})',  # noqa: S608
            part,
        ):
            yield row_id, str(text or "")
