"""The open store: transactions that write, readings that see one moment, nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from anjian_desktop.errors import StoreError
from anjian_desktop.storage import audit
from anjian_desktop.storage.engine import BUSY_MILLISECONDS, make_engine
from anjian_desktop.storage.failures import engine_errors_in_words, result_code
from anjian_desktop.storage.keyring import read_key, seal_key
from anjian_desktop.storage.statements import Execute, statements_on
from anjian_desktop.storage.transaction import Transaction

DATABASE_FILE = "anjian.db"


def utc_now() -> datetime:
    """This moment in UTC, without a time zone: every moment in the store is kept so."""
    return datetime.now(UTC).replace(tzinfo=None)


class Database:
    """A store in its folder, opened by `storage.upgrade.open_store`; any thread may use it.

    One thread writes at a time, others wait up to five seconds; reading never waits for writing.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], datetime] = utc_now, read_only: bool = False) -> None:
        self.folder = folder
        self.path = folder / DATABASE_FILE
        self.clock = clock
        self.key = read_key(folder)
        self.read_only = read_only
        self.before_commit: Callable[[Transaction], None] = lambda work: None
        """Brings up to date what follows from the rows changed, within the same transaction."""
        self.lost_entries = 0
        """How many of the last audit entries the side file names that the store no longer has."""
        self._writing = make_engine(self.path)
        self._reading = make_engine(self.path, read_only=True)
        self._turn = threading.Lock()
        self._writer: int | None = None

    @contextmanager
    def transaction(self, action: str, *, actor: str = "") -> Iterator[Transaction]:
        """One unit of writing: commits when the block ends, rolls back on any exception. They do not nest.

        `action` names the act in the audit, `actor` who did it. Changed rows, audit entry, seals and search index are
        committed together. Raises StoreError when the disk is full or faulty, or another program holds the store: then
        nothing was saved, and the next transaction may work again.
        """
        if self.read_only:
            raise StoreError(
                "正在以只读方式查看，不能修改。本次没有保存。", next_step="请先恢复数据，再录入。", code="viewing"
            )
        self._take_turn()
        try:
            with self._after_failure_reconnect(), engine_errors_in_words(), self._writing.connect() as connection:
                connection.begin()
                with Session(connection, expire_on_commit=False) as session:
                    work = Transaction(session, self.clock(), seals=seal_key(self.key))
                    yield work
                    self.before_commit(work)
                    entry = work.finish(self.key, action=action, actor=actor)
                    session.commit()
                connection.commit()
        finally:
            self._writer = None
            self._turn.release()
        if entry is not None:
            # The commit stands; a side file that lags behind is no fault (storage/audit.py).
            with suppress(OSError):
                audit.remember_head(self.folder, *entry)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads and sees the store as it was when it first asked. Raises StoreError."""
        with engine_errors_in_words(), self._reading.connect() as connection, Session(connection) as session:
            yield session

    @contextmanager
    def statements(self) -> Iterator[Execute]:
        """Plain reading statements within one moment, for checks that stream over whole tables."""
        with engine_errors_in_words(), self._reading.connect() as connection:
            yield statements_on(connection)

    @property
    def is_writing(self) -> bool:
        """Whether a transaction is open."""
        return self._turn.locked()

    def checkpoint(self) -> None:
        """Bring everything into the one database file: clerks copy that file by hand and forget its `-wal`."""
        with suppress(StoreError), engine_errors_in_words():
            raw = self._writing.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            finally:
                raw.close()

    def renew_readers(self) -> None:
        """Read by fresh connections from now on: an old one believes in the search index as it was before it was remade."""
        self._reading.dispose()

    def close(self) -> None:
        """Let go of the file; the program may open it again."""
        self.checkpoint()
        self._writing.dispose()
        self._reading.dispose()

    def _take_turn(self) -> None:
        if self._writer == threading.get_ident():
            raise RuntimeError("transactions do not nest: hand the open one over")
        if not self._turn.acquire(timeout=BUSY_MILLISECONDS / 1000):
            raise StoreError(
                "程序正在保存另一批数据。本次没有保存，已有数据没有变化。", next_step="请等它完成后再试。", code="held"
            )
        self._writer = threading.get_ident()

    @contextmanager
    def _after_failure_reconnect(self) -> Iterator[None]:
        """After the disk failed a connection may believe in pages that never arrived: begin with a fresh one."""
        try:
            yield
        except Exception as error:
            if isinstance(error, StoreError) or result_code(error) is not None:
                self._writing.dispose()
            raise
