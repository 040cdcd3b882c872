"""Draws the text of an enhanced metafile's records ([MS-EMF] 2.3.5.7)."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.documents.metafiles import curves
from anjian_desktop.documents.metafiles.canvas import Canvas
from anjian_desktop.documents.metafiles.drawing import Point
from anjian_desktop.documents.metafiles.records import Record
from anjian_desktop.documents.metafiles.strings import decoded, plain

_GLYPHS, _CLIPPED, _OPAQUE = 0x10, 0x4, 0x2
_NO_BOX, _NARROW = 0x100, 0x200


def text(canvas: Canvas, record: Record) -> None:
    """EMR_EXTTEXTOUTA, EMR_EXTTEXTOUTW."""
    place = record.place(36)
    count, start, options = record.numbers("3I", 44)
    box = record.box(56)
    if options & _OPAQUE:
        canvas.fill(curves.rectangle(box), canvas.state.back_colour)
    if not count:
        return
    if options & _GLYPHS:
        canvas.whole = False
        return
    (dx,) = record.numbers("I", 72)
    steps: list[float] = []
    if dx and count <= len(record.data) // 4:
        each = 2 if options & 0x2000 else 1
        steps = [float(step) for step in record.numbers(f"{each * count}i", dx)[::each]]
    _write(canvas, record, start, count, steps, place, wide=record.kind == 84, clip=box if options & _CLIPPED else None)


def small_text(canvas: Canvas, record: Record) -> None:
    """EMR_SMALLTEXTOUT."""
    place = record.place(8)
    count, options = record.numbers("2I", 16)
    start = 36 if options & _NO_BOX else 52
    if options & _GLYPHS:
        canvas.whole = False
        return
    _write(canvas, record, start, count, [], place, wide=not options & _NARROW, clip=None)


def _write(
    canvas: Canvas, record: Record, start: int, count: int, steps: Sequence[float], place: Point, *, wide: bool,
    clip: curves.Box | None,
) -> None:  # fmt: skip
    font = canvas.state.font
    raw = record.part(start, count * (2 if wide else 1))
    if wide:
        parts = [(chr(unit), 1) for unit in record.numbers(f"{count}H", start)]
        parts = _paired(parts)
    else:
        parts = decoded(raw, font.charset, font.face.name)
    advances = []
    at = 0
    for _, taken in parts:
        advances.append(sum(steps[at : at + taken]))
        at += taken
    text, known = plain("".join([letter for letter, _ in parts]), font.charset, font.face.name)
    canvas.whole = canvas.whole and known
    canvas.text(text, place, advances if steps else None, clip=clip)


def _paired(units: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """UTF-16 with its surrogates joined."""
    found: list[tuple[str, int]] = []
    for letter, taken in units:
        before = found[-1][0] if found else ""
        if "\udc00" <= letter <= "\udfff":
            if before and "\ud800" <= before <= "\udbff":
                joined_up = (before + letter).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
                found[-1] = (joined_up, 2)
            else:
                found.append(("\ufffd", taken))
            continue
        found.append((letter, taken))
    return [("\ufffd" if "\ud800" <= letter <= "\udfff" else letter, taken) for letter, taken in found]
