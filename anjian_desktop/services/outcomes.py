"""What a batch act answers: what was done, what a rule refused and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from anjian_desktop.storage.changes import Change

NOTHING_CHANGED = Change(frozenset(), ())


@dataclass(frozen=True)
class RefusedItem:
    """One thing that a rule kept from being done: its name, the rule, the reason in Chinese."""

    item: str
    rule: str
    problem: str


@dataclass(frozen=True)
class ActOutcome:
    """Ids acted on, and those refused."""

    done: tuple[int, ...] = ()
    refused: tuple[RefusedItem, ...] = ()
    change: Change = field(default=NOTHING_CHANGED)
