"""Cells whose text runs downwards or upwards: the height they need, their lines turned into the cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.border_lines import dashes
from anjian_desktop.documents.layout.laid_out import Fragment, GlyphRun, Rule, Stroke
from anjian_desktop.documents.layout.model import Border, Cell

Line = tuple[Fragment, float, float]
"""A line inside a cell: its fragment, its top and its bottom (pt from the top of the cell's content)."""

Lines = Callable[[float], tuple[Sequence[Line], float]]
"""Gives the lines of a cell for the length they may have (pt), and what they take across."""

_HALVINGS = 10
_SLACK = 0.2
"""pt a line is given beyond its text, so that rounding parts none."""
_ASCENT = 0.88
"""The baseline's place in the em square of ideographs, from its top."""
_MIDDLE = 0.38
"""How far the middle of ideographs stands above their baseline, in em."""
_LYING = frozenset("（）《》〈〉【】〔〕［］｛｝「」『』“”‘’—…～－()[]")
"""Marks that lie down with the line in upright text."""
_IN_CORNER = frozenset("，。、．")
"""Marks that stand in the upper right of their square in upright text, in the lower left of level text."""


def length_needed(lines: Lines, longest: float, across: float) -> float:
    """The least length of lines (pt) with which a text takes no more than `across`; `longest`: its longest paragraph's."""
    low, high = 1.0, max(longest + _SLACK, 1.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if lines(middle)[1] <= across + _SLACK:
            high = middle
        else:
            low = middle
    return high


def diagonals(cell: Cell, height: float) -> tuple[Stroke, ...]:
    """The lines across a cell of this height (pt), from its top left corner."""
    falling, rising = cell.diagonals
    found = []
    if falling is not None:
        found.append(_across(((0.0, 0.0), (cell.width, height)), falling))
    if rising is not None:
        found.append(_across(((cell.width, 0.0), (0.0, height)), rising))
    return tuple(found)


def _across(points: tuple[tuple[float, float], ...], line: Border) -> Stroke:
    return Stroke(points, line.width, line.colour, dashes=dashes(line.kind, line.width))


def inner_width(cell: Cell) -> float:
    """The width a cell leaves for its text (pt)."""
    return max(cell.width - cell.margins.left - cell.margins.right, 1.0)


def turned(cell: Cell, lines: Lines, needed: float, above: float, height: float, whole: float) -> tuple[Line, ...]:
    """A cell's lines turned into it; `above`: what the line above takes (pt).

    `height` is what a page's end leaves of its whole height: lines of the length `needed` that do not fit there are parted
    into pieces, each by itself; else all of them are one.
    """
    top = cell.margins.top + above
    edges = top + cell.margins.bottom
    parted = height < whole and height - edges < needed
    length, across = (whole if parted else height) - edges, inner_width(cell)
    found, thick = lines(length)
    shift = {"center": 0.5, "bottom": 1.0}.get(cell.align, 0.0) * max(across - thick, 0.0)
    pieces: list[tuple[GlyphRun, float, float]] = []
    rules: list[Rule] = []
    notes: list[str] = []
    for fragment, upper, _ in found:
        notes += fragment.notes
        if cell.turn == "left":
            pieces += _leftwards(fragment.runs, shift + upper, top + length, each=parted)
            rules += [
                Rule(
                    shift + upper + one.y,
                    top + length - one.x - one.width,
                    one.height,
                    one.width,
                    one.colour,
                    one.dashes,
                )
                for one in fragment.rules
            ]
        else:
            right = across - shift - upper
            pieces += _rightwards(fragment.runs, right, top, upright=cell.turn == "down", each=parted)
            rules += [
                Rule(right - one.y - one.height, top + one.x, one.height, one.width, one.colour, one.dashes)
                for one in fragment.rules
            ]
    if not parted:
        one_piece = Fragment(tuple(run for run, _, _ in pieces), tuple(rules), notes=tuple(notes))
        return ((_lowered(one_piece, top), top, top + length),) if one_piece.shows or notes else ()
    alone: list[Line] = [(_lowered(Fragment((run,)), begin), begin, end) for run, begin, end in pieces]
    alone += [(_lowered(Fragment((), (rule,)), rule.y), rule.y, rule.y + rule.height) for rule in rules]
    return tuple(sorted(alone, key=lambda line: line[2]))


def _lowered(fragment: Fragment, top: float) -> Fragment:
    """The fragment counted from its own top."""
    runs, rules = fragment.moved(0.0, -top)
    return Fragment(tuple(runs), tuple(rules), notes=fragment.notes)


def _rightwards(
    runs: Sequence[GlyphRun], right: float, top: float, *, upright: bool, each: bool
) -> Iterator[tuple[GlyphRun, float, float]]:
    """Runs turned clockwise, their line beginning at (`right`, `top`), each with its top and bottom."""
    for run in runs:
        middle = right - run.y + _MIDDLE * run.size
        for part, begin, end in _parts(run, upright=upright, each=each):
            standing = upright and _stands(part.text[0])
            if standing:
                corner = 0.5 * run.size if part.text in _IN_CORNER else 0.0
                x, y = middle - run.size * run.scale / 2 + corner, top + begin + _ASCENT * run.size - corner
                yield replace(part, x=x, y=y), top + begin, top + end
            else:
                yield replace(part, x=right - run.y, y=top + begin, turn=90), top + begin, top + end


def _leftwards(
    runs: Sequence[GlyphRun], left: float, bottom: float, *, each: bool
) -> Iterator[tuple[GlyphRun, float, float]]:
    """Runs turned counter-clockwise, their line beginning at (`left`, `bottom`), each with its top and bottom."""
    for run in runs:
        for part, begin, end in _parts(run, upright=False, each=each):
            yield replace(part, x=left + run.y, y=bottom - begin, turn=-90), bottom - end, bottom - begin


def _parts(run: GlyphRun, *, upright: bool, each: bool) -> Iterator[tuple[GlyphRun, float, float]]:
    """The stretches of a run that are drawn as one, with where each begins and ends along the line (pt).

    `each`: ideographs and words by themselves.
    """
    x, first, begin = run.x, 0, run.x
    for at, character in enumerate(run.text):
        alone = upright and (_stands(character) or _stands(run.text[first]))
        if at > first and (alone or (each and (ord(character) > 0xFF or run.text[at - 1] == " "))):
            yield _part(run, first, at), begin, x
            first, begin = at, x
        x += _width(run, at)
    if run.text:
        yield _part(run, first, len(run.text)), begin, x


def _part(run: GlyphRun, start: int, stop: int) -> GlyphRun:
    text, codes = run.text[start:stop], run.codes[2 * start : 2 * stop]
    return replace(run, text=text, codes=codes, follows=run.follows or start > 0)


def _stands(character: str) -> bool:
    """Whether a character keeps upright in text that runs down."""
    return unicodedata.east_asian_width(character) in "WF" and character not in _LYING


def _width(run: GlyphRun, at: int) -> float:
    glyph = int.from_bytes(run.codes[2 * at : 2 * at + 2], "big")
    face = run.face
    return face.advances[glyph] / face.units_per_em * run.size * run.scale + run.spacing
