"""Headers and footers: which one a page has, its page numbers filled in, and the room it takes from the body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from anjian_desktop.documents.layout.laid_out import Placed
from anjian_desktop.documents.layout.model import (
    PAGE_FIELD,
    PAGES_FIELD,
    SECTION_PAGES_FIELD,
    Block,
    FloatBox,
    Paragraph,
)
from anjian_desktop.documents.layout.number_text import number_text
from anjian_desktop.documents.layout.sections import Furniture, Section
from anjian_desktop.documents.layout.typesetting.closing_blanks import closed
from anjian_desktop.documents.layout.typesetting.hanging import hung_in_margin
from anjian_desktop.documents.layout.typesetting.lines import Measure
from anjian_desktop.documents.layout.typesetting.piles import MeasuredBlock, stack
from anjian_desktop.documents.layout.typesetting.slots import Slot, slot_for, unknown_in

_KEPT = 1024
_ONES = {PAGE_FIELD: "1", PAGES_FIELD: "1", SECTION_PAGES_FIELD: "1"}


@dataclass(frozen=True, slots=True)
class PageCount:
    """A page's number, the document's pages, the pages of its section."""

    number: int
    pages: int
    section_pages: int


@dataclass(frozen=True, slots=True)
class SetFurniture:
    """A header or footer ready for a page: what stands in it, from its own top; its height (pt); unknown characters."""

    placed: tuple[Placed, ...]
    height: float
    unknown: tuple[tuple[str, str], ...]


_NOTHING = SetFurniture((), 0.0, ())


class FurnitureSetter:
    """Sets the headers or the footers of one section."""

    def __init__(self, furniture: Furniture, section: Section, measure: Measure, *, as_typed: bool) -> None:
        self._furniture, self._section, self._measure, self._as_typed = furniture, section, measure, as_typed
        self._kept: dict[tuple[object, ...], SetFurniture] = {}
        variants = [blocks for blocks in (furniture.odd, furniture.even, furniture.first) if blocks]
        self._fields = {id(blocks): "".join(_texts(blocks)) for blocks in variants}
        self.names = tuple(
            dict.fromkeys(name for blocks in variants for slot in self._slots_of(blocks, {}) for name in slot.names)
        )
        self._heights: dict[tuple[int | str | None, ...], float] = {}

    def height(self, number: int, values: Mapping[str, str], *, first: bool = False) -> float:
        """How high that of a page is with these values (pt), 0 without any: a long name may take another line.

        `first`: of the section's first page.
        """
        blocks = self._on(number, first=first)
        if not blocks:
            return 0.0
        key = (id(blocks), *[values.get(name) for name in self.names])
        found = self._heights.get(key)
        if found is None:
            found = self._stacked(blocks, _ONES, values).height
            if len(self._heights) >= _KEPT:
                self._heights.clear()
            self._heights[key] = found
        return found

    def on_page(self, count: PageCount, values: Mapping[str, str], *, first: bool) -> SetFurniture:
        """The header or footer of a page; `first`: whether it is the section's first page."""
        blocks = self._on(count.number, first=first)
        if not blocks:
            return _NOTHING
        text = self._fields[id(blocks)]
        shown = {}
        if PAGE_FIELD in text:
            shown[PAGE_FIELD] = number_text(count.number, self._section.number_format)
        if PAGES_FIELD in text:
            shown[PAGES_FIELD] = str(count.pages)
        if SECTION_PAGES_FIELD in text:
            shown[SECTION_PAGES_FIELD] = str(count.section_pages)
        key = (id(blocks), *shown.values(), *[values.get(name) for name in self.names])
        found = self._kept.get(key)
        if found is None:
            found = self._stacked(blocks, shown, values)
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found

    def _on(self, number: int, *, first: bool) -> tuple[Block, ...] | None:
        """The one a page has."""
        section, furniture = self._section, self._furniture
        if first and section.different_first:
            return furniture.first
        return furniture.even if section.different_even and number % 2 == 0 else furniture.odd

    def _stacked(self, blocks: Sequence[Block], shown: Mapping[str, str], values: Mapping[str, str]) -> SetFurniture:
        measured: list[MeasuredBlock] = []
        for slot in self._slots_of(blocks, shown):
            measured += slot.measured(values)
        if measured:
            measured[-1] = closed(measured[-1], blocks[-1], self._measure)
        lines, height = stack(measured, add_spaces=self._measure.settings.add_spaces)
        placed = tuple((fragment, 0.0, top) for fragment, top, _ in lines if fragment.shows)
        return SetFurniture(placed, height, unknown_in(measured))

    def _slots_of(self, blocks: Sequence[Block], shown: Mapping[str, str]) -> list[Slot]:
        measure = self._measure
        if measure.case.fonts.true_heights:
            blocks = hung_in_margin(blocks, measure.grid, add_spaces=measure.settings.add_spaces)
        return [slot_for(_numbered(block, shown), measure, as_typed=self._as_typed) for block in blocks]


def _texts(blocks: Sequence[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
            for box in block.floats:
                found += _texts_in_box(box)
        else:
            for row in block.rows:
                for cell in row.cells:
                    found += _texts(cell.blocks)
    return found


def _texts_in_box(box: FloatBox) -> list[str]:
    return _texts(box.blocks) + [text for _, _, part in box.parts for text in _texts_in_box(part)]


def _numbered_box(box: FloatBox, shown: Mapping[str, str]) -> FloatBox:
    blocks = tuple(_numbered(block, shown) for block in box.blocks)
    return replace(box, blocks=blocks, parts=tuple((x, y, _numbered_box(part, shown)) for x, y, part in box.parts))


def _numbered(block: Block, shown: Mapping[str, str]) -> Block:
    """The block with its page-number fields filled in; those not said show nothing."""
    if isinstance(block, Paragraph):
        if block.floats:
            block = replace(block, floats=tuple(_numbered_box(box, shown) for box in block.floats))
        if not any(field in block.text for field in _ONES):
            return block
        table = str.maketrans({field: shown.get(field, "") for field in _ONES})
        return replace(block, pieces=tuple(replace(piece, text=piece.text.translate(table)) for piece in block.pieces))
    rows = []
    for row in block.rows:
        cells = []
        for cell in row.cells:
            cells.append(replace(cell, blocks=tuple(_numbered(inner, shown) for inner in cell.blocks)))
        rows.append(replace(row, cells=tuple(cells)))
    return replace(block, rows=tuple(rows))
