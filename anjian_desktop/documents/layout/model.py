"""What a Word document says, as values: sections, paragraphs, pieces of text, tables; nothing placed yet.

Lengths are points (1/72 inch). The model is immutable, so that everything measured from a part of it can be kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.outlines import Outline

if TYPE_CHECKING:
    from anjian_desktop.documents.metafiles import Drawing

PAGE_FIELD, PAGES_FIELD, SECTION_PAGES_FIELD = "\ufdd0", "\ufdd1", "\ufdd4"
"""Stand-ins inside a text for the PAGE, NUMPAGES and SECTIONPAGES fields: noncharacters, which no document can hold as text."""
LINE_BREAK, PAGE_BREAK, COLUMN_BREAK, TAB = "\n", "\f", "\ufdd3", "\t"
OBJECT = "\ufdd2"
"""Stand-in for a picture in the line; its format says which."""


class Align(Enum):
    """Horizontal alignment of a paragraph; BOTH leaves its last line at the start, SPREAD stretches that too."""

    START = "start"
    CENTER = "center"
    END = "end"
    BOTH = "both"
    SPREAD = "spread"


class LineRule(Enum):
    """How `ParagraphFormat.line` is meant: a multiple of the natural height, at least, or exactly so many points."""

    MULTIPLE = "auto"
    AT_LEAST = "atLeast"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class NotLaidOut:
    """Something in the document that the pages do not show, or show more simply; `place` says where, in Chinese."""

    feature: str
    place: str


@dataclass(frozen=True, slots=True)
class Border:
    """One border line: its whole width in pt, its colour, its kind as the file names it."""

    width: float
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)
    kind: str = "single"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the bytes of its file (none: a blank of its size) and its size on paper in pt.

    `role`: the alternative text it carries, by which a certificate knows the places of photo and code. `box`: the number
    of the paragraph's box that stands here in the line, -1 for none. `drawing`: what is shown instead of bytes.
    """

    data: bytes
    width: float
    height: float
    role: str = ""
    box: int = -1
    drawing: Drawing | None = None

    @property
    def name(self) -> str:
        """A name its bytes alone decide."""
        return self.drawing.name if self.drawing else hashlib.sha256(self.data).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RunFormat:
    """How a piece of text looks. `size` in pt, `spacing` extra pt after each character, `rise` in em.

    `language`: of its East Asian text, unless that is Chinese; `western`: of its Latin text, if East Asian. `beside`: the size (pt) raised or lowered text had on the line.
    `kerned`: pairs of Latin letters are kerned. `fill`: the colour behind the text. `emphasis`: the mark at each character
    (`dot`, `comma`, `circle`, `underDot`). `lines`: how the underline is drawn (`single`, `double`, `wave`, `dotted` …).
    `stop`: where a tab of it leads, its place a share of the line's width. `symbol`: it is of a symbol font.
    """

    east_asian: str = "宋体"
    latin: str = "Times New Roman"
    language: str = ""
    western: str = ""
    size: float = 10.5
    bold: bool = False
    underline: bool = False
    strike: bool = False
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)
    spacing: float = 0.0
    rise: float = 0.0
    beside: float = 0.0
    scale: float = 1.0
    prefer_east_asian: bool = False
    on_grid: bool = True
    italic: bool = False
    kerned: bool = False
    fill: tuple[float, float, float] | None = None
    emphasis: str = ""
    lines: str = "single"
    box: Border | None = None
    picture: Picture | None = None
    note: str = ""
    stop: Tab | None = None
    symbol: bool = False

    @property
    def plain(self) -> bool:
        """Whether nothing but the characters themselves is drawn."""
        return not (self.underline or self.strike or self.fill or self.emphasis or self.box or self.note)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop: place from the text edge (pt), kind (`left` `center` `right`), leader (`` `dot` `underscore`)."""

    position: float
    kind: str = "left"
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Borders:
    """The four border lines of a cell or a paragraph; None where there is none."""

    top: Border | None = None
    left: Border | None = None
    bottom: Border | None = None
    right: Border | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a paragraph: lines, their distances from the text (top, left, bottom, right, pt), the colour behind.

    `between`: the line, and its distance, that parts it from one above that has the same around it.
    """

    lines: Borders
    spaces: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    fill: tuple[float, float, float] | None = None
    between: tuple[Border, float] | None = None


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """How a paragraph stands. Indents in pt; the `…_chars` ones in characters and stronger than the pt ones.

    `auto_before`, `auto_after`: the blank is left to the program.
    `joins_above`, `joins_below`: the neighbour has the same frame, and neither's lines stand between.
    `uncounted`: its lines have no numbers.
    """

    align: Align = Align.BOTH
    start: float = 0.0
    end: float = 0.0
    first: float = 0.0
    start_chars: float | None = None
    end_chars: float | None = None
    first_chars: float | None = None
    before: float = 0.0
    after: float = 0.0
    before_lines: float | None = None
    after_lines: float | None = None
    auto_before: bool = False
    auto_after: bool = False
    line: float = 1.0
    line_rule: LineRule = LineRule.MULTIPLE
    on_grid: bool = True
    keep_next: bool = False
    keep_lines: bool = False
    page_break_before: bool = False
    widow_control: bool = True
    auto_space: bool = True
    auto_space_digits: bool = True
    break_words: bool = False
    break_rules: bool = True
    hang_marks: bool = True
    contextual: bool = False
    tabs: tuple[Tab, ...] = ()
    frame: Frame | None = None
    joins_above: bool = False
    joins_below: bool = False
    uncounted: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one format; it may hold LINE_BREAK, PAGE_BREAK, TAB and the field stand-ins."""

    text: str
    format: RunFormat


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its format, its text, and the format of its mark (the height of an empty paragraph).

    `pinned`: the attributes of the frame (图文框) it stands in, until gathered. `numbered`: its list. `foot`: its style's size
    in pt, where it closes a cell, header or footer. `label`: how many characters its number has, and which part of them stands
    before the indent. `styled`: its mark has a style for characters. `plain`: how text of its
    style alone looks, where a picture stands in a line.
    """

    format: ParagraphFormat
    pieces: tuple[Piece, ...]
    mark: RunFormat
    style: str
    place: str
    floats: tuple[FloatBox, ...] = ()
    pinned: tuple[tuple[str, str], ...] = ()
    numbered: str = ""
    foot: float = 0.0
    label: tuple[int, float] = (0, 0.0)
    styled: bool = False
    plain: RunFormat | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Margins:
    """Inner margins of a cell in pt."""

    top: float = 0.0
    left: float = 5.4
    bottom: float = 0.0
    right: float = 5.4


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its blocks, the grid columns it covers, `merge` (`""`, `restart`, `continue`) downwards.

    `turn`: its text runs `down`, ideographs upright, or whole to the `right` or `left`. `diagonals`: from its upper corners.
    """

    blocks: tuple[Block, ...]
    column: int
    span: int
    width: float
    merge: str = ""
    align: str = "top"
    margins: Margins = field(default_factory=Margins)
    borders: Borders = field(default_factory=Borders)
    fill: tuple[float, float, float] | None = None
    turn: str = ""
    diagonals: tuple[Border | None, Border | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `height` (at least, or `exact`) and `indent` (columns left out at its start) in pt.

    `above`: what the line above takes of its height (pt); `below`: what the line at the table's end takes beyond it, `closing`
    the line where only a page ends.
    """

    cells: tuple[Cell, ...]
    height: float = 0.0
    exact: bool = False
    header: bool = False
    keep_whole: bool = False
    indent: float = 0.0
    above: float = 0.0
    below: float = 0.0
    closing: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows, column widths, where it stands across the page (`start` `center` `end`) and its indent.

    `pinned`: the attributes of its place where text runs round it, until floating tables are gathered. `share`: the part
    of the text's width it takes, 0 for as wide as its columns. `hanging`: pt it hangs out in older files.
    """

    rows: tuple[Row, ...]
    columns: tuple[float, ...]
    align: str
    indent: float
    place: str
    pinned: tuple[tuple[str, str], ...] = ()
    share: float = 0.0
    hanging: float = 0.0

    @property
    def width(self) -> float:
        """Width of all columns in pt."""
        return sum(self.columns)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Position:
    """Where a box stands in one direction: what it is measured from, its distance in pt, or how it is aligned there.

    `lead`: the blank above its paragraph's first line that it is measured from, where that stands on the page at all.
    """

    relative: str
    offset: float
    align: str = ""
    lead: float = 0.0


@dataclass(frozen=True, slots=True)
class FloatBox:
    """A picture, shape, text box, frame or table that hangs on a paragraph. Sizes in pt; 0 is as much as it needs.

    `grows`: it is never lower than what stands in it; `fits`: nor higher, where files are read as they are. `wrap`: `none`, `topAndBottom`, `square`; `gaps`: the blank kept around it; `side`: where text may stand beside it
    (`both`, `left`, `right`, `largest`). `valign`: where its text stands. `parts`: shapes grouped in it, each with its
    place from the box's corner. An `across` relative to `inline` stands in the line, where its blank picture is.
    `turn`: as of a cell.
    """

    width: float
    height: float
    across: Position
    down: Position
    wrap: str
    behind: bool
    picture: Picture | None
    blocks: tuple[Block, ...]
    margins: Margins
    line: Border | None
    fill: tuple[float, float, float] | None
    gaps: Margins = field(default_factory=lambda: Margins(0.0, 0.0, 0.0, 0.0))
    side: str = "both"
    valign: str = "top"
    grows: bool = False
    outline: Outline | None = None
    parts: tuple[tuple[float, float, FloatBox], ...] = ()
    turn: str = ""
    fits: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A section's document grid: height of a line (pt, 0 when there is none), what each character is widened by (pt)."""

    line: float = 0.0
    widen: float = 0.0
