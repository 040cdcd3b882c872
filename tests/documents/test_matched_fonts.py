"""The fonts fontconfig gives: a Chinese one for Chinese text, its general one for text said to be in another language."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.word_files import paragraph, run, word_file

from anjian_desktop.documents import matched_fonts
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.matched_fonts import MatchedFontBook

pytestmark = pytest.mark.skipif(shutil.which("fc-match") is None, reason="fontconfig is not installed")

_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MatchedFontBook]:
    """The machine's fonts with those that come with the program."""
    config = tmp_path / "fonts.conf"
    config.write_text(_CONFIG.format(fonts=_FONTS, cache=tmp_path / "cache"), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    matched_fonts._matched.cache_clear()
    yield MatchedFontBook()
    matched_fonts._matched.cache_clear()


def test_an_unknown_name_gives_a_chinese_font_for_chinese_text(book: MatchedFontBook) -> None:
    assert book.chain("没有的字体").faces[0].glyph("国")


def test_text_said_to_be_english_is_as_high_as_the_general_font_and_finds_its_ideographs_elsewhere(
    book: MatchedFontBook,
) -> None:
    general = book.chain("没有的字体", east_asian=False).faces[0]
    chain = book.chain("没有的字体", language="en-us")

    assert chain.faces[0].file.data == general.file.data
    glyph = chain["国"]
    assert glyph is not None
    assert glyph.face.glyph("国")


def first_baseline(book: MatchedFontBook, language: str) -> float:
    """How far below the page's edge the text of a document in that language stands, in pt."""
    spoken = f'<w:rFonts w:eastAsia="没有的字体"/><w:lang w:eastAsia="{language}"/>'
    ((fragment, x, y), *_) = lay_out_docx(word_file(paragraph(run("安全", spoken))), book).pages[0].placed
    return fragment.moved(x, y)[0][0].y


def test_only_the_language_of_the_mainland_makes_lines_as_high_as_its_fonts(book: MatchedFontBook) -> None:
    mainland = first_baseline(book, "zh-CN")
    other = first_baseline(book, "en-US")

    assert mainland == first_baseline(book, "zh-SG")
    assert mainland > other
    assert [first_baseline(book, language) for language in ("zh-TW", "zh-Hans")] == [other, other]
