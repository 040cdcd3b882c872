"""Who was principal of a unit on a day: kept by itself when the roster changes, whichever way it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.offices import enterprise, on, village
from support.workbooks import workbook

from anjian_desktop.errors import Refused
from anjian_desktop.services import browse, records, rosters, tenures
from anjian_desktop.services.maintenance import check
from anjian_desktop.services.office import Office
from anjian_desktop.services.tenures import Term

MARCH, JULY = date(2026, 3, 2), date(2026, 7, 20)


def names(office: Office, unit: int, role: str = "principal") -> list[tuple[str, str]]:
    return [(one.name, one.term) for one in tenures.holders(office, unit) if one.role == role]


def test_a_new_principal_leaves_the_one_before_with_the_days(office: Office) -> None:
    unit = enterprise(office, 1, principal="赵甲", principal_phone="13900000011")
    records.edit(on(office, MARCH), "enterprise", unit, {"principal": "钱乙", "principal_phone": "13900000022"})
    records.edit(on(office, JULY), "enterprise", unit, {"principal": "孙丙"})
    assert names(office, unit) == [
        ("孙丙", "2026-07-20 起"),
        ("钱乙", "2026-03-02 至 2026-07-19"),
        ("赵甲", "（起日未记） 至 2026-03-01"),
    ]
    asked = {
        day: tenures.principal_on(office, unit, date.fromisoformat(day))
        for day in ("2020-01-01", "2026-03-02", "2026-07-20")
    }
    assert [one.name for one in asked.values() if one] == ["赵甲", "钱乙", "孙丙"]
    assert asked["2020-01-01"] is not None and asked["2020-01-01"].shown_phone == "139****0011"


def test_the_clerk_may_say_since_when(office: Office) -> None:
    unit = enterprise(office, 1, principal="赵甲")
    records.edit(on(office, JULY), "enterprise", unit, {"principal": "钱乙", "principal_since": "2026-06-01"})
    assert names(office, unit) == [("钱乙", "2026-06-01 起"), ("赵甲", "（起日未记） 至 2026-05-31")]


def test_other_roles_are_kept_too(office: Office) -> None:
    unit = enterprise(office, 1, safety_officer="赵甲", legal_representative="李一")
    records.edit(on(office, MARCH), "enterprise", unit, {"safety_officer": "钱乙"})
    assert names(office, unit, "safety_officer")[1] == ("赵甲", "（起日未记） 至 2026-03-01")
    assert names(office, unit, "legal_representative") == [("李一", "（起日未记） 起")]
    home = village(office, principal="王一")
    records.edit(on(office, MARCH), "village", home, {"principal": "王二"})
    assert [one.label for one in tenures.holders(office, home)] == ["负责人", "负责人"]


def test_a_change_taken_back_leaves_no_trace_of_a_term(office: Office) -> None:
    unit = enterprise(office, 1, principal="赵甲")
    march = on(office, MARCH)
    records.edit(march, "enterprise", unit, {"principal": "钱乙"})
    records.edit(march, "enterprise", unit, {"principal": "赵甲", "principal_since": ""})
    assert names(office, unit) == [("赵甲", "（起日未记） 起")] or names(office, unit)[1:] == []


def test_two_changes_of_one_day_make_one_term(office: Office) -> None:
    unit = enterprise(office, 1, principal="赵甲")
    march = on(office, MARCH)
    records.edit(march, "enterprise", unit, {"principal": "钱乙"})
    records.edit(march, "enterprise", unit, {"principal": "孙丙"})
    assert names(office, unit) == [("孙丙", "2026-03-02 起"), ("赵甲", "（起日未记） 至 2026-03-01")]


def test_an_import_keeps_the_one_before_and_its_undo_takes_that_back(office: Office, tmp_path: Path) -> None:
    unit = enterprise(office, 1, principal="赵甲")
    full = browse.row(office, "enterprise", unit).full
    file = workbook(tmp_path / "新.xlsx", ["企业名称", "主要负责人"], [full["name"], "钱乙"])
    march = on(office, MARCH)
    rosters.apply_roster(march, rosters.read_roster(march, file))
    assert names(office, unit) == [("钱乙", "2026-03-02 起"), ("赵甲", "（起日未记） 至 2026-03-01")]
    rosters.undo_import(march)
    assert names(office, unit) == [("赵甲", "（起日未记） 起")]


def test_terms_are_corrected_but_never_overlap(office: Office) -> None:
    unit = enterprise(office, 1, principal="赵甲")
    records.edit(on(office, MARCH), "enterprise", unit, {"principal": "钱乙"})
    records.edit(on(office, JULY), "enterprise", unit, {"principal": "孙丙"})
    second, first = [one for one in tenures.holders(office, unit) if one.id is not None]
    assert first.id is not None and second.id is not None
    kept = tenures.read_term(office, first.id)
    late = on(office, JULY)
    with pytest.raises(Refused, match="重叠"):
        tenures.correct_term(late, first.id, replace(kept, to_on=MARCH))
    with pytest.raises(Refused, match="起日在止日之后"):
        tenures.correct_term(late, first.id, replace(kept, from_on=MARCH, to_on=date(2026, 1, 1)))
    tenures.correct_term(late, first.id, replace(kept, from_on=date(2019, 5, 1), to_on=date(2026, 2, 27)))
    assert names(office, unit)[2] == ("赵甲", "2019-05-01 至 2026-02-27")
    told = records.history(office, "enterprise", unit)[0]
    assert told.action == "更正任职"
    assert (
        told.lines[-1]
        == "任职：主要负责人 赵甲　（起日未记） 至 2026-03-01 → 主要负责人 赵甲　2019-05-01 至 2026-02-27"
    )
    tenures.remove_term(office, first.id)
    assert len(names(office, unit)) == 2
    assert records.history(office, "enterprise", unit)[0].lines[-1].endswith("→ （空）")
    assert check(office).ok


def test_a_holder_nobody_noted_is_noted_afterwards(office: Office) -> None:
    unit = enterprise(office, 1, principal="赵甲", principal_since="2024-01-01")
    late = on(office, JULY)
    earlier = Term("principal", " 李一 ", "139 0000 0033", None, date(2023, 12, 31))
    tenures.add_term(late, unit, earlier)
    asked = tenures.principal_on(office, unit, date(2020, 5, 1))
    assert asked is not None and (asked.name, asked.shown_phone) == ("李一", "139****0033")
    for wrong, words in (
        (replace(earlier, to_on=JULY), "今天之前"),
        (replace(earlier, role="safety_officer", name=" "), "姓名"),
        (replace(earlier, role="safety_officer", phone="12900001234"), "没有保存"),
    ):
        with pytest.raises(Refused, match=words):
            tenures.add_term(late, unit, wrong)
