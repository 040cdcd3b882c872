"""Reads how the lines of a section's text are numbered (行号)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.reading.formats import run_format
from anjian_desktop.documents.layout.reading.styles import StyleSheet, number, twips, value
from anjian_desktop.documents.layout.sections import LineNumbers

if TYPE_CHECKING:
    from lxml.etree import _Element

_AWAY, _AWAY_IN_COLUMNS = 18.0, 9.36
"""pt between number and text where the file leaves that to the program: 0.25 inch, beside columns 0.13 (RTF 1.9, linex)."""


def read_line_numbers(element: _Element | None, styles: StyleSheet, *, columns: bool) -> LineNumbers | None:
    """What a section says of them; None when its lines have no numbers. `columns`: the text stands in several."""
    step = int(number(value(element, "countBy")))
    if element is None or step < 1:
        return None
    look = styles.character(styles.named("line number")).over(styles.run(styles.default("paragraph")))
    return LineNumbers(
        step,
        int(number(value(element, "start"))) + 1,  # the file keeps the number before the first
        value(element, "restart") or "newPage",
        twips(value(element, "distance")) or (_AWAY_IN_COLUMNS if columns else _AWAY),
        run_format(look, styles, lambda _: None),
    )
