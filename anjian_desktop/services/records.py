"""Add, edit, retire and restore rows of any ledger, checked by its declared fields; one transaction each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import ACTIVE
from anjian_desktop.domain.dates import local_moment
from anjian_desktop.domain.text import compact, name_key
from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.audit import AuditChange, AuditEntry
from anjian_desktop.ledgers.base import Ledger, field_of, fields_of
from anjian_desktop.ledgers.fields import Field, FieldProblem, Kind
from anjian_desktop.ledgers.organization import Enterprise, Organization
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.ledgers.tenure import FORMER_NAME, TERM
from anjian_desktop.ledgers.unit_merge import MERGED
from anjian_desktop.services.acts import Act
from anjian_desktop.services.browse import link_target, title_column
from anjian_desktop.services.code_tables import current_fields
from anjian_desktop.services.office import Office
from anjian_desktop.services.tenures import note_principal_day
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction

NOTE = "note"
"""A remark beside a row whose content is settled may still be written."""


@dataclass(frozen=True)
class Saved:
    """A row as it was saved; warnings by field key are told but did not hinder."""

    id: int
    change: Change
    warnings: dict[str, str] = field(default_factory=dict)
    act: Act | None = None
    """By which `undo` takes it back."""


@dataclass(frozen=True)
class HistoryEntry:
    """One change of a row: when (local time), by whom, what was done, what was noted of it, a sentence per field."""

    at: datetime
    actor: str
    action: str
    lines: tuple[str, ...]


class RecordProblems(Refused):
    """The values cannot be saved; `problems` says what is wrong by field key. Nothing was changed."""

    code = "invalid"

    def __init__(self, problems: Mapping[str, str], labels: Mapping[str, str]) -> None:
        listed = "；".join(f"{labels.get(key, key)}：{text}" for key, text in problems.items())
        super().__init__(f"没有保存。{listed}。", rule="invalid", next_step="请改正后再保存。")
        self.problems = dict(problems)
        self._labels = dict(labels)

    @property
    def refusals(self) -> list[dict[str, str]]:
        return [
            {"item": self._labels.get(key, key), "rule": key, "problem": text} for key, text in self.problems.items()
        ]


def problems(office: Office, ledger_key: str, values: Mapping[str, object], *, id: int | None = None) -> dict[str, str]:
    """What is wrong with typed values, by field key; empty when fit to save. With `id`, only what is given is checked."""
    ledger = writable(ledger_key)
    with office.db.reading() as session:
        return _check(session, ledger, values, today=office.today, row_id=id)[1]


def derived(office: Office, ledger_key: str, values: Mapping[str, str]) -> dict[str, str]:
    """What follows from typed texts, by field key, as it will be shown: sex and birthday from an identity number."""
    ledger = writable(ledger_key)
    stored: dict[str, Any] = {}
    for one in fields_of(ledger):
        text = values.get(one.key, "")
        if text.strip() and not one.link and not one.problem(text, today=office.today):
            stored[one.column] = one.parse(text, today=office.today).value
    before = dict(stored)
    ledger.derive(stored)
    return {
        one.key: one.show(stored[one.column])
        for one in fields_of(ledger)
        if one.in_form and one.column in stored and stored[one.column] != before.get(one.column)
    }


def add(office: Office, ledger_key: str, values: Mapping[str, object]) -> Saved:
    """A new row. Raises RecordProblems."""
    ledger = writable(ledger_key)
    with office.db.transaction(f"新增{ledger.about.label}", actor=office.actor) as tx:
        fit = checked(tx.session, ledger, values, today=office.today, row_id=None)
        record = tx.add(ledger, fit.values)
        row_id = record.id
        act = Act(f"新增{ledger.about.label}“{_title(record)}”", tx.row_changes)
    office.acts.remember(act)
    return Saved(row_id, tx.change_set, fit.warnings, act)


def edit(
    office: Office, ledger_key: str, id: int, values: Mapping[str, object], *, version: int | None = None
) -> Saved:
    """Change a row. Raises RecordProblems; Refused when it was changed meanwhile (`version` is the one the form loaded)."""
    ledger = writable(ledger_key)
    with office.db.transaction(f"修改{ledger.about.label}", actor=office.actor) as tx:
        record = tx.get(ledger, id)
        if version is not None and record.version != version:
            raise Refused(
                "这条记录刚被改动过，您的修改没有保存。",
                item=_title(record),
                rule="changed_meanwhile",
                next_step="请重新打开记录，核对后再改。",
            )
        if any((one := field_of(ledger, name)) is None or one.key != NOTE for name in values):
            refuse_fixed(record)
        fit = checked(tx.session, ledger, values, today=office.today, row_id=id)
        note_status_day(record, fit.values, office.today)
        tx.change(record, fit.values)
        act = Act(f"修改{ledger.about.label}“{_title(record)}”", tx.row_changes)
    office.acts.remember(act)
    return Saved(id, tx.change_set, fit.warnings, act)


def retire(office: Office, ledger_key: str, ids: Sequence[int]) -> Change:
    """Move rows to the recycle bin. Raises Refused, and moves none, when one is still needed."""
    ledger = writable(ledger_key)
    with office.db.transaction(f"移到回收站：{ledger.about.label}", actor=office.actor) as tx:
        for row_id in ids:
            record = tx.get(ledger, row_id)
            refuse_if_needed(tx.session, record)
            tx.retire(record)
        about = ledger.about
        act = Act(f"{len(ids)} {about.counter}{about.label}移到回收站", tx.row_changes)
    office.acts.remember(act)
    return tx.change_set


def restore(office: Office, ledger_key: str, ids: Sequence[int]) -> Change:
    """Bring rows back from the recycle bin. Raises Refused when another row has taken the same key meanwhile."""
    ledger = writable(ledger_key)
    with office.db.transaction(f"从回收站恢复：{ledger.about.label}", actor=office.actor) as tx:
        bring_back(tx, ledger, ids)
        about = ledger.about
        act = Act(f"从回收站恢复 {len(ids)} {about.counter}{about.label}", tx.row_changes)
    office.acts.remember(act)
    return tx.change_set


def bring_back(tx: Transaction, ledger: type[Ledger], ids: Sequence[int]) -> None:
    """As `restore`, inside a transaction that is already open."""
    for row_id in ids:
        record = tx.session.get(ledger, row_id)
        if record is None:
            raise UserError("这条记录已不在。", next_step="请刷新列表（F5）。")
        if record.retired_at is None:
            continue
        values = {one.key: getattr(record, one.column) for one in fields_of(ledger) if one.unique}
        if clash := _duplicates(tx.session, ledger, values, row_id):
            title = _title(record)
            raise Refused(f"不能恢复“{title}”：{next(iter(clash.values()))}。", item=title, rule="duplicate")
        tx.restore(record)


def history(office: Office, ledger_key: str, id: int) -> list[HistoryEntry]:
    """Every change of a row in words, the newest first."""
    ledger = ledger_named(ledger_key)
    labels = {TERM: "任职", FORMER_NAME: "曾用名", "files": "附件", MERGED: "并入的单位"} | {
        one.key: one.label for one in fields_of(ledger)
    }
    with office.db.reading() as session:
        found = session.execute(
            select(AuditEntry.at, AuditEntry.actor, AuditEntry.action, AuditEntry.note, AuditChange.fields)
            .join(AuditChange, AuditChange.seq == AuditEntry.seq)
            .where(AuditChange.ledger == ledger_key, AuditChange.row_id == id)
            .order_by(AuditEntry.seq.desc())
        ).all()
    entries = []
    for at, actor, action, note, changed in found:
        lines = tuple(
            f"{labels[key]}：{old or '（空）'} → {new or '（空）'}"
            for key, (old, new) in changed.items()
            if key in labels
        )
        entries.append(HistoryEntry(local_moment(at), actor, action, (*([note] if note else []), *lines)))
    return entries


# -- checking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """Values by column attribute, fit to be stored."""

    values: dict[str, Any]
    warnings: dict[str, str]


def writable(ledger_key: str) -> type[Ledger]:
    """The ledger of that key. Raises UserError for one whose rows only come from acts of their own."""
    ledger = ledger_named(ledger_key)
    if ledger is Agreement:
        raise UserError("责任书不能直接增改。", next_step="请用起草、打印、登记签订、作废等操作。")
    return ledger


def checked(
    session: Session, ledger: type[Ledger], values: Mapping[str, object], *, today: date, row_id: int | None
) -> Checked:
    """Typed values as they are stored; with `row_id` only what is given is checked. Raises RecordProblems."""
    found, wrong = _check(session, ledger, values, today=today, row_id=row_id)
    if wrong:
        raise RecordProblems(wrong, {one.key: one.label for one in fields_of(ledger)})
    return found


def _check(
    session: Session, ledger: type[Ledger], values: Mapping[str, object], *, today: date, row_id: int | None
) -> tuple[Checked, dict[str, str]]:
    given: dict[str, object] = {}
    for name, raw in values.items():
        declared = field_of(ledger, name)
        if declared is None or declared.computed or not declared.in_form:
            known = "、".join(one.label for one in fields_of(ledger) if not one.computed and one.in_form)
            raise UserError(f"{ledger.about.label}没有“{name}”这一项。", next_step=f"可以填：{known}。")
        given[declared.key] = raw
    stored: dict[str, Any] = {}
    warnings: dict[str, str] = {}
    wrong: dict[str, str] = {}
    filled = {key for key, raw in given.items() if raw}
    for declared in current_fields(session, ledger, today=today, keys=filled):
        if declared.computed or (declared.key not in given and row_id is not None):
            continue
        try:
            parsed = declared.parse(given.get(declared.key), today=today)
            value = find_link(session, declared, parsed.value) if declared.link else parsed.value
        except FieldProblem as problem:
            wrong[declared.key] = str(problem)
            continue
        stored[declared.column] = value
        if parsed.warning:
            warnings[declared.key] = parsed.warning
    if not wrong:
        whole = _whole(session, ledger, row_id) | stored
        seen = ledger.examine(whole, today=today)
        stored |= {name: value for name, value in seen.values.items() if stored.get(name) != value}
        warnings |= seen.warnings
        wrong |= {**seen.problems, **ledger.clashes(session, whole, row_id)}
    unique = {one.key: stored[one.column] for one in fields_of(ledger) if one.unique and stored.get(one.column)}
    wrong.update(_duplicates(session, ledger, unique, row_id))
    return Checked(stored, warnings), wrong


def _whole(session: Session, ledger: type[Ledger], row_id: int | None) -> dict[str, Any]:
    """The stored row an edit begins with; empty for a new one."""
    record = session.get(ledger, row_id) if row_id is not None else None
    return {} if record is None else {one.column: getattr(record, one.column) for one in fields_of(ledger)}


def find_link(session: Session, declared: Field, name: object) -> int | None:
    """The id of the row a link names. Raises FieldProblem when there is none."""
    if not name:
        return None
    target = link_target(declared.link)
    label = target.about.label if hasattr(target, "about") else "单位"
    same = target.name_key == name_key(str(name)) if issubclass(target, Organization) else title_column(target) == name
    code = next((one for one in fields_of(target) if one.kind is Kind.IDENTITY), None) if label != "单位" else None
    if code is not None:
        # Many persons have one name; the number of their document tells them apart.
        same = or_(same, getattr(target, code.column) == compact(str(name)))
    found = session.scalars(
        select(target.id).where(same, target.retired_at.is_(None)).order_by(target.id).limit(2)
    ).all()
    if not found:
        raise FieldProblem(f"没有叫“{name}”的{label}，请先新增")
    if code is not None and len(found) > 1:
        raise FieldProblem(f"叫“{name}”的{label}不止一个，请改填{code.label}")
    return found[0]


def _duplicates(
    session: Session, ledger: type[Ledger], values: Mapping[str, object], row_id: int | None
) -> dict[str, str]:
    """Unique fields whose value another row in use already has."""
    found: dict[str, str] = {}
    for key, value in values.items():
        declared = field_of(ledger, key)
        if declared is None or not value:
            continue
        if declared.kind is Kind.NAME and issubclass(ledger, Organization):
            same = ledger.name_key == name_key(str(value))
        else:
            same = getattr(ledger, declared.column) == value
        wanted = select(title_column(ledger)).where(same, ledger.retired_at.is_(None))
        if row_id is not None:
            wanted = wanted.where(ledger.id != row_id)
        if (other := session.scalar(wanted.limit(1))) is not None:
            found[key] = f"与“{other}”重复"
    return found


def refuse_duplicates(session: Session, ledger: type[Ledger], values: Mapping[str, object], row_id: int) -> None:
    """Raises Refused when another row in use has taken one of these values (by column attribute) meanwhile."""
    unique = {one.key: values[one.column] for one in fields_of(ledger) if one.unique and one.column in values}
    if clash := _duplicates(session, ledger, unique, row_id):
        raise Refused(f"数据没有变化：{next(iter(clash.values()))}。", rule="duplicate")


def note_status_day(record: Ledger, values: dict[str, Any], today: date) -> None:
    """A changed operating state or principal dates from today unless the clerk says otherwise: the count of due units
    and the question who answered on a day need it."""
    if isinstance(record, Organization):
        note_principal_day(record, values, today)
    if not isinstance(record, Enterprise) or values.get("status", record.status) == record.status:
        return
    if values.get("status_changed_on") in (None, record.status_changed_on):
        values["status_changed_on"] = today


def _title(record: Ledger) -> str:
    return str(getattr(record, type(record).about.title))


def refuse_fixed(record: Ledger) -> None:
    """Raises Refused for a row whose content is settled for good."""
    if told := record.fixed():
        raise Refused(f"{told}。", item=_title(record), rule="fixed", next_step="没有改动任何内容。")


def refuse_if_needed(session: Session, record: Ledger) -> None:
    """Raises Refused when something else still needs this row."""
    refuse_fixed(record)
    title = _title(record)
    if not isinstance(record, Organization):
        return
    active = session.scalar(
        select(Agreement.number).where(
            Agreement.organization_id == record.id,
            Agreement.state.in_([s.value for s in ACTIVE if s != "drafted"]),
            Agreement.retired_at.is_(None),
        )
    )
    if active:
        raise Refused(
            f"“{title}”有在用的责任书 {active}，没有移到回收站。",
            item=title,
            rule="has_agreement",
            next_step="请先作废或提前终止责任书；不再经营的企业请把经营状态改为“注销”。",
        )
    lives_there = session.scalar(
        select(Enterprise.name).where(Enterprise.village_id == record.id, Enterprise.retired_at.is_(None)).limit(1)
    )
    if lives_there:
        raise Refused(
            f"“{title}”里还有企业（如“{lives_there}”），没有移到回收站。",
            item=title,
            rule="in_use",
            next_step="请先给这些企业换村。",
        )
