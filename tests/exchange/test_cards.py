"""A form for one unit is told from a list of units, and never read as one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.import_plan import ImportPlan
from anjian_desktop.exchange.known_rows import KnownRows
from anjian_desktop.exchange.planner import plan_import
from anjian_desktop.exchange.sheet_rows import Sheet, SheetRow
from anjian_desktop.ledgers.organization import Enterprise

TODAY = date(2026, 11, 23)
CARD: list[list[object]] = [
    ["企业基本情况表"],
    ["企业名称", "示例一厂", None, "统一社会信用代码", "91990001MA00000157"],
    ["地址", "示例镇东街1号", None, "邮编", "250000"],
    ["法定代表人", "张三", "联系电话", "13900000001"],
    ["从业人数", 20, "成立时间", "2015-01-02"],
]
LIST: list[list[object]] = [
    ["企业名称", "地址", "联系电话"],
    ["示例一厂", "东街", "13900000001"],
    ["示例二厂", "西街", None],
]


def sheet(name: str, rows: list[list[object]]) -> Sheet:
    return Sheet(name, rows=[SheetRow(number, list(cells)) for number, cells in enumerate(rows, start=1)])


def planned(*sheets: Sheet) -> ImportPlan:
    return plan_import(sheets, Enterprise, known=KnownRows(), today=TODAY)


@pytest.mark.parametrize("rows", [CARD, CARD[1:4], [line[:2] for line in CARD], [CARD[1], CARD[3]]])
def test_a_card_is_refused_with_the_way_out(rows: list[list[object]]) -> None:
    with pytest.raises(UserError, match="一家一张的登记表") as refused:
        planned(sheet("基本情况", rows))
    assert refused.value.code == "card"
    assert "空白表" in refused.value.next_step


def test_a_card_beside_a_list_is_left_out_and_told() -> None:
    plan = planned(sheet("基本情况", CARD), sheet("名册", LIST))
    assert [row.values["name"] for row in plan.rows] == ["示例一厂", "示例二厂"]
    assert any("基本情况" in note for note in plan.notes)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("示例一厂", "负责人", "2号")), st.sampled_from(("东街", None)), st.just("13900000001")
        )
    )
)
def test_a_list_stays_a_list_whatever_single_names_are_in_it(rows: list[tuple[object, ...]]) -> None:
    assert planned(sheet("名册", [LIST[0], *map(list, rows)])).sheets[0].columns["企业名称"] == "name"


def test_a_mapping_by_hand_goes_before_what_a_sheet_looks_like() -> None:
    plan = plan_import(
        [sheet("基本情况", CARD)], Enterprise, known=KnownRows(), today=TODAY, mapping={"企业名称": "name"}
    )  # fmt: skip
    assert plan.sheets
