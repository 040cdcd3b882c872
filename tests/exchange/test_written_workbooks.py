"""Lists and refused rows as workbooks: read back by another library, printed right, imported again unchanged."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anjian_desktop.errors import UserError
from anjian_desktop.exchange import export
from anjian_desktop.exchange.cells import ERROR_TEXTS, error_cell
from anjian_desktop.exchange.export import sheet_name, write_list
from anjian_desktop.exchange.failures import reason_of, write_refused
from anjian_desktop.exchange.import_plan import Verdict
from anjian_desktop.exchange.known_rows import KnownRow, KnownRows
from anjian_desktop.exchange.planner import plan_import
from anjian_desktop.exchange.sheet import Sheet, SheetRow, read_workbook
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.fields import Field, FieldProblem, Kind
from anjian_desktop.ledgers.organization import Enterprise

TODAY = date(2026, 11, 23)
FIELDS = tuple(one for one in fields_of(Enterprise) if not one.computed)
SHORT = (
    Field("name", "企业名称", Kind.NAME),
    Field("count", "人数", Kind.INTEGER),
    Field("day", "日期", Kind.DATE),
    Field("note", "备注", Kind.LONG_TEXT),
)


def written(rows: list[list[Any]], fields: tuple[Field, ...] = SHORT, **options: str) -> Any:
    out = io.BytesIO()
    write_list(out, title=options.get("title", "企业"), fields=fields, rows=rows, footer=options.get("footer", ""))
    return openpyxl.load_workbook(out).worksheets[0]


def test_a_list_reads_back_as_it_was_shown() -> None:
    rows = [
        ["示例厂", 12, date(2026, 3, 5), '两\n行 & <三> "四"'],
        ["=1+1", 0, None, "+86"],
        ["@x", None, date(2000, 1, 1), "  留空  "],
    ]
    sheet = written(rows)
    assert [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)] == [
        [value if not isinstance(value, date) else datetime(value.year, value.month, value.day) for value in row]
        for row in rows
    ]
    assert [cell.value for cell in sheet[1]] == ["企业名称", "人数", "日期", "备注"]


def test_no_text_becomes_a_formula_or_a_number() -> None:
    rows = [
        [text, None, None, None] for text in ("=1+1", "-1", "+1", "@SUM(A1)", "00123", "1E5", "\t=1", "TRUE", "#REF!")
    ]
    sheet = written(rows)
    assert {cell.data_type for (cell,) in sheet.iter_rows(min_row=2, max_col=1)} == {"s"}


def test_codes_are_text_and_dates_are_dates_in_their_format() -> None:
    sheet = written([["示例厂", 12, date(2026, 3, 5), None]])
    assert [cell.number_format for cell in sheet[2]] == ["@", "0", "yyyy-mm-dd", "@"]


def test_a_list_is_set_up_to_be_read_filtered_and_printed() -> None:
    sheet = written([["示例厂", 12, None, None]] * 5, title="企业名册/2026", footer="经营状态=在营 & 所属村=东河村")
    assert sheet.title == "企业名册 2026"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:D6"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert "&P" in sheet.oddFooter.right.text
    assert "&N" in sheet.oddFooter.right.text
    assert "经营状态=在营 && 所属村=东河村" in sheet.oddFooter.left.text
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["B"].width


def test_an_empty_list_is_a_workbook_with_its_heading() -> None:
    sheet = written([])
    assert [[cell.value for cell in line] for line in sheet.iter_rows()] == [["企业名称", "人数", "日期", "备注"]]


def test_the_same_rows_give_the_same_bytes() -> None:
    def made() -> bytes:
        out = io.BytesIO()
        write_list(out, title="企业", fields=SHORT, rows=[["示例厂", 1, date(2026, 3, 5), None]] * 3)
        return out.getvalue()

    assert made() == made()


def test_more_rows_than_excel_has_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MAX_ROWS", 2)
    with pytest.raises(UserError, match="超过 Excel"):
        written([["示例厂", 1, None, None]] * 3)


@pytest.mark.parametrize(
    ("title", "name"),
    [("企业", "企业"), ("a/b:c*d", "a b c d"), ("'x'", "x"), ("", "列表"), ("长" * 40, "长" * 31), ("[]", "列表")],
)
def test_any_title_fits_on_a_tab(title: str, name: str) -> None:
    assert sheet_name(title) == name


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=8))
def test_any_text_reads_back_equal(texts: list[str]) -> None:
    out = io.BytesIO()
    write_list(out, title="企业", fields=SHORT[:1], rows=[[text] for text in texts])
    read = [
        line[0].value or ""
        for line in openpyxl.load_workbook(out).worksheets[0].iter_rows(min_row=2, max_row=len(texts) + 1)
    ]
    assert [openpyxl.utils.escape.unescape(value) for value in read][: len(texts)] == texts


values = st.fixed_dictionaries(
    {one.key: st.none() | (st.dates(date(1970, 1, 1), date(2090, 1, 1)) if one.kind is Kind.DATE else st.integers(0, 9999) if one.kind is Kind.INTEGER else st.text(max_size=12)) for one in FIELDS if one.kind not in (Kind.CREDIT_CODE, Kind.PHONE)}
)  # fmt: skip


@settings(deadline=None, max_examples=20)
@given(st.lists(values, min_size=1, max_size=6))
def test_an_exported_list_imports_as_all_the_same(
    tmp_path_factory: pytest.TempPathFactory, raws: list[dict[str, Any]]
) -> None:
    known = []
    for number, raw in enumerate(raws, start=1):
        stored: dict[str, object] = {}
        for one in FIELDS:
            try:
                kept = None if raw.get(one.key) in ERROR_TEXTS else raw.get(one.key)
                stored[one.key] = one.parse(kept, today=TODAY, from_file=True).value
            except FieldProblem:
                stored[one.key] = one.default
        stored["name"] = f"示例{number}号厂"
        known.append(KnownRow(number, stored))
    path = tmp_path_factory.mktemp("list") / "企业.xlsx"

    def cell(one: Field, value: object) -> Any:
        return value if one.kind in (Kind.INTEGER, Kind.DATE) else one.show(value) or None

    write_list(
        path, title="企业", fields=FIELDS, rows=[[cell(one, row.values[one.key]) for one in FIELDS] for row in known]
    )
    villages = {str(row.values["village"]) for row in known if row.values["village"]}
    plan = plan_import(
        read_workbook(path).sheets, Enterprise, known=KnownRows(known, {"village": villages}), today=TODAY
    )
    assert [(row.verdict, row.values) for row in plan.rows] == [(Verdict.SAME, {})] * len(known)
    assert plan.missing == []


# -- refused rows --------------------------------------------------------------------------------------------------


def refused_sheet() -> Sheet:
    lines: list[list[object]] = [
        ["序号", "企业名称", "信用代码", "电话", "成立时间", "网格员"],
        ["东河村"],
        [1, "示例一厂", "91990001MA00000157", 13900001234, date(2020, 1, 2), "丁"],
        [2, "示例二厂", "91990001MA00000158", "=1+1", date(2020, 1, 2), "丁"],
        [3, None, 919900010000001570, "13900001234", error_cell("#REF!"), True],
    ]
    return Sheet("企业", rows=[SheetRow(number, line) for number, line in enumerate(lines, start=1)])


def test_refused_rows_come_back_as_they_were_with_their_reasons(tmp_path: Path) -> None:
    plan = plan_import([refused_sheet()], Enterprise, known=KnownRows(), today=TODAY)
    path = tmp_path / "未导入.xlsx"
    assert write_refused(plan, path) == 2
    sheet = openpyxl.load_workbook(path)["企业"]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0] == ["原因", "序号", "企业名称", "信用代码", "电话", "成立时间", "网格员", "所属村"]
    assert lines[1] == [
        "信用代码：校验码应为7；电话：电话号码格式不正确", 2, "示例二厂", "91990001MA00000158", "=1+1", datetime(2020, 1, 2), "丁", "东河村",
    ]  # fmt: skip
    assert str(lines[2][0]).startswith("信用代码：统一社会信用代码被存成了数字")
    assert lines[2][5] == "#REF!"
    assert sheet["E2"].data_type == "s"
    assert sheet["A2"].font.color.rgb == "FFC00000"


def test_corrected_rows_import_again(tmp_path: Path) -> None:
    plan = plan_import([refused_sheet()], Enterprise, known=KnownRows(), today=TODAY)
    path = tmp_path / "未导入.xlsx"
    write_refused(plan, path)
    again = plan_import(read_workbook(path).sheets, Enterprise, known=KnownRows(), today=TODAY)
    assert [reason_of(row) for row in again.rows] == [reason_of(row) for row in plan.rows if row.problems]
    book = openpyxl.load_workbook(path)
    book["企业"]["D2"] = "91990001MA00000232"
    book["企业"]["E2"] = "13900001234"
    book.save(path)
    mended = plan_import(read_workbook(path).sheets, Enterprise, known=KnownRows(), today=TODAY)
    assert [row.verdict for row in mended.rows] == [Verdict.NEW, Verdict.REFUSED]
    assert mended.rows[0].values["village"] == "东河村"


def test_nothing_refused_is_still_a_workbook(tmp_path: Path) -> None:
    plan = plan_import(
        [Sheet("企业", rows=[SheetRow(1, ["企业名称"]), SheetRow(2, ["示例厂"])])],
        Enterprise,
        known=KnownRows(),
        today=TODAY,
    )
    assert write_refused(plan, tmp_path / "a.xlsx") == 0
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["没有未导入的行"]


def test_sheets_whose_names_clash_on_a_tab_are_handed_back_apart(tmp_path: Path) -> None:
    sheets = [
        Sheet(name, rows=[SheetRow(1, ["企业名称", "电话"]), SheetRow(2, ["示例厂", "1"])])
        for name in ("企业", "'企业")
    ]
    plan = plan_import(sheets, Enterprise, known=KnownRows(), today=TODAY)
    assert write_refused(plan, tmp_path / "a.xlsx") == 2
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["企业", "企业（2）"]
