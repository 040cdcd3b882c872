"""更名: a unit gets another name from a day on; what it was called before is kept and told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.text import tidy_name
from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.organization import Department, Organization
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.ledgers.tenure import FORMER_NAME, FormerName
from anjian_desktop.services import records
from anjian_desktop.services.office import Office
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction


@dataclass(frozen=True)
class NameTerm:
    """What a unit was called, to the last day; `from_on` None: since before it was known."""

    id: int
    name: str
    from_on: date | None
    to_on: date

    @property
    def words(self) -> str:
        """The name with its days."""
        begun = self.from_on.isoformat() if self.from_on else "（起日未记）"
        return f"{self.name}　{begun} 至 {self.to_on.isoformat()}"


def former_names(office: Office, unit_id: int) -> list[NameTerm]:
    """What a unit was called before, the latest first."""
    with office.db.reading() as session:
        return [_as_term(one) for one in _names(session, unit_id)]


def name_on(office: Office, unit_id: int, day: date) -> str:
    """What the unit was called on that day, as far as it is known."""
    for one in reversed(former_names(office, unit_id)):
        if day <= one.to_on:
            return one.name
    with office.db.reading() as session:
        unit = session.get(Organization, unit_id)
        return unit.name if unit is not None else ""


def rename_unit(office: Office, ledger_key: str, unit_id: int, name: str, *, on: date) -> Change:
    """The unit is called `name` from that day on. Signed agreements keep the name they were signed with.

    Raises RecordProblems for an unfit or used name, Refused for a day in the future or before the present name's.
    """
    ledger = ledger_named(ledger_key)
    if not issubclass(ledger, Organization):
        raise UserError("只有单位可以更名。")
    with office.db.transaction("单位更名", actor=office.actor) as tx:
        unit = tx.get(ledger, unit_id)
        old = unit.name
        fit = records.checked(tx.session, ledger, {"name": name}, today=office.today, row_id=unit_id)
        earlier = _names(tx.session, unit_id)
        begun = earlier[0].to_on + timedelta(days=1) if earlier else None
        problem = ""
        if tidy_name(name) == old:
            problem = "新名称和现在的一样"
        elif on > office.today:
            problem = "更名日期不能晚于今天"
        elif begun is not None and on <= begun:
            problem = f"现在的名称从 {begun.isoformat()} 才开始用"
        if problem:
            raise Refused(f"{problem}，没有更名。", item=old, rule="rename", next_step="请改正后再试。")
        tx.session.add(FormerName(organization_id=unit_id, name=old, from_on=begun, to_on=on - timedelta(days=1)))
        values = dict(fit.values)
        if isinstance(unit, Department):
            values |= {"former_name": old, "renamed_on": on}
        tx.change(unit, values)
        tx.note(f"“{old}”从 {on.isoformat()} 起叫“{unit.name}”", kinds=("tenure",))
    return tx.change_set


def take_back_name(office: Office, unit_id: int) -> Change:
    """Undo the latest renaming: the unit has its former name again. Raises UserError when there is none, RecordProblems
    when another unit is called so meanwhile."""
    with office.db.transaction("撤销更名", actor=office.actor) as tx:
        unit = tx.get(Organization, unit_id)
        earlier = _names(tx.session, unit_id)
        if not earlier:
            raise UserError("这个单位没有曾用名。")
        fit = records.checked(tx.session, type(unit), {"name": earlier[0].name}, today=office.today, row_id=unit_id)
        values = dict(fit.values)
        if isinstance(unit, Department):
            before = earlier[1] if len(earlier) > 1 else None
            values |= {
                "former_name": before.name if before else None,
                "renamed_on": before.to_on + timedelta(days=1) if before else None,
            }
        tx.session.delete(earlier[0])
        tx.change(unit, values)
        tx.note(f"“{unit.name}”", kinds=("tenure",))
    return tx.change_set


def correct_name(office: Office, name_id: int, *, name: str, from_on: date | None, to_on: date) -> Change:
    """Put right a former name and its days; the unit's history tells what it was. Raises Refused."""
    with office.db.transaction("更正曾用名", actor=office.actor) as tx:
        found = _one(tx.session, name_id)
        before = _as_term(found).words
        tidied = tidy_name(name)
        problem = ""
        if not 2 <= len(tidied) <= 60:
            problem = "名称应为2到60个字"
        elif from_on is not None and from_on > to_on:
            problem = "起日在止日之后"
        elif to_on >= office.today:
            problem = "止日应在今天之前"
        elif any(
            one.to_on >= (from_on or date.min) and (one.from_on or date.min) <= to_on
            for one in _names(tx.session, found.organization_id)
            if one.id != found.id
        ):
            problem = "和另一个曾用名的时间重叠"
        if problem:
            raise Refused(f"{problem}，没有保存。", item=found.name, rule="term", next_step="请改正后再保存。")
        found.name, found.from_on, found.to_on = tidied, from_on, to_on
        _tell(tx, found, before, _as_term(found).words)
    return tx.change_set


def remove_name(office: Office, name_id: int) -> Change:
    """Take out a former name that never was one."""
    with office.db.transaction("去掉曾用名", actor=office.actor) as tx:
        found = _one(tx.session, name_id)
        _tell(tx, found, _as_term(found).words, None)
        tx.session.delete(found)
    return tx.change_set


def _tell(tx: Transaction, found: FormerName, before: str, after: str | None) -> None:
    tx.tell(tx.get(Organization, found.organization_id), FORMER_NAME, before, after)
    tx.note(after or before, kinds=("tenure",))


def _names(session: Session, unit_id: int) -> list[FormerName]:
    wanted = select(FormerName).where(FormerName.organization_id == unit_id).order_by(FormerName.to_on.desc())
    return list(session.scalars(wanted))


def _one(session: Session, name_id: int) -> FormerName:
    found = session.get(FormerName, name_id)
    if found is None:
        raise UserError("这条曾用名已不在。", next_step="请刷新（F5）。")
    return found


def _as_term(one: FormerName) -> NameTerm:
    return NameTerm(one.id, one.name, one.from_on, one.to_on)
