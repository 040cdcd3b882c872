"""Who answered for safety in a unit, and from which day to which: the present ones and those before, put right by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from anjian_desktop.domain.identity import mask_phone, phone_problem, tidy_phone
from anjian_desktop.domain.kinds import UNIT_ROLES
from anjian_desktop.domain.text import tidy
from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.fields import SEPARATOR
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.ledgers.tenure import TERM, Tenure, date_changes
from anjian_desktop.services.office import Office
from anjian_desktop.storage.changes import Change


@dataclass(frozen=True)
class Holder:
    """One holder of one role. `id` None: the present one, whose `to_on` is None; `from_on` None: since before it was
    known. `phone` is masked in `shown_phone`."""

    id: int | None
    role: str
    label: str
    name: str
    phone: str
    from_on: date | None
    to_on: date | None

    @property
    def shown_phone(self) -> str:
        """The phone for lists."""
        return SEPARATOR.join(mask_phone(one) for one in self.phone.split(SEPARATOR)) if self.phone else ""

    @property
    def term(self) -> str:
        """自何日至何日 in words."""
        begun = self.from_on.isoformat() if self.from_on else "（起日未记）"
        return f"{begun} 起" if self.to_on is None else f"{begun} 至 {self.to_on.isoformat()}"


def holders(office: Office, unit_id: int) -> list[Holder]:
    """Everybody known to have held a role in a unit: role by role, the present holder first, then backwards."""
    with office.db.reading() as session:
        return read_holders(session, unit_id)


def principal_on(office: Office, unit_id: int, day: date, *, role: str = "principal") -> Holder | None:
    """Who held the role on that day; None when nobody did or nobody knows."""
    for one in holders(office, unit_id):
        begun = one.from_on is None or one.from_on <= day
        if one.role == role and begun and (one.to_on is None or day <= one.to_on):
            return one
    return None


def unit_roles(ledger_key: str) -> tuple[tuple[str, str], ...]:
    """The roles a unit of that ledger has: key and what the clerk calls it."""
    ledger = ledger_named(ledger_key)
    called = {} if hasattr(ledger, "credit_code") else {"principal": "负责人"}
    return tuple((role, called.get(role, label)) for role, label in UNIT_ROLES.items() if hasattr(ledger, role))


@dataclass(frozen=True)
class Term:
    """What the clerk says of an earlier holder; `from_on` None: since before it was known."""

    role: str
    name: str
    phone: str
    from_on: date | None
    to_on: date

    @property
    def words(self) -> str:
        """As the unit's history tells it, the phone masked."""
        begun = self.from_on.isoformat() if self.from_on else "（起日未记）"
        return f"{UNIT_ROLES[self.role]} {self.name}　{begun} 至 {self.to_on.isoformat()}"


def read_term(office: Office, tenure_id: int) -> Term:
    """An earlier holder as it is kept."""
    with office.db.reading() as session:
        return _as_term(_tenure(session, tenure_id))


def add_term(office: Office, unit_id: int, term: Term) -> int:
    """Note an earlier holder nobody noted at the time. Raises Refused as `correct_term`."""
    with office.db.transaction("补记任职", actor=office.actor) as tx:
        unit = tx.get(Organization, unit_id)
        made = Tenure(organization_id=unit_id, **_checked(tx.session, unit_id, term, None, office.today))
        tx.session.add(made)
        tx.session.flush()
        tx.tell(unit, TERM, None, _as_term(made).words)
        tx.note(_as_term(made).words, kinds=("tenure",))
        return made.id


def correct_term(office: Office, tenure_id: int, term: Term) -> Change:
    """Put right what is kept of an earlier holder; the unit's history tells what it was. Raises Refused when the days run
    backwards, are not over yet, or overlap another's."""
    with office.db.transaction("更正任职", actor=office.actor) as tx:
        found = _tenure(tx.session, tenure_id)
        before = _as_term(found)
        for name, value in _checked(tx.session, found.organization_id, term, found.id, office.today).items():
            setattr(found, name, value)
        tx.tell(tx.get(Organization, found.organization_id), TERM, before.words, _as_term(found).words)
        tx.note(_as_term(found).words, kinds=("tenure",))
    return tx.change_set


def remove_term(office: Office, tenure_id: int) -> Change:
    """Take out an earlier holder who never was one (a name written wrongly and corrected)."""
    with office.db.transaction("去掉任职记录", actor=office.actor) as tx:
        found = _tenure(tx.session, tenure_id)
        words = _as_term(found).words
        tx.tell(tx.get(Organization, found.organization_id), TERM, words, None)
        tx.note(words, kinds=("tenure",))
        tx.session.delete(found)
    return tx.change_set


def _as_term(found: Tenure) -> Term:
    return Term(found.role, found.name, found.phone or "", found.from_on, found.to_on)


def _checked(session: Session, unit_id: int, term: Term, tenure_id: int | None, today: date) -> dict[str, Any]:
    """A term fit to be kept, by column; Refused with the words why it is not."""
    name = tidy(term.name)
    problem = ""
    if term.role not in UNIT_ROLES or not 1 <= len(name) <= 40:
        problem = "请填职责和姓名（最多40个字）"
    elif term.from_on is not None and term.from_on > term.to_on:
        problem = "起日在止日之后"
    elif term.to_on >= today:
        problem = "止日应在今天之前；现任的请在“资料”里填"
    numbers = [tidy_phone(one) for one in term.phone.split(SEPARATOR) if tidy(one)]
    problem = problem or next((told for one in numbers if (told := phone_problem(one))), "")
    if problem:
        raise Refused(f"{problem}，没有保存。", item=name, rule="term", next_step="请改正后再保存。")
    others = select(Tenure).where(
        Tenure.organization_id == unit_id, Tenure.role == term.role, Tenure.id != (tenure_id or 0)
    )
    for other in session.scalars(others):
        if other.to_on >= (term.from_on or date.min) and (other.from_on or date.min) <= term.to_on:
            raise Refused(
                f"与“{other.name}”的任职时间重叠，没有保存。", item=name, rule="overlap", next_step="请先改那一条。"
            )
    return {
        "role": term.role, "name": name, "phone": SEPARATOR.join(numbers) or None, "from_on": term.from_on,
        "to_on": term.to_on,
    }  # fmt: skip


def note_principal_day(record: Organization, values: dict[str, Any], today: date) -> None:
    """A new principal is so from today unless the clerk says since when; those of other roles change today."""
    session = object_session(record)
    if session is not None:
        date_changes(session, today)
    if values.get("principal", record.principal) == record.principal or not record.principal:
        return
    if values.get("principal_since") in (None, record.principal_since):
        values["principal_since"] = today if values["principal"] else None


def date_values(values: dict[str, Any], today: date) -> None:
    """What an import changes of a unit's state or principal dates from today unless the file says otherwise."""
    if "status" in values:
        values.setdefault("status_changed_on", today)
    if values.get("principal"):
        values.setdefault("principal_since", today)


def read_holders(session: Session, unit_id: int) -> list[Holder]:
    """As `holders`, inside a transaction that is already open."""
    unit = session.get(Organization, unit_id)
    if unit is None:
        raise UserError("这个单位已不在。", next_step="请刷新列表（F5）。")
    earlier = list(
        session.scalars(select(Tenure).where(Tenure.organization_id == unit_id).order_by(Tenure.to_on.desc()))
    )
    found: list[Holder] = []
    for role, label in UNIT_ROLES.items():
        if not hasattr(unit, role):
            continue
        label = label if hasattr(unit, "credit_code") else "负责人"
        mine = [one for one in earlier if one.role == role]
        if name := getattr(unit, role):
            since = unit.principal_since if role == "principal" else None
            if since is None and mine:
                since = mine[0].to_on + timedelta(days=1)
            found.append(Holder(None, role, label, name, getattr(unit, f"{role}_phone", None) or "", since, None))
        found.extend(_earlier(mine, label))
    return found


def _earlier(tenures: Iterable[Tenure], label: str) -> Iterable[Holder]:
    for one in tenures:
        yield Holder(one.id, one.role, label, one.name, one.phone or "", one.from_on, one.to_on)


def _tenure(session: Session, tenure_id: int) -> Tenure:
    found = session.get(Tenure, tenure_id)
    if found is None:
        raise UserError("这条任职记录已不在。", next_step="请刷新（F5）。")
    return found
