"""Chinese that its file says to be of another tongue, in documents that are only converted."""

from __future__ import annotations

import pytest
from support.word_files import paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx


def narrow(em: float) -> str:
    """A section whose lines hold so many characters of 10.5 pt."""
    return (
        '<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="1440" w:right="{round(11906 - 1440 - 210 * em)}" w:bottom="1440" w:left="1440" w:header="720"'
        ' w:footer="720" w:gutter="0"/>'
    )


def lines(document: LaidOut) -> list[str]:
    """The text of every line."""
    return [fragment.text for page in document.pages for fragment, _, _ in page.placed if fragment.runs]


@pytest.mark.parametrize(("language", "hangs"), [("zh-CN", True), ("en-US", False)])
def test_a_mark_hangs_only_in_text_that_is_said_to_be_chinese(
    language: str, hangs: bool, reading_fonts: FontBook
) -> None:
    text = run("国" * 10 + "，" + "国" * 5, f'<w:sz w:val="21"/><w:lang w:eastAsia="{language}"/>')
    found = lines(lay_out_docx(word_file(paragraph(text), section=narrow(10)), reading_fonts))

    assert found[0] == "国" * (10 if hangs else 9) + "，" * hangs


@pytest.mark.parametrize(("language", "first"), [("zh-CN", "国" * 10), ("en-US", "国" * 9)])
def test_a_quotation_mark_keeps_both_its_neighbours_in_chinese_said_to_be_another_tongue(
    language: str, first: str, reading_fonts: FontBook
) -> None:
    text = run("国" * 10 + "“安全”", f'<w:sz w:val="21"/><w:lang w:eastAsia="{language}"/>')
    document = lay_out_docx(word_file(paragraph(text), section=narrow(10.1)), reading_fonts)

    assert lines(document)[0] == first  # as LibreOffice 7.4 parts it


@pytest.mark.parametrize(("language", "first"), [("zh-CN", "国" * 9 + "，"), ("en-US", "国" * 8)])
@pytest.mark.parametrize("latin", ["GB 9704", "2026年"])
def test_latin_text_stays_with_the_stop_before_it_in_chinese_said_to_be_another_tongue(
    language: str, first: str, latin: str, reading_fonts: FontBook
) -> None:
    text = run("国" * 9 + "，" + latin, f'<w:sz w:val="21"/><w:lang w:eastAsia="{language}"/>')
    document = lay_out_docx(word_file(paragraph(text), section=narrow(10.4)), reading_fonts)

    assert lines(document)[0] == first  # as LibreOffice 7.4 parts it


def test_text_without_chinese_is_parted_the_same_whatever_is_said_of_chinese(reading_fonts: FontBook) -> None:
    def found(language: str) -> list[str]:
        address = run("http://schemas.example.org/2006/relationships/comments", f'<w:lang w:eastAsia="{language}"/>')
        return lines(lay_out_docx(word_file(paragraph(address), section=narrow(40)), reading_fonts))

    assert found("en-CA") == found("zh-CN")
    assert found("en-CA")[0].endswith("/")
