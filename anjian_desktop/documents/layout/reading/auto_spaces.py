"""Settles the blanks a document leaves to the program (自动间距): none where text begins or ends, none within a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.model import Block, Paragraph


def settled(blocks: Sequence[Block], *, opens: bool, closes: bool) -> list[Block]:
    """The blocks without the automatic blanks that are not printed.

    `opens`, `closes`: the document or the cell begins with the first block, ends with the last one.
    """
    if not any(isinstance(block, Paragraph) and _is_auto(block) for block in blocks):
        return list(blocks)
    found: list[Block] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and _is_auto(block):
            above = blocks[at - 1] if at else None
            below = blocks[at + 1] if at + 1 < len(blocks) else None
            format_ = block.format
            if format_.auto_before and (_same_list(block, above) or (above is None and opens)):
                format_ = replace(format_, before=0.0, before_lines=None)
            if format_.auto_after and (_same_list(block, below) or (below is None and closes)):
                format_ = replace(format_, after=0.0, after_lines=None)
            block = replace(block, format=format_)
        found.append(block)
    return found


def _is_auto(block: Paragraph) -> bool:
    return block.format.auto_before or block.format.auto_after


def _same_list(block: Paragraph, other: Block | None) -> bool:
    return isinstance(other, Paragraph) and bool(block.numbered) and other.numbered == block.numbered
