"""Numbers of lines, dates and references as LibreOffice sets them, where Word is known to differ."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from anjian_desktop.documents.layout.model import Piece, RunFormat
from anjian_desktop.documents.layout.reading import document, formats, pieces
from anjian_desktop.documents.layout.reading.package import Package, W
from anjian_desktop.documents.layout.reading.styles import StyleSheet, twips, value
from anjian_desktop.documents.layout.sections import Document, LineNumbers
from anjian_desktop.documents.layout.typesetting import breaking
from anjian_desktop.documents.layout.typesetting.furniture import FurnitureSetter, SetFurniture
from anjian_desktop.documents.layout.typesetting.line_numbers import LineCounter

if TYPE_CHECKING:
    from lxml.etree import _Element

_read_numbers, _read_whole, _furniture = document.read_line_numbers, document.Reader.document, FurnitureSetter.on_page
_AWAY = 14.15
"""pt between a line's number and the text, unless the file says more."""


class _Numbers:
    """Numbers of lines nearer the text, in the font of no style, in every section and above and below the text too."""

    def __init__(self) -> None:
        self._around: LineNumbers | None = None
        self._counter: LineCounter | None = None

    def read(self, element: _Element | None, styles: StyleSheet, *, columns: bool) -> LineNumbers | None:
        found = _read_numbers(element, styles, columns=columns)
        if found is None:
            return None
        look = styles._run_default.copy()
        if "asciiTheme" in look.merged.get("rFonts", {}):
            look.merged["rFonts"] = {"ascii": "DejaVu Sans"}
        plain = formats.run_format(look, styles, lambda _: None)
        found = replace(found, away=twips(value(element, "distance")) or _AWAY, format=plain)
        self._around = None if styles.named("header") in ("", "Header") else found
        return found

    def whole(self, reader: document.Reader) -> Document:
        self._around = None
        found = _read_whole(reader)
        numbers = next((one.line_numbers for one in found.sections if one.line_numbers), None)
        return replace(
            found, sections=tuple(replace(one, line_numbers=one.line_numbers or numbers) for one in found.sections)
        )

    def on_page(self, setter: FurnitureSetter, *given: Any, **more: Any) -> SetFurniture:
        found = _furniture(setter, *given, **more)
        if self._around is None:
            return found
        if self._counter is None or setter._furniture is setter._section.headers:
            self._counter = LineCounter(setter._measure.case)
        return replace(found, placed=tuple(self._counter._on_page(list(found.placed), self._around)))


_show, _walk, _BEFORE_FIELD = pieces.Pieces._show, pieces.Pieces._walk, "\u200b"


def _refers(instruction: str | None) -> bool:
    return (instruction or "").split()[:1] == ["REF"]


def _shown_apart(reading_: pieces.Pieces, format_: RunFormat) -> None:
    """Begins to show a field's result, a line may end before one that refers to another place."""
    instruction = reading_._fields[-1][0]
    _show(reading_, format_)
    if _refers(instruction):
        reading_._pieces.append(Piece(_BEFORE_FIELD, replace(format_, kerned=not format_.kerned)))


def _walked_apart(reading_: pieces.Pieces, parent: _Element) -> None:
    if parent.tag == W + "fldSimple" and _refers(value(parent, "instr")):
        reading_._pieces.append(Piece(_BEFORE_FIELD, replace(reading_._plain, kerned=True)))
    _walk(reading_, parent)


def part_fields(stack: ExitStack) -> None:
    """Lets a line end before a reference in a word that is too long for it."""
    stack.enter_context(patch.object(pieces.Pieces, "_show", _shown_apart))
    stack.enter_context(patch.object(pieces.Pieces, "_walk", _walked_apart))
    own, line, begun = breaking.Strand._can_break, breaking.Strand._line, [0]

    def sets(strand: breaking.Strand, start: int, stop: int, room: float) -> breaking.LineSpan:
        begun[0] = start
        return line(strand, start, stop, room)

    def parts(strand: breaking.Strand, at: int, edge: int = -1) -> bool:
        """Whether a line may end before text[at] whether or not a reference begins there."""
        text = strand.text
        if text[at] == _BEFORE_FIELD:
            return text[at - 1] in " \t" and own(strand, at, edge)
        if text[at - 1] != _BEFORE_FIELD or at < 2:
            return own(strand, at, edge)
        strand.text = text[: at - 1] + text[at - 2] + text[at:]
        may = text[at - 2] not in " \t" and own(strand, at, edge)
        strand.text = text
        return may

    def breaks(strand: breaking.Strand, at: int, edge: int = -1) -> bool:
        apart = strand.text[at - 1] == _BEFORE_FIELD
        return parts(strand, at, edge) or (apart and not any(parts(strand, place) for place in range(begun[0] + 1, at)))

    stack.enter_context(patch.object(breaking.Strand, "_can_break", breaks))
    stack.enter_context(patch.object(breaking.Strand, "_line", sets))


def number_all(stack: ExitStack) -> None:
    """Numbers lines as LibreOffice does."""
    numbers = _Numbers()
    stack.enter_context(patch.object(document, "read_line_numbers", numbers.read))
    stack.enter_context(patch.object(document.Reader, "document", lambda reader: numbers.whole(reader)))
    stack.enter_context(
        patch.object(FurnitureSetter, "on_page", lambda *given, **more: numbers.on_page(*given, **more))
    )


_own_part = Package._part
_DAY: list[date] = []
"""When the other program's pages were made, the last one said; none said: today."""
_PICTURE = re.compile(r'\\@\s*(?:"([^"]*)"|(\S+))')
_PARTS = re.compile("d{1,4}|M{1,4}|yyyy|yy")
_GONE = "Error: Reference source not found"


@contextmanager
def printed_on(pdf: Path) -> Iterator[None]:
    """Fields of the day show the one on which a file's pages were made."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    made = str(document.get_metadata_dict().get("CreationDate", ""))
    document.close()
    _DAY.append(datetime.strptime(made[2:10], "%Y%m%d").replace(tzinfo=UTC).date())
    try:
        yield
    finally:
        _DAY.pop()


def _dated(instruction: str) -> str | None:
    """The day as a field wants it written, None where the field wants none or leaves it to the machine."""
    found = _PICTURE.search(instruction)
    if instruction.split()[:1] not in (["DATE"], ["TIME"]) or found is None or re.search("[hHmsS]", found[0]):
        return None
    day = _DAY[-1] if _DAY else datetime.now(UTC).date()
    month, weekday = calendar.month_name[day.month], calendar.day_name[day.weekday()]
    said = {"yyyy": f"{day.year}", "yy": f"{day:%y}", "MMMM": month, "MMM": month[:3], "MM": f"{day.month:02}"}
    said |= {"M": f"{day.month}", "dddd": weekday, "ddd": weekday[:3], "dd": f"{day.day:02}", "d": f"{day.day}"}
    picture = (found[1] or found[2]).replace("D", "d").replace("Y", "y")
    return _PARTS.sub(lambda part: said[part[0]], picture)


def _afresh(instruction: str, known: set[str]) -> str | None:
    """What a field shows when it is read anew, None where that is what the file keeps."""
    words = instruction.split()
    if words[:1] == ["REF"] and len(words) > 1 and words[1] not in known:
        return _GONE
    return _dated(instruction)


def _results(root: _Element) -> Iterator[tuple[str, list[_Element]]]:
    """The fields of a part that are in no other: their instructions, and the texts they show."""
    shown: list[_Element] = []
    instruction, depth, opened = "", 0, False
    for element in root.iter(W + "fldSimple", W + "fldChar", W + "instrText", W + "t"):
        step = value(element, "fldCharType")
        if element.tag == W + "fldSimple" and not depth:
            yield value(element, "instr") or "", list(element.iter(W + "t"))
        elif step == "begin":
            depth += 1
            if depth == 1:
                instruction, shown, opened = "", [], False
        elif step == "separate":
            opened = opened or depth == 1
        elif step == "end" and depth:
            depth -= 1
            if not depth:
                yield instruction, shown
        elif element.tag == W + "instrText" and depth == 1:
            instruction += element.text or ""
        elif element.tag == W + "t" and opened:
            shown.append(element)


def _part_afresh(package: Package, name: str) -> _Element | None:
    """A part of a file, its dates those of the day, references to places that are not there said to be errors."""
    root = _own_part(package, name)
    if root is not None and root.tag in (W + "document", W + "hdr", W + "ftr"):
        known = {value(mark, "name") or "" for mark in root.iter(W + "bookmarkStart")}
        for instruction, shown in _results(root):
            said = _afresh(instruction, known) if shown else None
            for at, text in enumerate(shown if said is not None else ()):
                text.text = "" if at else said
    return root


def read_afresh(stack: ExitStack) -> None:
    """Shows in fields what they say on the day of the conversion, not what the file keeps."""
    stack.enter_context(patch.object(Package, "_part", _part_afresh))


def spell_out_in_controls(stack: ExitStack) -> None:
    """A field in a content control of no kind in a header or footer is printed as what it says, with what it last gave."""
    own = Package._part

    def part(package: Package, name: str) -> _Element | None:
        root = own(package, name)
        if root is None or root.tag not in (W + "hdr", W + "ftr"):
            return root
        for control in root.iterchildren(W + "sdt"):
            properties = control.find(W + "sdtPr")
            if properties is None or {one.tag for one in properties} != {W + "id"}:
                continue
            for mark in list(control.iter(W + "fldChar")):
                mark.getparent().remove(mark)
            for says in control.iter(W + "instrText"):
                says.tag = W + "t"
        return root

    stack.enter_context(patch.object(Package, "_part", part))
