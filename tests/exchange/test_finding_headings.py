"""The heading row under titles, notes and merged cells, and which column is which field."""

from __future__ import annotations

from random import Random

import pytest

from anjian_desktop.exchange.headings import HeadingMatch, find_heading, repeats_heading
from anjian_desktop.exchange.sheet_rows import Merge, SheetRow, fill_merged
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.fields import Kind
from anjian_desktop.ledgers.organization import Department, Enterprise, Village

FIELDS = fields_of(Enterprise)


def rows_of(*lines: list[object]) -> list[SheetRow]:
    return [SheetRow(number, list(line)) for number, line in enumerate(lines, start=1) if any(line)]


def keys(match: HeadingMatch | None) -> dict[int, str]:
    assert match is not None
    return {column: one.key for column, one in match.columns.items()}


def test_the_heading_stands_under_titles_and_notes() -> None:
    match = find_heading(
        rows_of(
            ["示例镇企业名册"],
            ["填报单位：示例镇", "", "填报日期：2026.3.5"],
            [],
            ["序号", "单位\n名称（必填）", "统一社会信用代码*", "村", "联系电话：", "成立时间", "网格员"],
            [1, "示例厂", "91990001MA00000157", "东河村", "13900001234", "2026.3.5", "甲"],
        ),
        FIELDS,
    )
    assert keys(match) == {1: "name", 2: "credit_code", 3: "village", 4: "principal_phone", 5: "established_on"}
    assert match is not None
    assert match.row_number == 4
    assert match.unmatched == ["网格员"]
    assert match.headings[1] == "单位 名称（必填）"


def test_a_group_row_over_the_heading_is_joined_with_it() -> None:
    rows = rows_of(
        ["示例镇企业名册"],
        ["序号", "企业名称", "主要负责人", None, "安全管理员", None, "从业人数"],
        [None, None, "姓名", "电话", "姓名", "手机", None],
        [1, "示例厂", "甲", "13900001234", "乙", "13900005678", 12],
    )
    fill_merged(rows, [Merge(2, 3, 0, 0), Merge(2, 3, 1, 1), Merge(2, 2, 2, 3), Merge(2, 2, 4, 5), Merge(2, 3, 6, 6)])
    match = find_heading(rows, FIELDS)
    assert keys(match) == {
        1: "name",
        2: "principal",
        3: "principal_phone",
        4: "safety_officer",
        5: "safety_officer_phone",
        6: "worker_count",
    }
    assert match is not None
    assert (match.row_number, match.rows) == (3, (2, 3))


def test_a_two_row_heading_without_merges_is_found_too() -> None:
    rows = rows_of(
        ["序号", "企业名称", "主要负责人", None, "从业人数"],
        [None, None, "姓名", "联系电话", None],
        [1, "示例厂", "甲", "13900001234", 12],
    )
    assert keys(find_heading(rows, FIELDS)) == {1: "name", 2: "principal", 3: "principal_phone", 4: "worker_count"}


def test_a_group_title_over_a_plain_heading_does_not_matter() -> None:
    rows = rows_of(
        ["基本信息", None, "人员", None],
        ["企业名称", "地址", "负责人", "电话"],
        ["示例厂", "东街", "甲", "13900001234"],
    )
    match = find_heading(rows, FIELDS)
    assert keys(match) == {0: "name", 1: "address", 2: "principal", 3: "principal_phone"}


def test_of_several_phone_columns_each_belongs_to_the_person_on_its_left() -> None:
    rows = rows_of(["企业名称", "安全管理员", "联系电话", "主要负责人", "联系电话"])
    assert keys(find_heading(rows, FIELDS)) == {
        0: "name",
        1: "safety_officer",
        2: "safety_officer_phone",
        3: "principal",
        4: "principal_phone",
    }


def test_a_single_phone_column_is_the_units_whatever_stands_on_its_left() -> None:
    assert keys(find_heading(rows_of(["企业名称", "安全管理员", "联系电话"]), FIELDS))[2] == "principal_phone"


def test_a_data_row_is_never_the_heading() -> None:
    rows = rows_of(["示例化工有限公司", "91990001MA00000157", "东河村"], ["示例机械厂", "", "西河村"])
    assert find_heading(rows, FIELDS) is None


def test_a_heading_needs_a_name_or_a_code() -> None:
    assert find_heading(rows_of(["联系电话", "负责人", "地址"]), FIELDS) is None
    assert find_heading(rows_of(["统一社会信用代码", "从业人数"]), FIELDS) is not None


def test_each_ledger_reads_its_own_sheet() -> None:
    village = rows_of(["序号", "管区", "村名", "负责人", "联系电话"])
    assert keys(find_heading(village, fields_of(Village))) == {
        1: "area",
        2: "name",
        3: "principal",
        4: "principal_phone",
    }
    assert find_heading(village, FIELDS) is None
    assert keys(find_heading(rows_of(["部门名称", "负责人"]), fields_of(Department))) == {0: "name", 1: "principal"}


def test_the_clerks_own_mapping_goes_first() -> None:
    rows = rows_of(["字号", "统一社会信用代码", "负责人", "备注"])
    match = find_heading(rows, FIELDS, mapping={"字号": "企业名称", "负责人": "legal_representative", "备注": ""})
    assert keys(match) == {0: "name", 1: "credit_code", 2: "legal_representative"}
    assert match is not None
    assert match.unmatched == []


def test_the_reason_column_of_a_handed_back_workbook_is_ignored() -> None:
    match = find_heading(rows_of(["原因", "序号", "企业名称"]), FIELDS)
    assert keys(match) == {2: "name"}
    assert match is not None
    assert match.unmatched == []


def test_the_heading_printed_again_is_recognised() -> None:
    rows = rows_of(["序号", "企业名称", "所属村"], [1, "示例厂", "东河村"], ["序号", "企业 名称", "所属村"])
    match = find_heading(rows, FIELDS)
    assert match is not None
    assert [repeats_heading(row, match) for row in rows[1:]] == [False, True]


# -- a corpus of layouts as clerks make them -----------------------------------------------------------------------


def _decorated(random: Random, heading: str) -> str:
    marks = ("{}", "{}", "{}", "*{}", "{}（必填）", " {} ", "{}：", "{}\u3000")
    text = random.choice(marks).format(heading)
    if len(heading) > 3 and random.random() < 0.3:
        cut = random.randint(1, len(heading) - 1)
        text = text.replace(heading, heading[:cut] + random.choice(("\n", " ", "  ")) + heading[cut:])
    return text


def _layout(random: Random) -> tuple[list[SheetRow], int, dict[int, str]]:
    """Rows, the heading's row number and the true columns of one invented sheet."""
    chosen = [one for one in FIELDS if not one.computed and (one.key == "name" or random.random() < 0.6)]
    random.shuffle(chosen)
    lines: list[list[object]] = []
    width = len(chosen) + 2
    for _ in range(random.randint(0, 3)):
        title = random.choice(
            (
                "示例镇生产经营单位名册",
                "2026年安全生产基础台账",
                "附件1",
                "填报单位：示例镇应急办",
                "（盖章）",
                "企业基本情况",
            )
        )
        line: list[object] = [None] * width
        line[random.choice((0, 0, 0, width // 2))] = title
        lines.append(line)
    if random.random() < 0.3:
        lines.append([])
    heading: list[object] = []
    truth: dict[int, str] = {}
    if random.random() < 0.7:
        heading.append("序号")
    for one in chosen:
        if random.random() < 0.15:
            heading.append(random.choice(("微信号", "排污许可", "检查日期", "镇街编号", None)))
        truth[len(heading)] = one.key
        heading.append(_decorated(random, random.choice((one.label, one.label, *one.aliases))))
    merges = []
    number = len(lines) + 1
    if random.random() < 0.3:  # a group row above, its own cells merged with the heading's
        upper = [None if random.random() < 0.5 else text for text in heading]
        start = random.randrange(len(heading))
        for column, text in enumerate(upper):
            if text is not None and column != start:
                merges.append(Merge(number, number + 1, column, column))
        lines.append([text if text is not None or column != start else "其他情况" for column, text in enumerate(upper)])
        heading = [
            None if any(m.first_column == column for m in merges) else text for column, text in enumerate(heading)
        ]
        number += 1
    lines.append(heading)
    for row in range(random.randint(1, 5)):
        values: list[object] = [None] * len(heading)
        for column, key in truth.items():
            kind = next(one for one in FIELDS if one.key == key).kind
            if key == "name" or random.random() < 0.8:
                values[column] = 12 if kind is Kind.INTEGER else f"示例{row}{random.choice(('厂', '店', '村', '街'))}"
        lines.append(values)
    rows = rows_of(*lines)
    fill_merged(rows, merges)
    return rows, number, truth


@pytest.mark.parametrize("seed", range(3))
def test_messy_layouts_are_read_right_in_at_least_95_of_100(seed: int) -> None:
    random = Random(seed)
    right = 0
    for _ in range(200):
        rows, number, truth = _layout(random)
        match = find_heading(rows, FIELDS)
        right += match is not None and match.row_number == number and keys(match) == truth
    assert right >= 190
