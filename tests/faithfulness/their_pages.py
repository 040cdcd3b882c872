"""LibreOffice's own ways with endnotes, grids of characters, raised text, hanging marks and numbered paragraphs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from weakref import WeakKeyDictionary

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout.model import (
    PAGE_BREAK,
    Block,
    Frame,
    Grid,
    Paragraph,
    ParagraphFormat,
    Piece,
    RunFormat,
)
from anjian_desktop.documents.layout.reading import document, formats, notes
from anjian_desktop.documents.layout.reading.numbering import Label
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.reading.styles import Look, number, value
from anjian_desktop.documents.layout.sections import Document, Furniture, Section
from anjian_desktop.documents.layout.settings import Settings
from anjian_desktop.documents.layout.typesetting import breaking, lines
from anjian_desktop.documents.layout.typesetting.type_styles import TypeCase, TypeStyle

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARGIN = 56.7
_EM = 12.0
"""Margins of the page of endnotes; size of the body where its style says none (pt)."""
_HAIR = 0.1
"""pt by which a line's last cell may be narrower: as many as there is room for are to fit."""


def apart_endnotes(stack: ExitStack) -> None:
    """Endnotes stand on a page of their own, without a line above."""
    own_end, own_document = notes.Notes.at_the_end, document.Reader.document
    kept: list[Block] = []

    def at_the_end(found: notes.Notes) -> list[Block]:
        kept.extend(own_end(found)[1:])
        return []

    def whole(reader: document.Reader) -> Document:
        kept.clear()
        found = own_document(reader)
        if not kept:
            return found
        sides = dict.fromkeys(("left", "right", "top", "bottom"), _MARGIN)
        page = replace(found.sections[-1], blocks=tuple(kept), start="nextPage", columns=(), grid=Grid(), **sides)  # type: ignore[arg-type]
        page = replace(page, headers=Furniture(), footers=Furniture())
        return replace(found, sections=(*found.sections, page))

    stack.enter_context(patch.object(notes.Notes, "at_the_end", at_the_end))
    stack.enter_context(patch.object(document.Reader, "document", whole))


def whole_characters(stack: ExitStack) -> None:
    """On a grid of characters lines hold whole ones, what is left over stands on both sides."""
    own_section = document.Reader._section

    def section(
        reader: document.Reader, element: _Element | None, blocks: list[Block], before: list[Section]
    ) -> Section:
        found = own_section(reader, element, blocks, before)
        grid = element.find(W + "docGrid") if element is not None else None
        wider = int(number(value(grid, "charSpace")))
        if value(grid, "type") not in ("linesAndChars", "snapToChars") or not wider:
            return found
        body = reader.styles.character(reader.styles.default("paragraph"))
        size = number(value(body.elements.get("sz")), 2 * _EM) / 2
        cell = size + (20 * wider // 4095) / 20
        over = found.text_width % cell / 2
        widen = cell - reader._settings.em
        return replace(found, left=found.left + over, right=found.right + over, grid=replace(found.grid, widen=widen))

    stack.enter_context(patch.object(document.Reader, "_section", section))


def whole_cells(stack: ExitStack) -> None:
    """On a grid of characters every Chinese one fills whole cells of it, and so does all text between two of them."""
    own, own_line, cells = breaking.Strand.__init__, breaking.Strand._line, WeakKeyDictionary[breaking.Strand, float]()

    def begin(
        strand: breaking.Strand, pieces: Sequence[Piece], format_: ParagraphFormat, settings: Settings, case: TypeCase,
        widen: float, label: int = 0,
    ) -> None:  # fmt: skip
        if not widen or not format_.on_grid:
            own(strand, pieces, format_, settings, case, widen, label)
            return
        format_ = replace(format_, auto_space=False, auto_space_digits=False)
        own(strand, pieces, format_, replace(settings, squeeze_marks=False), case, 0.0, label)
        cell = cells[strand] = settings.em + widen
        advances = strand.advances
        for chinese, group in groupby(range(len(strand.text)), strand._is_chinese):
            places = list(group)
            for some in [[one] for one in places] if chinese else [places]:
                width = sum(advances[one] for one in some)
                lack = math.ceil(width / cell - 0.01) * cell - width
                ahead = lack / 2 if not chinese and some[0] else 0.0
                for at, more in ((some[0] - 1, ahead), (some[-1], lack - ahead)):
                    if more:
                        advances[at] += more
                        strand._extra[at] = strand._extra.get(at, 0.0) + (min(more, _HAIR) if chinese else more)
        strand._ends = [0.0, *accumulate(advances)]

    def line(strand: breaking.Strand, start: int, stop: int, room: float) -> breaking.LineSpan:
        cell = cells.get(strand)
        if cell and 0 < start < stop and not (strand._is_chinese(start) or strand._is_chinese(start - 1)):
            last = next((at for at in range(start, stop) if strand._is_chinese(at)), stop) - 1
            width = strand._ends[last + 1] - strand._ends[start] - strand._extra.pop(last, 0.0)
            strand._extra[last] = math.ceil(width / cell - 0.01) * cell - width
            strand.advances[last] += width + strand._extra[last] - strand._ends[last + 1] + strand._ends[start]
            strand._ends = [0.0, *accumulate(strand.advances)]
        return own_line(strand, start, stop, room)

    own_indents = lines.indents

    def indents(paragraph: Paragraph, said: Sequence[Piece], grid: Grid, em: float) -> tuple[float, float, float]:
        start, end, first = own_indents(paragraph, said, grid, em)
        if not grid.widen or not paragraph.format.on_grid:
            return start, end, first
        cell = em + grid.widen
        begins = [math.ceil(place / cell - 0.01) * cell for place in (start, start + first)]
        return begins[0], end, begins[1] - begins[0]

    stack.enter_context(patch.object(breaking.Strand, "__init__", begin))
    stack.enter_context(patch.object(breaking.Strand, "_line", line))
    stack.enter_context(patch.object(lines, "indents", indents))


def raised_by_line(stack: ExitStack) -> None:
    """Raised and lowered text moves by whole per cent of its line's height, not of its size."""
    own_style = TypeStyle.__init__

    def style(found: TypeStyle, format_: RunFormat, widen: float, fonts: FontBook, *, either: bool) -> None:
        own_style(found, format_, widen, fonts, either=either)
        if format_.rise and not format_.beside and format_.picture is None:
            found.rise = round(100 * format_.rise) / 100 * sum(found.reach(east_asian=either))

    stack.enter_context(patch.object(TypeStyle, "__init__", style))


def first_line_alone(stack: ExitStack) -> None:
    """Beside a first line's indent of the paragraph's own its number gives none."""
    own_label = document.Reader._label

    def label(reader: document.Reader, look: Look, style: str, properties: _Element | None) -> Label | None:
        found = own_label(reader, look, style, properties)
        numbered = properties is not None and properties.find(W + "numPr") is not None
        own = properties.find(W + "ind") if properties is not None and numbered else None
        said = {str(key).removeprefix(W) for key in own.attrib} if own is not None else set()
        if found is not None and "firstLine" in said and said <= {"firstLine", "firstLineChars"}:
            look.merged.pop("ind", None)
        return found

    stack.enter_context(patch.object(document.Reader, "_label", label))


def bottom_between(stack: ExitStack) -> None:
    """Where a line parts paragraphs, the upper one's bottom line stands as well, in place of its distance."""
    own_frame = formats.frame_of

    def frame(element: _Element | None, *given: Any) -> Frame | None:
        found = own_frame(element, *given)
        if found is None or found.between is None or found.lines.bottom is None:
            return found
        return replace(found, between=(found.between[0], found.lines.bottom.width + found.spaces[2]))

    stack.enter_context(patch.object(formats, "frame_of", frame))


def break_before(stack: ExitStack) -> None:
    """A page break that begins a paragraph stands before all of it: its number, the blank above it."""
    own_paragraph = document.Reader.paragraph

    def paragraph(reader: document.Reader, element: _Element, place: str, table_style: str) -> Paragraph:
        found = own_paragraph(reader, element, place, table_style)
        at = found.text.find(PAGE_BREAK)
        begins = 0 <= at <= found.label[0] + (found.label[0] > 0)
        if place or not begins or not found.text[at + 1 :].strip():
            return found
        pieces, begin = [], 0
        for piece in found.pieces:
            cut = at - begin
            begin += len(piece.text)
            text = piece.text[:cut] + piece.text[cut + 1 :] if 0 <= cut < len(piece.text) else piece.text
            pieces += [replace(piece, text=text)] if text else []
        return replace(found, pieces=tuple(pieces), format=replace(found.format, page_break_before=True))

    stack.enter_context(patch.object(document.Reader, "paragraph", paragraph))


def hang_turned_round(stack: ExitStack) -> None:
    """Marks hang where a paragraph says that they do not, and do not where it says so."""
    own = document.paragraph_format

    def format_(look: Look, name: formats.Name) -> ParagraphFormat:
        found = own(look, name)
        return replace(found, hang_marks=not found.hang_marks) if "overflowPunct" in look.elements else found

    stack.enter_context(patch.object(document, "paragraph_format", format_))
