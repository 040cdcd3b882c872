"""One unit of writing: rows of ledgers are added, changed, retired; audit, seals and search index go with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import FollowedChange, Ledger
from anjian_desktop.storage import audit, search_index
from anjian_desktop.storage.bulk import insert_rows, read_columns, update_rows
from anjian_desktop.storage.changes import (
    ADD,
    EDIT,
    RESTORE,
    RETIRE,
    Change,
    RowChange,
    audit_rows,
    told,
)
from anjian_desktop.storage.row_stream import RowStream
from anjian_desktop.storage.seals import seal, stored_rows, tables_of, write_seals
from anjian_desktop.storage.statements import statements_on

L = TypeVar("L", bound=Ledger)


class Transaction:
    """Made by `Database.transaction`. Rows of ledgers change only through its methods, so that nothing goes unrecorded;
    system tables (counters, runs, settings) are written through `session` directly.
    """

    def __init__(self, session: Session, now: datetime, *, seals: bytes) -> None:
        self.session = session
        self.now = now
        """UTC, without a time zone, as every moment in the store."""
        self._seals = seals
        self._audit: audit.AuditWriter | None = None
        self._streamed: dict[type[Ledger], list[range]] = {}
        self._changes: dict[tuple[str, int], RowChange] = {}
        self._expected: set[int] = set()
        self._notes: list[str] = []
        self._kinds: set[str] = set()
        event.listen(session, "before_flush", self._refuse_unrecorded)

    # -- one row ------------------------------------------------------------------------------------------------

    def get(self, ledger: type[L], row_id: int, *, retired: bool = False) -> L:
        """The row of that id. Raises UserError when there is none, or (unless `retired`) it lies in the recycle bin."""
        row = self.session.get(ledger, row_id)
        if row is None or (row.retired_at is not None and not retired):
            raise UserError("这条记录已不在。", next_step="请刷新列表；删除的记录可从回收站恢复。", code="gone")
        return row

    def add(self, ledger: type[L], values: Mapping[str, object]) -> L:
        """A new row from values by column attribute; what follows from them is derived. Its id is set at once."""
        filled = dict(values)
        ledger.derive(filled)
        row = ledger(**filled)
        self.session.add(row)
        self._expected.add(id(row))
        self.session.flush()
        self._record(ledger, row.id, ADD, _added(ledger, values, filled))
        return row

    def change(self, row: Ledger, values: Mapping[str, object]) -> bool:
        """Set what differs and raise the version by one; False, and nothing written, when nothing differs."""
        return self._set(row, EDIT, values)

    def retire(self, row: Ledger) -> None:
        """Put the row into the recycle bin: no list and no search shows it any more."""
        if row.retired_at is None:
            self._set(row, RETIRE, {"retired_at": self.now})

    def restore(self, row: Ledger) -> None:
        """Take the row out of the recycle bin."""
        if row.retired_at is not None:
            self._set(row, RESTORE, {"retired_at": None})

    def _set(self, row: Ledger, act: str, values: Mapping[str, object]) -> bool:
        filled = dict(values)
        type(row).derive(filled)
        differing = {name: value for name, value in filled.items() if getattr(row, name) != value}
        if not differing:
            return False
        self._expected.add(id(row))
        before = {name: (getattr(row, name), value) for name, value in differing.items()}
        for name, value in differing.items():
            setattr(row, name, value)
        row.version += 1
        self._record(type(row), row.id, act, {name: before[name] for name in told(type(row), values, before)})
        return True

    def tell(self, row: Ledger, what: str, before: str | None, after: str | None) -> None:
        """Put into the row's history what changed beside its own columns (a term of office), in words."""
        self._record(type(row), row.id, EDIT, {what: (before, after)})

    # -- many rows ----------------------------------------------------------------------------------------------

    def add_many(self, ledger: type[Ledger], rows: Sequence[Mapping[str, object]]) -> list[int]:
        """New rows without an object each: their ids, in the order given. For imports."""
        filled = [dict(row) for row in rows]
        for row in filled:
            ledger.derive(row)
        ids = insert_rows(self.session, ledger, filled)
        for row_id, given, row in zip(ids, rows, filled, strict=True):
            self._record(ledger, row_id, ADD, _added(ledger, given, row))
        return ids

    def add_stream(
        self,
        ledger: type[Ledger],
        rows: Iterable[Mapping[str, object]],
        *,
        large: bool = False,
        watch: Callable[[], None] = lambda: None,
    ) -> range:
        """New rows written out a part at a time, audit, seals and index with them: their ids. For imports of any size.

        Such rows cannot be changed again in this transaction. `large`: many thousands are to come. `watch` is called
        several times a second; what it raises stops the writing.
        """
        self._audit = self._audit or audit.AuditWriter(statements_on(self.session.connection()))
        self._audit.watch = watch
        stream = RowStream(
            self.session, ledger, seals=self._seals, audit=self._audit, link_names=self._names, now=self.now,
            large=large,
        )  # fmt: skip
        ids = stream.add(rows, watch)
        if ids:
            self._streamed.setdefault(ledger, []).append(ids)
        return ids

    def change_many(self, ledger: type[Ledger], rows: Iterable[tuple[int, Mapping[str, object]]]) -> list[int]:
        """Change rows by id, each with its own values; the ids of those that differed. An id twice: the later wins."""
        wanted: dict[int, dict[str, Any]] = {}
        for row_id, values in rows:
            wanted.setdefault(row_id, {}).update(values)
        given = {row_id: frozenset(values) for row_id, values in wanted.items()}
        for values in wanted.values():
            ledger.derive(values)
        names = {name for values in wanted.values() for name in values}
        stored = read_columns(self.session, ledger, list(wanted), names)
        if missing := wanted.keys() - stored.keys():
            raise UserError(f"有{len(missing)}条记录已不在。", next_step="请刷新列表后再试。", code="gone")
        differing: dict[int, dict[str, Any]] = {}
        for row_id, values in wanted.items():
            before = stored[row_id]
            if changed := {name: value for name, value in values.items() if before[name] != value}:
                differing[row_id] = changed
                names_told = told(ledger, given[row_id], changed)
                self._record(ledger, row_id, EDIT, {name: (before[name], changed[name]) for name in names_told})
        update_rows(self.session, ledger, differing)
        return list(differing)

    # -- the transaction itself ---------------------------------------------------------------------------------

    def note(self, text: str, *, kinds: Iterable[str] = ()) -> None:
        """Words for the audit entry, which is then written even when no ledger changed; `kinds` names what else was
        touched (office, number) for the screens."""
        self._notes.append(text)
        self._kinds.update(kinds)

    @property
    def change_set(self) -> Change:
        """What was changed so far."""
        kinds = {ledger for ledger, _ in self._changes} | self._kinds | {one.about.key for one in self._streamed}
        streamed = (row_id for parts in self._streamed.values() for ids in parts for row_id in ids)
        return Change(frozenset(kinds), (*(row_id for _, row_id in self._changes), *streamed))

    @property
    def row_changes(self) -> tuple[RowChange, ...]:
        """Every row changed so far with its values before and after, unmasked: for taking it back, never for a file.
        Of rows of `add_stream` only that they were added is known."""
        streamed = (
            RowChange(ledger, row_id, ADD)
            for ledger, parts in self._streamed.items()
            for ids in parts
            for row_id in ids
        )
        return (*self._changes.values(), *streamed)

    def finish(self, key: bytes, *, action: str, actor: str) -> tuple[int, str] | None:
        """Write seals, search index and the audit entry; the entry's number and digest, None when nothing happened.

        Called by `Database.transaction` right before the commit.
        """
        self.session.flush()
        if not self._changes and not self._notes and not self._streamed:
            return None
        execute = statements_on(self.session.connection())
        by_ledger: dict[type[Ledger], list[RowChange]] = {}
        for change in self._changes.values():
            by_ledger.setdefault(change.ledger, []).append(change)
        for ledger, changes in by_ledger.items():
            followed = [FollowedChange(change.row_id, change.act == ADD, change.values) for change in changes]
            ledger.follow(self.session, followed, self.now)
            sealed: list[tuple[str, int, str]] = []
            rows = _sealing(
                stored_rows(execute, ledger, [change.row_id for change in changes]), ledger, self._seals, sealed
            )
            new = frozenset(change.row_id for change in changes if change.act == ADD)
            touched = frozenset(column for change in changes for column in change.values)
            search_index.update(execute, ledger, rows, new=new, touched=touched)
            write_seals(execute, sealed)
        writer = self._audit or audit.AuditWriter(execute)
        writer.add(audit_rows(self._changes.values(), self._names))
        return writer.finish(key, at=self.now, actor=actor, action=action, note="；".join(self._notes))

    def _record(self, ledger: type[Ledger], row_id: int, act: str, values: Mapping[str, tuple[Any, Any]]) -> None:
        place = (ledger.about.key, row_id)
        if any(row_id in ids for ids in self._streamed.get(ledger, ())):
            raise RuntimeError(f"{ledger.about.key} {row_id} was added by a stream and is written out already")
        if place in self._changes:
            self._changes[place].merge(act, values)
        else:
            self._changes[place] = RowChange(ledger, row_id, act, dict(values))

    def _names(self, link: str, ids: set[int]) -> dict[int, str]:
        """Titles of linked rows, for the audit's readers."""
        for mapper in Ledger.registry.mappers:
            ledger = mapper.class_
            if getattr(ledger, "__tablename__", None) == link and issubclass(ledger, Ledger):
                about = getattr(ledger, "about", None)
                title = getattr(ledger, about.title if about else "name")
                found = {}
                wanted = sorted(ids)
                for start in range(0, len(wanted), 5000):
                    query = select(ledger.id, title).where(ledger.id.in_(wanted[start : start + 5000]))
                    found.update({row_id: text for row_id, text in self.session.execute(query) if text})
                return found
        return {}

    def _refuse_unrecorded(self, session: Session, context: UOWTransaction, instances: object) -> None:
        """A row changed past `add`, `change`, `retire` would have no audit and a broken seal: a bug, said at once."""
        for row in (*session.new, *session.dirty, *session.deleted):
            if not isinstance(row, Ledger):
                continue
            unrecorded = id(row) not in self._expected and (not inspect(row).persistent or session.is_modified(row))
            if unrecorded or row in session.deleted:
                raise RuntimeError(f"{tables_of(type(row))[-1]} row written past its transaction")


def _added(
    ledger: type[Ledger], given: Mapping[str, object], stored: Mapping[str, object]
) -> dict[str, tuple[None, object]]:
    """What the audit tells of a new row: everything filled in."""
    return {name: (None, stored[name]) for name in told(ledger, given, stored) if stored[name] is not None}


def _sealing(
    rows: Iterator[tuple[int, dict[str, Any]]], ledger: type[Ledger], key: bytes, sealed: list[tuple[str, int, str]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Pass rows on and put down their seals; of a large import only a part is in memory at a time."""
    name = ledger.about.key
    for row_id, row in rows:
        sealed.append((name, row_id, seal(key, name, row)))
        yield row_id, row
