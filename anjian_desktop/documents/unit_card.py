"""企业基本情况表, a person's file: one card on A4 upright, sections of labels and values, small tables, photo, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from anjian_desktop.documents.list_print import Printed
from anjian_desktop.documents.paper_text import POINTS_PER_MM, PaperText

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PAPER = (210.0, 297.0)
"""Width and height in mm."""
_SIDE, _TOP, _BOTTOM = 18.0, 18.0, 16.0
_TITLE, _SIZE, _SMALL = 17.0, 9.5, 8.0
_LINE, _PAD = 1.3, 3.0
_LABEL = 0.17
"""A label's part of the width."""
_GREY = 0.6
_PORTRAIT = (25.0, 35.0)
"""1寸 in mm."""


@dataclass(frozen=True)
class CardSection:
    """A heading and what stands under it as (label, value); a long value takes the whole width."""

    title: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CardTable:
    """A small table with its heading; `widths` are parts of the whole."""

    title: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Cell:
    lines: tuple[str, ...]
    width: float
    tinted: bool = False


@dataclass(frozen=True)
class _Band:
    """One row of the grid."""

    cells: tuple[_Cell, ...]
    height: float
    keeps_next: bool = False


def card_pdf(
    title: str,
    sections: Sequence[CardSection],
    tables: Sequence[CardTable] = (),
    *,
    subtitle: str = "",
    footer: str = "",
    signatures: Sequence[str] = (),
    portrait: bytes | None = None,
) -> Printed:
    """The card as a PDF of as many pages as it takes; same input, same bytes. `portrait` is a JPEG of 25:35, printed 1寸."""
    from reportlab.pdfgen.canvas import Canvas  # a heavy library: only where a card is printed

    sheet = _Card(PaperText(), with_portrait=portrait is not None)
    bands = list(sheet.bands(sections, tables))
    pages = sheet.pages(bands, bool(signatures))
    out = BytesIO()
    canvas = Canvas(
        out, pagesize=(PAPER[0] * POINTS_PER_MM, PAPER[1] * POINTS_PER_MM), invariant=True, pageCompression=1
    )
    canvas.setTitle(title)
    canvas.setProducer("安监桌面")
    for number, page in enumerate(pages, start=1):
        place = f"第 {number} 页，共 {len(pages)} 页"
        last = number == len(pages)
        sheet.draw(canvas, page, title, subtitle, footer, place, signatures if last else ())
        if number == 1 and portrait is not None:
            sheet.draw_portrait(canvas, portrait)
        canvas.showPage()
    canvas.save()
    return Printed(out.getvalue(), len(pages), tuple(sheet.text.missing))


class _Card:
    """The measures of one card."""

    def __init__(self, text: PaperText, *, with_portrait: bool) -> None:
        self.text = text
        self.below = _PORTRAIT[1] * POINTS_PER_MM if with_portrait else 0.0
        """Room at the head of the first page beside the title."""
        self.left = _SIDE * POINTS_PER_MM
        self.room = (PAPER[0] - 2 * _SIDE) * POINTS_PER_MM
        self.top = (PAPER[1] - _TOP) * POINTS_PER_MM
        self.bottom = _BOTTOM * POINTS_PER_MM

    def bands(self, sections: Sequence[CardSection], tables: Sequence[CardTable]) -> Iterator[_Band]:
        for section in sections:
            yield self._heading(section.title)
            yield from self._pairs(section.pairs)
        for table in tables:
            yield self._heading(table.title)
            widths = [part / sum(table.widths) * self.room for part in table.widths]
            yield self._band(
                [self._cell(text, width, tinted=True) for text, width in zip(table.headings, widths, strict=True)],
                keeps_next=True,
            )
            for row in table.rows:
                yield self._band([self._cell(text, width) for text, width in zip(row, widths, strict=True)])

    def pages(self, bands: Sequence[_Band], signed: bool) -> list[list[_Band]]:
        """Rows parted into pages; a heading goes with what follows it, signatures with the last row."""
        whole = self._body_top() - self.bottom - _SMALL * 2
        high = whole - self._head()
        tail = 60.0 if signed else 0.0
        pages: list[list[_Band]] = [[]]
        used = 0.0
        for place, band in enumerate(bands):
            after = 0.0
            for following in bands[place + 1 :]:
                if not (band.keeps_next or after):
                    break
                after += following.height
                if not following.keeps_next:
                    break
            wanted = band.height + after + (tail if place == len(bands) - 1 else 0.0)
            if pages[-1] and used + wanted > high:
                pages.append([])
                used, high = 0.0, whole
            pages[-1].append(band)
            used += band.height
        return pages

    def draw(
        self,
        canvas: Canvas,
        bands: Sequence[_Band],
        title: str,
        subtitle: str,
        footer: str,
        place: str,
        signatures: Sequence[str],
    ) -> None:
        """One page."""
        text = self.text
        middle = self.left + self.room / 2
        text.draw(canvas, middle - text.width(title, _TITLE) / 2, self.top - _TITLE, title, _TITLE, bold=True)
        text.draw(canvas, self.left, self._body_top() + 5, subtitle, _SMALL)
        y = self._body_top() - (self._head() if place.startswith("第 1 页") else 0.0)
        for band in bands:
            self._draw_band(canvas, band, y)
            y -= band.height
        if signatures:
            step = self.room / len(signatures)
            for number, words in enumerate(signatures):
                text.draw(canvas, self.left + number * step, y - 34, words, _SIZE)
        base = self.bottom - 4
        wide = text.width(place, _SMALL)
        told = text.lines(footer, self.room - wide - 10, _SMALL)[0]
        text.draw(canvas, self.left, base, told, _SMALL)
        text.draw(canvas, self.left + self.room - wide, base, place, _SMALL)

    def draw_portrait(self, canvas: Canvas, portrait: bytes) -> None:
        """The photo in the upper right corner of the page."""
        from reportlab.lib.utils import ImageReader

        wide, high = (side * POINTS_PER_MM for side in _PORTRAIT)
        x, y = self.left + self.room - wide, self.top - high
        canvas.drawImage(ImageReader(BytesIO(portrait)), x, y, wide, high)
        canvas.setStrokeGray(_GREY)
        canvas.rect(x, y, wide, high, stroke=1, fill=0)
        canvas.setStrokeGray(0)

    def _head(self) -> float:
        """How much lower the first page begins because of the photo."""
        return max(0.0, self.below + 6 - (self.top - self._body_top()))

    def _body_top(self) -> float:
        return self.top - _TITLE * 1.3 - _SMALL * 2.4

    def _heading(self, title: str) -> _Band:
        return self._band([self._cell(title, self.room, tinted=True)], keeps_next=True)

    def _pairs(self, pairs: Sequence[tuple[str, str]]) -> Iterator[_Band]:
        label, half = self.room * _LABEL, self.room * (0.5 - _LABEL)
        waiting: list[_Cell] = []
        for name, value in pairs:
            long = self.text.width(value, _SIZE) > (half - 2 * _PAD) * 1.6 or "\n" in value
            cells = [self._cell(name, label, tinted=True), self._cell(value, self.room - label if long else half)]
            if long:
                if waiting:
                    yield self._band([*waiting, self._cell("", label, tinted=True), self._cell("", half)])
                    waiting = []
                yield self._band(cells)
                continue
            waiting += cells
            if len(waiting) == 4:
                yield self._band(waiting)
                waiting = []
        if waiting:
            yield self._band([*waiting, self._cell("", label, tinted=True), self._cell("", half)])

    def _cell(self, text: str, width: float, *, tinted: bool = False) -> _Cell:
        return _Cell(tuple(self.text.lines(text, width - 2 * _PAD, _SIZE)), width, tinted)

    def _band(self, cells: Sequence[_Cell], *, keeps_next: bool = False) -> _Band:
        most = max(len(cell.lines) for cell in cells)
        return _Band(tuple(cells), most * _SIZE * _LINE + 2 * _PAD, keeps_next)

    def _draw_band(self, canvas: Canvas, band: _Band, top: float) -> None:
        x = self.left
        for cell in band.cells:
            if cell.tinted:
                canvas.setFillGray(0.94)
                canvas.rect(x, top - band.height, cell.width, band.height, stroke=0, fill=1)
                canvas.setFillGray(0)
            canvas.setStrokeGray(_GREY)
            canvas.setLineWidth(0.5)
            canvas.rect(x, top - band.height, cell.width, band.height, stroke=1, fill=0)
            canvas.setStrokeGray(0)
            y = top - _PAD - _SIZE * 0.95
            for line in cell.lines:
                self.text.draw(canvas, x + _PAD, y, line, _SIZE, bold=cell.tinted and len(band.cells) == 1)
                y -= _SIZE * _LINE
            x += cell.width
