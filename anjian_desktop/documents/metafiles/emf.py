"""Reads enhanced metafiles record by record ([MS-EMF]) and draws them on a canvas."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from anjian_desktop.documents.metafiles import curves, emf_figures, emf_objects, emf_pictures, emf_text
from anjian_desktop.documents.metafiles.canvas import EVERYWHERE, Canvas
from anjian_desktop.documents.metafiles.device import STOCK, Brush, DevicePlane, LogicalFont, LogicalPen
from anjian_desktop.documents.metafiles.drawing import IDENTITY, Path, Segment, joined
from anjian_desktop.documents.metafiles.limits import MAX_HANDLES, Allowance, Unreadable
from anjian_desktop.documents.metafiles.records import Record

_HEADER, _END = 1, 14
_COMMENT, _PLUS = 70, 0x2B464D45
_PLUS_HEADER = 0x4001
_MM = 72 / 25.4

Step = Callable[["EmfPlayer", Record], None]


def is_emf(data: bytes) -> bool:
    """Whether these are the bytes of an enhanced metafile."""
    return data[:4] == b"\1\0\0\0" and data[40:44] == b" EMF"


def draw_emf(data: bytes, allowance: Allowance) -> tuple[float, float, Canvas]:
    """The size of an enhanced metafile's frame (pt) and what it draws. Raises Unreadable."""
    head = Record(_HEADER, data[:108])
    left, top, right, bottom = head.box(24)
    wide, tall, wide_mm, tall_mm = head.numbers("4i", 72)
    if wide <= 0 or tall <= 0 or wide_mm <= 0 or tall_mm <= 0 or right <= left or bottom <= top:
        raise Unreadable
    across, down = _MM * wide_mm / wide, _MM * tall_mm / tall
    plane = DevicePlane(across, down, left / 100 * _MM, top / 100 * _MM)
    player = EmfPlayer(Canvas(plane, allowance))
    for record in _records(data, allowance):
        player.play(record)
    if player.plus_alone:
        raise Unreadable
    return (right - left) / 100 * _MM, (bottom - top) / 100 * _MM, player.canvas


def _records(data: bytes, allowance: Allowance) -> Iterator[Record]:
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8 or size % 4 or at + size > len(data):
            raise Unreadable
        allowance.spend(1)
        yield Record(kind, data[at : at + size])
        if kind == _END:
            return
        at += size
    raise Unreadable


class EmfPlayer:
    """Does what the records say. `plus_alone`: what shows is in EMF+ records alone, which are not read."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.plus_alone = False
        self._objects: dict[int, LogicalPen | LogicalFont | Brush] = {}

    def play(self, record: Record) -> None:
        """Does what one record says; what shows but is not known is remembered by the canvas."""
        step = _STEPS.get(record.kind)
        if step is not None:
            step(self, record)
        elif record.kind in _SHOWN:
            self.canvas.whole = False

    # state

    def comment(self, record: Record) -> None:
        if len(record.data) >= 28 and record.unsigned(12) == _PLUS:
            kind, flags = record.numbers("2H", 16)
            if kind == _PLUS_HEADER and not flags & 1:
                self.plus_alone = True

    def window(self, record: Record) -> None:
        state, place = self.canvas.state, record.place(8)
        if record.kind == 9:
            state.window_size = place
        elif record.kind == 10:
            state.window = place
        elif record.kind == 11:
            state.viewport_size = place
        else:
            state.viewport = place

    def scale(self, record: Record) -> None:
        state = self.canvas.state
        x, over, y, under = record.numbers("4i", 8)
        share_x, share_y = x / (over or 1), y / (under or 1)
        if record.kind == 31:
            state.viewport_size = state.viewport_size[0] * share_x, state.viewport_size[1] * share_y
        else:
            state.window_size = state.window_size[0] * share_x, state.window_size[1] * share_y

    def mode(self, record: Record) -> None:
        state, value = self.canvas.state, record.unsigned(8)
        if record.kind == 17:
            state.map_mode = value
        elif record.kind == 18:
            state.opaque = value == 2
        elif record.kind == 19:
            state.even_odd = value != 2
        elif record.kind == 20:
            state.operation = value
        elif record.kind == 22:
            state.align = value
        elif record.kind == 57:
            state.clockwise = value == 2

    def tint(self, record: Record) -> None:
        if record.kind == 24:
            self.canvas.state.text_colour = record.colour(8)
        else:
            self.canvas.state.back_colour = record.colour(8)

    def world(self, record: Record) -> None:
        state, found = self.canvas.state, record.matrix(8)
        how = record.unsigned(32) if record.kind == 36 else 4
        if how == 1:
            state.world = IDENTITY
        elif how == 2:
            state.world = joined(found, state.world)
        elif how == 3:
            state.world = joined(state.world, found)
        elif how == 4:
            state.world = found

    def make(self, record: Record) -> None:
        number = record.unsigned(8)
        if not 0 < number < MAX_HANDLES:
            raise Unreadable
        found: LogicalPen | LogicalFont | Brush
        if record.kind == 38:
            found = emf_objects.pen(record)
        elif record.kind == 95:
            found = emf_objects.long_pen(record)
        elif record.kind == 39:
            found = emf_objects.brush(record)
        elif record.kind == 82:
            found = emf_objects.font(record)
        else:
            found = emf_objects.pattern(record, self.canvas.allowance)
        self._objects[number] = found

    def select(self, record: Record) -> None:
        number = record.unsigned(8)
        self.canvas.select(STOCK.get(number & 0xFF) if number & 0x80000000 else self._objects.get(number))

    def delete(self, record: Record) -> None:
        self._objects.pop(record.unsigned(8), None)

    # lines and areas

    def move(self, record: Record) -> None:
        self.canvas.move_to(record.place(8))

    def line(self, record: Record) -> None:
        place = record.place(8)
        self.canvas.steps_to([("l", place)], place)

    def path(self, record: Record) -> None:
        canvas, kind = self.canvas, record.kind
        if kind == 59:
            canvas.begin_path()
        elif kind == 60:
            canvas.end_path()
        elif kind == 61:
            canvas.close_figure()
        elif kind == 68:
            canvas.take_path()
        else:
            canvas.paint_path(fill=kind in (62, 63), stroke=kind in (63, 64))

    def region(self, record: Record) -> None:
        at = 32 if record.kind in (71, 72) else 28 if record.kind in (73, 74) else 24
        segments = _region(record, at if record.kind != 72 else 40)
        if record.kind == 71:
            number = record.unsigned(28)
            found = STOCK.get(number & 0xFF) if number & 0x80000000 else self._objects.get(number)
            if isinstance(found, Brush) and found.colour is not None:
                self.canvas.fill(segments, found.colour)
        elif record.kind == 74:
            self.canvas.figure(segments, fill=True, stroke=False)

    # clips

    def clip(self, record: Record) -> None:
        canvas, kind = self.canvas, record.kind
        if kind == 30:
            canvas.clip_to_figure(curves.rectangle(record.box(8)))
        elif kind == 29:
            canvas.clip_out(curves.rectangle(record.box(8)))
        elif kind == 28:
            canvas.state.outer_clip = canvas.clip
            canvas.state.clip = ()
        elif kind == 67:
            self._clip_by(canvas.take_path(), record.unsigned(8))
        elif kind == 75:
            size, how = record.numbers("2I", 8)
            if not size:
                canvas.state.clip = ()
                return
            self._clip_by(self._region_path(record), how)

    def _region_path(self, record: Record) -> Path:
        """A region's path in the frame: regions are told in the device's pixels, whatever the coordinates are."""
        plane = self.canvas.plane
        assert isinstance(plane, DevicePlane)
        found: list[Segment] = []
        for kind, numbers in _region(record, 16):
            if numbers:
                numbers = numbers[0] * plane.across - plane.left, numbers[1] * plane.down - plane.top
            found.append((kind, numbers))
        return tuple(found)

    def _clip_by(self, path: Path, how: int) -> None:
        if how == 5:
            self.canvas.clip_to(path, anew=True)
        elif how == 1:
            self.canvas.clip_to(path)
        elif how == 4:
            self.canvas.clip_to((*EVERYWHERE, *path))
        else:
            self.canvas.whole = False

    # bitmaps

    def picture(self, record: Record) -> None:
        canvas, kind = self.canvas, record.kind
        if kind == 81:
            emf_pictures.stretch_dib(canvas, record)
        elif kind == 80:
            emf_pictures.set_dib(canvas, record)
        else:
            emf_pictures.blit(canvas, record, stretched=kind in (77, 114, 116), alpha=kind in (114, 116))


def _region(record: Record, at: int) -> list[Segment]:
    """The rectangles of a region (2.2.24)."""
    size, kind, count = record.numbers("3I", at)
    if kind != 1 or count > len(record.data) // 16 or size < 32:
        raise Unreadable
    found: list[Segment] = []
    for number in range(count):
        found += curves.rectangle(record.box(at + 32 + 16 * number))
    return found


def _on_canvas(draw: Callable[[Canvas, Record], None]) -> Step:
    """A step that only draws."""
    return lambda player, record: draw(player.canvas, record)


_STEPS: dict[int, Step] = {
    _COMMENT: EmfPlayer.comment,
    **dict.fromkeys((9, 10, 11, 12), EmfPlayer.window),
    **dict.fromkeys((31, 32), EmfPlayer.scale),
    **dict.fromkeys((17, 18, 19, 20, 22, 57), EmfPlayer.mode),
    **dict.fromkeys((24, 25), EmfPlayer.tint),
    **dict.fromkeys((35, 36), EmfPlayer.world),
    **dict.fromkeys((38, 39, 82, 93, 94, 95), EmfPlayer.make),
    33: lambda player, _record: player.canvas.save(),
    34: lambda player, record: player.canvas.restore(record.signed(8)),
    37: EmfPlayer.select,
    40: EmfPlayer.delete,
    27: EmfPlayer.move,
    54: EmfPlayer.line,
    **dict.fromkeys((2, 3, 4, 5, 6, 85, 86, 87, 88, 89), _on_canvas(emf_figures.points)),
    **dict.fromkeys((7, 8, 90, 91), _on_canvas(emf_figures.many)),
    **dict.fromkeys((42, 43, 44), _on_canvas(emf_figures.box)),
    **dict.fromkeys((45, 46, 47, 55), _on_canvas(emf_figures.arc)),
    **dict.fromkeys((59, 60, 61, 62, 63, 64, 68), EmfPlayer.path),
    **dict.fromkeys((71, 74), EmfPlayer.region),
    **dict.fromkeys((28, 29, 30, 67, 75), EmfPlayer.clip),
    **dict.fromkeys((83, 84), _on_canvas(emf_text.text)),
    118: _on_canvas(emf_pictures.gradient),
    108: _on_canvas(emf_text.small_text),
    **dict.fromkeys((76, 77, 80, 81, 114, 116), EmfPlayer.picture),
}
"""What each kind of record does (2.3)."""

_SHOWN = frozenset((15, 41, 53, 56, 65, 66, 72, 73, 78, 79, 92, 96, 97))
"""Kinds of records that show, or limit what shows, and are not drawn."""
