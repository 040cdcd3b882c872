"""Sets one section: its body in columns on pages, what stands above and below, its footnotes, its page border."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.laid_out import Fragment, Page, Placed, Rule, SetFloat
from anjian_desktop.documents.layout.model import Block, Paragraph
from anjian_desktop.documents.layout.sections import Document, Section
from anjian_desktop.documents.layout.typesetting.areas import Area
from anjian_desktop.documents.layout.typesetting.floats import corner, frame, with_floats
from anjian_desktop.documents.layout.typesetting.flow import Pages, paginate
from anjian_desktop.documents.layout.typesetting.furniture import FurnitureSetter, PageCount
from anjian_desktop.documents.layout.typesetting.hanging import hung
from anjian_desktop.documents.layout.typesetting.lines import Measure
from anjian_desktop.documents.layout.typesetting.note_room import NoteLines, Part
from anjian_desktop.documents.layout.typesetting.piles import MeasuredBlock, Spot, stack, strip
from anjian_desktop.documents.layout.typesetting.running_round import asks_for_room, run_round
from anjian_desktop.documents.layout.typesetting.slots import Slot, slot_for, unknown_in
from anjian_desktop.documents.layout.typesetting.type_styles import TypeCase

Unknown = tuple[tuple[str, str], ...]
"""Characters without a glyph, each with the text it stands in."""

SetNote = tuple[list[Placed], NoteLines, Unknown]
"""A footnote ready for a page: its lines, where they stand, its characters without a glyph."""

_NOTE_GAP = 6.3
_NOTE_LINE = 144.0
"""Blank above the footnotes of a page, and the length of the line that parts them from the text (pt)."""


FALLS = {"center": 0.5, "bottom": 1.0}
"""The share of what is left of a page that stands above text in its middle or at its foot."""


class SectionSetter:
    """Sets one section of a document."""

    def __init__(self, section: Section, document: Document, case: TypeCase, *, as_typed: bool) -> None:
        self.section = section
        settings = document.settings
        measure = Measure(section.column_width, section.grid, settings, case)
        whole = replace(measure, width=section.text_width)
        self._as_read = case.fonts.true_heights
        blocks: Sequence[Block] = section.blocks
        if self._as_read:
            blocks = hung(blocks, section.grid, add_spaces=settings.add_spaces)
        self._slots = [slot_for(block, measure, as_typed=as_typed) for block in blocks]
        uneven = len({round(width) for width, _ in section.columns}) > 1
        self._runs_round = uneven or asks_for_room(section.blocks)
        self._add_spaces, self._has_notes = settings.add_spaces, settings.has_notes
        if self._as_read:  # in the other programs only the body's lines stand on the grid
            whole = replace(whole, grid=replace(section.grid, line=0.0))
        self._headers = FurnitureSetter(section.headers, section, whole, as_typed=as_typed)
        self._footers = FurnitureSetter(section.footers, section, whole, as_typed=as_typed)
        self._notes = {
            label: [slot_for(block, whole, as_typed=as_typed) for block in blocks] for label, blocks in document.notes
        }
        self._frame = self._page_frame()

    @property
    def names(self) -> list[str]:
        """The placeholders of this section, its footnotes, headers and footers."""
        found = [name for slot in self._slots for name in slot.names]
        found += [name for slots in self._notes.values() for slot in slots for name in slot.names]
        return [*found, *self._headers.names, *self._footers.names]

    def goes_on(self, before: Section) -> bool:
        """Whether it begins on the page the section before it ends on."""
        section = self.section
        opens = section.blocks[0] if section.blocks else None
        breaks = isinstance(opens, Paragraph) and opens.format.page_break_before
        same = (section.width, section.height) == (before.width, before.height)
        return section.start == "continuous" and same and not breaks

    def body(
        self,
        values: Mapping[str, str],
        number: int,
        *,
        after: tuple[float, float] | None = None,
        balanced: bool = False,
    ) -> tuple[list[list[Placed]], Unknown, tuple[float, float]]:
        """The section's pages without headers and footers, the characters without a glyph, and where it ends.

        `number`: of its first page.
        `after`, and what is given for the next section: where the text before ends on a page, and the height its
        footnotes take (pt). `balanced`: another section follows on the same page, so columns end at one height.
        """
        blocks = [slot.measured(values) for slot in self._slots]
        section = self.section
        first_top, foot = after if after is not None else (None, 0.0)
        top, bottom = self._edges(values, number)
        opening = self._edges(values, number, first=True) if self._begins_page(after) else (top, bottom)
        facing = self._edges(values, number + 1) if section.different_even else (top, bottom)
        notes = {label: self._note(slots, values) for label, slots in self._notes.items()}
        area = Area(
            x=section.left,
            top=top,
            room=section.height - top - bottom,
            columns=self._columns(),
            first_top=first_top,
            foot=foot,
            notes={label: lines for label, (_, lines, _) in notes.items()},
            note_gap=_NOTE_GAP,
            pitch=section.grid.line if self._as_read and self._notes else 0.0,
            balanced=balanced,
            counts_lines=section.line_numbers is not None,
            fall=FALLS.get(section.upright, 0.0) if after is None and not balanced else 0.0,
            opening=None if opening == (top, bottom) else (opening[0], section.height - sum(opening)),
            facing=None if facing == (top, bottom) else (facing[0], section.height - sum(facing)),
        )
        found = self._paginated(blocks, area, values)
        pages, end = found.placed, found.end
        used = [
            self._with_notes(
                page,
                notes,
                found.notes.get(n),
                (facing if n % 2 else (top, bottom) if n else opening)[1],
                0.0 if n else foot,
            )
            for n, page in enumerate(pages)
        ]
        if section.column_line and section.columns:
            self._draw_column_lines(pages, top, first_top)
        unknown = unknown_in([block for content in blocks for block in content])
        for _, _, characters in notes.values():
            unknown += characters
        return pages, unknown, (end, used[-1] if used else 0.0)

    def _begins_page(self, after: tuple[float, float] | None) -> bool:
        """Whether its first page is its own, with the header and footer of a first page."""
        return after is None and self.section.different_first

    def _paginated(self, contents: list[list[MeasuredBlock]], area: Area, values: Mapping[str, str]) -> Pages:
        """The pages of blocks, text running round what floats and changing its width with its column."""

        def cut(blocks: Sequence[MeasuredBlock]) -> Pages:
            return paginate(blocks, area, add_spaces=self._add_spaces, as_read=self._as_read)

        def corner_of(found: SetFloat, spot: Spot, right: float, down: float) -> tuple[float, float]:
            section = self.section
            top, room = area.edges(spot.page)
            return corner(found, section, spot.x + right, spot.y + down, top, top + room)

        if self._runs_round:
            again = self._slots
            blocks = run_round(
                list(contents),
                lambda place, around: again[place].measured_around(values, around),
                lambda tried: cut(tried).spots(),
                corner_of,
                [width for width, _ in self.section.columns] or [self.section.text_width],
            )
        else:
            blocks = [block for content in contents for block in content]
        return cut(blocks)

    def page(
        self, body: list[Placed], count: PageCount, values: Mapping[str, str], *, first: bool
    ) -> tuple[Page, Unknown]:
        """A page of the section with its header and footer, and their characters without a glyph."""
        section = self.section
        header = self._headers.on_page(count, values, first=first)
        footer = self._footers.on_page(count, values, first=first)
        down = section.height - section.footer_distance - footer.height
        placed = [(fragment, x + section.left, y + section.header_distance) for fragment, x, y in header.placed]
        placed += body
        placed += [(fragment, x + section.left, y + down) for fragment, x, y in footer.placed]
        if any(fragment.floats for fragment, _, _ in placed):
            top, bottom = self._edges(values, count.number, first=first)
            placed = with_floats(placed, section, top, section.height - bottom)
        if self._frame is not None:
            placed.append((self._frame, 0.0, 0.0))
        return Page(section.width, section.height, tuple(placed)), header.unknown + footer.unknown

    def _edges(self, values: Mapping[str, str], number: int, *, first: bool = False) -> tuple[float, float]:
        """The blank above and below the body of a page (pt): a header or footer higher than its margin pushes the body.

        `first`: on the section's first page.
        """
        section = self.section
        top, bottom = section.top, section.bottom
        if header := self._headers.height(number, values, first=first):
            top = max(top, section.header_distance + header)
        if footer := self._footers.height(number, values, first=first):
            bottom = max(bottom, section.footer_distance + footer)
        if self._as_read and section.grid.line and not self._has_notes:
            # The grid's lines stand in the middle of the type area, what is left over above and below.
            over = (section.height - top - bottom) % section.grid.line / 2
            top, bottom = top + over, bottom + over
        return top, bottom

    def _columns(self) -> tuple[tuple[float, float], ...]:
        found, x = [], 0.0
        for width, gap in self.section.columns:
            found.append((x, width))
            x += width + gap
        return tuple(found)

    def _note(self, slots: Sequence[Slot], values: Mapping[str, str]) -> SetNote:
        """A footnote's lines from its own top, its height, its characters without a glyph."""
        measured: list[MeasuredBlock] = []
        for slot in slots:
            measured += slot.measured(values)
        lines, height = stack(measured, add_spaces=self._add_spaces)
        sticks = strip(measured, add_spaces=self._add_spaces).sticks
        placed = [(fragment, 0.0, top) for fragment, top, _ in lines]
        tops, bottoms = [top for _, top, _ in lines], [bottom for _, _, bottom in lines]
        after = height - bottoms[-1] if bottoms else 0.0
        if bottoms and not self._as_read:  # the other programs give no room to the blank below the last note of a page
            bottoms[-1], after = height, 0.0
        ends = tuple(at for at, sticky in enumerate(sticks, 1) if not sticky or at == len(lines))
        return placed, NoteLines(tuple(tops), tuple(bottoms), ends, after), unknown_in(measured)

    def _with_notes(
        self, page: list[Placed], notes: Mapping[str, SetNote], parts: Sequence[Part] | None, bottom: float, foot: float
    ) -> float:
        """Puts the footnotes of a page at its foot, above those already there; gives the height they all take.

        `parts`: what stands there where not all of them do.
        """
        if parts is None:
            labels = [label for fragment, _, _ in page for label in fragment.notes if label in notes]
            parts = [(label, 0, len(notes[label][0])) for label in labels]
        if not parts:
            return foot
        section = self.section
        height = sum(notes[label][1].height(first, last) + notes[label][1].after for label, first, last in parts)
        height -= notes[parts[-1][0]][1].after
        y = section.height - bottom - foot - height
        page.append((Fragment((), (Rule(0.0, 0.0, _NOTE_LINE, 0.5),)), section.left, y - _NOTE_GAP / 2))
        for label, first, last in parts:
            placed, lines, _ = notes[label]
            above = lines.tops[first] if first else 0.0
            page += [(one, section.left + x, y + top - above) for one, x, top in placed[first:last] if one.shows]
            y += lines.height(first, last) + lines.after
        return foot + height + _NOTE_GAP

    def _draw_column_lines(self, pages: list[list[Placed]], area_top: float, first_top: float | None) -> None:
        for number, page in enumerate(pages):
            top = first_top if number == 0 and first_top is not None else area_top
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
            for rule in frame(x, y, end - x, low - y, line)[at]
        ]
        return Fragment((), tuple(rules), lasting=True)
