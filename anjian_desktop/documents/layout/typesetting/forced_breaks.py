"""Parts the text of a paragraph where the document says so: at page and column breaks, at tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.model import COLUMN_BREAK, PAGE_BREAK, TAB, Paragraph, Piece

_BREAKS = re.compile(f"([{PAGE_BREAK}{COLUMN_BREAK}])")


def split_at_breaks(pieces: Sequence[Piece]) -> list[tuple[str, list[Piece]]]:
    """The pieces parted at page and column breaks, each part with the break before it.

    A paragraph that begins with a column break stands in the next column as a whole: nothing of it is left before.
    """
    parts: list[tuple[str, list[Piece]]] = [("", [])]
    for piece in pieces:
        for text in _BREAKS.split(piece.text):
            if text in (PAGE_BREAK, COLUMN_BREAK):
                parts.append((text, []))
            elif text:
                parts[-1][1].append(replace(piece, text=text))
    return parts[1:] if len(parts) > 1 and not parts[0][1] and parts[1][0] == COLUMN_BREAK else parts


def between_tabs(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The stretches of text[start:stop] parted by tabs."""
    while True:
        tab = text.find(TAB, start, stop)
        yield start, stop if tab < 0 else tab
        if tab < 0:
            return
        start = tab + 1


def without_breaks(paragraph: Paragraph) -> Paragraph:
    """The paragraph of a cell, where a page or column cannot end."""
    if not any(PAGE_BREAK in piece.text or COLUMN_BREAK in piece.text for piece in paragraph.pieces):
        return paragraph
    kept = [(piece.text.replace(PAGE_BREAK, "").replace(COLUMN_BREAK, ""), piece.format) for piece in paragraph.pieces]
    return replace(paragraph, pieces=tuple([Piece(text, format_) for text, format_ in kept if text]))
