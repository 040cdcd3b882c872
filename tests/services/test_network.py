"""The responsibility network: everybody hangs where they belong, and whoever is missing is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from support.offices import enterprise, on, village

from anjian_desktop.services import network, records
from anjian_desktop.services.network import Node
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import set_profile


def child(node: Node, name: str) -> Node:
    return next(one for one in node.children if one.name == name)


def filled(office: Office) -> None:
    set_profile(office, {"leader": "镇一", "phone": "0999-1234567"})
    records.add(office, "area", {"name": "东片", "principal": "片一", "principal_phone": "13900000031"})
    village(office, "东河村", area="东片")
    village(office, "西山村", area="西片", principal="", principal_phone="")
    enterprise(office, 1, village="东河村")
    enterprise(office, 2, village="东河村", principal_phone="")
    enterprise(office, 3, village="西山村", status="注销", principal="")
    enterprise(office, 4)
    records.add(office, "department", {"name": "示例中心小学", "principal": "校一", "principal_phone": "13900000041"})


def test_every_unit_hangs_below_its_village_and_area(office: Office) -> None:
    filled(office)
    town = network.responsibility_network(office).town
    assert [one.name for one in town.children] == ["东片", "西片", network.NO_VILLAGE, "镇直部门"]
    east = child(town, "东片")
    assert (east.person, east.phone, east.units) == ("片一", "139****0031", 2)
    assert [one.name for one in child(east, "东河村").children] == ["示例1号机械有限公司", "示例2号机械有限公司"]
    assert child(child(town, "西片"), "西山村").children == ()
    assert town.units == 4


def test_nodes_without_person_or_phone_are_listed_from_the_top(office: Office) -> None:
    filled(office)
    gaps = network.responsibility_network(office).gaps
    assert [(one.node.name, one.words, one.node.ledger, one.node.id is None) for one in gaps] == [
        ("示例2号机械有限公司", "没有电话", "enterprise", False),
        ("西片", "没有负责人、没有电话", "area", True),
        ("西山村", "没有负责人、没有电话", "village", False),
    ]
    assert gaps[0].above == "示例镇安监办 › 东片 › 东河村"
    records.add(office, "area", {"name": "西片", "principal": "片二", "principal_phone": "13900000032"})
    assert len(network.responsibility_network(office).gaps) == 2


def test_leaders_stand_where_they_keep_contact_while_they_do(office: Office) -> None:
    filled(office)
    records.add(
        office, "leader_duty",
        {"name": "镇二", "post": "副镇长", "sectors": "工业", "area": "东片", "villages": "东河村、西山村", "to_on": "2026-06-30"},
    )  # fmt: skip
    town = network.responsibility_network(office).town
    assert child(town, "东片").leader == "镇二" == child(child(town, "西片"), "西山村").leader
    july = network.responsibility_network(on(office, date(2026, 7, 1))).town
    assert child(july, "东片").leader == ""


def test_the_network_goes_to_excel_and_paper(office: Office, tmp_path: Path) -> None:
    filled(office)
    made = network.export_network(office, tmp_path / "网络.xlsx")
    sheet = load_workbook(made.file).active
    assert sheet is not None and made.rows == sheet.max_row - 1 == 11
    told = network.print_network(office, gaps_only=True)
    assert (told.rows, told.pages, told.missing) == (3, 1, ())


def test_a_town_without_areas_shows_its_villages(office: Office) -> None:
    village(office, "东河村")
    assert [one.name for one in network.responsibility_network(office).town.children] == ["东河村"]
