"""How high a line is: by its size and the document grid, or by the fonts in it."""

from __future__ import annotations

import math
from dataclasses import replace

from anjian_desktop.documents.font_substitutes import is_chinese
from anjian_desktop.documents.layout.laid_out import Fragment
from anjian_desktop.documents.layout.model import Grid, LineRule, ParagraphFormat, RunFormat

_HAN_HEIGHT = 1.3
_HIGH = frozenset(("微软雅黑", "微软雅黑 light", "microsoft yahei", "microsoft yahei light", "microsoft yahei ui"))
_HIGH_HEIGHT = 1.32
"""Height of a single-spaced line with ideographs, in em: three tenths above what the font reaches, one em in most fonts but
not in these.
"""

_LATIN_HEIGHT = 1.17
_LATIN_HEIGHTS = {
    "times new roman": 1.15, "arial": 1.15, "calibri": 1.2207, "calibri light": 1.2207, "cambria": 1.1724, "consolas": 1.1709,
    "courier new": 1.1328, "verdana": 1.2153, "tahoma": 1.207, "georgia": 1.136, "symbol": 1.225,
}  # fmt: skip
"""Height of a single-spaced line without any, in em: as the fonts themselves say."""

_GRID_LATIN_HEIGHT = 1.14
"""What such a line needs on the grid: it is as high as an empty line of 宋体, whose place it takes."""

_EXACT_BASELINE = 0.8
"""Where the baseline stands in a line of exact height, as a part of that height."""

TWIPS = 20
DOTS_PER_TWIP = 6
DOTS = TWIPS * DOTS_PER_TWIP
"""Twentieths in a point; dots of the device fonts are measured on, in a twentieth and in a point."""

_HUNDREDTHS_MM_PER_TWIP = 127 / 72
_SINGLE_LINE = 423
"""Hundredths of a millimetre in a twentieth of a point; and in a line of 240 of them."""


def line_height(format_: RunFormat, paragraph: ParagraphFormat, grid: Grid, *, ideographs: bool) -> float:
    """Height in pt of a line whose largest text has this format; on the grid as many grid lines as the text needs.

    A multiple counts grid lines there: 1.5 of them for a text that needs one, two for a text that needs two (the page marks
    Word leaves in its files tell it). The height goes by the font's name; the font at hand is never asked: stand-in fonts
    would move every line.
    """
    if paragraph.line_rule is LineRule.EXACT:
        return paragraph.line
    on_grid = bool(grid.line and paragraph.on_grid and format_.on_grid)
    natural = format_.size * _em_height(format_, ideographs=ideographs, on_grid=on_grid)
    if on_grid:
        needed = max(1, math.ceil(natural / grid.line - 0.02))
        if paragraph.line_rule is LineRule.MULTIPLE:
            return max(needed, paragraph.line) * grid.line
        natural = needed * grid.line
    return max(natural, paragraph.line) if paragraph.line_rule is LineRule.AT_LEAST else natural * paragraph.line


def line_with_picture(
    height: float, baseline: float, reach: tuple[float, float], paragraph: ParagraphFormat, grid: Grid
) -> tuple[float, float]:
    """Height of a line and the place of its baseline, when a picture reaches so far above and below that (pt).

    On the grid it takes as many lines of it as the picture needs, its text's depth not counted, and the picture stands in
    their middle (the page marks Word leaves in its files tell the height).
    """
    above, below = reach
    if paragraph.line_rule is LineRule.EXACT:
        return height, baseline
    if grid.line and paragraph.on_grid:
        tall = math.ceil((above + below) / grid.line - 0.02) * grid.line
        if tall <= height and above <= baseline:
            return height, baseline
        height = max(height, tall)
        return height, above + (height - above - below) / 2
    if above > baseline:
        height, baseline = height + above - baseline, above
    return max(height, baseline + below), baseline


def empty_line_height(mark: RunFormat, paragraph: ParagraphFormat, grid: Grid) -> float:
    """Height in pt of a paragraph without text: by the font its mark stands in, as of Chinese text where that font is Chinese."""
    asian = mark.prefer_east_asian
    if not asian and is_chinese(mark.latin):
        mark, asian = replace(mark, east_asian=mark.latin), True
    return line_height(mark, paragraph, grid, ideographs=asian)


def _em_height(format_: RunFormat, *, ideographs: bool, on_grid: bool) -> float:
    """How high a single-spaced line of a font is, in em."""
    name = (format_.east_asian if ideographs else format_.latin).casefold()
    reach = _HIGH_HEIGHT if name in _HIGH else 1.0
    if ideographs:
        return _HAN_HEIGHT * reach
    if reach > 1.0:
        return reach
    if on_grid:
        return _GRID_LATIN_HEIGHT
    return _LATIN_HEIGHTS.get(name, _LATIN_HEIGHT)


def font_reach(ascent: float, descent: float, size: float) -> tuple[float, float]:
    """How far text of a size (pt) reaches above and below its baseline (pt), by its font's own word in em.

    In whole twentieths of a point, as the other programs of a Linux desktop count: both are rounded on a device of 8640 dots to
    the inch first. A page of fifty lines ends a line earlier or later by it.
    """
    dots = size * DOTS
    above, below = math.floor(ascent * dots + 0.5), math.floor(descent * dots + 0.5)
    whole = math.floor((above + below) / DOTS_PER_TWIP + 0.5)
    above = math.floor(above / DOTS_PER_TWIP + 0.5)
    return above / TWIPS, (whole - above) / TWIPS


def whole_per_cent(line: float) -> int:
    """A multiple of the natural height in per cent, as the other programs of a Linux desktop count it: cut to a whole number.

    They turn the file's 240ths of a line into hundredths of a millimetre first.
    """
    return math.floor(line * 240 * _HUNDREDTHS_MM_PER_TWIP + 0.5) * 100 // _SINGLE_LINE


def line_by_fonts(
    above: float,
    below: float,
    paragraph: ParagraphFormat,
    grid: Grid,
    *,
    snaps: bool,
    tallest: float = 0.0,
    drawn: float = 0.0,
    opens: bool = False,
    closes: bool = False,
) -> tuple[float, float, float]:
    """Height of a line whose text reaches so far above and below its baseline (pt), the baseline's place from its top, and
    how much of the height is blank a multiple adds at its foot.

    `tallest`: the height of its highest piece of text, by which a multiple counts off the grid. `drawn`: the height of its
    highest picture, which a multiple does not count. `opens`, `closes`: it is its paragraph's first, its last line; the
    blank below the last one goes by all of its text, not by the grid, as the other programs of a Linux desktop have it.
    """
    if paragraph.line_rule is LineRule.EXACT:
        return paragraph.line, _cut(_EXACT_BASELINE * paragraph.line), 0.0
    text, worded = above + below, above > 0
    above = max(above, drawn)
    natural = above + below
    multiple = paragraph.line_rule is LineRule.MULTIPLE
    on_grid = bool(grid.line and paragraph.on_grid and snaps)
    if on_grid:
        snapped = max(1, math.ceil(natural / grid.line - 0.001)) * grid.line
        above += 0.0 if drawn > text else _cut((snapped - natural) / 2)
        text += 0.0 if closes else snapped - natural
        natural = snapped
    elif multiple and opens and paragraph.line < 1:
        height = max(_cut(natural * whole_per_cent(paragraph.line) / 100), 1.0)
        return height, _cut(_EXACT_BASELINE * height), 0.0
    if not multiple:
        return max(natural, paragraph.line), above + max(paragraph.line - natural, 0.0), 0.0
    share = text if worded and (closes or on_grid) else (tallest or text)
    extra = blank_at_foot(share, max(paragraph.line, 1.0) if on_grid else paragraph.line)
    return max(natural + extra, 1.0), above + min(extra, 0.0), max(extra, 0.0)


def blank_at_foot(text: float, line: float) -> float:
    """What a multiple leaves blank under a line whose text is so high (pt); negative for less than one."""
    return _cut(text * (whole_per_cent(line) - 100) / 100)


def by_next(lines: list[tuple[Fragment, float]], last_tail: float) -> list[tuple[Fragment, float]]:
    """The lines of a paragraph, each with its height, with the blank at their feet by the text of the line after them.

    So the other programs of a Linux desktop have it where larger text begins or ends between two lines. `last_tail`: the
    blank by the text of the last line were it another one.
    """
    found = list(lines)
    tails = [*[line.tail for line, _ in lines[1:-1]], last_tail]
    for at, ((line, height), tail) in enumerate(zip(lines[:-1], tails, strict=False)):
        if line.tail != tail and lines[at + 1][0].runs:  # no picture alone on its line
            found[at] = line, height + tail - line.tail
            line.tail = tail
    return found


def _cut(length: float) -> float:
    """A length in pt cut to whole twentieths."""
    return math.trunc(length * TWIPS + math.copysign(0.001, length)) / TWIPS
