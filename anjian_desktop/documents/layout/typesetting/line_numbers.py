"""Numbers the lines of a section's text, in its left margin (行号)."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.documents.layout.laid_out import Fragment, GlyphRun, Placed
from anjian_desktop.documents.layout.sections import LineNumbers
from anjian_desktop.documents.layout.typesetting.type_styles import TypeCase


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
