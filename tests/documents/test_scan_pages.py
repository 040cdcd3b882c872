"""Pages of scans: codes read at 150 dots with noise and skew, empty sheets told, traps refused."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageFilter

from anjian_desktop.documents.codes import page_code, qr_modules
from anjian_desktop.documents.scan_pages import ScanFile, pages_as_pdf
from anjian_desktop.errors import UserError

A4 = (1240, 1754)
CODE_DOTS = 83
"""14 mm at 150 dots to the inch, as printed on every page."""


def sheet(text: str, seed: int) -> Image.Image:
    """A scanned sheet: grey paper, a line of dark words, the code near its foot, a little crooked and noisy."""
    chance = random.Random(seed)
    page = Image.new("L", A4, 244)
    page.paste(40, (200, 300, 1000, 312))
    squares = qr_modules(text)
    code = Image.new("L", (len(squares), len(squares)), 255)
    code.putdata([0 if dark else 255 for row in squares for dark in row])
    page.paste(code.resize((CODE_DOTS, CODE_DOTS), Image.Resampling.BICUBIC), (1100, 1620))
    turned = page.rotate(chance.uniform(-3, 3), fillcolor=244, resample=Image.Resampling.BICUBIC)
    noise = Image.effect_noise(A4, 34)
    return Image.blend(turned.filter(ImageFilter.GaussianBlur(0.6)), noise, 0.12)


def looked(file: Path) -> list:
    with ScanFile(file) as scan:
        return list(scan.pages())


def test_codes_are_read_from_crooked_noisy_sheets(tmp_path: Path) -> None:
    texts = [page_code("AB12", 1000 + n, 1, 1 + n % 4, 4) for n in range(20)]
    sheets = [sheet(text, n) for n, text in enumerate(texts)]
    file = tmp_path / "pile.pdf"
    sheets[0].save(file, "PDF", save_all=True, append_images=sheets[1:], resolution=150)
    found = [page.codes for page in looked(file)]
    assert [codes[0].agreement_id for codes in found if codes] == [1000 + n for n in range(20)]


@pytest.mark.parametrize("dust", [0, 12])
def test_an_empty_sheet_is_blank_even_with_dust_and_shadowed_edges(tmp_path: Path, dust: int) -> None:
    page = Image.new("L", A4, 235)
    page.paste(60, (0, 0, 20, A4[1]))
    chance = random.Random(dust)
    for _ in range(dust):
        page.putpixel((chance.randrange(100, 1100), chance.randrange(100, 1600)), 0)
    page.save(tmp_path / "blank.png", dpi=(150, 150))
    (only,) = looked(tmp_path / "blank.png")
    assert only.blank


def test_a_sheet_with_no_more_than_a_signature_is_not_blank(tmp_path: Path) -> None:
    page = Image.new("L", A4, 240)
    for step in range(140):
        page.paste(70, (500 + step, 800 + (step * 7) % 40, 503 + step, 803 + (step * 7) % 40))
    page.save(tmp_path / "signed.jpg", dpi=(150, 150))
    (only,) = looked(tmp_path / "signed.jpg")
    assert not only.blank
    assert only.codes == ()


def test_single_pages_of_pictures_and_pdfs_become_one_file_with_the_same_bytes_each_time(tmp_path: Path) -> None:
    several = tmp_path / "several.tif"
    sheets = [sheet(page_code("AB12", 7, 1, n, 3), n) for n in (1, 2, 3)]
    sheets[0].save(several, save_all=True, append_images=sheets[1:], dpi=(150, 150))
    pdf = tmp_path / "one.pdf"
    sheets[0].save(pdf, "PDF", resolution=150)
    made = pages_as_pdf([(several, 3), (pdf, 1), (several, 2)])
    assert made == pages_as_pdf([(several, 3), (pdf, 1), (several, 2)])
    (tmp_path / "made.pdf").write_bytes(made)
    assert [page.codes[0].page for page in looked(tmp_path / "made.pdf")] == [3, 1, 2]
    width, height = pypdfium2.PdfDocument(made)[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)


@pytest.mark.parametrize("side", [7_000, 9_800, 30_000])
def test_a_picture_of_monstrous_size_is_refused_before_it_is_unpacked(tmp_path: Path, side: int) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    bomb = tmp_path / "bomb.png"
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    with pytest.raises(UserError, match="太大"):
        looked(bomb)


def test_a_pdf_with_a_page_of_monstrous_size_is_still_looked_at(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_400, 14_400)
    document.save(tmp_path / "wide.pdf")
    (only,) = looked(tmp_path / "wide.pdf")
    assert only.blank
