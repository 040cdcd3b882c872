"""Who answered for safety in a unit, and from which day to which: the present ones and those before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from anjian_desktop.domain.identity import mask_phone
from anjian_desktop.domain.kinds import UNIT_ROLES
from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.fields import SEPARATOR
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.ledgers.tenure import Tenure, date_changes
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


def correct_term(office: Office, tenure_id: int, *, from_on: date | None, to_on: date) -> Change:
    """Put right the days of an earlier holder. Raises Refused when they run backwards or overlap another's."""
    with office.db.transaction("更正任职起止", actor=office.actor) as tx:
        found = _tenure(tx.session, tenure_id)
        if from_on is not None and from_on > to_on:
            raise Refused("起日在止日之后，没有保存。", item=found.name, rule="term", next_step="请改正后再保存。")
        others = select(Tenure).where(
            Tenure.organization_id == found.organization_id, Tenure.role == found.role, Tenure.id != found.id
        )
        for other in tx.session.scalars(others):
            if other.to_on >= (from_on or date.min) and (other.from_on or date.min) <= to_on:
                raise Refused(
                    f"与“{other.name}”的任职时间重叠，没有保存。",
                    item=found.name,
                    rule="overlap",
                    next_step="请先改那一条。",
                )
        found.from_on, found.to_on = from_on, to_on
        tx.note(f"{UNIT_ROLES[found.role]} {found.name}", kinds=("tenure",))
    return tx.change_set


def remove_term(office: Office, tenure_id: int) -> Change:
    """Take out an earlier holder who never was one (a name written wrongly and corrected)."""
    with office.db.transaction("去掉任职记录", actor=office.actor) as tx:
        found = _tenure(tx.session, tenure_id)
        tx.note(f"{UNIT_ROLES[found.role]} {found.name}", kinds=("tenure",))
        tx.session.delete(found)
    return tx.change_set


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
