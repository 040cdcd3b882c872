"""One column of many rows changed at once: first what would happen, then one transaction that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import Ledger, field_of, fields_of
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.services import records
from anjian_desktop.services.acts import Act
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.storage.changes import Change

_CHUNK = 500


@dataclass(frozen=True)
class BatchEdit:
    """What is (or would be) changed: ids by outcome; `shown` is the new value in words, empty when it is emptied."""

    label: str
    shown: str
    changed: tuple[int, ...]
    same: tuple[int, ...]
    gone: tuple[int, ...]
    """Rows that lie in the recycle bin by now."""
    warning: str = ""
    change: Change = NOTHING_CHANGED
    act: Act | None = None


def columns(ledger_key: str) -> tuple[Field, ...]:
    """Fields that may hold the same value in many rows."""
    ledger = records.writable(ledger_key)
    return tuple(
        one
        for one in fields_of(ledger)
        if one.in_form and not (one.computed or one.unique or one.personal) and one.key != ledger.about.title
    )


def preview(office: Office, ledger_key: str, ids: Sequence[int], key: str, text: str) -> BatchEdit:
    """What `edit_many` would do; nothing is written. Raises RecordProblems, UserError."""
    ledger, declared = _column(ledger_key, key)
    with office.db.reading() as session:
        return _plan(session, office, ledger, declared, ids, text)[0]


def edit_many(office: Office, ledger_key: str, ids: Sequence[int], key: str, text: str) -> BatchEdit:
    """Set one field of these rows; rows in the recycle bin are passed over. Raises RecordProblems, UserError."""
    ledger, declared = _column(ledger_key, key)
    about = ledger.about
    with office.db.transaction(f"批量修改{about.label}：{declared.label}", actor=office.actor) as tx:
        plan, values = _plan(tx.session, office, ledger, declared, ids, text)
        tx.change_many(ledger, values.items())
        words = f"修改 {len(plan.changed)} {about.counter}{about.label}的{declared.label}"
        act = Act(words, tx.row_changes)
        change = tx.change_set
    office.acts.remember(act)
    return BatchEdit(plan.label, plan.shown, plan.changed, plan.same, plan.gone, plan.warning, change, act)


def _column(ledger_key: str, key: str) -> tuple[type[Ledger], Field]:
    ledger = records.writable(ledger_key)
    declared = field_of(ledger, key)
    if declared is None or declared not in columns(ledger_key):
        allowed = "、".join(one.label for one in columns(ledger_key))
        raise UserError(
            f"“{declared.label if declared else key}”不能批量修改。", next_step=f"可以批量修改：{allowed}。"
        )
    return ledger, declared


def _plan(
    session: Session, office: Office, ledger: type[Ledger], declared: Field, ids: Sequence[int], text: str
) -> tuple[BatchEdit, dict[int, dict[str, Any]]]:
    checked = records.checked(session, ledger, {declared.key: text}, today=office.today, row_id=-1)
    value = checked.values[declared.column]
    values: dict[int, dict[str, Any]] = {}
    same: list[int] = []
    found: set[int] = set()
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        for row in session.scalars(select(ledger).where(ledger.id.in_(chunk), ledger.retired_at.is_(None))):
            found.add(row.id)
            if getattr(row, declared.column) == value:
                same.append(row.id)
                continue
            records.refuse_fixed(row)
            own = dict(checked.values)
            records.note_status_day(row, own, office.today)
            values[row.id] = own
    shown = text.strip() if declared.link else declared.show(value)
    plan = BatchEdit(
        declared.label, shown, tuple(one for one in ids if one in values), tuple(same),
        tuple(one for one in ids if one not in found), "；".join(checked.warnings.values()),
    )  # fmt: skip
    return plan, values
