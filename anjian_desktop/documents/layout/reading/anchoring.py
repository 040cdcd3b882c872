"""Gathers frames (图文框) and tables that text runs round into boxes hanging on the paragraph after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.model import (
    Align,
    Block,
    FloatBox,
    LineRule,
    Margins,
    Paragraph,
    ParagraphFormat,
    Position,
    RunFormat,
    Table,
)
from anjian_desktop.documents.layout.reading.objects import aligned
from anjian_desktop.documents.layout.reading.styles import twips

_NO_MARGINS = Margins(0.0, 0.0, 0.0, 0.0)
_RELATIVE = {"text": "column", "margin": "margin", "page": "page"}
_WRAPS = {"notBeside": "topAndBottom", "none": "topAndBottom"}
_TALLEST = 400.0
"""pt: a table that text runs round and that seems higher is set like any other, so that it goes over pages."""
_TALLEST_ON_PAGE = 700.0
"""pt: the same for a table whose place on the page is told."""
_ROOM_BESIDE = 13.3
"""pt: what a floating table is narrower than the text by; a wider one pushes the text down wherever it is placed."""


def gathered(blocks: Sequence[Block], width: float | None) -> list[Block]:
    """The blocks with frames and floating tables hung on a paragraph; `width`: of the text (pt), None in a cell."""
    found: list[Block] = []
    waiting: list[FloatBox] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if not block.pinned:
            if waiting and isinstance(block, Paragraph):
                block = replace(block, floats=(*block.floats, *waiting))
                waiting = []
            found.append(block)
        elif isinstance(block, Table):
            if width is not None and _stands_beside(block, width):
                waiting.append(_table_box(block))
            else:
                found.append(_settled(block))
        else:
            content = [block]
            while at < len(blocks) and blocks[at].pinned == block.pinned and isinstance(blocks[at], Paragraph):
                content.append(blocks[at])  # type: ignore[arg-type]
                at += 1
            waiting.append(_frame_box(content))
    if waiting:
        found.append(_bearer(waiting))
    return found


def _bearer(boxes: Sequence[FloatBox]) -> Paragraph:
    """A paragraph without height, for boxes that no text follows."""
    format_ = ParagraphFormat(align=Align.START, line=0.01, line_rule=LineRule.EXACT)
    return Paragraph(format_, (), RunFormat(size=1.0), "", "", tuple(boxes))


def _frame_box(content: Sequence[Paragraph]) -> FloatBox:
    """The box of a frame's paragraphs (ECMA-376 part 1, 17.3.1.11)."""
    said = dict(content[0].pinned)
    blocks = tuple(replace(paragraph, pinned=()) for paragraph in content)
    across, down = _place(said, "hAnchor", "x", "xAlign"), _place(said, "vAnchor", "y", "yAlign")
    wrap = _WRAPS.get(said.get("wrap", "around"), "square")
    height = twips(said.get("h"))
    if said.get("hRule", "auto") != "exact":
        height = 0.0
    beside, above = twips(said.get("hSpace")), twips(said.get("vSpace"))
    kind = said.get("dropCap", "none")
    if kind != "none":
        across = Position("column", 0.0) if kind == "drop" else Position("leftMargin", 0.0, "end")
        down, wrap = Position("paragraph", 0.0), "square" if kind == "drop" else "none"
    gaps = Margins(above, beside, above, beside)
    width = twips(said.get("w"))
    return FloatBox(width, height, across, down, wrap, False, None, blocks, _NO_MARGINS, None, None, gaps)


def _table_box(table: Table) -> FloatBox:
    """The box of a floating table (ECMA-376 part 1, 17.4.57)."""
    said = dict(table.pinned)
    across = _place(said, "horzAnchor", "tblpX", "tblpXSpec")
    down = _place(said, "vertAnchor", "tblpY", "tblpYSpec")
    gaps = Margins(*(twips(said.get(f"{side}FromText")) for side in ("top", "left", "bottom", "right")))
    inner = replace(table, pinned=(), align="start", indent=0.0, hanging=0.0)
    return FloatBox(table.width, 0.0, across, down, "square", False, None, (inner,), _NO_MARGINS, None, None, gaps)


def _place(said: Mapping[str, str], anchor: str, offset: str, align: str) -> Position:
    """A place in one direction; untold it is from the column and from the margin, as Word writes it."""
    down = anchor.startswith("v")
    relative = _RELATIVE.get(said.get(anchor, "margin" if down else "text"), "page")
    if down and relative == "column":
        relative = "paragraph"
    return Position(relative, twips(said.get(offset)), aligned(said.get(align)))


def _stands_beside(table: Table, width: float) -> bool:
    """Whether a floating table leaves room beside it, or its place is the page's: else it is set like any other."""
    said = dict(table.pinned)
    on_page = said.get("horzAnchor") == "page"
    tallest = _TALLEST_ON_PAGE if on_page and said.get("vertAnchor") == "page" else _TALLEST
    return _estimated_height(table) <= tallest and (on_page or width - table.width >= _ROOM_BESIDE)


def _settled(table: Table) -> Table:
    """A floating table as one in the text, at its place across the page."""
    said = dict(table.pinned)
    across = {"center": "center", "right": "end", "outside": "end"}.get(said.get("tblpXSpec", ""), "start")
    indent = twips(said.get("tblpX")) if said.get("horzAnchor") != "page" else 0.0
    return replace(table, pinned=(), align=across, indent=indent, hanging=0.0)


def _estimated_height(table: Table) -> float:
    """About how high a table comes out (pt)."""
    total = 0.0
    for row in table.rows:
        tallest = row.height
        for cell in row.cells:
            tall = 0.0
            for block in cell.blocks:
                if isinstance(block, Table):
                    tall += _estimated_height(block)
                    continue
                size = block.pieces[0].format.size if block.pieces else block.mark.size
                lines = 1 + int(len(block.text) * size / max(cell.width, size))
                tall += lines * 1.3 * size
            tallest = max(tallest, tall)
        total += tallest
    return total
