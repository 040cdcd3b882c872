"""A finished Word document as PDF, laid out by the program itself; needs no store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from anjian_desktop.errors import UserError
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.storage.files import write_atomically


@dataclass(frozen=True)
class Conversion:
    """The pages written, (feature, place) of what they do not show, (asked, used) of the fonts."""

    file: Path
    pages: int
    not_laid_out: Sequence[tuple[str, str]]
    fonts: Sequence[tuple[str, str]]


def convert(source: Path, target: Path, *, step: Step = no_step) -> Conversion:
    """Lay the Word file out, in the child process that opens documents, and write it to `target`.

    A character no font at hand can print becomes an empty box and is named. Raises UserError when the file cannot be
    read or is no .docx; then nothing is written.
    """
    # Not wanted when the program starts.
    from anjian_desktop.documents.document_reader import document_reader
    from anjian_desktop.documents.docx_package import read_document_file

    if source.suffix.lower() != ".docx" or target.suffix.lower() != ".pdf":
        raise UserError(
            "只能把 .docx 文件转成 .pdf 文件。", next_step="请核对两个文件名的结尾；.doc 请先另存为 .docx。"
        )
    document = read_document_file(source)

    def watch() -> None:
        step(0, 1, f"排版 {source.name}")

    with write_atomically(target) as part, part.open("wb") as out:
        found = document_reader().convert(document, name=source.name, title=source.stem, write=out.write, watch=watch)
    return Conversion(target, found.pages, found.not_laid_out, found.fonts)
