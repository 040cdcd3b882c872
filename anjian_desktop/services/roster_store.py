"""An import's rows on their way into the store, and what it takes to take them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, literal, select
from sqlalchemy.orm import Session

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.import_plan import ImportPlan, RowPlan, Verdict
from anjian_desktop.exchange.known_rows import KnownRow, KnownRows
from anjian_desktop.ledgers.audit import AuditEntry
from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.fields import Kind
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.ledgers.registry import all_ledgers, ledger_named
from anjian_desktop.ledgers.roster_import import ImportedRow
from anjian_desktop.ledgers.tenure import date_changes
from anjian_desktop.services.browse import link_target, title_column
from anjian_desktop.services.progress import Step
from anjian_desktop.services.tenures import date_values
from anjian_desktop.storage.transaction import Transaction

_CHUNK = 5000
TO_BE_CHECKED = "待核对：导入时自动建立"
"""The note of a village that an import had to make."""


def importable(kind: str) -> type[Ledger]:
    """The ledger of that key. Raises UserError for one whose rows do not come from lists."""
    ledger = ledger_named(kind)
    if not ledger.about.importable:
        raise UserError(f"{ledger.about.label}不能用这种方式导入。")
    return ledger


def moment_of(session: Session) -> int:
    """The audit's last entry: as long as it stays the last, nothing was written."""
    return session.scalar(select(func.max(AuditEntry.seq))) or 0


def known_rows(session: Session, ledger: type[Ledger]) -> KnownRows:
    """Every row in use with its values by field key, links by name."""
    declared = [one for one in fields_of(ledger) if not one.computed]
    linked: dict[str, dict[int, str]] = {}
    for one in declared:
        if one.link and one.link not in linked:
            target = link_target(one.link)
            pairs = session.execute(select(target.id, title_column(target)).where(target.retired_at.is_(None)))
            linked[one.link] = dict(pairs.all())
    columns = [getattr(ledger, one.column) for one in declared]
    rows = []
    for found in session.execute(select(ledger.id, *columns).where(ledger.retired_at.is_(None)).order_by(ledger.id)):
        values = {
            one.key: linked[one.link].get(value) if one.link else value
            for one, value in zip(declared, found[1:], strict=True)
        }
        rows.append(KnownRow(found[0], values))
    return KnownRows(rows, {key: set(names.values()) for key, names in linked.items()})


def create_linked(tx: Transaction, import_id: int, plan: ImportPlan) -> None:
    """Make the villages whose names were not known, marked to be checked."""
    for key, names in plan.created.items():
        ledger = ledger_named(key)
        ids = tx.add_many(ledger, [{ledger.about.title: name, "note": TO_BE_CHECKED} for name in names])
        _remember_new(tx.session, import_id, ledger, range(ids[0], ids[-1] + 1))


def write_rows(
    tx: Transaction, import_id: int, ledger: type[Ledger], plan: ImportPlan, today: date, step: Step
) -> None:
    columns = _columns(tx.session, ledger)
    new = [row for row in plan.rows if row.verdict is Verdict.NEW]
    changed = [row for row in plan.rows if row.verdict is Verdict.UPDATE]
    total = len(new) + len(changed)
    done = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal done
        for row in new:
            done += 1
            yield columns(row)

    ids = tx.add_stream(ledger, counted(), large=len(new) > _CHUNK, watch=lambda: step(done, total, "写入"))
    _remember_new(tx.session, import_id, ledger, ids)
    step(len(new), total, "写入")
    date_changes(tx.session, today)
    before: dict[int, dict[str, Any]] = {}
    updates: dict[int, dict[str, Any]] = {}
    for row in changed:
        if row.row_id is not None:
            values = columns(row)
            date_values(values, today)
            updates.setdefault(row.row_id, {}).update(values)
    for start in range(0, len(updates), 500):
        chunk = list(updates)[start : start + 500]
        for record in tx.session.scalars(select(ledger).where(ledger.id.in_(chunk))):
            before[record.id] = {name: _plain(getattr(record, name)) for name in updates[record.id]} | {
                "version": record.version
            }
    tx.session.expire_all()
    tx.change_many(ledger, list(updates.items()))
    tx.session.add_all(
        ImportedRow(
            import_id=import_id,
            ledger=ledger.about.key,
            row_id=row_id,
            before={name: value for name, value in old.items() if name != "version"},
            version=int(str(old["version"])) + 1,
        )
        for row_id, old in before.items()
    )
    step(total, total, "写入")


def _remember_new(session: Session, import_id: int, ledger: type[Ledger], ids: range) -> None:
    """Note which rows the import added, in one statement."""
    if ids:
        added = select(literal(import_id), literal(ledger.about.key), ledger.id, literal(1)).where(
            ledger.id.between(ids[0], ids[-1])
        )
        session.execute(insert(ImportedRow).from_select(["import_id", "ledger", "row_id", "version"], added))


def _columns(session: Session, ledger: type[Ledger]) -> Callable[[RowPlan], dict[str, Any]]:
    """How a planned row's values become columns: links from names to ids."""
    declared = {one.key: one for one in fields_of(ledger)}
    ids: dict[str, dict[str, int]] = {}
    for one in declared.values():
        if one.link:
            target = link_target(one.link)
            pairs = session.execute(
                select(target.id, title_column(target)).where(target.retired_at.is_(None)).order_by(target.id.desc())
            )
            ids[one.link] = {name: row_id for row_id, name in pairs}

    def columns(row: RowPlan) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in row.values.items():
            one = declared[key]
            made[one.column] = ids[one.link].get(str(value)) if one.link and value else value
        return made

    return columns


def _plain(value: object) -> object:
    """A value as JSON keeps it."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def restored(ledger: type[Ledger], before: Mapping[str, Any]) -> dict[str, Any]:
    """Values kept as JSON, back in their stored form."""
    declared = {one.column: one for one in fields_of(ledger)}
    restored: dict[str, Any] = {}
    for name, value in before.items():
        kind = declared[name].kind
        if kind is Kind.DATE and value is not None:
            restored[name] = date.fromisoformat(value)
        elif kind is Kind.DECIMAL and value is not None:
            restored[name] = Decimal(value)
        else:
            restored[name] = tuple(value or ()) if kind is Kind.MULTI_CHOICE else value
    return restored


def in_use(session: Session, record: Ledger, imported: str) -> bool:
    """A village made by the import stays when a unit that is not taken back lives in it."""
    if not isinstance(record, Organization) or record.kind == imported:
        return False
    for ledger in all_ledgers():
        for one in fields_of(ledger):
            if one.link == record.kind:
                column = getattr(ledger, one.column)
                if (
                    session.scalar(select(ledger.id).where(column == record.id, ledger.retired_at.is_(None)).limit(1))
                    is not None
                ):
                    return True
    return False
