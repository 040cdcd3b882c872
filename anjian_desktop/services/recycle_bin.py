"""回收站: what was moved there from every ledger, when and by whom; brought back together with what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anjian_desktop.domain.dates import local_moment
from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.audit import AuditChange, AuditEntry
from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.ledgers.registry import all_ledgers, ledger_named
from anjian_desktop.services import records
from anjian_desktop.services.acts import Act
from anjian_desktop.services.browse import link_target, read_rows
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED, RefusedItem
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction

Place = tuple[str, int]
"""Ledger key and row id."""


@dataclass(frozen=True)
class BinRow:
    """One row in the recycle bin; `retired_at` is local time, `merged_into` the unit that took its place."""

    ledger: str
    label: str
    id: int
    title: str
    subtitle: str
    retired_at: datetime
    actor: str
    merged_into: str = ""


@dataclass(frozen=True)
class BinList:
    """The newest `rows` of `total` found; `counts` by ledger label, whatever was searched."""

    total: int
    rows: tuple[BinRow, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class BroughtBack:
    """Rows brought back, the linked ones that had to come too (in words), and those a rule keeps in the bin."""

    done: tuple[Place, ...]
    also: tuple[str, ...]
    refused: tuple[RefusedItem, ...]
    change: Change = NOTHING_CHANGED
    act: Act | None = None


def bin_rows(office: Office, *, ledger: str = "", text: str = "", limit: int = 500) -> BinList:
    """What lies in the recycle bin, the newest first; of one ledger, or whose title contains the text."""
    chosen = [ledger_named(ledger)] if ledger else list(all_ledgers())
    with office.db.reading() as session:
        counts = {
            one.about.label: session.scalar(select(func.count()).select_from(one).where(one.retired_at.is_not(None)))
            or 0
            for one in all_ledgers()
        }
        found: list[tuple[datetime, type[Ledger], int]] = []
        total = 0
        for one in chosen:
            if not counts[one.about.label]:
                continue
            wanted = select(one.retired_at, one.id).where(one.retired_at.is_not(None))
            if text.strip():
                wanted = wanted.where(getattr(one, one.about.title).contains(text.strip(), autoescape=True))
            total += session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
            newest = session.execute(wanted.order_by(one.retired_at.desc(), one.id).limit(limit)).all()
            found.extend((at, one, row_id) for at, row_id in newest if at is not None)
        found.sort(key=lambda item: (item[0], item[1].about.key, item[2]), reverse=True)
        rows = _read(session, found[:limit], office)
    return BinList(total, rows, {label: count for label, count in counts.items() if count})


def bring_back(office: Office, places: Sequence[Place]) -> BroughtBack:
    """Take rows out of the recycle bin in one transaction, and with each the retired rows it points to.

    A row that a rule keeps in (its code is used by another row meanwhile) stays and is told.
    """
    done: list[Place] = []
    also: list[str] = []
    refused: list[RefusedItem] = []
    with office.db.transaction("从回收站恢复", actor=office.actor) as tx:
        for key, row_id in places:
            ledger = ledger_named(key)
            record = tx.session.get(ledger, row_id)
            if record is None or record.retired_at is None:
                continue
            title = str(getattr(record, ledger.about.title))
            try:
                _refuse_ended(tx.session, record, title)
                also.extend(_bring_links(tx, record))
                records.bring_back(tx, ledger, [row_id])
            except (Refused, UserError) as problem:
                refused.append(RefusedItem(title, getattr(problem, "rule", "") or "refused", problem.message))
            else:
                done.append((key, row_id))
        act = Act(f"从回收站恢复 {len(done)} 条", tx.row_changes)
    office.acts.remember(act)
    return BroughtBack(tuple(done), tuple(also), tuple(refused), tx.change_set, act)


def _refuse_ended(session: Session, record: Ledger, title: str) -> None:
    if isinstance(record, Organization) and record.merged_into_id is not None:
        kept = session.get(Organization, record.merged_into_id)
        raise Refused(
            f"“{title}”已并入“{kept.name if kept else ''}”，没有恢复。",
            item=title,
            rule="merged",
            next_step="请用“撤销合并”。",
        )
    if isinstance(record, Agreement):
        raise Refused("责任书不能从回收站恢复。", item=title, rule="agreement", next_step="请重新起草。")


def _bring_links(tx: Transaction, record: Ledger) -> Iterable[str]:
    """First the retired rows this one points to: an enterprise without its village would not be found where it belongs."""
    for one in fields_of(type(record)):
        value = getattr(record, one.column, None) if one.link else None
        if value is None:
            continue
        target = tx.session.get(link_target(one.link), value)
        if target is None or target.retired_at is None:
            continue
        ledger = type(target)
        yield from _bring_links(tx, target)
        records.bring_back(tx, ledger, [target.id])
        yield f"{ledger.about.label}“{getattr(target, ledger.about.title)}”"


def _read(session: Session, found: Sequence[tuple[datetime, type[Ledger], int]], office: Office) -> tuple[BinRow, ...]:
    views = {}
    actors: dict[Place, str] = {}
    merged: dict[int, str] = {}
    for ledger in {one for _, one, _ in found}:
        ids = [row_id for _, one, row_id in found if one is ledger]
        key = ledger.about.key
        views.update({(key, view.id): view for view in read_rows(session, ledger, ids, today=office.today)})
        for start in range(0, len(ids), 500):
            query = (
                select(AuditChange.row_id, AuditEntry.actor)
                .join(AuditEntry, AuditEntry.seq == AuditChange.seq)
                .where(
                    AuditChange.ledger == key,
                    AuditChange.act == "retire",
                    AuditChange.row_id.in_(ids[start : start + 500]),
                )
                .order_by(AuditChange.seq)
            )
            actors.update({(key, row_id): actor for row_id, actor in session.execute(query)})
        if issubclass(ledger, Organization):
            kept = Organization.__table__.alias("kept")
            query_kept = select(ledger.id, kept.c.name).join(kept, kept.c.id == ledger.merged_into_id)
            merged.update((row_id, name) for row_id, name in session.execute(query_kept))
    rows = []
    for at, ledger, row_id in found:
        about = ledger.about
        view = views[about.key, row_id]
        subtitle = "　".join(part for key in about.subtitle if (part := view.shown.get(key, "")))
        rows.append(
            BinRow(
                about.key, about.label, row_id, view.full[about.title], subtitle, local_moment(at),
                actors.get((about.key, row_id), ""), merged.get(row_id, ""),
            )
        )  # fmt: skip
    return tuple(rows)
