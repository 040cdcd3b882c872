"""Puts values into the placeholders of model paragraphs: the format of the first run of a placeholder counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.characters import INVISIBLE
from anjian_desktop.documents.layout.model import Block, FloatBox, Paragraph, Piece, Row, RunFormat, Table
from anjian_desktop.documents.placeholders import GAP, find, text_for


class Filling:
    """A paragraph parted at its placeholders, to be filled many times. `names`: the placeholders, in reading order.

    A placeholder that Word parted into several runs takes the format of the run it begins in. `as_typed`: braces are
    text like any other.
    """

    def __init__(self, paragraph: Paragraph, *, as_typed: bool = False) -> None:
        self._paragraph = paragraph
        self._parts: list[Piece | tuple[str, RunFormat]] = []
        spans = [] if as_typed else find(paragraph.text)
        starts: list[tuple[int, Piece]] = []
        at = 0
        for piece in paragraph.pieces:
            starts.append((at, piece))
            at += len(piece.text)
        done = 0
        for span in spans:
            self._parts += _between(starts, done, span.start)
            owner = next(piece for begin, piece in reversed(starts) if begin <= span.start)
            self._parts.append((span.name, owner.format))
            done = span.end
        self._parts += _between(starts, done, at)
        boxed = () if as_typed else [name for box in paragraph.floats for name in _names_in_box(box)]
        self.names = tuple(dict.fromkeys([*[span.name for span in spans], *boxed]))

    def fill(self, values: Mapping[str, str]) -> Paragraph:
        """The paragraph with these values; a placeholder without one becomes a visible gap.

        Raises UnprintableValue for a value with control characters.
        """
        if not self.names:
            return self._paragraph
        pieces: list[Piece] = []
        for part in self._parts:
            piece = part if isinstance(part, Piece) else Piece(_printed(part[0], values), part[1])
            if pieces and pieces[-1].format == piece.format:
                piece = Piece(pieces.pop().text + piece.text, piece.format)
            pieces.append(piece)
        paragraph = self._paragraph
        floats = paragraph.floats
        if floats:
            floats = tuple(_filled_box(box, values) for box in floats)
        return replace(paragraph, pieces=tuple(pieces), floats=floats)


def names_in(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The placeholder names in blocks, in reading order, each once."""
    found: dict[str, None] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            found.update((span.name, None) for span in find(block.text))
            for box in block.floats:
                found.update(dict.fromkeys(_names_in_box(box)))
        else:
            for row in block.rows:
                for cell in row.cells:
                    found.update(dict.fromkeys(names_in(cell.blocks)))
    return tuple(found)


def fill_table(table: Table, values: Mapping[str, str]) -> Table:
    """The table with the placeholders of all its cells replaced."""
    return replace(table, rows=tuple(fill_row(row, values) for row in table.rows))


def fill_row(row: Row, values: Mapping[str, str]) -> Row:
    """The row with the placeholders of its cells replaced; the row itself when it has none."""
    if not any(names_in(cell.blocks) for cell in row.cells):
        return row
    return replace(row, cells=tuple(replace(cell, blocks=_filled(cell.blocks, values)) for cell in row.cells))


def _names_in_box(box: FloatBox) -> tuple[str, ...]:
    return (*names_in(box.blocks), *(name for _, _, part in box.parts for name in _names_in_box(part)))


def _filled_box(box: FloatBox, values: Mapping[str, str]) -> FloatBox:
    parts = tuple((x, y, _filled_box(part, values)) for x, y, part in box.parts)
    return replace(box, blocks=_filled(box.blocks, values), parts=parts)


def _filled(blocks: Sequence[Block], values: Mapping[str, str]) -> tuple[Block, ...]:
    return tuple(
        Filling(block).fill(values) if isinstance(block, Paragraph) else fill_table(block, values) for block in blocks
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
