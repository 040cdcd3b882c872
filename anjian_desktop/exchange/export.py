"""Write a list as an .xlsx workbook that Excel opens ready to read, filter and print.

XlsxWriter makes the workbook around an empty list; the rows are streamed into its sheet here, because that part decides
the time and needs none of what the library offers for it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from anjian_desktop.domain.text import tidy
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.fields import Field, Kind

Cell = str | int | Decimal | date | None

MAX_ROWS = 1_048_575
"""Excel's limit without the heading row."""

_FIXED = datetime(2000, 1, 1)
"""A list's file carries no clock: the same rows give the same bytes."""

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_EPOCH = date(1899, 12, 30).toordinal()
_SPECIAL = re.compile(r"[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^[ \u3000]|[ \u3000]$")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ROWS_AT_ONCE = 2_000


def write_list(
    out: BinaryIO | Path, *, title: str, fields: Sequence[Field], rows: Iterable[Sequence[Cell]], footer: str = ""
) -> int:
    """One sheet with a frozen heading row; gives the number of rows written.

    A row has one value a field, in the fields' order, as it is to be read: text stays text whatever it begins with
    (codes, phones, `=1+1`), an int is a number, a date a real date. Prints A4 landscape, the heading repeated, page x of y
    and `footer` (the filter in words) at the bottom. Memory stays flat whatever the number of rows.
    Raises UserError beyond Excel's number of rows.
    """
    written = 0
    before, styles, _ = _cut(_shell(title, fields, footer, 0)["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(out, "w") as archive:
        with archive.open(_part("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write(before)
            for chunk in _row_chunks(rows, styles):
                written += len(chunk)
                if written > MAX_ROWS:
                    raise UserError(
                        "超过 Excel 一张表的行数（1048575 行），没有导出。", next_step="请先筛选，分几次导出。"
                    )
                sheet.write("".join(chunk).encode())
            shell = _shell(title, fields, footer, written)
            sheet.write(_cut(shell.pop("xl/worksheets/sheet1.xml"))[2])
        for name, content in shell.items():
            archive.writestr(_part(name), content)
    return written


def _part(name: str) -> zipfile.ZipInfo:
    """A packed part without the clock of its making."""
    info = zipfile.ZipInfo(name, _ZIP_DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def sheet_name(title: str) -> str:
    """A title as Excel allows it on a tab: 31 characters, none of []:*?/\\, no apostrophe at its ends."""
    return re.sub(r"[\[\]:*?/\\]", " ", tidy(title)).strip(" '")[:31].strip(" '") or "列表"


def _row_chunks(rows: Iterable[Sequence[Cell]], styles: Sequence[str]) -> Iterable[list[str]]:
    letters = [column_letters(column) for column in range(len(styles))]
    heads = [(f'<c r="{letter}', f'" s="{style}"') for letter, style in zip(letters, styles, strict=True)]
    chunk: list[str] = []
    for number, row in enumerate(rows, start=2):
        parts = [f'<row r="{number}">']
        for (left, right), value in zip(heads, row, strict=True):
            if value is None or value == "":
                parts.append(f"{left}{number}{right}/>")
            elif isinstance(value, str):
                if _SPECIAL.search(value):
                    parts.append(
                        f'{left}{number}{right} t="inlineStr"><is><t xml:space="preserve">{_escaped(value)}</t></is></c>'
                    )
                else:
                    parts.append(f'{left}{number}{right} t="inlineStr"><is><t>{value}</t></is></c>')
            elif isinstance(value, date):
                parts.append(f"{left}{number}{right}><v>{value.toordinal() - _EPOCH}</v></c>")
            elif isinstance(value, Decimal):
                parts.append(f"{left}{number}{right}><v>{value:f}</v></c>")
            else:
                parts.append(f"{left}{number}{right}><v>{int(value)}</v></c>")
        parts.append("</row>")
        chunk.append("".join(parts))
        if len(chunk) == _ROWS_AT_ONCE:
            yield chunk
            chunk = []
    yield chunk


def _escaped(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", safe)


def column_letters(column: int) -> str:
    """Excel's letters of a column counted from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _cut(sheet: bytes) -> tuple[bytes, list[str], bytes]:
    """What stands before and after the rows, and each column's cell style, read from the pattern row below the heading."""
    pattern = re.search(rb'<row r="2"[^>]*>(.*?)</row>', sheet, re.DOTALL)
    assert pattern is not None
    styles = [style.decode() for style in re.findall(rb'<c r="[A-Z]+2" s="(\d+)"/>', pattern[1])]
    # Readers that trust the dimension would stop after the heading; the element is optional.
    return re.sub(rb"<dimension [^>]*/>", b"", sheet[: pattern.start()]), styles, sheet[pattern.end() :]


def _shell(title: str, fields: Sequence[Field], footer: str, count: int) -> dict[str, bytes]:
    """The workbook's parts around a list of `count` rows: a heading and one pattern row of empty styled cells."""
    import xlsxwriter  # when a list is written, not at start

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"title": title, "created": _FIXED})
    book.formats[0].set_font_name("宋体")
    base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}
    heading = book.add_format({**base, "bold": True, "bg_color": "#E8EEF4", "align": "center", "text_wrap": True})
    text = book.add_format({**base, "num_format": "@"})
    wrapped = book.add_format({**base, "num_format": "@", "text_wrap": True})
    number = book.add_format({**base, "num_format": "0", "align": "right"})
    figure = book.add_format({**base, "align": "right"})
    day = book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "center"})
    formats = {Kind.INTEGER: number, Kind.DECIMAL: figure, Kind.DATE: day, Kind.LONG_TEXT: wrapped}
    sheet = book.add_worksheet(sheet_name(title))
    for column, one in enumerate(fields):
        sheet.write_string(0, column, one.label, heading)
        sheet.write_blank(1, column, None, formats.get(one.kind, text))
        sheet.set_column(column, column, _column_width(one))
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, count, max(len(fields) - 1, 0))
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f'&C&"宋体,Bold"&14{_code(title, 60)}')
    sheet.set_footer(f'&L&"宋体"&9{_code(footer, 120)}&R&"宋体"&9第 &P 页，共 &N 页')
    book.close()
    with zipfile.ZipFile(made) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def _column_width(one: Field) -> float:
    """In Excel's digits: twice the Chinese characters of the content or the heading (with the filter's button)."""
    return min(max(one.width * 2.0, len(one.label) * 2.0 + 3), 60) + 1


def _code(text: str, limit: int) -> str:
    """Text for a header or footer, where & starts a code; a leading digit would join the font's size."""
    kept = tidy(text)[:limit].replace("&", "&&")
    return f" {kept}" if kept[:1].isdigit() else kept
