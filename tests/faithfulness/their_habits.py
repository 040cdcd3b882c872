"""Where Word is known to differ from LibreOffice, LibreOffice's rule: to list the files it shows in, and to measure the rest of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from unittest.mock import patch

from anjian_desktop.documents.layout import formats, line_heights, lines, pieces, reading
from anjian_desktop.documents.layout.formats import Name
from anjian_desktop.documents.layout.model import Grid, LineRule, Paragraph, ParagraphFormat, Piece, RunFormat
from anjian_desktop.documents.layout.styles import Look, StyleSheet

_own_line = line_heights.line_by_fonts
_own_indents, _own_blanks = lines._indents, lines._blanks
_NEAR = 1.0
"""pt by which both may differ and are still one: the file's points are rounded, or counted with a slightly larger size."""


def _snapped_line(
    above: float, below: float, paragraph: ParagraphFormat, grid: Grid, *,
    snaps: bool, chinese: float = 0.0, drawn: float = 0.0, opens: bool = False, closes: bool = False,
) -> tuple[float, float, float]:  # fmt: skip
    """Every line on the grid snaps, also one of exact or least height."""
    if not (grid.line and paragraph.on_grid and snaps) or paragraph.line_rule is LineRule.MULTIPLE:
        return _own_line(
            above, below, paragraph, grid, snaps=snaps, chinese=chinese, drawn=drawn, opens=opens, closes=closes
        )
    above = max(above, drawn)
    natural = above + below
    height = max(1, math.ceil(natural / grid.line - 0.001)) * grid.line
    above += (height - natural) / 2
    return height, above, 0.0


def _in_points(paragraph: Paragraph, said: Sequence[Piece], grid: Grid) -> tuple[float, float, float]:
    """Indents as the points say that the file keeps beside the characters."""
    format_ = paragraph.format
    own = _own_indents(paragraph, said, grid)
    start, end, first = (
        points if abs(points - mine) > _NEAR else mine
        for points, mine in zip((format_.start, format_.end, format_.first), own, strict=True)
    )
    return start, end, first


def _blanks_in_points(format_: ParagraphFormat, grid: Grid) -> tuple[float, float]:
    """The blank above and below as the points say, or 12 pt for a line where none are kept."""
    before, after = _own_blanks(format_, grid)
    said = format_.before or 12 * (format_.before_lines or 0.0), format_.after or 12 * (format_.after_lines or 0.0)
    return (
        said[0] if abs(said[0] - before) > _NEAR else before,
        said[1] if abs(said[1] - after) > _NEAR else after,
    )


def _without_hint(look: Look, styles: StyleSheet, name: Name) -> RunFormat:
    """A run's format with nothing said of its marks at home in both scripts."""
    return replace(formats.run_format(look, styles, name), prefer_east_asian=False)


HABITS: dict[str, Callable[[ExitStack], object]] = {
    "exact or least line height on a grid: LibreOffice snaps all the same, Word does not": lambda stack: (
        stack.enter_context(patch.object(lines, "line_by_fonts", _snapped_line))
    ),
    "indents in characters: LibreOffice takes the points kept beside them, Word the characters": lambda stack: (
        stack.enter_context(patch.object(lines, "_indents", _in_points))
    ),
    "blanks in lines: LibreOffice takes the points kept beside them, Word lines of the grid": lambda stack: (
        stack.enter_context(patch.object(lines, "_blanks", _blanks_in_points))
    ),
    "marks said to be East Asian (hint): LibreOffice sets them in the Latin font beside Latin text, Word does not": lambda stack: (
        [stack.enter_context(patch.object(module, "run_format", _without_hint)) for module in (reading, pieces)]
    ),
}


@contextmanager
def their_habits(*names: str) -> Iterator[None]:
    with ExitStack() as stack:
        for name in names or HABITS:
            HABITS[name](stack)
        yield
