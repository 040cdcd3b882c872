"""How high a line is: by its size and the document grid, or by the fonts in it."""

from __future__ import annotations

import math

from anjian_desktop.documents.layout.model import Grid, LineRule, ParagraphFormat, RunFormat

_GRID_HEIGHT = 1.14
"""Height of a line in em when it looks for its place on the grid (宋体's own ascent, descent and gap)."""

_FREE_HEIGHT = 1.3
_LATIN_HEIGHT = 1.17
"""Height of a single-spaced line off the grid, in em: with ideographs, and without."""

_EXACT_BASELINE = 0.8
"""Where the baseline stands in a line of exact height, as a part of that height."""


def line_height(format_: RunFormat, paragraph: ParagraphFormat, grid: Grid, *, ideographs: bool) -> float:
    """Height in pt of a line whose largest text has this format; on the grid a whole number of grid lines.

    The font's own line height is never asked: stand-in fonts would move every line.
    """
    if paragraph.line_rule is LineRule.EXACT:
        return paragraph.line
    size = format_.size
    if grid.line and paragraph.on_grid and format_.on_grid:
        natural = max(1, math.ceil(_GRID_HEIGHT * size / grid.line - 0.02)) * grid.line
    else:
        natural = size * (_FREE_HEIGHT if ideographs else _LATIN_HEIGHT)
    return max(natural, paragraph.line) if paragraph.line_rule is LineRule.AT_LEAST else natural * paragraph.line


def line_by_fonts(
    above: float,
    below: float,
    paragraph: ParagraphFormat,
    grid: Grid,
    *,
    snaps: bool,
    chinese: float = 0.0,
    drawn: float = 0.0,
) -> tuple[float, float]:
    """Height of a line whose text reaches so far above and below its baseline (pt), and the baseline's place from its top.

    `chinese`: the height of its Chinese text, which a multiple counts by where there is any. `drawn`: the height of its
    highest picture, which a multiple does not count.
    """
    if paragraph.line_rule is LineRule.EXACT:
        return paragraph.line, _EXACT_BASELINE * paragraph.line
    text = above + below
    above = max(above, drawn)
    natural = above + below
    if grid.line and paragraph.on_grid and snaps:
        snapped = max(1, math.ceil(natural / grid.line - 0.001)) * grid.line
        above += 0.0 if drawn > text else (snapped - natural) / 2
        text += snapped - natural
        natural = snapped
    if paragraph.line_rule is LineRule.AT_LEAST:
        return max(natural, paragraph.line), above + max(paragraph.line - natural, 0.0)
    extra = (chinese if chinese and not grid.line else text) * (paragraph.line - 1.0)
    return max(natural + extra, 1.0), above + min(extra, 0.0)
