"""A whole Word document as values: its sections with their paper, margins, headers and footers, and its notes."""

from __future__ import annotations

from dataclasses import dataclass

from anjian_desktop.documents.layout.model import Block, Frame, Grid, NotLaidOut, RunFormat
from anjian_desktop.documents.layout.settings import Settings


@dataclass(frozen=True, slots=True)
class LineNumbers:
    """How lines are numbered: every `step`-th shows its number, `away` pt left of the text.

    `first`: the number counting begins with, again where `restart` says (`newPage` `newSection` `continuous`).
    """

    step: int
    first: int
    restart: str
    away: float
    format: RunFormat


@dataclass(frozen=True, slots=True)
class Furniture:
    """The headers or the footers of a section, by the page they stand on; None where the section has none."""

    odd: tuple[Block, ...] | None = None
    even: tuple[Block, ...] | None = None
    first: tuple[Block, ...] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that share a page layout: paper, margins (pt), grid, headers, footers, page numbers.

    `columns`: width of each column and the blank after it (pt); empty for one column of the whole width. `upright`: where
    the text stands on its pages (`top`, `center`, `bottom`).
    """

    blocks: tuple[Block, ...]
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header_distance: float
    footer_distance: float
    grid: Grid
    headers: Furniture
    footers: Furniture
    different_first: bool
    different_even: bool
    first_number: int | None
    number_format: str
    start: str
    columns: tuple[tuple[float, float], ...] = ()
    column_line: bool = False
    frame: Frame | None = None
    frame_from_page: bool = False
    line_numbers: LineNumbers | None = None
    upright: str = "top"

    @property
    def text_width(self) -> float:
        """Width of the type area in pt."""
        return self.width - self.left - self.right

    @property
    def column_width(self) -> float:
        """Width of the widest column in pt."""
        return max((width for width, _ in self.columns), default=self.text_width)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, and what in it cannot be laid out. `notes`: each footnote's key and what it says."""

    sections: tuple[Section, ...]
    settings: Settings
    not_laid_out: tuple[NotLaidOut, ...]
    notes: tuple[tuple[str, tuple[Block, ...]], ...] = ()
