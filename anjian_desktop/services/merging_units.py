"""Two rows of one unit made into one: what each has is looked at first; nothing is lost; it can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import ACTIVE, HAS_BEEN_ISSUED, State
from anjian_desktop.domain.dates import local_moment
from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.ledgers.registry import all_ledgers
from anjian_desktop.ledgers.tenure import Tenure
from anjian_desktop.ledgers.unit_merge import MERGED, UnitMerge
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction


@dataclass(frozen=True)
class Differing:
    """A field that both have filled, each otherwise."""

    key: str
    label: str
    kept: str
    other: str


@dataclass(frozen=True)
class MergePreview:
    """What a merge would do. `fills`: label and value taken over into empty fields; `moves`: label and how many rows."""

    kept_id: int
    kept_name: str
    other_id: int
    other_name: str
    fills: tuple[tuple[str, str], ...]
    differs: tuple[Differing, ...]
    choices: tuple[Differing, ...]
    """Every field of which one side's value is to be chosen, in the form's order; `kept` is empty for those it lacks."""
    moves: tuple[tuple[str, int], ...]
    conflicts: tuple[str, ...]
    """Why it cannot be done; empty when it can."""


@dataclass(frozen=True)
class Merged:
    """A merge done (or taken back): its number, rows moved, and in words those that stayed as they are."""

    id: int
    kept_id: int
    retired_id: int
    moved: int
    kept_rows: tuple[str, ...] = ()
    change: Change = NOTHING_CHANGED


@dataclass(frozen=True)
class PastMerge:
    """A merge as the clerk reads of it; `at` is local time, `moved` how many rows came along."""

    id: int
    kept: str
    retired: str
    at: datetime
    moved: int


def preview_merge(office: Office, keep_id: int, other_id: int) -> MergePreview:
    """What `merge` would do; personal data as in lists."""
    with office.db.reading() as session:
        keep, other = _pair(session, keep_id, other_id)
        fills, differs = _compared(session, keep, other)

        def both(one: Field) -> Differing:
            mine, theirs = (_words(session, one, getattr(unit, one.column)) for unit in (keep, other))
            return Differing(one.key, one.label, mine, theirs)

        return MergePreview(
            keep.id,
            keep.name,
            other.id,
            other.name,
            tuple((one.label, _words(session, one, getattr(other, one.column))) for one in fills),
            tuple(both(one) for one in differs),
            tuple(both(one) for one in fields_of(type(keep)) if one in (*fills, *differs)),
            tuple(_counts(session, other)),
            tuple(_conflicts(session, keep, other)),
        )


def merge(
    office: Office, keep_id: int, other_id: int, *, take: Collection[str] = (), leave: Collection[str] = ()
) -> Merged:
    """Make one unit of two: agreements, files, links and earlier persons go to the kept one, which takes over what it
    lacks (but for fields named in `leave`) and the fields named in `take`; the other goes to the recycle bin and points to
    it.

    Raises Refused when both have a printed agreement of one year, since one number would be lost.
    """
    with office.db.transaction("合并重复单位", actor=office.actor) as tx:
        keep, other = _pair(tx.session, keep_id, other_id)
        if conflicts := _conflicts(tx.session, keep, other):
            raise Refused(conflicts[0], item=other.name, rule="both_signed", next_step="请先作废其中一份，再合并。")
        fills, differs = _compared(tx.session, keep, other)
        wanted = [one for one in fills if one.key not in leave] + [one for one in differs if one.key in take]
        taken = {one.column: getattr(other, one.column) for one in wanted}
        filled = {name: [_plain(getattr(keep, name)), _plain(value)] for name, value in taken.items()}
        dropped = _drop_second_drafts(tx, keep, other)
        moved = _move_rows(tx, keep, other)
        files = _move_files(tx.session, keep, other)
        tx.change(other, {"merged_into_id": keep.id})
        tx.retire(other)
        # The other's unique code is free only now.
        tx.session.flush()
        tx.change(keep, taken)
        tx.tell(keep, MERGED, None, other.name)
        made = UnitMerge(
            kept_id=keep.id,
            retired_id=other.id,
            at=tx.now,
            filled=filled,
            moved=moved,
            attachments=files,
            dropped=dropped,
        )
        tx.session.add(made)
        tx.session.flush()
        tx.note(f"“{other.name}”并入“{keep.name}”，带过来 {len(moved) + len(files)} 条", kinds=("tenure",))
        done = Merged(made.id, keep.id, other.id, len(moved) + len(files))
    return Merged(done.id, done.kept_id, done.retired_id, done.moved, (), tx.change_set)


def last_merge(office: Office, retired_id: int | None = None) -> int | None:
    """The newest merge not taken back, of that retired unit if one is named."""
    with office.db.reading() as session:
        wanted = select(UnitMerge.id).where(UnitMerge.undone_at.is_(None)).order_by(UnitMerge.id.desc())
        if retired_id is not None:
            wanted = wanted.where(UnitMerge.retired_id == retired_id)
        return session.scalar(wanted.limit(1))


def past_merges(office: Office) -> list[PastMerge]:
    """Every merge that was not taken back, the newest first."""
    kept, retired = Organization.__table__.alias("kept"), Organization.__table__.alias("retired")
    query = (
        select(UnitMerge.id, kept.c.name, retired.c.name, UnitMerge.at, UnitMerge.moved, UnitMerge.attachments)
        .join(kept, kept.c.id == UnitMerge.kept_id)
        .join(retired, retired.c.id == UnitMerge.retired_id)
        .where(UnitMerge.undone_at.is_(None))
        .order_by(UnitMerge.id.desc())
    )
    with office.db.reading() as session:
        return [
            PastMerge(number, name, other, local_moment(at), len(moved) + len(files))
            for number, name, other, at, moved, files in session.execute(query)
        ]


def undo_merge(office: Office, merge_id: int | None = None) -> Merged:
    """Take a merge back (the newest by default): the retired unit comes back with its rows; what was changed since
    stays where it is and is told. Raises UserError when there is none, Refused when its code is used by another unit."""
    wanted = merge_id if merge_id is not None else last_merge(office)
    with office.db.transaction("撤销合并", actor=office.actor) as tx:
        found = tx.session.get(UnitMerge, wanted) if wanted is not None else None
        if found is None or found.undone_at is not None:
            raise UserError("没有可以撤销的合并。", next_step="请刷新后再看。")
        keep = tx.get(Organization, found.kept_id, retired=True)
        other = tx.get(Organization, found.retired_id, retired=True)
        stayed = _give_back_values(tx, keep, found)
        tx.session.flush()
        tx.restore(other)
        tx.change(other, {"merged_into_id": None})
        moved = 0
        for key, row_id, column, version in found.moved:
            told = _give_back_row(tx, key, row_id, column, version, keep.id, other.id)
            moved += told is None
            stayed.extend([told] if told else [])
        for attachment in tx.session.scalars(select(Attachment).where(Attachment.id.in_(found.attachments))):
            attachment.row_id = other.id
        for key, row_id in found.dropped:
            tx.restore(tx.get(_ledger(key), row_id, retired=True))
        found.undone_at = tx.now
        tx.tell(keep, MERGED, other.name, None)
        tx.note(f"“{other.name}”从“{keep.name}”分开", kinds=("tenure",))
        done = Merged(found.id, keep.id, other.id, moved, tuple(stayed))
    return Merged(done.id, done.kept_id, done.retired_id, done.moved, done.kept_rows, tx.change_set)


# -- looking -----------------------------------------------------------------------------------------------------


def _pair(session: Session, keep_id: int, other_id: int) -> tuple[Organization, Organization]:
    found = [session.get(Organization, one) for one in (keep_id, other_id)]
    keep, other = found
    if keep is None or other is None or keep.retired_at is not None or other.retired_at is not None:
        raise UserError("要合并的单位已不在。", next_step="请刷新后再看。")
    if keep is other or type(keep) is not type(other):
        raise UserError("只能合并两个同类的单位（企业和企业、村和村、部门和部门）。")
    return keep, other


def _compared(session: Session, keep: Organization, other: Organization) -> tuple[list[Field], list[Field]]:
    """Fields the kept unit lacks and the other has; fields both have, each otherwise."""
    fills: list[Field] = []
    differs: list[Field] = []
    for one in fields_of(type(keep)):
        if one.computed:
            continue
        mine, theirs = getattr(keep, one.column), getattr(other, one.column)
        if theirs in (None, "", ()) or mine == theirs:
            continue
        (fills if mine in (None, "", ()) else differs).append(one)
    return fills, differs


def _words(session: Session, one: Field, value: Any) -> str:
    if one.link and value is not None:
        target = session.get(Organization, value)
        return target.name if target is not None else ""
    return one.masked(value)


def _pointing(kind: type[Organization]) -> Iterator[tuple[type[Ledger], Field]]:
    """Every ledger's fields that may point to a unit of this kind."""
    key = kind.about.key
    for ledger in all_ledgers():
        for one in fields_of(ledger):
            if one.link in (key, "organization") and not one.computed:
                yield ledger, one


def _rows_pointing(session: Session, ledger: type[Ledger], one: Field, unit_id: int) -> list[int]:
    return list(
        session.scalars(select(ledger.id).where(getattr(ledger, one.column) == unit_id, ledger.retired_at.is_(None)))
    )


def _counts(session: Session, other: Organization) -> Iterator[tuple[str, int]]:
    counts: dict[str, int] = {}
    for ledger, one in _pointing(type(other)):
        if found := len(_rows_pointing(session, ledger, one, other.id)):
            counts[ledger.about.label] = counts.get(ledger.about.label, 0) + found
    files = len(session.scalars(select(Attachment.id).where(*_files_of(other))).all())
    yield from counts.items()
    if files:
        yield "附件", files


def _active(session: Session, unit: Organization) -> dict[tuple[int, str], Agreement]:
    query = select(Agreement).where(
        Agreement.organization_id == unit.id,
        Agreement.state.in_([state.value for state in ACTIVE]),
        Agreement.retired_at.is_(None),
    )
    return {(one.year, one.kind): one for one in session.scalars(query)}


def _conflicts(session: Session, keep: Organization, other: Organization) -> list[str]:
    mine, theirs = _active(session, keep), _active(session, other)
    return [
        f"两家都有 {year} 年的责任书（{mine[year, kind].number}、{theirs[year, kind].number}），没有合并。"
        for year, kind in sorted(mine.keys() & theirs.keys())
        if mine[year, kind].stored_state in HAS_BEEN_ISSUED and theirs[year, kind].stored_state in HAS_BEEN_ISSUED
    ]


def _files_of(unit: Organization) -> tuple[Any, ...]:
    return Attachment.ledger == type(unit).about.key, Attachment.row_id == unit.id


# -- moving ------------------------------------------------------------------------------------------------------


def _drop_second_drafts(tx: Transaction, keep: Organization, other: Organization) -> list[list[Any]]:
    """Of two agreements of one year and kind the draft without a number goes to the recycle bin."""
    mine, theirs = _active(tx.session, keep), _active(tx.session, other)
    dropped: list[list[Any]] = []
    for place in sorted(mine.keys() & theirs.keys()):
        draft = theirs[place] if theirs[place].stored_state is State.DRAFTED else mine[place]
        tx.retire(draft)
        dropped.append([Agreement.about.key, draft.id])
    return dropped


def _move_rows(tx: Transaction, keep: Organization, other: Organization) -> list[list[Any]]:
    moved: list[list[Any]] = []
    for ledger, one in _pointing(type(keep)):
        ids = [row_id for row_id in _rows_pointing(tx.session, ledger, one, other.id) if row_id != keep.id]
        tx.change_many(ledger, [(row_id, {one.column: keep.id}) for row_id in ids])
        versions = dict(tx.session.execute(select(ledger.id, ledger.version).where(ledger.id.in_(ids))).all())
        moved.extend([ledger.about.key, row_id, one.column, versions[row_id]] for row_id in ids)
    for tenure in tx.session.scalars(select(Tenure).where(Tenure.organization_id == other.id)):
        tenure.organization_id = keep.id
        moved.append(["tenure", tenure.id, "organization_id", 0])
    return moved


def _move_files(session: Session, keep: Organization, other: Organization) -> list[int]:
    files = list(session.scalars(select(Attachment).where(*_files_of(other))))
    for one in files:
        one.row_id = keep.id
    return [one.id for one in files]


# -- taking back -------------------------------------------------------------------------------------------------


def _ledger(key: str) -> type[Ledger]:
    return next(one for one in all_ledgers() if one.about.key == key)


def _give_back_values(tx: Transaction, keep: Organization, found: UnitMerge) -> list[str]:
    declared = {one.column: one for one in fields_of(type(keep))}
    stayed, values = [], {}
    for name, (before, taken) in found.filled.items():
        if _plain(getattr(keep, name)) == taken:
            values[name] = _stored(declared[name], before)
        else:
            stayed.append(f"“{keep.name}”的{declared[name].label}（合并后又改过）")
    tx.change(keep, values)
    return stayed


def _give_back_row(
    tx: Transaction, key: str, row_id: int, column: str, version: int, keep_id: int, other_id: int
) -> str | None:
    """Point a row back; in words why not, when it was changed since."""
    if key == "tenure":
        tenure = tx.session.get(Tenure, row_id)
        if tenure is not None:
            tenure.organization_id = other_id
        return None
    ledger = _ledger(key)
    record = tx.session.get(ledger, row_id)
    if record is None:
        return None
    if getattr(record, column) != keep_id or record.version != version:
        return f"{ledger.about.label}“{getattr(record, ledger.about.title) or row_id}”（合并后又改过）"
    tx.change(record, {column: other_id})
    return None


def _plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, date | Decimal) else value


def _stored(one: Field, value: Any) -> Any:
    """A value kept as JSON in its stored form."""
    if one.kind is Kind.MULTI_CHOICE:
        return tuple(value or ())
    if value is None:
        return None
    if one.kind is Kind.DATE:
        return date.fromisoformat(value)
    return Decimal(value) if one.kind is Kind.DECIMAL else value
