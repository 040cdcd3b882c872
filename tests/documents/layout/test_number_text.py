"""Numbers of lists and pages in the formats Word names."""

from __future__ import annotations

import pytest
from support.word_files import paragraph, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.layout.number_text import number_text


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        ("cardinalText", 0, "Zero"),
        ("cardinalText", 121, "One hundred twenty-one"),
        ("ordinalText", 12, "Twelfth"),
        ("ordinalText", 20, "Twentieth"),
        ("ordinalText", 2103, "Two thousand one hundred third"),
        ("ordinal", 22, "22nd"),
        ("hex", 30, "1E"),
        ("chicago", 6, "††"),
        ("lowerLetter", 28, "bb"),
        ("russianLower", 30, "аа"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseLegalSimplified", 1005, "壹仟零伍"),
        ("ideographLegalTraditional", 26, "貳拾陸"),
        ("japaneseCounting", 111, "百十一"),
        ("japaneseCounting", 12_001, "一万二千一"),
        ("japaneseLegal", 10, "壱拾"),
        ("koreanLegal", 21, "스물하나"),
        ("koreanCounting", 100, "백"),
        ("ideographZodiacTraditional", 13, "丙子"),
        ("irohaFullWidth", 49, "イ"),
        ("aiueo", 2, "ｲ"),
        ("thaiNumbers", 10, "๑๐"),
        ("a format of tomorrow", 7, "7"),
    ],
)
def test_a_number_is_written_in_the_format_asked_for(kind: str, number: int, shown: str) -> None:
    assert number_text(number, kind) == shown


@pytest.mark.parametrize(("kind", "shown"), [("ordinalText", "First.甲"), ("ideographLegalTraditional", "壹.甲")])
def test_a_list_in_words_is_printed_and_nothing_is_named(kind: str, shown: str, fonts: FontBook) -> None:
    numbers = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = paragraph("甲", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    document = lay_out_docx(word_file(body, notes={"numbering": numbers}), fonts)

    assert document.pages[0].text.strip() == shown and document.not_laid_out == ()
