"""The home page's figures about certificates equal what the command line reminds of, whatever is done to certificates."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from support.calls import CommandLine
from support.training import MACHINES, identity_number

from anjian_desktop.services import records
from anjian_desktop.services.office import Office, open_office
from anjian_desktop.services.reminders import home

TODAY = date(2026, 11, 23)
KINDS = ("特种作业操作证", "特种设备安全管理和作业人员证", "注册安全工程师")
TOLD = {
    "certificate_expired": "已过期",
    "certificate_red": "30天内到期",
    "certificate_orange": "60天内到期",
    "certificate_yellow": "90天内到期",
    "certificate_lapsed": "失效",
}


def told_at_home(folder: Path) -> list[int]:
    with open_office(folder, today=TODAY) as office:
        todos = [one for one in home(office).todos if one.kind == "certificate"]
    assert all(one.text.startswith(f"{one.count} 本") and one.verb == "查看" for one in todos)
    return [sum(one.count for one in todos if word in one.text) for word in TOLD.values()]


def reminded(town: CommandLine) -> list[int]:
    found = {one["kind"]: one["count"] for one in town.json("remind")["reminders"]}
    return [found.get(kind, 0) for kind in TOLD]


def test_without_certificates_the_home_page_says_nothing_of_them(office: Office) -> None:
    records.add(office, "enterprise", {"name": MACHINES})
    assert not [one for one in home(office).todos if one.kind == "certificate"]


def test_the_figures_equal_the_query_over_random_edits(anjian: CommandLine) -> None:
    town = anjian.on(str(TODAY))
    chance = Random(20261123)
    seen = [0] * len(TOLD)
    with open_office(anjian.folder, today=TODAY) as office:
        records.add(office, "enterprise", {"name": MACHINES, "status": "在营"})
        workers = [
            records.add(
                office, "worker",
                {"name": f"{n}号示例", "identity_number": identity_number(n), "enterprise": MACHINES, "hired_on": "2020-01-06"},
            ).id
            for n in range(8)
        ]  # fmt: skip
    held: list[int] = []
    for turn in range(16):
        with open_office(anjian.folder, today=TODAY) as office:
            for _ in range(3):
                edit(office, chance, held, workers)
        figures = told_at_home(anjian.folder)
        assert figures == reminded(town), turn
        seen = [max(pair) for pair in zip(seen, figures, strict=True)]
    assert all(seen), "the edits never made a certificate of one of the states"


def edit(office: Office, chance: Random, held: list[int], workers: list[int]) -> None:
    """Add, renew, retire a certificate, or let a person leave."""
    what = chance.random()
    person = chance.randrange(len(workers))
    end = TODAY + timedelta(days=chance.randint(-40, 130))
    if what < 0.65 or not held:
        values = {
            "name": f"{person}号示例", "identity_number": identity_number(person), "certificate_kind": chance.choice(KINDS),
            "number": f"T{chance.randrange(10**9)}", "valid_to": str(end), "valid_from": str(end - timedelta(days=4 * 365)),
        }  # fmt: skip
        if values["certificate_kind"] == KINDS[0] and chance.random() < 0.6:
            values |= {"valid_from": "2022-03-01", "valid_to": "2028-02-28"}
        held.append(records.add(office, "certificate", values).id)
    elif what < 0.8:
        records.edit(office, "certificate", chance.choice(held), {"valid_to": str(end), "valid_from": "2023-01-04"})
    elif what < 0.9:
        records.retire(office, "certificate", [held.pop(chance.randrange(len(held)))])
    else:
        records.edit(office, "worker", workers[person], {"left_on": chance.choice(("", "2026-10-01"))})
