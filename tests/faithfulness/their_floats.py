"""How LibreOffice sets text below what floats in its way, patched into our layout for measuring."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from anjian_desktop.documents.layout.characters import HAN
from anjian_desktop.documents.layout.laid_out import SetFloat
from anjian_desktop.documents.layout.model import LineRule, Margins, Paragraph, Position, Table
from anjian_desktop.documents.layout.typesetting import breaking, floats, lines, wrapping
from anjian_desktop.documents.layout.typesetting.line_heights import blank_at_foot
from anjian_desktop.documents.layout.typesetting.lines import Measure
from anjian_desktop.documents.layout.typesetting.wrapping import NARROWEST, Obstacle

_own_around, _own_bottom = lines.set_around, wrapping._next_bottom
_own_empty_height, _own_blank = lines._empty_height, lines.blank_above


def _below_dummies(strand: breaking.Strand, set_line: Any, obstacles: Sequence[Obstacle], *given: Any) -> object:
    """What fills the text's width takes whole lines of the grid, and the blank a multiple leaves under one more line."""
    setter = set_line.__self__
    style = strand.styles[0][1]
    tall, pitch = sum(style.reach(east_asian=HAN.search(strand.text) is not None)), setter._grid.line
    if pitch:
        tall = math.ceil(tall / pitch - 0.001) * pitch
    format_ = setter._format
    blank = blank_at_foot(tall, max(format_.line, 1.0)) if format_.line_rule is LineRule.MULTIPLE else 0.0
    start, _, width = given[0]

    def lower(ways: Sequence[Obstacle], y: float, high: float) -> float | None:
        found = _own_bottom(ways, y, high)
        if found is None or not any(one.bottom == found and _fills(one, start, start + width) for one in ways):
            return found
        gap = math.ceil((found - y) / pitch - 0.001) * pitch if pitch else found - y
        return y + gap + blank

    with patch.object(wrapping, "_next_bottom", lower):
        return _own_around(strand, set_line, obstacles, *given)


def _fills(one: Obstacle, begin: float, end: float) -> bool:
    return one.left <= begin + NARROWEST and one.right >= end - NARROWEST


class _Empty:
    """An empty line gives way like one of text."""

    def __init__(self) -> None:
        self._pitch, self._blank = 0.0, 0.0

    def height(self, paragraph: Paragraph, measure: Measure) -> tuple[float, float, float]:
        found = _own_empty_height(paragraph, measure)
        format_ = paragraph.format
        self._pitch = measure.grid.line if format_.on_grid else 0.0
        tall = self._pitch or found[0] - found[2]
        self._blank = blank_at_foot(tall, max(format_.line, 1.0)) if format_.line_rule is LineRule.MULTIPLE else 0.0
        return found

    def blank(self, ways: Sequence[Obstacle], y: float, tall: float, start: float, end: float, *given: float) -> float:
        found = _own_blank(ways, y, tall, start, end, *given)
        if found <= y or not any(_fills(one, start, end) for one in ways):
            return found
        gap = math.ceil((found - y) / self._pitch - 0.001) * self._pitch if self._pitch else found - y
        return y + gap + self._blank


def stand_lower(stack: ExitStack) -> None:
    """Text below a picture begins on a line of the grid, and lower by the blank a multiple would leave under a line."""
    empty = _Empty()
    stack.enter_context(patch.object(lines, "set_around", _below_dummies))
    stack.enter_context(patch.object(lines, "_empty_height", empty.height))
    stack.enter_context(patch.object(lines, "blank_above", empty.blank))


_own_across, _own_down = floats._across, floats._down


def _inwards(place: Position, before: float, after: float) -> float:
    return {"start": before, "end": -after}.get(place.align, 0.0)


def _across(found: SetFloat, *given: Any) -> float:
    """Shapes and tables keep the blank beside them from the edge they stand at, pictures only from edges outside the text."""
    box, x = found.box, _own_across(found, *given)
    if box.blocks and _is_frame(found) and isinstance(box.blocks[0], Table):
        return x + _inwards(box.across, box.gaps.left, box.gaps.right)
    if (
        box.wrap == "none"
        or _is_frame(found)
        or (box.picture is not None and box.across.relative in ("margin", "column"))
    ):
        return x
    return x + _inwards(box.across, 0.0 if box.across.relative == "margin" else box.gaps.left, box.gaps.right)


def _down(found: SetFloat, *given: Any) -> float:
    box, y = found.box, _own_down(found, *given)
    if box.wrap == "none" or _is_frame(found) or (box.picture is not None and box.down.relative in ("margin", "page")):
        return y
    return y + _inwards(box.down, box.gaps.top, box.gaps.bottom)


def _is_frame(found: SetFloat) -> bool:
    """Whether it is a paragraph's frame or a table, whose blank is no shape's."""
    box = found.box
    return bool(box.blocks) and box.line is None and box.fill is None and box.margins == Margins(0.0, 0.0, 0.0, 0.0)


def stand_clear_of_edges(stack: ExitStack) -> None:
    """What is aligned to an edge keeps its blank there."""
    stack.enter_context(patch.object(floats, "_across", _across))
    stack.enter_context(patch.object(floats, "_down", _down))


def whole_characters_beside(stack: ExitStack) -> None:
    """Lines before what they run round are as long as whole characters of the grid, though it has but lines."""
    own = lines.set_around

    def cut(strand: breaking.Strand, set_line: Any, obstacles: Sequence[Obstacle], *given: Any) -> object:
        grid = set_line.__self__._grid
        pitch, start = strand._settings.em + grid.widen, given[0][0]
        least = min(start, start + given[0][1])
        if grid.line:
            obstacles = [
                replace(one, left=max(math.floor(one.left / pitch + 0.001) * pitch, min(one.left, least + 0.01)))
                if one.left > start and not one.edge
                else one
                for one in obstacles
            ]
        return own(strand, set_line, obstacles, *given)

    stack.enter_context(patch.object(lines, "set_around", cut))
