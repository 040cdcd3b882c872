"""Lets text run round what floats: places everything, looks what is in the way of which lines, sets those again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from anjian_desktop.documents.layout.laid_out import SetFloat
from anjian_desktop.documents.layout.model import Block, FloatBox, Paragraph
from anjian_desktop.documents.layout.typesetting.floats import stays_on_paper
from anjian_desktop.documents.layout.typesetting.lines import Around, Measured
from anjian_desktop.documents.layout.typesetting.piles import MeasuredBlock, MeasuredTable, Spot
from anjian_desktop.documents.layout.typesetting.wrapping import NARROWEST, Obstacle

_TRIES = 6
"""Rounds until nothing moves any more; a text that still moves then keeps clear of what stood in its way in both places.

What hangs on a paragraph below it is left out then, unless it is in its way in both: it would only push that paragraph away.
"""

_DRIVEN = 10
"""Boxes that drive their paragraph off a page each of which is worth as many rounds again."""

_BELOW = 40.0
"""pt below a paragraph's last line that are looked at too: it may grow."""

_FAR = 1e5
_EVEN = 0.1
"""pt by which the place right of a box may be wider while both count as even: text then stands left of it."""


SpotsOf = Callable[[Sequence[MeasuredBlock]], list[Spot]]
"""Places blocks; tells where each of their lines and rows stands."""

CornerOf = Callable[[SetFloat, Spot, float, float], tuple[float, float]]
"""The corner of a box whose paragraph's text begins at a place (pt)."""

MeasureAgain = Callable[[int, Around], list[MeasuredBlock]]
"""Measures one of the contents again, its lines beside what is in their way."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A rectangle in which no text stands, on a page (pt).

    `raised`: kept on the paper, above the paragraph it hangs on, which it drives to the next page, and not those before.
    """

    left: float
    top: float
    right: float
    bottom: float
    block: int = 0
    raised: bool = False


def asks_for_room(blocks: Sequence[Block]) -> bool:
    """Whether text has to run round anything in these blocks (not inside their tables)."""
    return any(isinstance(block, Paragraph) and any(_wraps(box) for box in block.floats) for block in blocks)


def _wraps(box: FloatBox) -> bool:
    return box.wrap != "none" and box.across.relative != "inline"


def run_round(
    contents: list[list[MeasuredBlock]],
    measure_again: MeasureAgain,
    spots_of: SpotsOf,
    corner_of: CornerOf,
    widths: Sequence[float],
) -> list[MeasuredBlock]:
    """The blocks of all contents, their lines beside what floats. `widths`: of each column (pt), where they differ."""
    known: dict[int, Around] = {}
    older: dict[int, Around] = {}
    pages: dict[int, int] = {}
    opening: set[int] = set()  # what its own box drives off a page, though the next one has room for both
    left = _TRIES
    while left:
        left -= 1
        blocks = [block for content in contents for block in content]
        spots = spots_of(blocks)
        by_block: dict[int, list[Spot]] = {}
        for spot in spots:
            by_block.setdefault(spot.block, []).append(spot)
        ways = _ways(blocks, spots, corner_of, widths)
        leads = _leads(blocks, spots)
        changed, driven, number = False, False, 0
        column, down = (0, 0), 0.0  # how far what was set again in this round moves what follows in its column
        for place, content in enumerate(contents):
            own = [by_block.get(number + at, []) for at in range(len(content))]
            number += len(content)
            if own and own[0] and column != (own[0][0].page, own[0][0].column):
                column, down = (own[0][0].page, own[0][0].column), 0.0
            if down:
                own = [[_moved(spot, column, down) for spot in part] for part in own]
            if len(content) == 1 and isinstance(content[0], MeasuredTable):
                lowered = _lowered(content[0], own[0], ways)
                if abs(lowered.before - content[0].before) > 0.05:
                    down += lowered.before - content[0].before
                    contents[place], changed = [lowered], True
                continue
            around = tuple(_obstacles(part, ways, widths, leads) for part in own)
            before = known.get(place, ((),) * len(around))
            if around != before:
                if not left and len(before) == len(around):
                    around = tuple([_settled(one, other) for one, other in zip(before, around, strict=True)])
                elif around == older.get(place) and _carries(content[0]) and pages[place] > own[0][0].page:
                    driven = place not in opening
                    left += _TRIES if driven and len(opening) < _DRIVEN else 0
                    opening.add(place)
                older[place], known[place], changed = before, around, True
                contents[place] = measure_again(place, around)
                down += _height(contents[place]) - _height(content)
                if place in opening:
                    contents[place][0] = replace(contents[place][0], starts_page=True, before=0.0)
            if own and own[0]:
                pages[place] = own[0][0].page
            if driven:  # what follows comes to stand elsewhere
                older = {at: one for at, one in older.items() if at <= place}
                break
        if not changed:
            break
    return [block for content in contents for block in content]


def _moved(spot: Spot, column: tuple[int, int], down: float) -> Spot:
    return replace(spot, y=spot.y + down) if (spot.page, spot.column) == column else spot


def _height(content: Sequence[MeasuredBlock]) -> float:
    return sum(block.height for block in content if isinstance(block, Measured))


def _carries(block: MeasuredBlock) -> bool:
    """Whether text has to run round anything that hangs on a block."""
    fragments = block.fragments if isinstance(block, Measured) else ()
    return any(_wraps(one.box) for fragment in fragments for one, _, _ in fragment.floats)


def _settled(before: tuple[Obstacle, ...], after: tuple[Obstacle, ...]) -> tuple[Obstacle, ...]:
    """What a text that comes and goes keeps clear of."""
    return tuple([one for one in (*before, *after) if not one.below or (one in before and one in after)])


def _ways(
    blocks: Sequence[MeasuredBlock], spots: Sequence[Spot], corner_of: CornerOf, widths: Sequence[float]
) -> dict[int, list[_Way]]:
    """What is in the way, by page."""
    found: dict[int, list[_Way]] = {}
    for spot in spots:
        block = blocks[spot.block]
        if not isinstance(block, Measured):
            continue
        for one, right, down in block.fragments[spot.number].floats:
            box, gaps = one.box, one.box.gaps
            if not _wraps(box):
                continue
            left, top = corner_of(one, spot, right, down)
            end = left + one.width
            begin, end = left - gaps.left, end + gaps.right
            width = widths[spot.column] if spot.column < len(widths) else widths[0]
            before, after = begin - spot.x, spot.x + width - end
            if box.wrap == "topAndBottom" or (box.side == "largest" and max(before, after) < NARROWEST):
                begin, end = -_FAR, _FAR
            elif box.side == "left" or (box.side == "largest" and before >= after - _EVEN):
                end = _FAR
            elif box.side in ("right", "largest"):
                begin = -_FAR
            raised = stays_on_paper(box) and top < spot.y + down - box.down.lead + min(box.down.offset, 0.0) - _EVEN
            found.setdefault(spot.page, []).append(
                _Way(begin, top - gaps.top, end, top + one.height + gaps.bottom, spot.block, raised)
            )
    return found


def _leads(blocks: Sequence[MeasuredBlock], spots: Sequence[Spot]) -> dict[int, float]:
    """The blank above each block's first line, that at the foot of the line before it counted in (pt), by block."""
    found: dict[int, float] = {}
    if blocks and isinstance(blocks[0], Measured):
        found[0] = blocks[0].before
    for before, spot in pairwise(spots):
        if spot.number == 0 and (before.page, before.column) == (spot.page, spot.column):
            block = blocks[before.block]
            tail = block.fragments[before.number].tail if isinstance(block, Measured) else 0.0
            found[spot.block] = spot.y - before.y - before.height + tail
    return found


def _obstacles(
    spots: Sequence[Spot], ways: dict[int, list[_Way]], widths: Sequence[float], leads: Mapping[int, float]
) -> tuple[Obstacle, ...]:
    """What is in the way of the lines that stand at these spots; what leaves no room beside it takes the blank above them, too."""
    found: list[Obstacle] = []
    widest, tall = max(widths), 0.0
    parts = [list(part) for _, part in groupby(spots, key=lambda spot: (spot.page, spot.column))]
    for number, part in enumerate(parts):
        first, last = part[0], part[-1]
        height = last.y + last.height - first.y
        final = number == len(parts) - 1
        begin = tall if number else -_FAR
        end = _FAR if final else tall + height
        width = widths[first.column] if first.column < len(widths) else widest
        if width < widest - 0.1:
            found.append(Obstacle(round(begin, 2), round(end, 2), round(width, 2), _FAR, edge=True))
        for way in ways.get(first.page, ()):
            if way.raised and way.block > first.block:
                continue
            top, bottom = max(way.top - first.y + tall, begin), min(way.bottom - first.y + tall, end)
            left, right = way.left - first.x, way.right - first.x
            lead = leads.get(first.block, 0.0) if not number and left <= 0 and right >= width else 0.0
            reach = tall + height + (_BELOW if final else 0.0)
            if bottom + lead > tall and top < reach and right > 0 and left < width and bottom > top:
                below = way.block > first.block
                sides = round(left, 2), round(right, 2)
                found.append(Obstacle(round(top, 2), round(bottom, 2), *sides, below=below, lead=round(lead, 2)))
        tall += height
    return tuple(found)


def _lowered(table: MeasuredTable, spots: Sequence[Spot], ways: dict[int, list[_Way]]) -> MeasuredTable:
    """The table with the blank above it that brings it below what is in its way.

    What hangs on the text above it is in the way of all of its rows on the page, what hangs further down of the first one.
    """
    if not spots:
        return table
    first = spots[0]
    y = first.y - table.before
    lower = y
    whole = sum(spot.height for spot in spots if spot.page == first.page)
    for way in sorted(ways.get(first.page, ()), key=lambda way: way.top):
        beside = way.right <= first.x + table.left + 1 or way.left >= first.x + table.right - 1
        tall = whole if way.block < first.block else first.height
        if not beside and way.top < lower + tall and way.bottom > lower:
            lower = way.bottom
    return replace(table, before=round(lower - y, 1))
