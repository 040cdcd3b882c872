"""LibreOffice's own way with tables in headers and footers, where Word is known to differ."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

from anjian_desktop.documents.layout.model import Block, LineRule, Paragraph
from anjian_desktop.documents.layout.reading import document
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.typesetting.closing_blanks import _HEIGHT
from anjian_desktop.documents.layout.typesetting.line_heights import blank_at_foot

if TYPE_CHECKING:
    from lxml.etree import _Element


def blank_twice(stack: ExitStack) -> None:
    """The blank below the text of a cell, in a header or a footer, counts twice."""
    own_blocks = document.Reader.blocks

    def blocks(reader: document.Reader, parent: _Element, place: str, table_style: str) -> tuple[Block, ...]:
        found = own_blocks(reader, parent, place, table_style)
        last = found[-1] if found else None
        if not reader.in_furniture or parent.tag != W + "tc" or not isinstance(last, Paragraph):
            return found
        format_ = last.format
        by_style = blank_at_foot(_HEIGHT * last.foot, format_.line) if format_.line_rule is LineRule.MULTIPLE else 0.0
        return (*found[:-1], replace(last, format=replace(format_, after=2 * format_.after + by_style)))

    stack.enter_context(patch.object(document.Reader, "blocks", blocks))
