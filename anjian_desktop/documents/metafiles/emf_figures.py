"""Draws the lines, polygons, curves and ellipses of an enhanced metafile's records ([MS-EMF] 2.3.5)."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.documents.metafiles import curves
from anjian_desktop.documents.metafiles.canvas import Canvas
from anjian_desktop.documents.metafiles.drawing import Point, Segment
from anjian_desktop.documents.metafiles.limits import Unreadable
from anjian_desktop.documents.metafiles.records import Record


def points(canvas: Canvas, record: Record) -> None:
    """EMR_POLYLINE and the like."""
    short = record.kind >= 85
    kind = record.kind - 83 if short else record.kind
    places = record.places(28, record.unsigned(24), short=short)
    if not places:
        return
    if kind == 3:
        canvas.figure(polygon(places), fill=True)
    elif kind == 4:
        canvas.figure(polyline(places), fill=False)
    elif kind == 2:
        canvas.figure([("m", places[0]), *_curves(places[1:])], fill=False)
    elif kind == 5:
        canvas.steps_to(_curves(places), places[-1])
    else:
        canvas.steps_to([("l", place) for place in places], places[-1])


def many(canvas: Canvas, record: Record) -> None:
    """EMR_POLYPOLYLINE, EMR_POLYPOLYGON."""
    short = record.kind >= 90
    closed = record.kind in (8, 91)
    count, total = record.numbers("2I", 24)
    if count > len(record.data) // 4:
        raise Unreadable
    lengths = record.numbers(f"{count}I", 32)
    places = record.places(32 + 4 * count, total, short=short)
    segments: list[Segment] = []
    at = 0
    for length in lengths:
        part = places[at : at + length]
        at += length
        if part:
            segments += polygon(part) if closed else polyline(part)
    if segments:
        canvas.figure(segments, fill=closed)


def box(canvas: Canvas, record: Record) -> None:
    """EMR_RECTANGLE, EMR_ELLIPSE, EMR_ROUNDRECT."""
    box = record.box(8)
    if record.kind == 43:
        canvas.figure(curves.rectangle(box), fill=True)
    elif record.kind == 42:
        canvas.figure(curves.ellipse(box), fill=True)
    else:
        canvas.figure(curves.rounded(box, *record.place(24)), fill=True)


def arc(canvas: Canvas, record: Record) -> None:
    """EMR_ARC, EMR_ARCTO, EMR_CHORD, EMR_PIE."""
    box = record.box(8)
    start, end = curves.angle(box, record.place(24)), curves.angle(box, record.place(32))
    turn = curves.sweep(start, end, clockwise=canvas.state.clockwise)
    if record.kind == 55:
        segments = curves.arc(box, start, turn, begin="l")
        last = segments[-1][1]
        canvas.steps_to(segments, (last[-2], last[-1]))
        return
    segments = curves.arc(box, start, turn, begin="m")
    if record.kind == 47:
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        segments = [("m", middle), *curves.arc(box, start, turn, begin="l")]
    if record.kind != 45:
        segments.append(("h", ()))
    canvas.figure(segments, fill=record.kind != 45)


def polygon(places: Sequence[Point]) -> list[Segment]:
    return [*polyline(places), ("h", ())]


def polyline(places: Sequence[Point]) -> list[Segment]:
    return [("m" if number == 0 else "l", place) for number, place in enumerate(places)]


def _curves(places: Sequence[Point]) -> list[Segment]:
    """Curves of three points each; points left over make none."""
    return [("c", (*places[at], *places[at + 1], *places[at + 2])) for at in range(0, len(places) - len(places) % 3, 3)]
