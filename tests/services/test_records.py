"""Rows of any ledger: added, edited, retired, restored, checked by their declared fields."""

from __future__ import annotations

from datetime import date

import pytest
from support.offices import credit_code, enterprise, enterprises, on, village

from anjian_desktop.errors import Refused, UserError
from anjian_desktop.services import browse, records
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements
from anjian_desktop.services.records import RecordProblems


def test_values_are_tidied_as_they_are_stored(office):
    village(office, "东河村")
    saved = records.add(
        office,
        "enterprise",
        {
            "企业名称": " 示例 (东河) 商店 ",
            "信用代码": " 91990001ma00000157 ",
            "所属村": "东河村",
            "电话": "+86 139-0000-1234",
            "从业人数": "１２人",
        },
    )
    values = browse.row(office, "enterprise", saved.id).full
    assert values["name"] == "示例（东河）商店"
    assert values["credit_code"] == "91990001MA00000157"
    assert values["principal_phone"] == "13900001234"
    assert values["worker_count"] == "12"
    assert values["status"] == "在营"


def test_every_problem_is_told_at_once_by_field(office):
    with pytest.raises(RecordProblems) as refused:
        records.add(
            office,
            "enterprise",
            {"name": "", "credit_code": "91990001MA00000158", "village": "没有村", "principal_phone": "123"},
        )
    assert refused.value.problems["name"] == "企业名称必填"
    assert refused.value.problems["credit_code"] == "校验码应为7"
    assert set(refused.value.problems) == {"name", "credit_code", "village", "principal_phone"}
    assert browse.ids(office, browse.Query("enterprise")) == []


def test_a_credit_code_stands_once_among_units_in_use(office):
    first = enterprise(office, 1)
    assert records.problems(office, "enterprise", {"credit_code": credit_code(1)}) | {"name": ""} == {
        "name": "",
        "credit_code": "与“示例1号机械有限公司”重复",
    }
    records.retire(office, "enterprise", [first])
    second = enterprise(office, 1)
    with pytest.raises(Refused, match="重复"):
        records.restore(office, "enterprise", [first])
    records.retire(office, "enterprise", [second])
    records.restore(office, "enterprise", [first])
    assert browse.ids(office, browse.Query("enterprise")) == [first]


def test_an_edit_changes_only_what_is_given(office):
    unit = enterprise(office, 1)
    records.edit(office, "enterprise", unit, {"address": "新址"})
    row = browse.row(office, "enterprise", unit)
    assert (row.full["address"], row.full["credit_code"], row.version) == ("新址", credit_code(1), 2)


def test_an_edit_of_an_older_version_is_refused(office):
    unit = enterprise(office, 1)
    loaded = browse.row(office, "enterprise", unit).version
    records.edit(office, "enterprise", unit, {"address": "甲"})
    with pytest.raises(Refused, match="刚被改动过"):
        records.edit(office, "enterprise", unit, {"address": "乙"}, version=loaded)


def test_a_changed_operating_state_dates_from_today_unless_told(office):
    unit, other = enterprises(office, 2)
    june = on(office, date(2026, 6, 1))
    records.edit(june, "enterprise", unit, {"status": "停产"})
    records.edit(june, "enterprise", other, {"status": "停产", "status_changed_on": "2026-03-01"})
    assert browse.row(office, "enterprise", unit).values["status_changed_on"] == date(2026, 6, 1)
    assert browse.row(office, "enterprise", other).values["status_changed_on"] == date(2026, 3, 1)


def test_the_history_says_who_changed_what(office):
    unit = enterprise(office, 1)
    records.edit(office, "enterprise", unit, {"principal": "钱示例", "principal_phone": "13900009999"})
    newest = records.history(office, "enterprise", unit)[0]
    assert newest.action == "修改企业"
    assert newest.lines == (
        "主要负责人：赵乙 → 钱示例",
        "联系电话：139****0001 → 139****9999",
        "主要负责人任职日期：（空） → 2026-01-05",
    )


def test_a_unit_with_an_agreement_on_paper_stays_in_the_roster(office, tmp_path):
    unit = enterprise(office, 1)
    draft(office, DraftRequest(2026, "enterprise"))
    print_agreements(office, PrintRequest(2026, tmp_path / "out"))
    with pytest.raises(Refused, match="示安责〔2026〕1号"):
        records.retire(office, "enterprise", [unit])


def test_a_village_with_enterprises_stays_in_the_roster(office):
    home = village(office, "东河村")
    enterprise(office, 1, village="东河村")
    with pytest.raises(Refused, match="还有企业"):
        records.retire(office, "village", [home])


def test_agreements_are_not_edited_by_hand(office):
    with pytest.raises(UserError):
        records.add(office, "agreement", {"number": "1"})


def test_an_unknown_field_is_named(office):
    with pytest.raises(UserError, match="颜色"):
        records.add(office, "village", {"村名": "东河村", "颜色": "红"})
