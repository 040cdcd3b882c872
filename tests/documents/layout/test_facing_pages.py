"""Headers and footers of odd and even pages: each takes from the body of its own pages alone."""

from __future__ import annotations

from support.laid_out import place_of
from support.word_files import OFFICIAL, paragraph, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx

EVEN_ODD = "<w:evenAndOddHeaders/>"
HIGH = paragraph("高", properties='<w:spacing w:line="4000" w:lineRule="exact"/>')


def laid_out(fonts: FontBook, place: str, numbers: str = "") -> LaidOut:
    furniture = {f"{place}:default": paragraph("低"), f"{place}:even": HIGH}
    body = [paragraph(f"行{number}") for number in range(1, 61)]
    data = word_file(*body, settings=EVEN_ODD, furniture=furniture, section=OFFICIAL + numbers)
    return lay_out_docx(data, fonts)


def lines_on(document: LaidOut) -> list[int]:
    return [sum("行" in fragment.text for fragment, _, _ in page.placed) for page in document.pages]


def test_a_high_header_of_even_pages_pushes_the_text_of_even_pages_alone(fonts: FontBook) -> None:
    document = laid_out(fonts, "header")
    odd, even, again = (place_of(page, "行")[1] for page in document.pages)
    lines = lines_on(document)

    assert lines[0] == 22 > lines[1]
    assert round(odd, 6) == round(again, 6)
    assert even > odd + 100


def test_a_high_footer_of_even_pages_ends_even_pages_sooner(fonts: FontBook) -> None:
    found = lines_on(laid_out(fonts, "footer"))

    assert found[0] == 22 and found[1] < 20 and sum(found) == 60


def test_the_number_a_section_begins_with_says_which_side_its_pages_are(fonts: FontBook) -> None:
    found = lines_on(laid_out(fonts, "header", '<w:pgNumType w:start="4"/>'))

    assert found[0] < 20 and found[1] == 22
