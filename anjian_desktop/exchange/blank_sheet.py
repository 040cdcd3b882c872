"""An empty sheet of a ledger to send out: headings, drop-downs, checks while typing, and a page of notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from anjian_desktop.exchange.export import column_letters, sheet_name
from anjian_desktop.exchange.import_plan import MADE_BY_NAME
from anjian_desktop.ledgers.fields import SEPARATOR, Field, Kind

ROWS = 1_000
"""Rows prepared for typing; more may be filled in, they are only not checked while typing."""

NOTES = "填写说明"
LISTS = "选项"
"""The hidden sheet the drop-downs read: a list inside a validation may have 255 characters at most."""

_FIXED = datetime(2000, 1, 1)
_EARLIEST, _LATEST = date(1900, 3, 1), date(2100, 12, 31)
_CODE_LENGTH = 18

EXAMPLE_NAMES = {"enterprise": "示例机械有限公司", "village": "东河村", "department": "示例中心小学"}
"""Invented units, by ledger."""

_EXAMPLES = {
    Kind.CREDIT_CODE: "91990001MA00000157",
    Kind.PHONE: "13900001234",
    Kind.DATE: "2026-03-05",
    Kind.INTEGER: "12",
    Kind.DECIMAL: "12.5",
    Kind.YES_NO: "是",
}
"""Sound, invented values (division 990001 does not exist)."""

_HOW = {
    Kind.NAME: "写全称，与公章、执照一致。",
    Kind.CREDIT_CODE: "18 位，照执照填；没有执照的留空。单元格已设为文本，不要改成数字。",
    Kind.PHONE: "手机或带区号的座机；有几个时用“、”隔开，最多三个。",
    Kind.DATE: "年、月、日都要写，如 2026-03-05 或 2026.3.5。",
    Kind.INTEGER: "只填数字。",
    Kind.DECIMAL: "只填数字，可以有小数；单位照标题。",
    Kind.YES_NO: "填“是”或“否”。",
}


def write_blank(
    out: BinaryIO | Path,
    *,
    ledger: str,
    title: str,
    fields: Sequence[Field],
    linked: Mapping[str, Sequence[str]],
) -> None:
    """A workbook with one sheet to fill in and one of notes; what comes back imports without any mapping.

    `linked` {ledger key: names} fills the drop-downs of links. Required headings say so. There is no example among the
    rows, since an example row would come back as data: examples stand in the notes.
    """
    import xlsxwriter  # when a sheet is written, not at start

    book = xlsxwriter.Workbook(
        str(out) if isinstance(out, Path) else out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": title, "created": _FIXED})
    book.formats[0].set_font_name("宋体")
    sheet = book.add_worksheet(sheet_name(title))
    notes = book.add_worksheet(NOTES)
    lists = book.add_worksheet(LISTS)
    lists.hide()
    _write_table(book, sheet, fields, _drop_downs(lists, fields, linked))
    _write_notes(book, notes, ledger, title, fields, linked)
    sheet.activate()
    book.close()


def _write_table(book: Any, sheet: Any, fields: Sequence[Field], drop_downs: Mapping[str, str]) -> None:
    base = {"font_name": "宋体", "font_size": 11, "bold": True, "border": 1, "align": "center", "valign": "vcenter"}
    heading = book.add_format({**base, "bg_color": "#E8EEF4", "text_wrap": True})
    required = book.add_format({**base, "bg_color": "#FDECEA", "font_color": "#B42318", "text_wrap": True})
    text = book.add_format({"font_name": "宋体", "num_format": "@"})
    number = book.add_format({"font_name": "宋体", "num_format": "0"})
    day = book.add_format({"font_name": "宋体", "num_format": "yyyy-mm-dd"})
    styles = {Kind.INTEGER: number, Kind.DATE: day}
    for column, one in enumerate(fields):
        words = f"{one.label}（必填）" if one.required else one.label
        sheet.write_string(0, column, words, required if one.required else heading)
        sheet.set_column(column, column, min(max(one.width * 2, len(words) * 2) + 2, 44), styles.get(one.kind, text))
        sheet.data_validation(1, column, ROWS, column, _check(one, drop_downs.get(one.key)))
    sheet.set_row(0, 28)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _drop_downs(lists: Any, fields: Sequence[Field], linked: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Write every list into its own column of the hidden sheet; {field key: the range}."""
    found: dict[str, str] = {}
    for one in fields:
        words = linked.get(one.link, ()) if one.link else _labels(one) if one.kind is Kind.CHOICE else ()
        if one.kind is Kind.YES_NO:
            words = ("是", "否")
        if not words:
            continue
        column = len(found)
        for row, word in enumerate(words):
            lists.write_string(row, column, word)
        letters = column_letters(column)
        found[one.key] = f"='{LISTS}'!${letters}$1:${letters}${len(words)}"
    return found


def _check(one: Field, drop_down: str | None) -> dict[str, Any]:
    """What Excel and WPS say while the cell is typed; only what an import would refuse stops the typing."""
    said = {
        "ignore_blank": True,
        "input_title": one.label[:32],
        "input_message": how_to_fill(one)[:250],
        "error_title": one.label[:32],
        "error_message": how_to_fill(one)[:250],
    }
    if drop_down is not None:
        # A new village or another word is taken by the import, a word outside a closed list is not.
        closed = not one.link and not one.open_choices
        return {**said, "validate": "list", "source": drop_down, "error_type": "stop" if closed else "warning"}
    if one.kind is Kind.INTEGER:
        limits = {"criteria": "between", "minimum": one.minimum, "maximum": one.maximum}
        return {**said, **limits, "validate": "integer", "error_type": "stop"}
    if one.kind is Kind.DATE:
        limits = {"criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
        return {**said, **limits, "validate": "date", "error_type": "warning"}
    if one.kind is Kind.CREDIT_CODE:
        return {**said, "validate": "length", "criteria": "==", "value": _CODE_LENGTH, "error_type": "warning"}
    if one.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.NAME):
        return {**said, "validate": "length", "criteria": "<=", "value": one.max_length, "error_type": "stop"}
    return {**said, "validate": "any"}


def _write_notes(
    book: Any, sheet: Any, ledger: str, title: str, fields: Sequence[Field], linked: Mapping[str, Sequence[str]]
) -> None:
    bold = book.add_format({"font_name": "宋体", "font_size": 14, "bold": True})
    heading = book.add_format({"font_name": "宋体", "bold": True, "border": 1, "bg_color": "#E8EEF4"})
    cell = book.add_format({"font_name": "宋体", "border": 1, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, 2, 64)
    sheet.set_column(3, 3, 26)
    sheet.write_string(0, 0, f"{title}填写说明", bold)
    sheet.write_string(1, 0, "一行填一条，第一行的标题不要改；没有的留空；标着必填的要填。填好后直接交回这个文件。")
    for column, words in enumerate(("栏目", "要不要填", "怎样填", "例子（虚构）")):
        sheet.write_string(3, column, words, heading)
    for row, one in enumerate(fields, start=4):
        # In brackets: a bare heading here would be taken for the heading row of a second list.
        sheet.write_string(row, 0, f"【{one.label}】", cell)
        sheet.write_string(row, 1, "必填" if one.required else "可留空", cell)
        sheet.write_string(row, 2, how_to_fill(one), cell)
        sheet.write_string(row, 3, example_of(one, ledger, linked), cell)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def how_to_fill(one: Field) -> str:
    """One or two sentences on what a column accepts."""
    said = one.hint or _HOW.get(one.kind, "")
    if one.kind is Kind.CHOICE:
        said = f"从下拉列表里选：{SEPARATOR.join(_labels(one))}。" + (
            "列表里没有的可以照实写。" if one.open_choices else ""
        )
        if one.default is not None:
            said += f"留空就是“{one.choice_labels.get(str(one.default), one.default)}”。"
    elif one.kind is Kind.MULTI_CHOICE:
        said = f"可以填几个，用“、”隔开：{SEPARATOR.join(_labels(one))}。"
    elif one.link:
        said = f"从下拉列表里选{one.label}；"
        said += (
            "列表里没有的可以写上，导入后再核对。" if one.link in MADE_BY_NAME else "要与名册里的名称一致，没有就留空。"
        )
    return said or f"照实填写，最多 {one.max_length} 个字。"


def example_of(one: Field, ledger: str, linked: Mapping[str, Sequence[str]]) -> str:
    """An invented value of the column."""
    if one.kind is Kind.NAME:
        return EXAMPLE_NAMES.get(ledger, "示例单位")
    if one.link:
        return next(iter(linked.get(one.link, ())), EXAMPLE_NAMES.get(one.link, ""))
    if one.kind is Kind.CHOICE:
        return _labels(one)[0] if one.choices else ""
    if one.kind is Kind.MULTI_CHOICE:
        return SEPARATOR.join(_labels(one)[-2:])
    if one.kind in _EXAMPLES:
        return _EXAMPLES[one.kind]
    return "示例路 1 号" if "address" in one.key else ""


def _labels(one: Field) -> tuple[str, ...]:
    return tuple(one.choice_labels.get(code, code) for code in one.choices)
