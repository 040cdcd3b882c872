"""Measures our pages beside Word's own: the places where its pages began, which it leaves in the files it saves.

`python -m tests.faithfulness.word_marks --from DIR … [--only TEXT] [--by-fonts]`: Word files are read where they are; those
without marks (w:lastRenderedPageBreak) are passed over. Everything of a section is laid out as on one endless page, so that
what stood on a page of Word's has a height here. `--by-fonts`: as `convert` on a Linux desktop, not as on the office's PC.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from lxml import etree

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.layout.laid_out import Fragment
from anjian_desktop.documents.layout.reading.objects import WP
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.typesetting import section_setter
from anjian_desktop.documents.layout.typesetting.flow import Area, Pages, paginate
from anjian_desktop.documents.layout.typesetting.note_room import NoteRoom
from anjian_desktop.documents.layout.typesetting.piles import MeasuredBlock, Strip, strip
from anjian_desktop.documents.matched_fonts import fonts_for_documents
from anjian_desktop.errors import UserError
from tests.faithfulness.word_widths import WordWidths

_APART = re.compile(r"[\s\u00a0\u200b\ufeff\ue000-\uf8ff]")
"""What is left out of both texts before one is looked for in the other."""

_PICTURE = "\ufffc"
"""Stands for a picture in the line in both texts."""

_KEYS = (14, 9, 6, 4)
"""So many characters after a mark are looked for, fewer where they are not found as they stand."""

_FAR = 1500
"""Characters beyond the expected place in which a mark's text is still looked for."""

_LINE = 1.3
"""Height of a line in a cell, in em, to know one from the next."""

_SAME_LINE = 8.0
"""pt by which what stands in a row's first line may begin lower than others of it."""

_SAME_PLACE = 40.0
"""pt within which marks are one page's: Word sets one in every cell of a row that its page parts."""

_LEAST, _MOST = 0.3, 1.8
"""Parts of a page: less or more between two marks says that one of them is older than the text."""


@dataclass(frozen=True)
class Marks:
    """The text of a file's body without blanks, and where in it Word began a page."""

    text: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class EndlessSection:
    """A section of ours as one endless page: what stands one below another, with tops and bottoms (pt), and its pages' size."""

    strip: Strip
    tops: list[float]
    bottoms: list[float]
    area: Area


@dataclass(frozen=True)
class WordPage:
    """A full page of Word's as ours: where it stands, the height of its text, of what follows, and the room it had (pt).

    `blank`: the height of empty paragraphs that stood on it or on the page after it, `ahead`: on the page before it or on it;
    no mark tells.
    """

    section: int
    first: int
    end: int
    height: float
    following: float
    room: float
    blank: float = 0.0
    ahead: float = 0.0

    @property
    def ratio(self) -> float:
        """Its height as part of the room."""
        return self.height / self.room

    @property
    def off(self) -> float:
        """pt by which its text is too high to stand on the page, or (below 0) too low for the page to end there."""
        if self.height - self.blank > self.room:
            return self.height - self.blank - self.room
        return min(self.height + self.ahead + self.following - self.room, 0.0)


@dataclass(frozen=True)
class Measured:
    """What was found for a file: pages by Word's marks, by us, and the full ones."""

    pages: int
    ours: int
    full: tuple[WordPage, ...]


def marks_of(docx: bytes) -> Marks:
    """Reads the marks of a file; text boxes, alternatives and deleted text are left out, a picture in the line is a sign."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(resolve_entities=False))
    text: list[str] = []
    places: list[int] = []
    count = 0
    for element in _shown(root):
        if element.tag == W + "lastRenderedPageBreak":
            places.append(count)
        elif _is_picture(element):
            text.append(_PICTURE)
            count += 1
        elif element.tag == W + "t" and element.text:
            text.append(_APART.sub("", element.text))
            count += len(text[-1])
    return Marks("".join(text), tuple(dict.fromkeys(places)))


def _is_picture(element: etree._Element) -> bool:
    if element.tag in (W + "pict", W + "object"):
        return not any("absolute" in shape.get("style", "") for shape in element)
    return bool(element.tag == WP + "inline")


def _shown(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in (
            "txbxContent",
            "Fallback",
            "del",
            "pict",
        ):
            yield child
            yield from _shown(child)


@contextmanager
def endless_sections() -> Iterator[list[EndlessSection]]:
    """Collects the sections laid out meanwhile."""
    found: list[EndlessSection] = []
    last: list[EndlessSection] = []
    own = section_setter.SectionSetter._paginated

    def watched(blocks: Sequence[MeasuredBlock], area: Area, *, add_spaces: bool, as_read: bool = False) -> Pages:
        last[:] = [_endless(strip(blocks, add_spaces=add_spaces), area)]
        return paginate(blocks, area, add_spaces=add_spaces, as_read=as_read)

    def kept(self: section_setter.SectionSetter, *given: object) -> Pages:
        pages = own(self, *given)  # type: ignore[arg-type]
        found.extend(last)
        return pages

    with (
        patch.object(section_setter, "paginate", watched),
        patch.object(section_setter.SectionSetter, "_paginated", kept),
    ):
        yield found


def _endless(pile: Strip, area: Area) -> EndlessSection:
    tops, bottoms, y = [], [], 0.0
    for lead, height in zip(pile.leads, pile.heights, strict=True):
        tops.append(y + lead)
        y += lead + height
        bottoms.append(y)
    return EndlessSection(pile, tops, bottoms, area)


@dataclass(frozen=True)
class _Place:
    """Where a page begins: its section, the line or row, and how far down in that (pt)."""

    section: int
    item: int
    down: float


class _Text:
    """The text of endless sections without blanks, every part of it knowing its place."""

    def __init__(self, sections: Sequence[EndlessSection]) -> None:
        parts: list[str] = []
        self._starts: list[int] = []
        self._where: list[tuple[_Place, float]] = []
        count = 0
        for number, section in enumerate(sections):
            for item, fragment in enumerate(section.strip.fragments):
                in_row = item in section.strip.rows
                first = min((run.y - _LINE * run.size for run in fragment.runs), default=0.0)
                begin, whole = count, max(sum(len(text) for text, _ in _signs(fragment)), 1)
                for text, y in _signs(fragment):
                    self._starts.append(count)
                    down = y if in_row and y > first + _SAME_LINE else 0.0
                    if not in_row:
                        down = section.strip.heights[item] * (count - begin) / whole
                    self._where.append(
                        (_Place(number, item, down), 0.0 if in_row else section.strip.heights[item] / whole)
                    )
                    parts.append(text)
                    count += len(text)
        self.text = "".join(parts)

    def found(self, marks: Marks) -> list[_Place | None]:
        """The place of each mark's text, None where it is not found."""
        places: list[_Place | None] = []
        at = before = 0
        for mark in marks.places:
            place = self._search(marks.text, mark, at, at + mark - before)
            if place is not None:
                at, before = place, mark
            places.append(None if place is None else self._place(place))
        return places

    def _search(self, text: str, mark: int, least: int, expected: int) -> int | None:
        for length in _KEYS if text[mark : mark + 1] != _PICTURE else (*_KEYS, 1):
            key = text[mark : mark + length]
            tries, at = [], self.text.find(key, least, expected + _FAR) if len(key) == length else -1
            while at >= 0:
                tries.append(at)
                at = self.text.find(key, at + 1, expected + _FAR)
            if tries:
                return min(tries, key=lambda found: abs(found - expected))
        return None

    def _place(self, at: int) -> _Place:
        """Where a character stands: in a line of ours that Word breaks elsewhere, as far down as it is to the right."""
        part = bisect_right(self._starts, at) - 1
        place, each = self._where[part]
        return replace(place, down=place.down + each * (at - self._starts[part]))


def _signs(fragment: Fragment) -> list[tuple[str, float]]:
    """What is seen in a line or row, in reading order: texts and pictures, each with its upper edge (pt)."""
    found = [(run.x, _APART.sub("", run.text), run.y - _LINE * run.size) for run in fragment.runs]
    found += [(one.x, _PICTURE, one.y) for one in fragment.pictures]
    if len({round(run.y) for run in fragment.runs}) < 2:  # one line; the cells of a row are in order already
        found.sort(key=lambda sign: sign[0])
    return [(text, y) for _, text, y in found if text]


def pages_between(sections: Sequence[EndlessSection], marks: Marks) -> list[WordPage]:
    """The pages of Word's that were full: begun and ended by marks next to each other, with nothing forced between."""
    full = []
    for one, two in pairwise(_without_repeats(sections, _Text(sections).found(marks))):
        if one is None or two is None or one.section != two.section:
            continue
        section = sections[one.section]
        area, pile = section.area, section.strip
        end = two.item
        if area.count > 1 or any(one.item < at <= end for at in pile.starts) or end <= one.item:
            continue
        forced = one.item in pile.starts
        top = section.tops[one.item] - (pile.leads[one.item] if forced else 0.0) + one.down
        low = section.tops[end] + two.down if two.down else _foot(section, end - 1)
        height = low - top + _headings(section, one) + _notes(section, one.item, end)
        following = _foot(section, min(_chained(pile, end), len(section.bottoms) - 1)) - low
        if _LEAST < height / area.room < _MOST:
            ahead, blank = _blank_before(section, one), _blank_before(section, two)
            full.append(WordPage(one.section, one.item, end, height, following, area.room, blank, ahead))
    return full


def _blank_before(section: EndlessSection, place: _Place) -> float:
    """Height of the empty paragraphs above a page's first text: Word marks text alone, they may stand on either page."""
    pile = section.strip
    first = place.item
    while not place.down and first and first not in pile.starts and not pile.fragments[first - 1].shows:
        first -= 1
    return section.tops[place.item] - section.tops[first]


def _without_repeats(sections: Sequence[EndlessSection], places: Iterable[_Place | None]) -> list[_Place | None]:
    """The places with those of one page joined, and in order."""
    found: list[_Place | None] = []
    for place in places:
        before = found[-1] if found else None
        if place is not None and before is not None and place.section == before.section:
            tops = sections[place.section].tops
            apart = tops[place.item] + place.down - tops[before.item] - before.down
            if apart < _SAME_PLACE and place.item in sections[place.section].strip.rows:
                continue
        found.append(place)
    return found


def _foot(section: EndlessSection, item: int) -> float:
    """Where a line or row ends, without the blank at its foot that may stand past the end of a page."""
    return section.bottoms[item] - section.strip.fragments[item].tail


def _headings(section: EndlessSection, place: _Place) -> float:
    """Height of the heading rows printed again on a page that begins inside a table."""
    rows = section.strip.rows
    here, before = rows.get(place.item), rows.get(place.item - 1)
    if here is None or here[1].header or (not place.down and (before is None or before[0] is not here[0])):
        return 0.0
    height = 0.0
    for row in here[0].rows:
        if not row.header:
            break
        height += row.height
    return height


def _notes(section: EndlessSection, start: int, end: int) -> float:
    height = NoteRoom(section.area.notes, whole=True).needed(section.strip.fragments[start:end])
    return height + section.area.note_gap if height else 0.0


def _chained(pile: Strip, item: int) -> int:
    """The last of the lines and rows that go to one page with an item."""
    while item < len(pile.sticks) and pile.sticks[item]:
        item += 1
    return item


def measure(docx: bytes, fonts: FontBook) -> Measured | None:
    """A file's pages by Word and by us; None when it has no marks. Raises UserError when it cannot be laid out."""
    marks = marks_of(docx)
    if not marks.places:
        return None
    with endless_sections() as sections:
        ours = lay_out_docx(docx, fonts, boxes=True).page_count
    starts = _without_repeats(sections, _Text(sections).found(marks))
    return Measured(len(starts) + 1, ours, tuple(pages_between(sections, marks)))


def _within(pages: Sequence[WordPage], lines: float) -> int:
    """How many pages are right to so many lines of 15.6 pt."""
    return sum(abs(page.off) <= lines * 15.6 for page in pages)


def main() -> int:
    """Prints a line for every file with marks and the sum of all."""
    parser = argparse.ArgumentParser(prog="python -m tests.faithfulness.word_marks")
    parser.add_argument(
        "--from", dest="sources", type=Path, action="append", required=True, help="a folder of Word files"
    )
    parser.add_argument("--only", default="")
    parser.add_argument("--by-fonts", action="store_true", help="lines as high as the fonts at hand say")
    wanted = parser.parse_args()
    fonts = fonts_for_documents() if wanted.by_fonts else WordWidths()
    counted, alike = 0, 0
    pages: list[WordPage] = []
    for path in sorted(
        path for source in wanted.sources for path in source.rglob("*.docx") if wanted.only in path.stem
    ):
        try:
            found = measure(path.read_bytes(), fonts)
        except (UserError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
            continue  # no document that could have pages
        if found is None:
            continue
        counted, alike = counted + 1, alike + (found.pages == found.ours)
        pages += found.full
        print(f"{path.stem[:50]:50} pages {found.ours:3} by Word {found.pages:3}  {_summary(found.full)}")
    print(f"files {counted}, as many pages as Word's {alike}; {_summary(pages)}")
    return 0


def _summary(pages: Sequence[WordPage]) -> str:
    if not pages:
        return "no full page"
    share = ", ".join(f"{100 * _within(pages, lines) / len(pages):.0f} % within {lines} lines" for lines in (0.1, 1, 3))
    return f"full pages {len(pages)}: {share}, median height {statistics.median(page.ratio for page in pages):.3f}"


if __name__ == "__main__":
    sys.exit(main())
