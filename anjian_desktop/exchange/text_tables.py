"""Comma, tab or semicolon separated text in whatever encoding Windows, Excel or WPS wrote it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import MAX_TEXT, CellProblem
from anjian_desktop.exchange.sheet_events import SheetSink, tell_rows
from anjian_desktop.exchange.sheet_rows import MAX_COLUMNS, MAX_ROWS, SAVE_AS, SheetRow, too_many_rows

DELIMITERS = ",\t;|"
_LOOKED_AT = 20_000
"""Characters from the start by which the delimiter is told."""


def decode_text(data: bytes, name: str) -> str:
    """The text: UTF-8 if it is that strictly, else UTF-16 by its mark or its zero bytes, else GB18030 (which holds GBK).

    Raises UserError when it is none of them.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif encoding := _unmarked_utf16(data):
        encodings = [encoding]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.removeprefix("\ufeff")
    raise UserError(f"“{name}”不是表格文件，或者文字编码认不出来。", next_step=SAVE_AS)


def read_text_table(data: bytes, name: str, title: str, sink: SheetSink) -> None:
    """Tell the one sheet of a text file, called `title`. Raises UserError, naming the line where it breaks off."""
    text = decode_text(data, name)
    delimiter = delimiter_of(text)
    if text[:4].lower() == "sep=":  # Excel's own hint to itself
        first, _, text = text.partition("\n")
        delimiter = first.strip()[4:] or delimiter
        skipped = 1
    else:
        skipped = 0
    sink.begin(title, unmerged=True)
    tell_rows(sink, _rows(text, delimiter, name, skipped))
    sink.end()


def delimiter_of(text: str) -> str:
    """The one of comma, tab, semicolon, bar that the first lines use most evenly."""
    lines = [line for line in text[:_LOOKED_AT].splitlines() if line.strip()][:20]
    return max(
        DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines))
    )


def split_table(text: str, delimiter: str) -> Iterator[list[object]]:
    """Each line's cells; text in quotes may hold delimiters, line ends and doubled quotes. Raises csv.Error."""
    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [_cell(cell) for cell in cells[:MAX_COLUMNS]]


def _rows(text: str, delimiter: str, name: str, skipped: int) -> Iterator[SheetRow]:
    number, kept = skipped, 0
    try:
        for number, cells in enumerate(split_table(text, delimiter), start=1 + skipped):
            if any(cell is not None for cell in cells):
                kept += 1
                if kept > MAX_ROWS:
                    raise too_many_rows()
                yield SheetRow(number, cells)
    except (csv.Error, TypeError):
        raise UserError(f"“{name}”第{number + 1}行附近格式损坏。", next_step=SAVE_AS) from None


def _cell(cell: str) -> object:
    if len(cell) > MAX_TEXT:
        return CellProblem(cell[:20] + "…", f"内容超过 {MAX_TEXT} 字")
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        cell = cell[2:-1]  # how exports keep Excel from making a number of a code
    return None if not cell or cell.isspace() else cell


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: separators and digits have a zero byte, on the same side of all of them."""
    start = data[:4000]
    low, high = start[1::2].count(0), start[0::2].count(0)
    if len(data) % 2 or low == high or min(low, high) * 4 > max(low, high):
        return None
    return "utf-16-le" if low > high else "utf-16-be"
