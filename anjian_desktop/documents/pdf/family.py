"""Many PDF files that share fonts cut once: one file a unit, as fast as one file for all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from anjian_desktop.documents.fonts import Face, FontBook
from anjian_desktop.documents.layout.laid_out import LaidOut
from anjian_desktop.documents.pdf.embedding import EmbeddableFont
from anjian_desktop.documents.pdf.writer import PageCodes, PdfWriter


class PdfFamily:
    """Files of one batch: `see` every document first, then `write` each to its own file.

    The fonts are cut to the characters of all documents seen; a document not seen gets fonts of its own.
    """

    def __init__(self, fonts: FontBook) -> None:
        self._fonts = fonts
        self._characters: dict[Face, set[str]] = {}
        self._cut: dict[Face, tuple[frozenset[str], EmbeddableFont]] = {}

    def see(self, document: LaidOut) -> None:
        """Notes the characters of a document that will be written."""
        for page in document.pages:
            for fragment, _, _ in page.placed:
                for run in fragment.runs:
                    self._characters.setdefault(run.face, set()).update(run.text)

    def write(
        self,
        out: BinaryIO,
        document: LaidOut,
        *,
        title: str,
        copies: int = 1,
        page_code: PageCodes | None = None,
        mark: str | None = None,
    ) -> int:
        """Writes one document as a file of its own; gives the number of pages. Raises UnprintableCharacters."""
        self.see(document)
        writer = PdfWriter(out, self._fonts, title=title, fonts_given=self._fonts_for(self._characters))
        pages = writer.add(document, copies=copies, page_code=page_code, mark=mark)
        writer.close()
        return pages

    def _fonts_for(self, faces: Iterable[Face]) -> dict[Face, EmbeddableFont]:
        fonts = {}
        for face in faces:
            characters = self._characters[face]
            cut = self._cut.get(face)
            if cut is None or len(cut[0]) != len(characters):
                cut = self._cut[face] = (frozenset(characters), EmbeddableFont.of(face, characters))
            fonts[face] = cut[1]
        return fonts
