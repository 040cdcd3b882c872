"""Page codes are found in pictures of pages, whatever else stands on them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from anjian_desktop.documents.code_reading import page_codes_in
from anjian_desktop.documents.codes import page_code
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Typesetter
from anjian_desktop.documents.pdf import PdfWriter
from anjian_desktop.documents.rendering import PdfPages

TEMPLATE = Path(__file__).parents[2] / "resources" / "templates" / "Z1.docx"


def _printed(*, coded: bool) -> bytes:
    fonts = FontBook.bundled_only()
    out = BytesIO()
    with PdfWriter(out, fonts, title="") as writer:
        laid_out = Typesetter(TEMPLATE.read_bytes(), fonts).lay_out({"乙方": "示例镇东河村"})
        writer.add(laid_out, page_code=(lambda page, pages: page_code("K7Q2", 7, 1, page, pages)) if coded else None)
    return out.getvalue()


def test_every_page_tells_which_it_is() -> None:
    with PdfPages(_printed(coded=True)) as pages:
        found = [page_codes_in(pages.picture(number, 150 / 72)) for number in range(pages.count)]
        assert [(code.store_tag, code.page, code.pages) for (code,) in found] == [
            ("K7Q2", number, pages.count) for number in range(1, pages.count + 1)
        ]


def test_a_page_without_a_code_has_none() -> None:
    with PdfPages(_printed(coded=False)) as pages:
        assert page_codes_in(pages.picture(0, 150 / 72)) == []
