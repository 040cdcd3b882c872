"""What a metafile shows, as values: paths, text and bitmaps in the order they are drawn, in points of its own frame."""

from __future__ import annotations

from dataclasses import dataclass, replace

Colour = tuple[float, float, float]
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
"""Maps (x, y) to (a x + c y + e, b x + d y + f)."""

_WIDEST = 20.0
"""Blank that may be added round a drawing, in its sizes."""

Segment = tuple[str, tuple[float, ...]]
"""A step of a path as PDF has them: `m` and `l` with a point, `c` with three, `h` with none."""

Path = tuple[Segment, ...]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def joined(first: Matrix, then: Matrix) -> Matrix:
    """The mapping that does one and then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def mapped(matrix: Matrix, x: float, y: float) -> Point:
    """Where a mapping brings a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


@dataclass(frozen=True, slots=True)
class Pen:
    """How a path is stroked: width and dashes in pt, ends and joints as PDF numbers them (8.4.3.3)."""

    width: float
    colour: Colour
    dashes: tuple[float, ...] = ()
    cap: int = 1
    join: int = 1


Clip = tuple[Path, ...]
"""What is seen lies inside all of these, each by the even-odd rule."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A path that is filled, stroked or both."""

    path: Path
    pen: Pen | None
    fill: Colour | None
    even_odd: bool = True
    clip: Clip = ()


@dataclass(frozen=True, slots=True)
class Typeface:
    """The font a text asks for. `cell`: its height is the line's, ascent to descent, not that of the em."""

    name: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    cell: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text.

    `matrix`: maps units of the font's height, right along the line and down across it from the place of reference, to the
    frame. `advances`: the width of each character in these units, None for the font's own. `across`: whether the place is
    the line's `start`, `center` or `end`; `down`: whether its `top`, `baseline` or `bottom`. `back`: the colour behind.
    """

    text: str
    face: Typeface
    colour: Colour
    matrix: Matrix
    advances: tuple[float, ...] | None
    across: str = "start"
    down: str = "top"
    back: Colour | None = None
    clip: Clip = ()


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Pixels, row by row from the top. `mode`: `L`, `RGB` or `RGBA`; `matrix`: maps the unit square (y down) to the frame.

    `operation`: how it joins what lies below it (`and`, `or`, `xor`), until masks are joined.
    """

    pixels: bytes
    width: int
    height: int
    mode: str
    matrix: Matrix
    operation: str = ""
    clip: Clip = ()


Item = Shape | Text | Bitmap


@dataclass(frozen=True, eq=False)
class Drawing:
    """A drawing of a size (pt), known by its name: the same bytes, cut and turned alike, are the same drawing.

    `cut`: the shares not shown at the left, top, right and bottom. `quarters`: how often it is turned clockwise by a
    quarter. `whole`: whether all that the metafile draws is among its items.
    """

    name: str
    width: float
    height: float
    items: tuple[Item, ...]
    whole: bool = True
    cut: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    quarters: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Drawing) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)

    def shown_part(self, cut: tuple[float, float, float, float], quarters: int) -> Drawing:
        """The same with parts cut off and turned; nothing is cut where that would leave none."""
        left, top, right, bottom = (max(share, -_WIDEST) for share in cut)
        if left + right > 0.99:
            left = right = 0.0
        if top + bottom > 0.99:
            top = bottom = 0.0
        kept = (left, top, right, bottom)
        if not any(kept) and not quarters % 4:
            return self
        name = f"{self.name}{quarters % 4}{'_'.join(f'{share:.5f}' for share in kept)}".replace(".", "").replace(
            "-", "m"
        )
        return replace(self, name=name, cut=kept, quarters=quarters % 4)
