"""Examine the whole store: structure, links, audit chain, row seals, attachments, search index; change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from anjian_desktop.errors import StoreError
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

    What cannot be read for damage is reported like what is wrong. Raises StoreError when the store is held or gone.
    """
    counts: dict[str, int] = {}
    chain = AuditReport(False, 0, 1, "", "操作记录读不出来")
    outside: tuple[tuple[str, int], ...] = ()
    files = AttachmentReport((), (), ())
    unread: list[str] = []
    foreign_keys = integrity = ""
    with _noted(unread), db.statements() as execute:
        found = [row[0] for row in execute(f"PRAGMA {'integrity_check' if full else 'quick_check'}(10)")]
        integrity = OK if found == ["ok"] else f"数据文件有损坏：{found[0]}"
        broken = execute("PRAGMA foreign_key_check").fetchall()
        foreign_keys = f"有 {len(broken)} 处关联指向不存在的记录（{broken[0][0]}）" if broken else OK
        counts = counts_of(execute)
    with _noted(unread):
        chain = audit.verify(db)
    with _noted(unread):
        outside = tuple(seals.changed_outside(db))
    with _noted(unread):
        files = attachments.verify(db, hash_limit=None if full else _HASHED_WHEN_QUICK)
    if unread and integrity in ("", OK):
        integrity = "数据文件有损坏：有内容读不出来"
    return CheckReport(
        ok=integrity == OK and foreign_keys == OK and chain.ok and not (outside or files.missing or files.changed),
        integrity=integrity,
        foreign_keys=foreign_keys or OK,
        audit=chain,
        rows_changed_outside=outside,
        attachments=files,
        counts=counts,
    )


@contextmanager
def _noted(unread: list[str]) -> Iterator[None]:
    """Go on after a part that cannot be read for damage: the other parts still say what they know."""
    try:
        yield
    except StoreError as error:
        if error.code not in {"damaged", "foreign"}:
            raise
        unread.append(error.code)
