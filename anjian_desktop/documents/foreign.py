"""What is done with a Word file from outside, in the child process that opens it: examine, convert, merge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any

from anjian_desktop.documents.docx_package import UnusableDocument
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.foreign_frames import CONVERT, EXAMINE, FINISHED, FOUND, MERGE, PIECE, WORD
from anjian_desktop.documents.layout import LaidOut, Typesetter, lay_out_docx
from anjian_desktop.documents.matched_fonts import fonts_for_documents
from anjian_desktop.documents.merging import MergeTemplate
from anjian_desktop.documents.pdf import PdfFamily, PdfWriter
from anjian_desktop.documents.word import Placeholder
from anjian_desktop.errors import UserError
from anjian_desktop.sandbox import frames

_PIECE_BYTES = 1_000_000
_BLANK = 60
_MM = 72 / 25.4


def answer(request: Any, data: bytes, out: IO[bytes]) -> None:
    """Do what is asked with the bytes of a Word file. Raises UserError, in words: what is wrong with it."""
    try:
        match request:
            case [str(act), dict(bindings)] if act == EXAMINE:
                frames.send(out, FOUND, frames.packed(examined(data, bindings)))
            case [str(act), str(title)] if act == CONVERT:
                frames.send(out, FOUND, frames.packed(_converted(data, title, out)))
            case [str(act), str(kind), dict(bindings), list(records), list(titles)] if act == MERGE:
                _merge(data, kind, bindings, records, titles, out)
    except RecursionError:
        raise UnusableDocument(
            "这个 Word 文件的内容套了太多层，已拒绝打开。", next_step="请在 Word 或 WPS 里简化它，另存后再试。"
        ) from None
    except MemoryError:
        raise UserError(
            "这个 Word 文件的内容太大，没有打开。",
            next_step="请在 Word 或 WPS 里分成几个文件，或缩小其中的图片。",
            code="oversized",
        ) from None


def examined(data: bytes, bindings: Mapping[str, str]) -> dict[str, object]:
    """What a file asks for as a template and how its pages come out, each finding as texts."""
    template = MergeTemplate(data, bindings)
    fonts = FontBook.of_machine()
    laid_out = lay_out_docx(template.braces(), fonts, boxes=True)
    # Pictures are unpacked and fonts cut only when pages are written: what passes here has been through it all.
    with PdfWriter(_Nowhere(), fonts, title="") as writer:
        writer.add(laid_out)
    notes = [[one.feature, one.place] for one in template.notes]
    return {
        "placeholders": [[_shown(one), one.dialect, one.part, one.place] for one in template.placeholders],
        "blanks": [[one.place, one.field] for one in template.blanks],
        "loops": [[one.name, one.place, *one.names] for one in template.loops],
        "properties": [[one.name, one.value] for one in template.properties],
        "pictures": [
            [drawn.picture.role, f"{drawn.picture.width / _MM:.2f}", f"{drawn.picture.height / _MM:.2f}"]
            for page in laid_out.pages
            for fragment, _, _ in page.placed
            for drawn in fragment.pictures
            if drawn.picture.role
        ],
        **_told(laid_out, notes),
    }


def _shown(one: Placeholder) -> str:
    """A placeholder's name; of a blank, which goes by its place, no more than anybody reads."""
    return one.name[:_BLANK] if one.dialect == "blank" else one.name


def _converted(data: bytes, title: str, out: IO[bytes]) -> dict[str, object]:
    fonts = fonts_for_documents()
    laid_out = lay_out_docx(data, fonts, boxes=True)
    pieces = _Pieces(out)
    with PdfWriter(pieces, fonts, title=title) as writer:
        writer.add(laid_out)
    pieces.flush()
    return _told(laid_out, [])


def _told(laid_out: LaidOut, notes: Sequence[Sequence[str]]) -> dict[str, object]:
    return {
        "pages": laid_out.page_count,
        "not_laid_out": [*notes, *([one.feature, one.place] for one in laid_out.not_laid_out)],
        "fonts": [[one.asked, one.used] for one in laid_out.fonts],
    }


def _merge(
    data: bytes,
    kind: str,
    bindings: Mapping[str, str],
    records: Sequence[Mapping[str, object]],
    titles: Sequence[str],
    out: IO[bytes],
) -> None:
    template = MergeTemplate(data, bindings)
    pieces = _Pieces(out)
    if kind == WORD:
        for record in records:
            filled = template.fill(record)
            pieces.write(filled.data)
            pieces.finish(filled.missing)
        return
    fonts = FontBook.of_machine()
    press = _Press(template, fonts)
    laid_out = [press.lay_out(record) for record in records]
    family = PdfFamily(fonts)
    for one in laid_out:
        family.see(one)
    for one, title in zip(laid_out, titles, strict=True):
        family.write(pieces, one, title=title)
        pieces.finish(template.called(one.missing))


class _Press:
    """Gives the pages of each record; typesetters are kept by the lengths of the record's lists."""

    def __init__(self, template: MergeTemplate, fonts: FontBook) -> None:
        self._template = template
        self._fonts = fonts
        self._kept: tuple[tuple[int, ...], Typesetter] | None = None

    def lay_out(self, record: Mapping[str, object]) -> LaidOut:
        """The pages. Raises UserError when a character of them is in no font."""
        lengths = tuple(len(value) for value in record.values() if isinstance(value, list))
        if self._kept is None or self._kept[0] != lengths:
            self._kept = (lengths, Typesetter(self._template.braces(record), self._fonts))
        laid_out = self._kept[1].lay_out(self._template.flat(record))
        if laid_out.missing_glyphs:
            char = laid_out.missing_glyphs[0].char
            raise UserError(
                f"“{char}”（U+{ord(char):04X}）没有字体能打印，没有生成文件。",
                next_step="请安装含这个字的字体或改用规范字。",
            )
        return laid_out


class _Nowhere:
    """A file nobody keeps."""

    def write(self, data: bytes) -> None:
        pass


class _Pieces:
    """A file that goes to the program in pieces."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._waiting = bytearray()

    def write(self, data: bytes) -> None:
        self._waiting += data
        if len(self._waiting) >= _PIECE_BYTES:
            self.flush()

    def flush(self) -> None:
        """Send what waits."""
        if self._waiting:
            frames.send(self._out, PIECE, bytes(self._waiting))
            self._waiting.clear()

    def finish(self, missing: Sequence[str]) -> None:
        """The file is whole; what was missing prints as a gap."""
        self.flush()
        frames.send(self._out, FINISHED, frames.packed(list(missing)))
