"""What stands one below another, not yet cut into pages: lines and table rows with the blanks between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from anjian_desktop.documents.layout.laid_out import Fragment
from anjian_desktop.documents.layout.typesetting.lines import Measured
from anjian_desktop.documents.layout.typesetting.rows import MeasuredRow


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """A table ready for pages: its rows in order, its edges (pt from the text edge), the blank it needs above.

    `parted` gives the rows again for pages that begin with these rows or inside them (the heights of a row's parts in pt), each
    in its parts: the text of a cell merged over such a border stands at its top. None where no page border can change a row.
    """

    rows: tuple[MeasuredRow, ...]
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    starts_page: bool = False
    parted: Callable[[frozenset[int], Mapping[int, Sequence[float]]], list[list[MeasuredRow]]] | None = None


MeasuredBlock = Measured | MeasuredTable

RowParts = Callable[[float], tuple[tuple[Fragment, float], tuple[Fragment, float]] | None]


@dataclass(slots=True)
class Strip:
    """All that stands below one another in a section, line by line and row by row, not yet cut into pages.

    For each item: its fragment, which block it is part of, the blank above it, its height, whether no page may end after
    it, whether a column (`starts`) or a page (`pages`, also in `starts`) begins with it; for table rows the table they belong to and the row.
    """

    fragments: list[Fragment]
    blocks: list[int]
    leads: list[float]
    heights: list[float]
    sticks: list[bool]
    starts: set[int]
    pages: set[int]
    rows: dict[int, tuple[MeasuredTable, MeasuredRow]]


def strip(blocks: Sequence[MeasuredBlock], *, add_spaces: bool) -> Strip:
    """The blocks one below another. Between two paragraphs stands the larger of their spaces, or with `add_spaces` both."""
    fragments: list[Fragment] = []
    owners: list[int] = []
    leads: list[float] = []
    heights: list[float] = []
    sticks: list[bool] = []
    starts: set[int] = set()
    pages: set[int] = set()
    rows: dict[int, tuple[MeasuredTable, MeasuredRow]] = {}
    space, style, tight = 0.0, "", False
    for place, block in enumerate(blocks):
        if isinstance(block, Measured):
            if (block.starts_page or block.starts_column) and fragments:
                starts.add(len(fragments))
                if block.starts_page:
                    pages.add(len(fragments))
                space = 0.0
            lead = block.before
            if block.style == style:  # each gives up its own blank
                lead, space = 0.0 if block.contextual else lead, 0.0 if tight else space
            lead = lead + space if add_spaces else max(lead, space)
            count = len(block.heights)
            owners += [place] * count
            if count:
                fragments += block.fragments
                heights += block.heights
                sticks += block.sticks
                leads.append(lead)
                if count > 1:
                    leads += [0.0] * (count - 1)
            space, style, tight = block.after, block.style, block.contextual
        else:
            if block.starts_page and fragments:
                starts.add(len(fragments))
                pages.add(len(fragments))
                space = 0.0
            for number, row in enumerate(block.rows):
                rows[len(fragments)] = (block, row)
                owners.append(place)
                fragments.append(row.fragment)
                leads.append(space + block.before if number == 0 else 0.0)
                heights.append(row.height)
                sticks.append(row.sticky or (row.header and number + 1 < len(block.rows)))
            space, style, tight = 0.0, "", False
    return Strip(fragments, owners, leads, heights, sticks, starts, pages, rows)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line or a row came to stand: its block, its place in that block, page, column and place (pt)."""

    block: int
    number: int
    page: int
    column: int
    x: float
    y: float
    height: float


def stacked_spots(blocks: Sequence[MeasuredBlock], *, add_spaces: bool) -> list[Spot]:
    """Where the lines and rows of blocks stand in a cell, a header or a box, from its own corner."""
    pile = strip(blocks, add_spaces=add_spaces)
    found: list[Spot] = []
    numbers: Counter[int] = Counter()
    y = 0.0
    for block, lead, height in zip(pile.blocks, pile.leads, pile.heights, strict=True):
        y += lead
        found.append(Spot(block, numbers[block], 0, 0, 0.0, y, height))
        numbers[block] += 1
        y += height
    return found


def stack(blocks: Sequence[MeasuredBlock], *, add_spaces: bool) -> tuple[list[tuple[Fragment, float, float]], float]:
    """Blocks below one another without pages (a cell, a header): fragments with top and bottom, and the whole height."""
    for block in blocks:
        if isinstance(block, Measured) and block.fragments:
            block.fragments[-1].foot = block.fragments[-1].tail + block.after
            if block.before:
                for fragment, lead in zip(block.fragments, leads_where_parted(block), strict=True):
                    fragment.lead = lead
    pile = strip(blocks, add_spaces=add_spaces)
    placed, y = [], 0.0
    for number, (_, row) in pile.rows.items():
        pile.fragments[number].part = _parted(row)
    for fragment, lead, height in zip(pile.fragments, pile.leads, pile.heights, strict=True):
        y += lead
        placed.append((fragment, y, y + height))
        y += height
    last = blocks[-1] if blocks else None
    return placed, y + (last.after if isinstance(last, Measured) else 0.0)


def leads_where_parted(block: Measured) -> Sequence[float]:
    """The blank above each line of a paragraph where a page parts the cell before it: its own above the first one alone."""
    return (block.before, *[0.0] * (len(block.fragments) - 1))


def _parted(row: MeasuredRow) -> RowParts | None:
    """How a row of a table inside a cell is parted where a page ends in it."""
    split = row.split
    if split is None or row.whole:
        return None

    def part(room: float) -> tuple[tuple[Fragment, float], tuple[Fragment, float]] | None:
        if row.least > room:
            return None
        found = split(room)
        if found is None:
            return None
        first, rest = found
        rest.fragment.part = _parted(rest)
        return (first.fragment, first.height), (rest.fragment, rest.height)

    return part
