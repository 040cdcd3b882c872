"""责任网络 镇→管区→村→单位: who answers at every node, and the nodes without a person or a phone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anjian_desktop.domain.identity import mask_phone
from anjian_desktop.domain.kinds import IN_OPERATION
from anjian_desktop.domain.text import name_key
from anjian_desktop.ledgers.fields import SEPARATOR, Field, Kind
from anjian_desktop.ledgers.network import Area, LeaderDuty
from anjian_desktop.ledgers.organization import Enterprise, Organization
from anjian_desktop.services.list_printing import PrintedList
from anjian_desktop.services.lists import ExportOutcome
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import OfficeProfile, read_profile
from anjian_desktop.storage.files import write_atomically

LEVELS = {"town": "镇", "area": "管区", "village": "村居", "enterprise": "企业", "department": "部门"}
NO_AREA, NO_VILLAGE = "未分管区", "未分村"


@dataclass(frozen=True)
class Node:
    """One node: `ledger` and `id` say which record it is; id None: there is no record of it yet (an area only named by
    its villages, the units without a village). `phone` is masked. `missing` says what a node lacks."""

    level: str
    name: str
    ledger: str
    id: int | None
    person: str = ""
    phone: str = ""
    leader: str = ""
    """The town's leader who keeps contact with it (一岗双责)."""
    missing: tuple[str, ...] = ()
    children: tuple[Node, ...] = ()
    units: int = 0
    """Units below it, whatever level."""
    gaps: int = 0
    """Nodes below it, itself included, that lack something."""


@dataclass(frozen=True)
class Gap:
    """A node that lacks something, and where it hangs."""

    node: Node
    above: str

    @property
    def words(self) -> str:
        """What is missing, in words."""
        return SEPARATOR.join(self.node.missing)


@dataclass(frozen=True)
class Network:
    """The whole tree from the town down, and its gaps from the top."""

    town: Node
    gaps: tuple[Gap, ...] = field(default=())


def responsibility_network(office: Office) -> Network:
    """The network as the roster stands; enterprises count while they are 在营."""
    with office.db.reading() as session:
        town = _Builder(session, office.today).town()
    return Network(town, tuple(_gaps(town, "")))


def export_network(office: Office, path: Path, *, gaps_only: bool = False) -> ExportOutcome:
    """The tree (or its gaps) as a workbook, one line a node, phones masked."""
    from anjian_desktop.exchange.export import write_list  # the spreadsheet library stays off the start-up path

    rows = _table(responsibility_network(office), gaps_only=gaps_only)
    with write_atomically(path) as part:
        write_list(part, title=_title(gaps_only), fields=_FIELDS, rows=iter(rows), footer=_title(gaps_only))
    return ExportOutcome(path, len(rows))


def print_network(office: Office, *, gaps_only: bool = False) -> PrintedList:
    """The tree (or its gaps) as a list on A4 across."""
    from anjian_desktop.documents.list_print import PrintColumn, list_pdf  # a heavy library behind it

    rows = _table(responsibility_network(office), gaps_only=gaps_only)
    made = list_pdf(
        _title(gaps_only),
        [PrintColumn(one.label, one.width) for one in _FIELDS],
        rows,
        subtitle=f"{office.profile.office}　共 {len(rows):,} 个节点",
        footer=f"打印日期 {office.today.isoformat()}　电话已打星号",
    )
    return PrintedList(made.data, made.pages, len(rows), made.missing)


class _Builder:
    """Reads every unit once and hangs it where it belongs."""

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.profile: OfficeProfile = read_profile(session)
        duties = session.scalars(
            select(LeaderDuty)
            .where(
                LeaderDuty.retired_at.is_(None),
                func.coalesce(LeaderDuty.from_on, today) <= today,
                func.coalesce(LeaderDuty.to_on, today) >= today,
            )
            .order_by(LeaderDuty.id)
        ).all()
        self._leaders = {
            "area": _contacts((one.name, (one.area or "",)) for one in duties),
            "village": _contacts((one.name, one.villages) for one in duties),
            "enterprise": _contacts((one.name, one.enterprises) for one in duties),
        }

    def town(self) -> Node:
        """镇 with everything below it."""
        enterprises = self._enterprises()
        villages: dict[str, list[Node]] = {}
        for village_id, name, area, person, phone in self._units("village"):
            children = enterprises.pop(village_id, [])
            villages.setdefault(name_key(area) if area else "", []).append(
                self._node("village", name, "village", village_id, person, phone, children)
            )
        areas = []
        named = self._areas()
        for key in (*named, *(key for key in self._area_names if key not in named)):
            below = villages.pop(key, [])
            area_id, name, person, phone = named.get(key, (None, self._area_names.get(key, key), "", ""))
            areas.append(self._node("area", name, "area", area_id, person, phone, below))
        loose = villages.pop("", [])
        if loose and areas:
            areas.append(_summed(Node("area", NO_AREA, "village", None, children=tuple(loose))))
        elif loose:
            areas = loose
        homeless = [node for nodes in enterprises.values() for node in nodes]
        if homeless:
            areas.append(_summed(Node("village", NO_VILLAGE, "enterprise", None, children=tuple(homeless))))
        departments = [
            self._node("department", name, "department", row_id, person, phone, ())
            for row_id, name, _, person, phone in self._units("department")
        ]
        if departments:
            areas.append(_summed(Node("area", "镇直部门", "department", None, children=tuple(departments))))
        return self._node("town", self.profile.office, "office", None, self.profile.leader, self.profile.phone, areas)

    def _units(self, kind: str) -> list[tuple[int, str, str, str, str]]:
        table = Organization.__table__
        query = (
            select(table.c.id, table.c.name, table.c.area, table.c.principal, table.c.principal_phone)
            .where(table.c.kind == kind, table.c.retired_at.is_(None))
            .order_by(table.c.name_order, table.c.id)
        )
        found = [(row[0], row[1], row[2] or "", row[3] or "", row[4] or "") for row in self.session.execute(query)]
        if kind == "village":
            self._area_names = {name_key(area): area for _, _, area, _, _ in found if area}
        return found

    def _areas(self) -> dict[str, tuple[int | None, str, str, str]]:
        query = select(Area).where(Area.retired_at.is_(None)).order_by(Area.id)
        return {
            name_key(one.name): (one.id, one.name, one.principal or "", one.principal_phone or "")
            for one in self.session.scalars(query)
        }

    def _enterprises(self) -> dict[int | None, list[Node]]:
        """Enterprises 在营 by their village; None: without one, or with one in the recycle bin."""
        table, own = Organization.__table__, Enterprise.__table__
        home = Organization.__table__.alias("home")
        query = (
            select(
                table.c.id, table.c.name, table.c.principal, table.c.principal_phone, home.c.id, own.c.contact_leader
            )
            .select_from(
                table.join(own, own.c.id == table.c.id).outerjoin(
                    home, (home.c.id == own.c.village_id) & home.c.retired_at.is_(None)
                )
            )
            .where(table.c.retired_at.is_(None), own.c.status == IN_OPERATION)
            .order_by(table.c.name_order, table.c.id)
        )
        found: dict[int | None, list[Node]] = {}
        for row_id, name, person, phone, village_id, leader in self.session.execute(query):
            node = self._node("enterprise", name, "enterprise", row_id, person or "", phone or "", (), leader or "")
            found.setdefault(village_id, []).append(node)
        return found

    def _node(
        self,
        level: str,
        name: str,
        ledger: str,
        row_id: int | None,
        person: str,
        phone: str,
        children: Iterable[Node],
        leader: str = "",
    ) -> Node:
        missing = tuple(words for words, value in (("没有负责人", person), ("没有电话", phone)) if not value)
        masked = SEPARATOR.join(mask_phone(one) for one in phone.split(SEPARATOR)) if phone else ""
        contact = leader or SEPARATOR.join(self._leaders.get(level, {}).get(name_key(name), ()))
        return _summed(Node(level, name, ledger, row_id, person, masked, contact, missing, tuple(children)))


def _summed(node: Node) -> Node:
    """The node with what its children add up to."""
    own = int(node.level in ("enterprise", "department"))
    return Node(
        node.level, node.name, node.ledger, node.id, node.person, node.phone, node.leader, node.missing, node.children,
        own + sum(one.units for one in node.children), bool(node.missing) + sum(one.gaps for one in node.children),
    )  # fmt: skip


def _contacts(named: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    """Name of a place -> the leaders who keep contact with it."""
    found: dict[str, tuple[str, ...]] = {}
    for leader, places in named:
        for place in filter(None, places):
            found[name_key(place)] = (*found.get(name_key(place), ()), leader)
    return found


def _gaps(node: Node, above: str) -> Iterator[Gap]:
    if node.missing:
        yield Gap(node, above)
    for child in node.children:
        yield from _gaps(child, f"{above} › {node.name}" if above else node.name)


_FIELDS = (
    Field("level", "层级", Kind.TEXT, width=4),
    Field("name", "名称", Kind.NAME, width=18),
    Field("above", "上级", Kind.TEXT, width=16),
    Field("person", "责任人", Kind.TEXT, width=6),
    Field("phone", "联系电话", Kind.PHONE, personal=True, width=8),
    Field("leader", "联系领导", Kind.TEXT, width=6),
    Field("missing", "缺什么", Kind.TEXT, width=9),
)


def _title(gaps_only: bool) -> str:
    return "责任网络缺人清单" if gaps_only else "安全生产责任网络"


def _table(network: Network, *, gaps_only: bool) -> list[list[str]]:
    if gaps_only:
        return [_line(gap.node, gap.above) for gap in network.gaps]
    return list(_lines(network.town, ""))


def _lines(node: Node, above: str) -> Iterator[list[str]]:
    yield _line(node, above)
    for child in node.children:
        yield from _lines(child, node.name)


def _line(node: Node, above: str) -> list[str]:
    words = (LEVELS[node.level], node.name, above, node.person, node.phone, node.leader, SEPARATOR.join(node.missing))
    return list(words)
