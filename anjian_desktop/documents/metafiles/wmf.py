"""Reads the older metafiles of 16 bits record by record ([MS-WMF]) and draws them on a canvas."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from heapq import heappop, heappush

from anjian_desktop.documents.metafiles import curves, wmf_figures, wmf_objects, wmf_pictures, wmf_text
from anjian_desktop.documents.metafiles.canvas import Canvas
from anjian_desktop.documents.metafiles.device import Brush, LogicalFont, LogicalPen, WindowPlane
from anjian_desktop.documents.metafiles.drawing import Bitmap, Item, Point, Shape
from anjian_desktop.documents.metafiles.limits import Allowance, Unreadable
from anjian_desktop.documents.metafiles.records import Record

_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_HEAD, _PLACEABLE_HEAD = 18, 22
_PIXEL = 0.75
_LONGEST = 500.0
"""Longest side (pt) of the frame of a metafile that says no size; the document scales it."""
_WINDOW, _EXTENT = 0x020B, 0x020C
_MOST_OBJECTS = 4096

Step = Callable[["WmfPlayer", Record], None]


def is_wmf(data: bytes) -> bool:
    """Whether these are the bytes of a metafile of 16 bits, with or without a header that says its size."""
    at = _PLACEABLE_HEAD if data[:4] == _PLACEABLE else 0
    return data[at : at + 4] in (b"\1\0\x09\0", b"\2\0\x09\0") and data[at + 4 : at + 6] in (b"\0\3", b"\0\1")


def draw_wmf(data: bytes, allowance: Allowance) -> tuple[float, float, Canvas]:
    """The size of a metafile (pt) and what it draws. Raises Unreadable."""
    at = _PLACEABLE_HEAD if data[:4] == _PLACEABLE else 0
    records = list(_records(data, at + _HEAD, allowance))
    if at:
        left, top, right, bottom, inch = struct.unpack_from("<4hH", data, 6)
        origin, size = (float(left), float(top)), (float(right - left), float(bottom - top))
        scale = 72 / (inch or 96)
    else:
        origin, size = _window(records) or _bounds(records, allowance)
        scale = _LONGEST / max(abs(size[0]), abs(size[1]), 1.0)
    if not size[0] or not size[1]:
        raise Unreadable
    plane = WindowPlane(abs(size[0]) * scale, abs(size[1]) * scale, _PIXEL)
    return plane.width, plane.height, _played(records, plane, origin, size, allowance)


def _played(records: list[Record], plane: WindowPlane, origin: Point, size: Point, allowance: Allowance) -> Canvas:
    player = WmfPlayer(Canvas(plane, allowance))
    player.canvas.state.window, player.canvas.state.window_size = origin, size
    for record in records:
        player.play(record)
    return player.canvas


def _window(records: list[Record]) -> tuple[Point, Point] | None:
    """The first window the records tell, where the file's header tells none."""
    places = {kind: next((one for one in records if one.kind == kind), None) for kind in (_WINDOW, _EXTENT)}
    extent, origin = places[_EXTENT], places[_WINDOW]
    if extent is None:
        return None
    return origin.short_place(6) if origin is not None else (0.0, 0.0), extent.short_place(6)


def _bounds(records: list[Record], allowance: Allowance) -> tuple[Point, Point]:
    """The window all that is drawn fills."""
    unit = _played(records, WindowPlane(1.0, 1.0, 1.0), (0.0, 0.0), (1.0, 1.0), allowance)
    places = [place for item in unit.items for place in _places(item)]
    if not places:
        raise Unreadable
    left, top = min(x for x, _ in places), min(y for _, y in places)
    return (left, top), (max(x for x, _ in places) - left, max(y for _, y in places) - top)


def _places(item: Item) -> Iterator[Point]:
    if isinstance(item, Shape):
        for _, numbers in item.path:
            yield from zip(numbers[::2], numbers[1::2], strict=True)
    else:
        a, b, c, d, e, f = item.matrix
        yield e, f
        if isinstance(item, Bitmap):
            yield a + c + e, b + d + f


def _records(data: bytes, at: int, allowance: Allowance) -> Iterator[Record]:
    while at + 6 <= len(data):
        words, kind = struct.unpack_from("<IH", data, at)
        size = 2 * words
        if kind == 0:
            return
        if words < 3 or at + size > len(data):
            raise Unreadable
        allowance.spend(1)
        yield Record(kind, data[at : at + size])
        at += size
    raise Unreadable


class WmfPlayer:
    """Does what the records say."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._objects: list[LogicalPen | LogicalFont | Brush | str | None] = []
        self._free: list[int] = []

    def play(self, record: Record) -> None:
        """Does what one record says; what shows but is not known is remembered by the canvas."""
        step = _STEPS.get(record.kind)
        if step is not None:
            step(self, record)
        elif record.kind in _SHOWN:
            self.canvas.whole = False

    def window(self, record: Record) -> None:
        """META_SETWINDOWORG and the like; the viewport is the frame, whatever the file says."""
        state, place = self.canvas.state, record.short_place(6)
        if record.kind == _WINDOW:
            state.window = place
        elif record.kind == _EXTENT:
            if not place[0] or not place[1]:
                raise Unreadable
            state.window_size = place
        else:
            state.window = state.window[0] + place[0], state.window[1] + place[1]

    def scale(self, record: Record) -> None:
        """META_SCALEWINDOWEXT."""
        under, y, over, x = record.numbers("4h", 6)
        wide, tall = self.canvas.state.window_size
        self.canvas.state.window_size = wide * x / (over or 1) or 1.0, tall * y / (under or 1) or 1.0

    def mode(self, record: Record) -> None:
        """Settings of one number."""
        state, (value,) = self.canvas.state, record.numbers("H", 6)
        if record.kind == 0x0102:
            state.opaque = value == 2
        elif record.kind == 0x0106:
            state.even_odd = value != 2
        elif record.kind == 0x0104:
            state.operation = value
        else:
            state.align = value

    def tint(self, record: Record) -> None:
        """META_SETTEXTCOLOR, META_SETBKCOLOR."""
        if record.kind == 0x0209:
            self.canvas.state.text_colour = record.colour(6)
        else:
            self.canvas.state.back_colour = record.colour(6)

    def make(self, record: Record) -> None:
        """A new object takes the first free number."""
        found = wmf_objects.made(record, self.canvas.allowance)
        if self._free:
            self._objects[heappop(self._free)] = found
        elif len(self._objects) < _MOST_OBJECTS:
            self._objects.append(found)
        else:
            raise Unreadable

    def select(self, record: Record) -> None:
        """META_SELECTOBJECT."""
        (number,) = record.numbers("H", 6)
        found = self._objects[number] if number < len(self._objects) else None
        if not isinstance(found, str):
            self.canvas.select(found)

    def delete(self, record: Record) -> None:
        """META_DELETEOBJECT."""
        (number,) = record.numbers("H", 6)
        if number < len(self._objects) and self._objects[number] is not None:
            self._objects[number] = None
            heappush(self._free, number)

    def clip(self, record: Record) -> None:
        """META_INTERSECTCLIPRECT, META_EXCLUDECLIPRECT."""
        box = curves.rectangle(record.short_box(6))
        if record.kind == 0x0416:
            self.canvas.clip_to_figure(box)
        else:
            self.canvas.clip_out(box)

    def region(self, record: Record) -> None:
        """META_SELECTCLIPREGION: none (any number that is no region's) shows all again; others are not known."""
        (number,) = record.numbers("H", 6)
        self.canvas.state.clip = ()
        if number < len(self._objects) and self._objects[number] == wmf_objects.OTHER:
            self.canvas.whole = False


def _on_canvas(draw: Callable[[Canvas, Record], None]) -> Step:
    """A step that only draws."""
    return lambda player, record: draw(player.canvas, record)


_STEPS: dict[int, Step] = {
    0x001E: lambda player, _record: player.canvas.save(),
    0x0127: lambda player, record: player.canvas.restore(record.numbers("h", 6)[0]),
    **dict.fromkeys((_WINDOW, _EXTENT, 0x020F), WmfPlayer.window),
    0x0410: WmfPlayer.scale,
    **dict.fromkeys((0x0102, 0x0104, 0x0106, 0x012E), WmfPlayer.mode),
    **dict.fromkeys((0x0201, 0x0209), WmfPlayer.tint),
    **dict.fromkeys((0x00F7, 0x0142, 0x01F9, 0x02FA, 0x02FB, 0x02FC, 0x06FF), WmfPlayer.make),
    0x012D: WmfPlayer.select,
    0x01F0: WmfPlayer.delete,
    **dict.fromkeys((0x0415, 0x0416), WmfPlayer.clip),
    0x012C: WmfPlayer.region,
    **dict.fromkeys((0x0213, 0x0214), _on_canvas(wmf_figures.line)),
    **dict.fromkeys((0x0324, 0x0325), _on_canvas(wmf_figures.points)),
    0x0538: _on_canvas(wmf_figures.many),
    **dict.fromkeys((0x0418, 0x041B, 0x061C), _on_canvas(wmf_figures.box)),
    **dict.fromkeys((0x0817, 0x081A, 0x0830), _on_canvas(wmf_figures.arc)),
    0x041F: _on_canvas(wmf_figures.pixel),
    0x0521: _on_canvas(wmf_text.text),
    0x0A32: _on_canvas(wmf_text.long_text),
    0x061D: _on_canvas(wmf_pictures.pattern),
    **dict.fromkeys((0x0940, 0x0B41, 0x0F43, 0x0D33), _on_canvas(wmf_pictures.picture)),
}
"""What each kind of record does (2.3)."""

_SHOWN = frozenset((0x012B, 0x0228, 0x0419, 0x0429, 0x0548, 0x0922, 0x0B23))
"""Kinds of records that show, or limit what shows, and are not drawn."""
