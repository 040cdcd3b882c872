"""Personal data of one record in full, for a look: who looked, and at which record, stands in the audit."""

from __future__ import annotations

from collections.abc import Collection

from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services import browse
from anjian_desktop.services.office import Office

SECONDS = 30
"""How long a window shows it."""


def reveal(office: Office, ledger_key: str, row_id: int, *, keys: Collection[str] | None = None) -> dict[str, str]:
    """The personal fields of a row (only `keys` when given), unmasked, by key; the look is audited first.

    Raises UserError when the row is gone.
    """
    ledger = ledger_named(ledger_key)
    personal = [one for one in fields_of(ledger) if one.personal and (keys is None or one.key in keys)]
    view = browse.row(office, ledger_key, row_id)
    labels = "、".join(one.label for one in personal)
    with office.db.transaction("查看完整信息", actor=office.actor) as tx:
        # The row's number, never its contents: the audit is kept for years.
        tx.note(f"{ledger.about.label}第{row_id}号记录：{labels}")
    return {one.key: view.full[one.key] for one in personal}
