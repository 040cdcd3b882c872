"""Where boxes hang that are placed by their paragraph: from the top of its own blank, not from its first line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.model import Block, FloatBox, Grid, Paragraph, Position
from anjian_desktop.documents.layout.typesetting.insets import blanks

_SAME = 0.1
"""pt by which places may differ and are still one."""


def hung(blocks: Sequence[Block], grid: Grid, *, add_spaces: bool) -> list[Block]:
    """The blocks, their boxes raised by what each paragraph's own blank adds to that below the block before it.

    So the other programs of a Linux desktop count the place of what hangs on a paragraph.
    """
    found: list[Block] = []
    space, style, tight = 0.0, "", False
    for block in blocks:
        if not isinstance(block, Paragraph):
            space, style, tight = 0.0, "", False
            found.append(block)
            continue
        lead, after = blanks(block.format, grid)
        if block.style == style:
            lead, space = 0.0 if block.format.contextual else lead, 0.0 if tight else space
        own = lead if add_spaces else max(lead - space, 0.0)
        if own and any(box.down.relative == "paragraph" for box in block.floats):
            block = replace(block, floats=tuple([_raised(box, own) for box in block.floats]))
        found.append(block)
        space, style, tight = after, block.style, block.format.contextual
    return found


def hung_in_margin(blocks: Sequence[Block], grid: Grid, *, add_spaces: bool) -> list[Block]:
    """The blocks of a header or footer, whose first paragraph keeps its blank: what hangs there is raised by it for good."""
    return [
        replace(block, floats=tuple([_settled(box) for box in block.floats]))
        if isinstance(block, Paragraph) and block.floats
        else block
        for block in hung(blocks, grid, add_spaces=add_spaces)
    ]


def _settled(box: FloatBox) -> FloatBox:
    down = box.down
    return replace(box, down=replace(down, offset=down.offset - down.lead, lead=0.0)) if down.lead else box


def _raised(box: FloatBox, by: float) -> FloatBox:
    return replace(box, down=replace(box.down, lead=by)) if box.down.relative == "paragraph" else box


def hanging_place(down: Position, paragraph: float, top: float) -> float:
    """Where a box stands whose paragraph's text begins at a place below `top`, where a page drops the blank above it (pt)."""
    begin = paragraph - down.lead
    return (begin if begin > top - _SAME else paragraph) + down.offset
