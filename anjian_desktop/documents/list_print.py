"""A list on paper: A4 across, the heading on every page, no row torn, the filter and page x of y below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from anjian_desktop.documents.paper_text import POINTS_PER_MM, PaperText
from anjian_desktop.errors import UserError

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PAPER = (297.0, 210.0)
"""Width and height in mm."""
_MARGIN = (12.0, 12.0, 12.0, 13.0)
"""Left, top, right, bottom in mm."""
_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
"""Points; the largest in which the columns have room."""
_TITLE, _SMALL = 15.0, 8.0
_LINE = 1.28
_PAD = 2.6
_LEAST = 2.4
"""A column's least width in characters."""
_GREY = 0.72


@dataclass(frozen=True)
class PrintColumn:
    """A column: its heading, its wanted width in Chinese characters, whether figures stand at its right edge.

    `unbroken` is the width below which it shall not be squeezed, so that a code or date stays on one line; 0: any.
    """

    label: str
    width: float
    right: bool = False
    unbroken: float = 0


@dataclass(frozen=True)
class Printed:
    """A finished document; `missing` are characters no font has, printed as □."""

    data: bytes
    pages: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    cells: tuple[tuple[str, ...], ...]
    height: float


def list_pdf(
    title: str,
    columns: Sequence[PrintColumn],
    rows: Iterable[Sequence[str]],
    *,
    subtitle: str = "",
    footer: str = "",
) -> Printed:
    """A list as a PDF. `subtitle` stands under the title at the left, `footer` (filter, day of printing) on every page.

    Same input, same bytes. Raises UserError when there are too many columns for the paper.
    """
    from reportlab.pdfgen.canvas import Canvas  # a heavy library: only where a list is printed

    text = PaperText()
    sheet = _Sheet(text, (PrintColumn("序号", 2.6, right=True), *columns))
    laid = [sheet.row((str(number), *row)) for number, row in enumerate(rows, start=1)]
    pages = sheet.pages(laid)
    out = BytesIO()
    canvas = Canvas(
        out, pagesize=(PAPER[0] * POINTS_PER_MM, PAPER[1] * POINTS_PER_MM), invariant=True, pageCompression=1
    )
    canvas.setTitle(title)
    canvas.setProducer("安监桌面")
    for number, page in enumerate(pages, start=1):
        sheet.draw(canvas, page, title, subtitle, footer, f"第 {number} 页，共 {len(pages)} 页")
        canvas.showPage()
    canvas.save()
    return Printed(out.getvalue(), len(pages), tuple(text.missing))


class _Sheet:
    """The measures of one list."""

    def __init__(self, text: PaperText, columns: Sequence[PrintColumn]) -> None:
        self.text = text
        self.columns = columns
        left, top, right, bottom = (each * POINTS_PER_MM for each in _MARGIN)
        self.left, self.bottom = left, bottom
        self.top = PAPER[1] * POINTS_PER_MM - top
        room = PAPER[0] * POINTS_PER_MM - left - right
        self.size, self.widths = _widths(columns, room)
        self.heading = self.row([one.label for one in columns])
        self.body_top = self.top - _TITLE * 1.3 - _SMALL * 2.2
        self.body_bottom = bottom + _SMALL * 1.6

    def row(self, cells: Sequence[str]) -> _Row:
        broken = tuple(
            tuple(self.text.lines(cell, width - 2 * _PAD, self.size))
            for cell, width in zip(cells, self.widths, strict=True)
        )
        most = max(len(lines) for lines in broken)
        return _Row(broken, most * self.size * _LINE + 2 * _PAD)

    def pages(self, rows: Sequence[_Row]) -> list[list[_Row]]:
        """Rows parted into pages; a row higher than a page is cut at its end."""
        room = self.body_top - self.body_bottom - self.heading.height
        pages: list[list[_Row]] = [[]]
        used = 0.0
        for row in rows:
            if row.height > room:
                row = self._cut(row, room)
            if used + row.height > room:
                pages.append([])
                used = 0.0
            pages[-1].append(row)
            used += row.height
        return pages

    def _cut(self, row: _Row, room: float) -> _Row:
        most = int((room - 2 * _PAD) / (self.size * _LINE))
        cells = tuple((*lines[: most - 1], "（未完）") if len(lines) > most else lines for lines in row.cells)
        return _Row(cells, most * self.size * _LINE + 2 * _PAD)

    def draw(self, canvas: Canvas, rows: Sequence[_Row], title: str, subtitle: str, footer: str, place: str) -> None:
        """One page."""
        right = self.left + sum(self.widths)
        middle = (self.left + right) / 2
        self.text.draw(canvas, middle - self.text.width(title, _TITLE) / 2, self.top - _TITLE, title, _TITLE, bold=True)
        self.text.draw(canvas, self.left, self.body_top + _SMALL * 0.6, subtitle, _SMALL)
        y = self.body_top
        canvas.setFillGray(0.92)
        canvas.rect(self.left, y - self.heading.height, sum(self.widths), self.heading.height, stroke=0, fill=1)
        canvas.setFillGray(0)
        self._draw_row(canvas, self.heading, y, bold=True)
        y -= self.heading.height
        for row in rows:
            self._draw_row(canvas, row, y)
            y -= row.height
        canvas.setStrokeGray(_GREY)
        canvas.setLineWidth(0.5)
        x = self.left
        for width in (*self.widths, 0.0):
            canvas.line(x, self.body_top, x, y)
            x += width
        at = self.body_top
        for height in (0.0, self.heading.height, *(row.height for row in rows)):
            at -= height
            canvas.line(self.left, at, right, at)
        canvas.setStrokeGray(0)
        base = self.bottom - _SMALL * 0.4
        place_width = self.text.width(place, _SMALL)
        told = self.text.lines(footer, right - self.left - place_width - 12, _SMALL)
        shown = told[0] + ("…" if len(told) > 1 else "")
        self.text.draw(canvas, self.left, base, shown, _SMALL)
        self.text.draw(canvas, right - place_width, base, place, _SMALL)

    def _draw_row(self, canvas: Canvas, row: _Row, top: float, *, bold: bool = False) -> None:
        x = self.left
        for lines, width, column in zip(row.cells, self.widths, self.columns, strict=True):
            y = top - _PAD - self.size
            for line in lines:
                shift = width - 2 * _PAD - self.text.width(line, self.size) if column.right and not bold else 0
                self.text.draw(canvas, x + _PAD + shift, y, line, self.size, bold=bold)
                y -= self.size * _LINE
            x += width


def _widths(columns: Sequence[PrintColumn], room: float) -> tuple[float, list[float]]:
    """The size of letters and the columns' widths in points, the paper filled from edge to edge."""
    wanted = [max(one.width, _LEAST) + 0.9 for one in columns]
    for size in _SIZES:
        if sum(wanted) * size <= room or (size == _SIZES[-1] and len(columns) * (_LEAST + 0.9) * size <= room):
            return size, _shared(columns, wanted, room, size)
    most = int(room / ((_LEAST + 0.9) * _SIZES[-1]))
    raise UserError(
        f"有 {len(columns) - 1} 列，一张纸排不下（最多 {most - 1} 列）。", next_step="请在“列”里少选几列再打印。"
    )


def _shared(columns: Sequence[PrintColumn], wanted: Sequence[float], room: float, size: float) -> list[float]:
    """The room divided as wanted; where it is short, codes and dates keep what they need and words are broken instead."""
    scale = room / sum(wanted)
    least = [one.unbroken * size + 2 * _PAD if one.unbroken else 0.0 for one in columns]
    kept = [max(need, 0.0) if need > each * scale else 0.0 for need, each in zip(least, wanted, strict=True)]
    others = sum(each for need, each in zip(kept, wanted, strict=True) if not need)
    rest = (room - sum(kept)) / others if others else 0.0
    if any(kept) and rest * min(wanted) >= _LEAST * size:
        return [need or each * rest for need, each in zip(kept, wanted, strict=True)]
    return [each * scale for each in wanted]
