"""Reads the pens, brushes and fonts a metafile of 16 bits makes ([MS-WMF] 2.3.4)."""

from __future__ import annotations

from anjian_desktop.documents.metafiles.bitmaps import mean_colour, split
from anjian_desktop.documents.metafiles.device import Brush, LogicalFont, LogicalPen
from anjian_desktop.documents.metafiles.drawing import Typeface
from anjian_desktop.documents.metafiles.emf_objects import lightened
from anjian_desktop.documents.metafiles.limits import Allowance, Unreadable
from anjian_desktop.documents.metafiles.records import Record
from anjian_desktop.documents.metafiles.strings import face_name

_SOLID, _HOLLOW, _HATCHED = 0, 1, 2
_BOLD = 600
OTHER = "other"
"""Stands for palettes and regions, which take numbers too."""


def made(record: Record, allowance: Allowance) -> LogicalPen | LogicalFont | Brush | str:
    """The object a record makes."""
    if record.kind == 0x02FA:
        style, width = record.numbers("Hh", 6)
        return LogicalPen(float(abs(width)), record.colour(12), style, geometric=abs(width) > 1)
    if record.kind == 0x02FB:
        height, _, slope, _, weight = record.numbers("5h", 6)
        italic, underline, strike, charset = record.numbers("4B", 16)
        name = face_name(record.part(24, min(32, len(record.data) - 24)), charset)
        face = Typeface(name, weight >= _BOLD, bool(italic), bool(underline), bool(strike))
        return LogicalFont(face, float(height), slope / 10, charset)
    if record.kind == 0x02FC:
        (style,) = record.numbers("H", 6)
        if style == _HOLLOW:
            return Brush(None)
        colour = record.colour(8)
        return Brush(lightened(colour) if style == _HATCHED else colour)
    if record.kind == 0x0142:
        try:
            header, bits = split(record.data[10:], record.numbers("H", 8)[0])
            return Brush(mean_colour(header, bits, allowance))
        except Unreadable:
            return Brush((0.5, 0.5, 0.5))
    return OTHER if record.kind != 0x01F9 else Brush((0.5, 0.5, 0.5))
