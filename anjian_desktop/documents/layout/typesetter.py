"""Lays a Word document out on pages, once for all of a batch: what does not change is measured a single time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout.floats import with_floats
from anjian_desktop.documents.layout.flow import MeasuredBlock, paginate
from anjian_desktop.documents.layout.furniture import FurnitureSetter
from anjian_desktop.documents.layout.laid_out import LaidOut, MissingGlyph, Page, Placed
from anjian_desktop.documents.layout.lines import Measure
from anjian_desktop.documents.layout.model import Document, Section
from anjian_desktop.documents.layout.reading import read_document
from anjian_desktop.documents.layout.slots import slot_for, unknown_in
from anjian_desktop.documents.layout.type_styles import TypeCase

_Unknown = tuple[tuple[str, str], ...]


class Typesetter:
    """A template, parsed once, that gives the pages for each set of values.

    `placeholders`: the names in it, in reading order. `as_typed`: the document is laid out as it stands, braces and all.
    Raises UnusableDocument when the bytes are no Word document.
    """

    def __init__(self, template: bytes, fonts: FontBook, *, as_typed: bool = False) -> None:
        self._document = read_document(template)
        self._case = TypeCase(fonts)
        if fonts.true_heights:
            # As the other programs of a Linux desktop set lines: marks that meet keep their width, hyphens part words.
            settings = replace(self._document.settings, squeeze_marks=False, break_at_hyphens=True)
            self._document = replace(self._document, settings=settings)
        self._sections = [
            _SectionSetter(section, self._document, self._case, as_typed=as_typed)
            for section in self._document.sections
        ]
        self.placeholders = tuple(dict.fromkeys(name for setter in self._sections for name in setter.names))

    def lay_out(self, values: Mapping[str, str]) -> LaidOut:
        """The pages with these values; a placeholder without one prints as a gap and is listed in `missing`.

        Raises UnprintableValue, naming the field, for a value with control characters.
        """
        bodies = [setter.body(values) for setter in self._sections]
        total = sum(len(body) for body, _ in bodies)
        pages: list[Page] = []
        unknown: dict[tuple[str, str], None] = {}
        number = 0
        for setter, (body, body_unknown) in zip(self._sections, bodies, strict=True):
            unknown.update(dict.fromkeys(body_unknown))
            first = setter.section.first_number
            number = number if first is None else first - 1
            for place, placed in enumerate(body):
                number += 1
                page, page_unknown = setter.page(placed, number, total, values, first=place == 0)
                pages.append(page)
                unknown.update(dict.fromkeys(page_unknown))
        missing = tuple([name for name in self.placeholders if not values.get(name)])
        glyphs = tuple(MissingGlyph(char, text) for char, text in unknown)
        return LaidOut(tuple(pages), missing, glyphs, self._document.not_laid_out, self._case.used)


class _SectionSetter:
    """Sets one section: its body on pages, and what stands above and below."""

    def __init__(self, section: Section, document: Document, case: TypeCase, *, as_typed: bool) -> None:
        self.section = section
        measure = Measure(section.text_width, section.grid, document.settings, case)
        self._slots = [slot_for(block, measure, as_typed=as_typed) for block in section.blocks]
        self._headers = FurnitureSetter(section.headers, section, measure, as_typed=as_typed)
        self._footers = FurnitureSetter(section.footers, section, measure, as_typed=as_typed)
        self._add_spaces = document.settings.add_spaces
        # A header or footer higher than its margin pushes the body.
        self._top, self._bottom = section.top, section.bottom
        if self._headers.height:
            self._top = max(section.top, section.header_distance + self._headers.height)
        if self._footers.height:
            self._bottom = max(section.bottom, section.footer_distance + self._footers.height)
        self._as_read = case.fonts.true_heights
        if self._as_read and section.grid.line:
            # The grid's lines stand in the middle of the type area, what is left over above and below.
            over = (section.height - self._top - self._bottom) % section.grid.line / 2
            self._top, self._bottom = self._top + over, self._bottom + over

    @property
    def names(self) -> list[str]:
        """The placeholders of this section, its headers and footers."""
        found = [name for slot in self._slots for name in slot.names]
        return [*found, *self._headers.names, *self._footers.names]

    def body(self, values: Mapping[str, str]) -> tuple[list[list[Placed]], _Unknown]:
        """The section's pages without headers and footers, and the characters without a glyph."""
        blocks: list[MeasuredBlock] = []
        for slot in self._slots:
            blocks += slot.measured(values)
        room = self.section.height - self._top - self._bottom
        pages = paginate(blocks, self.section.left, self._top, room, add_spaces=self._add_spaces, as_read=self._as_read)
        return pages, unknown_in(blocks)

    def page(
        self, body: list[Placed], number: int, total: int, values: Mapping[str, str], *, first: bool
    ) -> tuple[Page, _Unknown]:
        """A page of the section with its header and footer, and their characters without a glyph."""
        section = self.section
        header = self._headers.on_page(number, total, values, first=first)
        footer = self._footers.on_page(number, total, values, first=first)
        down = section.height - section.footer_distance - footer.height
        placed = [(fragment, x + section.left, y + section.header_distance) for fragment, x, y in header.placed]
        placed += body
        placed += [(fragment, x + section.left, y + down) for fragment, x, y in footer.placed]
        if any(fragment.floats for fragment, _, _ in placed):
            placed = with_floats(placed, section, self._top, section.height - self._bottom)
        return Page(section.width, section.height, tuple(placed)), header.unknown + footer.unknown


def lay_out_docx(document: bytes, fonts: FontBook) -> LaidOut:
    """The pages of a Word document as it stands. Raises UnusableDocument when the bytes are none."""
    return Typesetter(document, fonts, as_typed=True).lay_out({})
