"""培训合格证 of the office's own classes: issued with a number of their own, frozen, made void or replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.dates import chinese_date
from anjian_desktop.domain.identity import mask_identity_number
from anjian_desktop.domain.layout_kinds import CARD, CERTIFICATE
from anjian_desktop.domain.numbering import serial_number
from anjian_desktop.domain.training import halves, hours_text
from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.agreement import NumberCounter
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.ledgers.training import TrainingRecord, TrainingSession
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services import layouts
from anjian_desktop.services.issued_papers import next_serial
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import OfficeProfile, read_profile
from anjian_desktop.services.outcomes import NOTHING_CHANGED, RefusedItem
from anjian_desktop.services.sessions import effective
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction

KIND = "培训合格证"
"""The only kind a township prints (安全生产培训管理办法 第二十四条); official 操作证 are never offered."""

_COUNTER = "培训合格证"
_COURSE_BYTES = 120
"""What a code holds of a course's name, in GB 18030."""


@dataclass(frozen=True)
class Issued:
    """A certificate just issued."""

    id: int
    number: str
    worker_id: int
    name: str


@dataclass(frozen=True)
class IssueOutcome:
    """Certificates issued, and persons a rule left out."""

    issued: tuple[Issued, ...]
    refused: tuple[RefusedItem, ...]
    change: Change = field(default=NOTHING_CHANGED)


def issue(
    office: Office,
    *,
    session_id: int | None = None,
    record_ids: Sequence[int] | None = None,
    valid_to: date | None = None,
) -> IssueOutcome:
    """Issue certificates to those who passed a class, or to the records named; numbers run on without a gap.

    Whoever failed, was absent, is in no class of this office or has one already is told and left out.
    """
    if valid_to is not None and valid_to < office.today:
        raise UserError("有效期至早于今天。", next_step="没有发证，请核对日期。")
    with office.db.transaction("发放培训合格证", actor=office.actor) as tx:
        profile = read_profile(tx.session)
        rows = _records(tx.session, session_id, record_ids)
        held = dict(
            tx.session.execute(
                select(Certificate.record_id, Certificate.number).where(
                    Certificate.record_id.is_not(None), Certificate.state == "valid", Certificate.retired_at.is_(None)
                )
            ).all()
        )
        issued: list[Issued] = []
        refused: list[RefusedItem] = []
        papers = _layouts(tx, office)
        for record, worker, unit, photo in rows:
            if problem := _problem(record, held, profile.pass_mark):
                refused.append(RefusedItem(worker.name, "not_eligible", problem))
                continue
            facts = _facts(record, worker, unit, profile, office.today, valid_to)
            made = _make(
                tx, office, profile, facts, papers, photo=photo, record=record, worker=worker, valid_to=valid_to
            )
            issued.append(Issued(made.id, made.number, worker.id, worker.name))
        if issued:
            tx.note(f"{issued[0].number} 至 {issued[-1].number}，{len(issued)} 本")
    return IssueOutcome(tuple(issued), tuple(refused), tx.change_set)


def void(office: Office, ids: Sequence[int], *, reason: str) -> Change:
    """Make certificates void; their numbers are never used again. Raises Refused, and voids none, when one is not valid."""
    why = _reason(reason)
    with office.db.transaction("作废证书", actor=office.actor) as tx:
        for row_id in ids:
            tx.change(_valid(tx, row_id), {"state": "void", "reason": why})
    return tx.change_set


def reissue(office: Office, certificate_id: int, *, reason: str) -> IssueOutcome:
    """A new certificate under a new number in the place of a lost or wrong one, which counts no more.

    Name and document come from the roster as it stands now; the training is that of the old one.
    """
    why = _reason(reason)
    with office.db.transaction("补发证书", actor=office.actor) as tx:
        old = _valid(tx, certificate_id)
        profile = read_profile(tx.session)
        found = _records(tx.session, None, [old.record_id] if old.record_id else [])
        if not found:
            raise Refused("原来的培训记录已不在，不能补发。", item=old.number, rule="no_record")
        record, worker, unit, photo = found[0]
        tx.change(old, {"state": "replaced", "reason": why})
        facts = _facts(record, worker, unit, profile, office.today, old.valid_to)
        made = _make(
            tx, office, profile, facts, _layouts(tx, office), photo=photo, record=record, worker=worker,
            valid_to=old.valid_to, replaces_id=old.id,
        )  # fmt: skip
        done = Issued(made.id, made.number, worker.id, worker.name)
    return IssueOutcome((done,), (), tx.change_set)


def find_certificates(
    office: Office, numbers: Sequence[str], *, session_id: int | None = None, cards: bool = False
) -> list[int]:
    """Ids of the office's own certificates in the order of their numbers: by number, all valid ones of a class, or (when
    neither is said) those not printed yet, on A4 or as `cards`.

    Raises UserError for a number that was never given.
    """
    printed = Certificate.card_sha256 if cards else Certificate.pdf_sha256
    with office.db.reading() as session:
        wanted = select(Certificate.id, Certificate.number).where(
            Certificate.origin == "issued", Certificate.retired_at.is_(None)
        )
        if session_id is not None:
            wanted = wanted.where(Certificate.session_id == session_id, Certificate.state == "valid")
        elif numbers:
            wanted = wanted.where(Certificate.number.in_([text.strip() for text in numbers]))
        else:
            wanted = wanted.where(Certificate.state == "valid", printed.is_(None))
        found = session.execute(wanted.order_by(Certificate.serial_year, Certificate.serial_n)).all()
    known = {number for _, number in found}
    if session_id is None and (missing := [text for text in numbers if text.strip() not in known]):
        raise UserError(f"没有编号为“{missing[0]}”的证书。", next_step="请用 list certificate 查看编号。")
    return [row_id for row_id, _ in found]


@dataclass(frozen=True)
class RegisterRow:
    """One number that was given out."""

    number: str
    n: int
    state: str
    name: str
    issued_on: date | None
    reason: str


@dataclass(frozen=True)
class Register:
    """A year's numbers in their order; `gaps` are serials nobody got, which never happens."""

    year: int
    rows: tuple[RegisterRow, ...]
    gaps: tuple[int, ...]


def register(office: Office, year: int) -> Register:
    """Every certificate issued in a year, void and replaced ones included."""
    wanted = select(Certificate).where(Certificate.serial_year == year).order_by(Certificate.serial_n)
    with office.db.reading() as session:
        found = list(session.scalars(wanted))
        counter = session.get(NumberCounter, (_COUNTER, year))
    rows = [
        RegisterRow(one.number, one.serial_n or 0, one.state, one.name, one.issued_on, one.reason or "")
        for one in found
    ]
    taken = range(1, counter.next_n if counter else 1)
    return Register(year, tuple(rows), tuple(sorted(set(taken) - {one.n for one in rows})))


# -- the parts -----------------------------------------------------------------------------------------------------

_Row = tuple[TrainingRecord, Worker, str, str | None]


def _records(session: Session, session_id: int | None, record_ids: Sequence[int] | None) -> list[_Row]:
    """Records with their person, the unit's name and the hash of the person's photo."""
    wanted = (
        select(TrainingRecord, Worker, Organization.name, Attachment.sha256)
        .join(Worker, Worker.id == TrainingRecord.worker_id)
        .outerjoin(Organization, Organization.id == TrainingRecord.enterprise_id)
        .outerjoin(Attachment, Attachment.id == Worker.photo_id)
        .where(TrainingRecord.retired_at.is_(None), Worker.retired_at.is_(None))
        .order_by(Organization.name_order, Worker.name, TrainingRecord.id)
    )
    if session_id is not None:
        held = session.get(TrainingSession, session_id)
        if held is None or held.retired_at is not None:
            raise UserError("这一期培训已不在。", next_step="请刷新列表（F5）。", code="gone")
        wanted = wanted.where(TrainingRecord.session_id == session_id)
    if record_ids is not None:
        wanted = wanted.where(TrainingRecord.id.in_(record_ids))
    found = session.execute(wanted).all()
    return [(record, worker, unit or "", photo) for record, worker, unit, photo in found]


def _problem(record: TrainingRecord, held: Mapping[int | None, str], mark: int) -> str | None:
    if record.session_id is None:
        return "不是本办公室班次的培训记录，不能发证"
    if record.absent or effective(record.passed, record.score, mark) is not True:
        return "没有参加考核" if record.absent or record.score is None else "考核不合格"
    return f"已经发过 {held[record.id]}" if record.id in held else None


def _facts(
    record: TrainingRecord, worker: Worker, unit: str, profile: OfficeProfile, today: date, valid_to: date | None
) -> dict[str, str]:
    """Everything the certificate says besides its number, by placeholder."""
    return {
        "证书名称": KIND,
        "姓名": worker.name,
        "证件号码": mask_identity_number(worker.identity_number),
        "培训开始": chinese_date(record.started_on),
        "培训结束": chinese_date(record.ended_on or record.started_on),
        "培训名称": record.session or KIND,
        "学时": hours_text(halves(record.class_hours)),
        "单位名称": unit,
        "发证日期": chinese_date(today),
        "有效期至": chinese_date(valid_to) if valid_to else "长期",
        "发证单位": profile.office,
    }


def _make(
    tx: Transaction,
    office: Office,
    profile: OfficeProfile,
    facts: dict[str, str],
    papers: Mapping[str, str],
    *,
    photo: str | None,
    record: TrainingRecord,
    worker: Worker,
    valid_to: date | None,
    replaces_id: int | None = None,
) -> Certificate:
    from anjian_desktop.documents.signed_codes import CertificateFacts, private_key, sign_facts  # not at start

    year = office.today.year
    n = next_serial(tx.session, _COUNTER, year)
    number = serial_number(profile.certificate_number, year, n)
    course = facts["培训名称"]
    while len(course.encode("gb18030")) > _COURSE_BYTES:
        course = course[:-1]
    said = CertificateFacts(number, worker.name, facts["证件号码"], course, office.today, valid_to)
    try:
        code = sign_facts(said, private_key(office.db.key))
    except ValueError as problem:
        raise UserError(f"{number}：姓名太长，放不进二维码。", next_step="没有发证，请核对姓名。") from problem
    values: dict[str, Any] = {
        "name": worker.name, "identity_number": worker.identity_number, "certificate_kind": KIND, "item": facts["培训名称"],
        "number": number, "issuer": profile.office, "issued_on": office.today, "valid_from": office.today,
        "valid_to": valid_to, "ends_on": valid_to, "origin": "issued", "state": "valid", "serial_year": year, "serial_n": n,
        "session_id": record.session_id, "record_id": record.id, "snapshot": {**facts, "证书编号": number}, "code": code,
        "photo_sha256": photo, "replaces_id": replaces_id, **papers,
    }  # fmt: skip
    return tx.add(Certificate, values)


def _layouts(tx: Transaction, office: Office) -> dict[str, str]:
    """The layouts used now, which a certificate issued now keeps."""
    return {
        "layout_sha256": layouts.freeze(tx, office.folder, CERTIFICATE),
        "card_layout_sha256": layouts.freeze(tx, office.folder, CARD),
    }


def _valid(tx: Transaction, row_id: int) -> Certificate:
    found = tx.get(Certificate, row_id)
    if found.origin != "issued":
        raise Refused("这本证书不是本办公室发的。", item=found.number, rule="not_ours")
    if found.state != "valid":
        raise Refused("这本证书已经作废或补发过。", item=found.number, rule="not_valid")
    return found


def _reason(text: str) -> str:
    if not text.strip():
        raise UserError("请写明原因。", next_step="没有改动任何证书。")
    return text.strip()[:200]
