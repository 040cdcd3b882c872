"""Rosters from Excel: planned, applied, told, taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from support.offices import credit_code, enterprise, on, village

from anjian_desktop.errors import UserError
from anjian_desktop.services import browse, records, rosters
from anjian_desktop.services.browse import Query

HEADINGS = ("企业名称", "统一社会信用代码", "所属村", "主要负责人", "联系电话")


def book(path: Path, *rows, headings=HEADINGS) -> Path:
    made = openpyxl.Workbook()
    made.active.append(["示例镇企业名册"])
    made.active.append(list(headings))
    for row in rows:
        made.active.append(list(row))
    made.save(path)
    return path


def unit(n: int, **changes) -> list[object]:
    row = {
        "name": f"示例{n}号机械有限公司",
        "code": credit_code(n),
        "village": "东河村",
        "principal": f"赵{n}",
        "phone": f"139{n:08d}",
    }
    return list((row | changes).values())


def count(office, ledger="enterprise") -> int:
    return len(browse.ids(office, Query(ledger)))


def bring(office, path, **options):
    return rosters.apply_roster(office, rosters.read_roster(office, path), **options)


def test_good_rows_go_in_bad_ones_are_told_with_their_place(office, tmp_path):
    path = book(
        tmp_path / "名册.xlsx", unit(1), unit(2, code="91990001MA00000158"), unit(3, code=f" {credit_code(1).lower()} ")
    )
    roster = rosters.read_roster(office, path)
    assert count(office) == 0
    outcome = rosters.apply_roster(office, roster)
    assert outcome.counts == {"read": 3, "new": 1, "updated": 0, "same": 0, "refused": 2}
    assert outcome.created == {"village": 1}
    assert [(one.row, one.column, one.problem) for one in roster.plan.problems] == [
        (4, "B 统一社会信用代码", "校验码应为7"),
        (5, "B 统一社会信用代码", "重复：第3行"),
    ]
    assert (count(office), count(office, "village")) == (1, 1)


def test_one_refused_row_keeps_everything_out_when_asked(office, tmp_path):
    path = book(tmp_path / "名册.xlsx", unit(1), unit(2, name=""))
    outcome = bring(office, path, all_or_nothing=True)
    assert (outcome.import_id, count(office)) == (None, 0)


def test_the_same_file_again_changes_nothing_and_is_recognised(office, tmp_path):
    path = book(tmp_path / "名册.xlsx", unit(1), unit(2))
    bring(office, path)
    again = rosters.read_roster(office, path)
    assert again.counts["same"] == 2
    assert again.seen_before is not None
    assert rosters.apply_roster(office, again).import_id is None


def test_an_empty_cell_never_overwrites_and_a_changed_one_does(office, tmp_path):
    bring(office, book(tmp_path / "a.xlsx", unit(1)))
    outcome = bring(office, book(tmp_path / "b.xlsx", unit(1, principal="钱示例", phone="")))
    assert outcome.counts["updated"] == 1
    row = browse.row(office, "enterprise", browse.ids(office, Query("enterprise"))[0]).full
    assert (row["principal"], row["principal_phone"]) == ("钱示例", "13900000001")


def test_units_of_the_store_that_the_file_lacks_are_counted(office, tmp_path):
    enterprise(office, 7)
    assert bring(office, book(tmp_path / "a.xlsx", unit(1))).missing == 1


def test_an_import_is_taken_back_with_the_villages_it_made(office, tmp_path):
    bring(office, book(tmp_path / "a.xlsx", unit(1), unit(2)))
    undone = rosters.undo_import(office)
    assert (undone.undone, undone.kept) == (3, ())
    assert (count(office), count(office, "village")) == (0, 0)
    with pytest.raises(UserError):
        rosters.undo_import(office)
    assert bring(office, tmp_path / "a.xlsx").counts["new"] == 2


def test_an_update_is_taken_back_to_the_old_values(office, tmp_path):
    village(office, "东河村")
    bring(office, book(tmp_path / "a.xlsx", unit(1)))
    changed = [*unit(1, principal="钱示例"), date(2019, 5, 1), "危险化学品"]
    bring(office, book(tmp_path / "b.xlsx", changed, headings=(*HEADINGS, "成立日期", "行业领域")))
    rosters.undo_import(office)
    row = browse.row(office, "enterprise", browse.ids(office, Query("enterprise"))[0])
    assert (row.values["principal"], row.values["established_on"], row.values["flags"]) == ("赵1", None, ())


def test_rows_edited_since_an_import_stay_and_are_listed(office, tmp_path):
    bring(office, book(tmp_path / "a.xlsx", unit(1), unit(2)))
    first = browse.ids(office, Query("enterprise"))[0]
    records.edit(office, "enterprise", first, {"address": "新址"})
    undone = rosters.undo_import(office)
    assert [(one.ledger, one.id) for one in undone.kept] == [
        ("enterprise", first),
        ("village", browse.row(office, "enterprise", first).values["village"][0]),
    ]
    assert browse.ids(office, Query("enterprise")) == [first]


def test_a_state_changed_by_an_import_dates_from_that_day(office, tmp_path):
    bring(office, book(tmp_path / "a.xlsx", unit(1)))
    june = on(office, date(2026, 6, 1))
    bring(june, book(tmp_path / "b.xlsx", [*unit(1), "注销"], headings=(*HEADINGS, "经营状态")))
    row = browse.row(office, "enterprise", browse.ids(office, Query("enterprise"))[0])
    assert (row.values["status"], row.values["status_changed_on"]) == ("注销", date(2026, 6, 1))


def test_refused_rows_come_back_as_a_workbook_that_imports_once_corrected(office, tmp_path):
    path = book(tmp_path / "a.xlsx", unit(1), unit(2, code="91990001MA00000158"))
    roster = rosters.read_roster(office, path)
    rosters.apply_roster(office, roster)
    back = rosters.write_refused(roster, tmp_path / "退回.xlsx")
    made = openpyxl.load_workbook(back)
    sheet = made.active
    rows = list(sheet.iter_rows())
    assert rows[0][0].value == "原因"
    assert "校验码应为7" in rows[1][0].value
    column = [cell.value for cell in rows[0]].index("统一社会信用代码")
    rows[1][column].value = credit_code(2)
    made.save(back)
    assert bring(office, back).counts == {"read": 1, "new": 1, "updated": 0, "same": 0, "refused": 0}


def test_what_was_previewed_goes_in_even_when_the_file_changes_meanwhile(office, tmp_path):
    path = book(tmp_path / "a.xlsx", unit(1))
    roster = rosters.read_roster(office, path)
    book(path, unit(1), unit(2))
    assert rosters.apply_roster(office, roster).counts["new"] == 1


def test_when_file_and_store_both_changed_nothing_is_imported(office, tmp_path):
    path = book(tmp_path / "a.xlsx", unit(1))
    roster = rosters.read_roster(office, path)
    book(path, unit(1), unit(2))
    enterprise(office, 5)
    with pytest.raises(UserError, match="预览之后"):
        rosters.apply_roster(office, roster)
    assert count(office) == 1


def test_a_unit_entered_after_the_preview_is_not_doubled(office, tmp_path):
    village(office, "东河村")
    path = book(tmp_path / "a.xlsx", unit(1))
    roster = rosters.read_roster(office, path)
    enterprise(office, 1)
    assert rosters.apply_roster(office, roster).counts["new"] == 0
    assert count(office) == 1


def test_villages_and_departments_come_from_their_own_sheets(office, tmp_path):
    path = book(
        tmp_path / "v.xlsx",
        ["东河村", "东片", "王示例", "13900000001"],
        headings=("村名", "管区", "负责人", "联系电话"),
    )
    rosters.apply_roster(office, rosters.read_roster(office, path, kind="village"))
    row = browse.row(office, "village", browse.ids(office, Query("village"))[0]).full
    assert (row["name"], row["area"], row["principal"]) == ("东河村", "东片", "王示例")


def test_agreements_are_not_imported_as_a_roster(office, tmp_path):
    with pytest.raises(UserError):
        rosters.read_roster(office, book(tmp_path / "a.xlsx", unit(1)), kind="agreement")
