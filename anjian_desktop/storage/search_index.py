"""Find rows while the clerk types: one index over all ledgers, kept by the transaction that changes the row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.storage.statements import Execute


def update(
    execute: Execute,
    ledger: type[Ledger],
    rows: Sequence[tuple[int, dict[str, Any]]],
    *,
    new: frozenset[int],
    touched: frozenset[str],
) -> None:
    """Bring the index up to date with rows just written."""
