"""Units that may stand twice in the roster: same code, same name, or same place and operator; and those that do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import ACTIVE
from anjian_desktop.domain.dates import local_moment
from anjian_desktop.domain.text import name_key
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.organization import Enterprise, Organization
from anjian_desktop.ledgers.unit_merge import DistinctPair
from anjian_desktop.services.office import Office
from anjian_desktop.storage.changes import Change

REASONS = {"code": "统一社会信用代码相同", "name": "名称相同", "place": "地址和经营者相同"}


@dataclass(frozen=True)
class DuplicateUnit:
    """One of the units that look alike, with what tells them apart."""

    id: int
    ledger: str
    name: str
    credit_code: str
    village: str
    address: str
    principal: str
    agreements: int
    """How many agreements in use it has."""


@dataclass(frozen=True)
class DuplicateGroup:
    """Units alike for one reason; `value` is what they have in common."""

    reason: str
    value: str
    units: tuple[DuplicateUnit, ...]

    @property
    def words(self) -> str:
        """The reason as the clerk reads it."""
        return REASONS[self.reason]


@dataclass(frozen=True)
class ToldApart:
    """Two units in use of which the clerk said that they are not the same: when (local time) and who said so."""

    id: int
    first: str
    second: str
    at: datetime
    actor: str


def find_duplicates(office: Office) -> list[DuplicateGroup]:
    """Every group of units in use that look alike, the surest reason first; a group alike for two reasons once. Units told
    apart from all others of their group are left out."""
    with office.db.reading() as session:
        units = _units(session)
        apart: dict[int, set[int]] = {}
        for one, other in session.execute(select(DistinctPair.first_id, DistinctPair.second_id)):
            apart.setdefault(one, set()).add(other)
            apart.setdefault(other, set()).add(one)
        agreements: dict[int, int] = dict(
            session.execute(
                select(Agreement.organization_id, func.count())
                .where(Agreement.state.in_([state.value for state in ACTIVE]), Agreement.retired_at.is_(None))
                .group_by(Agreement.organization_id)
            ).all()
        )
    found: list[DuplicateGroup] = []
    told: set[frozenset[int]] = set()
    for reason, alike in (("code", _by_code(units)), ("name", _by_name(units)), ("place", _by_place(units))):
        for value, alike_units in alike:
            members = _undecided(alike_units, apart)
            ids = frozenset(one.id for one in members)
            if members and ids not in told:
                told.add(ids)
                found.append(DuplicateGroup(reason, value, tuple(_told(one, agreements) for one in members)))
    return found


def tell_apart(office: Office, unit_ids: Sequence[int]) -> Change:
    """These units are not the same, each of them from every other (不是重复). Raises UserError for fewer than two."""
    pairs = list(combinations(sorted(set(unit_ids)), 2))
    if not pairs:
        raise UserError("请选中同一组的两家或几家。")
    with office.db.transaction("标为不是重复", actor=office.actor) as tx:
        names = dict(
            tx.session.execute(
                select(Organization.id, Organization.name).where(Organization.id.in_(sorted(set(unit_ids))))
            ).all()
        )
        if len(names) < len(set(unit_ids)):
            raise UserError("有的单位已不在。", next_step="请刷新后再看。")
        known = set(tx.session.execute(select(DistinctPair.first_id, DistinctPair.second_id)).all())
        for first, second in pairs:
            if (first, second) not in known:
                tx.session.add(DistinctPair(first_id=first, second_id=second, at=tx.now, actor=office.actor))
        tx.note("、".join(f"“{name}”" for name in names.values()), kinds=("duplicates",))
    return tx.change_set


def told_apart(office: Office) -> list[ToldApart]:
    """Every pair told apart whose units are both in use, the newest first."""
    first, second = Organization.__table__.alias("first"), Organization.__table__.alias("second")
    query = (
        select(DistinctPair.id, first.c.name, second.c.name, DistinctPair.at, DistinctPair.actor)
        .join(first, first.c.id == DistinctPair.first_id)
        .join(second, second.c.id == DistinctPair.second_id)
        .where(first.c.retired_at.is_(None), second.c.retired_at.is_(None))
        .order_by(DistinctPair.id.desc())
    )
    with office.db.reading() as session:
        return [ToldApart(row[0], row[1], row[2], local_moment(row[3]), row[4]) for row in session.execute(query)]


def ask_again(office: Office, pair_ids: Sequence[int]) -> Change:
    """Take back that these pairs are not the same: they are shown as possible duplicates again."""
    with office.db.transaction("取消“不是重复”", actor=office.actor) as tx:
        for one in tx.session.scalars(select(DistinctPair).where(DistinctPair.id.in_(pair_ids))):
            names = [tx.session.get_one(Organization, unit).name for unit in (one.first_id, one.second_id)]
            tx.note("、".join(f"“{name}”" for name in names), kinds=("duplicates",))
            tx.session.delete(one)
    return tx.change_set


def pairs_among(office: Office, unit_ids: Sequence[int]) -> list[int]:
    """The pairs told apart among these units, for taking back what was just said."""
    wanted = select(DistinctPair.id).where(DistinctPair.first_id.in_(unit_ids), DistinctPair.second_id.in_(unit_ids))
    with office.db.reading() as session:
        return list(session.scalars(wanted))


def core_name(name: str) -> str:
    """A name as two spellings of it share it: without blanks and brackets, 有限责任公司 as 有限公司.

    What stands inside brackets stays: （东河）店 and （西山）店 are two shops.
    """
    return re.sub(r"[（）()\s·.,，。、\-—]", "", name_key(name)).replace("有限责任公司", "有限公司")


@dataclass(frozen=True, slots=True)
class _Unit:
    id: int
    kind: str
    name: str
    code: str
    village: str
    address: str
    principal: str
    persons: tuple[str, ...]


def _units(session: Session) -> list[_Unit]:
    home = Organization.__table__.alias("home")
    table = Organization.__table__
    own = Enterprise.__table__
    query = (
        select(
            table.c.id, table.c.kind, table.c.name, own.c.credit_code, home.c.name, own.c.address, table.c.principal,
            own.c.operator, own.c.legal_representative,
        )
        .select_from(table.outerjoin(own, own.c.id == table.c.id).outerjoin(home, home.c.id == own.c.village_id))
        .where(table.c.retired_at.is_(None))
        .order_by(table.c.id)
    )  # fmt: skip
    return [
        _Unit(
            row[0], row[1], row[2], row[3] or "", row[4] or "", row[5] or "", row[6] or "",
            tuple({one for one in (row[6], row[7], row[8]) if one}),
        )
        for row in session.execute(query)
    ]  # fmt: skip


def _undecided(members: Sequence[_Unit], apart: Mapping[int, set[int]]) -> list[_Unit]:
    """Those of a group that may still be the same as another of it; `apart`: a unit and those it is not."""
    if not any(one.id in apart for one in members):
        return list(members)
    ids = {one.id for one in members}
    return [one for one in members if len(apart.get(one.id, frozenset()) & ids) < len(ids) - 1]


def _groups(keyed: Iterable[tuple[str, str, _Unit]]) -> list[tuple[str, list[_Unit]]]:
    """(key, shown value, unit) -> the groups of two and more."""
    groups: dict[str, tuple[str, dict[int, _Unit]]] = {}
    for key, value, unit in keyed:
        groups.setdefault(key, (value, {}))[1].setdefault(unit.id, unit)
    return [(value, list(members.values())) for value, members in groups.values() if len(members) > 1]


def _by_code(units: Sequence[_Unit]) -> list[tuple[str, list[_Unit]]]:
    return _groups((one.code, one.code, one) for one in units if one.code)


def _by_name(units: Sequence[_Unit]) -> list[tuple[str, list[_Unit]]]:
    """Two licences are two units, whatever their name."""
    alike = _groups((f"{one.kind} {core_name(one.name)}", one.name, one) for one in units)
    return [(value, members) for value, members in alike if not _all_licensed_apart(members)]


def _by_place(units: Sequence[_Unit]) -> list[tuple[str, list[_Unit]]]:
    keyed = (
        (f"{place} {person}", f"{one.address} · {person}", one)
        for one in units
        if one.kind == "enterprise" and one.persons and len(place := core_name(one.address)) >= 4
        for person in one.persons
    )
    return [(value, members) for value, members in _groups(keyed) if not _all_licensed_apart(members)]


def _all_licensed_apart(members: Sequence[_Unit]) -> bool:
    codes = {one.code for one in members}
    return "" not in codes and len(codes) == len(members)


def _told(unit: _Unit, agreements: dict[int, int]) -> DuplicateUnit:
    return DuplicateUnit(
        unit.id, unit.kind, unit.name, unit.code, unit.village, unit.address, unit.principal, agreements.get(unit.id, 0)
    )
