"""Whatever a sheet holds, counts add up, every row is accounted for, and nothing but a UserError is raised."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import error_cell, uncalculated_formula
from anjian_desktop.exchange.import_plan import Verdict
from anjian_desktop.exchange.known_rows import KnownRow, KnownRows
from anjian_desktop.exchange.planner import plan_import
from anjian_desktop.exchange.sheet import Sheet, SheetRow
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.organization import Enterprise

TODAY = date(2026, 11, 23)
CODES = ("91990001MA00000157", "92990001MA000H011J", "91990001MA00000158", " 91990001ma00000157 ")
HEADINGS = [text for one in fields_of(Enterprise) if not one.computed for text in (one.label, *one.aliases)]

words = st.sampled_from(
    [*CODES, "示例一厂", "示例 一厂", "示例二厂", "东河村", "西河村", "合计", "东河村小计", "28家", "备注：无", "填表人：甲", "在营", "停业", "无", "139 0000 1234", "2026.3.5", "3月5日", "企业名称", "1", "#REF!", "\u200b", " "]
)  # fmt: skip
cells = st.one_of(
    st.none(),
    st.none(),
    words,
    words,
    st.text(max_size=8),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.just(error_cell("#N/A")),
    st.just(uncalculated_formula("A1")),
)


@st.composite
def sheets(draw: st.DrawFn, name: str) -> Sheet:
    lines: list[list[Any]] = draw(st.lists(st.lists(cells, max_size=6), max_size=3))
    lines.append(draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=6)))
    lines += draw(st.lists(st.lists(cells, max_size=7), max_size=12))
    rows = []
    number = 0
    for line in lines:
        number += draw(st.sampled_from((1, 1, 1, 2, 40)))
        if any(cell is not None for cell in line):
            rows.append(SheetRow(number, line))
    return Sheet(name, rows=rows, starts_1904=draw(st.booleans()))


known_rows = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(("示例一厂", "示例二厂", "东河村")),
            "credit_code": st.sampled_from((None, *CODES[:2])),
            "village": st.sampled_from((None, "东河村")),
            "flags": st.sampled_from(((), ("九小",))),
            "worker_count": st.sampled_from((None, 1)),
        }
    ),
    max_size=4,
)


@settings(max_examples=80, deadline=None)
@given(sheets("企业"), sheets("东河村"), known_rows)
def test_every_row_is_accounted_for(first: Sheet, second: Sheet, stored: list[dict[str, object]]) -> None:
    known = KnownRows([KnownRow(n, values) for n, values in enumerate(stored, start=1)], {"village": ["东河村"]})
    try:
        plan = plan_import([first, second], Enterprise, known=known, today=TODAY)
    except UserError as refused:
        assert refused.message
        return
    assert plan.read == sum(plan.count(verdict) for verdict in Verdict)
    planned = {one.name for one in plan.sheets}
    for sheet in (first, second):
        rows = [row.number for row in plan.rows if row.sheet == sheet.name]
        skipped = [one.row for one in plan.skipped if one.sheet == sheet.name]
        heading = [row for one in plan.sheets if one.name == sheet.name for row in one.heading.rows]
        if sheet.name in planned:
            assert {row.number for row in sheet.rows} <= {*rows, *skipped, *heading}
            assert len(rows) + len(skipped) == len({*rows, *skipped})
    taken: dict[object, int] = {}
    for row in plan.rows:
        assert (row.verdict is Verdict.REFUSED) == bool(row.problems)
        assert all(one.sheet == row.sheet and one.row == row.number and one.problem for one in row.problems)
        if row.verdict is Verdict.NEW:
            assert row.values["name"]
            assert row.row_id is None
        elif row.verdict is Verdict.UPDATE:
            assert row.values
        if row.verdict is not Verdict.REFUSED:
            assert not any(value is None for value in row.values.values())
            for key in (row.row_id, row.values.get("credit_code")):
                assert key is None or taken.setdefault(key, row.number) == row.number
    assert set(plan.missing) <= {row.id for row in known.rows}
    for value in plan.created.get("village", []):
        assert value != "东河村"


@settings(max_examples=30, deadline=None)
@given(sheets("企业"))
def test_importing_what_was_just_imported_changes_nothing(sheet: Sheet) -> None:
    try:
        plan = plan_import([sheet], Enterprise, known=KnownRows(), today=TODAY)
    except UserError:
        return
    made = [row for row in plan.rows if row.verdict is Verdict.NEW]
    known = KnownRows(
        [KnownRow(n, row.values) for n, row in enumerate(made, start=1)],
        {"village": plan.created.get("village", [])},
    )
    again = plan_import([sheet], Enterprise, known=known, today=TODAY)
    assert again.count(Verdict.NEW) == 0
    assert again.created == {}
    assert again.missing == []
