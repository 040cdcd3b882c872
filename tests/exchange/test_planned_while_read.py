"""A file planned while it is being read gives the same plan as one planned when all of it is there."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from anjian_desktop.exchange.import_plan import ImportPlan
from anjian_desktop.exchange.known_rows import KnownRow, KnownRows
from anjian_desktop.exchange.planned_while_read import PlanningCollector
from anjian_desktop.exchange.planner import Planner, plan_import
from anjian_desktop.exchange.sheet_events import SheetCollector
from anjian_desktop.exchange.sheet_rows import Merge, SheetRow
from anjian_desktop.ledgers.organization import Enterprise

TODAY = date(2026, 11, 23)
KNOWN = KnownRows([KnownRow(1, {"name": "示例3厂", "village": "东河村"})], {"village": {"东河村"}})
HEADING: list[object] = ["企业名称", "所属村", "联系电话"]
LINES: list[list[object]] = [
    ["示例一厂", "东河村", "13900000001"], ["示例一厂", "东河村", "13900000001"], ["示例3厂", None, "139"], ["西河村"], ["合计", "12家"],
    HEADING, ["单位名称", "地址", "法定代表人"], ["示例二厂", "南河", None], ["附表"], ["备注：以上为全部"],
]  # fmt: skip


def planner() -> Planner:
    return Planner(Enterprise, known=KNOWN, today=TODAY)


def told(plan: ImportPlan) -> object:
    rows = [(r.sheet, r.number, r.verdict, r.values, r.row_id, r.problems, r.warnings, r.place) for r in plan.rows]
    return rows, plan.sheets, plan.skipped, plan.created, plan.missing, plan.notes, plan.without_heading


@settings(max_examples=25, deadline=None)
@given(
    tail=st.lists(st.tuples(st.integers(1, 4), st.sampled_from(LINES)), max_size=12),
    cuts=st.lists(st.integers(0, 560), max_size=5),
    unmerged=st.booleans(),
    again=st.booleans(),
    order=st.booleans(),
    merged=st.booleans(),
    other=st.booleans(),
)
def test_the_plan_is_the_same_row_by_row(
    tail: list[tuple[int, list[object]]],
    cuts: list[int],
    unmerged: bool,
    again: bool,
    order: bool,
    merged: bool,
    other: bool,
) -> None:
    lines: list[list[object]] = [["名册"], HEADING, *([f"示例{n}厂", "东河村", f"139{n:08}"] for n in range(520))]
    numbered = list(enumerate(lines, start=1))
    for gap, cells in tail:
        numbered.append((numbered[-1][0] + gap, cells))
    if not order:
        numbered[-1:] = [(3, ["示例末厂", None, None])]
    sinks = [PlanningCollector(planner, None), SheetCollector()]
    for sink in sinks:
        rows = [SheetRow(number, list(cells)) for number, cells in numbered]
        sink.begin("企业", unmerged=unmerged and not merged)
        if again:
            sink.rows(rows[:515])
            sink.again()
            rows = [SheetRow(number, list(cells)) for number, cells in numbered]
        for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(rows)], strict=True):
            sink.rows(rows[start:end])
        sink.end(merges=[Merge(3, 4, 1, 1)] if merged else [], hidden_rows=2, notes=["说明"])
        if other:
            sink.begin("第二")
            sink.rows([SheetRow(1, HEADING), SheetRow(2, ["示例一厂", "东河村", None])])
            sink.end()
    early, whole = sinks
    assert isinstance(early, PlanningCollector)
    expected = plan_import(whole.sheets, Enterprise, known=KNOWN, today=TODAY)
    assert told(early.planner().plan) == told(expected)
