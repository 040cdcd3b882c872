"""A unit's names over time: renamed from a day on, put right, taken back, told in its history."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.offices import enterprise, on

from anjian_desktop.errors import Refused, UserError
from anjian_desktop.services import browse, former_names, records
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.browse import Query
from anjian_desktop.services.maintenance import check
from anjian_desktop.services.office import Office
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements

MARCH, JULY = date(2026, 3, 2), date(2026, 7, 20)


def test_a_renamed_unit_keeps_what_it_was_called(office: Office) -> None:
    unit = enterprise(office, 1, name="示例机械厂")
    july = on(office, JULY)
    former_names.rename_unit(july, "enterprise", unit, "示例机械有限公司", on=MARCH)
    former_names.rename_unit(july, "enterprise", unit, "示例重工有限公司", on=JULY)
    assert [one.words for one in former_names.former_names(office, unit)] == [
        "示例机械有限公司　2026-03-02 至 2026-07-19",
        "示例机械厂　（起日未记） 至 2026-03-01",
    ]
    asked = [former_names.name_on(office, unit, day) for day in (date(2020, 1, 1), MARCH, JULY)]
    assert asked == ["示例机械厂", "示例机械有限公司", "示例重工有限公司"]
    assert records.history(office, "enterprise", unit)[0].lines[-1] == "企业名称：示例机械有限公司 → 示例重工有限公司"
    assert check(office).ok


def test_a_department_shows_its_former_name_to_the_committee(office: Office) -> None:
    unit = records.add(office, "department", {"部门名称": "工商所"}).id
    member = records.add(office, "committee_member", {"姓名": "赵甲", "成员单位": "工商所"}).id
    former_names.rename_unit(office, "department", unit, "市场监管所", on=office.today)
    row = browse.row(office, "committee_member", member).full
    assert (row["department"], row["former_unit"]) == ("市场监管所", "工商所")
    former_names.take_back_name(office, unit)
    row = browse.row(office, "committee_member", member).full
    assert (row["department"], row["former_unit"]) == ("工商所", "")
    with pytest.raises(UserError, match="没有曾用名"):
        former_names.take_back_name(office, unit)


def test_a_signed_paper_keeps_the_name_it_was_printed_with(office: Office, tmp_path: Path) -> None:
    unit = enterprise(office, 1, name="示例机械厂")
    draft(office, DraftRequest(2026, "enterprise"))
    print_agreements(office, PrintRequest(2026, tmp_path))
    former_names.rename_unit(office, "enterprise", unit, "示例重工有限公司", on=office.today)
    (view,) = browse.page(office, "enterprise", browse.ids(office, Query("enterprise")))
    assert "re_sign" in view.marks


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [("示例机械厂", MARCH, "一样"), ("新名", date(2027, 1, 1), "晚于今天"), ("新名", date(2026, 2, 1), "才开始用")],
)
def test_an_impossible_renaming_is_refused(office: Office, name: str, day: date, words: str) -> None:
    unit = enterprise(office, 1, name="示例厂")
    july = on(office, JULY)
    former_names.rename_unit(july, "enterprise", unit, "示例机械厂", on=MARCH)
    with pytest.raises(Refused, match=words):
        former_names.rename_unit(july, "enterprise", unit, name, on=day)
    assert browse.row(office, "enterprise", unit).full["name"] == "示例机械厂"


def test_a_former_name_is_put_right_and_taken_out(office: Office) -> None:
    unit = enterprise(office, 1, name="示例厂")
    july = on(office, JULY)
    former_names.rename_unit(july, "enterprise", unit, "示例机械厂", on=MARCH)
    (kept,) = former_names.former_names(office, unit)
    with pytest.raises(Refused, match="起日在止日之后"):
        former_names.correct_name(july, kept.id, name="示例老厂", from_on=JULY, to_on=MARCH)
    former_names.correct_name(july, kept.id, name="示例老厂", from_on=date(2019, 1, 1), to_on=date(2026, 2, 28))
    assert former_names.former_names(office, unit)[0].words == "示例老厂　2019-01-01 至 2026-02-28"
    assert "曾用名：示例厂" in records.history(office, "enterprise", unit)[0].lines[-1]
    former_names.remove_name(july, kept.id)
    assert former_names.former_names(office, unit) == []
