"""Sets tables again whose cells merged over several rows reach over a page's end: their text begins at the top there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from anjian_desktop.documents.layout.typesetting.piles import MeasuredTable, Strip


def part_merged_cells(strip: Strip, starts: Collection[int]) -> None:
    """Sets the rows of such tables again; `starts`: the items of the strip a column begins with."""
    for table, places in _tables(strip):
        if table.parted is None or not any(place in starts for place in places[1:]):
            continue
        rows = _places_of_rows(strip, table, places)
        cuts = {number for number, own in enumerate(rows) if number and own and own[0] in starts}
        parts = {number: [strip.heights[at] for at in own] for number, own in enumerate(rows) if len(own) > 1}
        again = table.parted(frozenset(cuts), parts)
        if [len(found) for found in again] != [len(own) for own in rows]:
            again = table.parted(frozenset(cuts), {})  # other lines would stay: what was parted is left as it is
        for found, own in zip(again, rows, strict=True):
            if len(found) == len(own):
                for row, at in zip(found, own, strict=True):
                    strip.fragments[at] = row.fragment


def _tables(strip: Strip) -> Iterator[tuple[MeasuredTable, list[int]]]:
    """The tables of a strip, each with the places of its rows and of their parts."""
    places: dict[int, tuple[MeasuredTable, list[int]]] = {}
    for at in sorted(strip.rows):
        table = strip.rows[at][0]
        places.setdefault(id(table), (table, []))[1].append(at)
    yield from places.values()


def _places_of_rows(strip: Strip, table: MeasuredTable, places: list[int]) -> list[list[int]]:
    """Where the parts of each row stand; a row that was not parted has one."""
    numbers = {id(row.source): number for number, row in enumerate(table.rows)}
    found: list[list[int]] = [[] for _ in table.rows]
    for at in places:
        found[numbers[id(strip.rows[at][1].source)]].append(at)
    return found
