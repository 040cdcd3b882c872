"""Puts values into the placeholders of model paragraphs: the format of the first run of a placeholder counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from anjian_desktop.documents.layout.characters import INVISIBLE
from anjian_desktop.documents.layout.model import Block, Paragraph, Piece, Table
from anjian_desktop.documents.placeholders import GAP, find, text_for


def names_in(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The placeholder names in blocks, in reading order, each once."""
    found: dict[str, None] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            found.update((span.name, None) for span in find(block.text))
        else:
            for row in block.rows:
                for cell in row.cells:
                    found.update((name, None) for name in names_in(cell.blocks))
    return tuple(found)


def fill_paragraph(paragraph: Paragraph, values: Mapping[str, str]) -> Paragraph:
    """The paragraph with its placeholders replaced; one without a value becomes a visible gap.

    A placeholder that Word parted into several runs takes the format of the run it begins in. Raises UnprintableValue for
    a value with control characters.
    """
    spans = find(paragraph.text)
    if not spans:
        return paragraph
    pieces: list[Piece] = []
    starts: list[tuple[int, Piece]] = []
    at = 0
    for piece in paragraph.pieces:
        starts.append((at, piece))
        at += len(piece.text)
    done = 0
    for span in spans:
        pieces += _between(starts, done, span.start)
        owner = next(piece for begin, piece in reversed(starts) if begin <= span.start)
        pieces.append(Piece(_printed(span.name, values), owner.format))
        done = span.end
    pieces += _between(starts, done, at)
    return replace(paragraph, pieces=_joined(pieces))


def fill_table(table: Table, values: Mapping[str, str]) -> Table:
    """The table with the placeholders of all its cells replaced."""
    rows = tuple(
        replace(row, cells=tuple(replace(cell, blocks=fill_blocks(cell.blocks, values)) for cell in row.cells))
        for row in table.rows
    )
    return replace(table, rows=rows)


def fill_blocks(blocks: tuple[Block, ...], values: Mapping[str, str]) -> tuple[Block, ...]:
    """Paragraphs and tables with their placeholders replaced."""
    return tuple(
        fill_paragraph(block, values) if isinstance(block, Paragraph) else fill_table(block, values) for block in blocks
    )


def _printed(name: str, values: Mapping[str, str]) -> str:
    text = text_for(name, values)
    return GAP if text is None else INVISIBLE.sub("", text) or GAP


def _between(starts: list[tuple[int, Piece]], begin: int, end: int) -> list[Piece]:
    """The parts of the pieces between two places of the whole text."""
    found = []
    for at, piece in starts:
        text = piece.text[max(begin - at, 0) : max(end - at, 0)]
        if text:
            found.append(Piece(text, piece.format))
    return found


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].format == piece.format:
            piece = Piece(joined.pop().text + piece.text, piece.format)
        joined.append(piece)
    return tuple(joined)
