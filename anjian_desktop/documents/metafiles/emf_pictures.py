"""Draws the bitmaps of an enhanced metafile's records, and the areas such records fill ([MS-EMF] 2.3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.documents.metafiles import curves
from anjian_desktop.documents.metafiles.bitmaps import Area, unpacked
from anjian_desktop.documents.metafiles.canvas import Canvas
from anjian_desktop.documents.metafiles.device import BLACK, WHITE
from anjian_desktop.documents.metafiles.drawing import Colour
from anjian_desktop.documents.metafiles.emf_figures import polygon
from anjian_desktop.documents.metafiles.limits import Unreadable
from anjian_desktop.documents.metafiles.masks import OPERATIONS
from anjian_desktop.documents.metafiles.records import Record

SRCCOPY, PATCOPY = 0xCC0020, 0xF00021
_FILLS = {0x42: BLACK, 0xFF0062: WHITE}
_NOTHING = 0xAA0029
_TRIANGLES = 2
_STRIPS = 32
_INVERT, _MASK = 0x5A0049, 0xA000C9
"""Brushes joined with what lies below by XOR and by AND."""


def draw_over(canvas: Canvas, box: curves.Box, operation: int) -> None:
    """What a raster operation without a source does to an area."""
    if operation in _FILLS:
        canvas.fill(curves.rectangle(box), _FILLS[operation])
    elif operation == PATCOPY:
        canvas.figure(curves.rectangle(box), fill=True, stroke=False)
    elif operation in (_INVERT, _MASK):
        canvas.stipple(box, mask=operation == _MASK)
    elif operation != _NOTHING:
        canvas.whole = False


def draw_bits(
    canvas: Canvas,
    header: bytes,
    bits: bytes,
    box: curves.Box,
    area: Area | None,
    operation: int,
    *,
    own_alpha: bool = False,
    from_below: bool = False,
) -> None:
    """Draws a bitmap into a rectangle of the file's coordinates."""
    if operation in _FILLS or operation in (PATCOPY, _NOTHING):
        draw_over(canvas, box, operation)
        return
    try:
        found = unpacked(header, bits, canvas.allowance, area, own_alpha=own_alpha, from_below=from_below)
    except Unreadable:
        canvas.whole = False
        return
    canvas.bitmap(found, box, OPERATIONS.get(operation, ""))


def stretch_dib(canvas: Canvas, record: Record) -> None:
    """EMR_STRETCHDIBITS."""
    x, y, left, top, wide, tall = record.numbers("6i", 24)
    header, size, bits, length, _, operation = record.numbers("6I", 48)
    across, down = record.numbers("2i", 72)
    box = (float(x), float(y), float(x + across), float(y + down))
    if not size:
        draw_over(canvas, box, operation)
        return
    area = (left, top, wide, tall)
    draw_bits(canvas, record.part(header, size), record.part(bits, length), box, area, operation, from_below=True)


def set_dib(canvas: Canvas, record: Record) -> None:
    """EMR_SETDIBITSTODEVICE."""
    x, y, left, top, wide, tall = record.numbers("6i", 24)
    header, size, bits, length = record.numbers("4I", 48)
    box = (float(x), float(y), float(x + wide), float(y + tall))
    area = (left, top, wide, tall)
    draw_bits(canvas, record.part(header, size), record.part(bits, length), box, area, SRCCOPY, from_below=True)


def blit(canvas: Canvas, record: Record, *, stretched: bool, alpha: bool = False) -> None:
    """EMR_BITBLT, EMR_STRETCHBLT, EMR_ALPHABLEND, EMR_TRANSPARENTBLT."""
    x, y, wide, tall = record.numbers("4i", 24)
    operation = record.unsigned(40)
    left, top = record.numbers("2i", 44)
    header, size, bits, length = record.numbers("4I", 84)
    box = (float(x), float(y), float(x + wide), float(y + tall))
    if not size or not length:
        if not alpha:
            draw_over(canvas, box, operation)
        return
    across, down = record.numbers("2i", 100) if stretched else (wide, tall)
    own_alpha = alpha and operation >> 24 == 1
    draw_bits(
        canvas,
        record.part(header, size),
        record.part(bits, length),
        box,
        (left, top, across, down),
        SRCCOPY if alpha else operation,
        own_alpha=own_alpha,
    )


def gradient(canvas: Canvas, record: Record) -> None:
    """EMR_GRADIENTFILL: rectangles in strips, triangles in the mean of their colours."""
    corners, meshes, mode = record.numbers("3I", 24)
    if max(corners, meshes) > len(record.data) // 8:
        raise Unreadable
    places = [record.place(36 + 16 * at) for at in range(corners)]
    colours = [record.numbers("3H", 44 + 16 * at) for at in range(corners)]
    each = 3 if mode == _TRIANGLES else 2
    for number in range(meshes):
        found = record.numbers(f"{each}I", 36 + 16 * corners + 4 * each * number)
        if max(found) >= corners:
            raise Unreadable
        ends, tints = [places[at] for at in found], [colours[at] for at in found]
        if each == 3:
            canvas.fill(polygon(ends), _between(tints, (1 / 3, 1 / 3, 1 / 3)))
            continue
        (left, top), (right, bottom) = ends
        for strip in range(_STRIPS):
            # Each reaches to the end, below those that follow, so that no seam shows.
            share = strip / _STRIPS
            first = left + (right - left) * share, top + (bottom - top) * share
            box = (left, first[1], right, bottom) if mode else (first[0], top, right, bottom)
            share += 0.5 / _STRIPS
            canvas.fill(curves.rectangle(box), _between(tints, (1 - share, share)))


def _between(tints: Sequence[tuple[int, ...]], shares: Sequence[float]) -> Colour:
    """A mixture of colours of 16 bits."""
    red, green, blue = (
        sum(tint[part] * share for tint, share in zip(tints, shares, strict=True)) / 65_280 for part in range(3)
    )
    return min(red, 1.0), min(green, 1.0), min(blue, 1.0)
