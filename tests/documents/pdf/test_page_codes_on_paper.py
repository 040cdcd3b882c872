"""The page code on every page: read from pictures of the pages, clear of all text, in the top right corner."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from support.word_files import paragraph, word_file

from anjian_desktop.documents.codes import page_code, read_page_code
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Typesetter, lay_out_docx
from anjian_desktop.documents.pdf import PdfWriter

MM = 72 / 25.4
TEMPLATES = Path(__file__).parents[3] / "resources" / "templates"


def coded(fonts: FontBook, kind: str, agreement: int, *, mark: str | None = None) -> pypdfium2.PdfDocument:
    document = Typesetter((TEMPLATES / f"{kind}.docx").read_bytes(), fonts).lay_out({"乙方": "示例化工有限公司"})
    out = io.BytesIO()
    with PdfWriter(out, fonts, title="") as writer:
        writer.add(document, page_code=lambda page, pages: page_code("K7Q2", agreement, 1, page, pages), mark=mark)
    return pypdfium2.PdfDocument(out.getvalue())


def picture(page: pypdfium2.PdfPage, dots_per_inch: int) -> Any:
    return page.render(scale=dots_per_inch / 72, grayscale=True).to_pil()


@pytest.mark.parametrize("dots_per_inch", [150, 200])
@pytest.mark.parametrize("kind", ["Z1", "Z5"])
def test_every_page_is_recognised_at_scanner_resolution(fonts: FontBook, kind: str, dots_per_inch: int) -> None:
    pdf = coded(fonts, kind, 123456)

    for number, page in enumerate(pdf, 1):
        (found,) = zxingcpp.read_barcodes(picture(page, dots_per_inch), formats=zxingcpp.BarcodeFormat.QRCode)
        code = read_page_code(found.text)
        assert (code.store_tag, code.agreement_id, code.page, code.pages) == ("K7Q2", 123456, number, len(pdf))


def test_the_code_stands_in_the_margins_corner_with_its_quiet_zone(fonts: FontBook) -> None:
    blank = lay_out_docx(word_file(paragraph("")), fonts)
    out = io.BytesIO()
    with PdfWriter(out, fonts, title="") as writer:
        writer.add(blank, page_code=lambda page, pages: page_code("K7Q2", 1, 1, page, pages))
    shown = picture(pypdfium2.PdfDocument(out.getvalue())[0], 254)  # ten dots to the millimetre

    left, top, right, bottom = shown.point(lambda value: 255 if value < 128 else 0).getbbox()
    quiet = 12 * 4 / 29
    assert 188 + quiet - 0.3 < left / 10 and right / 10 < 200 - quiet + 0.3
    assert 10 + quiet - 0.3 < top / 10 and bottom / 10 < 22 - quiet + 0.3
    assert left / 10 > 210 - 26  # right of the type area


def test_a_mark_stands_in_the_other_corner(fonts: FontBook) -> None:
    page = coded(fonts, "Z5", 1, mark="样张")[0]
    words = page.get_textpage().get_text_bounded(left=0, bottom=297 * MM - 30 * MM, right=60 * MM, top=297 * MM)

    assert words.strip() == "样张"


def test_copies_carry_the_same_code(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("甲")), fonts)
    out = io.BytesIO()
    with PdfWriter(out, fonts, title="") as writer:
        writer.add(document, copies=2, page_code=lambda page, pages: page_code("K7Q2", 9, 1, page, pages))

    codes = {zxingcpp.read_barcodes(picture(page, 150))[0].text for page in pypdfium2.PdfDocument(out.getvalue())}
    assert len(codes) == 1
