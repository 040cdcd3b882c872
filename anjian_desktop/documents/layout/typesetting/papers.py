"""Sizes of paper as the other programs of a Linux desktop take them: a page almost as large as a known paper is that paper."""

from __future__ import annotations

from dataclasses import replace

from anjian_desktop.documents.layout.sections import Document

_SIDES = (
    84100, 118900, 59400, 42000, 29700, 21000, 14800, 10500,  # A0 to A6
    25000, 35300, 17600, 12500,  # B4 to B6 of ISO 216
    25700, 36400, 18200, 12800,  # B4 to B6 of JIS P 0138
    21590, 27940, 35560, 43180, 13970, 18415, 26670,  # Letter, Legal, Tabloid, Statement, Executive
    18400, 26000, 13000, 14000, 20300,  # 16开, 32开, 大32开
    22900, 32400, 16200, 11400, 11000, 22000,  # envelopes C4 to C6, DL
)  # fmt: skip
"""Hundredths of a millimetre."""

_SLOPPY = 21
"""How far (hundredths of a millimetre) a side may be off."""

_TWIPS = 20
_PER_TWIP = 127 / 72


def on_known_papers(document: Document) -> Document:
    """The document with the sides of its pages (pt) those of known papers, where they almost are."""
    sections = tuple(
        replace(section, width=_fitted(section.width), height=_fitted(section.height)) for section in document.sections
    )
    return replace(document, sections=sections)


def _fitted(side: float) -> float:
    length = round(side * _TWIPS * _PER_TWIP)
    known = next((paper for paper in _SIDES if abs(paper - length) <= _SLOPPY), None)
    return side if known is None else round(known / _PER_TWIP) / _TWIPS
