"""A roster from Excel: read and planned first, then applied in one transaction, and taken back in one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.import_plan import ImportPlan, KnownRow, KnownRows, RowPlan, Verdict, plan_import
from anjian_desktop.exchange.sheet import Workbook, read_workbook
from anjian_desktop.ledgers.audit import AuditEntry
from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.fields import Kind
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.ledgers.registry import all_ledgers, ledger_named
from anjian_desktop.ledgers.roster_import import ImportedRow, RosterImport
from anjian_desktop.services.browse import link_target, title_column
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.files import write_atomically
from anjian_desktop.storage.transaction import Transaction

TO_BE_CHECKED = "待核对：导入时自动建立"
"""The note of a village that an import had to make."""


@dataclass(frozen=True)
class RosterPlan:
    """What an import would do; nothing is written yet. `sheet_names`: every visible sheet of the file."""

    file: Path
    file_sha256: str
    ledger: str
    plan: ImportPlan
    sheet_names: tuple[str, ...]
    mapping: Mapping[str, str]
    sheet: str | None
    seen_before: datetime | None
    """When this very file was imported before (local time)."""
    store_moment: int
    """The audit's last entry when the plan was made: the plan holds as long as it is still the last."""

    @property
    def created(self) -> dict[str, int]:
        """How many villages (or rows of another linked ledger) the import would make, by ledger key."""
        return {"village": 0} | {key: len(names) for key, names in self.plan.created.items()}

    @property
    def counts(self) -> dict[str, int]:
        """read = new + updated + same + refused."""
        return {
            "read": self.plan.read,
            "new": self.plan.count(Verdict.NEW),
            "updated": self.plan.count(Verdict.UPDATE),
            "same": self.plan.count(Verdict.SAME),
            "refused": self.plan.count(Verdict.REFUSED),
        }


@dataclass(frozen=True)
class RosterOutcome:
    """What an import did. `import_id` None: nothing was written."""

    import_id: int | None
    counts: dict[str, int]
    created: dict[str, int]
    missing: int
    change: Change = field(default=NOTHING_CHANGED)


@dataclass(frozen=True)
class KeptRow:
    """A row that was edited after the import and therefore stays as it is."""

    ledger: str
    id: int
    title: str


@dataclass(frozen=True)
class UndoOutcome:
    """An import taken back: how many rows, and those that stay."""

    import_id: int
    undone: int
    kept: tuple[KeptRow, ...]
    change: Change = field(default=NOTHING_CHANGED)


@dataclass(frozen=True)
class ImportInfo:
    """An import that can still be taken back."""

    id: int
    ledger: str
    file_name: str
    at: datetime
    counts: Mapping[str, int]


def read_roster(
    office: Office,
    path: Path,
    *,
    kind: str = "enterprise",
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    step: Step = no_step,
) -> RosterPlan:
    """Read a workbook against the store. Raises UserError when it cannot be read or has no heading row."""
    ledger = _importable(kind)
    step(0, 3, f"读取 {path.name}")
    workbook: Workbook = read_workbook(path, sheet=sheet)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    step(1, 3, "与名册比对")
    with office.db.reading() as session:
        moment = _moment(session)
        known = _known_rows(session, ledger)
        before = session.scalar(
            select(RosterImport.at)
            .where(RosterImport.file_sha256 == digest, RosterImport.ledger == kind, RosterImport.undone_at.is_(None))
            .order_by(RosterImport.id.desc())
            .limit(1)
        )
    visible = [one for one in workbook.sheets if not one.hidden or one.name == sheet]
    plan = plan_import(visible, ledger, known=known, today=office.today, mapping=mapping)
    step(3, 3, "")
    return RosterPlan(
        file=path,
        file_sha256=digest,
        ledger=kind,
        plan=plan,
        sheet_names=tuple(one.name for one in workbook.sheets if not one.hidden),
        mapping=dict(mapping or {}),
        sheet=sheet,
        seen_before=before.replace(tzinfo=UTC).astimezone().replace(tzinfo=None) if before else None,
        store_moment=moment,
    )


def apply_roster(
    office: Office, roster: RosterPlan, *, all_or_nothing: bool = False, step: Step = no_step
) -> RosterOutcome:
    """Write the good rows in one transaction. With `all_or_nothing` a single refused row keeps everything out.

    When the store was written to since the plan was made, the plan is made anew: nothing is overwritten blindly.
    """
    with office.db.reading() as session:
        still = _moment(session) == roster.store_moment
    fresh = (
        roster
        if still
        else read_roster(office, roster.file, kind=roster.ledger, sheet=roster.sheet, mapping=roster.mapping, step=step)
    )
    if fresh.file_sha256 != roster.file_sha256:
        raise UserError(f"“{roster.file.name}”在预览之后又改过了。", next_step="没有导入任何内容，请重新选择文件。")
    plan = fresh.plan
    if (all_or_nothing and fresh.counts["refused"]) or not (fresh.counts["new"] or fresh.counts["updated"]):
        return RosterOutcome(None, fresh.counts, dict.fromkeys(fresh.created, 0), len(plan.missing))
    ledger = _importable(fresh.ledger)
    with office.db.transaction(f"导入{ledger.about.label}名册", actor=office.actor) as tx:
        made = RosterImport(
            ledger=fresh.ledger,
            file_name=fresh.file.name[:260],
            file_sha256=fresh.file_sha256,
            at=tx.now,
            counts=fresh.counts,
        )
        tx.session.add(made)
        tx.session.flush()
        _create_linked(tx, made.id, plan)
        _write_rows(tx, made.id, ledger, plan, office.today, step)
        tx.note(
            f"{made.file_name}：新增 {fresh.counts['new']}，更新 {fresh.counts['updated']}，拒收 {fresh.counts['refused']}"
        )
        import_id = made.id
    return RosterOutcome(import_id, fresh.counts, fresh.created, len(plan.missing), tx.change_set)


def write_refused(roster: RosterPlan, path: Path) -> Path:
    """The refused rows as a workbook with 原因 in front, to be corrected and imported again."""
    from anjian_desktop.exchange import failures  # the spreadsheet library stays off the start-up path

    with write_atomically(path) as part:
        failures.write_refused(roster.plan, part)
    return path


def last_import(office: Office) -> ImportInfo | None:
    """The newest import not yet taken back."""
    with office.db.reading() as session:
        found = session.scalar(
            select(RosterImport).where(RosterImport.undone_at.is_(None)).order_by(RosterImport.id.desc()).limit(1)
        )
        if found is None:
            return None
        return ImportInfo(found.id, found.ledger, found.file_name, found.at, dict(found.counts))


def undo_import(office: Office, import_id: int | None = None) -> UndoOutcome:
    """Take back an import (the newest by default): its new rows go to the recycle bin, changed ones get their old values.

    Rows edited since stay as they are and are listed. Raises UserError when there is no such import.
    """
    with office.db.transaction("撤销导入", actor=office.actor) as tx:
        wanted = select(RosterImport).where(RosterImport.undone_at.is_(None)).order_by(RosterImport.id.desc())
        if import_id is not None:
            wanted = wanted.where(RosterImport.id == import_id)
        found = tx.session.scalar(wanted.limit(1))
        if found is None:
            raise UserError(
                "没有可以撤销的导入。" if import_id is None else f"没有编号为 {import_id} 的导入，或已经撤销过。"
            )
        undone = 0
        kept: list[KeptRow] = []
        rows = tx.session.scalars(select(ImportedRow).where(ImportedRow.import_id == found.id)).all()
        # Rows that others point to (villages made by the import) go last.
        for row in sorted(rows, key=lambda one: (one.ledger != found.ledger, one.row_id)):
            ledger = ledger_named(row.ledger)
            record = tx.get(ledger, row.row_id, retired=True)
            if record.retired_at is not None:
                continue
            if record.version != row.version or _in_use(tx.session, record, found.ledger):
                kept.append(KeptRow(row.ledger, row.row_id, str(getattr(record, ledger.about.title))))
                continue
            if row.before is None:
                tx.retire(record)
            else:
                tx.change(record, _restored(ledger, row.before))
            undone += 1
        found.undone_at = tx.now
        tx.note(f"{found.file_name}：撤回 {undone} 条，保留 {len(kept)} 条")
        done = found.id
    return UndoOutcome(done, undone, tuple(kept), tx.change_set)


# -- reading the store -------------------------------------------------------------------------------------------


def _importable(kind: str) -> type[Ledger]:
    ledger = ledger_named(kind)
    if not ledger.about.importable:
        raise UserError(f"{ledger.about.label}不能用这种方式导入。")
    return ledger


def _moment(session: Session) -> int:
    return session.scalar(select(func.max(AuditEntry.seq))) or 0


def _known_rows(session: Session, ledger: type[Ledger]) -> KnownRows:
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


# -- writing -----------------------------------------------------------------------------------------------------


def _create_linked(tx: Transaction, import_id: int, plan: ImportPlan) -> None:
    """Make the villages whose names were not known, marked to be checked."""
    for key, names in plan.created.items():
        ledger = ledger_named(key)
        ids = tx.add_many(ledger, [{ledger.about.title: name, "note": TO_BE_CHECKED} for name in names])
        tx.session.add_all(
            ImportedRow(import_id=import_id, ledger=key, row_id=one, before=None, version=1) for one in ids
        )


def _write_rows(
    tx: Transaction, import_id: int, ledger: type[Ledger], plan: ImportPlan, today: date, step: Step
) -> None:
    columns = _columns(tx.session, ledger)
    new = [row for row in plan.rows if row.verdict is Verdict.NEW]
    changed = [row for row in plan.rows if row.verdict is Verdict.UPDATE]
    step(0, len(new) + len(changed), "写入")
    ids = tx.add_many(ledger, [columns(row) for row in new])
    tx.session.add_all(
        ImportedRow(import_id=import_id, ledger=ledger.about.key, row_id=one, before=None, version=1) for one in ids
    )
    step(len(new), len(new) + len(changed), "写入")
    before: dict[int, dict[str, Any]] = {}
    updates: dict[int, dict[str, Any]] = {}
    for row in changed:
        if row.row_id is not None:
            values = columns(row)
            if "status" in values:
                values.setdefault("status_changed_on", today)
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
    step(len(new) + len(changed), len(new) + len(changed), "写入")


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


def _restored(ledger: type[Ledger], before: Mapping[str, Any]) -> dict[str, Any]:
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


def _in_use(session: Session, record: Ledger, imported: str) -> bool:
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
