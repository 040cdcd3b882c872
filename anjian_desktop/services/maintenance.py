"""Keeping the data safe: backup, check, audit; the words for the window and the command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from anjian_desktop.errors import StoreError
from anjian_desktop.services.office import Office
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.storage import audit, integrity, packing, retention, upgrade
from anjian_desktop.storage import backup as backups
from anjian_desktop.storage import repair as repairing
from anjian_desktop.storage.audit import AuditReport
from anjian_desktop.storage.backup import BackupResult
from anjian_desktop.storage.integrity import CheckReport
from anjian_desktop.storage.packing import Packed
from anjian_desktop.storage.repair import RepairReport
from anjian_desktop.storage.sources import PACKAGE_END

_SHIPPED = ("code", "template")
"""Ledgers with rows of the program's own: an office that holds nothing else has nothing to lose."""

_DUE_DAYS = 1
_LATE_DAYS = 7
_LOOKED_OVER_BYTES = 64 << 20
"""A store up to this size is examined at every start, in the background; a larger one before the day's backup."""


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


def safeguard_import(office: Office) -> None:
    """A verified backup before an import, unless nothing but the office itself is stored yet.

    Raises StoreError when it cannot be made; nothing was imported then.
    """
    if any(number for key, number in counts(office).items() if key not in _SHIPPED):
        backups.backup(office.db, label="before-import")
        retention.thin(office.folder)


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


def what_is_wrong(found: CheckReport) -> list[str]:
    """What a check found, in sentences with what to do; nothing for a sound store."""
    return repairing.what_is_wrong(found)


def summary_differs(office: Office) -> list[int]:
    """Workers whose kept training summary is not what their rows say."""
    from anjian_desktop.services import training_summary  # the training rules: only for a check

    with office.db.reading() as session:
        return training_summary.differing(session, today=office.today)


def repair(office: Office, *, full: bool = False) -> RepairReport:
    """Make anew what can be made from the rows, after a backup; says what cannot be repaired."""
    from anjian_desktop.services import training_summary

    made = repairing.repair(office.db, actor=office.actor, full=full)
    if made.after.integrity != integrity.OK:
        return made
    with office.db.transaction("重做培训汇总", actor=office.actor) as tx:
        training_summary.rebuild(tx, today=office.today)
        tx.note("按现有记录重做")
    return replace(made, done=(*made.done, "已按现有记录重做培训汇总。"))


def look_over(office: Office) -> StoreError | None:
    """What the window should say after opening: entries that are gone, or damage; None for a sound store.

    A large store is examined once a day only. Never raises for what it finds.
    """
    if office.db.lost_entries:
        return StoreError(
            f"发现缺少最近 {office.db.lost_entries} 次操作：数据文件可能被换成了旧的，或旁边的文件被删除过。现有内容都能用。",
            next_step="可以从备份恢复；确认现在的内容没有问题，也可以继续使用。",
            code="lost_tail",
        )
    large = office.db.path.stat().st_size > _LOOKED_OVER_BYTES
    last = backups.latest_backup(office.folder)
    if large and last is not None and last.date() == datetime.now().astimezone().date():
        return None
    found = integrity.check(office.db)
    if found.integrity != integrity.OK or found.foreign_keys != integrity.OK:
        return StoreError(
            "检查发现数据文件有损坏，已有内容可能读不全。原文件保持原样。",
            next_step="请从最近的备份恢复；现在录入的内容可能保不住。",
            code="damaged",
        )
    if found.rows_changed_outside:
        return StoreError(
            f"检查发现有 {len(found.rows_changed_outside)} 条内容与上次保存的不一致，可能是磁盘损坏或被别的程序改动。",
            next_step="可以从备份恢复；也可以继续使用，用 anjian check 看是哪几条，逐条核对。",
            code="changed_outside",
        )
    return None


def accept_loss(office: Office) -> None:
    """Go on with a store that lost its last entries; the audit keeps a note of it."""
    upgrade.accept_loss(office.db, actor=office.actor)


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
