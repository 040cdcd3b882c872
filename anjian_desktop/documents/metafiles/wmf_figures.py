"""Draws the lines, polygons and ellipses of the records of a metafile of 16 bits ([MS-WMF] 2.3.3)."""

from __future__ import annotations

from anjian_desktop.documents.metafiles import curves
from anjian_desktop.documents.metafiles.canvas import Canvas
from anjian_desktop.documents.metafiles.drawing import Segment
from anjian_desktop.documents.metafiles.emf_figures import polygon, polyline
from anjian_desktop.documents.metafiles.limits import Unreadable
from anjian_desktop.documents.metafiles.records import Record


def line(canvas: Canvas, record: Record) -> None:
    """META_LINETO, META_MOVETO."""
    place = record.short_place(6)
    if record.kind == 0x0214:
        canvas.move_to(place)
    else:
        canvas.steps_to([("l", place)], place)


def points(canvas: Canvas, record: Record) -> None:
    """META_POLYGON, META_POLYLINE."""
    places = record.places(8, record.numbers("H", 6)[0], short=True)
    if places:
        closed = record.kind == 0x0324
        canvas.figure(polygon(places) if closed else polyline(places), fill=closed)


def many(canvas: Canvas, record: Record) -> None:
    """META_POLYPOLYGON."""
    (count,) = record.numbers("H", 6)
    if count > len(record.data) // 2:
        raise Unreadable
    lengths = record.numbers(f"{count}H", 8)
    at = 8 + 2 * count
    segments: list[Segment] = []
    for length in lengths:
        places = record.places(at, length, short=True)
        at += 4 * length
        if places:
            segments += polygon(places)
    if segments:
        canvas.figure(segments, fill=True)


def box(canvas: Canvas, record: Record) -> None:
    """META_ELLIPSE, META_RECTANGLE, META_ROUNDRECT."""
    if record.kind == 0x041B:
        canvas.figure(curves.rectangle(record.short_box(6)), fill=True)
    elif record.kind == 0x0418:
        canvas.figure(curves.ellipse(record.short_box(6)), fill=True)
    else:
        wide, tall = record.short_place(6)
        canvas.figure(curves.rounded(record.short_box(10), wide, tall), fill=True)


def arc(canvas: Canvas, record: Record) -> None:
    """META_ARC, META_PIE, META_CHORD."""
    box = record.short_box(14)
    start, end = curves.angle(box, record.short_place(10)), curves.angle(box, record.short_place(6))
    turn = curves.sweep(start, end, clockwise=False)
    segments = curves.arc(box, start, turn, begin="m")
    if record.kind == 0x081A:
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        segments = [("m", middle), *curves.arc(box, start, turn, begin="l")]
    closed = record.kind != 0x0817
    canvas.figure([*segments, ("h", ())] if closed else segments, fill=closed)


def pixel(canvas: Canvas, record: Record) -> None:
    """META_SETPIXEL."""
    x, y = record.short_place(10)
    canvas.fill(curves.rectangle((x, y, x + 1, y + 1)), record.colour(6))
