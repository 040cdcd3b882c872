"""The sample town's roster: what it says must be refused is refused, in those words; everything else goes in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from anjian_desktop.exchange.failures import write_refused
from anjian_desktop.exchange.import_plan import Verdict
from anjian_desktop.exchange.known_rows import KnownRows
from anjian_desktop.exchange.planner import plan_import
from anjian_desktop.exchange.sample_town import DEPARTMENTS, ENTERPRISES, VILLAGES, SampleTown, make_sample_workbook
from anjian_desktop.exchange.sheet import read_workbook
from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.ledgers.organization import Department, Enterprise, Village

TODAY = date(2026, 11, 23)
SIZES = ({"enterprises": 1100, "bad": 25, "villages": 40, "departments": 30}, {"enterprises": 60, "bad": 5, "villages": 6, "departments": 4})  # fmt: skip


@pytest.fixture(scope="module", params=SIZES, ids=["town", "small"])
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SampleTown:
    return make_sample_workbook(tmp_path_factory.mktemp("town") / "示例镇.xlsx", **request.param)


def test_exactly_the_planned_rows_are_refused_in_the_planned_words(town: SampleTown) -> None:
    villages = plan_import(read_workbook(town.path, sheet=VILLAGES).sheets, Village, known=KnownRows(), today=TODAY)
    known = KnownRows(linked={"village": [str(row.values["name"]) for row in villages.rows]})
    plan = plan_import(read_workbook(town.path, sheet=ENTERPRISES).sheets, Enterprise, known=known, today=TODAY)
    assert plan.count(Verdict.NEW) == town.good
    assert plan.count(Verdict.REFUSED) == town.bad
    assert [(one.row, one.key, one.problem) for one in plan.problems] == [
        (one.row, one.key, one.problem) for one in town.problems
    ]
    assert {one.row for one in plan.skipped} == set(town.skipped_rows)
    assert plan.created == {}
    assert plan.warnings == []
    assert {row.values["status"] for row in plan.rows if row.verdict is Verdict.NEW} == {"在营"}


@pytest.mark.parametrize(("sheet", "ledger"), [(VILLAGES, Village), (DEPARTMENTS, Department)])
def test_every_village_and_department_goes_in(town: SampleTown, sheet: str, ledger: type[Ledger]) -> None:
    plan = plan_import(read_workbook(town.path, sheet=sheet).sheets, ledger, known=KnownRows(), today=TODAY)
    assert plan.count(Verdict.NEW) == plan.read == (town.villages if ledger is Village else town.departments)
    assert all(row.values.get("area") for row in plan.rows) or ledger is Department


def test_without_a_sheet_only_the_enterprises_are_read_as_enterprises(town: SampleTown) -> None:
    plan = plan_import(read_workbook(town.path).sheets, Enterprise, known=KnownRows(), today=TODAY)
    assert plan.without_heading == [VILLAGES, DEPARTMENTS]
    assert plan.read == town.good + town.bad


def test_the_refused_rows_handed_back_are_refused_again(town: SampleTown, tmp_path: Path) -> None:
    plan = plan_import(read_workbook(town.path, sheet=ENTERPRISES).sheets, Enterprise, known=KnownRows(), today=TODAY)
    write_refused(plan, tmp_path / "a.xlsx")
    again = plan_import(read_workbook(tmp_path / "a.xlsx").sheets, Enterprise, known=KnownRows(), today=TODAY)
    repeated = sum("重复" in one.problem for one in town.problems)
    assert again.read == town.bad
    assert again.count(Verdict.NEW) == repeated
    assert all(row.values["village"] for row in again.rows)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        make_sample_workbook(tmp_path / name, enterprises=20, bad=3, villages=3, departments=2)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
