"""The year's agreements before and after paper: draft, void, terminate, supersede, renew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import (
    ACTIVE,
    GROUPS,
    HAS_BEEN_ISSUED,
    KINDS,
    STATE_LABELS,
    AgreementKind,
    State,
    calendar_year,
)
from anjian_desktop.domain.kinds import IN_OPERATION
from anjian_desktop.domain.numbering import parse_numbers
from anjian_desktop.domain.text import tidy
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.agreement import Agreement, Campaign
from anjian_desktop.ledgers.organization import Enterprise, Organization
from anjian_desktop.ledgers.template import Template
from anjian_desktop.services.browse import Condition, Query, select_ids
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import OfficeProfile, read_profile
from anjian_desktop.services.outcomes import NOTHING_CHANGED, ActOutcome, RefusedItem
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction


@dataclass(frozen=True)
class LeftOut:
    """A unit that gets no agreement by rule, and why."""

    id: int
    name: str
    reason: str


@dataclass(frozen=True)
class DraftOutcome:
    """How many were drafted, had one already, were left out by rule."""

    year: int
    kind: str
    drafted: int = 0
    existing: int = 0
    left_out: tuple[LeftOut, ...] = ()
    ids: tuple[int, ...] = ()
    change: Change = field(default=NOTHING_CHANGED)


@dataclass(frozen=True)
class DraftRequest:
    """What to draft; what is None comes from the year's campaign, the office or the calendar year."""

    year: int
    kind: str
    where: tuple[Condition, ...] = ()
    ids: tuple[int, ...] | None = None
    deadline: date | None = None
    period_from: date | None = None
    period_to: date | None = None
    copies: int | None = None
    template: str | None = None


def kinds_of(name: str) -> tuple[AgreementKind, ...]:
    """The kinds a group (`enterprise`) or a code (`Z5`) stands for. Raises UserError."""
    codes = GROUPS.get(name) or ((name.upper(),) if name.upper() in KINDS else ())
    if not codes:
        known = "、".join((*GROUPS, *KINDS))
        raise UserError(f"没有“{name}”这一类责任书。", next_step=f"可用：{known}。")
    return tuple(KINDS[code] for code in codes)


def draft(office: Office, request: DraftRequest, *, step: Step = no_step) -> DraftOutcome:
    """Draft an agreement for every due unit that has none in use. Raises UserError on an unusable request."""
    with office.db.transaction("起草责任书", actor=office.actor) as tx:
        outcome = _draft(tx, request, today=office.today, step=step)
    return DraftOutcome(
        outcome.year, outcome.kind, outcome.drafted, outcome.existing, outcome.left_out, outcome.ids, tx.change_set
    )


def preview_draft(office: Office, request: DraftRequest) -> DraftOutcome:
    """The counts `draft` would give; nothing is written."""
    with office.db.reading() as session:
        plan = _plan(session, request, read_profile(session), today=office.today)
    return DraftOutcome(request.year, request.kind, len(plan.rows), plan.existing, tuple(plan.left_out))


def renew(office: Office, *, from_year: int, to_year: int | None = None, step: Step = no_step) -> DraftOutcome:
    """Draft next year's agreements for every kind that was signed in `from_year`; no date or signer is copied."""
    year = to_year or from_year + 1
    if year <= from_year:
        raise UserError("续签的年度应在原年度之后。")
    with office.db.transaction("续签责任书", actor=office.actor) as tx:
        kinds = list(
            tx.session.scalars(
                select(Agreement.kind).where(Agreement.year == from_year, Agreement.retired_at.is_(None)).distinct()
            )
        )
        if not kinds:
            raise UserError(f"{from_year} 年度没有责任书可续签。", next_step="请先起草该年度的责任书，或换一个年度。")
        parts = [_draft(tx, DraftRequest(year, kind), today=office.today, step=step) for kind in sorted(kinds)]
    return DraftOutcome(
        year,
        "、".join(sorted(kinds)),
        sum(part.drafted for part in parts),
        sum(part.existing for part in parts),
        tuple(one for part in parts for one in part.left_out),
        tuple(one for part in parts for one in part.ids),
        tx.change_set,
    )


def void(office: Office, ids: Sequence[int], *, reason: str) -> ActOutcome:
    """Void agreements: the number is kept and never used again, the unit is due again."""
    return _end(office, ids, State.VOID, "作废责任书", ACTIVE, reason=reason, on=office.today)


def terminate(office: Office, ids: Sequence[int], *, on: date, reason: str) -> ActOutcome:
    """End agreements before their time; they were in force until `on`."""
    return _end(office, ids, State.TERMINATED, "提前终止责任书", HAS_BEEN_ISSUED, reason=reason, on=on)


def supersede(office: Office, id: int, *, on: date, by: str | None = None, reason: str = "") -> ActOutcome:
    """Replace an agreement from `on` by a new draft: the old one ends the day before. `by` is the unit's new principal."""
    with office.db.transaction("换人重签责任书", actor=office.actor) as tx:
        old = tx.get(Agreement, id)
        if problem := _supersede_problem(old, on):
            return ActOutcome(refused=(RefusedItem(name_of(tx.session, old), "supersede", problem),))
        unit = tx.get(Organization, old.organization_id)
        if by and tidy(by) != (unit.principal or ""):
            tx.change(unit, {"principal": tidy(by)})
        tx.change(
            old,
            {
                "state": State.SUPERSEDED.value,
                "ended_on": on - timedelta(days=1),
                "reason": tidy(reason) or "负责人变更",
            },
        )
        new = tx.add(
            Agreement,
            {
                "year": old.year,
                "kind": old.kind,
                "organization_id": old.organization_id,
                "state": State.DRAFTED.value,
                "period_from": on,
                "period_to": old.period_to,
                "copies": old.copies,
                "deadline": old.deadline,
                "template": old.template,
                "drafted_on": office.today,
                "supersedes_id": old.id,
                "revision": old.revision + 1,
            },
        )
        made = new.id
    return ActOutcome(done=(made,), change=tx.change_set)


def find_numbers(office: Office, texts: Sequence[str], *, year: int | None) -> list[int]:
    """Ids of the agreements with these numbers, in the order given. Raises UserError naming the unknown ones."""
    wanted = parse_numbers(texts, year=year)
    with office.db.reading() as session:
        prefix = read_profile(session).prefix
        found = []
        unknown = []
        for given, in_year, n in wanted:
            rows = session.execute(
                select(Agreement.id, Agreement.number_prefix).where(
                    Agreement.number_year == in_year, Agreement.number_n == n
                )
            ).all()
            fitting = [row for row in rows if row.number_prefix == (given or prefix)] or ([] if given else list(rows))
            if fitting:
                found.append(fitting[0].id)
            else:
                unknown.append(f"{given or prefix}〔{in_year}〕{n}号")
    if unknown:
        listed = "、".join(unknown[:5]) + (f" 等{len(unknown)}个" if len(unknown) > 5 else "")
        raise UserError(f"没有这些编号的责任书：{listed}。", next_step="没有改动任何内容，请核对编号和年度。")
    return found


def name_of(session: Session, agreement: Agreement) -> str:
    """How an agreement is called in messages: its number, or its unit's name while it is a draft."""
    if agreement.number:
        return agreement.number
    return session.scalar(select(Organization.name).where(Organization.id == agreement.organization_id)) or ""


# -- drafting ----------------------------------------------------------------------------------------------------


@dataclass
class _Plan:
    rows: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    existing: int = 0
    deadlines: dict[str, date] = field(default_factory=dict)


def _draft(tx: Transaction, request: DraftRequest, *, today: date, step: Step) -> DraftOutcome:
    plan = _plan(tx.session, request, read_profile(tx.session), today=today)
    step(0, len(plan.rows), "")
    for kind, deadline in plan.deadlines.items():
        _set_deadline(tx, request.year, kind, deadline)
    made = tx.add_many(Agreement, plan.rows) if plan.rows else []
    step(len(plan.rows), len(plan.rows), "")
    return DraftOutcome(request.year, request.kind, len(made), plan.existing, tuple(plan.left_out), tuple(made))


def _plan(session: Session, request: DraftRequest, profile: OfficeProfile, *, today: date) -> _Plan:
    _check_request(session, request)
    plan = _Plan()
    for kind in kinds_of(request.kind):
        deadline = (
            request.deadline
            or _campaign_deadline(session, request.year, kind.code)
            or profile.deadline_in(request.year)
        )
        plan.deadlines[kind.code] = deadline
        first, last = calendar_year(request.year)
        common = {
            "year": request.year,
            "kind": kind.code,
            "state": State.DRAFTED.value,
            "period_from": request.period_from or first,
            "period_to": request.period_to or last,
            "copies": request.copies or profile.copies,
            "deadline": deadline,
            "template": request.template or kind.code,
            "drafted_on": today,
        }
        taken = set(
            session.scalars(
                select(Agreement.organization_id).where(
                    Agreement.year == request.year,
                    Agreement.kind == kind.code,
                    Agreement.state.in_([s.value for s in ACTIVE]),
                    Agreement.retired_at.is_(None),
                )
            )
        )
        for unit_id, name, status in _units(session, kind, request, today):
            if unit_id in taken:
                plan.existing += 1
            elif status != IN_OPERATION:
                plan.left_out.append(LeftOut(unit_id, name, f"经营状态为{status}"))
            else:
                plan.rows.append({**common, "organization_id": unit_id})
    return plan


def _check_request(session: Session, request: DraftRequest) -> None:
    from anjian_desktop.documents.templates import (
        shipped_templates,
    )  # opens the template folder: not on the start-up path

    if not 2000 <= request.year <= 2199:
        raise UserError(f"年度 {request.year} 不合理。", next_step="请写成四位年份，例如 2026。")
    if request.copies is not None and not 1 <= request.copies <= 20:
        raise UserError("份数应在1到20之间。")
    if request.period_from and request.period_to and request.period_from > request.period_to:
        raise UserError("期限起不能晚于期限止。")
    if request.template is not None:
        own = {row.name: row.kind for row in session.execute(
            select(Template.name, Template.kind).where(Template.retired_at.is_(None)))}  # fmt: skip
        kinds = {**{code: code for code in shipped_templates()}, **own}
        if request.template not in kinds:
            raise UserError(f"没有叫“{request.template}”的模板。", next_step=f"现有：{'、'.join(kinds)}。")
        wrong = [one.label for one in kinds_of(request.kind) if kinds[request.template] != one.code]
        if wrong and request.template in own:
            raise UserError(
                f"模板“{request.template}”不是{wrong[0]}的模板。", next_step="没有起草，请换一个模板或类别。"
            )


def _units(session: Session, kind: AgreementKind, request: DraftRequest, today: date) -> list[tuple[int, str, str]]:
    """(id, name, operating state) of the units the request speaks of, in roster order."""
    wanted = set(select_ids(session, Query(kind.party, where=request.where), today=today))
    if request.ids is not None:
        wanted &= set(request.ids)
    if kind.party == "enterprise":
        found = session.execute(select(Enterprise.id, Enterprise.name, Enterprise.status).order_by(Enterprise.id))
        return [(row.id, row.name, row.status) for row in found if row.id in wanted]
    others = session.execute(
        select(Organization.id, Organization.name).where(Organization.kind == kind.party).order_by(Organization.id)
    )
    return [(row.id, row.name, IN_OPERATION) for row in others if row.id in wanted]


def _campaign_deadline(session: Session, year: int, kind: str) -> date | None:
    return session.scalar(select(Campaign.deadline).where(Campaign.year == year, Campaign.kind == kind))


def _set_deadline(tx: Transaction, year: int, kind: str, deadline: date) -> None:
    """Remember the year's deadline; drafts not yet on paper follow it."""
    campaign = tx.session.scalar(select(Campaign).where(Campaign.year == year, Campaign.kind == kind))
    if campaign is None:
        tx.session.add(Campaign(year=year, kind=kind, deadline=deadline))
    elif campaign.deadline != deadline:
        campaign.deadline = deadline
        drafts = tx.session.scalars(
            select(Agreement.id).where(
                Agreement.year == year, Agreement.kind == kind, Agreement.state == State.DRAFTED.value
            )
        )
        tx.change_many(Agreement, [(one, {"deadline": deadline}) for one in drafts])


# -- ending ------------------------------------------------------------------------------------------------------


def _end(
    office: Office, ids: Sequence[int], state: State, action: str, allowed: frozenset[State], *, reason: str, on: date
) -> ActOutcome:
    if not tidy(reason):
        raise UserError(f"{action}要写明原因。", next_step="没有改动任何内容。")
    done: list[int] = []
    refused: list[RefusedItem] = []
    with office.db.transaction(action, actor=office.actor) as tx:
        for row_id in ids:
            agreement = tx.get(Agreement, row_id)
            name = name_of(tx.session, agreement)
            if agreement.stored_state not in allowed:
                refused.append(
                    RefusedItem(
                        name,
                        state.value,
                        f"{STATE_LABELS[agreement.stored_state]}，不能{action.removesuffix('责任书')}",
                    )
                )
            elif state is State.TERMINATED and not agreement.period_from <= on <= agreement.period_to:
                refused.append(RefusedItem(name, state.value, f"终止日期 {on} 不在责任期限内"))
            else:
                tx.change(agreement, {"state": state.value, "ended_on": on, "reason": tidy(reason)})
                done.append(row_id)
    return ActOutcome(tuple(done), tuple(refused), tx.change_set)


def _supersede_problem(old: Agreement, on: date) -> str | None:
    if old.stored_state not in HAS_BEEN_ISSUED:
        return f"{STATE_LABELS[old.stored_state]}，不能换人重签"
    if not old.period_from < on <= old.period_to:
        return f"新责任书的起始日 {on} 不在原责任期限 {old.period_from} 至 {old.period_to} 内"
    return None
