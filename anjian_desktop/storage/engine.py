"""Make the database engine: one SQLite on every machine, its settings, and transactions that begin when we say so."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlcipher3 import dbapi2

from anjian_desktop.domain.text import text_order
from anjian_desktop.errors import StoreError

APPLICATION_ID = 0x414A5A4D
"""Marks a file as ours (bytes 68-71 of its header)."""
BUSY_MILLISECONDS = 5000
TEXT_ORDER = "text_order"
"""The SQL function that lists are ordered by: `domain.text.text_order` of a text; nothing stays nothing."""
_OLDEST_SQLITE = (3, 51, 3)
"""Older ones can corrupt a WAL database when two connections write and checkpoint at once (the WAL-reset bug)."""
_CACHE_KIB = 32_000
_LOG_BYTES = 32 << 20
"""What a large import leaves of the write-ahead log once it was brought into the file."""


def check_runtime() -> None:
    """Refuse libraries that are known to lose data or to crash. Raises StoreError (code `runtime`)."""
    found = tuple(int(part) for part in dbapi2.sqlite_version.split("."))
    if found < _OLDEST_SQLITE:
        raise StoreError(
            f"数据库运行库版本过低（{dbapi2.sqlite_version}），可能损坏数据，程序没有打开数据。",
            next_step="请重新安装本程序。",
            code="runtime",
        )
    if sys.version_info < (3, 12) and (qt := _qt_version()) is not None and qt >= (6, 12):
        # From 6.12.0 on, every void call drops a reference to None; Python counts those until 3.12 (PYSIDE-3474).
        raise StoreError(
            "窗口运行库与Python版本不相容，用几分钟就会退出，程序没有打开数据。",
            next_step="请改用 Python 3.12 以上，或 6.12 以下的 PySide6。",
            code="runtime",
        )


def _qt_version() -> tuple[int, ...] | None:
    """Version of the installed window library, read without loading it; None when there is none."""
    try:
        return tuple(int(part) for part in version("PySide6-Essentials").split(".")[:2])
    except PackageNotFoundError:
        return None


def connect(path: Path, *, read_only: bool = False, create: bool = False, log: bool = True) -> Any:
    """A bare connection with our settings and without implicit transactions; usable from any thread.

    Without `create` a missing file is an error, never a new empty store. `log` keeps a write-ahead log.
    """
    mode = "rwc" if create else "rw"
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MILLISECONDS / 1000,
    )
    apply_settings(connection, read_only=read_only)
    connection.create_function(TEXT_ORDER, 1, _text_order, deterministic=True)
    if log and not read_only:
        # Kept in the file; said again because a restored backup is a plain file without a log.
        connection.execute("PRAGMA journal_mode=WAL").close()
    return connection


def _text_order(text: object) -> bytes | None:
    return text_order(text) if isinstance(text, str) else None


def connect_to_copy(path: Path) -> Any:
    """A bare connection to a file that nobody writes (a backup): no lock, no journal, no file beside it."""
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False
    )
    apply_settings(connection, read_only=True)
    return connection


def apply_settings(connection: Any, *, read_only: bool) -> None:
    """The pragmas of every connection. Trusted schema and mmap stay off: a crafted or torn file must not run code."""
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "synchronous=FULL",
        f"cache_size=-{_CACHE_KIB}",
        "temp_store=MEMORY",
        f"journal_size_limit={_LOG_BYTES}",
        f"query_only={'ON' if read_only else 'OFF'}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def make_engine(path: Path, *, read_only: bool = False, foreign_keys: bool = True) -> Engine:
    """An engine on the store's file. A writing one has one connection and says BEGIN IMMEDIATE; a reading one says
    BEGIN, so that all it reads in one go is of one moment.

    `foreign_keys` off is for migrations: SQLite ignores the switch inside a transaction. Raises StoreError when the
    runtime is unfit.
    """
    check_runtime()
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, read_only=read_only),
        poolclass=QueuePool,
        pool_size=4 if read_only else 1,
        max_overflow=16 if read_only else 0,
        pool_timeout=BUSY_MILLISECONDS / 1000,
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    if not foreign_keys:

        @event.listens_for(engine, "connect")
        def _without_foreign_keys(connection: Any, record: ConnectionPoolEntry) -> None:
            connection.execute("PRAGMA foreign_keys=OFF").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # The driver's own implicit BEGIN is off: it would leave CREATE TABLE outside the transaction, and a deferred
        # one fails at once with BUSY_SNAPSHOT where an immediate one waits.
        connection.exec_driver_sql(begin)

    return engine
