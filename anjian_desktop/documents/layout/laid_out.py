"""What layout gives: pages of placed glyph runs and rules, in points, ready to be written or drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from anjian_desktop.documents.fonts import Face, FontUse
from anjian_desktop.documents.layout.model import FloatBox, NotLaidOut, Picture

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs of one face and size on one baseline.

    `x`, `y`: where the first glyph's origin stands, in pt from the left and the top edge (of the page, or of the fragment
    that holds the run). `codes`: two bytes a glyph, high byte first. `spacing`: pt added after each glyph. `scale`:
    horizontal scaling. `thicken`: draw the outline too, for a bold that the face lacks. `follows`: its text goes on where
    the run before it ended, whatever blank stands between. `slant`: draw it leaning, for an italic that the face lacks.
    `turn`: degrees it is turned clockwise about its origin (0, 90, -90).
    """

    face: Face
    size: float
    x: float
    y: float
    text: str
    codes: bytes
    spacing: float = 0.0
    scale: float = 1.0
    colour: Colour = BLACK
    thicken: bool = False
    follows: bool = False
    slant: bool = False
    turn: int = 0

    def moved(self, right: float, down: float) -> GlyphRun:
        """The same run elsewhere (pt)."""
        return GlyphRun(
            self.face,
            self.size,
            self.x + right,
            self.y + down,
            self.text,
            self.codes,
            self.spacing,
            self.scale,
            self.colour,
            self.thicken,
            self.follows,
            self.slant,
            self.turn,
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A filled rectangle (line, border, background): its top left corner and its size in pt.

    `dashes`: the lengths (pt) of what is drawn and left out of it in turn, along its longer side.
    """

    x: float
    y: float
    width: float
    height: float
    colour: Colour = BLACK
    dashes: tuple[float, ...] = ()

    def moved(self, right: float, down: float) -> Rule:
        """The same rectangle elsewhere (pt)."""
        return Rule(self.x + right, self.y + down, self.width, self.height, self.colour, self.dashes)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn path: points in pt, the width of its line (0: none), its colours; a closed one may be filled.

    `dashes`: the lengths (pt) of what is drawn and left out of its line in turn.
    """

    points: tuple[tuple[float, float], ...]
    width: float
    colour: Colour = BLACK
    closed: bool = False
    fill: Colour | None = None
    dashes: tuple[float, ...] = ()

    def moved(self, right: float, down: float) -> Stroke:
        """The same path elsewhere (pt)."""
        points = tuple((x + right, y + down) for x, y in self.points)
        return Stroke(points, self.width, self.colour, self.closed, self.fill, self.dashes)


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture and the place of its top left corner (pt)."""

    picture: Picture
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PlacedCode:
    """A QR code on a page: what it holds, its top left corner and the side of its square (pt), quiet zone included."""

    text: str
    x: float
    y: float
    side: float


class Fragment:
    """A line of text or a table row, placed as a whole; the same object stands on many pages.

    `lasting` says that it does not depend on the values filled in. `ink` is for who draws it: what was
    worked out once, by place. `floats`: boxes that hang on it, each with the place of its paragraph (pt from its corner).
    `notes`: the footnotes it refers to. `tail`: blank at its foot (pt) that may stand past the end of a page.
    `cut`: lines a row of fixed height leaves no room for. `seams`: what closes a box that goes on above it and below it where
    a page ends there, each with its height (pt). `base`: the place of its baseline where it is a line that counts (pt).
    `lead`: the blank its paragraph asks for above it where a page parts a cell before it (pt); `foot`: the one below it.
    `part`: for a row of a table inside a cell, gives for a height (pt) the part that fits and the rest, each with its height.
    """

    __slots__ = (
        "base",
        "cut",
        "floats",
        "foot",
        "ink",
        "lasting",
        "lead",
        "notes",
        "part",
        "pictures",
        "rules",
        "runs",
        "seams",
        "strokes",
        "tail",
    )

    def __init__(
        self,
        runs: tuple[GlyphRun, ...],
        rules: tuple[Rule, ...] = (),
        pictures: tuple[PlacedPicture, ...] = (),
        *,
        floats: tuple[tuple[SetFloat, float, float], ...] = (),
        notes: tuple[str, ...] = (),
        strokes: tuple[Stroke, ...] = (),
        lasting: bool = False,
    ) -> None:
        self.notes = notes
        self.tail = 0.0
        self.lead = 0.0
        self.foot = 0.0
        self.base: float | None = None
        self.cut: tuple[str, ...] = ()
        self.seams: tuple[tuple[float, Fragment], tuple[float, Fragment]] | None = None
        self.part: Callable[[float], tuple[tuple[Fragment, float], tuple[Fragment, float]] | None] | None = None
        self.runs = runs
        self.rules = rules
        self.pictures = pictures
        self.floats = floats
        self.strokes = strokes
        self.lasting = lasting
        self.ink: dict[tuple[float, float], bytes] = {}

    @property
    def text(self) -> str:
        """The characters it shows."""
        return "".join(run.text for run in self.runs)

    @property
    def shows(self) -> bool:
        """Whether anything of it is seen."""
        return bool(self.runs or self.rules or self.pictures or self.floats or self.strokes)

    def carrying(self, floats: tuple[tuple[SetFloat, float, float], ...]) -> Fragment:
        """The same with boxes that hang on it."""
        found = Fragment(
            self.runs,
            self.rules,
            self.pictures,
            floats=floats,
            notes=self.notes,
            strokes=self.strokes,
            lasting=self.lasting,
        )
        found.tail = self.tail
        found.lead = self.lead
        found.foot = self.foot
        found.base = self.base
        found.cut = self.cut
        found.seams = self.seams
        found.part = self.part
        return found

    def moved(self, right: float, down: float) -> tuple[list[GlyphRun], list[Rule]]:
        """Its runs and rules, shifted (pt)."""
        runs = [run.moved(right, down) for run in self.runs]
        rules = [rule.moved(right, down) for rule in self.rules]
        return runs, rules


Placed = tuple[Fragment, float, float]
"""A fragment with the place of its top left corner, in pt from the page's left and top edge."""


@dataclass(frozen=True, slots=True)
class SetFloat:
    """A box ready for pages: what stands in it from its own top left corner, its size with what it holds (pt)."""

    box: FloatBox
    placed: tuple[Placed, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size in pt and what stands on it, in reading order."""

    width: float
    height: float
    placed: tuple[Placed, ...]
    codes: tuple[PlacedCode, ...] = ()

    def runs(self) -> Iterator[GlyphRun]:
        """All glyph runs with places on the page."""
        for fragment, x, y in self.placed:
            yield from fragment.moved(x, y)[0]

    def rules(self) -> Iterator[Rule]:
        """All rules with places on the page."""
        for fragment, x, y in self.placed:
            yield from fragment.moved(x, y)[1]

    @property
    def text(self) -> str:
        """The page's text, one line a fragment."""
        return "\n".join(fragment.text for fragment, _, _ in self.placed)


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character no font at hand can print, and the text it stands in."""

    char: str
    text: str


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document on its pages, and what the clerk must know about it before it is printed."""

    pages: tuple[Page, ...]
    missing: tuple[str, ...] = ()
    missing_glyphs: tuple[MissingGlyph, ...] = ()
    not_laid_out: tuple[NotLaidOut, ...] = ()
    fonts: tuple[FontUse, ...] = ()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self.pages)
