"""Examine the whole store: structure, links, audit chain, row seals, attachments, search index; change nothing."""

from __future__ import annotations

from dataclasses import dataclass

from anjian_desktop.storage import attachments, audit, seals
from anjian_desktop.storage.attachments import AttachmentReport
from anjian_desktop.storage.audit import AuditReport
from anjian_desktop.storage.backup import counts_of
from anjian_desktop.storage.database import Database

OK = "ok"
_HASHED_WHEN_QUICK = 256 << 20
"""Bytes of attachments whose content the quick check reads; of the rest it compares the sizes."""


@dataclass(frozen=True)
class CheckReport:
    """What was found. `integrity`, `foreign_keys` are `ok` or the first problem; orphaned attachments do no harm."""

    ok: bool
    integrity: str
    foreign_keys: str
    audit: AuditReport
    rows_changed_outside: tuple[tuple[str, int], ...]
    attachments: AttachmentReport
    counts: dict[str, int]


def check(db: Database, *, full: bool = False) -> CheckReport:
    """Examine the store. `full` compares every index with its table and reads every attachment to its end.

    Raises StoreError when the store cannot be read at all.
    """
    with db.statements() as execute:
        found = [row[0] for row in execute(f"PRAGMA {'integrity_check' if full else 'quick_check'}(10)")]
        integrity = OK if found == ["ok"] else f"数据文件有损坏：{found[0]}"
        broken = execute("PRAGMA foreign_key_check").fetchall()
        foreign_keys = f"有 {len(broken)} 处关联指向不存在的记录（{broken[0][0]}）" if broken else OK
        counts = counts_of(execute)
    chain = audit.verify(db)
    outside = tuple(seals.changed_outside(db))
    files = attachments.verify(db, hash_limit=None if full else _HASHED_WHEN_QUICK)
    return CheckReport(
        ok=integrity == OK and foreign_keys == OK and chain.ok and not (outside or files.missing or files.changed),
        integrity=integrity,
        foreign_keys=foreign_keys,
        audit=chain,
        rows_changed_outside=outside,
        attachments=files,
        counts=counts,
    )
