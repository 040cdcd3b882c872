"""The sum of a column of numbers over chosen rows, for the status bar."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import field_of
from anjian_desktop.ledgers.fields import Kind
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services.office import Office

_CHUNK = 10_000


def total(office: Office, ledger_key: str, key: str, ids: Sequence[int]) -> int:
    """The sum of what is filled in; 0 when nothing is. Raises UserError for a column without numbers."""
    ledger = ledger_named(ledger_key)
    declared = field_of(ledger, key)
    if declared is None or declared.kind is not Kind.INTEGER:
        raise UserError(f"“{declared.label if declared else key}”不是数字，不能合计。")
    column = getattr(ledger, declared.column)
    with office.db.reading() as session:
        return sum(
            session.scalar(select(func.sum(column)).where(ledger.id.in_(ids[start : start + _CHUNK]))) or 0
            for start in range(0, len(ids), _CHUNK)
        )
