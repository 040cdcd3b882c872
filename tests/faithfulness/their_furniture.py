"""LibreOffice's own ways with tables in headers and footers and with the number of pages, where Word is known to differ."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from anjian_desktop.documents.layout import typesetter
from anjian_desktop.documents.layout.model import Block, LineRule, Paragraph
from anjian_desktop.documents.layout.reading import document
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.typesetting.closing_blanks import _HEIGHT
from anjian_desktop.documents.layout.typesetting.furniture import PageCount
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


def count_blank_sides(stack: ExitStack) -> None:
    """The number of all pages counts the blank sides between two pages whose numbers are both odd or both even."""
    own, blanks = typesetter.Typesetter._body, [0]

    def body(setter: typesetter.Typesetter, *given: Any) -> Any:
        before, pages = given[-1], own(setter, *given)
        if before is None:
            blanks[0] = 0
        numbers = [*([] if before is None else [before]), *[page[3] for page in pages]]
        blanks[0] += sum((one + two) % 2 == 0 for one, two in pairwise(numbers))
        return pages

    def counted(number: int, pages: int, section_pages: int) -> PageCount:
        return PageCount(number, pages + blanks[0], section_pages)

    stack.enter_context(patch.object(typesetter.Typesetter, "_body", body))
    stack.enter_context(patch.object(typesetter, "PageCount", counted))
