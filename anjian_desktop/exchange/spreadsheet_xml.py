"""SpreadsheetML (ECMA-376 part 1, 18) straight from the zip: values, merged ranges, formulas without a result.

Written here because a roster needs all three in one pass: openpyxl's read-only mode knows neither the merged ranges nor
whether an empty cell is a formula that nobody calculated, and its bare read takes longer than reading and checking here.
"""

from __future__ import annotations

import math
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import IO, Any

from lxml import etree

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import MAX_TEXT, CellProblem, error_cell, uncalculated_formula
from anjian_desktop.exchange.quick_rows import Unusual, quick_rows, quick_strings
from anjian_desktop.exchange.sheet_rows import (
    MAX_COLUMNS,
    SAVE_AS,
    Merge,
    Sheet,
    append_limited,
    choose,
    fill_merged,
)

_MAX_UNPACKED = 300_000_000
_MAX_MEMBERS = 5_000
_MAX_RATIO = 400
"""Unpacked to packed size of a large part; XML of real rosters stays under 60."""

_DATE_FORMATS = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
"""Built-in number formats that show a date (18.8.30, with the Chinese ones)."""
_DATE_1900, _DATE_1904 = date(1899, 12, 30), date(1904, 1, 1)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_sheets(file: IO[bytes], name: str, wanted: str | None) -> list[Sheet]:
    """The sheets of the workbook in `file`; hidden ones without rows unless `wanted` names them. Raises UserError."""
    with zipfile.ZipFile(file) as archive:
        _check_limits(archive, name)
        return _Book(archive, name).sheets(wanted)


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

    def sheets(self, wanted: str | None) -> list[Sheet]:
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
                name = _unlike(element.get("name") or "", [title for title, _, _ in listed])
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
        chosen = choose([title for title, _, _ in listed], wanted)
        read = []
        for position in chosen:
            title, hidden, target = listed[position]
            sheet = Sheet(title, hidden, starts_1904=self._starts_1904)
            if not hidden or wanted is not None:
                self._read_rows(target, sheet)
            read.append(sheet)
        return read

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
                return [_plain(text) for text in quick_strings(stream)]
        except Unusual:
            return [_rich_text(item) for item in self._walk(path, "{*}si")]

    def _date_styles(self, path: str) -> list[bool]:
        """For each cell style whether it shows a date."""
        if path.casefold() not in self._parts:
            return []
        root = self._parse(path)
        own = {e.get("numFmtId"): _shows_date(e.get("formatCode") or "") for e in root.iter("{*}numFmt")}
        styles = []
        for cell_styles in root.iter("{*}cellXfs"):
            for style in cell_styles.iter("{*}xf"):
                number = style.get("numFmtId") or "0"
                styles.append(own[number] if number in own else int(number) in _DATE_FORMATS)
        return styles

    def _read_rows(self, path: str, sheet: Sheet) -> None:
        merges: list[Merge] = []
        for read in (self._rows_quickly, self._rows_by_parser):
            sheet.rows, sheet.hidden_rows = [], 0
            merges.clear()
            wide = False
            try:
                for number, hidden, cells, cut in read(path, merges):
                    wide = wide or cut
                    if cells:
                        append_limited(sheet.rows, number, cells)
                        sheet.hidden_rows += hidden
                break
            except Unusual:
                continue
        if wide:
            sheet.notes.append(f"工作表“{sheet.name}”第 {MAX_COLUMNS} 列以后的内容没有读取")
        sheet.rows.sort(key=lambda row: row.number)
        sheet.filled_down = fill_merged(sheet.rows, merges)

    def _rows_quickly(self, path: str, merges: list[Merge]) -> Iterator[tuple[int, bool, list[object], bool]]:
        """Raises Unusual where the parser must read."""
        references: list[str] = []
        with self._open(path) as stream:
            yield from quick_rows(
                stream,
                strings=self._strings,
                dates=self._dates,
                typed=self._typed,
                column=_column,
                width=MAX_COLUMNS,
                merges=references,
            )
        merges.extend(merge for one in references if (merge := _merge(one)))

    def _rows_by_parser(self, path: str, merges: list[Merge]) -> Iterator[tuple[int, bool, list[object], bool]]:
        number = 0
        for element in self._walk(path, "{*}row", "{*}mergeCell"):
            if element.tag.endswith("mergeCell"):
                if merge := _merge(element.get("ref") or ""):
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
            column = column + 1 if reference is None else _column(reference.rstrip("0123456789"))
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
                return _rich_text(child) or None
        return self._typed(element.get("t"), text, formula, element.get("s"))

    def _typed(self, kind: str | None, text: str | None, formula: str | None, style: str | None) -> object:
        """A cell's value from its type, text, formula and style (18.3.1.4); None where there is none."""
        if not text:
            return uncalculated_formula(formula) if formula is not None and kind not in ("s", "str") else None
        if kind == "s":
            return self._strings[int(text)] or None
        if kind is None or kind == "n":
            number = _number(text)
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
            return _iso_date(text)
        return _plain(text)

    def _day(self, number: float) -> object:
        if (known := self._days.get(number)) is None:
            known = self._days[number] = day_of(number, starts_1904=self._starts_1904)
        return known


def day_of(number: float, *, starts_1904: bool = False) -> object:
    """The date or datetime of Excel's day number; a CellProblem where there is none (1900-01-00, 1900-02-29, beyond 9999).

    A bare time of day (0 <= number < 1) stays a number.
    """
    days = math.floor(number)
    impossible = CellProblem(str(number), "日期不存在")
    if not starts_1904:
        if 0 < number < 1:
            return number
        if days < 1 or days == 60:
            return impossible
        if days < 60:  # Excel counts a 29 February 1900 that never was
            days += 1
    try:
        day = (_DATE_1904 if starts_1904 else _DATE_1900) + timedelta(days=days)
    except OverflowError:
        return impossible
    seconds = round((number - math.floor(number)) * 86_400)
    if not seconds:
        return day
    try:
        return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)
    except OverflowError:
        return impossible


def _unlike(name: str, taken: Sequence[str]) -> str:
    """The name, with a number when a damaged book has it twice."""
    return name if name not in taken else f"{name}（{len(taken) + 1}）"


def _number(text: str) -> object:
    try:
        return int(text)
    except ValueError:
        number = float(text)
        return number if math.isfinite(number) else CellProblem(text[:20], "不是数字")


def _iso_date(text: str) -> object:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return _plain(text)
    return moment if "T" in text else moment.date()


def _rich_text(item: Any) -> object:
    """The text of a string item without its phonetic runs."""
    if len(item) == 1 and item[0].tag.endswith("}t"):
        return _plain(item[0].text or "")
    parts = []
    for child in item:
        if child.tag.endswith("}t"):
            parts.append(child.text or "")
        elif child.tag.endswith("}r"):
            parts.extend(part.text or "" for part in child if part.tag.endswith("}t"))
    return _plain("".join(parts))


def _plain(text: str) -> object:
    if len(text) > MAX_TEXT:
        return CellProblem(text[:20] + "…", f"内容超过 {MAX_TEXT} 字")
    return _ESCAPE.sub(_unescaped, text) if "_x" in text else text


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def _shows_date(code: str) -> bool:
    """Whether a number format shows a date (yyyy"年"m"月"), not a number or a bare time of day."""
    first = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code.split(";")[0]).casefold()
    if "general" in first or re.search(r"\[(h+|m+|s+)\]", code.casefold()):
        return False
    return "y" in first or "d" in first or ("m" in first and "h" not in first and "s" not in first)


_COLUMNS: dict[str, int] = {}


def _column(letters: str) -> int:
    """0 for A, 27 for AB. Raises ValueError beyond XFD."""
    if (known := _COLUMNS.get(letters)) is not None:
        return known
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    if not 1 <= column <= 16_384:
        raise ValueError(letters)
    _COLUMNS[letters] = column - 1
    return column - 1


def _merge(reference: str) -> Merge | None:
    ends = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", reference)
    if ends is None:
        return None
    return Merge(int(ends[2]), int(ends[4]), _column(ends[1]), _column(ends[3]))
