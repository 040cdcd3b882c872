"""Takes the drawing calls of a metafile and gathers what they show, in points of its frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import cos, hypot, isfinite, radians, sin, sqrt

from anjian_desktop.documents.metafiles import curves
from anjian_desktop.documents.metafiles.curves import common_rectangle
from anjian_desktop.documents.metafiles.device import (
    BLACK,
    Brush,
    LogicalFont,
    LogicalPen,
    Plane,
    State,
    pen_on_paper,
    usable,
)
from anjian_desktop.documents.metafiles.drawing import (
    Bitmap,
    Clip,
    Colour,
    Item,
    Matrix,
    Path,
    Pen,
    Point,
    Segment,
    Shape,
    Text,
    joined,
    mapped,
)
from anjian_desktop.documents.metafiles.limits import MAX_SAVED, Allowance, Unreadable

_MOST_CLIPS = 16
_MASKED, _NOTHING = 9, 11
"""Raster operations of pens and brushes ([MS-WMF] 2.1.1.2) that join by AND, or leave everything as it is."""
_DEFAULT_HEIGHT = 16.0
"""Pixels of a font that says no height."""


EVERYWHERE: Path = tuple(curves.rectangle((-1e6, -1e6, 1e6, 1e6)))
"""A path round all that can be drawn: by the even-odd rule it turns one within it inside out."""


class Canvas:
    """What a metafile draws on. `whole`: nothing that would show was left out so far."""

    def __init__(self, plane: Plane, allowance: Allowance) -> None:
        self.plane = plane
        self.state = State()
        self.items: list[Item] = []
        self.whole = True
        self.allowance = allowance
        self._saved: list[State] = []
        self._path: list[Segment] = []
        self._open = False
        self._inverted: tuple[curves.Box, Colour] | None = None
        self._masked: list[tuple[Path, float]] = []
        self._was_whole = True

    # state

    def save(self) -> None:
        """Keeps the state."""
        if len(self._saved) >= MAX_SAVED:
            raise Unreadable
        self._saved.append(replace(self.state))

    def restore(self, which: int) -> None:
        """Goes back to a kept state: the last (-1), one before it, or by number from the first (1)."""
        at = len(self._saved) + which if which < 0 else which - 1
        if 0 <= at < len(self._saved):
            self.state = self._saved[at]
            del self._saved[at:]

    def select(self, found: LogicalPen | Brush | LogicalFont | None) -> None:
        """Draws with a pen, a brush or a font from now on."""
        if isinstance(found, LogicalPen):
            self.state.pen = found
        elif isinstance(found, Brush):
            self.state.brush = found
        elif isinstance(found, LogicalFont):
            self.state.font = found

    @property
    def matrix(self) -> Matrix:
        """Maps the file's coordinates to the frame."""
        found = joined(self.state.world, self.plane.page(self.state))
        if not usable(found):
            raise Unreadable
        return found

    # paths

    def begin_path(self) -> None:
        """What is drawn from now on is gathered."""
        self._path, self._open = [], True

    def end_path(self) -> None:
        """The path is ready to be painted."""
        self._open = False

    def close_figure(self) -> None:
        """Joins the last point of the path's figure with its first."""
        if self._open and self._path:
            self._path.append(("h", ()))

    def paint_path(self, *, fill: bool, stroke: bool) -> None:
        """Paints what was gathered."""
        path, self._path, self._open = tuple(self._path), [], False
        self._paint(path, fill=fill, stroke=stroke)

    def take_path(self) -> Path:
        """What was gathered, for a clip."""
        path, self._path, self._open = tuple(self._path), [], False
        return path

    def move_to(self, place: Point) -> None:
        """Begins a line."""
        self.state.place = place
        if self._open:
            self._path += self._mapped([("m", place)])

    def steps_to(self, segments: Sequence[Segment], end: Point) -> None:
        """Goes on from the present place along segments that end at `end`."""
        begun: list[Segment] = [("m", self.state.place), *segments]
        if self._open:
            drawn = segments if self._path and self._path[-1][0] != "h" else begun
            self._path += self._mapped(drawn)
        else:
            self._paint(tuple(self._mapped(begun)), fill=False, stroke=True)
        self.state.place = end

    def figure(self, segments: Iterable[Segment], *, fill: bool, stroke: bool = True) -> None:
        """Draws a figure in the file's coordinates, or gathers it."""
        found = self._mapped(segments)
        if self._open:
            self._path += found
        else:
            self._paint(tuple(found), fill=fill, stroke=stroke)

    def _mapped(self, segments: Iterable[Segment]) -> list[Segment]:
        a, b, c, d, e, f = self.matrix
        found: list[Segment] = []
        for kind, numbers in segments:
            self.allowance.spend(1)
            places: list[float] = []
            for at in range(0, len(numbers), 2):
                x, y = numbers[at], numbers[at + 1]
                places += (a * x + c * y + e, b * x + d * y + f)
            if any(abs(place) > 1e6 or not isfinite(place) for place in places):
                raise Unreadable
            found.append((kind, tuple(places)))
        return found

    def _paint(self, path: Path, *, fill: bool, stroke: bool) -> None:
        pen = self.pen() if stroke else None
        colour = self.state.brush.colour if fill else None
        if self.state.operation == _NOTHING:
            return
        if colour is not None and self.state.operation == _MASKED and self._inverted is not None:
            self._masked.append((path, sum(colour) / 3))
            return
        if path and (pen is not None or colour is not None):
            self.items.append(Shape(path, pen, colour, self.state.even_odd, self.clip))

    def fill(self, segments: Iterable[Segment], colour: Colour) -> None:
        """Fills a figure with a colour."""
        self.items.append(Shape(tuple(self._mapped(segments)), None, colour, True, self.clip))

    def stipple(self, box: curves.Box, *, mask: bool) -> None:
        """A brush joined with an area by XOR, AND, XOR lets a part of the paper show: it becomes its tone on white."""
        colour = self.state.brush.colour or BLACK
        if mask:
            self._masked.append((tuple(self._mapped(curves.rectangle(box))), sum(colour) / 3))
        elif self._inverted == (box, colour) and self._masked:
            for path, share in self._masked:
                red, green, blue = (part * (1 - share) + share for part in colour)
                self.items.append(Shape(path, None, (red, green, blue), self.state.even_odd, self.clip))
            self._inverted, self._masked = None, []
            self.whole = self._was_whole
        else:
            self._inverted, self._masked = (box, colour), []
            self._was_whole, self.whole = self.whole, False

    def pen(self) -> Pen | None:
        """The pen in pt."""
        a, b, c, d, _, _ = self.matrix
        return pen_on_paper(self.state.pen, sqrt(abs(a * d - b * c)), self.plane.pixel)

    # clips

    @property
    def clip(self) -> Clip:
        """What limits the things drawn now."""
        return self.state.outer_clip + self.state.clip

    def clip_to(self, path: Path, *, anew: bool = False) -> None:
        """Shows things within a path of the frame alone."""
        kept = () if anew else self.state.clip
        if path in kept:
            return
        both = common_rectangle(kept[-1], path) if kept else None
        if both is not None:
            self.state.clip = (*kept[:-1], both)
        elif len(kept) < _MOST_CLIPS:
            self.state.clip = (*kept, path)
        else:
            self.whole = False

    def clip_to_figure(self, segments: Iterable[Segment]) -> None:
        """The same for a path in the file's coordinates."""
        self.clip_to(tuple(self._mapped(segments)))

    def clip_out(self, segments: Iterable[Segment]) -> None:
        """Shows things outside of a figure alone."""
        self.clip_to((*EVERYWHERE, *self._mapped(segments)))

    # text and pictures

    def text(
        self, text: str, place: Point, advances: Sequence[float] | None, *, clip: curves.Box | None = None
    ) -> None:
        """Draws a line of text; `advances` in the file's units, one a character."""
        state = self.state
        self.allowance.spend(len(text) + 1)
        if state.align & 1:
            place = state.place
        font = state.font
        height = abs(font.height) or _DEFAULT_HEIGHT
        a, b, c, d, _, _ = self._text_axes()
        slope = radians(font.slope)
        right = mapped((a, b, c, d, 0.0, 0.0), height * cos(slope), -height * sin(slope))
        down = mapped((a, b, c, d, 0.0, 0.0), height * sin(slope), height * cos(slope))
        x, y = mapped(self.matrix, *place)
        matrix = (*right, *down, x, y)
        if not all(isfinite(part) and abs(part) < 1e6 for part in matrix) or hypot(*right) < 1e-3:
            return
        shares = tuple([min(max(advance / height, -1e4), 1e4) for advance in advances]) if advances else None
        across = {0: "start", 2: "end", 6: "center"}.get(state.align & 6, "start")
        level = "baseline" if state.align & 24 == 24 else "bottom" if state.align & 8 else "top"
        limits = self.clip
        if clip is not None:
            limits = (*limits, tuple(self._mapped(curves.rectangle(clip))))
        face = replace(font.face, cell=font.height > 0)
        back = state.back_colour if state.opaque else None
        if text.strip() or back:
            self.allowance.name(face.name)
            self.items.append(Text(text, face, state.text_colour, matrix, shares, across, level, back, limits))
        if state.align & 1:
            whole = sum(advances) if advances else height * sum(0.5 if ord(one) < 0x2E80 else 1.0 for one in text)
            state.place = place[0] + whole * cos(slope), place[1] - whole * sin(slope)

    def _text_axes(self) -> Matrix:
        """As the matrix, but letters stand upright also where the page's axes point left or up."""
        a, b, c, d, _, _ = self.plane.page(self.state)
        return joined(self.state.world, (abs(a), b, c, abs(d), 0.0, 0.0))

    def bitmap(self, found: Bitmap, box: curves.Box, operation: str) -> None:
        """Draws pixels into a rectangle of the file's coordinates."""
        left, top, right, bottom = box
        matrix = joined((right - left, 0.0, 0.0, bottom - top, left, top), self.matrix)
        if all(isfinite(part) and abs(part) < 1e6 for part in matrix):
            self.items.append(replace(found, matrix=matrix, operation=operation, clip=self.clip))
