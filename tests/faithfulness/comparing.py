"""Reads the lines of two PDFs with their places and tells how far they agree."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

MM = 72 / 25.4
_AT_END = "，。、；：！？-"
"""Marks not compared at a line's end: PDFium does not read back those that hang, nor a hyphen there."""

_FEW, _RAISED = 6, 6.5
"""So few characters within so many pt of a line are raised ones of it."""

_LEADER = re.compile(r"[.\-_·]{3,}")
"""What fills a tab: characters there, drawn here."""

_FILLING = str.maketrans("", "", ".-_·")
"""A short tab is filled with one or two of them: they are no text of a page."""

_SAME_LINE = 3.2
"""pt by which baselines of one line may differ (raised characters)."""


@dataclass(frozen=True)
class TextLine:
    """A line of a page: its characters without blanks, where its first one stands (pt from the page's top left)."""

    page: int
    text: str
    x: float
    y: float


@dataclass
class Agreement:
    """What two PDFs of one document have in common; counts, to be added up."""

    pages: int = 0
    pages_alike: int = 0
    same_count: bool = False
    lines: int = 0
    lines_alike: int = 0
    places_alike: int = 0
    shifts: list[tuple[float, float]] = field(default_factory=list)

    @property
    def score(self) -> float:
        """From 0 to 1, to find the worst."""
        parts = (
            self.pages_alike / max(self.pages, 1),
            self.lines_alike / max(self.lines, 1),
            self.places_alike / max(self.lines_alike, 1),
        )
        return sum(parts) / 3 if self.same_count else sum(parts) / 6


def lines_of(pdf: Path) -> list[list[TextLine]]:
    """The lines of every page, from top to bottom."""
    from ctypes import c_double

    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for number, page in enumerate(document):
        width, height = page.get_size()
        text = page.get_textpage()
        found: list[tuple[float, float, str]] = []
        x, y = c_double(), c_double()
        for at in range(raw.FPDFText_CountChars(text)):
            character = chr(raw.FPDFText_GetUnicode(text, at))
            if (
                character.isspace()
                or character < " "
                or "\ue000" <= character <= "\uf8ff"
                or character in "\ufffe\u00ad\u200b□■●•▪☐☑✓◆➢✧❖⬧⧫★❑"
                or raw.FPDFText_IsGenerated(text, at) == 1
            ):
                continue
            raw.FPDFText_GetCharOrigin(text, at, x, y)
            if not 0.0 <= x.value < width:
                continue  # beside the paper: it is not printed, and the other program leaves it out
            found.append((height - y.value, x.value, character))
        pages.append(_grouped(number, found))
    document.close()
    return pages


def _grouped(page: int, characters: list[tuple[float, float, str]]) -> list[TextLine]:
    rows: list[list[tuple[float, float, str]]] = []
    for item in sorted(characters, key=lambda item: item[0]):
        if rows and item[0] - rows[-1][-1][0] <= _SAME_LINE and item[0] - rows[-1][0][0] <= 2 * _SAME_LINE:
            rows[-1].append(item)
        else:
            rows.append([item])
    lines = []
    for above, below in pairwise(rows):
        small, large = sorted((above, below), key=len)
        if small and len(small) <= _FEW and abs(large[0][0] - small[0][0]) <= _RAISED and len(large) > _FEW:
            large += small  # raised or lowered characters belong to the line they stand at
            small.clear()
    for row in filter(None, rows):
        row.sort(key=lambda item: item[1])
        usual = Counter(round(item[0], 1) for item in row).most_common(1)[0][0]
        text = _LEADER.sub("", "".join(item[2] for item in row)).rstrip(_AT_END)
        if text:
            lines.append(TextLine(page, text, row[0][1], usual))
    return lines


def compare(ours: Path, theirs: Path) -> Agreement:
    """How far our PDF agrees with the other one."""
    mine, other = lines_of(ours), lines_of(theirs)
    result = Agreement(pages=len(other), same_count=len(mine) == len(other))
    for number, page in enumerate(other):
        result.pages_alike += number < len(mine) and _signs(page) == _signs(mine[number])
    left, right = [line for page in mine for line in page], [line for page in other for line in page]
    result.lines = len(right)
    matcher = SequenceMatcher(None, [line.text for line in left], [line.text for line in right], autojunk=False)
    for block in matcher.get_matching_blocks():
        for at in range(block.size):
            one, two = left[block.a + at], right[block.b + at]
            result.lines_alike += 1
            shift = (one.x - two.x, one.y - two.y)
            if one.page == two.page:
                result.shifts.append(shift)
                result.places_alike += abs(shift[0]) <= MM and abs(shift[1]) <= MM
    return result


def _signs(page: list[TextLine]) -> list[str]:
    """The characters of a page, in whatever order it has them, without those that fill tabs."""
    return sorted("".join(line.text for line in page).translate(_FILLING))
