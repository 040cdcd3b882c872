"""Parts a table row between the lines of its cells, where a page ends within it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.laid_out import Fragment
from anjian_desktop.documents.layout.model import Cell, Row
from anjian_desktop.documents.layout.typesetting.seams import closed_below, closing, opened_again
from anjian_desktop.documents.layout.typesetting.turning import Line

if TYPE_CHECKING:
    from anjian_desktop.documents.layout.typesetting.rows import CellContent, MeasuredRow, TableSetter

_TOLERANCE, _TOLERANCE_AS_READ = 0.3, 0.06
"""pt the lines of a parted row may be too high, by rounding; elsewhere none stands a tenth over."""

_NOTHING = Fragment(())


class Splitter:
    """Parts one row between the lines of its cells."""

    def __init__(self, setter: TableSetter, row: Row, contents: list[CellContent]) -> None:
        self._setter, self._row, self._contents = setter, row, contents
        self._tolerance = _TOLERANCE_AS_READ if setter.as_read else _TOLERANCE

    def split(self, room: float) -> tuple[MeasuredRow, MeasuredRow] | None:
        """The part that fits `room` (pt) and the rest; None when some cell could not keep a line on this side.

        In the first part text begins at the top, whatever the cell's vertical alignment.
        """
        above: list[CellContent] = []
        below: list[CellContent] = []
        contents = [
            _with_parted_row(content, self._room_in(room, cell, content))
            for cell, content in zip(self._row.cells, self._contents, strict=True)
        ]
        counts = self._counts(room, contents)
        if counts is None:
            return None
        for cell, content, count in zip(self._row.cells, contents, counts, strict=True):
            top = 0.0 if content.placed else cell.margins.top + self._row.above
            kept, rest = content.lines[:count], content.lines[count:]
            if content.lines and not kept and not content.placed:
                return None
            offset = rest[0][1] - (0.0 if content.placed else rest[0][0].lead) if rest else 0.0
            offset -= self._blank_ahead(room, cell, content, count)
            if kept and rest:
                kept = (*kept[:-1], (closed_below(kept[-1][0]), *kept[-1][1:]))
                again, edge = opened_again(rest[0][0])
                rest, offset = ((again, *rest[0][1:]), *rest[1:]), offset - edge
            here = tuple((fragment, upper + top, lower + top) for fragment, upper, lower in kept)
            above.append(replace(content, lines=here, height=0.0, placed=True))
            moved = tuple((fragment, upper - offset, lower - offset) for fragment, upper, lower in rest)
            tall = content.height - offset if rest and not content.placed else 0.0
            below.append(replace(content, lines=moved, height=tall, unknown=(), strokes=()))
        if not any(content.lines for content in self._own(below)):
            below = self._blanks_alone(room, contents, below)
            if not any(content.height for content in below):
                return None
        setter, row = self._setter, self._row
        first = setter.part(row, above, room, False)
        return first, setter.part(row, below, setter.part_height(row, below) + row.below, setter.sticks(row))

    def _own(self, contents: list[CellContent]) -> list[CellContent]:
        """What asks for a part of its own: not what the next rows have room for, where a merged cell covers them too."""
        goes_on = self._setter.runs_on
        return [one for cell, one in zip(self._row.cells, contents, strict=True) if not goes_on(self._row, cell)]

    def _blanks_alone(self, room: float, contents: list[CellContent], below: list[CellContent]) -> list[CellContent]:
        """What goes on where only the blank under the last lines does not fit: elsewhere it takes a line of the next page,
        unless the row is higher than its text because a height is asked for it, or an empty cell follows.

        The blank is that of a multiple, below a line that is all of its cell also that of the paragraph.
        """
        setter, row, found, begun = self._setter, self._row, [], False
        if row.height > setter.part_height(row, contents):
            return below
        for cell, content, rest in zip(self._row.cells, contents, below, strict=True):
            over = content.height - self._room_in(room, cell, content)
            last = content.lines[-1][0] if content.lines and setter.as_read and not content.placed else _NOTHING
            empty = last is not _NOTHING and not last.shows
            blank = last.foot if len(content.lines) == 1 and not empty else last.tail
            goes_on = self._tolerance < over <= blank + self._tolerance
            if empty and over > self._tolerance and (begun or not goes_on):
                return below
            begun |= goes_on and not empty
            found.append(replace(rest, height=content.height - content.lines[-1][1]) if goes_on else rest)
        return found

    def _blank_ahead(self, room: float, cell: Cell, content: CellContent, count: int) -> float:
        """What stands above the lines that go on (pt): elsewhere a line of a paragraph whose blank alone found no room, where
        no more height is asked for the row than its text takes.
        """
        if not self._setter.as_read or not 0 < count < len(content.lines) or content.placed:
            return 0.0
        fragment, upper, lower = content.lines[count - 1]
        asked = self._row.height - cell.margins.top - self._row.above
        goes_on = fragment.foot and lower > self._room_in(room, cell, content) + self._tolerance
        return lower - upper if goes_on and lower - fragment.tail >= asked else 0.0

    def _room_in(self, room: float, cell: Cell, content: CellContent) -> float:
        """What a height leaves to the text of a cell (pt).

        Elsewhere the line that closes the part needs its room, and no less than the last line of the table.
        """
        if self._setter.as_read:
            room -= max(self._row.closing, self._setter.table.rows[-1].below)
        return room if content.placed else room - cell.margins.top - cell.margins.bottom - self._row.above

    def _lines_in(self, room: float, cell: Cell, content: CellContent) -> int:
        inner, lines = self._room_in(room, cell, content) + self._tolerance, content.lines
        count = next((at for at, line in enumerate(lines) if _bottom(line) > inner), len(lines))
        while 1 < count < len(lines) and closing(lines[count - 1][0]) + _bottom(lines[count - 1]) > inner:
            count -= 1
        return count

    def _counts(self, room: float, contents: list[CellContent]) -> list[int] | None:
        """How many lines of each cell stay; None where the row goes to the next page whole.

        Elsewhere the blank below a paragraph needs its room too, but that of a multiple under a cell's first line does not; a
        cell in which all lines would stay, but not the blank below them, gives its last one to the next page where that makes
        room enough, if a cell to its left goes on there or none does for its lines; what that does to the row is settled then.
        """
        cells = list(zip(self._row.cells, contents, strict=True))
        counts = [self._lines_in(room, cell, content) for cell, content in cells]
        if self._setter.as_read:
            fits = all(count == len(content.lines) for count, content in zip(counts, contents, strict=True))
            goes_on = fits
            for at, (cell, content) in enumerate(cells):
                inner, lines = self._room_in(room, cell, content), content.lines
                if counts[at] < len(lines):
                    goes_on = True
                    while (stay := counts[at]) and _reach(lines[stay - 1], inner, first=stay == 1) > inner + _TOLERANCE:
                        counts[at] -= 1
                elif goes_on and len(lines) > 1 and not content.placed:
                    counts[at] -= inner < content.height <= inner + lines[-1][2] - lines[-2][2]
            if fits:
                return _settled(contents, counts)
        return counts


def _settled(contents: Sequence[CellContent], counts: list[int]) -> list[int] | None:
    """How many lines stay where only blanks below them find no room; None where the row goes to the next page whole.

    Lines of a paragraph stay where another cell gives a paragraph of its own.
    """
    ends = [
        0 < count < len(content.lines) and content.lines[count - 1][0].foot > 0
        for content, count in zip(contents, counts, strict=True)
    ]
    if any(ends):
        return [
            count if end else len(content.lines) for content, count, end in zip(contents, counts, ends, strict=True)
        ]
    return None if _grows_again(contents, counts) else counts


def _grows_again(contents: Sequence[CellContent], counts: Sequence[int]) -> bool:
    """Whether cells to the right make the first part of a row high enough again for a line that only the blank below it
    sent to the next page: elsewhere the row goes there whole then.
    """
    reached = 0.0
    for at, (content, count) in enumerate(zip(contents, counts, strict=True)):
        kept = content.height
        if 0 < count < len(content.lines):
            last = content.lines[count - 1]
            kept = _bottom(last)
            higher = any(other.height > kept + _TOLERANCE for other in contents[at + 1 :])
            if higher and reached + _TOLERANCE < kept:
                return True
        reached = max(reached, kept)
    return False


def _bottom(line: Line) -> float:
    return line[2] - line[0].tail


def _reach(line: Line, inner: float, *, first: bool) -> float:
    """How far a line reaches down with the blank below its paragraph, in a cell with so much room (pt)."""
    hangs = first and line[0].tail and line[2] > inner
    return _bottom(line) + (0.0 if hangs else line[0].foot)


def _with_parted_row(content: CellContent, room: float) -> CellContent:
    """The content of a cell, the row of a table in it that goes past the room (pt) parted there."""
    at = next((n for n, line in enumerate(content.lines) if line[2] - line[0].tail > room + _TOLERANCE), None)
    if at is None:
        return content
    fragment, upper, lower = content.lines[at]
    parts = fragment.part(room - upper) if fragment.part is not None else None
    if parts is None:
        return content
    (first, tall), (rest, left) = parts
    grown = tall + left - (lower - upper)
    after = tuple((one, begin + grown, end + grown) for one, begin, end in content.lines[at + 1 :])
    parted = (first, upper, upper + tall), (rest, upper + tall, upper + tall + left)
    return replace(content, lines=(*content.lines[:at], *parted, *after), height=content.height + grown)
