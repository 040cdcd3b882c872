"""A roster from Excel: read and planned first, then applied in one transaction, and taken back in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.ledgers.roster_import import ImportedRow, RosterImport
from anjian_desktop.ledgers.worker import Worker, WorkerPost
from anjian_desktop.services.import_memory import RememberedMapping, forget_mapping, learn, remembered_mappings
from anjian_desktop.services.list_kinds import import_fields, naming_field
from anjian_desktop.services.maintenance import safeguard_import
from anjian_desktop.services.missing_units import MissingUnit, decide_missing, missing_choices, missing_units
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.services.person_lists import write_list
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.services.rare_collection import rare_collection
from anjian_desktop.services.roster_reading import (
    Correction,
    RosterPlan,
    correct,
    read_again,
    read_block,
    read_roster,
)
from anjian_desktop.services.roster_store import (
    TO_BE_CHECKED,
    create_linked,
    importable,
    in_use,
    moment_of,
    restored,
    write_rows,
)
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.files import write_atomically
from anjian_desktop.storage.transaction import Transaction

__all__ = [
    "TO_BE_CHECKED", "Correction", "ImportInfo", "KeptRow", "MissingUnit", "RememberedMapping", "RosterOutcome",
    "RosterPlan", "UndoOutcome", "apply_roster", "correct", "decide_missing", "forget_mapping", "import_fields", "last_import",
    "missing_choices", "missing_units", "naming_field", "read_block", "read_roster", "remembered_mappings", "undo_import",
    "write_refused",
]  # fmt: skip


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


def apply_roster(
    office: Office, roster: RosterPlan, *, all_or_nothing: bool = False, step: Step = no_step
) -> RosterOutcome:
    """Write the good rows in one transaction. With `all_or_nothing` a single refused row keeps everything out.

    When the store was written to since the plan was made, the plan is made anew: nothing is overwritten blindly.
    """
    with office.db.reading() as session:
        still = moment_of(session) == roster.store_moment
    fresh = roster if still else read_again(office, roster, step)
    plan, listed = fresh.plan, fresh.listed
    writes = listed.writes_something if listed is not None else bool(fresh.counts["new"] or fresh.counts["updated"])
    if (all_or_nothing and fresh.counts["refused"]) or not writes:
        return RosterOutcome(None, fresh.counts, dict.fromkeys(fresh.created, 0), fresh.missing)
    if listed is not None:
        import_id, change = write_list(office, listed, fresh.file.name, fresh.file_sha256)
        return RosterOutcome(import_id, fresh.counts, fresh.created, fresh.missing, change)
    ledger = importable(fresh.ledger)
    safeguard_import(office)
    with rare_collection(), office.db.transaction(f"导入{ledger.about.label}名册", actor=office.actor) as tx:
        made = RosterImport(
            ledger=fresh.ledger,
            file_name=fresh.file.name[:260],
            file_sha256=fresh.file_sha256,
            at=tx.now,
            counts=fresh.counts,
        )
        tx.session.add(made)
        tx.session.flush()
        create_linked(tx, made.id, plan)
        write_rows(tx, made.id, ledger, plan, office.today, step)
        learn(tx, fresh.ledger, plan, fresh.mapping)
        tx.note(
            f"{made.file_name}：新增 {fresh.counts['new']}，更新 {fresh.counts['updated']}，拒收 {fresh.counts['refused']}"
        )
        import_id = made.id
    return RosterOutcome(import_id, fresh.counts, fresh.created, fresh.missing, tx.change_set)


def write_refused(roster: RosterPlan, path: Path) -> Path:
    """The refused rows as a workbook with 原因 in front, to be corrected and imported again."""
    from anjian_desktop.exchange import failures  # the spreadsheet library stays off the start-up path

    # Opened here: the spreadsheet library would wrap what the disk refuses in an error of its own.
    with write_atomically(path) as part, part.open("wb") as out:
        failures.write_refused(roster.plan, out)
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
        ordered = sorted(rows, key=lambda one: (one.ledger != found.ledger, one.row_id))
        records: dict[tuple[str, int], Ledger] = {}
        for place, row in enumerate(ordered):
            ledger = ledger_named(row.ledger)
            if place % _LOADED == 0:
                part = [one.row_id for one in ordered[place : place + _LOADED] if one.ledger == row.ledger]
                loaded = tx.session.scalars(select(ledger).where(ledger.id.in_(part)))
                records = {(row.ledger, one.id): one for one in loaded}
            record = records.get((row.ledger, row.row_id)) or tx.get(ledger, row.row_id, retired=True)
            if record.retired_at is not None:
                continue
            if record.version != row.version or in_use(tx.session, record, found.ledger):
                kept.append(KeptRow(row.ledger, row.row_id, str(getattr(record, ledger.about.title))))
                continue
            if row.before is None:
                tx.retire(record)
            else:
                tx.change(record, restored(ledger, row.before))
            undone += 1
        if found.ledger == Worker.about.key:
            _forget_posts(tx, found, [one.id for one in kept if one.ledger == found.ledger])
        found.undone_at = tx.now
        tx.note(f"{found.file_name}：撤回 {undone} 条，保留 {len(kept)} 条")
        done = found.id
    return UndoOutcome(done, undone, tuple(kept), tx.change_set)


_LOADED = 500
"""Rows fetched together."""


def _forget_posts(tx: Transaction, made: RosterImport, kept: Sequence[int]) -> None:
    """Take posts that the import noted out of the files of persons who were there before; who was edited since keeps them."""
    new = select(ImportedRow.row_id).where(
        ImportedRow.import_id == made.id, ImportedRow.ledger == made.ledger, ImportedRow.before.is_(None)
    )
    noted = delete(WorkerPost).where(
        WorkerPost.recorded_at == made.at, WorkerPost.worker_id.not_in(new), WorkerPost.worker_id.not_in(kept)
    )
    tx.session.execute(noted.execution_options(synchronize_session=False))
