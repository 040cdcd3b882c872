"""Widths of characters, counted in the steps of the other programs of a Linux desktop where files are only converted."""

from __future__ import annotations

import pytest
from support.word_files import paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx

FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="21"/>'


def lines(letter: str, width: int, fonts: FontBook) -> int:
    """How many lines sixty letters, a blank and one more take, the text this many twips wide."""
    section = f'<w:pgSz w:w="{width + 2000}" w:h="16838"/><w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000"/>'
    text = paragraph(run(letter * 60 + " " + letter, FONT), properties='<w:jc w:val="left"/>')
    placed = lay_out_docx(word_file(text, section=section), fonts).pages[0].placed
    return len({run.y for fragment, x, y in placed for run in fragment.moved(x, y)[0]})


@pytest.mark.parametrize(
    ("letter", "exact", "counted"),
    [("y", 7124.9, 7130), ("v", 7073.7, 7069)],
)
def test_letters_are_as_wide_as_in_whole_steps_of_a_point(
    letter: str, exact: float, counted: int, fonts: FontBook, reading_fonts: FontBook
) -> None:
    assert lines(letter, counted, reading_fonts) == 1
    assert lines(letter, counted - 1, reading_fonts) == 2
    assert lines(letter, int(exact) + 1, fonts) == 1
    assert lines(letter, int(exact) - 3, fonts) == 2
