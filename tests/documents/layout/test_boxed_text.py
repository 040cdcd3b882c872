"""Text in a box of its own (字符边框) in documents that are only converted."""

from __future__ import annotations

import pytest
from support.word_files import paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.layout.laid_out import GlyphRun

PLAIN = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
)
SIZE = '<w:sz w:val="24"/>'
BOX = '<w:bdr w:val="single" w:sz="8" w:space="0" w:color="auto"/>'


def glyphs(body: str, fonts: FontBook) -> list[GlyphRun]:
    """The pieces of text of a document with their places."""
    document = lay_out_docx(word_file(body, section=PLAIN), fonts)
    return [piece for fragment, x, y in document.pages[0].placed if fragment.runs for piece in fragment.moved(x, y)[0]]


def test_a_line_is_higher_by_the_lines_of_a_box_around_its_text(reading_fonts: FontBook) -> None:
    lines = [paragraph(run("安全", SIZE)), paragraph(run("生产", SIZE + BOX)), paragraph(run("责任", SIZE))]
    plain, boxed, after = (piece.y for piece in glyphs("".join(lines), reading_fonts))
    height = 17.25

    assert boxed - plain == pytest.approx(height + 1)
    assert after - boxed == pytest.approx(height + 1)


def test_the_lines_of_a_box_take_room_beside_its_text(reading_fonts: FontBook) -> None:
    body = paragraph(run("安", SIZE), run("全生", SIZE + BOX), run("产", SIZE + BOX + "<w:b/>"), run("责", SIZE))
    places = {piece.text[0]: piece.x for piece in glyphs(body, reading_fonts)}

    assert places["全"] - places["安"] == pytest.approx(13)
    assert places["产"] - places["全"] == pytest.approx(24)  # both share a box
    assert places["责"] - places["产"] == pytest.approx(13)
