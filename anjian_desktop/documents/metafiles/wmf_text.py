"""Draws the text of the records of a metafile of 16 bits ([MS-WMF] 2.3.3.5, 2.3.3.20)."""

from __future__ import annotations

from anjian_desktop.documents.metafiles import curves
from anjian_desktop.documents.metafiles.canvas import Canvas
from anjian_desktop.documents.metafiles.drawing import Point
from anjian_desktop.documents.metafiles.records import Record
from anjian_desktop.documents.metafiles.strings import decoded, plain

_OPAQUE, _CLIPPED = 2, 4


def text(canvas: Canvas, record: Record) -> None:
    """META_TEXTOUT."""
    (count,) = record.numbers("H", 6)
    place = record.short_place(8 + count + count % 2)
    _write(canvas, record.part(8, count), (), place)


def long_text(canvas: Canvas, record: Record) -> None:
    """META_EXTTEXTOUT."""
    place = record.short_place(6)
    count, options = record.numbers("2H", 10)
    at, box = 14, None
    if options & (_OPAQUE | _CLIPPED):
        left, top, right, bottom = record.numbers("4h", 14)
        box = (float(left), float(top), float(right), float(bottom))
        at = 22
        if options & _OPAQUE:
            canvas.fill(curves.rectangle(box), canvas.state.back_colour)
    if not count:
        return
    raw = record.part(at, count)
    at += count + count % 2
    steps: tuple[int, ...] = ()
    if len(record.data) >= at + 2 * count:
        steps = record.numbers(f"{count}h", at)
    _write(canvas, raw, steps, place, clip=box if options & _CLIPPED else None)


def _write(canvas: Canvas, raw: bytes, steps: tuple[int, ...], place: Point, *, clip: curves.Box | None = None) -> None:
    font = canvas.state.font
    parts = decoded(raw, font.charset, font.face.name)
    advances, at = [], 0
    for _, taken in parts:
        advances.append(float(sum(steps[at : at + taken])))
        at += taken
    shown, known = plain("".join([letter for letter, _ in parts]), font.charset, font.face.name)
    canvas.whole = canvas.whole and known
    canvas.text(shown, place, advances if steps else None, clip=clip)
