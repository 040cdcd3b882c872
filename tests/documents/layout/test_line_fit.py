"""What fits into a line where rounding decides."""

from __future__ import annotations

import pytest
from support.word_files import paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx


def page(room: int) -> str:
    """A page with a room of so many twentieths of a point for its text."""
    return (
        f'<w:pgSz w:w="{2880 + room}" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
    )


def counts(text: str, room: int, fonts: FontBook) -> list[int]:
    """How many characters stand on each line of text of 12 pt in a room of so many twentieths of a point."""
    properties = '<w:autoSpaceDN w:val="0"/><w:autoSpaceDE w:val="0"/><w:jc w:val="left"/>'
    body = paragraph(run(text, '<w:sz w:val="24"/>'), properties=properties)
    document = lay_out_docx(word_file(body, section=page(room)), fonts)
    return [len(fragment.text) for fragment, _, _ in document.pages[0].placed if fragment.runs]


@pytest.fixture
def digit(reading_fonts: FontBook) -> float:
    """The width of a digit of 12 pt in twentieths of a point."""
    size = '<w:sz w:val="24"/>'
    body = paragraph(
        run("5", size), run("安", size + '<w:color w:val="FF0000"/>'), properties='<w:autoSpaceDN w:val="0"/>'
    )
    document = lay_out_docx(word_file(body, section=page(4800)), reading_fonts)
    first, second = (piece for fragment, _, _ in document.pages[0].placed for piece in fragment.runs)
    return (second.x - first.x) * 20


def test_a_stretch_of_latin_text_counts_in_whole_twentieths(digit: float, reading_fonts: FontBook) -> None:
    text = "5" + "安" * 20
    whole = round(digit)

    assert counts(text, whole + 20 * 240, reading_fonts) == [21]
    assert counts(text, whole + 20 * 240 - 1, reading_fonts) == [20, 1]


def test_each_stretch_is_rounded_for_itself(digit: float, reading_fonts: FontBook) -> None:
    text = "5安" * 10 + "全"
    whole = 10 * round(digit) + 11 * 240

    assert counts(text, whole, reading_fonts) == [21]
    assert counts(text, whole - 1, reading_fonts) == [20, 1]
