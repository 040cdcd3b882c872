"""What a store can be brought back from (a backup, a package, a copied data folder): read, copied out and verified."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlcipher3 import dbapi2

from anjian_desktop.errors import StoreError, UserError
from anjian_desktop.storage import attachments, audit
from anjian_desktop.storage.backup import MANIFEST, contents_of
from anjian_desktop.storage.database import DATABASE_FILE
from anjian_desktop.storage.engine import APPLICATION_ID, connect, connect_to_copy
from anjian_desktop.storage.failures import engine_errors_in_words
from anjian_desktop.storage.files import refusal
from anjian_desktop.storage.keyring import KEY_FILE, fingerprint
from anjian_desktop.storage.statements import Execute, plain

PACKAGE_END = ".anjian"
PACKAGE_MANIFEST = "anjian.json"
_LARGEST_MANIFEST = 256 << 20
_BLOCK = 1 << 20
_HASH = re.compile("[0-9a-f]{64}")
_MAGIC = b"SQLite format 3\0"
TORN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
"""What the reading of a damaged, foreign or encrypted archive raises."""
_SAFE = "没有作任何更改。"


@dataclass(frozen=True)
class Contents:
    """What a verified source holds. `made_at` in local time, None for a copied data folder without a manifest."""

    name: str
    kind: str
    """backup, package or folder."""
    made_at: datetime | None
    size: int
    revision: str
    counts: dict[str, int]
    office: str
    tag: str
    entries: int
    head: str
    key: bytes
    attachments: dict[str, int] = field(default_factory=dict)
    """SHA-256 and size of every attachment that its rows name."""
    chain_problem: str = ""
    """A fault in the audit chain that was there when the source was made; no reason to withhold the data."""


@contextmanager
def opened(file: Path, *, present_key: bytes | None = None) -> Iterator[Source]:
    """A source ready to be copied out. `present_key` is tried when nothing lies beside a bare database file.

    Raises UserError (codes `no_file`, `foreign`, `bad_backup`) when it is none of ours; nothing was changed then.
    """
    if file.is_dir():
        file = file / DATABASE_FILE
    try:
        with file.open("rb") as reading:
            header = reading.read(100)
    except OSError as error:
        raise UserError(
            f"“{file.name}”读不出来，{_SAFE}", next_step="请检查文件是否还在，U盘请重新插入。", code="no_file"
        ) from error
    if header[:4] == b"PK\x03\x04":
        with _package(file) as source:
            yield source
    elif header.startswith(_MAGIC) and int.from_bytes(header[68:72], "big") == APPLICATION_ID:
        yield _database_file(file, present_key)
    elif header.startswith(_MAGIC[:6]) or file.name.endswith((".db", PACKAGE_END)):
        raise bad_source(file.name)
    else:
        raise UserError(
            f"“{file.name}”不是安监桌面的备份，{_SAFE}",
            next_step=f"请选择 .db 备份或“打包带走”的 {PACKAGE_END} 文件。",
            code="foreign",
        )


@dataclass(frozen=True)
class Source:
    """One thing to bring a store back from; `manifest` is empty for a copied data folder."""

    file: Path
    kind: str
    keys: tuple[bytes, ...]
    manifest: Mapping[str, Any]
    archive: zipfile.ZipFile | None = None

    def copy_out(self, folder: Path) -> Contents:
        """Copy database and key into `folder` and verify them there: hash, structure, counts, key, end of the audit.

        Raises UserError (`bad_backup`, `newer`), StoreError (`full`).
        """
        target = folder / DATABASE_FILE
        with _disk_in_words(self.file):
            digest, size = self._copy_database(target)
        if self.manifest and (digest, size) != (self.manifest.get("sha256"), self.manifest.get("size")):
            raise bad_source(self.file.name)
        if self.kind == "folder":
            # The log of a store that was not closed belongs to it; afterwards all is in the one file.
            with _damage_as_bad_source(self.file.name), closing(connect(target)) as raw:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
                raw.execute("PRAGMA journal_mode=DELETE").close()
        found = self._verified(target)
        (folder / KEY_FILE).write_bytes(found.key)
        return replace(found, size=size)

    def attachment(self, sha256: str) -> IO[bytes] | None:
        """The bytes of an attachment that travels with the source; None when it does not."""
        try:
            if self.archive is not None:
                return self.archive.open(f"{attachments.FOLDER}/{sha256}")
            if self.kind == "folder":
                return attachments.place(self.file.parent, sha256).open("rb")
        except (KeyError, OSError, *TORN_ARCHIVE):
            return None
        return None

    def _copy_database(self, target: Path) -> tuple[str, int]:
        if self.archive is None:
            for end in ("-wal",) if self.kind == "folder" else ():
                with suppress(FileNotFoundError):
                    shutil.copyfile(f"{self.file}{end}", f"{target}{end}")
            with self.file.open("rb") as reading:
                return _copy(reading, target, None)
        try:
            with self.archive.open(DATABASE_FILE) as reading:
                return _copy(reading, target, int(self.manifest["size"]))
        except (KeyError, ValueError, TypeError, *TORN_ARCHIVE) as error:
            raise bad_source(self.file.name) from error

    def _verified(self, database: Path) -> Contents:
        name = self.file.name
        with _damage_as_bad_source(name), closing(connect_to_copy(database)) as raw:
            execute = plain(raw)
            tables = [
                table
                for (table,) in execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                if not table.startswith(("search_", "sqlite_"))
            ]
            if {row[0] for table in tables for row in execute(f'PRAGMA integrity_check("{table}")')} != {"ok"}:
                raise bad_source(name)
            if _foreign_programs(execute):
                raise bad_source(name, "里面有不是本程序的内容")
            found = contents_of(execute)
            if self.manifest and any(self.manifest.get(part) != found[part] for part in found):
                raise bad_source(name)
            if not all(_HASH.fullmatch(str(one["sha256"])) for one in found["attachments"]):
                raise bad_source(name)
            facts = dict(execute("SELECT key, value FROM store_fact"))
            key = next((one for one in self.keys if fingerprint(one) == facts.get("key_check")), None)
            if key is None:
                raise UserError(
                    f"“{name}”旁边没有它的说明文件（{name}{MANIFEST}），缺少核对用的密钥，{_SAFE}",
                    next_step="请把备份和它的说明文件放在同一个文件夹，再选一次。",
                    code="key",
                )
            chain = audit.verify_chain(execute, key, None)
            office = next(iter(execute("SELECT value FROM office_setting WHERE key = 'office'")), ("",))[0]
        made_at = self.manifest.get("made_at")
        return Contents(
            name=name,
            kind=self.kind,
            made_at=datetime.fromisoformat(made_at).astimezone() if made_at else None,
            size=0,
            revision=found["revision"],
            counts=found["counts"],
            office=office,
            tag=facts.get("tag", ""),
            entries=found["audit"]["entries"],
            head=found["audit"]["head"],
            key=key,
            attachments={one["sha256"]: one["size"] for one in found["attachments"]},
            chain_problem=chain.problem,
        )


def bad_source(name: str, how: str = "已损坏或不完整") -> UserError:
    """The refusal of a source whose content is not what it should be."""
    return UserError(f"“{name}”{how}，{_SAFE}", next_step="请选择其他备份。", code="bad_backup")


def read_manifest(text: bytes, name: str) -> dict[str, Any]:
    """The manifest of a backup or package. Raises UserError (`bad_backup`)."""
    try:
        kept = json.loads(text)
        if not isinstance(kept, dict) or len(bytes.fromhex(kept["key"])) != 32:
            raise ValueError("no manifest of ours")
        datetime.fromisoformat(kept["made_at"])
        if not isinstance(kept["size"], int) or not all(
            isinstance(one["size"], int) and _HASH.fullmatch(one["sha256"]) for one in kept["attachments"]
        ):
            raise ValueError("no manifest of ours")
    except (ValueError, KeyError, TypeError) as error:
        raise bad_source(name) from error
    return kept


def _database_file(file: Path, present_key: bytes | None) -> Source:
    beside = file.with_name(file.name + MANIFEST)
    if beside.is_file():
        manifest = read_manifest(beside.read_bytes()[:_LARGEST_MANIFEST], file.name)
        return Source(file, "backup", (bytes.fromhex(manifest["key"]),), manifest)
    keys = [present_key] if present_key else []
    with suppress(OSError):
        keys.insert(0, (file.parent / KEY_FILE).read_bytes())
    return Source(file, "folder", tuple(keys), {})


@contextmanager
def _package(file: Path) -> Iterator[Source]:
    try:
        archive = zipfile.ZipFile(file)
    except (OSError, ValueError, *TORN_ARCHIVE) as error:
        raise bad_source(file.name) from error
    with archive:
        try:
            with archive.open(PACKAGE_MANIFEST) as reading:
                text = reading.read(_LARGEST_MANIFEST)
        except KeyError as error:
            raise bad_source(file.name, "不是安监桌面打的包") from error
        except (OSError, *TORN_ARCHIVE) as error:
            raise bad_source(file.name) from error
        manifest = read_manifest(text, file.name)
        yield Source(file, "package", (bytes.fromhex(manifest["key"]),), manifest, archive)


def _copy(reading: IO[bytes], target: Path, most: int | None) -> tuple[str, int]:
    """Copy a stream into a new file; gives hash and size. One that yields more than it said is cut off."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as writing:
        while block := reading.read(_BLOCK):
            size += len(block)
            if most is not None and size > most:
                break
            digest.update(block)
            writing.write(block)
    target.chmod(0o600)
    return digest.hexdigest(), size


def _foreign_programs(execute: Execute) -> bool:
    """Whether something in the file would act by itself: views, or triggers that are not the audit's own."""
    return any(
        kind == "view" or not (name.startswith("audit_") and name.rpartition("_no_")[2] in {"update", "delete"})
        for kind, name in execute("SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')")
    )


@contextmanager
def _damage_as_bad_source(name: str) -> Iterator[None]:
    try:
        with engine_errors_in_words():
            yield
    except StoreError as error:
        if error.code in {"full", "memory"}:
            raise
        raise bad_source(name) from error
    except (dbapi2.Error, TypeError, UnicodeDecodeError) as error:
        # A table or row that every store has is not there, or a text is torn.
        raise bad_source(name) from error


@contextmanager
def _disk_in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        refused = refusal(error, Path("恢复中的数据"))
        if refused.code == "full":
            raise StoreError(
                "磁盘空间不足，没有恢复，现有数据没有变化。", next_step="请清理磁盘后再试。", code="full"
            ) from error
        raise UserError(
            f"“{file.name}”复制不出来，{_SAFE}", next_step="请检查磁盘和U盘，再试一次。", code=refused.code
        ) from error
