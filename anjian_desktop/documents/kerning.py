"""Pair kerning of a font: how much closer two of its glyphs stand (GPOS, or the older kern table)."""

from __future__ import annotations

import struct
from collections.abc import Callable
from io import BytesIO
from typing import Any

Kerning = Callable[[int, int], int]
"""Gives the design units by which the second of two glyphs moves, mostly to the left (negative)."""

_SCRIPTS = ("latn", "DFLT")


def kerning_of(font: bytes, index: int) -> Kerning:
    """The kerning of one face; a face without any, or with tables out of order, gives nothing but zeros."""
    # Wanted only where fonts are set as other programs set them.
    from fontTools.ttLib import TTFont, TTLibError

    try:
        opened = TTFont(BytesIO(font), fontNumber=index, lazy=True)
        if "GPOS" in opened:
            numbers = {name: at for at, name in enumerate(opened.getGlyphOrder())}
            subtables = _pair_subtables(opened["GPOS"].table)
            return _Pairs(opened.getGlyphOrder(), subtables, len(numbers)) if subtables else _none
    except (TTLibError, AttributeError, KeyError, IndexError, AssertionError, struct.error):
        return _none
    return _none


def _none(_left: int, _right: int) -> int:
    return 0


class _Pairs:
    """Looks pairs up in the sub-tables, the first that knows the left glyph and the pair deciding."""

    def __init__(self, order: list[str], subtables: list[Any], count: int) -> None:
        self._order, self._count = order, count
        self._subtables = [(set(table.Coverage.glyphs), table) for table in subtables]
        self._known: dict[tuple[int, int], int] = {}

    def __call__(self, left: int, right: int) -> int:
        key = (left, right)
        if key not in self._known:
            self._known[key] = self._find(left, right)
        return self._known[key]

    def _find(self, left: int, right: int) -> int:
        if max(left, right) >= self._count:
            return 0
        first, second = self._order[left], self._order[right]
        for covered, table in self._subtables:
            if first not in covered:
                continue
            if table.Format == 1:
                pairs = table.PairSet[table.Coverage.glyphs.index(first)]
                for pair in pairs.PairValueRecord:
                    if pair.SecondGlyph == second:
                        return _advance(pair.Value1)
            elif table.Format == 2:
                one = table.ClassDef1.classDefs.get(first, 0)
                two = table.ClassDef2.classDefs.get(second, 0)
                return _advance(table.Class1Record[one].Class2Record[two].Value1)
        return 0


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0) if value is not None else 0


def _pair_subtables(gpos: Any) -> list[Any]:
    """The pair adjustments that the kern feature uses for Latin text."""
    wanted: dict[int, None] = {}
    scripts = {record.ScriptTag: record.Script for record in gpos.ScriptList.ScriptRecord}
    script = next((scripts[tag] for tag in _SCRIPTS if tag in scripts), None)
    if script is None or script.DefaultLangSys is None:
        return []
    for number in script.DefaultLangSys.FeatureIndex:
        record = gpos.FeatureList.FeatureRecord[number]
        if record.FeatureTag == "kern":
            wanted.update(dict.fromkeys(record.Feature.LookupListIndex))
    found = []
    for number in sorted(wanted):
        for table in gpos.LookupList.Lookup[number].SubTable:
            inner = table.ExtSubTable if table.LookupType == 9 else table
            if inner.LookupType == 2:
                found.append(inner)
    return found
