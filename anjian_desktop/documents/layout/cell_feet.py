"""The blank a multiple line height leaves under the text of a cell: by the size of the last paragraph's style alone."""

from __future__ import annotations

from dataclasses import replace

from anjian_desktop.documents.layout.line_heights import blank_at_foot
from anjian_desktop.documents.layout.lines import Measure, Measured
from anjian_desktop.documents.layout.model import LineRule, Paragraph

_HEIGHT = 1.15
"""Height of a line in em that is counted there, whatever the font and the text."""


def footed(parts: list[Measured], paragraph: Paragraph, measure: Measure) -> list[Measured]:
    """The lines of a paragraph in a cell, as the other programs have it.

    Under the last line of the cell the text does not count. The blank under a paragraph's last line needs room on its page.
    """
    last = parts[-1].fragments[-1] if parts[-1].fragments else None
    if last is None or not last.tail or not measure.in_table:
        return parts
    tail, last.tail = last.tail, 0.0
    if not paragraph.foot or paragraph.format.line_rule is not LineRule.MULTIPLE or not measure.case.fonts.true_heights:
        return parts
    *before, height = parts[-1].heights
    height += blank_at_foot(_HEIGHT * paragraph.foot, paragraph.format.line) - tail
    return [*parts[:-1], replace(parts[-1], heights=(*before, height))]
