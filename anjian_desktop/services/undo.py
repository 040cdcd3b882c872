"""撤销 and 恢复 of edits: an act is taken back as a new, audited change; history is added to, never cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.services import records
from anjian_desktop.services.acts import Act
from anjian_desktop.services.office import Office
from anjian_desktop.storage.bulk import read_columns
from anjian_desktop.storage.changes import ADD, EDIT, RESTORE, Change, RowChange
from anjian_desktop.storage.transaction import Transaction


@dataclass(frozen=True)
class Undone:
    """What was taken back (or done again), in words, and what changed by it."""

    words: str
    change: Change


def undo(office: Office, act: Act | None = None) -> Undone:
    """Take back the newest act (or this one). Raises UserError when there is none, Refused when a row has changed since:
    then nothing changes, and that act cannot be taken back any more.
    """
    act = act or office.acts.last_done
    if act is None:
        raise UserError("没有可以撤销的操作。", next_step="这里能撤销打开窗口以来的新增、修改和移到回收站。")
    return _apply(office, act, back=True)


def redo(office: Office) -> Undone:
    """Do again what was taken back last. Raises as `undo`."""
    act = office.acts.last_undone
    if act is None:
        raise UserError("没有可以恢复的操作。")
    return _apply(office, act, back=False)


def _apply(office: Office, act: Act, *, back: bool) -> Undone:
    words = f"{'撤销' if back else '恢复'}：{act.words}"
    by_kind: dict[tuple[type[Ledger], str], list[RowChange]] = {}
    for change in act.changes:
        by_kind.setdefault((change.ledger, change.act), []).append(change)
    try:
        with office.db.transaction(words, actor=office.actor) as tx:
            # Backwards: what was brought back for another's sake goes after it.
            steps = list(by_kind.items())
            for (ledger, kind), changes in reversed(steps) if back else steps:
                if kind == EDIT:
                    _edit(tx, ledger, changes, back=back)
                elif (kind in (ADD, RESTORE)) == back:
                    _retire(tx, ledger, changes)
                else:
                    records.bring_back(tx, ledger, [change.row_id for change in changes])
            changed = tx.change_set
    except Refused:
        office.acts.forget(act)
        raise
    office.acts.moved(act, undone=back)
    return Undone(act.words, changed)


def _retire(tx: Transaction, ledger: type[Ledger], changes: Sequence[RowChange]) -> None:
    for change in changes:
        row = tx.session.get(ledger, change.row_id)
        if row is not None and row.retired_at is None:
            records.refuse_if_needed(tx.session, row)
            tx.retire(row)


def _edit(tx: Transaction, ledger: type[Ledger], changes: Sequence[RowChange], *, back: bool) -> None:
    wanted: dict[int, dict[str, Any]] = {}
    for change in changes:
        wanted[change.row_id] = {name: pair[0 if back else 1] for name, pair in change.values.items()}
    stored = read_columns(tx.session, ledger, list(wanted), {name for values in wanted.values() for name in values})
    for change in changes:
        present = stored.get(change.row_id)
        if present is None or any(present[name] != pair[1 if back else 0] for name, pair in change.values.items()):
            raise Refused(
                "这条记录后来又改过，没有撤销，数据没有变化。"
                if back
                else "这条记录后来又改过，没有恢复，数据没有变化。",
                rule="changed_meanwhile",
                next_step="请打开记录，看“修改记录”，需要时手工改回。",
            )
        records.refuse_duplicates(tx.session, ledger, wanted[change.row_id], change.row_id)
    tx.change_many(ledger, wanted.items())
