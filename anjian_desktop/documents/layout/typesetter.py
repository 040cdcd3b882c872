"""Lays a Word document out on pages, once for all of a batch: what does not change is measured a single time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout.filling import fill_paragraph, fill_table, names_in
from anjian_desktop.documents.layout.flow import MeasuredBlock, MeasuredTable, paginate, stack
from anjian_desktop.documents.layout.laid_out import LaidOut, MissingGlyph, Page, Placed
from anjian_desktop.documents.layout.lines import Measure, measure_paragraph
from anjian_desktop.documents.layout.model import (
    PAGE_FIELD,
    PAGES_FIELD,
    Block,
    Cell,
    Document,
    Furniture,
    Paragraph,
    Section,
    Table,
)
from anjian_desktop.documents.layout.reading import read_document
from anjian_desktop.documents.layout.rows import CellContent, TableSetter
from anjian_desktop.documents.layout.type_styles import TypeCase

_KEPT = 4096
"""Measured blocks kept of those that depend on values; a batch repeats office, leader and village, not the rest."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A block of the template with the placeholders in it."""

    block: Block
    names: tuple[str, ...]


class _Kept(OrderedDict[object, list[MeasuredBlock]]):
    """The measured blocks used last."""

    def keep(self, key: object, blocks: list[MeasuredBlock]) -> None:
        self[key] = blocks
        if len(self) > _KEPT:
            self.popitem(last=False)


class Typesetter:
    """A template, parsed once, that gives the pages for each set of values.

    Raises UnusableDocument when the bytes are no Word document. `placeholders`: the names in it, in reading order.
    """

    def __init__(self, template: bytes, fonts: FontBook) -> None:
        self._start(read_document(template), fonts, filled=False)

    def _start(self, document: Document, fonts: FontBook, *, filled: bool) -> None:
        self._document = document
        self._fonts = fonts
        self._case = TypeCase(fonts)
        self._kept = _Kept()
        self._lasting: dict[tuple[int, int], list[MeasuredBlock]] = {}
        self._sections = [_SectionSetter(self, section, filled=filled) for section in document.sections]
        names: dict[str, None] = {}
        for setter in self._sections:
            names.update(dict.fromkeys(setter.names))
        self.placeholders = tuple(names)

    @classmethod
    def of_filled(cls, document: bytes, fonts: FontBook) -> Typesetter:
        """For a document that is laid out as it stands, braces and all."""
        setter = cls.__new__(cls)
        setter._start(read_document(document), fonts, filled=True)
        return setter

    def lay_out(self, values: Mapping[str, str]) -> LaidOut:
        """The pages with these values; a placeholder without one prints as a gap and is listed in `missing`."""
        bodies = [setter.body(values) for setter in self._sections]
        total = sum(len(pages) for pages in bodies)
        pages: list[Page] = []
        number = 0
        for setter, body in zip(self._sections, bodies, strict=True):
            first = setter.section.first_number
            number = first if first is not None else number + 1
            for place, placed in enumerate(body):
                pages.append(setter.page(placed, number, total, values, first=place == 0))
                number += 1
            number -= 1
        missing = tuple(name for name in self.placeholders if not values.get(name))
        unknown = [pair for setter in self._sections for pair in setter.unknown]
        glyphs = tuple(MissingGlyph(char, text) for char, text in dict.fromkeys(unknown))
        return LaidOut(tuple(pages), missing, glyphs, self._document.not_laid_out, self._case.used)

    def measured(
        self, slot: _Slot, measure: Measure, key: tuple[object, ...], values: Mapping[str, str]
    ) -> list[MeasuredBlock]:
        """A block of the template with values, measured; from memory where nothing in it changed."""
        whole = (*key, *[values.get(name, "") for name in slot.names])
        found = self._kept.get(whole)
        if found is not None:
            return found
        lasting = not slot.names
        block = slot.block
        if isinstance(block, Paragraph):
            found = list(
                measure_paragraph(fill_paragraph(block, values) if slot.names else block, measure, lasting=lasting)
            )
        else:
            found = [self._table(fill_table(block, values) if slot.names else block, block, measure, key, lasting)]
        self._kept.keep(whole, found)
        return found

    def _table(
        self, table: Table, template: Table, measure: Measure, key: tuple[object, ...], lasting: bool
    ) -> MeasuredTable:
        def content(cell: Cell, inner: Measure, depth: int) -> CellContent:
            return cell_content(cell, inner, depth, lasting=lasting)

        setter = TableSetter(table, measure, content)
        return MeasuredTable(tuple(setter.rows()))


def cell_content(cell: Cell, measure: Measure, depth: int, *, lasting: bool) -> CellContent:
    """The lines of a table cell, tables inside it included."""
    blocks: list[MeasuredBlock] = []
    for block in cell.blocks:
        if isinstance(block, Paragraph):
            blocks += measure_paragraph(block, measure, lasting=lasting)
        else:

            def inner(cell: Cell, measure: Measure, depth: int) -> CellContent:
                return cell_content(cell, measure, depth, lasting=lasting)

            blocks.append(MeasuredTable(tuple(TableSetter(block, measure, inner, depth).rows())))
    lines, height = stack(blocks, add_spaces=measure.settings.add_spaces)
    return CellContent(tuple(lines), height, _unknown(blocks), lasting)


class _SectionSetter:
    """Sets one section: its body on pages, and what stands above and below."""

    def __init__(self, typesetter: Typesetter, section: Section, *, filled: bool) -> None:
        self._typesetter = typesetter
        self.section = section
        self._slots = [_Slot(block, () if filled else names_in((block,))) for block in section.blocks]
        self._filled = filled
        self._measure = Measure(section.text_width, section.grid, typesetter._document.settings, typesetter._case)
        self._furniture: dict[tuple[object, ...], tuple[list[Placed], float]] = {}
        self.unknown: list[tuple[str, str]] = []
        self._top, self._bottom = self._margins()

    @property
    def names(self) -> list[str]:
        """The placeholders of this section, its headers and footers."""
        found = [name for slot in self._slots for name in slot.names]
        if not self._filled:
            for furniture in (self.section.headers, self.section.footers):
                for blocks in (furniture.odd, furniture.even, furniture.first):
                    found += names_in(blocks or ())
        return found

    def body(self, values: Mapping[str, str]) -> list[list[Placed]]:
        """The section's pages without headers and footers."""
        section, typesetter = self.section, self._typesetter
        self.unknown = []
        blocks: list[MeasuredBlock] = []
        for number, slot in enumerate(self._slots):
            blocks += typesetter.measured(slot, self._measure, (id(self), number), values)
        self.unknown += _unknown(blocks)
        room = section.height - self._top - self._bottom
        return paginate(blocks, section.left, self._top, room, add_spaces=self._measure.settings.add_spaces)

    def page(self, body: list[Placed], number: int, total: int, values: Mapping[str, str], *, first: bool) -> Page:
        """A page of the section with its header and footer."""
        section = self.section
        header, _ = self._set(section.headers, "header", number, total, values, first=first)
        footer, height = self._set(section.footers, "footer", number, total, values, first=first)
        down = section.height - section.footer_distance - height
        placed = [(fragment, x + section.left, y + section.header_distance) for fragment, x, y in header]
        placed += body
        placed += [(fragment, x + section.left, y + down) for fragment, x, y in footer]
        return Page(section.width, section.height, tuple(placed))

    def _margins(self) -> tuple[float, float]:
        """Where the body begins and ends: a header or footer higher than its margin pushes the body."""
        section = self.section
        heights = {"header": 0.0, "footer": 0.0}
        for kind, furniture in (("header", section.headers), ("footer", section.footers)):
            for blocks in (furniture.odd, furniture.even, furniture.first):
                if blocks:
                    heights[kind] = max(heights[kind], self._stacked(blocks, "1", "1", {})[1])
        top = max(section.top, section.header_distance + heights["header"] if heights["header"] else 0.0)
        bottom = max(section.bottom, section.footer_distance + heights["footer"] if heights["footer"] else 0.0)
        return top, bottom

    def _set(
        self, furniture: Furniture, kind: str, number: int, total: int, values: Mapping[str, str], *, first: bool
    ) -> tuple[list[Placed], float]:
        section = self.section
        if first and section.different_first:
            blocks = furniture.first
        elif section.different_even and number % 2 == 0:
            blocks = furniture.even
        else:
            blocks = furniture.odd
        if not blocks:
            return [], 0.0
        text = "".join(_texts(blocks))
        names = () if self._filled else names_in(blocks)
        shown = f"- {number} -" if section.number_in_dashes else str(number)
        pages = str(total) if PAGES_FIELD in text else ""
        key = (kind, id(blocks), shown if PAGE_FIELD in text else "", pages, *[values.get(name, "") for name in names])
        found = self._furniture.get(key)
        if found is None:
            found = self._stacked(blocks, shown, pages, values if names else {})
            if len(self._furniture) < _KEPT:
                self._furniture[key] = found
        return found

    def _stacked(
        self, blocks: Sequence[Block], number: str, pages: str, values: Mapping[str, str]
    ) -> tuple[list[Placed], float]:
        filled = [_numbered(block, number, pages) for block in blocks]
        measured: list[MeasuredBlock] = []
        for block in filled:
            names = () if self._filled else names_in((block,))
            lasting = not names
            if isinstance(block, Paragraph):
                measured += measure_paragraph(
                    fill_paragraph(block, values) if names else block, self._measure, lasting=lasting
                )
            else:
                table = fill_table(block, values) if names else block
                measured.append(self._typesetter._table(table, block, self._measure, (), lasting))
        self.unknown += _unknown(measured)
        lines, height = stack(measured, add_spaces=self._measure.settings.add_spaces)
        return [(fragment, 0.0, top) for fragment, top, _ in lines if fragment.runs or fragment.rules], height


def lay_out_docx(document: bytes, fonts: FontBook) -> LaidOut:
    """The pages of a Word document as it stands. Raises UnusableDocument when the bytes are none."""
    return Typesetter.of_filled(document, fonts).lay_out({})


def _unknown(blocks: Sequence[MeasuredBlock]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for block in blocks:
        if isinstance(block, MeasuredTable):
            for row in block.rows:
                found += row.unknown
        elif block.unknown:
            found += [(character, block.text) for character in block.unknown]
    return tuple(found)


def _texts(blocks: Sequence[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            for row in block.rows:
                for cell in row.cells:
                    found += _texts(cell.blocks)
    return found


def _numbered(block: Block, number: str, pages: str) -> Block:
    """The block with its page-number fields filled in."""
    from dataclasses import replace

    if isinstance(block, Paragraph):
        if PAGE_FIELD not in block.text and PAGES_FIELD not in block.text:
            return block
        pieces = tuple(
            replace(piece, text=piece.text.replace(PAGE_FIELD, number).replace(PAGES_FIELD, pages))
            for piece in block.pieces
        )
        return replace(block, pieces=pieces)
    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, blocks=tuple(_numbered(inner, number, pages) for inner in cell.blocks))
                for cell in row.cells
            ),
        )
        for row in block.rows
    )
    return replace(block, rows=rows)
