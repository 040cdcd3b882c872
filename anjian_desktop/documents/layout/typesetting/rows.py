"""Measures tables: row heights from their cells, cells merged downwards, borders, and what a split row leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from anjian_desktop.documents.layout.border_lines import ruled
from anjian_desktop.documents.layout.laid_out import Fragment, GlyphRun, PlacedPicture, Rule, SetFloat, Stroke
from anjian_desktop.documents.layout.model import Border, Cell, Paragraph, Row, Table
from anjian_desktop.documents.layout.typesetting.lines import Measure, natural_width
from anjian_desktop.documents.layout.typesetting.merged_cells import Stretch, held_together, shared, stretches
from anjian_desktop.documents.layout.typesetting.parting import Splitter
from anjian_desktop.documents.layout.typesetting.turning import (
    Line,
    Lines,
    diagonals,
    inner_width,
    length_needed,
    turned,
)
from anjian_desktop.documents.layout.typesetting.widening import widened

_FALLS = {"center": 0.5, "bottom": 1.0}
"""How much of a cell's free height is above its text."""
_WHOLE: Mapping[int, Sequence[float]] = MappingProxyType({})
"""No row is parted."""

CellLines = Callable[[Cell, Measure, int, bool], "CellContent"]
"""Gives the measured content of a cell: how deep its table stands in others, whether the content lasts."""


@dataclass(frozen=True, slots=True)
class CellContent:
    """The lines of a cell with their places (pt), and their whole height.

    `placed`: the lines stand where they say from the row's top, for the cell is merged downwards over several rows or its
    text is turned. `strokes`: its diagonals, from the row's top and its left edge.
    """

    lines: tuple[Line, ...]
    height: float
    unknown: tuple[tuple[str, str], ...] = ()
    lasting: bool = True
    placed: bool = False
    strokes: tuple[Stroke, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A table row ready for pages.

    `sticky`: the next row stays on the same page. `split` gives, for a height (pt), the part of the row that fits and the
    rest, or None when the row cannot be parted there. `whole`: it is parted only when it is higher than a page. `least`: the
    height asked for it (pt); where a page has far less left the row goes to the next one whole. `closing`: what the line below
    it takes where a page ends with it (pt). `source`: the row of the file it is, or a part of.
    """

    fragment: Fragment
    height: float
    header: bool
    sticky: bool
    split: Callable[[float], tuple[MeasuredRow, MeasuredRow] | None] | None
    unknown: tuple[tuple[str, str], ...] = ()
    whole: bool = False
    least: float = 0.0
    closing: float = 0.0
    source: Row | None = None


class TableSetter:
    """Measures the rows of one table."""

    def __init__(self, table: Table, measure: Measure, content: CellLines, depth: int = 0) -> None:
        self._table = widened(table, table.share * measure.width) if table.share else table
        self._measure, self._content, self._depth = measure, content, depth
        self.as_read = measure.case.fonts.true_heights
        self._merges = any(cell.merge for row in self._table.rows for cell in row.cells)
        self.x = self._left_edge()

    @property
    def table(self) -> Table:
        """The table, its columns as wide as they come out."""
        return self._table

    @property
    def merges_rows(self) -> bool:
        """Whether any cell covers several rows, so that no row can be measured alone."""
        return self._merges

    @property
    def starts_page(self) -> bool:
        """Whether its first paragraph asks for a page of its own."""
        blocks = self._table.rows[0].cells[0].blocks if self._table.rows and self._table.rows[0].cells else ()
        return bool(blocks) and isinstance(blocks[0], Paragraph) and blocks[0].format.page_break_before

    def of(self, table: Table) -> TableSetter:
        """The same for a filled twin of the table."""
        return TableSetter(table, self._measure, self._content, self._depth)

    def rows(
        self, *, lasting: bool, cuts: frozenset[int] = frozenset(), parts: Mapping[int, Sequence[float]] = _WHOLE
    ) -> list[MeasuredRow]:
        """All rows, measured together. `cuts`: the rows that begin a page; `parts`: the heights of the parts of parted rows."""
        contents = [[self._content_of(cell, lasting) for cell in row.cells] for row in self._table.rows]
        heights = [self._height(row, content) for row, content in zip(self._table.rows, contents, strict=True)]
        sticky = [self.sticks(row) for row in self._table.rows]
        for (first, place), last in self._grow_for_merged(contents, heights).items():
            until = min((cut for cut in cuts if first < cut <= last), default=last + 1)
            row = self._table.rows[first]
            whole = sum(heights[first : last + 1]) - self._table.rows[last].below
            tall = min(sum(heights[first:until]), whole)
            contents[first][place] = self._settled(row.cells[place], contents[first][place], row, tall, whole)
            if last > first:
                self._share_out(first, place, last, contents, heights, sticky, stretches(heights, cuts, parts))
        for row, found, height in zip(self._table.rows, contents, heights, strict=True):
            self._settle(row, found, height)
        return [
            self._measured(row, contents[number], heights[number], sticky[number], (number in cuts, number + 1 in cuts))
            for number, row in enumerate(self._table.rows)
        ]

    def parted_rows(self, cuts: frozenset[int], parts: Mapping[int, Sequence[float]]) -> list[list[MeasuredRow]]:
        """All rows when these begin a page and those are parted into heights (pt), each in as many parts as come out."""
        found = []
        for number, row in enumerate(self.rows(lasting=False, cuts=cuts, parts=parts)):
            pieces = [row]
            for height in parts.get(number, ())[:-1]:
                split = pieces[-1].split
                two = split(height) if split is not None else None
                pieces[-1:] = two or pieces[-1:]
            found.append(pieces)
        return found

    def row(self, row: Row, *, lasting: bool) -> MeasuredRow:
        """One row alone, or its filled twin, of a table without cells merged downwards."""
        contents = [self._content_of(cell, lasting) for cell in row.cells]
        height = self._height(row, contents)
        self._settle(row, contents, height)
        return self._measured(row, contents, height, self.sticks(row))

    def _content_of(self, cell: Cell, lasting: bool) -> CellContent:
        if cell.merge == "continue":
            return CellContent((), 0.0, (), lasting)
        if not cell.turn:
            return self._content(cell, self._measure.in_cell(inner_width(cell)), self._depth + 1, lasting)
        whole = self._content(cell, self._measure, self._depth + 1, lasting)
        longest = [natural_width(block, self._measure) for block in cell.blocks if isinstance(block, Paragraph)]
        length = length_needed(self._lines_of(cell, lasting), max(longest, default=0.0), inner_width(cell))
        return CellContent((), length if whole.lines else 0.0, whole.unknown, lasting, True)

    def _lines_of(self, cell: Cell, lasting: bool) -> Lines:
        """The lines of a cell by the length they may have."""

        def lines(length: float) -> tuple[Sequence[Line], float]:
            found = self._content(cell, self._measure.in_cell(max(length, 1.0)), self._depth + 1, lasting)
            return found.lines, found.height

        return lines

    def _settle(self, row: Row, contents: list[CellContent], height: float) -> None:
        """Sets what waits for the height of a row: turned text and diagonals of cells that are not merged."""
        for place, cell in enumerate(row.cells):
            if not cell.merge:
                contents[place] = self._settled(cell, contents[place], row, height - row.below, height - row.below)

    def _settled(self, cell: Cell, content: CellContent, row: Row, height: float, whole: float) -> CellContent:
        """A cell's content in its height, which a page's end leaves of its whole height (pt)."""
        if cell.turn and content.height:
            lines = self._lines_of(cell, content.lasting)
            content = replace(content, lines=turned(cell, lines, content.height, row.above, height, whole))
        return replace(content, strokes=diagonals(cell, height)) if any(cell.diagonals) else content

    def _left_edge(self) -> float:
        """Where the table begins (pt from the text edge): its line there, or in older files the text of its cells."""
        table = self._table
        free = self._measure.width - sum(table.columns)
        if table.align == "center":
            return free / 2
        if table.align == "end":
            return free
        if self._measure.settings.tables_to_margin and not self._depth:
            return table.indent - table.hanging
        outer = table.rows[0].cells[0].borders.left if table.rows and table.rows[0].cells else None
        return table.indent + _width(outer) / 2

    @staticmethod
    def _height(row: Row, contents: list[CellContent]) -> float:
        if row.exact:
            return row.height + row.below
        tallest = row.height
        for cell, content in zip(row.cells, contents, strict=True):
            if not cell.merge:
                tallest = max(tallest, content.height + cell.margins.top + cell.margins.bottom + row.above)
        return tallest + row.below

    def _grow_for_merged(self, contents: list[list[CellContent]], heights: list[float]) -> dict[tuple[int, int], int]:
        """Where each merged cell ends; its last row grows when the cell's content asks for more than the rows give."""
        rows = self._table.rows
        spans: dict[tuple[int, int], int] = {}
        for number, row in enumerate(rows):
            for place, cell in enumerate(row.cells):
                if cell.merge != "restart":
                    continue
                last = number
                while last + 1 < len(rows) and any(
                    other.merge == "continue" and other.column == cell.column for other in rows[last + 1].cells
                ):
                    last += 1
                spans[(number, place)] = last
                needed = contents[number][place].height + cell.margins.top + cell.margins.bottom
                needed += row.above + rows[last].below
                lacking = needed - sum(heights[number : last + 1])
                if lacking > 0 and not rows[last].exact:
                    heights[last] += lacking
        return spans

    def _share_out(
        self, first: int, place: int, last: int, contents: list[list[CellContent]], heights: list[float],
        sticky: list[bool], pieces: Sequence[Stretch],
    ) -> None:  # fmt: skip
        """Gives each row the lines of a merged cell that stand beside it, so that they go with it to another page."""
        rows, content = self._table.rows, contents[first][place]
        cell, tall = rows[first].cells[place], heights[first : last + 1]
        covered = [one for one in pieces if first <= one.row <= last]
        own = [] if content.placed else [at for at, one in enumerate(covered) if at and one.opens]
        upper = 0.0 if content.placed else cell.margins.top + rows[first].above
        lower = cell.margins.bottom + rows[last].below
        top, fall = upper, 0.0
        if not content.placed:
            held = held_together(content.lines, tall, upper, lower)
            sticky[first:last] = [one or other for one, other in zip(sticky[first:last], held, strict=True)]
            fall = _FALLS.get(cell.align, 0.0)
            top = upper if own else _lowered(cell, content, rows[first].above, sum(tall) - rows[last].below)
        found: dict[int, list[Line]] = {}
        for at, lines in shared(content.lines, [one.height for one in covered], top, upper, own, fall, lower).items():
            down = covered[at].top
            found.setdefault(covered[at].row, []).extend((one, y + down, end + down) for one, y, end in lines)
        for at, lines in found.items():
            across = next(n for n, other in enumerate(rows[at].cells) if other.column == cell.column)
            unknown, strokes = (content.unknown, content.strokes) if at == first else ((), ())
            contents[at][across] = CellContent(tuple(lines), 0.0, unknown, content.lasting, True, strokes)

    @staticmethod
    def sticks(row: Row) -> bool:
        """Whether the next row stays with this one: Word keeps them together when a row's paragraphs say so."""
        first = next((block for cell in row.cells for block in cell.blocks), None)
        return isinstance(first, Paragraph) and first.format.keep_next

    def _measured(
        self,
        row: Row,
        contents: list[CellContent],
        height: float,
        sticky: bool,
        ends: tuple[bool, bool] = (False, False),
    ) -> MeasuredRow:
        """A row with all that stands in it; `ends`: a page begins or ends with it."""
        runs: list[GlyphRun] = []
        texts: list[Rule] = []
        pictures: list[PlacedPicture] = []
        notes: list[str] = []
        floats: list[tuple[SetFloat, float, float]] = []
        strokes: list[Stroke] = []
        cut: list[str] = []
        x = self.x + row.indent
        for cell, content in zip(row.cells, contents, strict=True):
            strokes += [one.moved(x, 0.0) for one in content.strokes]
            top = 0.0 if content.placed else _lowered(cell, content, row.above, height - row.below)
            for fragment, begin, _ in content.lines:
                cut += fragment.cut
                if row.exact and top + begin >= height:
                    cut += [fragment.text] if fragment.text.strip() else []
                else:
                    right, down = x + cell.margins.left, top + begin
                    moved, rules = fragment.moved(right, down)
                    runs += moved
                    texts += rules
                    notes += fragment.notes
                    strokes += [one.moved(right, down) for one in fragment.strokes]
                    if fragment.pictures or fragment.floats:
                        pictures += [
                            PlacedPicture(one.picture, one.x + right, one.y + down) for one in fragment.pictures
                        ]
                        floats += [(box, dx + right, dy + down) for box, dx, dy in fragment.floats]
            x += cell.width
        rules = self._frame(row, height, ends)
        lasting = all(content.lasting for content in contents)
        unknown = tuple(pair for content in contents for pair in content.unknown)
        split = None
        if not row.exact:
            split = Splitter(self, row, contents).split
        fragment = Fragment(
            tuple(runs), (*rules, *texts), tuple(pictures), floats=tuple(floats), notes=tuple(notes),
            strokes=tuple(strokes), lasting=lasting,
        )  # fmt: skip
        fragment.cut = tuple(cut)
        return MeasuredRow(
            fragment, height, row.header, sticky, split, unknown, row.keep_whole, row.height, row.closing, row
        )

    def part(self, row: Row, contents: list[CellContent], height: float, sticky: bool) -> MeasuredRow:
        """A part of a split row with the lines left to it."""
        return self._measured(row, contents, height, sticky)

    @staticmethod
    def part_height(row: Row, contents: list[CellContent]) -> float:
        """The height a part of a row takes: that of its lines."""
        return max(
            max((lower for _, _, lower in content.lines), default=0.0)
            if content.placed
            else content.height + cell.margins.top + cell.margins.bottom + row.above
            for cell, content in zip(row.cells, contents, strict=True)
        )

    def _frame(self, row: Row, height: float, ends: tuple[bool, bool]) -> list[Rule]:
        """Backgrounds and border lines of a row, those in one line joined; merged cells are closed where a page ends."""
        rules: list[Rule] = []
        across: dict[str, list[tuple[float, float, Border]]] = {"top": [], "bottom": []}
        x = self.x + row.indent
        for cell in row.cells:
            if cell.fill is not None:
                rules.append(Rule(x, 0.0, cell.width, height, cell.fill))
            for side, line, closed in (("top", cell.borders.top, ends[0]), ("bottom", cell.borders.bottom, ends[1])):
                if line is None or (cell.merge and not closed and self._inside(row, cell, side)):
                    continue
                pieces = across[side]
                if pieces and pieces[-1][2] == line and abs(pieces[-1][1] - x) < 0.01:
                    pieces[-1] = (pieces[-1][0], x + cell.width, line)
                else:
                    pieces.append((x, x + cell.width, line))
            x += cell.width
        verticals: dict[float, Border] = {}
        x = self.x + row.indent
        for cell in row.cells:
            if cell.borders.left is not None:
                verticals.setdefault(round(x, 2), cell.borders.left)
            x += cell.width
            if cell.borders.right is not None:
                verticals[round(x, 2)] = cell.borders.right
        for side, pieces in across.items():
            y = 0.0 if side == "top" else height - row.below
            for begin, end, line in pieces:
                half = line.width / 2
                rules += ruled(Rule(begin - half, y, end - begin + line.width, line.width, line.colour), line)
        for place, line in verticals.items():
            rules += ruled(Rule(place - line.width / 2, 0.0, line.width, height, line.colour), line)
        return rules

    def _inside(self, row: Row, cell: Cell, side: str) -> bool:
        """Whether the line on this side runs through a cell merged downwards."""
        return cell.merge == "continue" if side == "top" else self.runs_on(row, cell)

    def runs_on(self, row: Row, cell: Cell) -> bool:
        """Whether a cell is merged with one of the next row."""
        rows = self._table.rows
        number = next((at for at, other in enumerate(rows) if other is row), len(rows)) if cell.merge else len(rows)
        below = rows[number + 1].cells if number + 1 < len(rows) else ()
        return any(other.merge == "continue" and other.column == cell.column for other in below)


def _lowered(cell: Cell, content: CellContent, above: float, height: float) -> float:
    """Where a cell's text begins in a height (pt from its top), below the line above, by margins and vertical alignment."""
    top = cell.margins.top + above
    free = max(height - content.height - top - cell.margins.bottom, 0.0)
    return top + free * _FALLS.get(cell.align, 0.0)


def _width(line: Border | None) -> float:
    return line.width if line is not None else 0.0
