"""Paragraphs without text on a grid, in documents that are only converted: how high their marks make them."""

from __future__ import annotations

import pytest
from support.word_files import paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx

GRID = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="312"/>'
)
STRONG = '<w:style w:type="character" w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
TWIP = 0.05


@pytest.mark.parametrize(("style", "lines"), [("", 1), ("strong", 2), ("unknown", 1)])
def test_an_empty_paragraph_at_the_left_is_as_high_as_its_mark_where_that_has_a_style(
    style: str, lines: int, reading_fonts: FontBook
) -> None:
    said = f'<w:rStyle w:val="{style}"/>' if style else ""
    empty = paragraph(properties=f'<w:jc w:val="left"/><w:rPr>{said}<w:sz w:val="40"/></w:rPr>')
    body = [paragraph(run("上")), empty, paragraph(run("下"))]
    document = lay_out_docx(word_file(*body, section=GRID, styles=STRONG), reading_fonts)

    above, below = (fragment.moved(x, y)[0][0].y for fragment, x, y in document.pages[0].placed)
    assert round((below - above) / TWIP) == (1 + lines) * 312  # measured with LibreOffice 7.4
