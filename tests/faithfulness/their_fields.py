"""Numbers of lines and references as LibreOffice sets them, where Word is known to differ."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from anjian_desktop.documents.layout.model import Piece, RunFormat
from anjian_desktop.documents.layout.reading import document, formats, pieces
from anjian_desktop.documents.layout.reading.package import W
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

    def breaks(strand: breaking.Strand, at: int, edge: int = -1) -> bool:
        apart = strand.text[at - 1] == _BEFORE_FIELD
        return own(strand, at, edge) or (apart and not any(own(strand, place) for place in range(begun[0] + 1, at)))

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
