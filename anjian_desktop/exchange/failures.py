"""Refused rows handed back as a workbook to correct and import again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from anjian_desktop.exchange.cells import CellProblem
from anjian_desktop.exchange.export import sheet_name
from anjian_desktop.exchange.import_plan import ImportPlan, RowPlan, SheetPlan, Verdict
from anjian_desktop.ledgers.fields import Kind

REASON = "原因"
_FIXED = datetime(2000, 1, 1)


def write_refused(plan: ImportPlan, out: BinaryIO | Path) -> int:
    """The refused rows, one sheet for each sheet they came from; gives their number.

    Headings and cells stand as they were, behind a first column 原因 in red that an import ignores. A village or an
    enterprise that came from a group title goes into a column of its own. Text stays text; code and phone columns are formatted as text.
    """
    import xlsxwriter  # when rows were refused, not at start

    book = xlsxwriter.Workbook(
        out if not isinstance(out, Path) else str(out),
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": "未导入的行", "created": _FIXED})
    styles = {
        "heading": book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True}),
        "reason": book.add_format({"font_color": "#C00000", "text_wrap": True, "valign": "top", "num_format": "@"}),
        "text": book.add_format({"num_format": "@", "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "plain": book.add_format({"valign": "top"}),
    }
    written = 0
    for sheet in plan.sheets:
        refused = [row for row in plan.rows if row.sheet == sheet.name and row.verdict is Verdict.REFUSED]
        if refused:
            name = sheet_name(sheet.name)
            if name.casefold() in {one.get_name().casefold() for one in book.worksheets()}:
                name = f"{name[:27]}（{len(book.worksheets()) + 1}）"
            _write_sheet(book.add_worksheet(name), sheet, refused, styles, plan.place_label)
            written += len(refused)
    if not written:
        book.add_worksheet("没有未导入的行")
    book.close()
    return written


def reason_of(row: RowPlan) -> str:
    """All that is wrong with a row, in one cell: 统一社会信用代码：校验码应为7；联系电话：……"""
    return "；".join(
        f"{problem.column.partition(' ')[2] or problem.column}：{problem.problem}" for problem in row.problems
    )


def _write_sheet(
    worksheet: Any, sheet: SheetPlan, rows: Sequence[RowPlan], styles: dict[str, Any], place_label: str
) -> None:
    match = sheet.heading
    width = max([len(row.cells) for row in rows] + [column + 1 for column in match.headings])
    own_reason = {column for column, text in match.headings.items() if text == REASON}
    kept = [column for column in range(width) if column not in own_reason]
    worksheet.set_column(0, 0, 40)
    worksheet.write_string(0, 0, REASON, styles["heading"])
    for place, column in enumerate(kept, start=1):
        one = match.columns.get(column)
        as_text = one is not None and one.kind not in (Kind.INTEGER, Kind.DECIMAL, Kind.DATE)
        worksheet.set_column(
            place, place, min(one.width * 2 + 2, 40) if one else 10, styles["text"] if as_text else None
        )
        worksheet.write_string(0, place, match.headings.get(column, ""), styles["heading"])
    extra = len(kept) + 1 if any(row.place for row in rows) else None
    if extra is not None:
        worksheet.write_string(0, extra, place_label, styles["heading"])
    for number, row in enumerate(rows, start=1):
        worksheet.write_string(number, 0, reason_of(row), styles["reason"])
        for place, column in enumerate(kept, start=1):
            if column < len(row.cells):
                _write_cell(worksheet, number, place, row.cells[column], styles)
        if extra is not None and row.place:
            worksheet.write_string(number, extra, row.place, styles["text"])
    worksheet.freeze_panes(1, 1)


def _write_cell(worksheet: Any, row: int, column: int, cell: object, styles: dict[str, Any]) -> None:
    if isinstance(cell, CellProblem):
        worksheet.write_string(row, column, cell.shown, styles["text"])
    elif isinstance(cell, bool):
        worksheet.write_boolean(row, column, cell, styles["plain"])
    elif isinstance(cell, int | float):
        worksheet.write_number(row, column, cell, styles["plain"])
    elif isinstance(cell, date):
        worksheet.write_datetime(row, column, cell, styles["day"])
    elif cell is not None:
        worksheet.write_string(row, column, str(cell), styles["text"])
