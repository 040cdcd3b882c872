"""Web pages that call themselves .xls: the tables of an HTML file as sheets."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import MAX_TEXT, CellProblem
from anjian_desktop.exchange.sheet_events import SheetSink, tell_rows
from anjian_desktop.exchange.sheet_rows import (
    MAX_COLUMNS,
    MAX_MERGES,
    MAX_ROWS,
    SAVE_AS,
    Merge,
    SheetRow,
    choose,
    too_many_merges,
    too_many_rows,
)
from anjian_desktop.exchange.text_tables import decode_text

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_START = re.compile(
    r"\s*(<\?xml[^>]*\?>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|table|head|body|meta|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)


def looks_like_html(head: bytes) -> bool:
    """Whether a file starts as a web page with a table does."""
    return (
        _START.match(
            head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "ignore").removeprefix("ï»¿")
        )
        is not None
    )


def read_html_tables(data: bytes, name: str, title: str, wanted: str | None, sink: SheetSink) -> None:
    """Tell the tables of the page that are not inside another one. Raises UserError when there is none."""
    from lxml import html

    text = _decoded(data, name)
    page = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    tables = [table for table in page.iter("table") if next(table.iterancestors("table"), None) is None]
    tables = [table for table in tables if next(table.iter("tr"), None) is not None]
    if not tables:
        raise UserError(f"“{name}”其实是网页格式，里面没有表格。", next_step=SAVE_AS)
    titles = [title] if len(tables) == 1 else [f"{title}（{number}）" for number in range(1, len(tables) + 1)]
    for position in choose(titles, wanted):
        merges: list[Merge] = []
        sink.begin(titles[position])
        tell_rows(sink, _rows(tables[position], merges))
        sink.end(merges=merges)


def _rows(table: Any, merges: list[Merge]) -> Iterator[SheetRow]:
    taken: dict[int, int] = {}
    """Column -> last row that a cell from above reaches down to."""
    number = 0
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        number += 1
        if number > MAX_ROWS:
            raise too_many_rows()
        cells: list[object] = []
        for element in row.iterchildren("td", "th"):
            while taken.get(len(cells), 0) >= number:
                cells.append(None)
            if len(cells) >= MAX_COLUMNS:
                break
            across, down = _span(element, "colspan"), _span(element, "rowspan")
            column = len(cells)
            across = min(across, MAX_COLUMNS - column)
            if down > 1:
                merges.append(Merge(number, number + down - 1, column, column + across - 1))
                if len(merges) > MAX_MERGES:
                    raise too_many_merges()
                taken.update((one, number + down - 1) for one in range(column, column + across))
            cells.append(_text(element))
            cells.extend([None] * (across - 1))
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield SheetRow(number, cells)


def _span(element: Any, name: str) -> int:
    given = (element.get(name) or "1").strip()
    return min(max(int(given), 1), MAX_ROWS) if given.isascii() and given.isdigit() and len(given) < 8 else 1


def _text(element: Any) -> object:
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    lines = [" ".join(line.split()) for line in "".join(element.itertext()).replace("\xa0", " ").split("\n")]
    text = "\n".join(line for line in lines if line)
    if len(text) > MAX_TEXT:
        return CellProblem(text[:20] + "…", f"内容超过 {MAX_TEXT} 字")
    return text or None


def _decoded(data: bytes, name: str) -> str:
    """By mark, by what the page says of itself where that fits, else as any text."""
    said = _CHARSET.search(data[:4000])
    if said and data[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        encoding = said[1].decode("ascii").casefold()
        encoding = "gb18030" if encoding in ("gb2312", "gbk", "x-gbk", "cp936") else encoding
        try:
            return data.decode("utf-8-sig" if encoding == "utf-8" else encoding).removeprefix("\ufeff")
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_text(data, name)
