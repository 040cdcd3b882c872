"""Heights of lines on the office's own PC: by the font's name and the kind of text, as Word's page marks tell."""

from __future__ import annotations

from itertools import pairwise

import pytest
from faithfulness.building import inline
from faithfulness.building import paragraph as with_picture
from faithfulness.building import word_file as file_with_picture
from support.laid_out import pictures
from support.word_files import OFFICIAL, paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx

FREE = OFFICIAL.partition("<w:docGrid")[0]
GRID = FREE + '<w:docGrid w:type="lines" w:linePitch="312"/>'
PITCH = 15.6


def fonts_of(name: str, size: int = 24, hint: str = "") -> str:
    """Run properties: one font for all scripts, a size in half points."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}"{hint}/><w:sz w:val="{size}"/>'


def height(body: str, section: str, fonts: FontBook) -> float:
    """How far the lines of two paragraphs alike stand apart that have this paragraph between them (pt)."""
    exact = paragraph("国", properties='<w:spacing w:line="400" w:lineRule="exact"/>')
    document = lay_out_docx(word_file(exact, body, exact, section=section), fonts)
    places = [y for fragment, _, y in document.pages[0].placed if fragment.text == "国"]
    ((high, low),) = pairwise([places[0], places[-1]])
    return low - high - 20.0


@pytest.mark.parametrize(
    ("name", "text", "em"),
    [
        ("宋体", "安全", 1.3),
        ("等线", "安全", 1.3),
        ("微软雅黑", "安全", 1.716),
        ("微软雅黑", "safety", 1.32),
        ("Times New Roman", "safety", 1.15),
        ("Calibri", "safety", 1.2207),
        ("Consolas", "safety", 1.1709),
        ("Some Other Font", "safety", 1.17),
    ],
)
def test_off_the_grid_a_line_is_as_high_as_its_font_by_name(name: str, text: str, em: float, fonts: FontBook) -> None:
    assert height(paragraph(run(text, fonts_of(name))), FREE, fonts) == pytest.approx(12 * em, abs=0.01)


@pytest.mark.parametrize(
    ("name", "text", "size", "count"),
    [
        ("宋体", "安全", 24, 1),
        ("宋体", "安全", 26, 2),
        ("宋体", "safety", 26, 1),
        ("微软雅黑", "安全", 20, 2),
        ("微软雅黑", "安全", 18, 1),
        ("微软雅黑", "safety", 23, 1),
        ("宋体", "安全", 48, 2),
    ],
)
def test_on_the_grid_a_line_takes_as_many_grid_lines_as_its_font_needs(
    name: str, text: str, size: int, count: int, fonts: FontBook
) -> None:
    body = paragraph(run(text, fonts_of(name, size)))

    assert height(body, GRID, fonts) == pytest.approx(count * PITCH, abs=0.01)


@pytest.mark.parametrize(
    ("latin", "hint", "em"),
    [
        ("Times New Roman", "", 1.15),
        ("Times New Roman", ' w:hint="eastAsia"', 1.3),
        ("宋体", "", 1.3),
        ("微软雅黑", "", 1.716),
    ],
)
def test_an_empty_paragraph_is_as_high_as_the_font_of_its_mark(
    latin: str, hint: str, em: float, fonts: FontBook
) -> None:
    mark = f'<w:rPr><w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="宋体"{hint}/><w:sz w:val="24"/></w:rPr>'

    assert height(paragraph(properties=mark), FREE, fonts) == pytest.approx(12 * em, abs=0.01)


def test_the_title_and_the_text_of_an_official_document_take_one_line_of_its_grid(fonts: FontBook) -> None:
    for size in (32, 44):
        body = paragraph(run("安全", fonts_of("仿宋_GB2312", size)))

        assert height(body, OFFICIAL, fonts) == pytest.approx(29.0, abs=0.01)


@pytest.mark.parametrize(("tall", "count"), [(10.0, 1), (30.0, 2), (31.1, 2), (32.0, 3), (150.0, 10)])
def test_on_the_grid_a_line_with_a_picture_takes_as_many_grid_lines_as_the_picture_needs(
    tall: float, count: int, fonts: FontBook
) -> None:
    shown = with_picture(inline(20, tall * 25.4 / 72))
    document = lay_out_docx(file_with_picture(with_picture("国"), shown, with_picture("国"), section=GRID), fonts)

    high, low = (y for fragment, _, y in document.pages[0].placed if fragment.text == "国")
    assert low - high == pytest.approx((count + 1) * PITCH, abs=0.01)
    ((_, top, one),) = pictures(document.pages[0])
    assert top - high - PITCH == pytest.approx(low - top - one.picture.height, abs=4.0)
