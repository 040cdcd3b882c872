"""Where Word is known to differ from LibreOffice, LibreOffice's rule: to list the files it shows in, and to measure the rest of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from anjian_desktop.documents.layout import line_heights, lines
from anjian_desktop.documents.layout.model import Grid, LineRule, ParagraphFormat

_own_line = line_heights.line_by_fonts


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


HABITS: dict[str, Callable[[ExitStack], object]] = {
    "exact or least line height on a grid: LibreOffice snaps all the same, Word does not": lambda stack: (
        stack.enter_context(patch.object(lines, "line_by_fonts", _snapped_line))
    ),
}


@contextmanager
def their_habits(*names: str) -> Iterator[None]:
    with ExitStack() as stack:
        for name in names or HABITS:
            HABITS[name](stack)
        yield
