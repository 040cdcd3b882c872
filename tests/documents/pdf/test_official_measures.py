"""The shipped templates on paper, measured in the finished PDF: GB/T 9704-2012, 5.2 (type area, grid, page number)."""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Typesetter
from anjian_desktop.documents.pdf import PdfWriter
from anjian_desktop.documents.rendering import PdfPages

MM = 72 / 25.4
LEFT, TOP, WIDTH, HEIGHT = 28.0, 37.0, 156.0, 225.0
"""The type area in mm."""
STEP, CHARACTER = HEIGHT / 22, WIDTH / 28
TEMPLATES = Path(__file__).parents[3] / "resources" / "templates"


@dataclass(frozen=True)
class Text:
    """A piece of text in the PDF: where its first glyph stands (mm from the left and the top edge), its size (pt)."""

    x: float
    y: float
    size: float


@pytest.fixture(scope="module", params=["Z1", "Z3", "Z5"])
def printed(request: pytest.FixtureRequest, fonts: FontBook) -> bytes:
    """A filled agreement as PDF."""
    setter = Typesetter((TEMPLATES / f"{request.param}.docx").read_bytes(), fonts)
    out = io.BytesIO()
    with PdfWriter(out, fonts, title="责任书") as writer:
        writer.add(setter.lay_out(dict.fromkeys(setter.placeholders, "示例")))
    return out.getvalue()


def texts(data: bytes) -> list[list[Text]]:
    """The text objects of each page."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            width, height = page.get_size()
            assert (round(width / MM, 1), round(height / MM, 1)) == (210.0, 297.0)
            pieces = []
            for item in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT]):
                size = ctypes.c_float()
                pdfium.FPDFTextObj_GetFontSize(item.raw, size)
                matrix = item.get_matrix()
                pieces.append(Text(matrix.e / MM, (height - matrix.f) / MM, size.value))
            found.append(pieces)
            page.close()
    return found


def body(page: list[Text]) -> list[Text]:
    return [text for text in page if text.size == 16]


def test_body_text_begins_at_the_left_edge_and_stands_on_the_lines_of_the_grid(printed: bytes) -> None:
    pages = texts(printed)
    first = min(text.y for text in body(pages[2]))
    assert TOP < first < TOP + STEP
    for page in pages:
        assert min(text.x for text in body(page)) == pytest.approx(LEFT, abs=0.1)
    for text in body(pages[2]):
        steps = (text.y - first) / STEP
        assert abs(steps - round(steps)) * STEP < 0.1


def test_a_page_holds_twenty_two_lines_a_step_of_the_grid_apart(printed: bytes) -> None:
    counts = []
    for page in texts(printed)[1:]:
        lines = sorted({round(text.y, 2) for text in body(page)})
        counts.append(len(lines))
        assert lines[-1] < TOP + HEIGHT
        close = [b - a for a, b in pairwise(lines) if b - a < 1.5 * STEP]
        assert len(close) > 8 and close == pytest.approx([STEP] * len(close), abs=0.1)
    # A heading that must not stand alone at the foot leaves its line blank.
    assert 21 <= max(counts) <= 22


def test_a_full_line_has_twenty_eight_characters_a_step_apart(printed: bytes) -> None:
    full = [line for line in character_places(printed) if len(line) >= 27 and line[0] < LEFT + 0.1]
    assert max(map(len, full)) in (28, 29), "a mark may hang behind the twenty-eighth"
    for line in full:
        steps = [b - a for a, b in pairwise(line[:28])]
        assert steps == pytest.approx([CHARACTER] * len(steps), abs=0.05)


def character_places(data: bytes) -> list[list[float]]:
    """Where the characters of a line begin (mm from the left), for the lines that are one piece of text."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text_page = page.get_textpage()
            lines: dict[float, list[float]] = {}
            for number in range(text_page.count_chars()):
                if text_page.get_text_range(number, 1).strip():
                    x, y = ctypes.c_double(), ctypes.c_double()
                    pdfium.FPDFText_GetCharOrigin(text_page.raw, number, x, y)
                    lines.setdefault(round(y.value, 1), []).append(x.value / MM)
            found += [sorted(line) for line in lines.values() if len({round(x, 1) for x in line}) == len(line)]
            text_page.close()
            page.close()
    return found


def test_the_page_number_stands_outside_seven_millimetres_below_the_type_area(printed: bytes) -> None:
    dpi = 300
    a_character = 14 / MM
    with PdfPages(printed) as pages:
        for number in range(pages.count):
            picture = pages.picture(number, dpi / 72)
            image = Image.frombuffer(
                "RGB", (picture.width, picture.height), picture.pixels, "raw", "BGRX", picture.stride, 1
            )
            below = TOP + HEIGHT + 1
            foot = image.convert("L").point(lambda value: 255 if value < 128 else 0)
            foot = foot.crop((0, round(below / 25.4 * dpi), foot.width, foot.height))
            left, _, right, _ = (side * 25.4 / dpi for side in foot.getbbox())
            if number % 2 == 0:
                assert right == pytest.approx(LEFT + WIDTH - a_character, abs=0.5)
            else:
                assert left == pytest.approx(LEFT + a_character, abs=0.5)
            dash = foot.crop((round(left / 25.4 * dpi), 0, round((left + 2) / 25.4 * dpi), foot.height)).getbbox()
            assert below + dash[1] * 25.4 / dpi == pytest.approx(TOP + HEIGHT + 7, abs=0.3)
