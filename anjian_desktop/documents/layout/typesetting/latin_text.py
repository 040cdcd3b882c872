"""Latin text among Chinese: which font its marks are set in, how its letters and blanks are spaced."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.documents.layout.characters import FIRST_ASIAN, follows_chinese
from anjian_desktop.documents.layout.model import Piece
from anjian_desktop.documents.layout.typesetting.type_styles import TypeStyle


class LatinMarks(Piece):
    """Marks after Latin text, set in its font."""

    __slots__ = ()


def parted(pieces: Sequence[Piece], stretches: Sequence[tuple[int, int]]) -> Sequence[Piece]:
    """The pieces parted around stretches of the whole text, which become marks of Latin text."""
    if not stretches:
        return pieces
    found: list[Piece] = []
    begin = 0
    for piece in pieces:
        at, end = 0, len(piece.text)
        for start, stop in stretches:
            start, stop = max(start - begin, 0), min(stop - begin, end)
            if start < stop and not piece.format.prefer_east_asian:
                if at < start:
                    found.append(Piece(piece.text[at:start], piece.format))
                found.append(LatinMarks(piece.text[start:stop], piece.format))
                at = stop
        if at < end:
            found.append(Piece(piece.text[at:], piece.format))
        begin += end
    return found


def kern(text: str, style: TypeStyle, advances: list[float], start: int) -> None:
    """Moves the Latin letters of a piece together where their font says so; its first advance is advances[start]."""
    for at in range(len(text) - 1):
        left, right = text[at], text[at + 1]
        if " " < left < "\u0250" and " " < right < "\u0250":
            advances[start + at] += style.kern(left, right)


def widen_blanks(text: str, style: TypeStyle, advances: list[float], start: int, end: int) -> None:
    """Gives blanks of text[start:end] that follow Chinese text the width they have in its font."""
    for at in range(start, end):
        if text[at] == " " and follows_chinese(text, at):
            advances[at] += style.chinese_blank - style.sorts[" "].natural


def opens_latin(text: str, at: int, edge: int) -> bool:
    """Whether marks between Chinese text and the Latin text at a line's edge begin at text[at]."""
    if not (FIRST_ASIAN > text[at] > " ") or text[at].isalnum() or text[at - 1] < FIRST_ASIAN:
        return False
    return text[edge].isalnum() and all(one < FIRST_ASIAN for one in text[at : edge + 1])
