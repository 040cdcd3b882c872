"""Cuts a subset of PostScript (CFF) outlines, for fonts that have no TrueType ones."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO


def subset_cff(font: bytes, index: int, glyphs: Iterable[int]) -> bytes:
    """The CFF table of one face with these glyphs only, every one under the number it has in the font.

    In a CID-keyed table the numbers are the CIDs, in a name-keyed one the places (ISO 32000-1, 9.7.4.2), so that the
    font's own glyph numbers are the character codes of a page either way. Glyph 0 is always there.
    """
    # A second of loading, and wanted only where a machine's fonts have no TrueType outlines.
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.drop_tables = ["*"]
    options.layout_features = []
    options.name_IDs = []
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    wanted = sorted({0, *glyphs})
    with TTFont(BytesIO(font), fontNumber=index, lazy=True, recalcTimestamp=False) as opened:
        order = opened.getGlyphOrder()
        keyed = hasattr(opened["CFF "].cff.topDictIndex[0], "ROS")
        options.retain_gids = not keyed
        for tag in [tag for tag in opened.keys() if tag not in _KEPT]:  # noqa: SIM118 (a font is no dictionary)
            del opened[tag]
        cutter = Subsetter(options)
        cutter.populate(gids=[number for number in wanted if number < len(order)])
        cutter.subset(opened)
        table = opened["CFF "]
        if keyed:
            _number_by_place(table.cff.topDictIndex[0], {name: number for number, name in enumerate(order)})
        return bytes(table.compile(opened))


_KEPT = ("GlyphOrder", "CFF ", "head", "hhea", "hmtx", "maxp", "cmap")


def _number_by_place(top: object, places: dict[str, int]) -> None:
    """Gives each glyph of a CID-keyed table its place in the whole font as its CID."""
    charset: list[str] = top.charset  # type: ignore[attr-defined]
    renamed = {name: f"cid{places[name]:05d}" if at else name for at, name in enumerate(charset)}
    strings = top.CharStrings.charStrings  # type: ignore[attr-defined]
    top.CharStrings.charStrings = {renamed[name]: value for name, value in strings.items()}  # type: ignore[attr-defined]
    top.charset = [renamed[name] for name in charset]  # type: ignore[attr-defined]
