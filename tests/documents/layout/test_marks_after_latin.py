"""Chinese marks after Latin text at a line's edge, in documents that are only converted: parted by the rules for Latin text."""

from __future__ import annotations

import pytest
from support.word_files import paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.layout.characters import follows_latin

_SECTION = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    f'<w:pgMar w:top="1440" w:right="{11906 - 1440 - 12 * 240 - 10}" w:bottom="1440" w:left="1440" w:header="720"'
    ' w:footer="720" w:gutter="0"/>'
)
"""Lines of twelve characters of 12 pt."""

_UNSPACED = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'


def first_line(text: str, fonts: FontBook) -> str:
    """The first line of a paragraph that begins with the text."""
    body = paragraph(run(text + "安全" * 9, '<w:sz w:val="24"/>'), _UNSPACED)
    found = lay_out_docx(word_file(body, section=_SECTION), fonts).pages[0].placed
    return next(fragment.text for fragment, _, _ in found if fragment.runs)


@pytest.mark.parametrize(
    ("text", "first"),
    [("国" * 11 + "）。", "国" * 11 + "）。"), ("国" * 9 + "22）。", "国" * 9), ("国" * 8 + "（22）。", "国" * 8)],
)
def test_a_mark_hangs_only_where_the_last_letter_before_it_is_chinese(
    text: str, first: str, fonts: FontBook, reading_fonts: FontBook
) -> None:
    assert first_line(text, reading_fonts) == first
    assert first_line(text, fonts) == text  # Word's way, in what the program sets itself


@pytest.mark.parametrize(
    ("text", "first"),
    [("国" * 10 + "20～21", "国" * 10 + "20"), ("国" * 12 + "～21", "国" * 11)],
)
def test_a_line_begins_with_a_wide_tilde_only_after_latin_text(text: str, first: str, reading_fonts: FontBook) -> None:
    assert first_line(text, reading_fonts) == first


def test_a_drawn_dash_stays_with_the_latin_text_before_it(reading_fonts: FontBook) -> None:
    assert first_line("国" * 10 + "2─────", reading_fonts) == "国" * 10
    assert first_line("国" * 10 + "─────", reading_fonts) == "国" * 10 + "──"


def test_a_chinese_stop_joins_latin_text_that_ends_with_a_mark(reading_fonts: FontBook) -> None:
    assert first_line("（国国、ab.、" + "cd" * 9, reading_fonts) == "（国国、"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("国" * 11 + "#（国", "国" * 11 + "#"),
        ("国" * 11 + "#，国", "国" * 11 + "#，"),
        ("国" * 10 + "25℃", "国" * 10),
        ("国" * 11 + "①AB", "国" * 11),
        ("国" * 10 + "5（国", "国" * 10 + "5"),
    ],
)
def test_marks_and_measures_keep_to_the_script_before_them(text: str, first: str, reading_fonts: FontBook) -> None:
    assert first_line(text, reading_fonts) == first


def test_latin_text_whose_closing_bracket_has_no_room_stays_with_the_stop_before_it(reading_fonts: FontBook) -> None:
    assert first_line("国" * 7 + "（ab、AB）", reading_fonts) == "国" * 7
    assert first_line("国" * 7 + "（ab、AB国", reading_fonts).startswith("国" * 7 + "（ab、")


def test_endless_marks_are_not_looked_through_to_their_beginning(reading_fonts: FontBook) -> None:
    """Each line would be, and a file of nothing else took minutes."""
    assert follows_latin("a" + "=" * 100, 101) and not follows_latin("a" + "=" * 10_000, 10_001)
    marks = paragraph(run("国" + "=-" * 20_000))
    assert lay_out_docx(word_file(marks), reading_fonts).page_count > 5
