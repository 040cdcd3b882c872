"""LibreOffice's way with a paragraph's first line alone at the foot of a page, where Word leaves it there if told.

Before it sets anything, LibreOffice deals the paragraphs out to pages by their number; a paragraph that then moves back from the
very next page does not leave one line alone on the page it comes to. So it is where even and odd pages leave unlike room.
"""

from __future__ import annotations

from contextlib import ExitStack
from unittest.mock import patch

from anjian_desktop.documents.layout.reading.package import Package, W
from anjian_desktop.documents.layout.reading.styles import StyleSheet
from anjian_desktop.documents.layout.typesetting import flow
from anjian_desktop.documents.layout.typesetting.piles import MeasuredTable, Strip

_DEALT, _MANY, _LEAST, _MOST = 25, 100, 20, 53
"""Paragraphs dealt out to a page: in short documents, and the bounds in those of more than so many."""

_OVER = 10
"""Rows a table may bring above a page's paragraphs before it is parted."""

_UNLIKE = 0.5
"""Of a line's height: by how much pages on both sides differ where the text moves once their sides are known."""


def keep_two_lines(stack: ExitStack) -> None:
    """A paragraph dealt out to the page after the one it comes to stand on leaves two lines there or none."""
    own_ended, own_sheet = flow._Cutter._ended, StyleSheet.__init__
    dealt = _DEALT

    def sheet(styles: StyleSheet, package: Package) -> None:
        nonlocal dealt
        dealt = _dealt(package)
        own_sheet(styles, package)

    def ended(cutter: flow._Cutter, start: int, end: int) -> int:
        at = own_ended(cutter, start, end)
        strip, last = cutter._strip, at - 1
        if last <= start or at >= len(strip.blocks) or last in strip.rows:
            return at
        if strip.blocks[last] != strip.blocks[at] or strip.blocks[last] == strip.blocks[last - 1]:
            return at
        first = max((one for one in strip.starts if one <= last), default=0)
        begun = next((number for number, cut in enumerate(cutter._cuts) if cut[0] == first), len(cutter._cuts))
        if not _facing(cutter, last) and _page(strip, first, last, dealt) - (len(cutter._cuts) - begun) != 1:
            return at
        while last > start and strip.sticks[last - 1]:
            last -= 1
        return last if last > start else at

    stack.enter_context(patch.object(flow._Cutter, "_ended", ended))
    stack.enter_context(patch.object(StyleSheet, "__init__", sheet))


def _facing(cutter: flow._Cutter, last: int) -> bool:
    """Whether even and odd pages differ by about the line in the room for text: it is set for one of them, then moves."""
    area = cutter._area
    return area.facing is not None and abs(area.facing[1] - area.room) > _UNLIKE * cutter._strip.heights[last]


def _page(strip: Strip, first: int, last: int, dealt: int) -> int:
    """To which page, counted from the first item's, an item's paragraph is dealt out; a table counts by its rows."""
    page = count = 0
    block = -1
    for at in range(first, last + 1):
        if strip.blocks[at] == block:
            continue
        block = strip.blocks[at]
        table = strip.rows[at][0] if at in strip.rows else None
        count += len(table.rows) if table else 1
        if table and count > dealt + _OVER:
            page, count = page + _parts(table, dealt), 0
        elif count > dealt:
            page, count = page + 1, 0
    return page


def _parts(table: MeasuredTable, dealt: int) -> int:
    """How many pages a table is dealt out to: by rows where it has very many, else by the cells of its second row."""
    rows = len(table.rows)
    repeated = sum(row.header for row in table.rows)
    second = table.rows[min(1, rows - 1)].source
    cells = len(second.cells) if second else 1
    each = dealt if rows > 3 * dealt else max(2, dealt // max(1, cells))
    parts = 1
    while repeated < each and each * parts < rows + repeated * (parts - 1):
        parts += 1
    return parts


def _dealt(package: Package) -> int:
    """How many paragraphs a page gets, by what is guessed of the document's length."""
    body = package.document.find(W + "body")
    if body is None:
        return _DEALT
    paragraphs, cells, tables = (sum(1 for _ in body.iter(W + name)) for name in ("p", "tc", "tbl"))
    nodes = paragraphs + 2 * cells - 23 * tables
    return min(_MOST, max(_LEAST, _LEAST + nodes // 1000 * 3)) if nodes > _MANY else _DEALT
