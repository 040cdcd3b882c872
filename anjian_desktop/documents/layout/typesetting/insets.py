"""How far a paragraph keeps from the edges of its text and from its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.documents.layout.model import Grid, Paragraph, ParagraphFormat, Piece


def indents(paragraph: Paragraph, pieces: Sequence[Piece], grid: Grid, em: float) -> tuple[float, float, float]:
    """A paragraph's indents at the start, at the end and of its first line (pt). `em`: the size of the body's style.

    At the edges an indent counts characters of the body's style, that of the first line its own ones; text that hangs
    counts from where its first line begins. What Word keeps in points beside the characters tells it.
    """
    format_ = paragraph.format
    first = min(1, len(pieces) - 1) if paragraph.numbered else 0  # what follows the number
    own = (pieces[first].format.size if pieces else paragraph.mark.size) + grid.widen
    body = em + grid.widen
    indent = format_.first_chars * own if format_.first_chars is not None else format_.first
    start = format_.start_chars * body - min(indent, 0.0) if format_.start_chars is not None else format_.start
    end = format_.end_chars * body if format_.end_chars is not None else format_.end
    return start, end, indent


def blanks(format_: ParagraphFormat, grid: Grid) -> tuple[float, float]:
    """The blank above and below a paragraph (pt); one said in lines counts lines of the grid."""
    unit = grid.line or 12.0
    before, after = format_.before, format_.after
    if format_.before_lines is not None and (grid.line or not before):
        before = format_.before_lines * unit
    if format_.after_lines is not None and (grid.line or not after):
        after = format_.after_lines * unit
    return before, after
