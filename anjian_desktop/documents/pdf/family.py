"""Many PDF files that share fonts cut once and pages alike deflated once: one file a unit, almost as fast as one file."""

from __future__ import annotations

from anjian_desktop.documents.fonts import Face, FontBook
from anjian_desktop.documents.layout.laid_out import Fragment, LaidOut
from anjian_desktop.documents.layout.typesetting.drawn_text import letters_of
from anjian_desktop.documents.pdf.drawing import draw_mark
from anjian_desktop.documents.pdf.embedding import EmbeddableFont
from anjian_desktop.documents.pdf.objects import Output
from anjian_desktop.documents.pdf.writer import PageCodes, PdfWriter, Stock

_CONTENTS = 1024
"""Deflated contents kept for files to come."""


class PdfFamily:
    """Files of one batch: `see` every document first, then `write` each to its own file.

    The fonts are cut to the characters of all documents seen. A document that was not seen may be written too; it and
    those after it then get fonts with its characters added.
    """

    def __init__(self, fonts: FontBook) -> None:
        self._fonts = fonts
        self._characters: dict[Face, set[str]] = {}
        self._known: set[Fragment] = set()
        self._drawn: set[str] = set()
        self._cut: dict[Face, tuple[int, EmbeddableFont]] = {}
        self._stock = Stock({}, {})

    def see(self, document: LaidOut) -> None:
        """Notes the characters of a document that will be written."""
        for page in document.pages:
            for fragment, _, _ in page.placed:
                if fragment.lasting:
                    if fragment in self._known:
                        continue
                    self._known.add(fragment)
                self._note(fragment)

    def write(
        self,
        out: Output,
        document: LaidOut,
        *,
        title: str,
        copies: int = 1,
        page_code: PageCodes | None = None,
        mark: str | None = None,
    ) -> int:
        """Writes one document as a file of its own; gives the number of pages. Raises UnprintableCharacters."""
        self.see(document)
        if mark:
            self._note(draw_mark(mark, self._fonts)[0])
        writer = PdfWriter(out, self._fonts, title=title, stock=self._stocked())
        pages = writer.add(document, copies=copies, page_code=page_code, mark=mark)
        writer.close()
        return pages

    def _note(self, fragment: Fragment) -> None:
        for run in fragment.runs:
            self._characters.setdefault(run.face, set()).update(run.text)
        for placed in fragment.pictures:
            drawing = placed.picture.drawing
            if drawing is not None and drawing.name not in self._drawn:
                self._drawn.add(drawing.name)
                for face, letters in letters_of(drawing, self._fonts).items():
                    self._characters.setdefault(face, set()).update(letters)

    def _stocked(self) -> Stock:
        """The fonts for all characters known by now, and the contents so far."""
        changed = False
        for face, characters in self._characters.items():
            if face not in self._cut or self._cut[face][0] != len(characters):
                self._cut[face] = (len(characters), EmbeddableFont.of(face, characters))
                changed = True
        if changed:
            self._stock.fonts = {face: self._cut[face][1] for face in sorted(self._cut, key=lambda face: face.number)}
        if len(self._stock.contents) > _CONTENTS:
            self._stock.contents.clear()
        return self._stock
