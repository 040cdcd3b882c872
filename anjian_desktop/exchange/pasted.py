"""A block of cells from the clipboard, as Excel and WPS put it there: tabs between cells, line ends between rows."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.headings import HeadingMatch, find_heading
from anjian_desktop.exchange.sheet_rows import MAX_COLUMNS, MAX_ROWS, Sheet, SheetRow, too_many_rows
from anjian_desktop.exchange.text_tables import split_table
from anjian_desktop.ledgers.fields import Field


def pasted_sheet(text: str, name: str) -> Sheet:
    """The block as a sheet whose rows count from 1. Raises UserError when it is empty or too long.

    A cell with line ends or tabs comes in quotes, its own quotes doubled. A cell that merely starts with a quote does
    not: when taking quotes seriously swallows a tab, they are plain characters.
    """
    text = text.replace("\x00", "")
    lines: list[list[object]] = []
    try:
        lines = list(split_table(text, "\t"))
    except csv.Error:
        lines = []
    if not lines or any(isinstance(cell, str) and "\t" in cell for line in lines for cell in line):
        lines = [[cell or None for cell in line.split("\t")[:MAX_COLUMNS]] for line in text.splitlines()]
    rows = [
        SheetRow(number, line) for number, line in enumerate(lines, start=1) if any(cell is not None for cell in line)
    ]
    if not rows:
        raise UserError("粘贴的内容是空的。", next_step="请在 Excel 或 WPS 里选中要导入的单元格，复制后再粘贴。")
    if len(rows) > MAX_ROWS:
        raise too_many_rows()
    return Sheet(name, rows=rows)


def heading_of_keys(sheet: Sheet, fields: Sequence[Field], keys: Sequence[str]) -> HeadingMatch | None:
    """What the block's columns are when it brings no headings of its own: None when it does.

    Raises UserError when a key is none of the fields, or the block is wider than the keys.
    """
    if find_heading(sheet.rows, fields) is not None:
        return None
    width = max(len(row.cells) for row in sheet.rows)
    if width > len(keys):
        raise UserError(
            f"粘贴的内容有 {width} 列，从选中的列起只有 {len(keys)} 列。",
            next_step="请从靠左的列开始粘贴，或连标题一起复制。",
        )
    columns: dict[int, Field] = {}
    for column, key in enumerate(keys):
        if key:
            declared = next((one for one in fields if one.key == key), None)
            if declared is None or declared.computed:
                raise UserError(f"没有“{key}”这一列。")
            if declared not in columns.values():
                columns[column] = declared
    headings = {column: columns[column].label if column in columns else f"第{column + 1}列" for column in range(width)}
    return HeadingMatch(0, columns, headings, [text for column, text in headings.items() if column not in columns])
