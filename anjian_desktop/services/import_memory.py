"""What the office taught the importer: headings explained by hand are understood in the next file of that shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.heading_memory import RememberedHeadings, fingerprint
from anjian_desktop.exchange.import_plan import ImportPlan
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.fields import Field, heading_key
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.ledgers.roster_import import ImportMapping
from anjian_desktop.services.office import Office
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction

KIND = "import_mapping"
"""What a `Change` calls these."""


@dataclass(frozen=True)
class RememberedMapping:
    """A file's headings and what was said of them: {heading: field key; "" ignores the column}."""

    id: int
    ledger: str
    headings: tuple[str, ...]
    mapping: Mapping[str, str]
    at: datetime


def remembered_mappings(office: Office, kind: str | None = None) -> list[RememberedMapping]:
    """All that is remembered (of one ledger), the newest first."""
    query = select(ImportMapping).order_by(ImportMapping.at.desc(), ImportMapping.id.desc())
    if kind is not None:
        query = query.where(ImportMapping.ledger == kind)
    with office.db.reading() as session:
        return [
            RememberedMapping(one.id, one.ledger, tuple(one.headings), dict(one.mapping), one.at)
            for one in session.scalars(query)
        ]


def forget_mapping(office: Office, mapping_id: int) -> Change:
    """Forget one mapping. Raises UserError when there is none of that id."""
    with office.db.transaction("忘记标题对应", actor=office.actor) as tx:
        found = tx.session.get(ImportMapping, mapping_id)
        if found is None:
            raise UserError("这条标题对应已不在。", next_step="请刷新列表（F5）。")
        label = ledger_named(found.ledger).about.label
        tx.session.delete(found)
        tx.note(f"{label}：{len(found.mapping)} 个标题的对应", kinds=(KIND,))
        return tx.change_set


def memory_of(session: Session, ledger: str, *, fields: Sequence[Field] | None = None) -> list[RememberedHeadings]:
    """What is remembered of one ledger, as far as its fields still exist; `fields` are those of a list of its own."""
    known = {one.key for one in fields or fields_of(ledger_named(ledger))}
    found = []
    for one in session.scalars(select(ImportMapping).where(ImportMapping.ledger == ledger).order_by(ImportMapping.at)):
        mapping = {text: key for text, key in one.mapping.items() if not key or key in known}
        found.append(RememberedHeadings(tuple(one.headings), mapping))
    return found


def learn(
    tx: Transaction, ledger: str, plan: ImportPlan, mapping: Mapping[str, str], *, fields: Sequence[Field] | None = None
) -> None:
    """Remember what a mapping given by hand said of each sheet's headings; said before of that shape, it is replaced."""
    given = {heading_key(text): key for text, key in mapping.items()}
    declared = fields or fields_of(ledger_named(ledger))
    for sheet in plan.sheets:
        texts = list(dict.fromkeys(sheet.heading.headings.values()))
        said = {text: given[heading_key(text)] for text in texts if heading_key(text) in given}
        if not said:
            continue
        said = {**sheet.heading.remembered, **said}
        keys = {text: "" if not name else _key_of(declared, name) for text, name in said.items()}
        shape = fingerprint(texts)
        known = tx.session.scalar(
            select(ImportMapping).where(ImportMapping.ledger == ledger, ImportMapping.fingerprint == shape)
        )
        if known is None:
            known = ImportMapping(ledger=ledger, fingerprint=shape)
            tx.session.add(known)
        known.headings, known.mapping, known.at = texts, keys, tx.now
    tx.session.flush()


def _key_of(fields: Sequence[Field], name: str) -> str:
    exact = next((one.key for one in fields if name in (one.key, one.label)), None)
    # The mapping was checked when the file was read.
    return exact or next(one.key for one in fields if name in one.aliases)
