"""Bringing data back: what there is to bring back, a look at it beside the present, the restore itself, undone too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anjian_desktop.ledgers.registry import all_ledgers
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.storage import backup as backups
from anjian_desktop.storage import restore as restoring
from anjian_desktop.storage.attachments import file_sha256
from anjian_desktop.storage.restore import Preview, Restored

__all__ = [
    "KeptCopy", "Preview", "Restored", "kept_copies", "ledger_labels", "look_into", "restore", "said_counts",
    "save_aside", "still_whole",
]  # fmt: skip

_FIRST = ("enterprise", "village", "department", "agreement", "worker")
"""What a clerk knows an office by."""


@dataclass(frozen=True)
class KeptCopy:
    """One thing in the data folder that can be brought back: a backup, or a store that a restore replaced.

    `counts` is None for a replaced store that could not be read then.
    """

    file: Path
    made_at: datetime
    size: int
    counts: dict[str, int] | None
    why: str
    """备份, 导入之前, 升级之前, 恢复时换下的."""
    sha256: str = ""
    replaced: bool = False


def kept_copies(folder: Path) -> list[KeptCopy]:
    """The finished backups of a data folder and the stores that restores replaced, newest first; no store needed."""
    found = [
        KeptCopy(one.file, one.made_at, one.size, one.counts, why_of(one.file.name), one.sha256)
        for one in backups.list_backups(folder)
    ]
    found += [
        KeptCopy(one.folder, one.made_at, one.size, one.counts, "恢复时换下的", replaced=True)
        for one in restoring.replaced(folder)
    ]
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def still_whole(copy: KeptCopy) -> bool:
    """Whether a backup's file is to the bit what was verified when it was made; a replaced store is looked into only."""
    try:
        return copy.replaced or file_sha256(copy.file) == copy.sha256
    except OSError:
        return False


def look_into(folder: Path, file: Path) -> Preview:
    """Verify a backup, package or copied data folder wholly and compare it with the present store; changes nothing.

    Raises UserError for a file that cannot be used.
    """
    return restoring.preview(folder, file)


def restore(folder: Path, file: Path, *, actor: str = "文员", step: Step = no_step) -> Restored:
    """Put a backup, package, copied data folder or replaced store in the place of the present store, which is kept.

    The office must not be open. Raises UserError (nothing changed), StoreError `held`, `full`, `readonly`, `restoring`.
    """
    step(0, 1, "恢复数据")
    done = restoring.restore(folder, file, actor=actor)
    step(1, 1, "恢复数据")
    return done


def save_aside(folder: Path, target: Path) -> Path:
    """Copy the store's own files, damaged or not, into a new folder within `target`; gives it. Raises UserError."""
    return restoring.save_aside(folder, target)


def ledger_labels() -> dict[str, str]:
    """Ledger key -> its Chinese name."""
    return {ledger.about.key: ledger.about.label for ledger in all_ledgers()}


def why_of(name: str) -> str:
    """Why a backup was made, as its name says."""
    if "-before-import" in name:
        return "导入之前"
    if "-before-" in name:
        return "升级之前"
    return "备份"


def said_counts(counts: dict[str, int] | None) -> str:
    """`企业 1,060  村居 40  …` of the ledgers in the menu that hold something."""
    if counts is None:
        return "读不出来"
    labels = {one.about.key: one.about.label for one in all_ledgers() if one.about.menu is not None}
    first = [key for key in _FIRST if key in counts]
    said = [
        f"{labels[key]} {counts[key]:,}" for key in dict.fromkeys([*first, *counts]) if counts[key] and key in labels
    ]
    return "  ".join(said) or "还没有内容"
