"""Files of a row (一企一档: 执照、照片、检查记录): kept by their content, each with what it is and the day it bears."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.dates import local_moment
from anjian_desktop.domain.text import tidy
from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import RefusedItem
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.storage import attachments
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.files import write_atomically
from anjian_desktop.storage.transaction import Transaction

FILE_KINDS = ("营业执照", "许可证", "平面图", "现场照片", "检查记录", "应急预案", "保险单", "责任制和制度", "其他")
"""Offered; any other word may be typed."""
HAVE_FILES = frozenset({"enterprise", "village", "department", "licence", "lease", "certificate"})
"""Ledgers whose rows take files; those of persons do not (个人信息保护法 第六条: no more than is needed), but a certificate
is looked at when somebody doubts it."""
FILES = "files"
"""What a row's history calls its files."""
MAX_BYTES = 200 * 1024 * 1024
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x1f\x7f]")
"""Characters that make a name read otherwise than it is."""


@dataclass(frozen=True)
class RowFile:
    """One file of a row; `size` in bytes, `added_at` local time."""

    id: int
    name: str
    kind: str
    dated_on: date | None
    size: int
    added_at: datetime


@dataclass(frozen=True)
class FilesAdded:
    """Ids of the files added, and those refused."""

    ids: tuple[int, ...]
    refused: tuple[RefusedItem, ...]
    change: Change


def row_files(office: Office, ledger_key: str, row_id: int) -> list[RowFile]:
    """The files of a row, the newest first."""
    with office.db.reading() as session:
        wanted = (
            select(Attachment)
            .where(Attachment.ledger == ledger_key, Attachment.row_id == row_id, Attachment.removed_at.is_(None))
            .order_by(Attachment.id.desc())
        )
        return [
            RowFile(one.id, one.name, one.kind or "", one.dated_on, one.size, local_moment(one.added_at))
            for one in session.scalars(wanted)
        ]


def add_files(
    office: Office,
    ledger_key: str,
    row_id: int,
    paths: Sequence[Path],
    *,
    kind: str = "",
    dated_on: date | None = None,
    step: Step = no_step,
) -> FilesAdded:
    """Keep files with a row; the files themselves are copied first, so that a row never names one that is not there.

    One that cannot be read, is empty or too large is refused by name and does not hinder the others.
    """
    ledger = _taking(ledger_key)
    stored: list[tuple[str, attachments.StoredFile]] = []
    refused: list[RefusedItem] = []
    for number, path in enumerate(paths):
        name = _plain_name(path.name)
        step(number, len(paths), name)
        try:
            stored.append((name, _keep(office, path)))
        except UserError as problem:
            refused.append(RefusedItem(name, "file", problem.message))
    with office.db.transaction("存入附件", actor=office.actor) as tx:
        row = tx.get(ledger, row_id)
        made: list[int] = []
        for name, file in stored:
            kept = Attachment(
                sha256=file.sha256, name=name, size=file.size, ledger=ledger_key, row_id=row_id, added_at=tx.now,
                kind=tidy(kind)[:40] or None, dated_on=dated_on,
            )  # fmt: skip
            tx.session.add(kept)
            tx.session.flush()
            made.append(kept.id)
        if made:
            _tell(tx, row, None, "、".join(name for name, _ in stored))
    return FilesAdded(tuple(made), tuple(refused), tx.change_set)


def describe_file(office: Office, file_id: int, *, kind: str, dated_on: date | None) -> Change:
    """Say what a file is and which day it bears."""
    with office.db.transaction("改附件类别", actor=office.actor) as tx:
        one, row = _of_row(tx, file_id)
        before = _words(one)
        one.kind, one.dated_on = tidy(kind)[:40] or None, dated_on
        if _words(one) != before:
            _tell(tx, row, before, _words(one))
    return tx.change_set


def remove_file(office: Office, file_id: int) -> Change:
    """Take a file off its row; it stays in the store and comes back by `bring_back_file`."""
    with office.db.transaction("去掉附件", actor=office.actor) as tx:
        one, row = _of_row(tx, file_id)
        one.removed_at = tx.now
        _tell(tx, row, _words(one), None)
    return tx.change_set


def bring_back_file(office: Office, file_id: int) -> Change:
    """Undo `remove_file`."""
    with office.db.transaction("恢复附件", actor=office.actor) as tx:
        one, row = _of_row(tx, file_id, removed=True)
        one.removed_at = None
        _tell(tx, row, None, _words(one))
    return tx.change_set


def preview(office: Office, file_id: int) -> bytes:
    """A PDF or picture as a PDF to look at. Raises UserError for another kind of file, a lost or a changed one."""
    from anjian_desktop.services.scan_sets import file_pdf  # the page libraries: only when a file is looked at

    with office.db.reading() as session:
        sha256 = _one(session, file_id).sha256
    return file_pdf(attachments.open_path(office.folder, sha256))


def can_preview(name: str) -> bool:
    """Whether the program shows a file of that name itself."""
    return Path(name).suffix.lower() in {".pdf", ".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff"}


def save_copy(office: Office, file_id: int, target: Path) -> Path:
    """Write a file out. Raises UserError when it is lost or was changed, StoreError when the disk refuses."""
    with office.db.reading() as session:
        sha256 = _one(session, file_id).sha256
    source = attachments.open_path(office.folder, sha256)
    with write_atomically(target) as part:
        part.write_bytes(source.read_bytes())
    return target


def _keep(office: Office, path: Path) -> attachments.StoredFile:
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise UserError("文件读不出来，没有存入。") from problem
    if not path.is_file() or size == 0:
        raise UserError("文件是空的，没有存入。")
    if size > MAX_BYTES:
        raise UserError(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，没有存入。")
    return attachments.add_file(office.folder, path)


def _taking(ledger_key: str) -> type[Ledger]:
    ledger = ledger_named(ledger_key)
    if ledger.about.key not in HAVE_FILES:
        raise Refused(
            f"{ledger.about.label}不存附件。", rule="no_files", next_step="企业、村居、部门、证照、租赁可以。"
        )
    return ledger


def _one(session: Session, file_id: int) -> Attachment:
    found = session.get(Attachment, file_id)
    if found is None or found.ledger not in HAVE_FILES:
        raise UserError("这个附件已不在。", next_step="请刷新（F5）。")
    return found


def _of_row(tx: Transaction, file_id: int, *, removed: bool = False) -> tuple[Attachment, Ledger]:
    one = _one(tx.session, file_id)
    if (one.removed_at is not None) != removed:
        raise UserError("这个附件已不在。", next_step="请刷新（F5）。")
    return one, tx.get(ledger_named(one.ledger), one.row_id)


def _tell(tx: Transaction, row: Ledger, before: str | None, after: str | None) -> None:
    tx.tell(row, FILES, before, after)


def _words(one: Attachment) -> str:
    told = (one.kind or "", one.dated_on.isoformat() if one.dated_on else "")
    return "　".join(part for part in (one.name, *told) if part)


def _plain_name(name: str) -> str:
    return _HIDDEN.sub("", name).strip()[:200] or "附件"
