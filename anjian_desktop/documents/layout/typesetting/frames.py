"""Draws borders and backgrounds around paragraphs, and what stands behind, under and around pieces of a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from anjian_desktop.documents.layout.border_lines import ruled
from anjian_desktop.documents.layout.laid_out import Colour, Fragment, Rule
from anjian_desktop.documents.layout.model import Border, Frame, ParagraphFormat, RunFormat

_UNDERLINE_DROP, _UNDERLINE_WEIGHT, _STRIKE_RISE = 0.12, 0.05, 0.32
_BEHIND_ABOVE, _BEHIND_BELOW = 0.9, 0.22
_DOT, _DOT_DROP = 0.12, 0.2


def framed(
    fragments: Sequence[Fragment], heights: Sequence[float], format_: ParagraphFormat, left: float, right: float,
    *, first: bool, last: bool,
) -> tuple[tuple[Fragment, ...], tuple[float, ...]]:  # fmt: skip
    """The lines of a paragraph within its borders and on its background; `left`, `right`: the text's edges (pt)."""
    frame = format_.frame
    assert frame is not None
    lines = frame.lines
    high = frame.spaces[0] + lines.top.width if lines.top else 0.0
    low = frame.spaces[2] + lines.bottom.width if lines.bottom else 0.0
    above, opening = high if first and not format_.joins_above else 0.0, frame
    if first and format_.joins_above and frame.between is not None:
        between, space = frame.between
        above, opening = between.width + space, replace(frame, lines=replace(lines, top=between))
    below = low if last and not format_.joins_below else 0.0
    begin = left - (frame.spaces[1] if lines.left else 0.0)
    end = right + (frame.spaces[3] if lines.right else 0.0)
    found, tall = [], []
    for at, (fragment, height) in enumerate(zip(fragments, heights, strict=True)):
        top = above if at == 0 else 0.0
        foot = below if at == len(fragments) - 1 else 0.0
        whole = height + top + foot
        line = _shifted(fragment, _box(opening if at == 0 else frame, begin, end, 0.0, whole, (top > 0, foot > 0)), top)
        if high or low:
            over, under = 0.0 if top else high, 0.0 if foot else low
            line.seams = (
                (over, Fragment((), tuple(_box(frame, begin, end, -over, over, (True, False))) if over else ())),
                (under, Fragment((), tuple(_box(frame, begin, end, whole, under, (False, True))) if under else ())),
            )
        found.append(line)
        tall.append(whole)
    return tuple(found), tuple(tall)


def _box(frame: Frame, begin: float, end: float, y: float, height: float, closed: tuple[bool, bool]) -> list[Rule]:
    """A piece of a box: its background, the lines at both sides, and those it is closed with above and below."""
    lines, rules = frame.lines, []
    if frame.fill is not None:
        rules.append(Rule(begin, y, end - begin, height, frame.fill))
    if lines.left:
        rules += ruled(Rule(begin - lines.left.width, y, lines.left.width, height, lines.left.colour), lines.left)
    if lines.right:
        rules += ruled(Rule(end, y, lines.right.width, height, lines.right.colour), lines.right)
    if closed[0] and lines.top:
        rules += _edge(begin, y, end, lines.top)
    if closed[1] and lines.bottom:
        rules += _edge(begin, y + height - lines.bottom.width, end, lines.bottom)
    return rules


def _edge(begin: float, y: float, end: float, line: Border) -> list[Rule]:
    return ruled(Rule(begin - line.width, y, end - begin + 2 * line.width, line.width, line.colour), line)


def _shifted(fragment: Fragment, rules: Sequence[Rule], down: float) -> Fragment:
    """The fragment further down, with rules behind it."""
    runs, own = fragment.moved(0.0, down)
    pictures = tuple([type(one)(one.picture, one.x, one.y + down) for one in fragment.pictures])
    found = Fragment(tuple(runs), (*rules, *own), pictures, notes=fragment.notes, lasting=fragment.lasting)
    found.tail = fragment.tail
    found.base = None if fragment.base is None else fragment.base + down
    return found


def behind(format_: RunFormat, begin: float, end: float, baseline: float) -> list[Rule]:
    """The colour behind a piece of a line."""
    if format_.fill is None or end <= begin:
        return []
    size = format_.size
    return [
        Rule(begin, baseline - _BEHIND_ABOVE * size, end - begin, (_BEHIND_ABOVE + _BEHIND_BELOW) * size, format_.fill)
    ]


def decorations(format_: RunFormat, begin: float, end: float, baseline: float) -> list[Rule]:
    """Underline, strike-through and box of a piece of a line."""
    size, colour = format_.size, format_.colour
    weight = max(_UNDERLINE_WEIGHT * size, 0.4)
    rules: list[Rule] = []
    if format_.underline:
        rules += _underline(format_.lines, begin, baseline + _UNDERLINE_DROP * size, end - begin, weight, colour)
    if format_.strike:
        rules.append(Rule(begin, baseline - _STRIKE_RISE * size, end - begin, weight, colour))
    if format_.box is not None and end > begin:
        line = format_.box
        top, bottom = baseline - _BEHIND_ABOVE * size, baseline + _BEHIND_BELOW * size
        for edge in (
            Rule(begin, top, end - begin, line.width, line.colour),
            Rule(begin, bottom, end - begin, line.width, line.colour),
            Rule(begin, top, line.width, bottom - top, line.colour),
            Rule(end - line.width, top, line.width, bottom - top, line.colour),
        ):
            rules += ruled(edge, line)
    return rules


def _underline(
    kind: str, x: float, y: float, width: float, weight: float, colour: tuple[float, float, float]
) -> list[Rule]:
    if "ouble" in kind:
        return [Rule(x, y + shift, width, weight * 0.7, colour) for shift in (0.0, 2 * weight)]
    if kind == "thick":
        return [Rule(x, y, width, 2 * weight, colour)]
    heavy = 2 * weight if "eavy" in kind else weight
    if kind.startswith("wav"):
        step = 1.5 * weight
        rise = (0.0, 0.7, 1.4, 0.7)
        return [Rule(x + step * n, y + weight * rise[n % 4], step, heavy, colour) for n in range(int(width / step))]
    if kind.startswith(("dot", "dash")):
        on, off = (2 * weight, 2 * weight) if kind.startswith("dott") else (6 * weight, 3 * weight)
        return [Rule(x + (on + off) * n, y, on, heavy, colour) for n in range(int(width / (on + off)))]
    return [Rule(x, y, width, weight, colour)]


def emphasis(format_: RunFormat, begin: float, advances: Sequence[float], text: str, baseline: float) -> list[Rule]:
    """The marks at the characters of a piece: below them, as Chinese has them."""
    if not format_.emphasis:
        return []
    side, rules, x = _DOT * format_.size, [], begin
    for character, advance in zip(text, advances, strict=True):
        if not character.isspace():
            rules.append(
                Rule(x + (advance - side) / 2, baseline + _DOT_DROP * format_.size, side, side, format_.colour)
            )
        x += advance
    return rules


def leader(kind: str, x: float, width: float, baseline: float, size: float, colour: Colour) -> list[Rule]:
    """What fills a tab up to a stop with a leader, from x over a width (pt), beside text of a size (pt)."""
    if kind == "underscore":
        return [Rule(x, baseline + 1, width, 0.5, colour)]
    step = 0.3 * size
    count = int(width / step)
    if kind in ("dot", "middleDot"):
        y = baseline - (1 if kind == "dot" else 0.35 * size)
        return [Rule(x + step * n, y, 0.8, 0.8, colour) for n in range(1, count)]
    if kind == "hyphen":
        return [Rule(x + step * n, baseline - 0.25 * size, 0.6 * step, 0.5, colour) for n in range(1, count)]
    return []
