"""The blank a multiple line height leaves under the text of a cell, a header, a footer: by the last paragraph's style alone."""

from __future__ import annotations

from dataclasses import replace

from anjian_desktop.documents.layout.model import Block, LineRule, Paragraph
from anjian_desktop.documents.layout.typesetting.line_heights import blank_at_foot
from anjian_desktop.documents.layout.typesetting.lines import Measure, Measured
from anjian_desktop.documents.layout.typesetting.piles import MeasuredBlock

_HEIGHT = 1.15
"""Height of a line in em that is counted there, whatever the font and the text."""


def footed(parts: list[Measured], paragraph: Paragraph, measure: Measure) -> list[Measured]:
    """The lines of a paragraph in a cell, as the other programs have it.

    Under the last line of the cell the text does not count. An empty paragraph there needs its own blank on its page.
    """
    last = parts[-1].fragments[-1] if parts[-1].fragments else None
    if last is None or not last.tail or not measure.in_table:
        return parts
    tall = parts[-1].heights[-1]
    parts = _by_style(parts, paragraph, measure, last.tail)
    if paragraph.foot and measure.case.fonts.true_heights and not last.shows:
        last.tail = 0.0
    last.tail += parts[-1].heights[-1] - tall
    return parts


def closed(last: MeasuredBlock, block: Block, measure: Measure) -> MeasuredBlock:
    """The end of a header or a footer, where a paragraph's text does not count either."""
    if isinstance(block, Paragraph) and isinstance(last, Measured) and last.fragments and last.fragments[-1].tail:
        return _by_style([last], block, measure, last.fragments[-1].tail)[0]
    return last


def _by_style(parts: list[Measured], paragraph: Paragraph, measure: Measure, tail: float) -> list[Measured]:
    """The lines with the blank the style's size gives instead of the one their text has (pt)."""
    if not paragraph.foot or paragraph.format.line_rule is not LineRule.MULTIPLE or not measure.case.fonts.true_heights:
        return parts
    *before, height = parts[-1].heights
    height += blank_at_foot(_HEIGHT * paragraph.foot, paragraph.format.line) - tail
    return [*parts[:-1], replace(parts[-1], heights=(*before, height))]
