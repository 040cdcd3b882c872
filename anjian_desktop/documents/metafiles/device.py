"""The state a metafile draws with (pens, brushes, fonts, places, clips) and how its coordinates lie in the frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from anjian_desktop.documents.metafiles.drawing import IDENTITY, Clip, Colour, Matrix, Pen, Point, Typeface, joined

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
MM_TEXT, MM_ISOTROPIC, MM_ANISOTROPIC = 1, 7, 8
_PER_INCH = {2: 254.0, 3: 2540.0, 4: 100.0, 5: 1000.0, 6: 1440.0}
"""Units to the inch of the mapping modes whose units are lengths and whose second axis points up ([MS-EMF] 2.1.21)."""
_LARGEST = 1e7


@dataclass(frozen=True, slots=True)
class LogicalPen:
    """A pen as the file makes it: style bits ([MS-EMF] 2.1.25), width in its units, None for no line at all."""

    width: float
    colour: Colour
    style: int = 0
    geometric: bool = False
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class LogicalFont:
    """A font as the file makes it: its height (negative: of the em), its slope in degrees, its character set."""

    face: Typeface
    height: float
    slope: float
    charset: int


@dataclass(frozen=True, slots=True)
class Brush:
    """What areas are filled with; no colour: they stay empty."""

    colour: Colour | None


PLAIN_FONT = LogicalFont(Typeface("Arial"), 0.0, 0.0, 1)
STOCK: dict[int, LogicalPen | LogicalFont | Brush] = {
    0: Brush(WHITE), 1: Brush((0.75, 0.75, 0.75)), 2: Brush((0.5, 0.5, 0.5)), 3: Brush((0.25, 0.25, 0.25)), 4: Brush(BLACK),
    5: Brush(None), 6: LogicalPen(0, WHITE), 7: LogicalPen(0, BLACK), 8: LogicalPen(0, BLACK, 5), 10: PLAIN_FONT,
    11: PLAIN_FONT, 12: PLAIN_FONT, 13: PLAIN_FONT, 14: PLAIN_FONT, 16: PLAIN_FONT, 17: PLAIN_FONT, 18: Brush(WHITE),
}  # fmt: skip
"""Objects every device has ([MS-EMF] 2.1.31)."""


@dataclass(slots=True)
class State:
    """What SaveDC keeps."""

    world: Matrix = IDENTITY
    map_mode: int = MM_TEXT
    window: Point = (0.0, 0.0)
    window_size: Point = (1.0, 1.0)
    viewport: Point = (0.0, 0.0)
    viewport_size: Point = (1.0, 1.0)
    pen: LogicalPen = field(default_factory=lambda: LogicalPen(0, BLACK))
    brush: Brush = field(default_factory=lambda: Brush(WHITE))
    font: LogicalFont = PLAIN_FONT
    text_colour: Colour = BLACK
    back_colour: Colour = WHITE
    opaque: bool = True
    align: int = 0
    operation: int = 13
    even_odd: bool = True
    clockwise: bool = False
    place: Point = (0.0, 0.0)
    clip: Clip = ()
    outer_clip: Clip = ()


class Plane(Protocol):
    """How the coordinates of a kind of metafile lie in its frame."""

    @property
    def pixel(self) -> float:
        """The size of a pixel there (pt)."""
        ...

    def page(self, state: State) -> Matrix:
        """Maps the page's coordinates, the world's transform done, to the frame."""
        ...


@dataclass(frozen=True)
class DevicePlane:
    """The plane of an EMF: its records end in pixels of a device; `left`, `top`: the frame's corner there."""

    across: float
    down: float
    left: float
    top: float

    @property
    def pixel(self) -> float:
        """The size of a pixel (pt)."""
        return (self.across + self.down) / 2

    def page(self, state: State) -> Matrix:
        """Maps the page's coordinates to the frame by the mapping mode."""
        wide = tall = 1.0
        if state.map_mode in _PER_INCH:
            per_inch = _PER_INCH[state.map_mode]
            wide, tall = 72 / per_inch / self.across, -72 / per_inch / self.down
        elif state.map_mode in (MM_ISOTROPIC, MM_ANISOTROPIC):
            wide = state.viewport_size[0] / (state.window_size[0] or 1.0)
            tall = state.viewport_size[1] / (state.window_size[1] or 1.0)
        x = state.viewport[0] - state.window[0] * wide
        y = state.viewport[1] - state.window[1] * tall
        return joined((wide, 0.0, 0.0, tall, x, y), (self.across, 0.0, 0.0, self.down, -self.left, -self.top))


@dataclass(frozen=True)
class WindowPlane:
    """The plane of a WMF: whatever its window is fills the frame."""

    width: float
    height: float
    pixel: float

    def page(self, state: State) -> Matrix:
        """Maps the window to the frame."""
        wide = self.width / (state.window_size[0] or 1.0)
        tall = self.height / (state.window_size[1] or 1.0)
        return wide, 0.0, 0.0, tall, -state.window[0] * wide, -state.window[1] * tall


def usable(matrix: Matrix) -> bool:
    """Whether a mapping's numbers are such as can be written."""
    return all(abs(part) < _LARGEST for part in matrix)


def pen_on_paper(pen: LogicalPen, scale: float, pixel: float) -> Pen | None:
    """A pen in pt; `scale`: pt a unit of its width has."""
    kind = pen.style & 0xF
    if kind == 5:
        return None
    thin = not pen.geometric and pen.width <= 1
    width = min(pixel, 0.75) if thin else max(pen.width * scale, 0.05)
    unit = max(width, min(pixel, 0.75))
    dashes = tuple(part * unit for part in _DASHES.get(kind, ()))
    if kind == 7:
        dashes = tuple(max(part * (scale if pen.geometric else pixel), 0.01) for part in pen.dashes)
    cap = {0x000: 1, 0x100: 2, 0x200: 0}.get(pen.style & 0xF00, 0)
    join = {0x0000: 1, 0x1000: 2, 0x2000: 0}.get(pen.style & 0xF000, 0)
    if dashes and not pen.geometric:
        cap = 0
    return Pen(width, pen.colour, dashes, cap, join)


_DASHES = {1: (3.0, 1.0), 2: (1.0, 1.0), 3: (3.0, 1.0, 1.0, 1.0), 4: (3.0, 1.0, 1.0, 1.0, 1.0, 1.0), 8: (1.0, 1.0)}
"""Dashes and gaps of the pen styles, in widths."""
