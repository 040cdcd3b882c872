"""The rows of a table and the cells of a row, whatever stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.reading.package import W

if TYPE_CHECKING:
    from lxml.etree import _Element


def _table_of(row: _Element) -> _Element | None:
    parent = row.getparent()
    while parent is not None and parent.tag != W + "tbl":
        parent = parent.getparent()
    return parent


def rows_of(table: _Element) -> list[_Element]:
    """The rows of a table, not those of tables in its cells."""
    return [row for row in table.iter(W + "tr") if _table_of(row) is table]


def cells_of(row: _Element) -> list[_Element]:
    """The cells of a row."""
    found = []
    for element in row:
        if element.tag == W + "tc":
            found.append(element)
        elif element.tag in (W + "sdt", W + "customXml"):
            found += element.iterfind(f".//{W}tc")
    return found
