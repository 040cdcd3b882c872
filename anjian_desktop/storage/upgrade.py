"""Make a store, open one, bring an older one up to date; tell apart what is missing, lost, damaged, foreign or newer."""

from __future__ import annotations

import os
import pkgutil
import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from anjian_desktop.errors import NoStore, StoreError, UserError
from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.ledgers.registry import all_ledgers
from anjian_desktop.storage import audit, lock, migrations, seals, search_index, swap
from anjian_desktop.storage.attachments import FOLDER as ATTACHMENTS
from anjian_desktop.storage.audit import HEAD_FILE
from anjian_desktop.storage.backup import FOLDER as BACKUPS
from anjian_desktop.storage.backup import backup
from anjian_desktop.storage.database import DATABASE_FILE, Database, utc_now
from anjian_desktop.storage.engine import APPLICATION_ID, check_runtime, connect, make_engine
from anjian_desktop.storage.failures import engine_errors_in_words
from anjian_desktop.storage.files import fsync_folder, refusals_in_words, replace
from anjian_desktop.storage.keyring import KEY_FILE, fingerprint, make_key, refuse_another_key, seal_key
from anjian_desktop.storage.statements import Execute, statements_on

SCRIPTS = Path(migrations.__file__).parent
_ROOM_FOR_UPGRADE = 2.5
"""Times the database's size: its backup, and a log that may hold every page."""
_ROOM_TO_OPEN = 256 << 10
_MAGIC = b"SQLite format 3\0"
_TAG_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def revisions() -> tuple[str, ...]:
    """Every revision this program knows, oldest first: the leading digits of the files in migrations/versions."""
    return tuple(sorted(module.name.partition("_")[0] for module in pkgutil.iter_modules([str(SCRIPTS / "versions")])))


# -- making ----------------------------------------------------------------------------------------------------


def create_store(
    folder: Path, *, clock: Callable[[], datetime] = utc_now, facts: Mapping[str, str] | None = None
) -> Database:
    """A new, empty store in `folder`, opened. `facts` are kept beside its own (tag, key_check, made_at).

    Raises UserError when the folder holds a store, StoreError (code `lost`) when it held one.
    """
    check_runtime()
    swap.settle(folder)
    if (folder / DATABASE_FILE).exists():
        raise UserError("这个文件夹里已经有数据，没有新建。", next_step="请直接使用，或换一个文件夹。", code="exists")
    _refuse_lost(folder)
    with refusals_in_words(folder / DATABASE_FILE):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with lock.hold(folder, "新建数据", purpose="maintenance"):
            key = make_key(folder)
            # A head that a store gone without a trace left behind is not this one's.
            (folder / HEAD_FILE).unlink(missing_ok=True)
            part = folder / f"{DATABASE_FILE}.part"
            for leftover in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
                leftover.unlink(missing_ok=True)
            own = {"tag": "".join(secrets.choice(_TAG_LETTERS) for _ in range(4)), "key_check": fingerprint(key)}
            with engine_errors_in_words():
                _build(part, clock(), {**(facts or {}), **own})
            # Names and phone numbers are in it; the log beside it gets the same rights.
            part.chmod(0o600)
            replace(part, folder / DATABASE_FILE)
            for name in (BACKUPS, ATTACHMENTS):
                (folder / name).mkdir(exist_ok=True)
            fsync_folder(folder)
    return open_store(folder, clock=clock)


def _build(part: Path, now: datetime, facts: Mapping[str, str]) -> None:
    """Write a whole store to `part`; it gets its name only when it is complete."""
    raw = connect(part, create=True)
    raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    raw.close()
    migrate(part)
    raw = connect(part)
    raw.executemany(
        "INSERT INTO store_fact (key, value, changed_at) VALUES (?,?,?)",
        [
            (name, value, now.isoformat(" ", "microseconds"))
            for name, value in {**facts, "made_at": now.isoformat()}.items()
        ],
    )
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()


# -- opening ---------------------------------------------------------------------------------------------------


def open_store(folder: Path, *, clock: Callable[[], datetime] = utc_now) -> Database:
    """The store of `folder`, brought up to date after a verified backup when it is an older one.

    Raises NoStore when there is none yet, StoreError with a code that names the case: `lost`, `damaged`, `foreign`,
    `newer`, `held`, `readonly`, `key`. Nothing is ever made in the place of a store that is gone or unreadable.
    """
    check_runtime()
    swap.settle(folder)
    path = folder / DATABASE_FILE
    if not path.exists():
        _refuse_lost(folder)
        raise NoStore("这里还没有数据。", next_step="先运行 anjian init --office 办公室名称。")
    look_at_file(path)
    present = lock.holder(folder)
    if present is not None and present.purpose == "maintenance":
        raise lock.held_by(present)
    if not os.access(path, os.W_OK) or not os.access(folder, os.W_OK):
        raise StoreError(
            "数据文件夹不能写入，没有打开，数据没有变化。",
            next_step="请检查文件夹的权限，或U盘的写保护开关；也可以把整个文件夹拷到本机磁盘再打开。",
            code="readonly",
        )
    # Read before the store is: what another program commits between the two is no loss.
    remembered = audit.head_remembered(folder) or (0, "")
    revision, key_check, entries = look_inside(path)
    if revision not in revisions():
        raise _newer()
    database = Database(folder, clock=clock)
    refuse_another_key(database.key, key_check)
    database.lost_entries = max(0, remembered[0] - entries)
    if revision != revisions()[-1]:
        _bring_up_to_date(database, revision)
    for name in (BACKUPS, ATTACHMENTS):
        (folder / name).mkdir(exist_ok=True)
    return database


def open_copy(folder: Path, scratch: Path, *, clock: Callable[[], datetime] = utc_now) -> Database:
    """A copy of the folder's store in `scratch`, for looking only; the store itself is not touched.

    For a damaged store, one on a write-protected disk or one whose key is gone. Raises StoreError when not even a copy
    can be read.
    """
    check_runtime()
    look_at_file(folder / DATABASE_FILE)
    with refusals_in_words(scratch / DATABASE_FILE):
        for name in (DATABASE_FILE, f"{DATABASE_FILE}-wal"):
            if (folder / name).exists():
                shutil.copyfile(folder / name, scratch / name)
        (scratch / KEY_FILE).write_bytes(secrets.token_bytes(32))
    path = scratch / DATABASE_FILE
    revision = look_inside(path)[0]
    if revision not in revisions():
        raise _newer()
    if revision != revisions()[-1]:
        with engine_errors_in_words():
            migrate(path)
    return Database(scratch, clock=clock, read_only=True)


def accept_loss(database: Database, *, actor: str = "") -> None:
    """Go on with a store whose last entries are gone: the audit says so from now on, and the side file begins anew."""
    with database.transaction("接受现有数据", actor=actor) as tx:
        tx.note(f"最近 {database.lost_entries} 条操作记录不见了，按现有数据继续使用")
    database.lost_entries = 0
    with database.statements() as execute:
        last = audit.head(execute)
    (database.folder / HEAD_FILE).unlink(missing_ok=True)
    audit.remember_head(database.folder, *last)


def _newer() -> StoreError:
    return StoreError(
        "这份数据由更新的版本写成，本程序不能打开它，没有作任何改动。", next_step="请先升级程序。", code="newer"
    )


def _refuse_lost(folder: Path) -> None:
    if (folder / BACKUPS).exists() or (folder / ATTACHMENTS).exists():
        raise StoreError(
            f"数据文件 {DATABASE_FILE} 不见了，文件夹里只剩备份或附件。没有新建，剩下的文件都没有动。",
            next_step="请从备份恢复，或检查数据文件是否被移走。",
            code="lost",
        )


def look_at_file(path: Path) -> None:
    """Is it ours at all? Read from the file's own header, before any library touches it. Raises StoreError."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except PermissionError:
        raise StoreError(
            "没有权限读取数据文件，没有打开，数据没有变化。", next_step="请检查文件夹的权限。", code="readonly"
        ) from None
    except OSError as error:
        raise _damaged("硬盘读不出来") from error
    if len(header) < 100:
        raise _damaged("只剩开头或是空的")
    if not header.startswith(_MAGIC) or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StoreError(
            f"{DATABASE_FILE} 不是本程序的数据文件（或文件开头已损坏），没有改动它。",
            next_step="请检查数据文件夹是否选对，或从最近的备份恢复。",
            code="foreign",
        )


def look_inside(path: Path) -> tuple[str, str, int]:
    """(revision, fingerprint of the key, audit entries). A store newer than this program may lack what an older one has."""
    try:
        with engine_errors_in_words(), closing(connect(path)) as raw:
            if raw.execute("PRAGMA user_version").fetchone()[0] > int(revisions()[-1]):
                return "newer", "", 0
            revision = raw.execute("SELECT version_num FROM alembic_version").fetchone()
            kept = raw.execute("SELECT value FROM store_fact WHERE key = 'key_check'").fetchone()
            entries = raw.execute("SELECT max(seq) FROM audit_entry").fetchone()[0] or 0
    except StoreError as error:
        if error.code in {"held", "memory", "readonly", "full"}:
            raise
        if error.code == "io" and shutil.disk_usage(path.parent).free < _ROOM_TO_OPEN:
            # The log's index beside the database, 32 KiB, could not be made: nothing is wrong with the data.
            raise StoreError(
                "磁盘已满，数据打不开，数据没有变化。", next_step="请清理磁盘，腾出几兆就能打开。", code="full"
            ) from error
        raise _damaged("里面读不出来") from error
    except dbapi2.Error as error:
        raise _damaged("缺少必要的表") from error
    if revision is None or kept is None:
        raise _damaged("缺少必要的内容")
    return revision[0], kept[0], entries


def _damaged(how: str) -> StoreError:
    return StoreError(
        f"数据文件已损坏（{how}），原文件保持原样，没有改动。", next_step="请从最近的备份恢复。", code="damaged"
    )


# -- migrating -------------------------------------------------------------------------------------------------


def _bring_up_to_date(database: Database, revision: str) -> None:
    """Upgrade an older store, after a verified backup and with nobody else in it."""
    newest = revisions()[-1]
    folder, path = database.folder, database.path
    with lock.hold(folder, "数据升级", purpose="maintenance"):
        needed = int(path.stat().st_size * _ROOM_FOR_UPGRADE)
        if (free := shutil.disk_usage(folder).free) < needed:
            raise StoreError(
                f"数据升级需要约 {needed / 1e6:.0f} MB，磁盘只剩 {free / 1e6:.0f} MB。没有升级，数据没有变化。",
                next_step="请清理磁盘后再打开。",
                code="full",
            )
        try:
            backup(database, label=f"before-{newest}")
        except StoreError as error:
            raise StoreError(
                "升级前的备份没有成功，没有升级，数据没有变化。", next_step=error.next_step, code=error.code
            ) from error
        database.close()
        with engine_errors_in_words():
            head = migrate(path, key=database.key, now=database.clock(), action=f"数据升级 {revision} → {newest}")
        if head is not None:
            audit.remember_head(folder, *head)


def migrate(
    path: Path, *, key: bytes | None = None, now: datetime | None = None, action: str = ""
) -> tuple[int, str] | None:
    """Run every revision that is missing in one transaction: all of it or nothing.

    With `key` the rows are sealed and indexed anew afterwards, except those that another tool had changed before, and
    the audit gets an entry, whose number and digest are given. Raises StoreError when links are broken at the end.
    """
    engine = make_engine(path, foreign_keys=False)
    head = None
    try:
        with engine.connect() as connection, connection.begin():
            execute = statements_on(connection)
            foreign = frozenset[tuple[str, int]]()
            if key is not None:
                foreign = frozenset(seals.unsealed_rows(execute, seal_key(key), _ledgers_in(execute)))
            run_revisions(connection)
            if broken := execute("PRAGMA foreign_key_check").fetchall():
                raise StoreError(
                    f"数据升级后核对发现 {len(broken)} 处关联指向不存在的记录，没有升级，数据没有变化。",
                    next_step="请把数据文件夹交给技术人员检查。",
                    code="damaged",
                )
            execute(f"PRAGMA user_version={int(revisions()[-1])}")
            if key is not None and now is not None:
                for ledger in all_ledgers():
                    _renew(execute, seal_key(key), ledger, foreign)
                head = audit.append(execute, key, at=now, actor="", action=action, note="", changes=())
    finally:
        engine.dispose()
    return head


def _ledgers_in(execute: Execute) -> list[type[Ledger]]:
    """The ledgers that an older store already has."""
    tables = {name for (name,) in execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [ledger for ledger in all_ledgers() if set(seals.tables_of(ledger)) <= tables]


def _renew(execute: Execute, key: bytes, ledger: type[Ledger], foreign: frozenset[tuple[str, int]]) -> None:
    """Seal and index every row of a ledger as the revisions left it."""
    name = ledger.about.key
    rows = list(seals.stored_rows(execute, ledger))
    seals.write_seals(
        execute, ((name, row_id, seals.seal(key, name, row)) for row_id, row in rows if (name, row_id) not in foreign)
    )
    search_index.rebuild(execute, ledger, rows)


def run_revisions(connection: Connection) -> None:
    """Hand an open transaction to Alembic; its files lie in the package, there is no ini file."""
    # Loaded here: Alembic costs half a second that a store which is up to date never needs.
    from alembic import command
    from alembic.config import Config

    config = Config()
    # In an ini value a per cent sign begins a reference; folders may well have one in their name.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    command.upgrade(config, "head")
