"""What cannot be true of training records: too many hours in a day, a class in which everyone has the same mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

HARD_STOP = 48
"""Half hours in a day; more nobody has."""
SAME_MARKS_FROM = 10
"""So many persons with one mark are worth a question (T16, policy)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Half hours somewhere within the days from `first` to `last`, both inside."""

    first: date
    last: date
    half_hours: int


@dataclass(frozen=True, slots=True)
class Excess:
    """More than the cap allows: `half_hours` taken within these days, `over` of them too many."""

    first: date
    last: date
    half_hours: int
    over: int


def day_excess(stretches: Sequence[Stretch], *, day_cap: int) -> Excess | None:
    """The worst breach of the day's cap (T7), None when the hours fit into the days.

    Hours of a stretch may lie on any of its days, so they fit exactly when no span of days holds, whole within it, more
    than cap × days. 72 hours on one day at a cap of 8 are 64 too many. `day_cap` in half hours; the order of the
    stretches does not matter.
    """
    worst: Excess | None = None
    spans = [one for one in stretches if one.half_hours > 0]
    for first in sorted({one.first for one in spans}):
        inside = sorted((one for one in spans if one.first >= first), key=lambda one: one.last)
        total = 0
        for position, one in enumerate(inside):
            total += one.half_hours
            if position + 1 < len(inside) and inside[position + 1].last == one.last:
                continue
            over = total - min(day_cap, HARD_STOP) * ((one.last - first).days + 1)
            if over > 0 and (worst is None or over > worst.over):
                worst = Excess(first, one.last, total, over)
    return worst


def training_days(half_hours: int, *, day_cap: int) -> int:
    """How many days so many hours need: ceil(hours / cap) (T8)."""
    return -(-half_hours // day_cap)


def all_marks_equal(marks: Iterable[object]) -> bool:
    """Whether ten or more persons have one and the same mark (T16); persons without a mark are not counted."""
    known = [mark for mark in marks if mark is not None]
    return len(known) >= SAME_MARKS_FROM and len(set(known)) == 1
