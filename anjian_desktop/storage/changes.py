"""What a transaction changed: for the screens (kinds and ids) and for the audit ({field: [before, after]}, masked)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.storage.audit import ChangeRow

ADD, EDIT, RETIRE, RESTORE = "add", "edit", "retire", "restore"
BOOKKEEPING = {"id", "kind", "version", "retired_at", "name_order"}
"""Columns whose change the act itself says, or another column."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Change:
    """What kinds of things were touched (ledger keys and what `note` named) and which rows: screens refresh by it."""

    kinds: frozenset[str]
    ids: tuple[int, ...]


@dataclass(slots=True)
class RowChange:
    """The changes of one row in one transaction, merged: the first `before` and the last `after` of each column."""

    ledger: type[Ledger]
    row_id: int
    act: str
    values: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def merge(self, act: str, values: Mapping[str, tuple[Any, Any]]) -> None:
        """Take in a later change of the same row."""
        if self.act != ADD and act != EDIT:
            self.act = act
        for name, (before, after) in values.items():
            self.values[name] = (self.values[name][0] if name in self.values else before, after)


@cache
def fields_by_column(ledger: type[Ledger]) -> dict[str, Field]:
    """Declared, stored fields by the model's attribute."""
    return {one.column: one for one in fields_of(ledger) if not one.computed}


def told(ledger: type[Ledger], given: Container[str], stored: Iterable[str]) -> list[str]:
    """Which of the `stored` attributes the audit tells: what was `given`, and fields that followed from it. Keys for
    comparing and sorting say nothing new."""
    declared = fields_by_column(ledger)
    return [name for name in stored if name in given or name in declared]


def audit_rows(
    changes: Collection[RowChange], link_names: Callable[[str, set[int]], dict[int, str]]
) -> Iterator[ChangeRow]:
    """The audit's rows; `link_names(ledger key, ids)` gives the names of linked rows."""
    wanted: dict[str, set[int]] = {}
    for change in changes:
        declared = fields_by_column(change.ledger)
        for name, pair in change.values.items():
            if name in declared and declared[name].kind is Kind.LINK:
                wanted.setdefault(declared[name].link, set()).update(value for value in pair if value is not None)
    names = {to: link_names(to, ids) for to, ids in wanted.items() if ids}
    for change in changes:
        yield ChangeRow(change.ledger.about.key, change.row_id, change.act, _encode(_shown(change, names)))


def _shown(change: RowChange, names: Mapping[str, Mapping[int, str]]) -> dict[str, list[str | int | None]]:
    declared = fields_by_column(change.ledger)
    shown: dict[str, list[str | int | None]] = {}
    for column, (before, after) in change.values.items():
        if column in BOOKKEEPING or before == after:
            continue
        one = declared.get(column)
        known = names.get(one.link, {}) if one is not None and one.kind is Kind.LINK else {}
        shown[column if one is None else one.key] = [told_value(one, value, known) for value in (before, after)]
    return shown


def told_value(one: Field | None, value: Any, names: Mapping[int, str]) -> str | int | None:
    """As a person reads it, personal data masked; most values are plain text already. `names` are a link's rows'."""
    if one is None:
        return _plain(value)
    if one.kind is Kind.LINK:
        linked: str | int | None = names.get(value, value)
        return linked
    if value is None or (type(value) is str and not one.personal and not one.choice_labels):
        return value or None
    return one.masked(value) or None


def _plain(value: Any) -> str | int | None:
    """A value of a column that is no field: short things as they are, structures (a snapshot) by their digest only."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str):
        return value if len(value) <= 100 else value[:100] + "…"
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()[:16]
