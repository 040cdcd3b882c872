"""The blocks of a template between batches: each is measured once, or once for every set of values it shows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.laid_out import Fragment, SetFloat
from anjian_desktop.documents.layout.model import Block, Cell, FloatBox, Paragraph, Row, Table
from anjian_desktop.documents.layout.typesetting.closing_blanks import footed
from anjian_desktop.documents.layout.typesetting.filling import Filling, fill_row, fill_table, names_in
from anjian_desktop.documents.layout.typesetting.floats import corner_within, set_float
from anjian_desktop.documents.layout.typesetting.hanging import hung
from anjian_desktop.documents.layout.typesetting.insets import indents
from anjian_desktop.documents.layout.typesetting.lines import (
    Around,
    Measure,
    Measured,
    measure_paragraph,
    natural_width,
)
from anjian_desktop.documents.layout.typesetting.piles import MeasuredBlock, MeasuredTable, Spot, stack, stacked_spots
from anjian_desktop.documents.layout.typesetting.rows import CellContent, MeasuredRow, TableSetter
from anjian_desktop.documents.layout.typesetting.running_round import asks_for_room, run_round
from anjian_desktop.documents.layout.typesetting.turning import Line, turned

_SLACK = 0.2
"""pt a box as wide as its text is given beyond that, so that rounding parts no line."""

_KEPT = 256
"""Filled blocks remembered at one place of a template: a batch repeats office, leader and village, not the rest."""


class Slot(ABC):
    """One block of a template. `names`: the placeholders in it, in reading order."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._fixed: list[MeasuredBlock] | None = None
        self._kept: dict[tuple[str | None, ...], list[MeasuredBlock]] = {}

    def measured(self, values: Mapping[str, str]) -> list[MeasuredBlock]:
        """The block with these values, from memory where they were met before."""
        if not self.names:
            if self._fixed is None:
                self._fixed = self._measure(values)
            return self._fixed
        key = tuple([values.get(name) for name in self.names])
        found = self._kept.pop(key, None)
        if found is None:
            found = self._measure(values)
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = found  # at the end: the first is the one not used for longest
        return found

    def measured_around(self, values: Mapping[str, str], around: Around) -> list[MeasuredBlock]:
        """The block with these values, its lines beside what floats on their pages."""
        return self.measured(values)

    @abstractmethod
    def _measure(self, values: Mapping[str, str]) -> list[MeasuredBlock]:
        """The block with these values, measured afresh."""


class ParagraphSlot(Slot):
    """A paragraph of a template."""

    def __init__(self, paragraph: Paragraph, measure: Measure, *, as_typed: bool) -> None:
        self._filling = Filling(paragraph, as_typed=as_typed)
        self._against = measure
        super().__init__(self._filling.names)

    def _measure(self, values: Mapping[str, str]) -> list[MeasuredBlock]:
        return list(measured_paragraph(self._filling.fill(values), self._against, lasting=not self.names))

    def measured_around(self, values: Mapping[str, str], around: Around) -> list[MeasuredBlock]:
        """The paragraph with these values, its lines beside what floats on their pages."""
        filled = self._filling.fill(values)
        return list(measured_paragraph(filled, self._against, lasting=False, around=around))


class TableSlot(Slot):
    """A table of a template; its rows are measured apart unless cells reach over several of them."""

    def __init__(self, table: Table, measure: Measure, *, as_typed: bool) -> None:
        super().__init__(() if as_typed else names_in((table,)))
        self._setter = TableSetter(table, measure, cell_content)
        self._table = self._setter.table
        self._rows: dict[int, MeasuredRow] = {}

    def _measure(self, values: Mapping[str, str]) -> list[MeasuredBlock]:
        lasting = not self.names
        setter, parted = self._setter, None
        if lasting or setter.merges_rows:
            setter = setter if lasting else setter.of(fill_table(self._table, values))
            rows = setter.rows(lasting=lasting)
            parted = setter.parted_rows if setter.merges_rows else None
        else:
            rows = [self._row(number, row, values) for number, row in enumerate(self._table.rows)]
        edges = setter.x, setter.x + self._table.width
        return [MeasuredTable(tuple(rows), *edges, starts_page=setter.starts_page, parted=parted)]

    def _row(self, number: int, row: Row, values: Mapping[str, str]) -> MeasuredRow:
        found = self._rows.get(number)
        if found is None:
            filled = fill_row(row, values)
            found = self._setter.row(filled, lasting=filled is row)
            if filled is row:
                self._rows[number] = found
        return found


def measured_paragraph(paragraph: Paragraph, measure: Measure, *, lasting: bool, around: Around = ()) -> list[Measured]:
    """The lines of a paragraph, the boxes that hang on it with the first of them; `around`: as in measure_paragraph."""
    parts = measure_paragraph(paragraph, measure, lasting=lasting, around=around)
    if not paragraph.floats:
        return parts
    unknown: list[str] = []
    boxes = [_set_box(box, measure, lasting, unknown) for box in paragraph.floats]
    hung = [found for found in boxes if found.box.across.relative != "inline"]
    number = next((at for at, part in enumerate(parts) if part.fragments), 0)
    if not parts[number].fragments:  # nothing but a page break: a line without height carries the boxes
        parts[number] = replace(
            parts[number], fragments=(Fragment((), lasting=lasting),), heights=(0.0,), sticks=(False,)
        )
    for at, part in enumerate(parts):
        fragments = list(part.fragments)
        for place, fragment in enumerate(fragments):
            inline = [
                (boxes[drawn.picture.box], drawn.x, drawn.y) for drawn in fragment.pictures if drawn.picture.box >= 0
            ]
            first = [(found, _begin(found, paragraph, measure), 0.0) for found in hung if (at, place) == (number, 0)]
            if inline or first:
                fragments[place] = fragment.carrying((*first, *inline))
        parts[at] = replace(part, fragments=tuple(fragments))
    part = parts[number]
    parts[number] = replace(part, unknown=(*part.unknown, *unknown), text=part.text or paragraph.text)
    return parts


def _begin(found: SetFloat, paragraph: Paragraph, measure: Measure) -> float:
    """How far from the column's edge the text begins that a box counts its place from (pt)."""
    if found.box.across.relative != "character":
        return 0.0
    start, _, first = indents(paragraph, paragraph.pieces, measure.grid, measure.settings.em)
    return start + first


def _set_box(box: FloatBox, measure: Measure, lasting: bool, unknown: list[str]) -> SetFloat:
    """A box with everything in it measured; one with text, but no width or height, takes what it needs."""
    edges = box.margins.left + box.margins.right
    width = box.width
    if not width and box.blocks:
        widest = [
            natural_width(block, measure) if isinstance(block, Paragraph) else block.width for block in box.blocks
        ]
        width = min(max(widest, default=0.0) + edges + _SLACK, measure.width)
    if box.turn and box.width and box.height:
        return set_float(
            box, _turned_lines(box, measure, lasting, unknown), (), (box.width, box.height), lasting=lasting
        )
    blocks = _measured_blocks(box.blocks, measure.in_box(max(width - edges, 1.0)), 0, lasting)
    lines, tall = stack(blocks, add_spaces=measure.settings.add_spaces)
    unknown += [character for character, _ in unknown_in(blocks)]
    parts = [(x, y, _set_box(part, measure, lasting, unknown)) for x, y, part in box.parts]
    needed = tall + box.margins.top + box.margins.bottom
    height = max(box.height, needed) if box.grows else box.height
    if box.fits and measure.case.fonts.true_heights and box.outline is None:
        height = needed - _blank_at_end(blocks)  # the file's height is Word's own, the other programs count afresh
    if not height and box.blocks:
        height = needed
    lines = _within(lines, height - box.margins.top - box.margins.bottom, box, measure)
    return set_float(box, lines, parts, (width, height), lasting=lasting)


def _blank_at_end(blocks: Sequence[MeasuredBlock]) -> float:
    """The blank below the last line of a box (pt), which a box as high as its text has no room for."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Measured):
        return 0.0
    return last.after + (last.fragments[-1].tail if last.fragments else 0.0)


def _turned_lines(box: FloatBox, measure: Measure, lasting: bool, unknown: list[str]) -> Sequence[Line]:
    """The lines of a box whose text runs down or up, as those of a cell of its size."""
    blocks: list[MeasuredBlock] = []

    def lines(length: float) -> tuple[Sequence[Line], float]:
        blocks[:] = _measured_blocks(box.blocks, measure.in_box(max(length, 1.0)), 0, lasting)
        return stack(blocks, add_spaces=measure.settings.add_spaces)

    height = box.height - box.margins.top - box.margins.bottom
    cell = Cell(box.blocks, 0, 1, box.width, "", box.valign, replace(box.margins, top=0.0, bottom=0.0), turn=box.turn)
    found = turned(cell, lines, height, 0.0, height, height)
    unknown += [character for character, _ in unknown_in(blocks)]
    return found


def _within(
    lines: list[tuple[Fragment, float, float]], room: float, box: FloatBox, measure: Measure
) -> list[tuple[Fragment, float, float]]:
    """The lines that begin inside a box, where other programs cut off the rest; what is cut off is named."""
    if not measure.case.fonts.true_heights:
        return lines  # the fonts at hand may be higher than those the file was made with
    shown = [line for line in lines if line[1] < max(room, 0.0) + _SLACK or not line[0].text.strip()]
    if len(shown) < len(lines):
        place = next((block.place for block in box.blocks if isinstance(block, Paragraph)), "")
        measure.case.cut_off[place] = None
    return shown


def slot_for(block: Block, measure: Measure, *, as_typed: bool) -> Slot:
    """The slot of a block; `as_typed`: braces are text like any other."""
    if isinstance(block, Paragraph):
        return ParagraphSlot(block, measure, as_typed=as_typed)
    return TableSlot(block, measure, as_typed=as_typed)


def cell_content(cell: Cell, measure: Measure, depth: int, lasting: bool) -> CellContent:
    """The lines of a table cell, tables inside it included."""
    blocks = _measured_blocks(cell.blocks, measure, depth, lasting)
    lines, height = stack(blocks, add_spaces=measure.settings.add_spaces)
    if measure.case.fonts.true_heights:
        height = max([height, *_feet_of_floats(lines, measure.width)])
    return CellContent(tuple(lines), height, unknown_in(blocks), lasting)


def _feet_of_floats(lines: Sequence[Line], width: float) -> Iterator[float]:
    """How far down in a cell reaches what hangs in it (pt): the other programs make the row as high as that.

    Not for what stands behind the text, nor for shapes the text runs over.
    """
    for fragment, top, _ in lines:
        for found, right, down in fragment.floats:
            box = found.box
            if box.across.relative != "inline" and (box.wrap != "none" or (box.picture is not None and not box.behind)):
                yield corner_within(found, width, right, top + down)[1] + found.height


def _measured_blocks(content: Sequence[Block], measure: Measure, depth: int, lasting: bool) -> list[MeasuredBlock]:
    contents: list[list[MeasuredBlock]] = []
    if measure.case.fonts.true_heights:
        content = hung(content, measure.grid, add_spaces=measure.settings.add_spaces)
    for at, block in enumerate(content):
        if isinstance(block, Paragraph) and depth and at + 1 == len(content) and _only_closes(content):
            contents.append([])
        elif isinstance(block, Paragraph):
            contents.append(list(footed(measured_paragraph(block, measure, lasting=lasting), block, measure)))
        else:
            setter = TableSetter(block, measure, cell_content, depth)
            rows = setter.rows(lasting=lasting)
            contents.append([MeasuredTable(tuple(rows), setter.x, setter.x + block.width)])
    if not asks_for_room(content):
        return [block for found in contents for block in found]

    def again(place: int, around: Around) -> list[MeasuredBlock]:
        block = content[place]
        assert isinstance(block, Paragraph)
        return list(footed(measured_paragraph(block, measure, lasting=lasting, around=around), block, measure))

    def spots(blocks: Sequence[MeasuredBlock]) -> list[Spot]:
        return stacked_spots(blocks, add_spaces=measure.settings.add_spaces)

    def corner_of(found: SetFloat, spot: Spot, right: float, down: float) -> tuple[float, float]:
        return corner_within(found, measure.width, spot.x + right, spot.y + down)

    return run_round(contents, again, spots, corner_of, [measure.width])


def _only_closes(content: Sequence[Block]) -> bool:
    """Whether the last paragraph of a cell is but the one that must follow a table there; it takes no room."""
    last = content[-1]
    after_table = len(content) > 1 and isinstance(content[-2], Table)
    return after_table and isinstance(last, Paragraph) and not last.pieces and not last.floats


def unknown_in(blocks: Sequence[MeasuredBlock]) -> tuple[tuple[str, str], ...]:
    """The characters without a glyph, each with the text it stands in."""
    found: list[tuple[str, str]] = []
    for block in blocks:
        if isinstance(block, MeasuredTable):
            for row in block.rows:
                if row.unknown:
                    found += row.unknown
        elif block.unknown:
            found += [(character, block.text) for character in block.unknown]
    return tuple(found)
