"""Pages of scanned paper: what codes they carry, whether they are blank, and single pages put together as a PDF."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from anjian_desktop.documents.code_reading import page_codes_on
from anjian_desktop.documents.codes import PageCode
from anjian_desktop.documents.rendering import POINTS_PER_INCH, PdfPages, pdfium_lock
from anjian_desktop.errors import UserError

_DOTS = (150, 300)
"""Dots to the inch a page is looked at with: what every good scan is read at, then what a poor one may need."""
_LARGEST = 40_000_000
"""Pixels of a page that is looked at; a larger one is no scan but a trap."""
_MOST_PAGES = 20_000
_MARGIN = 0.04
"""Of width and height at each edge, where a scanner leaves shadows."""
_DARK = 150
_INK = 0.00015
"""Share of dark dots above which a page is written on: some 9 mm² of an A4 sheet, less than the smallest signature."""
_IS_DARK = bytes(1 if brightness < _DARK else 0 for brightness in range(256))
_CREATED = re.compile(rb"(/CreationDate ?\(D:)\d{14}")
_IDENTIFIER = re.compile(rb"/ID ?\[<[0-9A-F]{32}><[0-9A-F]{32}>\](?=>>\s*startxref\s+\d+\s+%%EOF\s*$)")
_PICTURES = ("JPEG", "PNG", "TIFF", "BMP")


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a scan, counted from 1: the page codes it shows, and whether nothing stands on it."""

    number: int
    codes: tuple[PageCode, ...]
    blank: bool


@dataclass(frozen=True, slots=True)
class Grey:
    """Brightness of every dot, one byte each, `height` rows of `width` from the top."""

    width: int
    height: int
    dots: bytes


class ScanFile:
    """An open scan: a PDF or a picture (JPG, PNG, TIFF with several pages). Closed by whoever opened it.

    Raises UserError when it is neither, damaged, locked by a password or too large.
    """

    def __init__(self, file: Path) -> None:
        self._image: Any = None
        self._pdf: PdfPages | None = None
        if is_pdf(file):
            self._pdf = PdfPages(file)
            self.count = self._pdf.count
        else:
            self._image = _picture(file)
            self.count = int(getattr(self._image, "n_frames", 1))
        if self.count > _MOST_PAGES:
            self.close()
            raise UserError(
                f"“{file.name}”有 {self.count:,} 页，超过 {_MOST_PAGES:,} 页。", next_step="请分成几个文件。"
            )
        self._name = file.name

    def pages(self) -> Iterator[ScannedPage]:
        """Every page in order: drawn at 150 dots to the inch, finer when it is written on but shows no code."""
        return (self._look(number) for number in range(1, self.count + 1))

    def close(self) -> None:
        """Let go of the file."""
        if self._pdf is not None:
            self._pdf.close()
        if self._image is not None:
            self._image.close()

    def __enter__(self) -> ScanFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _look(self, number: int) -> ScannedPage:
        for dots in _DOTS:
            grey = self._grey(number, dots)
            if codes := _codes(grey):
                return ScannedPage(number, codes, blank=False)
            if dots == _DOTS[0] and _is_blank(grey):
                return ScannedPage(number, (), blank=True)
            if self._pdf is None:
                break  # a picture has only its own dots
        return ScannedPage(number, (), blank=False)

    def _grey(self, number: int, dots: int) -> Grey:
        if self._pdf is None:
            try:
                self._image.seek(number - 1)
                _refuse_huge(self._image, self._name)
                grey = self._image.convert("L")
            except (OSError, ValueError, SyntaxError, EOFError):
                raise UserError(
                    f"“{self._name}”第 {number} 页读不出来，没有归档。", next_step="请重新扫描这一份。"
                ) from None
            return Grey(grey.width, grey.height, grey.tobytes())
        width, height = self._pdf.size(number - 1)
        scale = min(dots / POINTS_PER_INCH, (_LARGEST / max(width * height, 1.0)) ** 0.5)
        picture = self._pdf.picture(number - 1, scale)
        return Grey(picture.width, picture.height, picture.brightness())


def pages_as_pdf(parts: Sequence[tuple[Path, int]]) -> bytes:
    """One PDF of single pages (file, page from 1), in this order; the same pages give the same bytes.

    Pages of a PDF are taken over as they are, without scripts or files the document may carry; pictures keep their dots.
    """
    import pypdfium2  # a 6 MB library: only when scans are filed

    opened: dict[Path | tuple[Path, int], Any] = {}
    with pdfium_lock:
        made = pypdfium2.PdfDocument.new()
        try:
            for file, number in parts:
                if is_pdf(file):
                    source, place = opened.get(file), number - 1
                    if source is None:
                        source = opened[file] = pypdfium2.PdfDocument(file)
                else:  # page by page: a long TIFF is never in memory whole
                    source, place = pypdfium2.PdfDocument(_picture_as_pdf(file, number)), 0
                    opened[file, number] = source
                made.import_pages(source, [place])
            written = BytesIO()
            made.save(written)
            return _settled(written.getvalue())
        except pypdfium2.PdfiumError as problem:
            raise UserError("扫描件的页面抽不出来。", next_step="请重新扫描，存成 PDF 再试。") from problem
        finally:
            for document in opened.values():
                document.close()
            made.close()


def _settled(data: bytes) -> bytes:
    """What PDFium draws by lot (the file's identifier) or reads off the clock, made to follow from the content."""
    data = _CREATED.sub(rb"\g<1>20000101000000", data, count=1)
    digest = hashlib.sha256(_IDENTIFIER.sub(b"", data)).hexdigest()[:32].upper().encode()
    return _IDENTIFIER.sub(b"/ID[<" + digest + b"><" + digest + b">]", data)


def _codes(grey: Grey) -> tuple[PageCode, ...]:
    """The codes of a page, each once."""
    return tuple(dict.fromkeys(page_codes_on(grey.dots, grey.width, grey.height)))


def _is_blank(grey: Grey) -> bool:
    """Whether next to nothing dark lies within the margins; every second row is enough."""
    left, top = int(grey.width * _MARGIN), int(grey.height * _MARGIN)
    looked = dark = 0
    for row in range(top, grey.height - top, 2):
        dots = grey.dots[row * grey.width + left : (row + 1) * grey.width - left]
        looked += len(dots)
        dark += dots.translate(_IS_DARK).count(1)
    return looked == 0 or dark < looked * _INK


def is_pdf(file: Path) -> bool:
    """Whether a file begins like a PDF. Raises UserError when it cannot be read."""
    try:
        with file.open("rb") as opened:
            return opened.read(5) == b"%PDF-"
    except OSError as problem:
        raise UserError(
            f"“{file.name}”读不出来，没有归档。", next_step="请检查文件是否还在、是否正被占用。"
        ) from problem


def _picture(file: Path) -> Any:
    """The picture, open. Raises UserError for anything else, and for one too large to be a scan."""
    from PIL import Image, UnidentifiedImageError  # only when a picture is looked at

    try:
        image = Image.open(file, formats=_PICTURES)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise UserError(f"“{file.name}”太大，没有读取。", next_step="请用 200 dpi 扫描后再试。") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise UserError(
            f"“{file.name}”不是能读的 PDF 或图片（JPG、PNG、TIFF），没有归档。", next_step="请换一个文件，或重新扫描。"
        ) from None
    try:
        _refuse_huge(image, file.name)
    except UserError:
        image.close()
        raise
    return image


def _refuse_huge(image: Any, name: str) -> None:
    if image.width * image.height > _LARGEST:
        raise UserError(f"“{name}”太大，没有读取。", next_step="请用 200 dpi 扫描后再试。")


def _picture_as_pdf(file: Path, number: int) -> bytes:
    """One page of a picture as a PDF, at its own dots to the inch (200 when it does not say)."""
    with _picture(file) as image:
        image.seek(number - 1)
        said = image.info.get("dpi", (0, 0))[0]
        dots = float(said) if said and 50 <= float(said) <= 1200 else 200.0
        page = image.convert("L" if image.mode in ("1", "L", "I;16") else "RGB")
    written = BytesIO()
    moment = time.struct_time((2000, 1, 1, 0, 0, 0, 0, 0, 0))
    page.save(written, "PDF", resolution=dots, quality=90, creationDate=moment, modDate=moment)
    return written.getvalue()
