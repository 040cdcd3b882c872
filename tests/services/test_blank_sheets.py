"""Blank sheets: what comes back filled in imports as it is, and the sheet helps while it is typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.offices import credit_code, village

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.blank_sheet import NOTES, example_of
from anjian_desktop.services import blank_sheets, browse, rosters
from anjian_desktop.services.office import Office

ROSTERS = ("enterprise", "village", "department")


def typed(office: Office, ledger: str) -> dict[str, object]:
    """A row as a village's own hands would type it."""
    linked = {one.link: browse.link_names(office, one.link) for one in browse.fields(ledger) if one.link}
    row: dict[str, object] = {}
    for one in blank_sheets.blank_fields(ledger):
        example = example_of(one, ledger, linked)
        row[one.key] = int(example) if one.kind == "integer" else example or "示例"
    return row


@pytest.mark.parametrize("ledger", ROSTERS)
def test_a_filled_sheet_imports_without_any_mapping(office: Office, tmp_path: Path, ledger: str) -> None:
    village(office, "东河村")
    village(office, "西山村")
    file = tmp_path / "空白表.xlsx"
    made = blank_sheets.write_blank_sheet(office, ledger, file, every=True)
    assert made.keys == tuple(one.key for one in blank_sheets.blank_fields(ledger))
    book = load_workbook(file)
    row = typed(office, ledger)
    if ledger == "village":
        row["name"] = "南沟村"
    for column, key in enumerate(made.keys, start=1):
        book.worksheets[0].cell(2, column, row[key])
    book.save(file)
    plan = rosters.read_roster(office, file, kind=ledger)
    assert [sheet.name for sheet in plan.plan.sheets] == [book.worksheets[0].title]
    assert not plan.plan.sheets[0].heading.unmatched
    assert plan.counts["read"] == plan.counts["new"] == 1
    assert not plan.plan.warnings
    done = rosters.apply_roster(office, plan)
    same_name = browse.Query(ledger, where=(browse.Condition("name", "=", str(row["name"])),))
    kept = browse.row(office, ledger, browse.ids(office, same_name)[0]).values
    assert done.counts["new"] == 1
    for key in made.keys:
        assert kept[key], key


@pytest.mark.parametrize("ledger", ROSTERS)
def test_an_untouched_sheet_brings_nothing(office: Office, tmp_path: Path, ledger: str) -> None:
    file = tmp_path / "空白表.xlsx"
    blank_sheets.write_blank_sheet(office, ledger, file)
    plan = rosters.read_roster(office, file, kind=ledger)
    assert plan.counts["read"] == 0


def test_the_sheet_offers_choices_and_the_towns_villages(office: Office, tmp_path: Path) -> None:
    village(office, "东河村")
    village(office, "西山村")
    file = tmp_path / "空白表.xlsx"
    made = blank_sheets.write_blank_sheet(office, "enterprise", file)
    book = load_workbook(file)
    sheet, lists = book.worksheets[0], book["选项"]
    assert lists.sheet_state == "hidden" and book.active is sheet
    checks = {next(iter(check.sqref.ranges)).min_col: check for check in sheet.data_validations.dataValidation}

    def offered(key: str) -> list[str]:
        formula = checks[made.keys.index(key) + 1].formula1
        return [cell.value for row in lists[formula.partition("!")[2].replace("$", "")] for cell in row]

    assert offered("village") == ["东河村", "西山村"]
    assert offered("status")[:2] == ["在营", "停产"]
    assert checks[made.keys.index("status") + 1].errorStyle in (None, "stop")
    assert checks[made.keys.index("village") + 1].errorStyle == "warning"
    assert checks[made.keys.index("established_on") + 1].type == "date"
    assert checks[made.keys.index("worker_count") + 1].type == "whole"
    for key in ("credit_code", "principal_phone"):
        letter = sheet.cell(1, made.keys.index(key) + 1).column_letter
        assert sheet.column_dimensions[letter].number_format == "@"
    assert sheet.cell(1, 1).value == "企业名称（必填）"


def test_the_notes_tell_every_column_with_an_invented_example(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "空白表.xlsx"
    made = blank_sheets.write_blank_sheet(office, "enterprise", file)
    notes = {row[0].value: [cell.value for cell in row] for row in load_workbook(file)[NOTES].iter_rows(min_row=5)}
    assert len(notes) == len(made.keys)
    code = notes["【统一社会信用代码】"]
    assert code[1] == "可留空" and "文本" in str(code[2]) and code[3] == "91990001MA00000157"
    assert notes["【企业名称】"][1] == "必填"


def test_columns_can_be_picked_and_required_ones_stay(office: Office, tmp_path: Path) -> None:
    made = blank_sheets.write_blank_sheet(office, "enterprise", tmp_path / "表.xlsx", keys=["所属村", "principal"])
    assert set(made.keys) == {"name", "village", "principal"}
    with pytest.raises(UserError, match="没有“车型”这一列"):
        blank_sheets.write_blank_sheet(office, "enterprise", tmp_path / "表.xlsx", keys=["车型"])


def test_a_ledger_without_rosters_and_a_wrong_suffix_are_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有空白表"):
        blank_sheets.write_blank_sheet(office, "agreement", tmp_path / "表.xlsx")
    with pytest.raises(UserError, match=r"应以 \.xlsx 结尾"):
        blank_sheets.write_blank_sheet(office, "enterprise", tmp_path / "表.doc")
    assert list(tmp_path.glob("*表*")) == []


def test_the_same_office_gives_the_same_bytes(office: Office, tmp_path: Path) -> None:
    files = [tmp_path / "一.xlsx", tmp_path / "二.xlsx"]
    for file in files:
        blank_sheets.write_blank_sheet(office, "enterprise", file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_code_typed_into_the_sheet_keeps_its_eighteen_digits(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "空白表.xlsx"
    made = blank_sheets.write_blank_sheet(office, "enterprise", file, keys=["credit_code", "established_on"])
    book = load_workbook(file)
    for n in (1, 2, 3):
        for key, value in (
            ("name", f"示例{n}号厂"),
            ("credit_code", credit_code(n)),
            ("established_on", date(2020, 3, n)),
        ):
            book.worksheets[0].cell(n + 1, made.keys.index(key) + 1, value)
    book.save(file)
    rosters.apply_roster(office, rosters.read_roster(office, file))
    rows = browse.page(office, "enterprise", browse.ids(office, browse.Query("enterprise")))
    assert {row.values["credit_code"] for row in rows} == {credit_code(n) for n in (1, 2, 3)}
    assert {row.values["established_on"] for row in rows} == {date(2020, 3, n) for n in (1, 2, 3)}
