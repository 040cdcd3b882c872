"""What each kind of field makes of a cell: the value kept, the warning told, the refusal in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.domain.identity import credit_code_check
from anjian_desktop.ledgers.base import field_of, fields_of
from anjian_desktop.ledgers.fields import Field, FieldProblem, Kind, heading_key
from anjian_desktop.ledgers.organization import Department, Enterprise, Village
from anjian_desktop.ledgers.registry import all_ledgers

TODAY = date(2026, 11, 23)


def enterprise(name: str) -> Field:
    found = field_of(Enterprise, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("企业名称", "  示例(东河) 化工\n有限公司 ", "示例（东河）化工有限公司"),
        ("统一社会信用代码", " 9199 0001 ma00 000157 ", "91990001MA00000157"),
        ("统一社会信用代码", "９１９９０００１MA０００００１５７", "91990001MA00000157"),
        ("所属村", " 东河 村 ", "东河村"),
        ("联系电话", "+86 139-0000-1234", "13900001234"),
        ("联系电话", 13900001234, "13900001234"),
        ("联系电话", 13900001234.0, "13900001234"),
        ("联系电话", "13900001234/0999-8600123", "13900001234、0999-8600123"),
        ("从业人数", "12人", 12),
        ("从业人数", "1,200", 1200),
        ("从业人数", 12.0, 12),
        ("从业人数", "１２", 12),
        ("行业代码", 3011.0, "3011"),
        ("成立日期", 46086, date(2026, 3, 5)),
        ("成立日期", "2026年3月5日", date(2026, 3, 5)),
        ("经营状态", "停产", "停产"),
        ("经营状态", " 在营\u3000", "在营"),
        ("经营状态", "存续（在营、开业、在册）", "在营"),
        ("经营状态", "歇业", "停业"),
        ("行业领域", "粉尘涉爆，有限空间,粉尘涉爆", ("粉尘涉爆", "有限空间")),
        ("备注", "第一行\r\n 第二行 ", "第一行\n第二行"),
        ("经营地址", "\u200b示例镇东街1号\ufeff", "示例镇东街1号"),
    ],
)
def test_a_cell_is_read_as_the_clerk_meant_it(field: str, raw: object, value: object) -> None:
    assert enterprise(field).parse(raw, today=TODAY, from_file=True).value == value


@pytest.mark.parametrize(
    ("field", "raw", "problem"),
    [
        ("企业名称", "", "企业名称必填"),
        ("企业名称", " \u3000 ", "企业名称必填"),
        ("企业名称", "厂", "至少2个字"),
        ("企业名称", "示" * 61, "最多60个字，这里是61个"),
        ("统一社会信用代码", 919900010000001570, "被存成了数字"),
        ("统一社会信用代码", 9.1990001e17, "被存成了数字"),
        ("统一社会信用代码", "9.1990001E+17", "被存成了数字"),
        ("统一社会信用代码", "91990001MA00000158", "校验码应为7"),
        ("联系电话", "1390000123", "手机号应为11位，这里是10位"),
        ("联系电话", "1.39E+10", "格式不正确"),
        ("从业人数", "十几人", "不是整数"),
        ("从业人数", 1.5, "不是整数"),
        ("从业人数", True, "不是整数"),
        ("从业人数", -1, "应在0到1000000之间"),
        ("成立日期", "3月5日", "缺少年份"),
        ("成立日期", "今", "不是日期"),
        ("经营状态", "在营业", "是否应为“在营”"),
    ],
)
def test_a_wrong_cell_is_refused_in_words(field: str, raw: object, problem: str) -> None:
    with pytest.raises(FieldProblem, match=problem):
        enterprise(field).parse(raw, today=TODAY, from_file=True)


def test_an_empty_status_is_in_operation() -> None:
    assert enterprise("经营状态").parse(None, today=TODAY).value == "在营"


def test_unknown_words_are_kept_with_a_warning_where_the_list_is_open() -> None:
    parsed = enterprise("规模").parse("超大型", today=TODAY)
    assert (parsed.value, "超大型" in (parsed.warning or "")) == ("超大型", True)


def test_a_sound_code_with_an_odd_organization_check_is_kept_with_a_warning() -> None:
    body = "91990001MA0000019"
    parsed = enterprise("统一社会信用代码").parse(body + credit_code_check(body), today=TODAY)
    assert "第17位" in (parsed.warning or "")


@given(
    st.text(max_size=60) | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none()
)
def test_any_cell_is_a_value_or_a_refusal_in_words(raw: object) -> None:
    for one in fields_of(Enterprise):
        try:
            one.parse(raw, today=TODAY, from_file=True)
        except FieldProblem as problem:
            assert str(problem)


@given(st.text(max_size=40))
def test_what_was_stored_reads_back_as_itself(raw: str) -> None:
    for one in fields_of(Enterprise):
        try:
            value = one.parse(raw, today=TODAY, from_file=True).value
        except FieldProblem:
            continue
        assert one.parse(one.show(value), today=TODAY, from_file=True).value == value


@pytest.mark.parametrize(
    ("kind", "raw", "value"), [(Kind.YES_NO, "是", True), (Kind.YES_NO, "√", True), (Kind.YES_NO, "无", False)]
)
def test_yes_and_no_in_the_clerks_words(kind: Kind, raw: str, value: bool) -> None:
    assert Field("x", "是否特种作业", kind).parse(raw, today=TODAY).value is value


def test_personal_values_are_masked() -> None:
    assert enterprise("联系电话").masked("13900001234、13900005678") == "139****1234、139****5678"
    assert enterprise("企业名称").masked("示例化工") == "示例化工"


@pytest.mark.parametrize(
    "text", ["企业\n名称", " 企业名称* ", "企业名称（必填）", "企业名称(必填)", "企业　名称：", "＊企业名称"]
)
def test_headings_are_compared_without_their_decoration(text: str) -> None:
    assert heading_key(text) == heading_key("企业名称")


def test_the_contracts_labels_belong_to_their_fields() -> None:
    labels = {
        Enterprise: {
            "name": ("企业名称", "单位名称", "名称", "单位全称"),
            "credit_code": ("统一社会信用代码", "信用代码", "社会信用代码"),
            "village": ("所属村", "村", "村居", "所属村（社区）"),
            "area": ("管区",),
            "address": ("经营地址", "地址", "实际经营地址"),
            "registered_address": ("注册地址",),
            "legal_representative": ("法定代表人", "法人", "法人代表"),
            "principal": ("主要负责人", "负责人"),
            "principal_phone": ("联系电话", "电话", "手机"),
            "safety_officer": ("安全管理员",),
            "safety_officer_phone": ("安管员电话",),
            "worker_count": ("从业人数", "职工人数", "从业人员"),
            "industry": ("行业代码",),
            "size": ("规模",),
            "flags": ("行业领域", "行业标志"),
            "premises_kind": ("九小场所类别",),
            "status": ("经营状态",),
            "established_on": ("成立日期", "成立时间"),
            "note": ("备注",),
        },
        Village: {
            "name": ("村名", "名称", "村居名称"),
            "area": ("管区", "上级"),
            "principal": ("负责人",),
            "principal_phone": ("联系电话",),
        },
        Department: {"name": ("部门名称", "名称"), "principal": ("负责人",), "principal_phone": ("联系电话",)},
    }
    for ledger, wanted in labels.items():
        for key, texts in wanted.items():
            for text in texts:
                found = field_of(ledger, text)
                assert found is not None, (ledger.__name__, text)
                assert found.key == key, (ledger.__name__, text)


def test_no_heading_means_two_fields_of_one_ledger() -> None:
    for ledger in all_ledgers():
        taken: dict[str, str] = {}
        for one in fields_of(ledger):
            if not one.computed:
                for heading in one.headings():
                    assert taken.setdefault(heading, one.key) == one.key, (ledger.about.key, heading)


def test_a_choice_with_brackets_is_found_whatever_their_width() -> None:
    one = Field("k", "类别", Kind.CHOICE, choices=("小学校（幼儿园）", "小商店"))
    for typed in ("小学校（幼儿园）", "小学校(幼儿园)"):
        assert one.parse(typed, today=date(2026, 1, 5)).value == "小学校（幼儿园）"


@pytest.mark.parametrize(
    ("typed", "kept"), [("12.5", "12.5"), ("1,200㎡", "1200"), ("３０．２５ 万元", "30.25"), (12.5, "12.5"), ("-3", "")]
)
def test_a_decimal_figure_is_kept_exactly(typed: object, kept: str) -> None:
    area = Field("floor_area", "建筑面积（㎡）", Kind.DECIMAL)
    if kept:
        assert area.show(area.parse(typed, today=TODAY).value) == kept
    else:
        assert area.problem(typed, today=TODAY) == "应在0到10000000之间"


def test_a_decimal_with_too_many_places_is_said_and_not_rounded_silently() -> None:
    area = Field("floor_area", "建筑面积（㎡）", Kind.DECIMAL)
    assert area.problem("1.234", today=TODAY) == "最多2位小数"
    assert area.parse(1.2340000000000001, today=TODAY, from_file=True).value == Decimal("1.23")
    assert area.problem("一百", today=TODAY) == "不是数字"
