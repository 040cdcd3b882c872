"""Pages of a PDF become pictures of the right size, from any thread, and a bad file is told in words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from anjian_desktop.documents.rendering import PdfPages
from anjian_desktop.errors import UserError


def black_square(pages: int = 1) -> bytes:
    """A4 pages with a black square of 20 mm in the upper left quarter."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for _ in range(pages):
        canvas.rect(100, 600, 57, 57, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_page_is_drawn_at_the_asked_scale() -> None:
    with PdfPages(black_square(2)) as pdf:
        assert pdf.count == 2
        assert pdf.size(0) == pytest.approx(A4, abs=0.01)
        picture = pdf.picture(1, 2.0)
    assert (picture.width, picture.height) == (1191, 1684)
    assert len(picture.pixels) == picture.stride * picture.height
    inside = (picture.height - 2 * 620) * picture.stride + 4 * 2 * 120
    assert picture.pixels[inside : inside + 3] == b"\0\0\0"
    assert picture.pixels[:3] == b"\xff\xff\xff"


def test_pages_are_drawn_from_several_threads_at_once() -> None:
    with PdfPages(black_square(8)) as pdf, ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda n: pdf.picture(n % 8, 1.0).pixels, range(32)))
    assert len(set(pictures)) == 1


def test_a_damaged_or_missing_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="打不开"):
        PdfPages(b"%PDF-1.4 nothing")
    with pytest.raises(UserError, match="没有这个"):
        PdfPages(tmp_path / "没有这个.pdf")


def test_closing_twice_is_harmless_and_a_closed_pdf_says_so() -> None:
    pdf = PdfPages(black_square())
    pdf.close()
    pdf.close()
    with pytest.raises(UserError, match="已经关闭"):
        pdf.picture(0, 1.0)
