"""Lays a Word document out on pages, once for all of a batch: what does not change is measured a single time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout.laid_out import LaidOut, MissingGlyph, Page, Placed
from anjian_desktop.documents.layout.model import NotLaidOut
from anjian_desktop.documents.layout.reading.document import read_document
from anjian_desktop.documents.layout.sections import Section
from anjian_desktop.documents.layout.typesetting.drawn_text import unknown_letters
from anjian_desktop.documents.layout.typesetting.furniture import PageCount
from anjian_desktop.documents.layout.typesetting.line_numbers import LineCounter
from anjian_desktop.documents.layout.typesetting.papers import on_known_papers
from anjian_desktop.documents.layout.typesetting.section_setter import SectionSetter
from anjian_desktop.documents.layout.typesetting.shrinking import with_smaller
from anjian_desktop.documents.layout.typesetting.type_styles import TypeCase

OwnedPage = tuple[SectionSetter, list[Placed], bool, int]
"""A page's body, the section at its top, whose header and footer it has, whether it is that section's first, its number."""


class Typesetter:
    """A template, parsed once, that gives the pages for each set of values.

    `placeholders`: the names in it, in reading order. `as_typed`: the document is laid out as it stands, braces and all.
    `smaller`: placeholders to set smaller than the template does, and how much.
    Raises UnusableDocument when the bytes are no Word document.
    """

    def __init__(
        self, template: bytes, fonts: FontBook, *, as_typed: bool = False, smaller: Mapping[str, float] | None = None
    ) -> None:
        self._document = read_document(template)
        for name, factor in (smaller or {}).items():
            self._document = with_smaller(self._document, name, factor)
        self._case = TypeCase(fonts)
        self._boxed: tuple[NotLaidOut, ...] | None = None
        if fonts.true_heights:
            # As the other programs of a Linux desktop set lines: marks that meet keep their width, hyphens part words.
            settings = replace(self._document.settings, squeeze_marks=False, parts_words=True)
            self._document = on_known_papers(replace(self._document, settings=settings))
        self._sections = [
            SectionSetter(section, self._document, self._case, as_typed=as_typed) for section in self._document.sections
        ]
        self._groups: list[list[SectionSetter]] = []
        for setter in self._sections:
            if self._groups and setter.goes_on(self._groups[-1][-1].section):
                self._groups[-1].append(setter)
            else:
                self._groups.append([setter])
        self.placeholders = tuple(dict.fromkeys(name for setter in self._sections for name in setter.names))

    def lay_out(self, values: Mapping[str, str]) -> LaidOut:
        """The pages with these values; a placeholder without one prints as a gap and is listed in `missing`.

        Raises UnprintableValue, naming the field, for a value with control characters.
        """
        unknown: dict[tuple[str, str], None] = {}
        bodies: list[OwnedPage] = []
        lines = LineCounter(self._case)
        for group in self._groups:
            bodies += self._body(group, values, unknown, lines, bodies[-1][3] if bodies else None)
        pages: list[Page] = []
        owned = Counter(owner for owner, _, _, _ in bodies)
        for owner, placed, first, number in bodies:
            count = PageCount(number, len(bodies), owned[owner])
            page, page_unknown = owner.page(placed, count, values, first=first)
            pages.append(page)
            unknown.update(dict.fromkeys(page_unknown))
        missing = tuple([name for name in self.placeholders if not values.get(name)])
        glyphs = tuple(MissingGlyph(char, text) for char, text in unknown)
        low = [NotLaidOut("文本框里放不下的文字（未印）", place) for place in self._case.cut_off]
        cut = dict.fromkeys(
            NotLaidOut(f"固定行高里放不下的文字“{text[:12]}”", f"第{place}页")
            for place, page in enumerate(pages, 1)
            for fragment, _, _ in page.placed
            if fragment.cut
            for text in fragment.cut
        )
        if self._boxed is None:
            self._boxed = tuple(
                NotLaidOut(f"没有字体能打印的字「{letter}」（印成方框）", f"图片里的“{text[:12]}”")
                for letter, text in unknown_letters(pages, self._case.fonts).items()
            )
        named = (*self._document.not_laid_out, *self._boxed, *low, *cut)
        return LaidOut(tuple(pages), missing, glyphs, named, self._case.used)

    @staticmethod
    def _first_number(section: Section, before: int | None) -> int:
        """The number of a section's first page of its own, `before` that of the page before it, if any."""
        if section.first_number is not None:
            return section.first_number
        if before is None:
            return 1
        # The blank side between is not a page of the file; the number counts it.
        blank = section.start in ("oddPage", "evenPage") and (before % 2 == 1) == (section.start == "oddPage")
        return before + 1 + blank

    def _body(
        self,
        group: list[SectionSetter],
        values: Mapping[str, str],
        unknown: dict[tuple[str, str], None],
        lines: LineCounter,
        before: int | None,
    ) -> list[OwnedPage]:
        """The pages of sections that go on where the one before them ended, behind a page of a number, if any."""
        pages: list[OwnedPage] = []
        end: tuple[float, float] | None = None
        for place, setter in enumerate(group):
            owner, begun, first, last = pages.pop() if pages else (setter, [], True, None)
            if begun and last is not None:  # its own pages come behind the one both share
                number = self._first_number(setter.section, last) - 1
            else:
                owner, first = setter, True
                number = last = self._first_number(setter.section, before if last is None else last - 1)
            found, missing, end = setter.body(values, number, after=end, balanced=place + 1 < len(group))
            unknown.update(dict.fromkeys(missing))
            found = lines.numbered(found, setter.section.line_numbers, goes_on=bool(begun))
            pages.append((owner, begun + found[0], first, last))
            pages += [(setter, placed, False, number + at) for at, placed in enumerate(found[1:], 1)]
        return pages


def lay_out_docx(document: bytes, fonts: FontBook, *, boxes: bool = False) -> LaidOut:
    """The pages of a Word document as it stands. Raises UnusableDocument when the bytes are none.

    `boxes`: a character no font holds prints as an empty box and is named among what is not laid out.
    """
    found = Typesetter(document, fonts, as_typed=True).lay_out({})
    if not boxes or not found.missing_glyphs:
        return found
    named = [
        NotLaidOut(f"没有字体能打印的字「{glyph.char}」（印成方框）", f"“{glyph.text[:12]}”")
        for glyph in found.missing_glyphs
    ]
    return replace(found, missing_glyphs=(), not_laid_out=(*found.not_laid_out, *dict.fromkeys(named)))
