"""Copy the store while it is in use, reopen the copy and verify it, and say beside it what is in it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from anjian_desktop import __version__
from anjian_desktop.errors import StoreError, UserError
from anjian_desktop.ledgers.registry import all_ledgers
from anjian_desktop.storage import audit
from anjian_desktop.storage.attachments import FOLDER as ATTACHMENTS
from anjian_desktop.storage.attachments import file_sha256
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.engine import APPLICATION_ID, connect, connect_to_copy
from anjian_desktop.storage.failures import in_words
from anjian_desktop.storage.files import fsync_file, fsync_folder, refusal, replace, write_atomically
from anjian_desktop.storage.keyring import KEY_FILE
from anjian_desktop.storage.statements import Execute, plain

FOLDER = "backups"
MANIFEST = ".json"
_FORMAT = 1
_FULL_CHECK_BYTES = 256 << 20
"""Up to here the copy's indexes are compared with their tables (0.35 s per 150 MB); beyond, its structure only (0.1 s)."""
_STALE_SECONDS = 86_400


@dataclass(frozen=True)
class BackupResult:
    """A finished, verified backup: the copy, its SHA-256, live rows by ledger key."""

    file: Path
    sha256: str
    counts: dict[str, int]
    verified: bool = True


@dataclass(frozen=True)
class BackupInfo:
    """A backup as its manifest describes it; `made_at` in local time."""

    file: Path
    made_at: datetime
    size: int
    sha256: str
    counts: dict[str, int]
    revision: str
    order: int = 0
    """Its place in the order of making, whatever the clock said; 0 where the manifest does not say."""
    head: str = ""
    """The end of the audit chain in it: tells whether anything was written since."""


def backup(db: Database, target: Path | None = None, *, label: str = "") -> BackupResult:
    """Make a verified backup at `target` (a file or a folder), by default `backups/anjian-YYYYMMDD-HHMMSS.db`.

    Writers may go on meanwhile; the copy is of one moment. The manifest `<file>.json` holds hashes, counts, the
    schema's revision, the end of the audit chain, the attachments by hash (their files are not copied) and the audit
    key, without which the copy could not be opened elsewhere. `label` is put into the default name.

    Raises UserError for an impossible target, StoreError (code `full`, `io`, `damaged`) when the copy did not succeed;
    the store and earlier backups are untouched then.
    """
    now = db.clock().replace(tzinfo=UTC)
    path = _target(db, target, now, label)
    _enough_room(db, path)
    part = path.parent / f".{secrets.token_hex(6)}.part"
    order = max((one.order for one in list_backups(db.folder)), default=0) + 1
    with _failures_in_words(path):
        try:
            said = _copy(db, part)
            verified, sha256 = _verify(part, said)
            manifest = {
                "format": _FORMAT,
                "file": path.name,
                "made_at": now.isoformat(timespec="seconds"),
                "app_version": __version__,
                "sha256": sha256,
                "size": part.stat().st_size,
                "check": verified,
                "key": db.key.hex(),
                "order": order,
                **said,
            }
            _manifest_of(path).unlink(missing_ok=True)
            replace(part, path)
            fsync_folder(path.parent)
        finally:
            for leftover in (part, part.with_name(part.name + "-journal")):
                with suppress(OSError):
                    leftover.unlink(missing_ok=True)
        # Last: only a copy that has its manifest counts as a backup.
        with write_atomically(_manifest_of(path)) as beside:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                json.dump(manifest, file, ensure_ascii=False, indent=1, sort_keys=True)
    return BackupResult(path, sha256, dict(said["counts"]))


def list_backups(folder: Path) -> list[BackupInfo]:
    """The finished backups of the store in `folder`, newest first; what has no sound manifest is passed over."""
    found = []
    for manifest in (folder / FOLDER).glob(f"*{MANIFEST}"):
        try:
            kept = json.loads(manifest.read_text("utf-8"))
            file = manifest.with_name(manifest.name.removesuffix(MANIFEST))
            info = BackupInfo(
                file, datetime.fromisoformat(kept["made_at"]).astimezone(), int(kept["size"]), str(kept["sha256"]),
                dict(kept["counts"]), str(kept["revision"]), int(kept.get("order", 0)), str(kept["audit"]["head"]),
            )  # fmt: skip
            if file.stat().st_size == info.size:
                found.append(info)
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return sorted(found, key=lambda one: (one.made_at, len(one.file.name), one.file.name), reverse=True)


def latest_backup(folder: Path) -> datetime | None:
    """When the newest backup in the data folder was made, in local time."""
    return next((one.made_at for one in list_backups(folder)), None)


def counts_of(execute: Execute) -> dict[str, int]:
    """Live rows by ledger key."""
    counted = {}
    present = {row[0] for row in execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    for ledger in all_ledgers():
        tables = [str(table) for table in ledger.__mapper__.tables]
        if not present.issuperset(tables):
            # A store backed up before its upgrade lacks the ledgers that the upgrade brings.
            continue
        joins = "".join(f' JOIN "{other}" ON "{other}".id = "{tables[0]}".id' for other in tables[1:])
        statement = f'SELECT count(*) FROM "{tables[0]}"{joins} WHERE "{tables[0]}".retired_at IS NULL'  # noqa: S608
        counted[ledger.about.key] = int(execute(statement).fetchone()[0])
    return counted


def _copy(db: Database, part: Path) -> dict[str, Any]:
    """Copy the store page by page; gives what was in it at that very moment."""
    db.checkpoint()
    with closing(connect(db.path, read_only=True)) as source:
        source.execute("BEGIN")
        said = contents_of(plain(source))
        with closing(connect(part, create=True, log=False)) as copy:
            # Nobody else knows the file yet and it is fsynced as a whole: page by page that takes three times as long.
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-2000"):
                copy.execute(f"PRAGMA {pragma}").close()
            source.backup(copy)
            # A plain file: it can be read from a write-protected stick, and nothing lies beside it.
            copy.execute("PRAGMA journal_mode=DELETE").close()
        source.execute("ROLLBACK")
    part.chmod(0o600)
    fsync_file(part)
    return said


def contents_of(execute: Execute) -> dict[str, Any]:
    """What a manifest says of the store: revision, live rows, end of the audit chain, attachments by hash."""
    entries, head = audit.head(execute)
    attachments = execute("SELECT DISTINCT sha256, size FROM attachment ORDER BY sha256").fetchall()
    return {
        "revision": execute("SELECT version_num FROM alembic_version").fetchone()[0],
        "counts": counts_of(execute),
        "audit": {"entries": entries, "head": head},
        "attachments": [{"sha256": sha256, "size": size} for sha256, size in attachments],
    }


def _verify(part: Path, said: dict[str, Any]) -> tuple[str, str]:
    """Reopen the copy and compare; gives the name of the check and the file's SHA-256. Raises StoreError (`damaged`).

    The search index is not looked at: it is made of the rows and can be made again, and is half of the file.
    """
    check = "integrity_check" if part.stat().st_size <= _FULL_CHECK_BYTES else "quick_check"
    # Both read the whole file and neither holds the interpreter.
    with ThreadPoolExecutor(1) as beside, closing(connect_to_copy(part)) as copy:
        digest = beside.submit(file_sha256, part)
        tables = [
            name
            for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type='table'")
            if not name.startswith(("search_", "sqlite_"))
        ]
        problems = {row[0] for name in tables for row in copy.execute(f'PRAGMA {check}("{name}")')}
        sound = problems == {"ok"} and contents_of(plain(copy)) == said
    if not sound:
        raise StoreError(
            "备份写好后核对不一致，这次的备份没有留下，已有备份不受影响。",
            next_step="请先做一次数据检查（anjian check --full）；若数据正常，请换一个位置再备份。",
            code="damaged",
        )
    return check, digest.result()


def _target(db: Database, target: Path | None, now: datetime, label: str) -> Path:
    """Where the backup goes. Raises UserError for a place where it would do harm."""
    name = f"anjian-{now.astimezone():%Y%m%d-%H%M%S}{'-' + label if label else ''}"
    if target is None:
        home = db.folder / FOLDER
        with suppress(OSError):
            home.mkdir(exist_ok=True)
        _remove_stale_parts(home)
    elif target.is_dir():
        home = target
    else:
        return _checked_target(db, target)
    path, n = home / f"{name}.db", 1
    while path.exists() or _manifest_of(path).exists():
        n += 1
        path = home / f"{name}-{n}.db"
    return _checked_target(db, path)


def _checked_target(db: Database, path: Path) -> Path:
    whole = path.absolute().resolve()
    if not whole.parent.is_dir():
        raise UserError("备份的目标文件夹不存在，没有备份。", next_step="请先建好文件夹再备份。", code="no_folder")
    if whole.is_relative_to((db.folder / ATTACHMENTS).resolve()) or (whole.parent / KEY_FILE).exists():
        raise UserError(
            "备份不能放在附件文件夹里，也不能与数据文件放在一起，没有备份。",
            next_step="请放到 backups 文件夹、另一块磁盘或U盘。",
            code="bad_target",
        )
    if path.exists() and not _is_ours(path):
        raise UserError(
            f"“{path.name}”已存在，而且不是备份文件，没有覆盖它。", next_step="请换一个文件名。", code="bad_target"
        )
    return path


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return int.from_bytes(file.read(72)[68:72], "big") == APPLICATION_ID
    except OSError:
        return False


def _enough_room(db: Database, path: Path) -> None:
    """Say so before a copy that cannot succeed is begun."""
    wal = db.path.with_name(db.path.name + "-wal")
    needed = db.path.stat().st_size + (wal.stat().st_size if wal.exists() else 0)
    free = shutil.disk_usage(path.parent).free
    if free < needed + (1 << 20):
        raise StoreError(
            f"备份需要约 {needed / 1e6:.0f} MB，目标磁盘只剩 {free / 1e6:.0f} MB。没有备份，已有备份不受影响。",
            next_step="请清理磁盘，或换一个位置再备份。",
            code="full",
        )


@contextmanager
def _failures_in_words(path: Path) -> Iterator[None]:
    safe = "本次备份未完成，数据和已有备份不受影响。"
    try:
        yield
    except StoreError:
        raise
    except UserError as error:
        raise StoreError(f"{safe}", next_step=error.next_step, code=error.code) from error
    except OSError as error:
        refused = refusal(error, path)
        words = "目标磁盘空间不足。" if refused.code == "full" else "目标磁盘写入出错。"
        raise StoreError(
            f"{words}{safe}", next_step="请清理磁盘或换一个位置（U盘请重新插入）后再备份。", code=refused.code
        ) from error
    except Exception as error:
        if (said := in_words(error)) is None:
            raise
        told = {"full": "目标磁盘空间不足。", "held": "数据正被其他程序占用。", "damaged": "数据文件有损坏。"}
        raise StoreError(
            f"{told.get(said.code, '磁盘读写出错。')}{safe}",
            next_step="请先做一次数据检查。" if said.code == "damaged" else "请清理磁盘或换一个位置后再备份。",
            code=said.code,
        ) from error


def _manifest_of(path: Path) -> Path:
    return path.with_name(path.name + MANIFEST)


def _remove_stale_parts(home: Path) -> None:
    """What a killed backup left; a young one may be another program's that is still at work."""
    for part in home.glob(".*.part*"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _STALE_SECONDS:
                part.unlink()
