"""Draws the bitmaps of the records of a metafile of 16 bits, and the areas such records fill ([MS-WMF] 2.3.1)."""

from __future__ import annotations

from anjian_desktop.documents.metafiles import curves
from anjian_desktop.documents.metafiles.bitmaps import split
from anjian_desktop.documents.metafiles.canvas import Canvas
from anjian_desktop.documents.metafiles.emf_pictures import SRCCOPY, draw_bits, draw_over
from anjian_desktop.documents.metafiles.limits import Unreadable
from anjian_desktop.documents.metafiles.records import Record

_BIT_BLT, _TO_DEVICE, _STRETCH_DIB = 0x0940, 0x0D33, 0x0F43
_WITHOUT_BITMAP = 24
"""Bytes of a META_DIBBITBLT that copies nothing; a META_DIBSTRETCHBLT has four more."""


def pattern(canvas: Canvas, record: Record) -> None:
    """META_PATBLT."""
    draw_over(canvas, _box(record, 10), record.unsigned(6))


def picture(canvas: Canvas, record: Record) -> None:
    """META_DIBBITBLT, META_DIBSTRETCHBLT, META_STRETCHDIB, META_SETDIBTODEV."""
    if record.kind == _TO_DEVICE:
        (usage,) = record.numbers("H", 6)
        top, left, tall, wide, y, x = record.numbers("6h", 12)
        box = (float(x), float(y), float(x + wide), float(y + tall))
        header, bits = split(record.data[24:], usage)
        draw_bits(canvas, header, bits, box, (left, top, wide, tall), SRCCOPY, from_below=True)
        return
    operation = record.unsigned(6)
    if record.kind == _BIT_BLT:
        if len(record.data) <= _WITHOUT_BITMAP:
            draw_over(canvas, _box(record, 16), operation)
            return
        top, left, tall, wide = record.numbers("4h", 10)
        box, start, usage = _box(record, 14), 22, 0
    elif record.kind == _STRETCH_DIB:
        usage, tall, wide, top, left = record.numbers("H4h", 10)
        box, start = _box(record, 20), 28
    else:
        if len(record.data) <= _WITHOUT_BITMAP + 4:
            draw_over(canvas, _box(record, 20), operation)
            return
        tall, wide, top, left = record.numbers("4h", 10)
        box, start, usage = _box(record, 18), 26, 0
    try:
        header, bits = split(record.data[start:], usage)
    except Unreadable:
        canvas.whole = False
        return
    area = (left, top, wide, tall)
    draw_bits(canvas, header, bits, box, area, operation, from_below=record.kind == _STRETCH_DIB)


def _box(record: Record, at: int) -> curves.Box:
    """Height, width, top, left as a rectangle."""
    tall, wide, y, x = record.numbers("4h", at)
    return float(x), float(y), float(x + wide), float(y + tall)
