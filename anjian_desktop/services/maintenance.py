"""Keeping the data safe: backup, check, audit; the words for the window and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anjian_desktop.services.office import Office
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.storage import audit, integrity, packing, retention
from anjian_desktop.storage import backup as backups
from anjian_desktop.storage.audit import AuditReport
from anjian_desktop.storage.backup import BackupResult
from anjian_desktop.storage.integrity import CheckReport
from anjian_desktop.storage.packing import Packed
from anjian_desktop.storage.sources import PACKAGE_END

_DUE_DAYS = 1
_LATE_DAYS = 7


@dataclass(frozen=True)
class BackupState:
    """When the last verified backup was made; `tone` is ok, due or late."""

    last: datetime | None
    tone: str
    text: str


def backup(office: Office, target: Path | None = None, *, step: Step = no_step) -> BackupResult:
    """Copy the store online, reopen the copy, verify it; by default into the data folder's backups, which are thinned."""
    step(0, 1, "备份")
    result = backups.backup(office.db, target)
    if target is None:
        retention.thin(office.folder)
    step(1, 1, "备份")
    return result


def pack(office: Office, target: Path, *, step: Step = no_step) -> Packed:
    """打包带走: database, key and scans in one verified file for another computer; unencrypted personal data is in it."""
    step(0, 1, "打包")
    made = packing.pack(office.db, target)
    step(1, 1, "打包")
    return made


def package_name(office: Office) -> str:
    """A file name for a package made today."""
    from anjian_desktop.services.print_files import safe_name  # all of printing: only when something is packed

    return f"{safe_name(office.profile.office)} {office.today:%Y%m%d}{PACKAGE_END}"


def backup_if_due(office: Office, *, closing: bool = False) -> BackupResult | None:
    """The day's backup: at the start when the last one is not of today, at closing when rows changed since the last.

    Raises StoreError when it cannot be made; earlier backups are untouched then.
    """
    last = next(iter(backups.list_backups(office.folder)), None)
    if last is None or last.made_at.date() != datetime.now().astimezone().date():
        return backup(office)
    with office.db.statements() as execute:
        changed = audit.head(execute)[1] != last.head
    return backup(office) if closing and changed else None


def counts(office: Office) -> dict[str, int]:
    """Live rows by ledger key."""
    with office.db.statements() as execute:
        return backups.counts_of(execute)


def check(office: Office, *, full: bool = False) -> CheckReport:
    """Examine the store; changes nothing."""
    return integrity.check(office.db, full=full)


def audit_verify(office: Office) -> AuditReport:
    """Recompute the audit chain from its first entry."""
    return audit.verify(office.db)


def backup_state(office: Office) -> BackupState:
    """How long ago the last verified backup in the data folder was."""
    last = backups.latest_backup(office.folder)
    if last is None:
        return BackupState(None, "late", "还没有备份过")
    days = (datetime.now(last.tzinfo).date() - last.date()).days
    said = "今天" if days <= 0 else "昨天" if days == 1 else f"{days} 天前"
    tone = "ok" if days <= _DUE_DAYS else "due" if days <= _LATE_DAYS else "late"
    return BackupState(last, tone, f"{said} {last:%H:%M} 已备份")
