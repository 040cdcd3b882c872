"""Numbers the lines of a section's text, in its left margin (行号)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.formats import run_format
from anjian_desktop.documents.layout.laid_out import Fragment, GlyphRun, Placed
from anjian_desktop.documents.layout.model import RunFormat
from anjian_desktop.documents.layout.styles import StyleSheet, number, twips, value
from anjian_desktop.documents.layout.type_styles import TypeCase

if TYPE_CHECKING:
    from lxml.etree import _Element

_AWAY, _AWAY_IN_COLUMNS = 18.0, 9.36
"""pt between number and text where the file leaves that to the program: 0.25 inch, beside columns 0.13 (RTF 1.9, linex)."""


@dataclass(frozen=True, slots=True)
class LineNumbers:
    """How lines are numbered: every `step`-th shows its number, `away` pt left of the text.

    `first`: the number counting begins with, again where `restart` says (`newPage` `newSection` `continuous`).
    """

    step: int
    first: int
    restart: str
    away: float
    format: RunFormat


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


class LineCounter:
    """Counts the lines of a document from section to section."""

    def __init__(self, case: TypeCase) -> None:
        self._case = case
        self._next = 1
        self._begun = False
        self._kept: dict[tuple[int, LineNumbers], Fragment] = {}

    def numbered(self, pages: Sequence[list[Placed]], how: LineNumbers | None, *, goes_on: bool) -> list[list[Placed]]:
        """The pages of a section, the lines that count with their numbers. `goes_on`: the first page was begun before."""
        if how is None:
            return list(pages)
        if how.restart == "newSection" or not self._begun:
            self._next, self._begun = how.first, True
        found = []
        for at, page in enumerate(pages):
            if how.restart == "newPage" and (at or not goes_on):
                self._next = how.first
            found.append(self._on_page(page, how))
        return found

    def _on_page(self, page: list[Placed], how: LineNumbers) -> list[Placed]:
        found: list[Placed] = []
        for fragment, x, y in page:
            if fragment.base is not None:
                if self._next % how.step == 0:
                    found.append((self._sign(self._next, how), x - how.away, y + fragment.base))
                self._next += 1
            if fragment.shows:
                found.append((fragment, x, y))
        return found

    def _sign(self, count: int, how: LineNumbers) -> Fragment:
        """A number that ends at the left edge of its fragment, on its top."""
        found = self._kept.get((count, how))
        if found is None:
            text = str(count)
            style = self._case.style(how.format, 0.0, either=False)
            first = style.sorts[text[0]]
            codes = b"".join(style.sorts[digit].code for digit in text)
            width = sum(style[digit] for digit in text)
            run = GlyphRun(
                first.face, style.size, -width, 0.0, text, codes, how.format.spacing, how.format.scale,
                how.format.colour, first.thicken, slant=first.slant,
            )  # fmt: skip
            found = self._kept[count, how] = Fragment((run,), lasting=True)
        return found
