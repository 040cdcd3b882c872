"""打包带走: everything of a store in one file for another computer: database, key, scans, and a manifest of hashes."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from anjian_desktop.errors import StoreError, UserError
from anjian_desktop.storage import attachments
from anjian_desktop.storage.attachments import FOLDER as ATTACHMENTS
from anjian_desktop.storage.attachments import file_sha256
from anjian_desktop.storage.backup import MANIFEST, backup
from anjian_desktop.storage.database import DATABASE_FILE, Database
from anjian_desktop.storage.files import write_atomically
from anjian_desktop.storage.sources import PACKAGE_END, PACKAGE_MANIFEST, TORN_ARCHIVE

_BLOCK = 1 << 20
_SPARE = 4 << 20


@dataclass(frozen=True)
class Packed:
    """A finished, verified package: live rows by ledger key, how many scans travel with it, which could not."""

    file: Path
    sha256: str
    size: int
    counts: dict[str, int]
    attachments: int
    missing: tuple[str, ...]
    """SHA-256 of scans whose file is gone or changed; their rows travel, the files do not."""


def pack(db: Database, target: Path) -> Packed:
    """Make a package at `target` (`.anjian` is added when it lacks an ending) and read it back.

    A verified backup is made first and goes in. The package holds the key and every row unencrypted. Raises UserError
    for an impossible target, StoreError (`full`, `damaged`, …); nothing is left at `target` then.
    """
    if not target.suffix:
        target = target.with_name(target.name + PACKAGE_END)
    _check_target(db, target)
    made = backup(db)
    manifest = json.loads(made.file.with_name(made.file.name + MANIFEST).read_text("utf-8"))
    _enough_room(target, int(manifest["size"]) + sum(int(one["size"]) for one in manifest["attachments"]))
    missing = []
    with write_atomically(target) as part:
        with zipfile.ZipFile(part, "x", allowZip64=True) as archive:
            with made.file.open("rb") as reading:
                _write(archive, DATABASE_FILE, reading, packed=True)
            for one in manifest["attachments"]:
                if not _add_attachment(archive, db.folder, str(one["sha256"])):
                    missing.append(str(one["sha256"]))
            manifest = {**manifest, "file": target.name, "left_out": missing}
            archive.writestr(
                _member(PACKAGE_MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
            )
        part.chmod(0o600)
        _verify(part, made.sha256)
        sha256, size = file_sha256(part), part.stat().st_size
    return Packed(target, sha256, size, made.counts, len(manifest["attachments"]) - len(missing), tuple(missing))


def _check_target(db: Database, target: Path) -> None:
    whole = target.absolute().resolve()
    if not whole.parent.is_dir():
        raise UserError("打包的目标文件夹不存在，没有打包。", next_step="请先建好文件夹。", code="no_folder")
    if whole.is_relative_to(db.folder.resolve()):
        raise UserError("不能打包到数据文件夹里，没有打包。", next_step="请放到U盘或别的文件夹。", code="bad_target")
    if target.exists() and not _is_package(target):
        raise UserError(
            f"“{target.name}”已存在，而且不是打包文件，没有覆盖它。", next_step="请换一个文件名。", code="bad_target"
        )


def _is_package(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return PACKAGE_MANIFEST in archive.namelist()
    except (OSError, ValueError, *TORN_ARCHIVE):
        return False


def _enough_room(target: Path, needed: int) -> None:
    free = shutil.disk_usage(target.absolute().parent).free
    if free < needed + _SPARE:
        raise StoreError(
            f"打包可能需要 {needed / 1e6:.0f} MB，目标磁盘只剩 {free / 1e6:.0f} MB。没有打包，数据没有变化。",
            next_step="请清理磁盘，或换一个U盘。",
            code="full",
        )


def _add_attachment(archive: zipfile.ZipFile, folder: Path, sha256: str) -> bool:
    file = attachments.place(folder, sha256)
    with suppress(OSError):
        if file_sha256(file) == sha256:
            with file.open("rb") as reading:
                # Scans are compressed already.
                _write(archive, f"{ATTACHMENTS}/{sha256}", reading, packed=False)
            return True
    return False


def _member(name: str, *, packed: bool = True) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    # The fastest level halves a database; the best one takes six times as long for a tenth more.
    info._compresslevel = 1  # type: ignore[attr-defined]
    info.external_attr = 0o600 << 16
    return info


def _write(archive: zipfile.ZipFile, name: str, reading: IO[bytes], *, packed: bool) -> None:
    with archive.open(_member(name, packed=packed), "w", force_zip64=True) as writing:
        shutil.copyfileobj(reading, writing, _BLOCK)


def _verify(part: Path, database_sha256: str) -> None:
    """Read everything back from the disk. Raises StoreError (`damaged`)."""
    try:
        with zipfile.ZipFile(part) as archive:
            for name in archive.namelist():
                with archive.open(name) as reading:
                    digest = hashlib.file_digest(reading, "sha256").hexdigest()  # type: ignore[arg-type]
                wanted = {DATABASE_FILE: database_sha256, PACKAGE_MANIFEST: digest}.get(name, name.rpartition("/")[2])
                if digest != wanted:
                    raise zipfile.BadZipFile(name)
    except TORN_ARCHIVE as error:
        raise StoreError(
            "打包写好后核对不一致，这个文件没有留下，数据不受影响。",
            next_step="请换一个U盘或位置再打包。",
            code="damaged",
        ) from error
