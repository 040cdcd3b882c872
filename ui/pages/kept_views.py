"""Filters, sorting and search words of a list as the clerk left them, and the views the clerk gave a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from anjian_desktop.services.browse import Condition
from ui import theme
from ui.memory import WindowMemory

Sort = tuple[tuple[str, bool], ...]
LONGEST_NAME = 20


@dataclass(frozen=True)
class View:
    """What a list is narrowed to and how it is ordered; `words` only in a view with a name."""

    where: tuple[Condition, ...] = ()
    marks: frozenset[str] = frozenset()
    sort: Sort = ()
    words: str = ""


class KeptViews:
    """Views of one ledger in the window's memory; what no longer fits the ledger is passed over."""

    def __init__(self, memory: WindowMemory, ledger: str, keys: Iterable[str]) -> None:
        self._memory, self._ledger, self._keys = memory, ledger, frozenset(keys)

    def present(self) -> View:
        """The list as it was left."""
        return _read(self._memory.get(f"view.{self._ledger}", {}), self._keys)

    def keep_present(self, view: View) -> None:
        """Remember the list as it is."""
        self._memory.put(f"view.{self._ledger}", _written(view))

    def named(self) -> dict[str, View]:
        """Views by the names given to them, in the order they were saved."""
        found = self._memory.get(f"views.{self._ledger}", {})
        return {name: _read(view, self._keys) for name, view in found.items() if isinstance(view, dict)}

    def save(self, name: str, view: View) -> None:
        """Give a view a name; an earlier one of that name goes."""
        found = dict(self._memory.get(f"views.{self._ledger}", {}))
        found[name.strip()[:LONGEST_NAME]] = _written(view)
        self._memory.put(f"views.{self._ledger}", found)

    def drop(self, name: str) -> None:
        """Forget a view."""
        found = dict(self._memory.get(f"views.{self._ledger}", {}))
        found.pop(name, None)
        self._memory.put(f"views.{self._ledger}", found)


def _written(view: View) -> dict[str, Any]:
    return {
        "sort": [[key, down] for key, down in view.sort],
        "where": [[one.key, one.op, one.value] for one in view.where],
        "marks": sorted(view.marks),
        "words": view.words,
    }


def _read(kept: dict[str, Any], keys: Collection[str]) -> View:
    sort = kept.get("sort") if isinstance(kept.get("sort"), list) else []
    where = kept.get("where") if isinstance(kept.get("where"), list) else []
    marks = kept.get("marks") if isinstance(kept.get("marks"), list) else []
    words = kept.get("words")
    return View(
        tuple(Condition(*one) for one in where if isinstance(one, list) and len(one) == 3 and one[0] in keys),
        frozenset(mark for mark in marks if mark in theme.MARK_LABELS),
        tuple((one[0], bool(one[1])) for one in sort if isinstance(one, list) and len(one) == 2 and one[0] in keys),
        words if isinstance(words, str) else "",
    )
