"""LibreOffice's own ways with tables and the cells in them, where Word is known to differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

from anjian_desktop.documents.layout.model import Block, Cell, Paragraph, Row
from anjian_desktop.documents.layout.reading import document, tables
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.settings import Settings
from anjian_desktop.documents.layout.typesetting import lines, piles, rows, slots
from anjian_desktop.documents.layout.typesetting.piles import MeasuredBlock

if TYPE_CHECKING:
    from lxml.etree import _Element


def closed_on_grid(stack: ExitStack) -> None:
    """The empty paragraph that must follow a table in a cell takes a line of the grid."""
    own_blocks = slots._measured_blocks

    def blocks(content: Sequence[Block], measure: lines.Measure, depth: int, lasting: bool) -> list[MeasuredBlock]:
        found = own_blocks(content, measure, depth, lasting)
        last = content[-1] if content else None
        if (
            depth
            and measure.grid.line
            and isinstance(last, Paragraph)
            and last.format.on_grid
            and slots._only_closes(content)
        ):
            line = slots.measured_paragraph(last, measure, lasting=lasting)[0]
            found.append(replace(line, heights=(measure.grid.line,), before=0.0, after=0.0))
        return found

    stack.enter_context(patch.object(slots, "_measured_blocks", blocks))


def whole_per_cents(stack: ExitStack) -> None:
    """The width a table asks for, a share of the text's width in whole per cents."""
    own_preferred = tables._preferred

    def preferred(element: _Element | None) -> tuple[float, float]:
        wanted, share = own_preferred(element)
        return wanted, math.floor(share * 100 + 1e-6) / 100

    stack.enter_context(patch.object(tables, "_preferred", preferred))


def blanks_again(stack: ExitStack) -> None:
    """Where a page parts a cell inside a paragraph, the rest of it has the blank above the paragraph once more."""

    def leads(block: lines.Measured) -> list[float]:
        return [block.before] * len(block.fragments)

    stack.enter_context(patch.object(piles, "leads_where_parted", leads))


def turned_uncounted(stack: ExitStack) -> None:
    """Text that runs down or up makes no row higher."""
    stack.enter_context(patch.object(rows, "length_needed", lambda *_: 0.01))


def hard_blanks_empty(stack: ExitStack) -> None:
    """In files of the days before 2013 a cell whose end mark counts for nothing is empty with a hard blank in it, too."""
    own_settings, own_empty = document.settings_of, tables._is_empty
    older = False

    def settings(root: _Element | None) -> Settings:
        nonlocal older
        found = own_settings(root)
        says = root is not None and any(
            one.get(W + "name") == "compatibilityMode" for one in root.iterfind(f"{W}compat/{W}compatSetting")
        )
        older = says and found.tables_to_margin
        return found

    def empty(cell: Cell) -> bool:
        block = cell.blocks[0] if len(cell.blocks) == 1 else None
        blank = isinstance(block, Paragraph) and not block.floats and block.text == "\xa0"
        return own_empty(cell) or (older and blank)

    stack.enter_context(patch.object(document, "settings_of", settings))
    stack.enter_context(patch.object(tables, "_is_empty", empty))


def raised_at_end(stack: ExitStack) -> None:
    """Where a merged cell goes on over a page's end, the text beside it in the last row above stands at the top."""
    own_measured, own_lowered, raised = rows.TableSetter._measured, rows._lowered, [False]

    def measured(
        setter: rows.TableSetter, row: Row, contents: list[rows.CellContent], height: float, sticky: bool,
        ends: tuple[bool, bool] = (False, False),
    ) -> rows.MeasuredRow:  # fmt: skip
        raised[0] = ends[1] and any(cell.merge and setter._inside(row, cell, "bottom") for cell in row.cells)
        found = own_measured(setter, row, contents, height, sticky, ends)
        raised[0] = False
        return found

    def lowered(cell: Cell, content: rows.CellContent, above: float, height: float) -> float:
        return own_lowered(replace(cell, align="top") if raised[0] else cell, content, above, height)

    stack.enter_context(patch.object(rows.TableSetter, "_measured", measured))
    stack.enter_context(patch.object(rows, "_lowered", lowered))
