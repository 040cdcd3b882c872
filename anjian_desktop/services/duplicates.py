"""Units that may stand twice in the roster: same code, same name, or same place and operator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import ACTIVE
from anjian_desktop.domain.text import name_key
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.organization import Enterprise, Organization
from anjian_desktop.services.office import Office

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


def find_duplicates(office: Office) -> list[DuplicateGroup]:
    """Every group of units in use that look alike, the surest reason first; a group alike for two reasons once."""
    with office.db.reading() as session:
        units = _units(session)
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
        for value, members in alike:
            ids = frozenset(one.id for one in members)
            if ids not in told:
                told.add(ids)
                found.append(DuplicateGroup(reason, value, tuple(_told(one, agreements) for one in members)))
    return found


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
        (f"{core_name(one.address)} {person}", f"{one.address} · {person}", one)
        for one in units
        if one.kind == "enterprise" and len(core_name(one.address)) >= 4
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
