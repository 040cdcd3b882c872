"""The blocks of a template between batches: each is measured once, or once for every set of values it shows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.filling import Filling, fill_row, fill_table, names_in
from anjian_desktop.documents.layout.floats import set_float
from anjian_desktop.documents.layout.flow import MeasuredBlock, MeasuredTable, stack
from anjian_desktop.documents.layout.laid_out import Fragment
from anjian_desktop.documents.layout.lines import Measure, Measured, measure_paragraph
from anjian_desktop.documents.layout.model import Block, Cell, Paragraph, Row, Table
from anjian_desktop.documents.layout.rows import CellContent, MeasuredRow, TableSetter

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


class TableSlot(Slot):
    """A table of a template; its rows are measured apart unless cells reach over several of them."""

    def __init__(self, table: Table, measure: Measure, *, as_typed: bool) -> None:
        super().__init__(() if as_typed else names_in((table,)))
        self._table = table
        self._setter = TableSetter(table, measure, cell_content)
        self._rows: dict[int, MeasuredRow] = {}

    def _measure(self, values: Mapping[str, str]) -> list[MeasuredBlock]:
        lasting = not self.names
        if lasting or self._setter.merges_rows:
            setter = self._setter if lasting else self._setter.of(fill_table(self._table, values))
            return [MeasuredTable(tuple(setter.rows(lasting=lasting)))]
        return [MeasuredTable(tuple([self._row(number, row, values) for number, row in enumerate(self._table.rows)]))]

    def _row(self, number: int, row: Row, values: Mapping[str, str]) -> MeasuredRow:
        found = self._rows.get(number)
        if found is None:
            filled = fill_row(row, values)
            found = self._setter.row(filled, lasting=filled is row)
            if filled is row:
                self._rows[number] = found
        return found


def measured_paragraph(paragraph: Paragraph, measure: Measure, *, lasting: bool) -> list[Measured]:
    """The lines of a paragraph, the boxes that hang on it with the first of them."""
    parts = measure_paragraph(paragraph, measure, lasting=lasting)
    if not paragraph.floats:
        return parts
    boxes, pushed, unknown = [], 0.0, list(parts[0].unknown)
    for box in paragraph.floats:
        inner = max(box.width - box.margins.left - box.margins.right, 1.0)
        blocks = _measured_blocks(box.blocks, measure.in_box(inner), 0, lasting)
        lines, _ = stack(blocks, add_spaces=measure.settings.add_spaces)
        unknown += [character for character, _ in unknown_in(blocks)]
        boxes.append(set_float(box, lines, lasting=lasting))
        if box.wrap == "topAndBottom" and box.down.relative in ("paragraph", "line"):
            pushed = max(pushed, box.down.offset + box.height)
    number = next((at for at, part in enumerate(parts) if part.fragments), None)
    if number is None:
        return parts
    part = parts[number]
    first = part.fragments[0]
    hung = Fragment(
        first.runs,
        first.rules,
        first.pictures,
        floats=tuple([(box, 0.0, -pushed) for box in boxes]),
        notes=first.notes,
        lasting=lasting,
    )
    parts[number] = replace(
        part, fragments=(hung, *part.fragments[1:]), before=part.before + pushed, unknown=tuple(unknown),
        text=part.text or paragraph.text,
    )  # fmt: skip
    return parts


def slot_for(block: Block, measure: Measure, *, as_typed: bool) -> Slot:
    """The slot of a block; `as_typed`: braces are text like any other."""
    if isinstance(block, Paragraph):
        return ParagraphSlot(block, measure, as_typed=as_typed)
    return TableSlot(block, measure, as_typed=as_typed)


def cell_content(cell: Cell, measure: Measure, depth: int, lasting: bool) -> CellContent:
    """The lines of a table cell, tables inside it included."""
    blocks = _measured_blocks(cell.blocks, measure, depth, lasting)
    lines, height = stack(blocks, add_spaces=measure.settings.add_spaces)
    return CellContent(tuple(lines), height, unknown_in(blocks), lasting)


def _measured_blocks(content: Sequence[Block], measure: Measure, depth: int, lasting: bool) -> list[MeasuredBlock]:
    blocks: list[MeasuredBlock] = []
    for block in content:
        if isinstance(block, Paragraph):
            blocks += measured_paragraph(block, measure, lasting=lasting)
        else:
            rows = TableSetter(block, measure, cell_content, depth).rows(lasting=lasting)
            blocks.append(MeasuredTable(tuple(rows)))
    return blocks


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
