"""Which certificates end soon, which are in doubt, what to apply for by when: the expiry board and the reminders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Integer, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from anjian_desktop.domain.certificate_kinds import KINDS, Use, kind_named
from anjian_desktop.domain.certificate_rules import (
    BANDS,
    EXPIRY_LABELS,
    LAPSED,
    CertificateYear,
    ExpiryState,
    Lead,
    certificate_years,
    expiry_state,
    is_lapsed,
    lead_said,
    needs_re_examination,
)
from anjian_desktop.domain.training import Role, hours_text
from anjian_desktop.domain.training_hours import required_annual
from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.ledgers.training import TrainingRecord
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services.code_tables import in_force
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import read_profile

LEAD_DAYS = 90
"""So far ahead the board looks unless asked otherwise or the office's bands (T4) reach further."""


@dataclass(frozen=True)
class BoardProblem:
    """What is wrong or odd about a certificate, by which rule; `half_hours` is what is missing, if hours are."""

    rule: str
    severity: str
    text: str
    half_hours: int | None = None


@dataclass(frozen=True)
class BoardRow:
    """One certificate on the board. `days` until the end (negative: over); `lapsed` puts it among the expired (T11)."""

    id: int
    name: str
    identity_number: str
    worker_id: int | None
    enterprise: str
    certificate_kind: str
    item: str
    number: str
    valid_from: date | None
    valid_to: date
    days: int
    state: ExpiryState
    lapsed: bool
    apply_by: date | None
    renewable: bool | None
    """Whether the yearly training of a manager's certificate is complete; None where no such rule stands (T13)."""
    years: tuple[CertificateYear, ...]
    problems: tuple[BoardProblem, ...]

    @property
    def state_text(self) -> str:
        """The state in words."""
        return LAPSED if self.lapsed else EXPIRY_LABELS[self.state]


@dataclass(frozen=True)
class Board:
    """All certificates that end within the days asked for, and the counts of all."""

    as_of: date
    counts: dict[str, int]
    rows: tuple[BoardRow, ...]
    bands: tuple[int, int, int] = BANDS
    """Days before the end that are 红, 橙, 黄 here."""


@dataclass(frozen=True)
class Reminder:
    """Something that falls due: what, how many, by when, and the list that shows exactly these."""

    kind: str
    text: str
    count: int
    due_on: date | None
    ledger: str
    where: tuple[str, ...]


def expiring(office: Office, *, days: int | None = None) -> Board:
    """The board: every valid certificate, counted by state; those within `days`, over, or in doubt as rows, nearest first."""
    with office.db.reading() as session:
        bands = read_profile(session).expiry_days
        rows = board_rows(session, today=office.today)
    if days is None:
        days = max(LEAD_DAYS, bands[-1])
    counts = {state.value: 0 for state in ExpiryState}
    for one in rows:
        counts[one.state.value] += 1
    told = [one for one in rows if one.days <= days or one.lapsed or one.problems]
    return Board(office.today, counts, tuple(told), bands)


def reminders(office: Office, *, days: int | None = None) -> list[Reminder]:
    """What has to be done about certificates, by kind and urgency; each equals the query it names."""
    board = expiring(office, days=days)
    if days is None:
        days = max(LEAD_DAYS, board.bands[-1])
    near = (ExpiryState.RED, ExpiryState.ORANGE, ExpiryState.YELLOW)
    texts = [(state, f"证书{band}天内到期") for state, band in zip(near, board.bands, strict=True)]
    found = []
    for state, text in ((ExpiryState.EXPIRED, "证书已过期"), *texts):
        of_state = [one for one in board.rows if one.state is state and not one.lapsed and one.days <= days]
        if of_state:
            ends = [one.valid_to for one in of_state]
            where = (f"到期日>={min(ends)}", f"到期日<={max(ends)}")
            found.append(Reminder(f"certificate_{state.value}", text, len(of_state), min(ends), "certificate", where))
    if lapsed := [one for one in board.rows if one.lapsed]:
        found.append(Reminder("certificate_lapsed", f"特种作业操作证{LAPSED}", len(lapsed), None, "certificate", ()))
    if due := [
        one
        for one in board.rows
        if one.apply_by and office.today <= one.apply_by <= office.today + timedelta(days=days)
    ]:
        first = min(one.apply_by for one in due if one.apply_by)
        found.append(Reminder("certificate_apply", "应申请换证", len(due), first, "certificate", ()))
    return found


def board_rows(session: Session, *, today: date) -> list[BoardRow]:
    """Every valid certificate with an end, the newest of each person, kind and item only; the nearest end first."""
    wanted = (
        select(Certificate, Worker.id, Enterprise.name, Worker.role, Enterprise.flags)
        .outerjoin(Worker, (Worker.identity_number == Certificate.identity_number) & Worker.retired_at.is_(None))
        .outerjoin(Enterprise, Enterprise.id == Worker.enterprise_id)
        .where(
            Certificate.retired_at.is_(None), Certificate.state == "valid", Certificate.ends_on.is_not(None),
            or_(Worker.id.is_(None), Worker.left_on.is_(None), Worker.left_on > today),
        )
        .order_by(Certificate.ends_on, Certificate.id)
    )  # fmt: skip
    newest: dict[tuple[str, str, str], BoardRow] = {}
    rules = _Rules(today, read_profile(session).expiry_days, leads(session, today), _yearly_hours(session))
    for one, worker_id, enterprise, role, flags in session.execute(wanted):
        row = _row(one, worker_id, enterprise or "", role, frozenset(flags or ()), rules)
        newest[one.identity_number, one.certificate_kind, one.item or ""] = row
    return sorted(newest.values(), key=lambda one: (one.valid_to, one.id))


@dataclass(frozen=True)
class _Rules:
    """What a row is judged by: the day, the office's bands, the code table's lead times, hours trained by person."""

    today: date
    bands: tuple[int, int, int]
    leads: Mapping[str, Lead]
    hours: Mapping[int, list[tuple[date, int]]]


def leads(session: Session, today: date) -> dict[str, Lead]:
    """How long before the end to apply, by kind, as the code table in force says; the program's own where it says nothing."""
    own = ((one.label, Lead(one.apply_months, one.apply_days)) for one in KINDS)
    found = {label: lead for label, lead in own if lead.is_any}
    for word in in_force(session, {"certificate_kind"}, today).get("certificate_kind", ()):
        found.pop(word.code, None)
        if (said := lead_said(word.threshold)) is not None:
            found[word.code] = said
    return found


def _row(
    one: Certificate,
    worker_id: int | None,
    enterprise: str,
    role: str | None,
    flags: frozenset[str],
    rules: _Rules,
) -> BoardRow:
    kind, today = kind_named(one.certificate_kind), rules.today
    assert one.ends_on is not None
    start = one.valid_from or one.issued_on
    lapsed = needs_re_examination(kind) and start is not None and is_lapsed(start, one.re_examined_on, today=today)
    state = ExpiryState.EXPIRED if lapsed else expiry_state(one.ends_on, today=today, bands=rules.bands)
    problems = []
    if lapsed:
        problems.append(BoardProblem("T11", "error", f"{LAPSED}：应在2026-06-01前复审，没有复审日期"))
    years: tuple[CertificateYear, ...] = ()
    if kind is not None and kind.use is Use.MANAGER and start is not None and worker_id is not None:
        manager = Role(role) if role in (Role.PRINCIPAL, Role.SAFETY_OFFICER) else Role.SAFETY_OFFICER
        needed = required_annual(manager, flags, on=today) or 0
        years = tuple(certificate_years(start, one.ends_on, rules.hours.get(worker_id, ()), required=needed))
        problems.extend(_year_problems(years, today))
    lead = rules.leads.get(kind.label if kind else one.certificate_kind)
    by = lead.before(one.ends_on) if lead else None
    return BoardRow(
        one.id, one.name, one.identity_number, worker_id, enterprise, one.certificate_kind, one.item or "", one.number,
        start, one.ends_on, (one.ends_on - today).days, state, lapsed, by,
        all(year.short == 0 for year in years) if years else None, years, tuple(problems),
    )  # fmt: skip


def _year_problems(years: tuple[CertificateYear, ...], today: date) -> list[BoardProblem]:
    """Years that are over and short (T13): the certificate cannot be extended as it stands."""
    found = []
    for year in years:
        if year.short and year.last < today:
            told = (
                f"第{year.number}个证书年度（{year.first}至{year.last}）{hours_text(year.half_hours)}学时，"
                f"差{hours_text(year.short)}，延期条件不满足"
            )
            found.append(BoardProblem("T13", "error", told, year.short))
    return found


def _yearly_hours(session: Session) -> dict[int, list[tuple[date, int]]]:
    """When and how long managers were trained, by person; failed and missed trainings do not count."""
    found: dict[int, list[tuple[date, int]]] = {}
    wanted = (
        select(
            TrainingRecord.worker_id,
            func.coalesce(TrainingRecord.ended_on, TrainingRecord.started_on),
            type_coerce(TrainingRecord.class_hours, Integer),
        )
        .join(Worker, Worker.id == TrainingRecord.worker_id)
        .where(
            TrainingRecord.retired_at.is_(None),
            Worker.role.in_([Role.PRINCIPAL.value, Role.SAFETY_OFFICER.value]),
            or_(TrainingRecord.absent.is_(None), ~TrainingRecord.absent),
            or_(TrainingRecord.passed.is_(None), TrainingRecord.passed.is_(True)),
        )
    )
    for worker_id, day, half_hours in session.execute(wanted):
        found.setdefault(worker_id, []).append((day, half_hours))
    return found
