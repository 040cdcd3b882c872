"""Which backups stay: counted by day, week and month, never by age, so that a wrong clock deletes nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anjian_desktop.storage.backup import FOLDER, MANIFEST, BackupInfo, list_backups

DAILY, WEEKLY, MONTHLY = 7, 4, 12
BEFORE_ACTS = 5
"""Backups made before an upgrade or an import."""
LATEST = 7
"""So many stay whatever their dates say: a clock that stands still would make one day of them all."""

_OWN = re.compile(r"anjian-\d{8}-\d{6}(?P<label>(-[a-z][a-z0-9-]*)?)(-\d+)?\.db")


@dataclass(frozen=True)
class Made:
    """When a backup was made by the computer's clock, its place in the order of making, and whether before an act."""

    order: int
    at: datetime
    before_act: bool = False


def kept(backups: Sequence[Made]) -> set[int]:
    """The orders of those that stay: the latest of each of 7 days, 4 weeks, 12 months; 5 before acts; the last 7.

    Days are counted back from the newest backup among those whose dates rise with their order. Those that stand out of
    line (the clock was wrong then, or is now) all stay.
    """
    ordered = sorted(backups, key=lambda one: one.order)
    plain = [one for one in ordered if not one.before_act]
    in_line = _rising(plain)
    stay = {one.order for one in ordered[-LATEST:]}
    stay |= {one.order for one in [one for one in ordered if one.before_act][-BEFORE_ACTS:]}
    stay |= {one.order for one in plain} - {one.order for one in in_line}
    buckets: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAILY, lambda at: at.date()),
        (WEEKLY, lambda at: at.isocalendar()[:2]),
        (MONTHLY, lambda at: (at.year, at.month)),
    )
    for count, bucket_of in buckets:
        found: set[Hashable] = set()
        for one in reversed(in_line):
            bucket = bucket_of(one.at)
            if bucket not in found and len(found) < count:
                found.add(bucket)
                stay.add(one.order)
    return stay


def thin(folder: Path) -> list[str]:
    """Delete the backups of the store in `folder` that are too many; gives their names.

    Only files the program named itself, with a sound manifest, are looked at. The one made last always stays.
    """
    own = [one for one in list_backups(folder) if _OWN.fullmatch(one.file.name)]
    # Where a manifest does not say its place (made by an earlier version), the date has to do.
    own.sort(key=lambda one: (one.order, one.made_at, len(one.file.name), one.file.name))
    stay = kept([Made(n, one.made_at, _is_before_act(one)) for n, one in enumerate(own)])
    gone = []
    for n, one in enumerate(own):
        if n in stay:
            continue
        with suppress(OSError):
            # The database first: a manifest without it is not listed, and goes the next time.
            one.file.unlink()
            one.file.with_name(one.file.name + MANIFEST).unlink()
            gone.append(one.file.name)
    for manifest in (folder / FOLDER).glob(f"anjian-*.db{MANIFEST}"):
        if _OWN.fullmatch(manifest.name.removesuffix(MANIFEST)) and not _database_of(manifest).exists():
            with suppress(OSError):
                manifest.unlink()
    return gone


def _database_of(manifest: Path) -> Path:
    return manifest.with_name(manifest.name.removesuffix(MANIFEST))


def _is_before_act(one: BackupInfo) -> bool:
    found = _OWN.fullmatch(one.file.name)
    return found is not None and found["label"].startswith("-before-")


def _rising(backups: Sequence[Made]) -> list[Made]:
    """The longest part of the sequence whose dates never fall (patience sorting)."""
    ends: list[datetime] = []
    piles: list[int] = []
    before: list[int | None] = []
    for n, one in enumerate(backups):
        place = bisect_right(ends, one.at)
        before.append(piles[place - 1] if place else None)
        if place == len(ends):
            ends.append(one.at)
            piles.append(n)
        else:
            ends[place], piles[place] = one.at, n
    line: list[Made] = []
    last = piles[-1] if piles else None
    while last is not None:
        line.append(backups[last])
        last = before[last]
    return line[::-1]
