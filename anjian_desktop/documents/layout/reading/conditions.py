"""Tells which conditional parts of a table's style hold for a row and for a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.reading.styles import StyleSheet, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element


class Conditions:
    """Which conditional parts of a table's style hold where (first row, last column, bands)."""

    def __init__(self, styles: StyleSheet, style: str, properties: _Element | None, firsts: int) -> None:
        """`firsts`: how many rows count as the first one."""
        self._styles, self._style, self._firsts = styles, style, firsts
        self._known = styles.table_parts(style)
        look = properties.find(W + "tblLook") if properties is not None else None
        bits = int(value(look) or "04A0", 16) if _is_hexadecimal(value(look) or "04A0") else 0x04A0
        names = {
            "firstRow": 0x20,
            "lastRow": 0x40,
            "firstColumn": 0x80,
            "lastColumn": 0x100,
            "noHBand": 0x200,
            "noVBand": 0x400,
        }
        self._on = {}
        for key, bit in names.items():
            own = value(look, key)
            self._on[key] = own in ("1", "true", "on") if own is not None else bool(bits & bit)
        sizes = styles.table_elements(style, f"{W}tblPr/{W}tblStyleRowBandSize")
        self._band = max(int(number(value(sizes[-1]), 1.0)), 1) if sizes else 1

    def row(self, at: int, count: int) -> tuple[str, ...]:
        """The parts that hold for a whole row, the weakest first."""
        first, last = self._on["firstRow"] and at < self._firsts, self._on["lastRow"] and at == count - 1
        found = []
        if not (self._on["noHBand"] or first or last):
            place = (at - self._firsts * self._on["firstRow"]) // self._band
            found.append("band2Horz" if place % 2 else "band1Horz")
        found += ["firstRow"] * first + ["lastRow"] * last
        return tuple(part for part in found if part in self._known)

    def cell(self, column: int, span: int, count: int, top: bool, foot: bool) -> tuple[str, ...]:
        """The parts that hold for a cell by its column, the weakest first; those of a corner where it is in both.

        `top`, `foot`: it stands in the table's first row, in its last one.
        """
        left, right = self._on["firstColumn"] and column == 0, self._on["lastColumn"] and column + span >= count
        top, foot = top and self._on["firstRow"], foot and self._on["lastRow"]
        found = ["firstCol"] * left + ["lastCol"] * right
        found += ["nwCell"] * (top and left) + ["neCell"] * (top and right)
        found += ["swCell"] * (foot and left) + ["seCell"] * (foot and right)
        return tuple(part for part in found if part in self._known)

    def found(self, parts: tuple[str, ...], name: str) -> list[_Element]:
        """An element of the cell properties of the style and of these parts, the weakest first."""
        path = f"{W}tcPr/{W}{name}"
        found = self._styles.table_elements(self._style, path)
        return found + [one for part in parts for one in self._styles.table_part(self._style, part, path)]

    def heads(self, parts: tuple[str, ...]) -> bool:
        """Whether rows of these parts are repeated on every page."""
        path = f"{W}trPr/{W}tblHeader"
        return any(is_on(one) for part in parts for one in self._styles.table_part(self._style, part, path)[-1:])


def first_rows(rows: list[_Element]) -> int:
    """How many rows count as the first one: further heading rows do where Word noted so (cnfStyle)."""
    count = 0
    for row in rows:
        properties = row.find(W + "trPr")
        noted = properties.find(W + "cnfStyle") if properties is not None else None
        heads = properties is not None and is_on(properties.find(W + "tblHeader"))
        said = value(noted, "firstRow") in ("1", "true", "on") or (value(noted) or "").startswith("1")
        if count and not (heads and said):
            break
        count += 1
    return count


def _is_hexadecimal(text: str) -> bool:
    return bool(text) and len(text) <= 8 and all(character in "0123456789abcdefABCDEF" for character in text)
