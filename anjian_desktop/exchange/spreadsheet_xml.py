"""SpreadsheetML (ECMA-376 part 1, 18) straight from the zip: values, merged ranges, formulas without a result.

Written here because a roster needs all three in one pass: openpyxl's read-only mode knows neither the merged ranges nor
whether an empty cell is a formula that nobody calculated, and its bare read takes longer than reading and checking here.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import error_cell, uncalculated_formula
from anjian_desktop.exchange.quick_rows import Unusual, quick_rows, quick_strings
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
    unlike,
)
from anjian_desktop.exchange.spreadsheet_values import (
    column_of,
    day_of,
    merge_of,
    moment_of,
    number_of,
    plain_text,
    rich_text,
    shows_date,
)

_MAX_UNPACKED = 300_000_000
_LARGE = 4_000_000
"""Unpacked bytes of a sheet that is worth a look ahead."""
_MAX_MEMBERS = 5_000
_MAX_RATIO = 400
"""Unpacked to packed size of a large part; XML of real rosters stays under 60."""

_DATE_FORMATS = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
"""Built-in number formats that show a date (18.8.30, with the Chinese ones)."""


def read_sheets(file: IO[bytes], name: str, wanted: str | None, sink: SheetSink) -> None:
    """Tell the sheets of the workbook in `file`; hidden ones without rows unless `wanted` names them. Raises UserError."""
    with zipfile.ZipFile(file) as archive:
        _check_limits(archive, name)
        _Book(archive, name).tell(wanted, sink)


def _check_limits(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    refused = UserError(
        f"文件“{name}”异常（解压后过大），已拒绝，没有导入任何内容。", next_step="请确认文件来源。", code="oversized"
    )
    if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > _MAX_UNPACKED:
        raise refused
    if any(m.file_size > 20_000_000 and m.file_size > _MAX_RATIO * max(m.compress_size, 1) for m in members):
        raise refused
    if any(member.flag_bits & 1 for member in members):
        raise UserError(f"文件“{name}”有密码。", next_step="请先取消密码，再导入。")


class _Book:
    """One open workbook: its parts, shared strings and which cell styles are dates."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._parts = {
            member.filename.replace("\\", "/").lstrip("/").casefold(): member for member in archive.infolist()
        }
        self._name = name
        self._path = self._workbook_path()
        self._strings: list[object] = []
        self._dates: list[bool] = []
        self._starts_1904 = False
        self._days: dict[float, object] = {}

    def tell(self, wanted: str | None, sink: SheetSink) -> None:
        """See `read_sheets`."""
        relations = self._relations(self._path)
        listed: list[tuple[str, bool, str]] = []
        for element in self._parse(self._path).iter("{*}sheet", "{*}workbookPr"):
            if etree.QName(element).localname == "workbookPr":
                self._starts_1904 = element.get("date1904") in ("1", "true", "on")
                continue
            relation = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "")
            kind, target = relations.get(str(relation), ("", ""))
            if kind == "worksheet":
                name = unlike(element.get("name") or "", [title for title, _, _ in listed])
                listed.append((name, element.get("state", "visible") != "visible", target))
        if not listed:
            raise UserError(f"文件“{self._name}”里没有工作表。", next_step="请换一个文件。")
        # Some writers leave the relation out and rely on the usual place.
        others = {
            kind: posixpath.join(posixpath.dirname(self._path), f"{kind}.xml") for kind in ("sharedStrings", "styles")
        }
        others.update((kind, target) for kind, target in relations.values() if kind in others)
        self._strings = self._shared_strings(others["sharedStrings"])
        self._dates = self._date_styles(others["styles"])
        for position in choose([title for title, _, _ in listed], wanted):
            title, hidden, target = listed[position]
            if hidden and wanted is None:
                sink.begin(title, hidden=hidden, starts_1904=self._starts_1904)
                sink.end()
            else:
                sink.begin(
                    title, hidden=hidden, starts_1904=self._starts_1904, unmerged=self._is_large_and_unmerged(target)
                )
                self._tell_sheet(target, title, sink)

    def _workbook_path(self) -> str:
        for kind, target in self._relations("").values():
            if kind == "officeDocument" and target.casefold() in self._parts:
                if target.endswith(".bin"):
                    raise UserError(f"“{self._name}”是 .xlsb 格式。", next_step=SAVE_AS)
                if "word/" in target:
                    raise UserError(
                        f"“{self._name}”是 Word 文档，不是工作簿。", next_step="请选择 .xlsx 或 .csv 文件。"
                    )
                if etree.QName(self._parse(target)).localname == "workbook":
                    return target
        raise UserError(f"“{self._name}”是压缩包或别的文件，不是 .xlsx 工作簿。", next_step=SAVE_AS)

    def _open(self, path: str) -> IO[bytes]:
        stream = self._archive.open(self._parts[path.casefold()])
        start = (
            stream.peek(2048) if hasattr(stream, "peek") else b""
        )  # zipfile's reader has peek; IO[bytes] does not say so
        if b"<!DOCTYPE" in start or b"<\x00!\x00D" in start or b"\x00<\x00!\x00D" in start:
            raise UserError(f"文件“{self._name}”内容异常，已拒绝，没有导入任何内容。", next_step="请确认文件来源。")
        return stream

    def _parse(self, path: str) -> Any:
        with self._open(path) as stream:
            return etree.parse(stream, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()

    def _walk(self, path: str, *tags: str) -> Iterator[Any]:
        """Elements as they are complete; each is emptied when the next is asked for."""
        with self._open(path) as stream:
            events = etree.iterparse(stream, events=("end",), tag=tags, resolve_entities=False, no_network=True)
            for _, element in events:
                yield element
                element.clear(keep_tail=False)
                parent = element.getparent()
                if parent is not None and len(parent) > 64:
                    del parent[: len(parent) - 1]

    def _relations(self, path: str) -> dict[str, tuple[str, str]]:
        """id -> (kind, target) of the part at `path`; of the package itself when empty."""
        folder, base = posixpath.split(path)
        place = posixpath.join(folder, "_rels", f"{base}.rels")
        if place.casefold() not in self._parts:
            return {}
        found = {}
        for element in self._parse(place).iter("{*}Relationship"):
            target = (element.get("Target") or "").replace("\\", "/")
            if element.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                found[element.get("Id") or ""] = ((element.get("Type") or "").rpartition("/")[2], target.lstrip("/"))
        return found

    def _shared_strings(self, path: str) -> list[object]:
        if path.casefold() not in self._parts:
            return []
        try:
            with self._open(path) as stream:
                return [plain_text(text) for text in quick_strings(stream)]
        except Unusual:
            return [rich_text(item) for item in self._walk(path, "{*}si")]

    def _date_styles(self, path: str) -> list[bool]:
        """For each cell style whether it shows a date."""
        if path.casefold() not in self._parts:
            return []
        root = self._parse(path)
        own = {e.get("numFmtId"): shows_date(e.get("formatCode") or "") for e in root.iter("{*}numFmt")}
        styles = []
        for cell_styles in root.iter("{*}cellXfs"):
            for style in cell_styles.iter("{*}xf"):
                number = style.get("numFmtId") or "0"
                styles.append(own[number] if number in own else int(number) in _DATE_FORMATS)
        return styles

    def _is_large_and_unmerged(self, path: str) -> bool:
        """Looked up for large sheets, whose rows can then be worked on before the last one is read."""
        member = self._parts[path.casefold()]
        if member.file_size < _LARGE:
            return False
        rest = b""
        with self._open(path) as stream:
            while chunk := stream.read(1 << 20):
                if b"mergeCell" in rest + chunk:
                    return False
                rest = chunk[-16:]
        return True

    def _tell_sheet(self, path: str, title: str, sink: SheetSink) -> None:
        merges: list[Merge] = []
        try:
            told = _Told(sink)
            told.rows(self._rows_quickly(path, merges))
        except Unusual:
            sink.again()
            merges.clear()
            told = _Told(sink)
            told.rows(self._rows_by_parser(path, merges))
        if len(merges) > MAX_MERGES:
            raise too_many_merges()
        notes = [f"工作表“{title}”第 {MAX_COLUMNS} 列以后的内容没有读取"] if told.wide else []
        sink.end(merges=merges, hidden_rows=told.hidden, notes=notes)

    def _rows_quickly(self, path: str, merges: list[Merge]) -> Iterator[tuple[int, bool, list[object], bool]]:
        """Raises Unusual where the parser must read."""
        references: list[str] = []
        with self._open(path) as stream:
            yield from quick_rows(
                stream,
                strings=self._strings,
                dates=self._dates,
                typed=self._typed,
                column=column_of,
                width=MAX_COLUMNS,
                merges=references,
            )
        merges.extend(merge for one in references if (merge := merge_of(one)))

    def _rows_by_parser(self, path: str, merges: list[Merge]) -> Iterator[tuple[int, bool, list[object], bool]]:
        number = 0
        for element in self._walk(path, "{*}row", "{*}mergeCell"):
            if element.tag.endswith("mergeCell"):
                if merge := merge_of(element.get("ref") or ""):
                    merges.append(merge)
                continue
            number = int(element.get("r") or number + 1)
            cells, cut = self._cells(element)
            yield number, element.get("hidden") in ("1", "true"), cells, cut

    def _cells(self, row: Any) -> tuple[list[object], bool]:
        """The values of a row up to its last one, and whether anything lay beyond MAX_COLUMNS."""
        cells: list[object] = []
        column = -1
        cut = False
        for element in row:
            reference = element.get("r")
            column = column + 1 if reference is None else column_of(reference.rstrip("0123456789"))
            if not len(element) or (value := self._value(element)) is None:
                continue
            if column >= MAX_COLUMNS:
                cut = True
                continue
            gap = column - len(cells)
            if gap >= 0:
                if gap:
                    cells.extend([None] * gap)
                cells.append(value)
            else:
                cells[column] = value
        return cells, cut

    def _value(self, element: Any) -> object:
        text = formula = None
        for child in element:
            tag = child.tag
            if tag.endswith("}v"):
                text = child.text
            elif tag.endswith("}f"):
                formula = child.text or "…"
            elif tag.endswith("}is"):
                return rich_text(child) or None
        return self._typed(element.get("t"), text, formula, element.get("s"))

    def _typed(self, kind: str | None, text: str | None, formula: str | None, style: str | None) -> object:
        """A cell's value from its type, text, formula and style (18.3.1.4); None where there is none."""
        if not text:
            return uncalculated_formula(formula) if formula is not None and kind not in ("s", "str") else None
        if kind == "s":
            return self._strings[int(text)] or None
        if kind is None or kind == "n":
            number = number_of(text)
            if style is not None and isinstance(number, int | float):
                position = int(style)
                if position < len(self._dates) and self._dates[position]:
                    return self._day(number)
            return number
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "e":
            return error_cell(text)
        if kind == "d":
            return moment_of(text)
        return plain_text(text)

    def _day(self, number: float) -> object:
        if (known := self._days.get(number)) is None:
            known = self._days[number] = day_of(number, starts_1904=self._starts_1904)
        return known


class _Told:
    """Passes a sheet's rows on, counts the hidden ones and keeps the limit."""

    def __init__(self, sink: SheetSink) -> None:
        self._sink = sink
        self.hidden = 0
        self.wide = False

    def rows(self, found: Iterator[tuple[int, bool, list[object], bool]]) -> None:
        """Tell all rows. Raises UserError above MAX_ROWS, and whatever the reader raises."""
        tell_rows(self._sink, self._kept(found))

    def _kept(self, found: Iterator[tuple[int, bool, list[object], bool]]) -> Iterator[SheetRow]:
        kept = 0
        for number, hidden, cells, cut in found:
            self.wide = self.wide or cut
            if cells:
                kept += 1
                if kept > MAX_ROWS:
                    raise too_many_rows()
                self.hidden += hidden
                yield SheetRow(number, cells)
