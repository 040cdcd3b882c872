"""Writes laid-out documents to a PDF file page by page; what is the same on many pages is written once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType

from anjian_desktop.documents.fonts import Face, FontBook
from anjian_desktop.documents.layout.laid_out import Fragment, LaidOut, MissingGlyph, Page, Placed
from anjian_desktop.documents.layout.model import Picture
from anjian_desktop.documents.layout.typesetting.drawn_text import letters_of
from anjian_desktop.documents.pdf.drawing import draw, draw_code, draw_mark, draw_placed_code
from anjian_desktop.documents.pdf.embedding import EmbeddableFont
from anjian_desktop.documents.pdf.forms import write_form
from anjian_desktop.documents.pdf.images import write_image
from anjian_desktop.documents.pdf.objects import ObjectFile, Output, deflated, text_string
from anjian_desktop.errors import UserError

PageCodes = Callable[[int, int], str]
"""Gives the code of a page from its number (from 1) and the number of pages."""

_SHARED = 2048
"""Content streams remembered for pages to come."""

_WORTH_SHARING = 6
"""Lines that do not change, one after another, that get a stream of their own."""

_BRANCH = 64
"""Pages to one node of the page tree."""


Stretch = tuple[float, tuple[Placed, ...]]
"""Fragments that do not change, with the height of the page they stand on."""


@dataclass(slots=True)
class Stock:
    """What files of one batch have in common: fonts cut once, and contents deflated once."""

    fonts: Mapping[Face, EmbeddableFont]
    contents: dict[Stretch, bytes]


class UnprintableCharacters(UserError):
    """Some characters are in none of the fonts at hand; nothing of the document was written.

    `glyphs`: each character with the text it stands in.
    """

    code = "missing_glyphs"

    def __init__(self, glyphs: Sequence[MissingGlyph]) -> None:
        shown = "、".join(dict.fromkeys(f"「{glyph.char}」(U+{ord(glyph.char):04X})" for glyph in glyphs))
        super().__init__(
            f"现有字体打印不出这些字：{shown}，没有生成这份文件。",
            next_step="请安装含这些字的字体，或改用其他写法后再打印。",
        )
        self.glyphs = tuple(glyphs)


class PdfWriter:
    """A PDF file being written: `add` documents one after another, then `close`.

    Pages go to `out` as they come; the fonts follow at the end, each once, cut down to the glyphs used. Memory stays flat
    however many documents there are. The bytes depend on what is added, not on clock or chance. `stock` comes from a
    PdfFamily; its fonts must hold every character used.
    """

    def __init__(self, out: Output, fonts: FontBook, *, title: str, stock: Stock | None = None) -> None:
        self._file = ObjectFile(out)
        self._fonts = fonts
        self._title = title
        self._stock = stock
        self._used: dict[Face, set[str]] = {}
        self._pictures: dict[str, int] = {}
        self._drawn: set[str] = set()
        self._shared: dict[Stretch, int] = {}
        self._root, self._faces = self._file.reserve(), self._file.reserve()
        self._branches: list[tuple[int, list[int]]] = []
        self._paper: tuple[float, float] | None = None
        self._closed = False

    def add(
        self,
        document: LaidOut,
        *,
        copies: int = 1,
        page_code: PageCodes | None = None,
        mark: str | None = None,
        blank_back: bool = False,
    ) -> int:
        """Adds a document, whole copy after whole copy; gives the number of its pages, copies counted.

        `page_code` gives what each page's code says (at most 20 characters [0-9A-Z]). `mark` is a word printed in grey in
        the top left corner of every page, outside the type area. `blank_back` adds an empty page (not counted) after a
        copy with an odd number of pages, so that the next one begins on a sheet of its own when both sides are printed.
        Raises UnprintableCharacters when a character is in no font; then nothing was added.
        """
        if document.missing_glyphs:
            raise UnprintableCharacters(document.missing_glyphs)
        contents = [
            self._contents(page, page_code(number, document.page_count) if page_code else None, mark)
            for number, page in enumerate(document.pages, 1)
        ]
        for _ in range(copies):
            for page, content in zip(document.pages, contents, strict=True):
                self._page(page, content)
            if blank_back and document.page_count % 2:
                self._page(document.pages[-1], b"")
        return copies * document.page_count

    def close(self) -> None:
        """Writes the fonts and the directory of the file; closing twice does nothing. `out` stays open."""
        if self._closed:
            return
        self._closed = True
        file = self._file
        cut = self._stock.fonts if self._stock is not None else self._cut_fonts()
        entries = [b"/F%d %d 0 R" % (face.number, font.write(file)) for face, font in cut.items()]
        file.write(b"<<%b>>" % b"".join(entries), self._faces)
        kids = []
        for branch, pages in self._branches:
            shown = b" ".join(b"%d 0 R" % page for page in pages)
            file.write(b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (self._root, len(pages), shown), branch)
            kids.append(b"%d 0 R" % branch)
        count = sum(len(pages) for _, pages in self._branches)
        width, height = self._paper or (595.3, 841.9)
        file.write(
            b"<</Type/Pages/Count %d/Kids[%b]/MediaBox[0 0 %.2f %.2f]/Resources<</Font %d 0 R>>>>"
            % (count, b" ".join(kids), width, height, self._faces),
            self._root,
        )
        # Viewers that scale to fit the paper would ruin the margins: ask for none.
        catalog = file.write(
            b"<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)/ViewerPreferences<</PrintScaling/None/DisplayDocTitle true>>>>"
            % self._root
        )
        info = file.write(b"<</Title %b/Producer %b>>" % (text_string(self._title), text_string("安监桌面")))
        file.close(catalog, info)

    def __enter__(self) -> PdfWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()

    def _cut_fonts(self) -> Mapping[Face, EmbeddableFont]:
        faces = sorted(self._used, key=lambda face: face.number)
        return {face: EmbeddableFont.of(face, self._used[face]) for face in faces}

    def _contents(self, page: Page, code: str | None, mark: str | None) -> bytes:
        """Writes what a page shows, or finds it written; gives the references for its Contents entry."""
        numbers = []
        extra = b""
        if code is not None:
            extra += draw_code(code, page.width, page.height)
        if mark:
            placed = draw_mark(mark, self._fonts)
            self._note(placed[0])
            extra += draw([placed], page.height)
        extra += b"".join([draw_placed_code(one, page.height) for one in page.codes])
        for lasting, placed_ones in _stretches(page.placed):
            if lasting:
                number = self._lasting((page.height, placed_ones))
            else:
                number = self._written(placed_ones, page.height, extra)
                extra = b""
            numbers.append(number)
        if extra or not numbers:
            numbers.append(self._file.stream(extra))
        return b" ".join([b"%d 0 R" % number for number in numbers])

    def _lasting(self, stretch: Stretch) -> int:
        """The number of the stream that shows fragments which do not change, written when first met."""
        number = self._shared.get(stretch)
        if number is not None:
            return number
        height, placed = stretch
        if self._stock is None:
            number = self._written(placed, height)
        else:
            for fragment, _, _ in placed:
                self._note(fragment)
            packed = self._stock.contents.get(stretch)
            if packed is None:
                packed = self._stock.contents[stretch] = deflated(draw(placed, height))
            number = self._file.packed(packed)
        if len(self._shared) >= _SHARED:
            self._shared.clear()
        self._shared[stretch] = number
        return number

    def _written(self, placed: Sequence[Placed], height: float, extra: bytes = b"") -> int:
        for fragment, _, _ in placed:
            self._note(fragment)
        return self._file.stream(draw(placed, height) + extra)

    def _note(self, fragment: Fragment) -> None:
        """Remembers the characters a fragment shows, by face; of a family they are known."""
        if self._stock is not None:
            return
        for run in fragment.runs:
            used = self._used.get(run.face)
            if used is None:
                used = self._used[run.face] = set()
            used.update(run.text)
        for placed in fragment.pictures:
            drawing = placed.picture.drawing
            if drawing is not None and drawing.name not in self._drawn:
                self._drawn.add(drawing.name)
                for face, letters in letters_of(drawing, self._fonts).items():
                    self._used.setdefault(face, set()).update(letters)

    def _page(self, page: Page, contents: bytes) -> None:
        if not self._branches or len(self._branches[-1][1]) >= _BRANCH:
            self._branches.append((self._file.reserve(), []))
        branch, pages = self._branches[-1]
        paper = (page.width, page.height)
        self._paper = self._paper or paper
        box = b"" if paper == self._paper else b"/MediaBox[0 0 %.2f %.2f]" % paper
        shown = b"/Contents[%b]%b" % (contents, self._resources(page)) if contents else b""
        pages.append(self._file.write(b"<</Type/Page/Parent %d 0 R%b%b>>" % (branch, box, shown)))

    def _written_picture(self, picture: Picture) -> int:
        if picture.drawing is not None:
            return write_form(self._file, picture.drawing, self._fonts, self._faces)
        return write_image(self._file, picture)

    def _resources(self, page: Page) -> bytes:
        """The entry of a page with pictures, which are written when first met; other pages share the fonts alone."""
        numbers: dict[str, int] = {}
        for fragment, _, _ in page.placed:
            for drawn in fragment.pictures:
                if drawn.picture.data or drawn.picture.drawing:
                    name = drawn.picture.name
                    if name not in self._pictures:
                        self._pictures[name] = self._written_picture(drawn.picture)
                    numbers[name] = self._pictures[name]
        if not numbers:
            return b""
        entries = b"".join([b"/I%b %d 0 R" % (name.encode(), numbers[name]) for name in sorted(numbers)])
        return b"/Resources<</Font %d 0 R/XObject<<%b>>>>" % (self._faces, entries)


def _stretches(placed: Sequence[Placed]) -> Iterator[tuple[bool, tuple[Placed, ...]]]:
    """A page's fragments in reading order, parted into long stretches that do not change and all the rest."""
    loose: list[Placed] = []
    lasting: list[Placed] = []
    for item in placed:
        if item[0].lasting:
            lasting.append(item)
            continue
        if len(lasting) >= _WORTH_SHARING:
            if loose:
                yield False, tuple(loose)
            yield True, tuple(lasting)
            loose = []
        else:
            loose += lasting
        lasting = []
        loose.append(item)
    if len(lasting) >= _WORTH_SHARING or (lasting and not loose):
        if loose:
            yield False, tuple(loose)
        yield True, tuple(lasting)
    elif loose or lasting:
        yield False, (*loose, *lasting)
