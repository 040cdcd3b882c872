"""Sets one section: its body in columns on pages, what stands above and below, its footnotes, its page border."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.floats import frame, with_floats
from anjian_desktop.documents.layout.flow import Area, MeasuredBlock, paginate, stack
from anjian_desktop.documents.layout.furniture import FurnitureSetter
from anjian_desktop.documents.layout.laid_out import Fragment, Page, Placed, Rule
from anjian_desktop.documents.layout.lines import Measure
from anjian_desktop.documents.layout.model import Block, Document, Section
from anjian_desktop.documents.layout.slots import slot_for, unknown_in
from anjian_desktop.documents.layout.type_styles import TypeCase

Unknown = tuple[tuple[str, str], ...]
"""Characters without a glyph, each with the text it stands in."""

_NOTE_GAP = 5.0
_NOTE_LINE = 144.0
"""Blank above the footnotes of a page, and the length of the line that parts them from the text (pt)."""


class SectionSetter:
    """Sets one section of a document."""

    def __init__(self, section: Section, document: Document, case: TypeCase, *, as_typed: bool) -> None:
        self.section = section
        settings = document.settings
        measure = Measure(section.column_width, section.grid, settings, case)
        whole = replace(measure, width=section.text_width)
        self._slots = [slot_for(block, measure, as_typed=as_typed) for block in section.blocks]
        self._headers = FurnitureSetter(section.headers, section, whole, as_typed=as_typed)
        self._footers = FurnitureSetter(section.footers, section, whole, as_typed=as_typed)
        self._add_spaces = settings.add_spaces
        # A header or footer higher than its margin pushes the body.
        self._top, self._bottom = section.top, section.bottom
        if self._headers.height:
            self._top = max(section.top, section.header_distance + self._headers.height)
        if self._footers.height:
            self._bottom = max(section.bottom, section.footer_distance + self._footers.height)
        self._as_read = case.fonts.true_heights
        if self._as_read and section.grid.line and not document.notes:
            # The grid's lines stand in the middle of the type area, what is left over above and below.
            over = (section.height - self._top - self._bottom) % section.grid.line / 2
            self._top, self._bottom = self._top + over, self._bottom + over
        notes_measure = replace(whole, grid=replace(section.grid, line=0.0)) if self._as_read else whole
        self._notes = {label: self._set_note(blocks, notes_measure) for label, blocks in document.notes}
        self._frame = self._page_frame()

    @property
    def names(self) -> list[str]:
        """The placeholders of this section, its headers and footers."""
        found = [name for slot in self._slots for name in slot.names]
        return [*found, *self._headers.names, *self._footers.names]

    def goes_on(self, before: Section) -> bool:
        """Whether it begins on the page the section before it ends on."""
        section = self.section
        return section.start == "continuous" and (section.width, section.height) == (before.width, before.height)

    def body(
        self, values: Mapping[str, str], *, after: tuple[float, float] | None = None, balanced: bool = False
    ) -> tuple[list[list[Placed]], Unknown, tuple[float, float]]:
        """The section's pages without headers and footers, the characters without a glyph, and where it ends.

        `after`, and what is given for the next section: where the text before ends on a page, and the height its
        footnotes take (pt). `balanced`: another section follows on the same page, so columns end at one height.
        """
        blocks: list[MeasuredBlock] = []
        for slot in self._slots:
            blocks += slot.measured(values)
        section = self.section
        first_top, foot = after if after is not None else (None, 0.0)
        area = Area(
            x=section.left,
            top=self._top,
            room=section.height - self._top - self._bottom,
            columns=self._columns(),
            first_top=first_top,
            foot=foot,
            note_heights={label: height for label, (_, height) in self._notes.items()},
            balanced=balanced,
        )
        pages, end = paginate(blocks, area, add_spaces=self._add_spaces, as_read=self._as_read)
        used = [self._with_notes(page, foot if number == 0 else 0.0) for number, page in enumerate(pages)]
        if section.column_line and section.columns:
            self._draw_column_lines(pages, first_top)
        return pages, unknown_in(blocks), (end, used[-1] if used else 0.0)

    def page(
        self, body: list[Placed], number: int, total: int, values: Mapping[str, str], *, first: bool
    ) -> tuple[Page, Unknown]:
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
        if self._frame is not None:
            placed.append((self._frame, 0.0, 0.0))
        return Page(section.width, section.height, tuple(placed)), header.unknown + footer.unknown

    def _columns(self) -> tuple[tuple[float, float], ...]:
        found, x = [], 0.0
        for width, gap in self.section.columns:
            found.append((x, width))
            x += width + gap
        return tuple(found)

    def _set_note(self, blocks: Sequence[Block], measure: Measure) -> tuple[list[Placed], float]:
        """A footnote's lines from its own top, and its height."""
        measured: list[MeasuredBlock] = []
        for block in blocks:
            measured += slot_for(block, measure, as_typed=True).measured({})
        lines, height = stack(measured, add_spaces=self._add_spaces)
        return [(fragment, 0.0, top) for fragment, top, _ in lines if fragment.shows], height

    def _with_notes(self, page: list[Placed], foot: float) -> float:
        """Puts the footnotes of a page at its foot, above those already there; gives the height they all take."""
        labels = [label for fragment, _, _ in page for label in fragment.notes if label in self._notes]
        if not labels:
            return foot
        section = self.section
        height = sum(self._notes[label][1] for label in labels)
        y = section.height - self._bottom - foot - height
        page.append((Fragment((), (Rule(0.0, 0.0, _NOTE_LINE, 0.5),)), section.left, y - _NOTE_GAP / 2))
        for label in labels:
            placed, tall = self._notes[label]
            page += [(fragment, section.left + x, y + top) for fragment, x, top in placed]
            y += tall
        return foot + height + _NOTE_GAP

    def _draw_column_lines(self, pages: list[list[Placed]], first_top: float | None) -> None:
        for number, page in enumerate(pages):
            top = first_top if number == 0 and first_top is not None else self._top
            bottom = max((y for _, _, y in page), default=top) + 12
            x = self.section.left
            rules = []
            for width, gap in self.section.columns[:-1]:
                rules.append(Rule(x + width + gap / 2, 0.0, 0.5, bottom - top))
                x += width + gap
            page.append((Fragment((), tuple(rules)), 0.0, top))

    def _page_frame(self) -> Fragment | None:
        section = self.section
        if section.frame is None:
            return None
        lines, (top, left, bottom, right) = section.frame.lines, section.frame.spaces
        if section.frame_from_page:
            x, y, end, low = left, top, section.width - right, section.height - bottom
        else:
            x, y = section.left - left, section.top - top
            end, low = section.width - section.right + right, section.height - section.bottom + bottom
        sides = (lines.top, lines.bottom, lines.left, lines.right)
        rules = [
            rule
            for at, line in enumerate(sides)
            if line is not None
            for rule in frame(x, y, end - x, low - y, line)[at : at + 1]
        ]
        return Fragment((), tuple(rules), lasting=True)
