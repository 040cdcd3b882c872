"""Breaks measured blocks into pages: what stays together, repeated heading rows, the signature block never alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anjian_desktop.documents.layout.laid_out import Placed
from anjian_desktop.documents.layout.typesetting.areas import Area
from anjian_desktop.documents.layout.typesetting.lines import Measured
from anjian_desktop.documents.layout.typesetting.merged_over_pages import part_merged_cells
from anjian_desktop.documents.layout.typesetting.note_room import NoteRoom, Part
from anjian_desktop.documents.layout.typesetting.piles import MeasuredBlock, Spot, Strip, strip
from anjian_desktop.documents.layout.typesetting.rows import MeasuredRow
from anjian_desktop.documents.layout.typesetting.seams import opening, room_for_closing, seams_of

_TOLERANCE, _TOLERANCE_AS_READ = 0.3, 0.02
"""pt a full page may be too high: 22 lines of the official grid come out 0.2 pt over, by rounding to twips; the other
programs of a Linux desktop let no line stand a twentieth over.
"""

_ASKED_TOO_MUCH = 29.2
"""pt by which the height asked for a row may exceed what a page has left, where the row is parted none the less."""

_HALVINGS = 12
"""Tries to find the lowest height of balanced columns."""

_LINES_BESIDE_SIGNATURE = 2
"""Lines of text that share the page with a signature block, so that it never stands on a page of its own."""

_SIGNED = re.compile(r"盖\s*章|签\s*[字名章]|年.*月.*日")
"""What the closing block of a document says: seal, signature, date."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a section, each what stands on it; where the text ends on the last one; where everything stands.

    `notes`: the footnotes of pages that do not show all theirs, or a part of earlier ones.
    """

    placed: list[list[Placed]]
    end: float
    spots: Callable[[], list[Spot]]
    notes: Mapping[int, Sequence[Part]] = field(default_factory=dict)


def paginate(blocks: Sequence[MeasuredBlock], area: Area, *, add_spaces: bool, as_read: bool = False) -> Pages:
    """The pages of a section.

    `as_read`: nothing is done for the looks of an agreement (empty last pages kept, its signatures where they fall).
    """
    pile = strip(blocks, add_spaces=add_spaces)
    cutter = _Cutter(pile, area, as_read=as_read)
    cutter.cut()
    if not as_read:
        cutter.give_signature_company()
    elif area.balanced and area.count > 1:
        cutter = _balanced(blocks, area, cutter, add_spaces=add_spaces)
    part_merged_cells(cutter.strip, cutter.starts)
    last = blocks[-1] if blocks else None
    end = cutter.end + (last.after if isinstance(last, Measured) else 0.0)
    return Pages(cutter.pages(), end, cutter.spots, cutter.parted_notes)


def _balanced(blocks: Sequence[MeasuredBlock], area: Area, filled: _Cutter, *, add_spaces: bool) -> _Cutter:
    """The cutter whose last page has columns as low as they can be."""
    page = filled.page_count - 1
    low, high, best = 0.0, area.room_of(page), filled
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        tried = _Cutter(strip(blocks, add_spaces=add_spaces), area, as_read=True, last_page=(page, middle))
        tried.cut()
        if tried.page_count == page + 1 and tried.fits:
            best, high = tried, middle
        else:
            low = middle
    return best


class _Cutter:
    """Cuts one strip into columns of pages; a column is (first item, item after the last).

    `last_page`: a page and the height its columns may have there.
    """

    def __init__(self, strip_: Strip, area: Area, *, as_read: bool, last_page: tuple[int, float] | None = None) -> None:
        self._strip, self._area, self._as_read, self._last_page = strip_, area, as_read, last_page
        self._room = area.room
        self._tolerance = _TOLERANCE_AS_READ if as_read else _TOLERANCE
        self.fits = True
        self._notes = NoteRoom(area.notes, whole=area.count > 1)
        self._cuts: list[tuple[int, int]] = []
        self._measure()

    def _measure(self) -> None:
        """Tops and bottoms of all items as if there were one endless page."""
        self._tops: list[float] = []
        self._bottoms: list[float] = []
        y = 0.0
        tops, bottoms = self._tops, self._bottoms
        for lead, height in zip(self._strip.leads, self._strip.heights, strict=True):
            y += lead
            tops.append(y)
            y += height
            bottoms.append(y)

    def cut(self) -> None:
        """Fills page after page; each ends at the last place allowed before it is full."""
        strip_ = self._strip
        start = 0
        while start < len(strip_.fragments):
            if start in strip_.pages:
                while len(self._cuts) % self._area.count:
                    self._cuts.append((start, start))
            self._room = self._room_of(len(self._cuts))
            self._notes.begin(self._room)
            end = self._full(start)
            if end == start and self._room < self._area.highest - 1 and not self._split_row(start, end):
                self.fits = self.fits and self._last_page is None
                if self.fits:
                    self._cuts.append((start, start))  # too little is left on a page that others began
                    continue
            stop = min((at for at in strip_.starts if start < at <= end), default=None)
            if stop is not None:
                end = stop
            elif end < len(strip_.fragments):
                end = self._ended(start, end)
            self._close(start, end)
            start = end
        while self._notes.waits:
            self._room = self._room_of(len(self._cuts))
            self._notes.begin(self._room)
            self._close(start, start)
        while not self._as_read and len(self._cuts) > 1 and self._is_blank(*self._cuts[-1]):
            self._cuts.pop()  # empty paragraphs at the end are not worth a sheet
        if not self._cuts:
            self._cuts.append((0, 0))

    @property
    def strip(self) -> Strip:
        """All items, table rows parted where pages end in them."""
        return self._strip

    @property
    def starts(self) -> set[int]:
        """The items a column begins with."""
        return {start for start, end in self._cuts if start < end}

    @property
    def parted_notes(self) -> Mapping[int, Sequence[Part]]:
        """What footnotes stand on the pages where one is parted."""
        return self._notes.parted

    def _room_of(self, column: int) -> float:
        """Height of a column, counted from the first one."""
        page = column // self._area.count
        room = self._area.room_of(page)
        if self._last_page is not None and page >= self._last_page[0]:
            return min(room, self._last_page[1])
        return room

    def _is_blank(self, start: int, end: int) -> bool:
        shown = any(fragment.shows for fragment in self._strip.fragments[start:end])
        return not shown and not self._notes.parted and start not in self._strip.starts

    def _full(self, start: int) -> int:
        """The first item that no longer fits on a page that begins with `start`."""
        limit = self._origin(start) + self._room - self._repeated_height(start) + self._tolerance
        end = bisect_right(self._bottoms, limit, start)
        fragments = self._strip.fragments
        if end < len(fragments) and fragments[end].tail and self._bottoms[end] - fragments[end].tail <= limit:
            end += 1
        if self._notes:
            while end > start and self._below(end) > limit - self._taken(self._notes.asked(fragments[start:end])):
                end -= 1
        if self._as_read:
            end = self._closed(start, end, limit)
        return room_for_closing(fragments, start, end, self._bottoms, limit)

    def _closed(self, start: int, end: int, limit: float) -> int:
        """The first item that no longer fits when the line below the last row of a page needs its room too."""
        row = self._strip.rows.get(end - 1)
        over = row is not None and row[1].closing > 0 and self._bottoms[end - 1] + row[1].closing > limit
        return end - 1 if over and end > start + 1 else end

    def _below(self, end: int) -> float:
        """The lowest place of a page that ends before an item, without the blank that may stand past its edge."""
        return self._bottoms[end - 1] - self._strip.fragments[end - 1].tail

    def _taken(self, height: float) -> float:
        """What footnotes so high take from the text of a column, with the blank above the first of a page."""
        opens = len(self._cuts) >= self._area.count or not self._area.foot
        height += self._area.note_gap if height and opens else 0.0
        return self._room - self._area.beside_notes(len(self._cuts) // self._area.count, self._room, height)

    def _close(self, start: int, end: int) -> None:
        """Ends a column with the items before `end`."""
        if self._notes:
            top = self._origin(start) - self._repeated_height(start) if start < end else 0.0
            room = self._room + self._tolerance - ((self._below(end) - top) if start < end else 0.0)
            page, lines = len(self._cuts) // self._area.count, self._strip.fragments[start:end]
            self._notes.close(page, lines, room - self._area.note_gap)
        self._cuts.append((start, end))

    def _origin(self, start: int) -> float:
        """The strip's place at the top of the page: space above an item is kept at a forced page start only."""
        pushed = start == 0 and self._as_read and self._area.first_top is not None and self._cuts[:1] == [(0, 0)]
        if (start == 0 and not pushed) or start in self._strip.starts:
            return self._tops[start] - self._strip.leads[start]
        return self._tops[start] - opening(self._strip.fragments, start)

    def _ended(self, start: int, end: int) -> int:
        """Where a page really ends when the item `end` does not fit any more."""
        if self._split_row(start, end):
            return end + 1
        if end == start:
            return start + 1  # higher than a page and not to be parted
        sticks, at = self._strip.sticks, end
        while at > start + 1 and sticks[at - 1]:
            at -= 1
        if sticks[at - 1]:
            return self._between_paragraphs(start, end)  # all of it belongs together and is higher than a page
        return end if self._only_heading(start, at) else at

    def _between_paragraphs(self, start: int, end: int) -> int:
        """The last place up to `end` where a paragraph begins; `end` where none does."""
        blocks = self._strip.blocks
        if end in self._strip.rows:
            return end
        return next((at for at in range(end, start, -1) if blocks[at] != blocks[at - 1]), end)

    def _only_heading(self, start: int, end: int) -> bool:
        rows = self._strip.rows
        return all(at in rows and rows[at][1].header for at in range(start, end))

    def _split_row(self, start: int, end: int) -> bool:
        """Parts the table row that does not fit, where its cells allow it: the strip grows by one item."""
        found = self._strip.rows.get(end)
        if found is None or ((found[1].whole or found[1].header) and start < end):
            return False
        table, row = found
        noted = self._taken(self._notes.needed(self._strip.fragments[start : end + 1])) if self._notes else 0.0
        room = self._origin(start) + self._room - self._repeated_height(start) - self._tops[end] - noted
        if row.least > room + _ASKED_TOO_MUCH and start < end:
            return False
        parts = row.split(room) if room > 0 and row.split is not None else None
        if parts is None:
            return False
        strip_ = self._strip
        first, rest = parts
        strip_.fragments[end : end + 1] = [first.fragment, rest.fragment]
        strip_.blocks[end : end + 1] = [strip_.blocks[end]] * 2
        strip_.heights[end : end + 1] = [first.height, rest.height]
        strip_.leads[end : end + 1] = [strip_.leads[end], 0.0]
        strip_.sticks[end : end + 1] = [False, strip_.sticks[end]]
        strip_.rows = {at + (at > end): pair for at, pair in strip_.rows.items()}
        strip_.rows[end], strip_.rows[end + 1] = (table, first), (table, rest)
        strip_.starts = {at + (at > end) for at in strip_.starts}
        strip_.pages = {at + (at > end) for at in strip_.pages}
        self._measure()
        return True

    def _repeated(self, start: int) -> tuple[MeasuredRow, ...]:
        """The heading rows printed again on a page that begins inside a table."""
        found = self._strip.rows.get(start)
        if found is None or start == 0 or start in self._strip.starts:
            return ()
        table, row = found
        before = self._strip.rows.get(start - 1)
        if row.header or before is None or before[0] is not table:
            return ()
        headers = []
        for other in table.rows:
            if not other.header:
                break
            headers.append(other)
        height = sum(other.height for other in headers)
        return tuple(headers) if height + row.height <= self._room else ()

    def _repeated_height(self, start: int) -> float:
        return sum(row.height for row in self._repeated(start))

    def give_signature_company(self) -> None:
        """Moves lines of text to the last page when nothing but the closing block, kept together, stands there."""
        if len(self._cuts) < 2 or self._cuts[-1][0] in self._strip.starts or self._notes.parted:
            return
        strip_ = self._strip
        (previous, _), (start, end) = self._cuts[-2:]
        signature = self._signature(end)
        if signature < start:
            return
        lines = sum(1 for at in range(start, signature) if strip_.fragments[at].runs)
        at = start
        while at > previous + 1 and (lines < _LINES_BESIDE_SIGNATURE or strip_.sticks[at - 1]):
            at -= 1
            lines += bool(strip_.fragments[at].runs)
        fits = self._bottoms[end - 1] - self._origin(at) - self._room <= self._tolerance
        if at < start and lines >= _LINES_BESIDE_SIGNATURE and not strip_.sticks[at - 1] and fits:
            self._cuts[-2:] = [(previous, at), (at, end)]

    def _signature(self, end: int) -> int:
        """The first item of the block that closes the document: its last table, or paragraphs chained together.

        -1 when the document ends in plain text or in a table that is neither chained nor signed.
        """
        strip_ = self._strip
        last = end - 1
        while last > 0 and not (strip_.fragments[last].runs or strip_.fragments[last].rules):
            last -= 1
        first = last
        while first > 0 and strip_.sticks[first - 1]:
            first -= 1
        tables = [at for at in range(first, last + 1) if at in strip_.rows]
        if tables:
            closing = strip_.rows[tables[-1]][0]
            first = next(at for at in range(last + 1) if at in strip_.rows and strip_.rows[at][0] is closing)
            chained = any(strip_.sticks[max(first - 1, 0) : last])
            return first if chained or self._is_signed(first, last) else -1
        return first if strip_.blocks[first] != strip_.blocks[last] and self._is_signed(first, last) else -1

    def _is_signed(self, first: int, last: int) -> bool:
        return any(_SIGNED.search(self._strip.fragments[at].text) for at in range(first, last + 1))

    @property
    def page_count(self) -> int:
        """How many pages the columns fill."""
        return -(-len(self._cuts) // self._area.count)

    @property
    def end(self) -> float:
        """Where the text ends on the last page (pt from the page's top)."""
        area = self._area
        first = (self.page_count - 1) * area.count
        top = area.top_of(self.page_count - 1)
        columns = [(start, end) for start, end in self._cuts[first:] if start < end]
        return max((top + self._bottoms[end - 1] - self._origin(start) for start, end in columns), default=top)

    def _columns(self) -> Iterator[tuple[int, int, int, float, float]]:
        """Each column: its number, its first item and the one after its last, its left edge and its top."""
        area = self._area
        for number, (start, end) in enumerate(self._cuts):
            column = number % area.count
            x = area.x + (area.columns[column][0] if area.columns else 0.0)
            yield number, start, end, x, area.top_of(number // area.count) + self._fall(number // area.count)

    def _fall(self, page: int) -> float:
        """How far the text of a page stands below the top, where it is to stand lower."""
        area, first = self._area, page * self._area.count
        cuts = self._cuts[first : first + area.count] if area.fall and not area.notes else []
        tall = [self._bottoms[e - 1] - self._origin(s) + self._repeated_height(s) for s, e in cuts if s < e]
        return area.fall * max(self._room_of(first) - max(tall), 0.0) if tall else 0.0

    def pages(self) -> list[list[Placed]]:
        """What stands on each page."""
        found: list[list[Placed]] = []
        strip_, tops = self._strip, self._tops
        for number, start, end, x, y in self._columns():
            if number % self._area.count == 0:
                found.append([])
            page = found[-1]
            for row in self._repeated(start) if start < end else ():
                page.append((row.fragment, x, y))
                y += row.height
            if start < end:
                shift = y - self._origin(start)
                page += [
                    (fragment, x, tops[start + at] + shift)
                    for at, fragment in enumerate(strip_.fragments[start:end])
                    if fragment.shows or (self._area.counts_lines and fragment.base is not None)
                ]
                page += seams_of(strip_.fragments, start, end, x, tops[start] + shift, tops[end - 1] + shift)
        return found

    def spots(self) -> list[Spot]:
        """Where every item came to stand."""
        found: list[Spot] = []
        count, strip_ = self._area.count, self._strip
        numbers: Counter[int] = Counter()
        for number, start, end, x, y in self._columns():
            if start < end:
                shift = y + self._repeated_height(start) - self._origin(start)
                for at in range(start, end):
                    block = strip_.blocks[at]
                    where = numbers[block], number // count, number % count, x, self._tops[at] + shift
                    found.append(Spot(block, *where, strip_.heights[at]))
                    numbers[block] += 1
        return found
