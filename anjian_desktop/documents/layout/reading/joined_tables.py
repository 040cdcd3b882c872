"""Tables with nothing between them: where they look alike they are one table, whose rows keep their own columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.reading.pieces import QUIET
from anjian_desktop.documents.layout.reading.styles import number, value
from anjian_desktop.documents.layout.reading.table_rows import cells_of, rows_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_APART = frozenset({W + "tblW", W + "tblLook", W + "tblCaption", W + "tblDescription"})
"""What may differ between tables that are one."""
_NEAR, _AS_WIDE = 10.0, 0.01
"""twips between edges that are one; the part of their width by which tables may differ."""
_MOST_COLUMNS = 63
"""Word's own limit for a table."""


def joined(elements: Iterable[_Element]) -> Iterator[_Element]:
    """The elements, a table with the rows of those alike that follow it, as Word shows them."""
    held: _Element | None = None
    for element in elements:
        if held is not None:
            if element.tag in QUIET:
                continue
            if element.tag == W + "tbl" and _are_alike(held, element) and _take_in(held, element):
                continue
            yield held
            held = None
        if element.tag == W + "tbl":
            held = element
        else:
            yield element
    if held is not None:
        yield held


def _are_alike(one: _Element, other: _Element) -> bool:
    """Whether two tables in line with the text have the same style, place, lines and width."""
    looks = [_look(table) for table in (one, other)]
    widths = [sum(_columns(table)) for table in (one, other)]
    floats = any(table.find(f"{W}tblPr/{W}tblpPr") is not None for table in (one, other))
    return looks[0] == looks[1] and not floats and min(widths) > max(widths) * (1 - _AS_WIDE)


def _look(table: _Element) -> list[object]:
    properties = table.find(W + "tblPr")
    shares = [value(one, "w") for one in table.iterfind(f"{W}tblPr/{W}tblW") if value(one, "type") == "pct"]
    return [shares, *([_said(one) for one in properties if one.tag not in _APART] if properties is not None else [])]


def _said(element: _Element) -> object:
    return element.tag, sorted(element.attrib.items()), [_said(child) for child in element]


def _columns(table: _Element) -> list[float]:
    """The widths of a table's columns (twips), together as wide as it asks to be."""
    found = [number(value(column, "w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    asked = table.find(f"{W}tblPr/{W}tblW")
    wanted = number(value(asked, "w")) if value(asked, "type") == "dxa" else 0.0
    return [width * wanted / sum(found) for width in found] if wanted and sum(found) else found


def _take_in(table: _Element, other: _Element) -> bool:
    """Moves the rows of the other table below those of the first one, on a grid of the edges of both; False where these
    are more than a table may have.
    """
    grids = [[0.0, *accumulate(_columns(one))] for one in (table, other)]
    grids[1] = [edge * grids[0][-1] / grids[1][-1] for edge in grids[1]]
    edges: list[float] = []
    for edge in sorted(grids[0] + grids[1]):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    if len(edges) - 1 > max(_MOST_COLUMNS, *(len(grid) - 1 for grid in grids)):
        return False
    for one, own in zip((table, other), grids, strict=True):
        if len(own) == len(edges):
            continue
        places = [min(range(len(edges)), key=lambda at, edge=edge: abs(edges[at] - edge)) for edge in own]  # type: ignore[misc]
        for row in rows_of(one):
            _set_on(row, places)
    grid = table.find(W + "tblGrid")
    assert grid is not None
    for column in list(grid):
        grid.remove(column)
    for begin, end in pairwise(edges):
        column = grid.makeelement(W + "gridCol")
        column.set(W + "w", f"{end - begin:.0f}")
        grid.append(column)
    for child in list(other):
        if child.tag not in (W + "tblPr", W + "tblGrid"):
            table.append(child)
    return True


def _set_on(row: _Element, places: list[int]) -> None:
    """Has a row's cells cover what their columns are on another grid; `places`: where each edge is there."""

    def place(column: int) -> int:
        return places[min(column, len(places) - 1)]

    skipped = row.find(f"{W}trPr/{W}gridBefore")
    column = int(number(value(skipped))) if skipped is not None else 0
    if skipped is not None:
        skipped.set(W + "val", f"{place(column)}")
    for cell in cells_of(row):
        properties = cell.find(W + "tcPr")
        if properties is None:
            properties = cell.makeelement(W + "tcPr")
            cell.insert(0, properties)
        span = properties.find(W + "gridSpan")
        count = max(int(number(value(span), 1.0)), 1)
        if span is None:
            span = properties.makeelement(W + "gridSpan")
            properties.append(span)
        span.set(W + "val", f"{max(place(column + count) - place(column), 1)}")
        column += count
