"""Where the numbers that refer to notes stand in a text: they keep no blank from it and begin no line."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.documents.layout.model import Piece


def note_marks(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """The first character of each such number and the one behind its last."""
    found: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        if piece.format.note:
            found.append((at, end))
        at = end
    return found
