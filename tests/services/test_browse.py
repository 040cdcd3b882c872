"""Lists: filtered, sorted and paged by SQL for any ledger."""

from __future__ import annotations

import openpyxl
import pytest
from support.offices import enterprise, enterprises, village

from anjian_desktop.errors import UserError
from anjian_desktop.services import browse
from anjian_desktop.services.browse import Condition, Query, parse_condition
from anjian_desktop.services.lists import export_list
from anjian_desktop.services.search import search


@pytest.fixture
def town(office):
    village(office, "东河村")
    village(office, "西河村")
    enterprise(
        office, 1, village="东河村", flags="危险化学品、粉尘涉爆", worker_count="50", established_on="2020-01-01"
    )
    enterprise(office, 2, village="西河村", flags="粉尘涉爆", worker_count="5")
    enterprise(office, 3, name="单记饭店", status="停业", principal="尉迟示")
    return office


def names(office, *where: str, text: str = "", sort=()) -> list[str]:
    query = Query("enterprise", text=text, where=tuple(parse_condition("enterprise", one) for one in where), sort=sort)
    return [row.full["name"][:3] for row in browse.page(office, "enterprise", browse.ids(office, query))]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (["所属村=东河村"], ["示例1"]),
        (["所属村!=东河村"], ["单记饭", "示例2"]),
        (["所属村="], ["单记饭"]),
        (["行业领域=粉尘涉爆"], ["示例1", "示例2"]),
        (["行业领域=粉尘涉爆", "行业领域=危险化学品"], ["示例1"]),
        (["行业领域!=粉尘涉爆"], ["单记饭"]),
        (["行业领域="], ["单记饭"]),
        (["企业名称~机械"], ["示例1", "示例2"]),
        (["企业名称~%"], []),
        (["从业人数>=50"], ["示例1"]),
        (["worker_count<=49"], ["示例2"]),
        (["从业人数="], ["单记饭"]),
        (["成立日期!="], ["示例1"]),
        (["成立日期>=2020-01-01"], ["示例1"]),
        (["经营状态=停业"], ["单记饭"]),
        (["企业名称=单记饭店"], ["单记饭"]),
    ],
)
def test_conditions_choose_the_rows(town, conditions, found):
    assert sorted(names(town, *conditions)) == sorted(found)


def test_ticked_values_of_a_header_are_alternatives(town):
    query = Query("enterprise", where=(Condition("village", "in", "东河村\n西河村"),))
    assert len(browse.ids(town, query)) == 2


@pytest.mark.parametrize("text", ["颜色=红", "没有条件", "从业人数>=很多"])
def test_a_condition_that_cannot_be_used_is_refused_in_words(town, text):
    with pytest.raises(UserError):
        browse.ids(town, Query("enterprise", where=(parse_condition("enterprise", text),)))


def test_sorting_puts_what_is_not_filled_last(town):
    assert names(town, sort=(("worker_count", False),)) == ["示例2", "示例1", "单记饭"]
    assert names(town, sort=(("worker_count", True),)) == ["示例1", "示例2", "单记饭"]
    assert names(town, sort=(("village", False),))[-1] == "单记饭"


@pytest.mark.parametrize("text", ["单记", "sjfd", "shanji", "单", "尉迟", "ycs"])
def test_typing_narrows_the_list_by_characters_and_pinyin(town, text):
    assert names(town, text=text) == ["单记饭"]


def test_search_tells_what_matched(town):
    found = search(town, "尉迟")
    assert found.total == 1
    assert (found.rows[0].title, found.rows[0].matched) == ("单记饭店", ("principal",))
    assert search(town, "东河").rows[0].ledger == "village"


def test_facets_count_the_values_of_a_column(town):
    assert browse.facets(town, "enterprise", "flags") == [("粉尘涉爆", 2), ("危险化学品", 1), ("", 1)]
    assert dict(browse.facets(town, "enterprise", "village")) == {"东河村": 1, "西河村": 1, "": 1}


def test_links_are_offered_by_name(town):
    assert browse.link_names(town, "village", "dh") == ["东河村"]


def test_an_export_holds_what_the_list_shows_with_phones_masked(town, tmp_path):
    query = Query("enterprise", where=(parse_condition("enterprise", "经营状态=在营"),))
    assert export_list(town, query, tmp_path / "企业.xlsx", keys=("name", "principal_phone", "worker_count")).rows == 2
    sheet = openpyxl.load_workbook(tmp_path / "企业.xlsx").active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("企业名称", "联系电话", "从业人数")
    assert rows[1] == ("示例1号机械有限公司", "139****0001", 50)
    export_list(town, query, tmp_path / "完整.xlsx", keys=("principal_phone",), full=True)
    assert openpyxl.load_workbook(tmp_path / "完整.xlsx").active["A2"].value == "13900000001"


def test_numbers_sort_by_their_value(office, tmp_path):
    from anjian_desktop.services.agreements import DraftRequest, draft
    from anjian_desktop.services.print_requests import PrintRequest
    from anjian_desktop.services.printing import print_agreements

    enterprises(office, 11)
    draft(office, DraftRequest(2026, "enterprise"))
    print_agreements(office, PrintRequest(2026, tmp_path / "out", format="docx"))
    shown = [row.shown["number"] for row in browse.page(office, "agreement", browse.ids(office, Query("agreement")))]
    assert shown == [f"示安责〔2026〕{n}号" for n in range(1, 12)]


def test_any_column_of_words_sorts_by_pinyin_with_2_before_10(office):
    for n, address in enumerate(("东河路10号", "北塘路3号", "东河路2号", "", "a座"), start=1):
        enterprise(office, n, address=address)
    for down in (False, True):
        ids = browse.ids(office, Query("enterprise", sort=(("address", down),)))
        shown = [row.shown["address"] for row in browse.page(office, "enterprise", ids)]
        wanted = ["a座", "北塘路3号", "东河路2号", "东河路10号"]
        assert shown == [*(reversed(wanted) if down else wanted), ""]


def test_lists_are_sorted_by_pinyin(office):
    for name in ("中村", "北塘村", "安居社区"):
        village(office, name)
    shown = [row.shown["name"] for row in browse.page(office, "village", browse.ids(office, Query("village")))]
    assert shown == ["安居社区", "北塘村", "中村"]
