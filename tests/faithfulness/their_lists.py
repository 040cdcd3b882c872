"""LibreOffice's rules of lists and tables of contents where Word's are known to be others."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

from anjian_desktop.documents.layout.model import Block, Paragraph
from anjian_desktop.documents.layout.reading import document
from anjian_desktop.documents.layout.reading.numbering import Label
from anjian_desktop.documents.layout.reading.package import Package, W
from anjian_desktop.documents.layout.reading.styles import Look

if TYPE_CHECKING:
    from lxml.etree import _Element


def drop_style_indents(stack: ExitStack) -> None:
    """A number of its own takes the style's indents away, whether its level says any or not."""
    own_label = document.Reader._label

    def label(reader: document.Reader, look: Look, style: str, properties: _Element | None) -> Label | None:
        found = own_label(reader, look, style, properties)
        own = properties is not None and properties.find(W + "numPr") is not None
        level = found.level.paragraph if found is not None else None
        if found is not None and own and (level is None or level.find(W + "ind") is None):
            look.merged.pop("ind", None)
        return found

    stack.enter_context(patch.object(document.Reader, "_label", label))


def keep_cleared_stop(stack: ExitStack) -> None:
    """The tab stop of a list level stays, whatever stops the paragraph clears."""
    own_label = document.Reader._label

    def label(reader: document.Reader, look: Look, style: str, properties: _Element | None) -> Label | None:
        found = own_label(reader, look, style, properties)
        level = found.level.paragraph if found is not None else None
        for tab in level.iterfind(f"{W}tabs/{W}tab") if level is not None else ():
            look.merge("tabs", {f"{tab.get(W + 'pos')}.0": "left "})  # a place no paragraph names, so none clears it
        return found

    stack.enter_context(patch.object(document.Reader, "_label", label))


def tight_lists(stack: ExitStack) -> None:
    """In a list the blank that a paragraph says is not automatic is left out as if it were."""
    own_paragraph, own_settled = document.Reader.paragraph, document.settled
    said: dict[int, tuple[object, bool, bool]] = {}

    def paragraph(reader: document.Reader, element: _Element, place: str, table_style: str) -> Paragraph:
        found = own_paragraph(reader, element, place, table_style)
        spacing = element.find(f"{W}pPr/{W}spacing")
        if found.numbered and spacing is not None:
            names = (W + "beforeAutospacing", W + "afterAutospacing")
            said[id(found.format)] = (found.format, *(spacing.get(name) is not None for name in names))  # type: ignore[assignment]
        return found

    def settled(blocks: Sequence[Block], *, opens: bool, closes: bool) -> list[Block]:
        found = own_settled(blocks, opens=opens, closes=closes)
        for at in range(1, len(blocks)):
            above, block = blocks[at - 1], blocks[at]
            if not isinstance(above, Paragraph) or not isinstance(block, Paragraph):
                continue
            if not block.numbered or block.numbered != above.numbered:
                continue
            _, before, after = said.get(id(above.format), (None, False, False))
            if before and block.style == above.style:
                found[at] = _without(found[at], "before")
            if after:
                found[at - 1] = _without(found[at - 1], "after")
        return found

    stack.enter_context(patch.object(document.Reader, "paragraph", paragraph))
    stack.enter_context(patch.object(document, "settled", settled))


def _without(block: Block, side: str) -> Block:
    assert isinstance(block, Paragraph)
    return replace(block, format=replace(block.format, **{side: 0.0, f"{side}_lines": None}))  # type: ignore[arg-type]


def bare_before_contents_end(stack: ExitStack) -> None:
    """An empty paragraph is as high as its style's type, where the next one ends a table of contents."""
    own_part = Package._part

    def part(package: Package, name: str) -> _Element | None:
        root = own_part(package, name)
        fields: list[bool] = []
        for mark in root.iter(W + "fldChar", W + "instrText") if root is not None else ():
            if mark.tag == W + "instrText":
                if fields and (mark.text or "").split()[:1] == ["TOC"]:
                    fields[-1] = True
            elif mark.get(W + "fldCharType") == "begin":
                fields.append(False)
            elif mark.get(W + "fldCharType") == "end" and fields and fields.pop():
                _bare(next(mark.iterancestors(W + "p")).getprevious())
        return root

    stack.enter_context(patch.object(Package, "_part", part))


def _bare(paragraph: _Element | None) -> None:
    """Takes the type of an empty paragraph's mark away."""
    empty = paragraph is not None and paragraph.tag == W + "p" and paragraph.find(".//" + W + "r") is None
    for type_ in paragraph.findall(f"{W}pPr/{W}rPr") if paragraph is not None and empty else ():
        type_.getparent().remove(type_)
