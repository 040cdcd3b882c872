"""What an import would do: verdicts, duplicates, recognition, groups, skipped rows; counts always add up."""

from __future__ import annotations

from datetime import date

import pytest

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import error_cell
from anjian_desktop.exchange.import_plan import ImportPlan, RowPlan, Verdict
from anjian_desktop.exchange.known_rows import KnownRow, KnownRows
from anjian_desktop.exchange.planner import plan_import
from anjian_desktop.exchange.sheet import Sheet, SheetRow
from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.ledgers.organization import Department, Enterprise, Village

TODAY = date(2026, 11, 23)
E1, E2, E3, E4, E5 = (
    "91990001MA00000157",
    "92990001MA000H011J",
    "93990001MA000N0189",
    "12990001000000115Y",
    "54990001ME000001XL",
)
MORE = ("91990001MA00000232", "91990001MA00000X7A", "1199000100000022X3", "52990001MJ0000034P", "91990001MA00000B7P")
HEADING = ["企业名称", "统一社会信用代码", "所属村", "主要负责人", "联系电话"]


def sheet(*lines: list[object], name: str = "企业", **options: bool) -> Sheet:
    rows = [
        SheetRow(number, list(line)) for number, line in enumerate(lines, start=1) if any(c is not None for c in line)
    ]
    return Sheet(name, rows=rows, **options)  # type: ignore[arg-type]


def plan(
    *sheets: Sheet,
    known: list[dict[str, object]] | None = None,
    villages: tuple[str, ...] = ("东河村", "西河村"),
    ledger: type[Ledger] = Enterprise,
    mapping: dict[str, str] | None = None,
) -> ImportPlan:
    rows = [KnownRow(number, values) for number, values in enumerate(known or [], start=1)]
    return plan_import(sheets, ledger, known=KnownRows(rows, {"village": villages}), today=TODAY, mapping=mapping)


def told(row: RowPlan) -> list[str]:
    return [problem.problem for problem in row.problems]


def test_scenario_7_ten_go_in_and_two_are_refused() -> None:
    codes = (E1, E2, E3, E4, E5, *MORE)
    lines: list[list[object]] = [[f"示例{n}厂", code, "东河村"] for n, code in enumerate(codes)]
    lines += [["示例K厂", "91990001MA00000158", "东河村"], ["示例Z厂", " 91990001ma00000157 ", "东河村"]]
    made = plan(sheet(HEADING, *lines))
    assert [row.verdict for row in made.rows] == [Verdict.NEW] * 10 + [Verdict.REFUSED] * 2
    assert [(one.row, one.column, one.problem) for one in made.problems] == [
        (12, "B 统一社会信用代码", "校验码应为7"),
        (13, "B 统一社会信用代码", "重复：第2行"),
    ]
    assert made.read == 12


def test_a_new_row_carries_everything_that_is_to_be_written() -> None:
    made = plan(sheet(HEADING, ["示例(东河)厂", E1, " 东河村", "甲", "139 0000 1234"]))
    assert made.rows[0].values == {
        "name": "示例（东河）厂",
        "credit_code": E1,
        "village": "东河村",
        "principal": "甲",
        "principal_phone": "13900001234",
        "status": "在营",
    }


def test_a_unit_is_recognised_by_its_code_and_only_changes_are_written() -> None:
    known = [{"name": "示例一厂", "credit_code": E1, "village": "东河村", "principal": "甲", "status": "停产"}]
    made = plan(sheet(HEADING, ["示例一厂", E1, "东河村", "乙", None]), known=known)
    row = made.rows[0]
    assert (row.verdict, row.row_id, row.values) == (Verdict.UPDATE, 1, {"principal": "乙"})
    assert made.missing == []


def test_an_empty_cell_never_overwrites() -> None:
    known = [
        {
            "name": "示例一厂",
            "credit_code": E1,
            "village": "东河村",
            "principal": "甲",
            "status": "停产",
            "flags": ["九小"],
        }
    ]
    lines = [["示例一厂", E1, None, "  ", "\u200b"]]
    made = plan(sheet(HEADING, *lines), known=known)
    assert made.rows[0].verdict is Verdict.SAME


@pytest.mark.parametrize("village", ["东河村", None])
def test_without_a_code_a_unit_is_recognised_by_name_and_village(village: str | None) -> None:
    known = [{"name": "示例（东河）一厂", "credit_code": E1, "village": "东河村"}]
    made = plan(sheet(HEADING, ["示例(东河) 一厂", None, village, "甲"]), known=known)
    assert (made.rows[0].verdict, made.rows[0].row_id) == (Verdict.UPDATE, 1)


def test_the_same_name_in_another_village_is_another_unit() -> None:
    known: list[dict[str, object]] = [{"name": "便民超市", "village": "东河村"}]
    made = plan(sheet(HEADING, ["便民超市", None, "西河村"]), known=known)
    assert made.rows[0].verdict is Verdict.NEW
    assert made.missing == [1]


def test_a_code_is_filled_in_where_the_store_has_none() -> None:
    known: list[dict[str, object]] = [{"name": "便民超市", "village": "东河村"}]
    made = plan(sheet(HEADING, ["便民超市", E2, "东河村"]), known=known)
    assert (made.rows[0].verdict, made.rows[0].values) == (Verdict.UPDATE, {"credit_code": E2})


def test_the_same_name_with_another_code_is_new_with_a_warning() -> None:
    known: list[dict[str, object]] = [{"name": "便民超市", "credit_code": E1, "village": "东河村"}]
    made = plan(sheet(HEADING, ["便民超市", E2, "东河村"]), known=known)
    assert made.rows[0].verdict is Verdict.NEW
    assert "按另一家新增" in made.warnings[0].problem


def test_several_stored_units_of_one_name_are_not_guessed() -> None:
    known: list[dict[str, object]] = [
        {"name": "便民超市", "credit_code": E1, "village": "东河村"},
        {"name": "便民超市", "credit_code": E2, "village": "东河村"},
    ]
    made = plan(sheet(HEADING, ["便民超市", None, "东河村"]), known=known)
    assert told(made.rows[0]) == ["库中有2个同名的，分不清是哪一个，请填写统一社会信用代码"]
    assert made.missing == []


def test_a_code_whose_name_changed_altogether_is_an_update_to_be_checked() -> None:
    known: list[dict[str, object]] = [{"name": "示例东河化工有限公司", "credit_code": E1}]
    made = plan(sheet(HEADING, ["兴旺饭店", E1]), known=known)
    assert made.rows[0].verdict is Verdict.UPDATE
    assert "请核对是不是同一家" in made.warnings[0].problem
    spelled = plan(sheet(HEADING, ["示例东河化工有限责任公司", E1]), known=known)
    assert spelled.warnings == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["示例厂", E1, "东河村"], ["示例厂二", E1, "西河村"]),
        (["示例厂", None, "东河村"], ["示例 厂", None, "东河村"]),
        (["示例厂", E1, "东河村"], ["示例厂", None, "东河村"]),
        (["示例厂", None, "东河村"], ["示例厂", E1, "东河村"]),
    ],
)
def test_a_key_twice_in_one_file_is_refused_the_second_time(first: list[object], second: list[object]) -> None:
    made = plan(sheet(HEADING, first, [None], second))
    assert [row.verdict for row in made.rows] == [Verdict.NEW, Verdict.REFUSED]
    assert told(made.rows[1]) == ["重复：第2行"]


def test_a_repetition_on_another_sheet_names_the_sheet() -> None:
    made = plan(sheet(HEADING, ["示例厂", E1]), sheet(HEADING, ["示例厂", E1], name="补充"))
    assert told(made.rows[1]) == ["重复：工作表“企业”第2行"]


def test_two_shops_of_one_name_with_codes_of_their_own_both_go_in() -> None:
    made = plan(sheet(HEADING, ["便民超市", E1, "东河村"], ["便民超市", E2, "东河村"]))
    assert [row.verdict for row in made.rows] == [Verdict.NEW, Verdict.NEW]


def test_a_refused_row_does_not_block_its_correction_below() -> None:
    made = plan(sheet(HEADING, ["示例厂", E1, "东河村", "甲", "139"], ["示例厂", E1, "东河村", "甲", "13900001234"]))
    assert [row.verdict for row in made.rows] == [Verdict.REFUSED, Verdict.NEW]


def test_a_refused_row_still_mentions_its_unit() -> None:
    known: list[dict[str, object]] = [{"name": "示例厂", "credit_code": E1, "village": "东河村"}]
    made = plan(sheet(HEADING, ["示例厂", E1, "东河村", "甲", "139"]), known=known)
    assert (made.rows[0].verdict, made.missing) == (Verdict.REFUSED, [])


def test_every_wrong_cell_of_a_row_is_told_and_personal_values_are_masked() -> None:
    made = plan(sheet(HEADING, [None, "91990001MA00000158", error_cell("#REF!"), "甲", "1390000123O"]))
    assert [(one.column, one.value, one.problem) for one in made.problems] == [
        ("B 统一社会信用代码", "91990001MA00000158", "校验码应为7"),
        ("C 所属村", "#REF!", "单元格是错误值 #REF!，请改成正确内容"),
        ("E 联系电话", "139****123O", "电话号码格式不正确"),
        ("A 企业名称", "", "企业名称必填"),
    ]


def test_a_missing_name_is_fine_where_the_code_is_known() -> None:
    known: list[dict[str, object]] = [{"name": "示例厂", "credit_code": E1}]
    made = plan(sheet(["统一社会信用代码", "主要负责人"], [E1, "乙"]), known=known)
    assert (made.rows[0].verdict, made.rows[0].values) == (Verdict.UPDATE, {"principal": "乙"})


def test_unknown_villages_are_to_be_made_once_in_one_spelling() -> None:
    lines = [
        ["示例一厂", None, "南岭村"],
        ["示例二厂", None, "南岭 村"],
        ["示例三厂", None, "南岭村村民委员会"],
        ["示例四厂", "x", "北塘村"],
    ]
    made = plan(sheet(HEADING, *lines))
    assert made.created == {"village": ["南岭村"]}
    assert {row.values["village"] for row in made.rows[:3]} == {"南岭村"}


@pytest.mark.parametrize("written", ["东河村委会", "东河村村民委员会", "东河", "东 河村"])
def test_a_villages_other_names_mean_the_known_one(written: str) -> None:
    made = plan(sheet(HEADING, ["示例一厂", None, written]))
    assert made.rows[0].values["village"] == "东河村"
    assert made.created == {}


def test_group_titles_give_their_village_until_the_next_one() -> None:
    made = plan(
        sheet(
            ["示例镇企业名册"],
            ["序号", "企业名称", "主要负责人"],
            ["一、东河村（2家）"],
            [1, "示例一厂", "甲"],
            [2, "示例二厂", "乙"],
            [None, "小计", "2家"],
            ["二、西河村"],
            [3, "示例三厂", "丙"],
            ["合计", None, 3],
        )
    )
    assert [(row.number, row.values["village"], row.place) for row in made.rows] == [
        (4, "东河村", "东河村"),
        (5, "东河村", "东河村"),
        (8, "西河村", "西河村"),
    ]
    assert [(one.row, one.reason) for one in made.skipped] == [
        (1, "标题行"),
        (3, "分组标题行"),
        (6, "合计行"),
        (7, "分组标题行"),
        (9, "合计行"),
    ]


def test_a_rows_own_village_goes_before_the_groups() -> None:
    made = plan(sheet(HEADING, ["东河村"], ["示例一厂", None, "西河村"], ["示例二厂", None, None]))
    assert [row.values["village"] for row in made.rows] == ["西河村", "东河村"]


def test_a_sheet_named_after_a_village_gives_it_when_there_is_no_village_column() -> None:
    made = plan(sheet(["企业名称", "主要负责人"], ["示例一厂", "甲"], name="东河村"))
    assert made.rows[0].values["village"] == "东河村"
    plain = plan(sheet(["企业名称", "主要负责人"], ["示例一厂", "甲"], name="Sheet1"))
    assert "village" not in plain.rows[0].values


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (["合计", None, None, None, None], "合计行"),
        ([None, "合 计", "1100家", None, None], "合计行"),
        (["东河村小计：", "28家", None, None, None], "合计行"),
        (["共28家", None, None, None, None], "合计行"),
        (["总计", 1100, None, None, None], "合计行"),
        (["备注：本表一式两份", None, None, None, None], "说明行"),
        (["填表人：甲", None, "审核人：乙", None, "日期："], "说明行"),
        (["说明：1.企业名称以执照为准；2.电话为手机。", None, None, None, None], "说明行"),
        (["企业名称", "统一社会信用代码", "所属村", "主要负责人", "联系电话"], "重复的标题行"),
        (["示例镇企业名册"], "标题行"),
        (["必填", "18位", "下拉选择", "必填", "文本"], "说明行"),
    ],
)
def test_rows_that_are_no_data_are_skipped_with_their_reason(line: list[object], reason: str) -> None:
    made = plan(sheet(["示例镇企业名册"], HEADING, ["示例一厂", E1, "东河村"], line))
    assert made.read == 1
    assert (made.skipped[-1].row, made.skipped[-1].reason) == (4, reason)


@pytest.mark.parametrize(
    "name",
    [
        "共同机械厂",
        "示例统计咨询有限公司",
        "合计划食品店",
        "注塑一厂",
        "日期牌印刷厂",
        "示例说明书印刷厂",
        "第3街坊超市",
    ],
)
def test_units_with_such_words_in_their_names_are_data(name: str) -> None:
    made = plan(
        sheet(
            ["序号", *HEADING], [1, name, None, None, None, None], [2, name + "分店", E1, "东河村", "甲", "13900001234"]
        )
    )
    assert [row.verdict for row in made.rows] == [Verdict.NEW, Verdict.NEW]


def test_a_holiday_village_alone_in_its_row_is_a_unit_and_no_group_title() -> None:
    made = plan(sheet(HEADING, ["示例度假村"], ["示例一厂"]))
    assert [row.values.get("village") for row in made.rows] == [None, None]


def test_numbered_blanks_and_gaps_are_skipped_and_counted_once() -> None:
    lines = sheet(["序号", *HEADING], [1, "示例一厂"], [None], [2], [3])
    lines.rows.append(SheetRow(1200, [4, "示例二厂"]))
    made = plan(lines)
    assert [(one.row, one.reason) for one in made.skipped] == [
        (3, "空行"),
        (4, "空行（只有序号）"),
        (5, "空行（只有序号）"),
        (6, "空行（到第1199行）"),
    ]
    assert made.read == 2


def test_words_for_nothing_are_nothing() -> None:
    made = plan(sheet(HEADING, ["示例一厂", "无", "/", "甲", "—"]))
    assert made.rows[0].values == {"name": "示例一厂", "principal": "甲", "status": "在营"}


def test_a_masked_phone_is_left_alone_and_told() -> None:
    known: list[dict[str, object]] = [{"name": "示例一厂", "credit_code": E1, "principal_phone": "13900001234"}]
    made = plan(sheet(HEADING, ["示例一厂", E1, None, None, "139****1234"]), known=known)
    assert made.rows[0].verdict is Verdict.SAME
    assert "遮盖" in made.warnings[0].problem


def test_day_numbers_of_a_1904_book_are_right_even_without_a_date_format() -> None:
    made = plan(sheet(["企业名称", "成立日期"], ["示例一厂", 44624], starts_1904=True))
    assert made.rows[0].values["established_on"] == date(2026, 3, 5)


def test_villages_and_departments_are_known_by_their_name() -> None:
    known: list[dict[str, object]] = [{"name": "东河村", "principal": "甲"}]
    made = plan(
        sheet(["村名", "管区", "负责人"], ["东河村", "城东管区", "甲"], ["西河村", None, "乙"]),
        known=known,
        ledger=Village,
    )
    assert [(row.verdict, row.row_id) for row in made.rows] == [(Verdict.UPDATE, 1), (Verdict.NEW, None)]
    again = plan(sheet(["部门名称", "负责人"], ["派出所", "甲"], ["派出所", "乙"]), ledger=Department)
    assert [row.verdict for row in again.rows] == [Verdict.NEW, Verdict.REFUSED]


def test_sheets_without_a_heading_are_named() -> None:
    made = plan(sheet(["说明"], ["请勿修改"], name="填表说明"), sheet(HEADING, ["示例一厂"]), Sheet("空表"))
    assert made.without_heading == ["填表说明"]
    assert [one.name for one in made.sheets] == ["企业"]
    assert made.sheets[0].columns == dict(
        zip(HEADING, ("name", "credit_code", "village", "principal", "principal_phone"), strict=True)
    )


def test_a_file_without_any_heading_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="没有找到标题行"):
        plan(sheet(["甲", "乙"], ["丙", "丁"]))


def test_a_mapping_to_nothing_known_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="字段“没有的”不存在"):
        plan(sheet(HEADING, ["示例一厂"]), mapping={"企业名称": "没有的"})
    with pytest.raises(UserError, match="没有标题“字号”"):
        plan(sheet(HEADING, ["示例一厂"]), mapping={"字号": "企业名称"})


def test_a_mapping_reads_other_headings() -> None:
    made = plan(sheet(["字号", "代码"], ["示例一厂", E1]), mapping={"字号": "企业名称", "代码": "credit_code"})
    assert made.rows[0].values["credit_code"] == E1


def test_filtered_rows_are_read_and_told() -> None:
    made = plan(Sheet("企业", rows=[SheetRow(1, list(HEADING)), SheetRow(2, ["示例一厂"])], hidden_rows=1))
    assert made.read == 1
    assert made.notes == ["工作表“企业”有 1 行被筛选或隐藏，也一并读取"]
