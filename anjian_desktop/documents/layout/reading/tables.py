"""Reads Word tables into the model: grid columns, spans, borders from table style, table and cell, row rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.model import Block, Border, Borders, Cell, Margins, Paragraph, Row, Table
from anjian_desktop.documents.layout.reading.conditions import Conditions, first_rows
from anjian_desktop.documents.layout.reading.formats import Name, border, fill_colour
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.reading.styles import PARTS, StyleSheet, is_on, number, pinned_by, twips, value
from anjian_desktop.documents.layout.reading.table_rows import cells_of, rows_of
from anjian_desktop.documents.layout.reading.text_directions import turn_of

if TYPE_CHECKING:
    from lxml.etree import _Element

ReadBlocks = Callable[["_Element", str, str], tuple[Block, ...]]
Note = Callable[[str, str], None]
_SIDES = {"top": "top", "left": "left", "start": "left", "bottom": "bottom", "right": "right", "end": "right"}
_INNER = {"insideH": "insideH", "insideV": "insideV"}
_MOST_COLUMNS = 64
_NO_MARGINS = {"top": 0.0, "left": 5.4, "bottom": 0.0, "right": 5.4}


def read_table(element: _Element, place: str, styles: StyleSheet, read_blocks: ReadBlocks, note: Note) -> Table:
    """The model of a w:tbl element; `read_blocks` reads what stands in a cell."""
    properties = element.find(W + "tblPr")
    style = value(properties.find(W + "tblStyle")) if properties is not None else None
    style = style or styles.default("table")
    name = partial(_at, note, place)
    for feature, words in (
        ("bidiVisual", "从右向左的表格"),
        ("tblCellSpacing", "单元格间距"),
    ):
        found = properties.find(W + feature) if properties is not None else None
        if found is not None and value(found, "w") != "0":
            name(words)
    ruled = [*styles.table_elements(style, f"{W}tblPr/{W}tblBorders"), *_own(properties, "tblBorders")]
    lines = _lines(ruled, name)
    margins = dict(_NO_MARGINS)
    for source in [*styles.table_elements(style, f"{W}tblPr/{W}tblCellMar"), *_own(properties, "tblCellMar")]:
        margins.update(_sides(source))
    grid = element.find(W + "tblGrid")
    columns = [
        twips(value(column, "w")) for column in (grid if grid is not None else ()) if column.tag == W + "gridCol"
    ]
    drafts = rows_of(element)
    preferred = properties.find(W + "tblW") if properties is not None else None
    wanted, share = _preferred(preferred)
    if not any(columns):
        columns, own_share = _columns_of_cells(drafts)
        share = share if share or wanted else own_share
    if wanted and sum(columns):
        columns = [width * wanted / sum(columns) for width in columns]
    conditions = Conditions(styles, style, properties, first_rows(drafts))
    rows = []
    for at, row in enumerate(drafts):
        parts = conditions.row(at, len(drafts))
        other, room = _own(row.find(W + "tblPrEx"), "tblBorders"), dict(margins)
        for source in _own(row.find(W + "tblPrEx"), "tblCellMar"):  # what a row has other than its table
            room.update(_sides(source))
        around = _lines([*ruled, *other], name) if other else lines
        read = _RowReader(f"{place}第{at + 1}行", style, columns, room, around, at, len(drafts), conditions, parts)
        rows.append(read.row(row, read_blocks, note))
    indent = _last(styles, style, properties, "tblInd")
    align = _last(styles, style, properties, "jc")
    shown = {"center": "center", "right": "end", "end": "end"}.get(value(align) or "", "start")
    floating = properties.find(W + "tblpPr") if properties is not None else None
    return Table(
        tuple(_with_lines(list(_alike(_begun(rows, name))))),
        tuple(columns),
        shown,
        twips(value(indent, "w")),
        place,
        pinned_by(floating),
        share,
        margins["left"],
    )


def _last(styles: StyleSheet, style: str, properties: _Element | None, name: str) -> _Element | None:
    """A property of a table, or else of its style."""
    return next(reversed([*styles.table_elements(style, f"{W}tblPr/{W}{name}"), *_own(properties, name)]), None)


def _begun(rows: list[Row], name: Name) -> Iterator[Row]:
    """The rows, a merged cell that goes on from nowhere beginning where it stands: what it says is not to be hidden."""
    merged: set[int] = set()
    for row in rows:
        if any(cell.merge == "continue" and cell.column in merged and _says(cell) for cell in row.cells):
            name("合并单元格里被盖住的文字")
        lost = {cell.column for cell in row.cells if cell.merge == "continue"} - merged
        if lost:
            cells = tuple(replace(cell, merge="restart") if cell.column in lost else cell for cell in row.cells)
            row = replace(row, cells=cells)
        merged = {cell.column for cell in row.cells if cell.merge}
        yield row


def _alike(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows; a cell merged downwards has the background and the lines at its sides that its first row gives it."""
    begun: dict[int, Cell] = {}
    for row in rows:
        cells = []
        for cell in row.cells:
            first = begun.get(cell.column) if cell.merge == "continue" else None
            if first is not None:
                lines = replace(cell.borders, left=first.borders.left, right=first.borders.right)
                cell = replace(cell, fill=first.fill, borders=lines)
            elif cell.merge == "restart":
                begun[cell.column] = cell
            cells.append(cell)
        yield replace(row, cells=tuple(cells))


def _says(cell: Cell) -> bool:
    """Whether there is anything in a cell to be read."""
    return any(not isinstance(block, Paragraph) or block.text.strip() for block in cell.blocks)


def _preferred(element: _Element | None) -> tuple[float, float]:
    """The width a table asks for: in pt, or as a share of the text's width; 0 for neither."""
    kind, text = value(element, "type"), value(element, "w") or ""
    if kind == "pct" or text.endswith("%"):
        part = number(text.rstrip("%")) / (100 if text.endswith("%") else 5000)
        return 0.0, min(max(part, 0.0), 2.0)
    return (twips(text) if kind == "dxa" else 0.0), 0.0


class _RowReader:
    """Reads one row with the table's defaults at hand."""

    def __init__(
        self, place: str, style: str, columns: list[float], margins: dict[str, float],
        lines: dict[str, Border | None], at: int, count: int, conditions: Conditions, parts: tuple[str, ...],
    ) -> None:  # fmt: skip
        self._conditions, self._parts = conditions, parts
        self._place, self._style, self._columns = place, style, columns
        self._margins, self._lines = margins, lines
        self._first, self._last = at == 0, at == count - 1

    def row(self, element: _Element, read_blocks: ReadBlocks, note: Note) -> Row:
        properties = element.find(W + "trPr")
        height = properties.find(W + "trHeight") if properties is not None else None
        skipped = int(number(value(properties.find(W + "gridBefore")))) if properties is not None else 0
        column, cells = skipped, []
        for cell in cells_of(element):
            span = max(int(number(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1.0)), 1)
            cells.append(self._cell(cell, column, span, read_blocks, note))
            column += span
        unmarked = all(is_on(cell.find(f"{W}tcPr/{W}hideMark")) for cell in cells_of(element))
        shut = bool(cells) and unmarked and all(_is_empty(cell) for cell in cells)
        rule = value(height, "hRule") or "atLeast"
        return Row(
            cells=tuple(cells),
            height=twips(value(height)) if rule != "auto" else 0.0,
            exact=rule == "exact" or shut,  # end marks that count for no height leave nothing to make the row higher
            header=self._heads(properties),
            keep_whole=properties is not None and is_on(properties.find(W + "cantSplit")),
            indent=sum(self._columns[:skipped]),
        )

    def _heads(self, properties: _Element | None) -> bool:
        own = properties.find(W + "tblHeader") if properties is not None else None
        return is_on(own) if own is not None else self._conditions.heads(self._parts)

    def _cell(self, element: _Element, column: int, span: int, read_blocks: ReadBlocks, note: Note) -> Cell:
        properties = element.find(W + "tcPr")
        margins = dict(self._margins)
        name = partial(_at, note, self._place)
        parts = (*self._parts, *self._conditions.cell(column, span, len(self._columns), self._first, self._last))
        for source in [*self._conditions.found(parts, "tcMar"), *_own(properties, "tcMar")]:
            margins.update(_sides(source))
        aligned = [*self._conditions.found(parts, "vAlign"), *_own(properties, "vAlign")]
        merge = properties.find(W + "vMerge") if properties is not None else None
        width = sum(self._columns[column : column + span])
        if not width and properties is not None:
            width = twips(value(properties.find(W + "tcW"), "w"))
        blocks = read_blocks(element, self._place, PARTS.join((self._style, *parts)))
        return Cell(
            blocks=blocks,
            column=column,
            span=span,
            width=width,
            merge="" if merge is None else (value(merge) or "continue"),
            align=next((value(one) for one in reversed(aligned)), None) or "top",
            margins=Margins(**margins),
            borders=self._borders(properties, column, span, name, parts),
            fill=self._fill(properties, parts),
            turn=turn_of(properties, blocks, name),
            diagonals=self._diagonals(properties, name, parts),
        )

    def _diagonals(
        self, properties: _Element | None, name: Name, parts: tuple[str, ...]
    ) -> tuple[Border | None, Border | None]:
        """The lines across the cell (斜线表头)."""
        found: dict[str, Border | None] = {}
        for own in [*self._conditions.found(parts, "tcBorders"), *_own(properties, "tcBorders")]:
            for side in ("tl2br", "tr2bl"):
                element = own.find(W + side)
                if element is not None:
                    found[side] = border(element, name)
        return found.get("tl2br"), found.get("tr2bl")

    def _fill(self, properties: _Element | None, parts: tuple[str, ...]) -> tuple[float, float, float] | None:
        own = properties.find(W + "shd") if properties is not None else None
        if value(own, "fill") not in (None, "auto") or value(own) not in (None, "clear", "nil"):
            return fill_colour(own)
        found = [fill_colour(one) for one in self._conditions.found(parts, "shd")]
        return found[-1] if found else None

    def _borders(
        self, properties: _Element | None, column: int, span: int, name: Name, parts: tuple[str, ...]
    ) -> Borders:
        """The cell's own lines where it names them, else the table's outer or inner ones."""
        last = column + span >= len(self._columns)
        sides = {
            "top": self._lines["top" if self._first else "insideH"],
            "bottom": self._lines["bottom" if self._last else "insideH"],
            "left": self._lines["left" if column == 0 else "insideV"],
            "right": self._lines["right" if last else "insideV"],
        }
        for own in [*self._conditions.found(parts, "tcBorders"), *_own(properties, "tcBorders")]:
            for element in own:
                side = _SIDES.get(element.tag.rpartition("}")[2])
                if side is not None:
                    sides[side] = border(element, name)
        return Borders(sides["top"], sides["left"], sides["bottom"], sides["right"])


def _with_lines(rows: list[Row]) -> list[Row]:
    """The rows with the room their lines take, the wider one of two rows' lines at each border, the last one below all.

    The text of all cells of a row begins below the largest of their upper margins, as Word has it, and ends above the largest
    of their lower ones.
    """
    found, before = [], 0.0
    for at, row in enumerate(rows):
        own = max((_width(cell.borders.top) for cell in row.cells if cell.merge != "continue"), default=0.0)
        below = rows[at + 1].cells if at + 1 < len(rows) else ()
        merged = {cell.column for cell in below if cell.merge == "continue"}
        foot = max((_width(cell.borders.bottom) for cell in row.cells if cell.column not in merged), default=0.0)
        upper = max((cell.margins.top for cell in row.cells), default=0.0)
        lower = max((cell.margins.bottom for cell in row.cells), default=0.0)
        cells = tuple(replace(cell, margins=replace(cell.margins, top=upper, bottom=lower)) for cell in row.cells)
        row = replace(row, cells=cells, above=max(own, before))
        found.append(replace(row, closing=foot) if below else replace(row, below=foot))
        before = foot
    return found


def _is_empty(cell: Cell) -> bool:
    block = cell.blocks[0] if len(cell.blocks) == 1 else None
    return isinstance(block, Paragraph) and not block.pieces and not block.floats


def _width(line: Border | None) -> float:
    return line.width if line is not None else 0.0


def _at(note: Note, place: str, feature: str) -> None:
    note(feature, place)


def _own(properties: _Element | None, name: str) -> list[_Element]:
    found = properties.find(W + name) if properties is not None else None
    return [] if found is None else [found]


def _lines(sources: list[_Element], name: Name) -> dict[str, Border | None]:
    lines: dict[str, Border | None] = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"))
    for source in sources:
        for element in source:
            side = (_SIDES | _INNER).get(element.tag.rpartition("}")[2])
            if side is not None:
                lines[side] = border(element, name)
    return lines


def _sides(source: _Element) -> dict[str, float]:
    found = {}
    for element in source:
        side = _SIDES.get(element.tag.rpartition("}")[2])
        if side is not None:
            found[side] = twips(value(element, "w"))
    return found


def _columns_of_cells(rows: list[_Element]) -> tuple[list[float], float]:
    """The columns of a table whose grid says nothing, by the row with most of them, and the share of the text they take.

    Where the cells say nothing either, all are as wide as one another, together as wide as the text.
    """
    columns: list[float] = []
    shares = False
    for row in rows:
        found: list[float] = []
        kinds = set()
        for cell in cells_of(row):
            said = cell.find(f"{W}tcPr/{W}tcW")
            span = max(int(number(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1.0)), 1)
            width, share = _preferred(said)
            kinds.add(share > 0)
            found += [max(width, share) / span] * min(span, _MOST_COLUMNS)
        if len(found) > len(columns):
            columns, shares = found, kinds == {True}
    if not all(columns):
        return [1.0] * len(columns), 1.0
    return columns, min(sum(columns), 1.0) if shares else 0.0
