"""A finished Word document as PDF, laid out by the program itself; needs no store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_desktop.errors import UserError
from anjian_desktop.storage.files import write_atomically

if TYPE_CHECKING:
    from anjian_desktop.documents.fonts import FontUse
    from anjian_desktop.documents.layout import NotLaidOut


@dataclass(frozen=True)
class Conversion:
    """The pages written, what they do not show, and which font stands in for which."""

    file: Path
    pages: int
    not_laid_out: Sequence[NotLaidOut]
    fonts: Sequence[FontUse]


def convert(source: Path, target: Path) -> Conversion:
    """Lay the Word file out and write it to `target`.

    A character no font at hand can print becomes an empty box and is named. Raises UserError when the file cannot be
    read or is no .docx; then nothing is written.
    """
    # The document libraries cost a third of a second: only where a document is made.
    from anjian_desktop.documents.docx_package import read_document_file
    from anjian_desktop.documents.layout import lay_out_docx
    from anjian_desktop.documents.matched_fonts import fonts_for_documents
    from anjian_desktop.documents.pdf import PdfWriter

    if source.suffix.lower() != ".docx" or target.suffix.lower() != ".pdf":
        raise UserError(
            "只能把 .docx 文件转成 .pdf 文件。", next_step="请核对两个文件名的结尾；.doc 请先另存为 .docx。"
        )
    document = read_document_file(source)
    fonts = fonts_for_documents()
    laid_out = lay_out_docx(document, fonts, boxes=True)
    with write_atomically(target) as part, part.open("wb") as out:
        writer = PdfWriter(out, fonts, title=source.stem)
        writer.add(laid_out)
        writer.close()
    return Conversion(target, laid_out.page_count, laid_out.not_laid_out, laid_out.fonts)
