"""The test sheet measures true, and moved pages are moved by exactly what was asked."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from anjian_desktop.documents.print_sheet import measuring_sheet, shift_pages
from anjian_desktop.errors import UserError

DOTS = 10
"""Dots to the millimetre in the pictures measured."""


def picture(source: bytes | Path):
    with pypdfium2.PdfDocument(source) as document:
        page = document[0]
        image = page.render(scale=DOTS * 25.4 / 72, grayscale=True).to_pil()
        page.close()
    return image.point(lambda value: 255 if value < 160 else 0)


def frame(image) -> tuple[float, ...]:
    """Left, top, right, bottom in mm of everything drawn: the type area's frame."""
    return tuple(edge / DOTS for edge in image.getbbox())


def test_the_frame_is_the_type_area_and_the_bars_are_100_mm() -> None:
    image = picture(measuring_sheet("办公室"))
    assert frame(image) == pytest.approx((28, 37, 28 + 156, 37 + 225), abs=0.2)
    row = image.crop((290, (297 - 120) * DOTS - 3, 1830, (297 - 120) * DOTS + 4)).getbbox()
    assert row is not None
    # The bar across, and left of it the upright one's line.
    across = image.crop((450, (297 - 120) * DOTS - 3, 1830, (297 - 120) * DOTS + 4)).getbbox()
    assert across is not None and (across[2] - across[0]) / DOTS == pytest.approx(100.0, abs=0.3)


def test_it_is_the_same_every_time_and_its_words_can_be_read() -> None:
    assert measuring_sheet("甲") == measuring_sheet("甲")
    with pypdfium2.PdfDocument(measuring_sheet("办公室")) as document:
        page = document[0]
        text = page.get_textpage()
        assert "各为100.0毫米" in text.get_text_bounded().replace(" ", "")
        text.close()
        page.close()


@pytest.mark.parametrize(("right", "down"), [(25, -13), (-7, 40), (0, 1)])
def test_pages_are_moved_by_tenths_of_a_millimetre(tmp_path: Path, right: int, down: int) -> None:
    source, target = tmp_path / "原.pdf", tmp_path / "移.pdf"
    source.write_bytes(measuring_sheet())
    shift_pages(source, target, right, down)
    before, after = picture(source), picture(target)
    assert before.size == after.size
    moved = [b - a for a, b in zip(frame(before), frame(after), strict=True)]
    assert moved == pytest.approx([right / 10, down / 10] * 2, abs=0.15)


def test_a_file_that_is_no_pdf_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(BytesIO(b"nothing").getvalue())
    with pytest.raises(UserError, match="打不开"):
        shift_pages(broken, tmp_path / "移.pdf", 1, 1)


def test_pages_of_our_own_files_keep_their_paper_when_moved(tmp_path: Path) -> None:
    from anjian_desktop.documents.fonts import FontBook
    from anjian_desktop.documents.layout import Typesetter
    from anjian_desktop.documents.pdf import PdfWriter

    fonts = FontBook.bundled_only()
    template = (Path(__file__).resolve().parents[2] / "resources" / "templates" / "Z5.docx").read_bytes()
    source, target = tmp_path / "原.pdf", tmp_path / "移.pdf"
    with source.open("wb") as out, PdfWriter(out, fonts, title="责任书") as writer:
        writer.add(Typesetter(template, fonts).lay_out({}))
    shift_pages(source, target, 30, -20)
    before, after = picture(source), picture(target)
    assert before.size == after.size
    moved = [b - a for a, b in zip(frame(before), frame(after), strict=True)]
    assert moved == pytest.approx([3, -2] * 2, abs=0.15)
