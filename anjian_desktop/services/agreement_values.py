"""The text merged into an agreement: placeholder -> value, from the unit, the office and the agreement itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import KINDS
from anjian_desktop.domain.dates import chinese_date
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.organization import Department, Enterprise, Organization, Village
from anjian_desktop.services.office_profile import OfficeProfile

_COPIES = {1: "一", 2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十"}


@dataclass(frozen=True)
class Unit:
    """A unit as agreements see it: its id, ledger, name, place in the order of villages, and its labelled texts."""

    id: int
    ledger: str
    name: str
    village: str
    village_order: int
    principal: str
    phone: str
    texts: Mapping[str, str]
    retired: bool


def read_units(session: Session, unit_ids: Sequence[int]) -> dict[int, Unit]:
    """The units of these ids, retired ones included, in one query a kind."""
    villages = {
        row.id: row.name
        for row in session.execute(select(Organization.id, Organization.name).where(Organization.kind == "village"))
    }
    units: dict[int, Unit] = {}
    wanted = set(unit_ids)
    for ledger in (Village, Department, Enterprise):
        columns = [(one, getattr(ledger, one.column)) for one in fields_of(ledger) if not one.link and not one.computed]
        village = ledger.village_id if ledger is Enterprise else ledger.id
        query = select(ledger.id, ledger.retired_at, village.label("village"), *(column for _, column in columns))
        for start in range(0, len(unit_ids), 900):
            chunk = list(unit_ids[start : start + 900])
            for row in session.execute(query.where(ledger.id.in_(chunk))):
                if row[0] not in wanted:
                    continue
                texts = {one.label: one.show(value) for (one, _), value in zip(columns, row[3:], strict=True)}
                home = villages.get(row.village, "") if ledger is not Department else ""
                name = str(row.name)
                if ledger is Enterprise:
                    texts["所属村"] = home
                units[row[0]] = Unit(
                    id=row[0],
                    ledger=ledger.about.key,
                    name=name,
                    village=home,
                    village_order=(row.village or 10**9) if ledger is not Department else 10**9,
                    principal=texts.get("主要负责人") or texts.get("负责人") or texts.get("法定代表人") or "",
                    phone=texts.get("联系电话", ""),
                    texts=texts,
                    retired=row.retired_at is not None,
                )
    return units


def printing_order(agreement: Agreement, unit: Unit) -> tuple[object, ...]:
    """Villages first, then departments, then enterprises by village; within a village as entered in the roster."""
    return (tuple(KINDS).index(agreement.kind), unit.village_order, unit.id)


def party_b(unit: Unit) -> str:
    """乙方 as it signs: a village by its committee (村民委员会组织法、城市居民委员会组织法), others by their name."""
    if unit.ledger != "village" or unit.name.endswith(("委员会", "委会", "居委", "村委")):
        return unit.name
    return f"{unit.name}居民委员会" if unit.name.endswith("社区") else f"{unit.name}村民委员会"


def merged_values(agreement: Agreement, unit: Unit, profile: OfficeProfile, *, number: str = "") -> dict[str, str]:
    """Every placeholder an agreement of this kind may use; empty text where nothing is known."""
    return {
        **unit.texts,
        "编号": number or agreement.number or "",
        "年度": str(agreement.year),
        "责任书名称": KINDS[agreement.kind].label,
        "甲方": profile.party_a,
        "甲方负责人": profile.leader,
        "单位名称": unit.name,
        "乙方": party_b(unit),
        "乙方负责人": unit.principal,
        "联系电话": unit.phone,
        "统一社会信用代码": unit.texts.get("统一社会信用代码", ""),
        "地址": unit.texts.get("经营地址") or unit.texts.get("注册地址") or "",
        "所属村": unit.village,
        "期限起": chinese_date(agreement.period_from),
        "期限止": chinese_date(agreement.period_to),
        "份数": _COPIES.get(agreement.copies, str(agreement.copies)),
        "签订截止日": chinese_date(agreement.deadline),
    }
