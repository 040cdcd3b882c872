"""Blanks between paragraphs that the document leaves to the program or takes back, and the room of footnotes."""

from __future__ import annotations

import pytest
from support.word_files import cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx

PLAIN = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
)
AUTO = '<w:spacing w:before="100" w:beforeAutospacing="1" w:after="100" w:afterAutospacing="1"/>'
LINE = 15.1
"""Height of a line of 10.5 pt in the bundled font (pt)."""


def small(text: str, properties: str = "") -> str:
    """A paragraph of 10.5 pt."""
    return paragraph(run(text, '<w:sz w:val="21"/>'), properties=properties)


def steps(document: LaidOut) -> list[float]:
    """How far the first line stands below the margin's first line, and every other below the one before (pt)."""
    places = [run.y for fragment, x, y in document.pages[0].placed for run in fragment.moved(x, y)[0][:1]]
    return [round(low - high, 1) for high, low in zip([72 + 12.1, *places], places, strict=False)]


def test_a_blank_left_to_the_program_is_printed_between_paragraphs_but_not_above_the_first(
    reading_fonts: FontBook,
) -> None:
    document = lay_out_docx(word_file(small("一", AUTO), small("二", AUTO), section=PLAIN), reading_fonts)

    assert steps(document) == [0.0, LINE + 14]


def test_in_a_cell_it_is_printed_neither_above_the_first_paragraph_nor_below_the_last(reading_fonts: FontBook) -> None:
    def height(*paragraphs: str) -> float:
        body = table(row(cell(*paragraphs)), row(small("下")), borders=False)
        return steps(lay_out_docx(word_file(body, section=PLAIN), reading_fonts))[-1]

    assert height(small("一", AUTO)) == height(small("一"))
    assert height(small("一", AUTO), small("二", AUTO)) == pytest.approx(2 * LINE + 14)


@pytest.mark.parametrize(
    ("first", "second", "blank"), [(True, True, 0), (False, True, 20), (True, False, 10), (False, False, 20)]
)
def test_of_two_paragraphs_of_a_style_each_gives_up_its_own_blank(
    first: bool, second: bool, blank: int, reading_fonts: FontBook
) -> None:
    tight = "<w:contextualSpacing/>"
    body = [
        small("一", '<w:spacing w:after="400"/>' + tight * first),
        small("二", '<w:spacing w:before="200"/>' + tight * second),
    ]
    document = lay_out_docx(word_file(*body, section=PLAIN), reading_fonts)

    assert steps(document)[-1] == pytest.approx(LINE + blank, abs=0.06)


def test_a_hidden_empty_paragraph_takes_no_room(reading_fonts: FontBook) -> None:
    hidden = paragraph(properties="<w:rPr><w:vanish/></w:rPr>")
    document = lay_out_docx(word_file(small("一"), hidden, small("二"), section=PLAIN), reading_fonts)

    assert steps(document) == [0.0, LINE]
