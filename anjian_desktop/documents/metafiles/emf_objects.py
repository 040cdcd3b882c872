"""Reads the pens, brushes and fonts an enhanced metafile makes ([MS-EMF] 2.3.7)."""

from __future__ import annotations

from anjian_desktop.documents.metafiles.bitmaps import mean_colour
from anjian_desktop.documents.metafiles.device import Brush, LogicalFont, LogicalPen
from anjian_desktop.documents.metafiles.drawing import Colour, Typeface
from anjian_desktop.documents.metafiles.limits import Allowance, Unreadable
from anjian_desktop.documents.metafiles.records import Record
from anjian_desktop.documents.metafiles.strings import wide_name

_GREY: Colour = (0.5, 0.5, 0.5)
_HATCHED = 2
_HOLLOW = 1
_PATTERNS = (3, 5, 6)
_BOLD = 600
_LIGHTER = 0.25


def pen(record: Record) -> LogicalPen:
    """EMR_CREATEPEN."""
    style, width = record.numbers("Ii", 12)
    return LogicalPen(float(width), record.colour(24), style, geometric=width > 1)


def long_pen(record: Record) -> LogicalPen:
    """EMR_EXTCREATEPEN."""
    style, width, brush = record.numbers("3I", 28)
    (count,) = record.numbers("I", 48)
    if count > 64:
        raise Unreadable
    dashes = tuple(float(part) for part in record.numbers(f"{count}I", 52))
    if brush == _HOLLOW:
        style = 5
    geometric = bool(style & 0x10000)
    return LogicalPen(float(width) if geometric else 1.0, record.colour(40), style, geometric, dashes)


def brush(record: Record) -> Brush:
    """EMR_CREATEBRUSHINDIRECT."""
    style = record.unsigned(12)
    if style == _HOLLOW:
        return Brush(None)
    colour = record.colour(16)
    return Brush(lightened(colour) if style == _HATCHED else _GREY if style in _PATTERNS else colour)


def lightened(colour: Colour) -> Colour:
    """A hatched area from afar: a quarter of it is in the colour, the rest white."""
    red, green, blue = (1 - (1 - part) * _LIGHTER for part in colour)
    return red, green, blue


def pattern(record: Record, allowance: Allowance) -> Brush:
    """EMR_CREATEDIBPATTERNBRUSHPT: as one colour."""
    header, size, bits, length = record.numbers("4I", 16)
    try:
        return Brush(mean_colour(record.part(header, size), record.part(bits, length), allowance))
    except Unreadable:
        return Brush(_GREY)


def font(record: Record) -> LogicalFont:
    """EMR_EXTCREATEFONTINDIRECTW."""
    height, _, slope, _, weight = record.numbers("5i", 12)
    italic, underline, strike, charset = record.numbers("4B", 32)
    name = wide_name(record.part(40, min(64, len(record.data) - 40)))
    face = Typeface(name, weight >= _BOLD, bool(italic), bool(underline), bool(strike))
    return LogicalFont(face, float(height), slope / 10, charset)
