"""Choices come from the code tables as they stand today; what a row already holds stays."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from support.offices import enterprise, on, village

from anjian_desktop.domain.kinds import HIGH_HAZARD_FLAGS
from anjian_desktop.services import browse, code_tables, records
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.office import Office, open_office


def ids(office: Office, table: str, code: str) -> list[int]:
    return browse.ids(office, Query("code", where=(Condition("table", "=", table), Condition("code", "=", code))))


def offered(office: Office, key: str) -> tuple[str, ...]:
    return next(one.choices for one in code_tables.fields(office, "enterprise") if one.key == key)


def test_a_new_office_has_the_tables_of_the_law(office: Office) -> None:
    industry = {one.code: one.label for one in code_tables.words(office, "industry")}
    assert sum(len(code) == 1 for code in industry) == 20 and sum(len(code) == 2 for code in industry) == 97
    assert industry["26"] == "化学原料和化学制品制造业"
    assert tuple(one.code for one in code_tables.words(office, "flag"))[:5] == HIGH_HAZARD_FLAGS
    premises = code_tables.words(office, "premises_kind")
    assert len(premises) == 9 and "50张" in next(one.threshold for one in premises if one.code == "小旅馆")
    # The figures of the standard as amended in 2019: 20, 97, 473 and 1,382.
    assert [sum(len(code) == length for code in industry) for length in (3, 4)] == [473, 1382]
    assert all(code[:-1] in industry for code in industry if len(code) > 2)
    expected = "制造业 · 化学原料和化学制品制造业 · 合成材料制造 · 初级形态塑料及合成树脂制造"
    assert code_tables.industry_name(office, "C2651") == code_tables.industry_name(office, "2651") == expected
    assert code_tables.industry_name(office, "6210") == "住宿和餐饮业 · 餐饮业 · 正餐服务"
    assert code_tables.industry_name(office, "不知道") == ""


def test_a_word_is_offered_from_the_day_it_is_in_force(office: Office) -> None:
    records.add(office, "code", {"表": "行业领域", "代码": "低空经济", "名称": "低空经济", "启用日期": "2026-06-01"})
    assert "低空经济" not in offered(office, "flags")
    assert "低空经济" in offered(on(office, date(2026, 6, 1)), "flags")


def test_a_word_out_of_force_stays_on_the_rows_that_hold_it(office: Office) -> None:
    unit = enterprise(office, 1, flags="喷涂、食品")
    (word,) = ids(office, "flag", "喷涂")
    records.edit(office, "code", word, {"停用日期": "2026-02-28"})
    march = on(office, date(2026, 3, 1))
    assert "喷涂" not in offered(march, "flags")
    saved = records.edit(march, "enterprise", unit, {"address": "新址"})
    assert saved.warnings == {}
    assert browse.row(march, "enterprise", unit).full["flags"] == "喷涂、食品"
    again = records.edit(march, "enterprise", unit, {"flags": "喷涂"})
    assert "已按原样保留" in again.warnings["flags"]


def test_a_status_added_to_the_table_may_be_chosen(office: Office) -> None:
    unit = enterprise(office, 1)
    assert records.problems(office, "enterprise", {"status": "搬迁中"}, id=unit)
    records.add(office, "code", {"table": "status", "code": "搬迁中", "label": "搬迁中"})
    records.edit(office, "enterprise", unit, {"status": "搬迁中"})
    assert browse.row(office, "enterprise", unit).full["status"] == "搬迁中"


def test_an_older_store_gets_the_words_once(office: Office) -> None:
    everything = browse.ids(office, Query("code"))
    records.retire(office, "code", everything)
    office.close()
    with open_office(office.folder, today=office.today) as again:
        assert browse.ids(again, Query("code")) == []


def test_a_store_of_before_gets_the_classes_it_lacks(office: Office) -> None:
    (kept,) = ids(office, "industry", "26")
    records.edit(office, "code", kept, {"label": "化工（本镇叫法）"})
    with office.db.transaction("旧数据") as tx:
        gone = text("DELETE FROM code WHERE \"table\" = 'industry' AND length(code) > 2")
        tx.session.execute(gone)
        tx.note("旧数据")
    office.close()
    with open_office(office.folder, today=office.today) as again:
        assert code_tables.industry_name(again, "2651").startswith("制造业 · 化工（本镇叫法） · 合成材料制造")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("2651", "2651"),
        ("C265", "265"),
        ("c2651", "2651"),
        ("C", "C"),
        ("合成橡胶", "2652"),
        ("hcxj", "2652"),
        ("正餐", "621"),
        ("", "A"),
    ],
)
def test_an_industry_is_found_by_code_name_and_pinyin(office: Office, typed: str, first: str) -> None:
    assert code_tables.find_codes(office, "industry", typed)[0].code == first


def test_a_section_leads_to_its_divisions(office: Office) -> None:
    assert [one.code for one in code_tables.find_codes(office, "industry", "H")][:3] == ["H", "61", "62"]


def test_what_a_word_means_is_told_with_its_source(office: Office) -> None:
    assert "床位不满50张" in code_tables.explained(office, "premises_kind", "小旅馆")
    assert "待核实" in code_tables.explained(office, "premises_kind", "小旅馆")
    (word,) = ids(office, "premises_kind", "小旅馆")
    records.edit(office, "code", word, {"threshold": "床位不满30张", "source": "示例县消防办〔2025〕3号"})
    assert code_tables.explained(office, "premises_kind", "小旅馆") == "界定：床位不满30张（示例县消防办〔2025〕3号）"
    assert code_tables.explained(office, "industry", "D2651") == "代码表里没有这个代码"
    assert code_tables.explained(office, "flag", "喷涂") == "" == code_tables.explained(office, "industry", " ")


def test_a_word_cannot_end_before_it_begins(office: Office) -> None:
    (word,) = ids(office, "flag", "喷涂")
    wrong = records.problems(office, "code", {"valid_from": "2026-06-01", "valid_to": "2026-05-01"}, id=word)
    assert wrong == {"valid_to": "停用日期在启用日期之前"}


def test_a_code_means_one_thing_on_one_day(office: Office) -> None:
    new = {"table": "flag", "code": "喷涂", "label": "喷涂（含喷粉）", "valid_from": "2026-06-01"}
    assert "已有“喷涂”" in records.problems(office, "code", new)["code"]
    (word,) = ids(office, "flag", "喷涂")
    records.edit(office, "code", word, {"valid_to": "2026-05-31"})
    records.add(office, "code", new)
    records.edit(office, "code", word, {"note": "改叫法"})
    for day, label in ((date(2026, 5, 31), "喷涂"), (date(2026, 6, 1), "喷涂（含喷粉）")):
        assert next(one.label for one in code_tables.words(on(office, day), "flag") if one.code == "喷涂") == label


def test_a_leaders_areas_and_villages_are_offered_by_name(office: Office) -> None:
    village(office, "东河村", area="东片")
    records.add(office, "area", {"name": "西片"})
    offers = {one.key: one.choices for one in code_tables.fields(office, "leader_duty")}
    assert offers["area"] == ("西片", "东片") and offers["villages"] == ("东河村",)
    saved = records.add(office, "leader_duty", {"name": "李丁", "area": "东片", "villages": "东河村、未建村"})
    assert "未建村" in saved.warnings["villages"] and "area" not in saved.warnings
