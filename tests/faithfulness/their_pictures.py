"""LibreOffice's own ways with pictures in lines, where Word is known to differ."""

from __future__ import annotations

import math
import struct
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from anjian_desktop.documents.layout.laid_out import Fragment
from anjian_desktop.documents.layout.model import Grid, LineRule, ParagraphFormat
from anjian_desktop.documents.layout.reading import document
from anjian_desktop.documents.layout.reading.objects import WP, Found, Surroundings, _emu
from anjian_desktop.documents.layout.typesetting import flow, lines
from anjian_desktop.documents.layout.typesetting.line_heights import blank_at_foot
from anjian_desktop.documents.metafiles import reading
from anjian_desktop.documents.metafiles.canvas import Canvas
from anjian_desktop.documents.metafiles.drawing import Text
from anjian_desktop.documents.metafiles.limits import Allowance

if TYPE_CHECKING:
    from lxml.etree import _Element

_COMMENT, _DRIVER_STRING = 70, 0x4036
"""Records of metafiles: one that holds others, and of those one that writes text."""


def multiply_pictures(stack: ExitStack) -> None:
    """A multiple counts the height of pictures too, on the grid, but in the first line of a paragraph or page."""
    found = _Multiplied(lines.line_by_fonts)
    stack.enter_context(patch.object(lines, "line_by_fonts", found.line))
    own_set, own_full, own_ended = lines._Setter.set, flow._Cutter._full, flow._Cutter._ended
    stack.enter_context(patch.object(lines._Setter, "set", lambda *given: found.set(own_set, *given)))
    stack.enter_context(patch.object(flow._Cutter, "_full", lambda *given: found.full(own_full, *given)))
    stack.enter_context(patch.object(flow._Cutter, "_ended", lambda *given: found.ended(own_ended, *given)))


class _Multiplied:
    """Makes lines with pictures higher; those that begin a page as high as they were."""

    def __init__(self, own: Any) -> None:
        self._own, self._more = own, 0.0
        self._lines: dict[int, tuple[Fragment, float]] = {}

    def line(
        self, above: float, below: float, paragraph: ParagraphFormat, grid: Grid, *,
        snaps: bool, tallest: float = 0.0, drawn: float = 0.0, opens: bool = False, closes: bool = False,
    ) -> tuple[float, float, float]:  # fmt: skip
        height, base, tail = self._own(
            above, below, paragraph, grid, snaps=snaps, tallest=tallest, drawn=drawn, opens=opens, closes=closes
        )
        on_grid = grid.line and paragraph.on_grid and snaps and paragraph.line_rule is LineRule.MULTIPLE
        if opens or drawn <= above or paragraph.line <= 1 or not on_grid:
            return height, base, tail
        text = above + below if above else tallest
        whole = height - tail - (math.ceil(text / grid.line) * grid.line - text if closes else 0.0)
        self._more = blank_at_foot(whole, paragraph.line) - tail
        return height + self._more, base, 0.0

    def set(self, own: Any, *given: Any) -> tuple[Fragment, float]:
        self._more = 0.0
        fragment, height = own(*given)
        if self._more:
            self._lines[id(fragment)] = fragment, self._more
        return fragment, height

    def full(self, own: Any, cutter: flow._Cutter, start: int) -> int:
        strip = cutter._strip
        fragment, more = self._lines.get(id(strip.fragments[start]), (None, 0.0))
        if fragment is strip.fragments[start] and start:
            strip.heights[start] -= more
            cutter._measure()
            del self._lines[id(fragment)]
        result: int = own(cutter, start)
        return result

    def ended(self, own: Any, cutter: flow._Cutter, start: int, end: int) -> int:
        """Where a page ends; before a picture that makes its paragraph higher than a page, whatever must not be alone."""
        strip = cutter._strip
        if end > start and id(strip.fragments[end]) in self._lines:
            own_block = [at for at, block in enumerate(strip.blocks) if block == strip.blocks[end]]
            if sum(strip.heights[at] for at in own_block) > cutter._room:
                return end
        result: int = own(cutter, start, end)
        return result


def square_turned(stack: ExitStack) -> None:
    """A picture in the line that is turned by a quarter takes its longer side both ways."""
    own_read = document.read_drawing

    def read(element: _Element, around: Surroundings) -> list[Found] | None:
        found = own_read(element, around)
        for at, one in enumerate(found or ()):
            picture = one.inline
            said = _emu(element.find(f"{WP}inline/{WP}extent"), "cx")
            if found and picture is not None and said and abs(picture.width - said) > 0.1:
                side = max(picture.width, picture.height)
                found[at] = replace(one, inline=replace(picture, width=side, height=side))
        return found

    stack.enter_context(patch.object(document, "read_drawing", read))


def pixels_of_plus(stack: ExitStack) -> None:
    """What is written in a metafile whose EMF+ records write text too is no text."""
    own = reading.draw_emf

    def draw(data: bytes, allowance: Allowance) -> tuple[float, float, Canvas]:
        width, height, canvas = own(data, allowance)
        if _writes_in_plus(data):
            canvas.items[:] = [item for item in canvas.items if not isinstance(item, Text)]
        return width, height, canvas

    stack.enter_context(patch.object(reading, "draw_emf", draw))


def _writes_in_plus(data: bytes) -> bool:
    """Whether one of the EMF+ records in the comments of a metafile is EmfPlusDrawDriverString ([MS-EMFPLUS] 2.3.4.6)."""
    at = 0
    while at + 16 <= len(data):
        kind, size, length = struct.unpack_from("<III", data, at)
        if kind == _COMMENT and data[at + 12 : at + 16] == b"EMF+":
            place, end = at + 16, min(at + 12 + length, len(data) - 8)
            while place < end:
                plus, _, step = struct.unpack_from("<HHI", data, place)
                if plus == _DRIVER_STRING:
                    return True
                place += max(step, 8)
        at += max(size, 8)
    return False
