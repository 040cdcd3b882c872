"""Sets a placeholder smaller than its template does, for a value that would not fit its frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.model import Block, Paragraph, Piece
from anjian_desktop.documents.layout.sections import Document
from anjian_desktop.documents.placeholders import find


def with_smaller(document: Document, name: str, factor: float) -> Document:
    """The document with every run of `{{name}}` in its bodies set at `factor` of its size; nothing else changes."""
    sections = [replace(section, blocks=_smaller(section.blocks, name, factor)) for section in document.sections]
    return replace(document, sections=tuple(sections))


def _smaller(blocks: Sequence[Block], name: str, factor: float) -> tuple[Block, ...]:
    return tuple([_block(block, name, factor) for block in blocks])


def _block(block: Block, name: str, factor: float) -> Block:
    if isinstance(block, Paragraph):
        floats = tuple([replace(box, blocks=_smaller(box.blocks, name, factor)) for box in block.floats])
        return replace(block, pieces=tuple(_pieces(block, name, factor)), floats=floats)
    rows = [
        replace(row, cells=tuple([replace(cell, blocks=_smaller(cell.blocks, name, factor)) for cell in row.cells]))
        for row in block.rows
    ]
    return replace(block, rows=tuple(rows))


def _pieces(paragraph: Paragraph, name: str, factor: float) -> Iterator[Piece]:
    """The pieces, parted where the placeholder begins and ends: the words beside it keep their size."""
    spans = [span for span in find(paragraph.text) if span.name == name]
    at = 0
    for piece in paragraph.pieces:
        done = 0
        for span in spans:
            start, end = max(span.start - at, done), min(span.end - at, len(piece.text))
            if start < end:
                if start > done:
                    yield Piece(piece.text[done:start], piece.format)
                yield Piece(piece.text[start:end], replace(piece.format, size=piece.format.size * factor))
                done = end
        if done < len(piece.text) or not piece.text:
            yield Piece(piece.text[done:], piece.format)
        at += len(piece.text)
