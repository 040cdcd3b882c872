"""Fonts as wide as the ones Word had, where the machine has only others: a line more or less would hide what is measured."""

from __future__ import annotations

from dataclasses import replace

from anjian_desktop.documents.font_substitutes import is_chinese
from anjian_desktop.documents.fonts import FontChain, Glyph
from anjian_desktop.documents.matched_fonts import MatchedFontBook

_HALF = 0.5
"""Width of every Latin letter of the old Chinese fonts, in em."""

_PROPORTIONAL = frozenset(
    ("等线", "等线 light", "dengxian", "dengxian light", "微软雅黑", "microsoft yahei", "microsoft yahei ui")
)

_ALIKE = {
    "calibri": ("Arial", 0.925), "calibri light": ("Arial", 0.92), "consolas": ("Courier New", 0.916),
    "cambria": ("Times New Roman", 1.09), "georgia": ("Times New Roman", 1.1), "tahoma": ("Arial", 0.98),
    "segoe ui": ("Arial", 0.98), "等线": ("Arial", 0.95), "dengxian": ("Arial", 0.95), "微软雅黑": ("Arial", 1.03),
    "microsoft yahei": ("Arial", 1.03),
}  # fmt: skip
"""A font that every machine has in some form, and how much wider its letters must be (average of English text)."""


class WordWidths(MatchedFontBook):
    """The fonts at hand with letters as wide as those of the fonts asked for; heights go by the fonts' names."""

    true_heights = False

    def _make_chain(self, asked: str, bold: bool, italic: bool, east_asian: bool, language: str) -> FontChain:
        name = asked.casefold()
        other, factor = (asked, 1.0) if east_asian else _ALIKE.get(name, (asked, 1.0))
        chain = super()._make_chain(other, bold, italic, east_asian, language)
        half = is_chinese(name) and name not in _PROPORTIONAL
        return _AsWide(chain, factor, half=half) if half or factor != 1.0 else chain


class _AsWide(FontChain):
    """A chain whose Latin letters have other widths."""

    def __init__(self, chain: FontChain, factor: float, *, half: bool) -> None:
        super().__init__(chain.asked, chain.faces, iter(()), thicken=chain.thicken, slant=chain.slant)
        self._chain, self._factor, self._half = chain, factor, half

    def _find(self, character: str) -> Glyph | None:
        glyph = self._chain[character]
        if glyph is None or character > "\u024f":
            return glyph
        return replace(glyph, width=_HALF if self._half else glyph.width * self._factor)
