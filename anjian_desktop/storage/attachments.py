"""Files of rows (scans, photos): kept once each, named by their own content, beside the database and never in it."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.files import fsync_folder, refusals_in_words, replace

FOLDER = "attachments"
_BLOCK = 1 << 20
_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class StoredFile:
    """What was stored: the content's SHA-256 in hex, which is also its name, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class AttachmentReport:
    """SHA-256 of files that rows name but are not there, whose bytes changed, and that no row names (harmless)."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    orphans: tuple[str, ...]


def add_file(folder: Path, source: Path) -> StoredFile:
    """Copy a file into the store's `folder`; the same content twice is kept once.

    The file is on the disk when this returns: only then may a row name it. Raises UserError for an unreadable source
    or a full disk; nothing is left behind then.
    """
    with refusals_in_words(Path("附件")), _readable(source) as reading:
        return _keep(folder, reading)


def add_bytes(folder: Path, data: bytes) -> StoredFile:
    """As `add_file`, of content that never was a file (a cropped photo)."""
    with refusals_in_words(Path("附件")):
        return _keep(folder, BytesIO(data))


def _keep(folder: Path, reading: BinaryIO) -> StoredFile:
    home = folder / FOLDER
    part = home / f".{secrets.token_hex(6)}.part"
    digest, size = hashlib.sha256(), 0
    try:
        home.mkdir(exist_ok=True)
        with part.open("xb") as writing:
            while block := reading.read(_BLOCK):
                digest.update(block)
                size += len(block)
                writing.write(block)
            part.chmod(0o600)
            writing.flush()
            os.fsync(writing.fileno())
        target = place(folder, digest.hexdigest())
        if not (target.exists() and file_sha256(target) == digest.hexdigest()):
            target.parent.mkdir(exist_ok=True)
            replace(part, target)
            fsync_folder(target.parent)
            fsync_folder(home)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return StoredFile(digest.hexdigest(), size)


def place(folder: Path, sha256: str) -> Path:
    """Where the content with that hash lies, whether it is there or not."""
    if not _NAME.fullmatch(sha256):
        raise ValueError("not a SHA-256 in lower-case hex")
    return folder / FOLDER / sha256[:2] / sha256


def open_path(folder: Path, sha256: str) -> Path:
    """The file to show. Raises UserError when it is missing or is no longer what was archived."""
    path = place(folder, sha256)
    if not path.is_file():
        raise UserError("这个附件的文件找不到了，登记内容还在。", next_step="请从备份找回附件文件夹。", code="missing")
    if file_sha256(path) != sha256:
        raise UserError(
            "该扫描件已被改动，与归档时不一致。", next_step="请从备份找回原来的文件，或重新扫描。", code="changed"
        )
    return path


def verify(db: Database, *, hash_limit: int | None = None) -> AttachmentReport:
    """Compare the files with the rows. Contents are hashed up to `hash_limit` bytes in all, then sizes only."""
    with db.reading() as session:
        named = dict(session.execute(select(Attachment.sha256, Attachment.size)).all())
    missing, changed, hashed = [], [], 0
    for sha256, size in sorted(named.items()):
        path = place(db.folder, sha256)
        if not path.is_file():
            missing.append(sha256)
            continue
        hashed += size
        with_content = hash_limit is None or hashed <= hash_limit
        if path.stat().st_size != size or (with_content and file_sha256(path) != sha256):
            changed.append(sha256)
    home = db.folder / FOLDER
    found = (path.name for path in home.glob("??/*") if path.is_file()) if home.is_dir() else ()
    return AttachmentReport(tuple(missing), tuple(changed), tuple(sorted(set(found) - named.keys())))


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's content in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _readable(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        raise UserError(
            f"“{source.name}”读不出来，没有存入。", next_step="请检查文件是否还在、是否正被占用。", code="unreadable"
        ) from error
