"""What the import wizard stands on: mappings remembered, cells corrected, blocks pasted, missing units decided."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from support.offices import credit_code

from anjian_desktop.errors import Cancelled, Refused, UserError
from anjian_desktop.services import browse, rosters
from anjian_desktop.services.browse import Query

HEADINGS = ("企业名称", "统一社会信用代码", "所属村", "主要负责人", "联系电话")
UNKNOWN = ("商户字号", "证照编码", "哪个村", "老板", "打哪个电话")
MAPPING = {
    "商户字号": "name",
    "证照编码": "统一社会信用代码",
    "哪个村": "village",
    "老板": "principal",
    "打哪个电话": "",
}


def book(path: Path, sheets: dict[str, list[tuple[object, ...]]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def unit(n: int, *, name: str | None = None, code: str | None = None, village: str = "东河村") -> tuple[object, ...]:
    return (name or f"示例{n}号机械厂", credit_code(n) if code is None else code, village, f"赵{n}", f"139{n:08d}")


def roster(path: Path, *units: tuple[object, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    return book(path, {"企业": [headings, *units]})


def names(office, ledger="enterprise") -> set[str]:
    rows = browse.page(office, ledger, browse.ids(office, Query(ledger)))
    return {row.shown["name"] for row in rows}


# -- mappings remembered ------------------------------------------------------------------------------------------


def test_a_mapping_made_by_hand_is_used_for_the_next_file_of_that_shape(office, tmp_path):
    first = roster(tmp_path / "一.xlsx", unit(1), headings=UNKNOWN)
    with pytest.raises(UserError, match="没有找到标题行"):
        rosters.read_roster(office, first)
    rosters.apply_roster(office, rosters.read_roster(office, first, mapping=MAPPING))
    turned = (*UNKNOWN[::-1], "新增的一栏")
    second = roster(tmp_path / "二.xlsx", (*unit(2)[::-1], "x"), headings=turned)
    found = rosters.read_roster(office, second)
    assert found.counts["new"] == 1
    assert found.remembered == {
        "商户字号": "name", "证照编码": "credit_code", "哪个村": "village", "老板": "principal", "打哪个电话": ""
    }  # fmt: skip
    assert found.plan.rows[0].values["principal"] == "赵2"
    assert "principal_phone" not in found.plan.rows[0].values


def test_a_dry_run_teaches_nothing(office, tmp_path):
    rosters.read_roster(office, roster(tmp_path / "一.xlsx", unit(1), headings=UNKNOWN), mapping=MAPPING)
    assert rosters.remembered_mappings(office) == []


def test_a_mapping_can_be_forgotten_and_changed(office, tmp_path):
    path = roster(tmp_path / "一.xlsx", unit(1), headings=UNKNOWN)
    rosters.apply_roster(office, rosters.read_roster(office, path, mapping=MAPPING))
    path = roster(tmp_path / "二.xlsx", unit(2), headings=UNKNOWN)
    rosters.apply_roster(office, rosters.read_roster(office, path, mapping={"老板": "法定代表人"}))
    [remembered] = rosters.remembered_mappings(office, "enterprise")
    assert remembered.mapping["老板"] == "legal_representative"
    assert remembered.mapping["商户字号"] == "name"
    rosters.forget_mapping(office, remembered.id)
    assert rosters.remembered_mappings(office) == []
    with pytest.raises(UserError, match="没有找到标题行"):
        rosters.read_roster(office, path)
    with pytest.raises(UserError, match="已不在"):
        rosters.forget_mapping(office, remembered.id)


def test_what_is_said_now_goes_before_what_was_said_then(office, tmp_path):
    path = roster(tmp_path / "一.xlsx", unit(1), headings=UNKNOWN)
    rosters.apply_roster(office, rosters.read_roster(office, path, mapping=MAPPING))
    other = rosters.read_roster(
        office, roster(tmp_path / "二.xlsx", unit(2), headings=UNKNOWN), mapping={"老板": "safety_officer"}
    )
    assert other.plan.rows[0].values["safety_officer"] == "赵2"


# -- cells corrected ----------------------------------------------------------------------------------------------


def test_a_corrected_cell_lets_its_row_in(office, tmp_path):
    path = roster(tmp_path / "名册.xlsx", unit(1), unit(2, code="91990001MA00000158"))
    plan = rosters.read_roster(office, path)
    assert plan.counts["refused"] == 1
    mended = rosters.correct(office, plan, "企业", 3, "credit_code", f" {credit_code(2).lower()} ")
    assert mended.counts == {"read": 2, "new": 2, "updated": 0, "same": 0, "refused": 0}
    rosters.apply_roster(office, mended)
    assert names(office) == {"示例1号机械厂", "示例2号机械厂"}


def test_a_correction_frees_the_row_it_was_mistaken_for_and_binds_another(office, tmp_path):
    path = roster(
        tmp_path / "名册.xlsx", unit(1), unit(2, code=credit_code(1)), unit(3), unit(4, name="示例3号机械厂", code="")
    )
    plan = rosters.read_roster(office, path)
    assert [one.problem for one in plan.plan.problems] == ["重复：第2行", "重复：第4行"]
    plan = rosters.correct(office, plan, "企业", 2, "credit_code", credit_code(5))
    assert [row.verdict.value for row in plan.plan.rows] == ["new", "new", "new", "refused"]
    plan = rosters.correct(office, plan, "企业", 4, "name", "示例另一家厂")
    assert plan.counts["refused"] == 0
    plan = rosters.correct(office, plan, "企业", 3, "credit_code", credit_code(5))
    assert [one.problem for one in plan.plan.problems] == ["重复：第2行"]


def test_corrections_outlive_a_change_of_the_store(office, tmp_path):
    path = roster(tmp_path / "名册.xlsx", unit(1), unit(2, name="错"))
    plan = rosters.correct(office, rosters.read_roster(office, path), "企业", 3, "name", "示例改好厂")
    other = roster(tmp_path / "另.xlsx", unit(9))
    rosters.apply_roster(office, rosters.read_roster(office, other))
    rosters.apply_roster(office, plan)
    assert "示例改好厂" in names(office)


def test_missing_units_and_villages_follow_a_correction(office, tmp_path):
    rosters.apply_roster(office, rosters.read_roster(office, roster(tmp_path / "库.xlsx", unit(1), unit(2))))
    plan = rosters.read_roster(office, roster(tmp_path / "名册.xlsx", unit(1), unit(3, village="新村")))
    assert (len(plan.plan.missing), plan.created["village"]) == (1, 1)
    plan = rosters.correct(office, plan, "企业", 3, "village", "东河村")
    assert plan.created["village"] == 0
    plan = rosters.correct(office, plan, "企业", 3, "credit_code", credit_code(2))
    assert plan.plan.missing == []
    assert plan.plan.rows[1].verdict.value == "updated"


@pytest.mark.parametrize(("row", "key"), [(1, "name"), (99, "name"), (2, "note")])
def test_a_cell_that_is_not_there_cannot_be_corrected(office, tmp_path, row, key):
    plan = rosters.read_roster(office, roster(tmp_path / "名册.xlsx", unit(1)))
    with pytest.raises(UserError, match="不能改"):
        rosters.correct(office, plan, "企业", row, key, "x")


def test_correcting_one_of_a_thousand_rows_is_instant_and_says_what_a_new_plan_would(office, tmp_path):
    rows = [unit(n, code=credit_code(n % 1000), name=f"示例{n % 990}厂") for n in range(1, 1100)]
    path = roster(tmp_path / "名册.xlsx", *rows)
    plan = rosters.read_roster(office, path)
    rosters.correct(office, plan, "企业", 500, "name", "甲")
    started = time.perf_counter()
    plan = rosters.correct(office, plan, "企业", 2, "credit_code", credit_code(2000))
    assert time.perf_counter() - started < 0.5
    rows[498] = ("甲", *rows[498][1:])
    rows[0] = (rows[0][0], credit_code(2000), *rows[0][2:])
    fresh = rosters.read_roster(office, roster(tmp_path / "改.xlsx", *rows))
    assert [(row.verdict, row.values) for row in plan.plan.rows] == [
        (row.verdict, row.values) for row in fresh.plan.rows
    ]
    assert plan.counts == fresh.counts


# -- blocks pasted ------------------------------------------------------------------------------------------------


def test_a_pasted_block_with_headings_is_checked_like_a_file(office):
    text = (
        "企业名称\t统一社会信用代码\t备注\r\n示例一厂\t" + credit_code(1) + '\t"两\n行ㄱ ""引"""\r\n示例二厂\t123\t\r\n'
    )
    plan = rosters.read_block(office, "enterprise", text)
    assert plan.counts == {"read": 2, "new": 1, "updated": 0, "same": 0, "refused": 1}
    assert plan.plan.rows[0].values["note"] == '两\n行ㄱ "引"'
    assert [(one.row, one.column) for one in plan.plan.problems] == [(3, "B 统一社会信用代码")]
    rosters.apply_roster(office, plan)
    assert names(office) == {"示例一厂"}


def test_a_pasted_block_without_headings_falls_on_the_columns_it_is_pasted_on(office):
    text = "示例一厂\t赵一\t13900001234\n示例二厂\t钱二\t1390000123\n"
    plan = rosters.read_block(office, "enterprise", text, keys=["name", "principal", "principal_phone"])
    assert plan.counts["new"] == 1
    mended = rosters.correct(office, plan, "粘贴的内容", 2, "principal_phone", "13900005678")
    rosters.apply_roster(office, mended)
    assert names(office) == {"示例一厂", "示例二厂"}


@pytest.mark.parametrize(
    ("text", "keys", "words"),
    [
        ("", None, "是空的"),
        ("\t\t\n", None, "是空的"),
        ("甲\t乙", None, "没有找到标题行"),
        ("甲\t乙", ["name"], "只有 1 列"),
        ("甲", ["没有"], "没有“没有”这一列"),
    ],
)
def test_a_block_that_cannot_be_used_is_told(office, text, keys, words):
    with pytest.raises(UserError, match=words):
        rosters.read_block(office, "enterprise", text, keys=keys)


def test_a_quote_at_the_start_of_a_cell_swallows_nothing(office):
    plan = rosters.read_block(office, "enterprise", '"示例厂\t赵一\n示例二厂\t钱二', keys=["name", "principal"])
    assert [row.values["principal"] for row in plan.plan.rows] == ["赵一", "钱二"]


# -- units that are missing ---------------------------------------------------------------------------------------


def test_what_became_of_missing_units_is_written_down(office, tmp_path):
    rosters.apply_roster(
        office, rosters.read_roster(office, roster(tmp_path / "旧.xlsx", *(unit(n) for n in range(1, 6))))
    )
    plan = rosters.read_roster(office, roster(tmp_path / "新.xlsx", unit(1)))
    missing = rosters.missing_units(office, plan)
    assert [(one.name, one.place, one.status) for one in missing] == [
        (f"示例{n}号机械厂", "东河村", "在营") for n in range(2, 6)
    ]
    assert rosters.missing_choices("enterprise")[0] == "保留"
    ids = [one.id for one in missing]
    change = rosters.decide_missing(
        office, "enterprise", {ids[0]: "保留", ids[1]: "注销", ids[2]: "停业", ids[3]: "迁出"}, on=date(2026, 1, 2)
    )
    assert change.ids == tuple(ids[1:])
    rows = [browse.row(office, "enterprise", one) for one in ids]
    assert [row.values["status"] for row in rows] == ["在营", "注销", "停业", "迁出"]
    assert rows[1].values["status_changed_on"] == date(2026, 1, 2)
    plan = rosters.read_roster(office, roster(tmp_path / "新.xlsx", unit(1)))
    assert [one.id for one in rosters.missing_units(office, plan)] == [ids[0], ids[2]]


def test_wrong_decisions_change_nothing(office, tmp_path):
    rosters.apply_roster(office, rosters.read_roster(office, roster(tmp_path / "旧.xlsx", unit(1))))
    [one] = browse.ids(office, Query("enterprise"))
    with pytest.raises(UserError, match="不能写"):
        rosters.decide_missing(office, "enterprise", {one: "不见了"})
    with pytest.raises(UserError, match="不能晚于今天"):
        rosters.decide_missing(office, "enterprise", {one: "注销"}, on=date(2999, 1, 1))
    [village] = browse.ids(office, Query("village"))
    assert rosters.missing_choices("village") == ("保留", "移入回收站")
    with pytest.raises(Refused):
        rosters.decide_missing(office, "village", {village: "移入回收站"})


# -- a workbook of several kinds ----------------------------------------------------------------------------------


def test_sheets_of_other_kinds_are_left_out_and_named(office, tmp_path):
    path = book(
        tmp_path / "全镇.xlsx",
        {
            "企业": [HEADINGS, unit(1)],
            "村居": [("村名", "管区", "负责人", "联系电话"), ("东河村", "城东管区", "甲", "13900001234")],
            "部门": [("序号", "部门名称", "负责人"), (1, "示例镇教委", "乙")],
            "说明": [("本表由各村填报，请于三月底前交回。",)],
        },
    )
    plan = rosters.read_roster(office, path)
    assert plan.counts["read"] == 1
    assert plan.other_kinds == {"村居": "village", "部门": "department"}
    assert plan.plan.without_heading == ["说明"]
    village = rosters.read_roster(office, path, kind="village")
    assert (village.counts["new"], village.other_kinds["企业"]) == (1, "enterprise")


def test_a_list_of_workers_is_not_taken_for_enterprises(office, tmp_path):
    path = book(
        tmp_path / "职工.xlsx",
        {"Sheet1": [("序号", "姓名", "身份证号", "企业名称", "岗位", "联系电话"), (1, "甲", "990001198503120015", "示例厂", "焊工", "13900001234")]},
    )  # fmt: skip
    with pytest.raises(UserError, match="像是从业人员的名册") as refused:
        rosters.read_roster(office, path)
    assert refused.value.code == "other_kind"
    assert rosters.read_roster(office, path, sheet="Sheet1").counts["read"] == 1


def test_each_villages_sheet_gives_its_rows_their_village(office, tmp_path):
    rosters.apply_roster(office, rosters.read_roster(office, roster(tmp_path / "库.xlsx", unit(1, village="南坡村"))))
    headings = ("企业名称", "联系电话")
    path = book(
        tmp_path / "分村.xlsx",
        {name: [headings, (f"示例{name}厂", "13900001234")] for name in ("东河村", "西岭社区", "南坡", "汇总")},
    )
    plan = rosters.read_roster(office, path)
    assert [row.values.get("village") for row in plan.plan.rows] == ["东河村", "西岭社区", "南坡村", None]


def test_a_second_table_under_the_first_is_read_by_its_own_heading(office, tmp_path):
    path = book(
        tmp_path / "两张.xlsx",
        {
            "企业": [
                ("一、工业企业",), HEADINGS, unit(1), unit(2), (),
                ("二、商贸单位",), ("联系电话", "单位名称", "经营地址", "负责人"), ("13900001234", "示例超市", "东街1号", "丙"),
            ]
        },
    )  # fmt: skip
    plan = rosters.read_roster(office, path)
    assert plan.counts == {"read": 3, "new": 3, "updated": 0, "same": 0, "refused": 0}
    assert plan.plan.rows[2].values["address"] == "东街1号"
    mended = rosters.correct(office, plan, "企业", 8, "address", "东街2号")
    assert mended.plan.rows[2].values["address"] == "东街2号"


# -- stopping -----------------------------------------------------------------------------------------------------


def test_reading_stops_when_asked(office, tmp_path):
    path = roster(tmp_path / "名册.xlsx", *(unit(n) for n in range(1, 50)))
    steps: list[str] = []

    def step(done: int, total: int, name: str) -> None:
        steps.append(name)
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        rosters.read_roster(office, path, step=step)
    assert rosters.read_roster(office, path).counts["read"] == 49
