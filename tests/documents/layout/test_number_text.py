"""Numbers of lists and pages in the formats Word names."""

from __future__ import annotations

import pytest
from support.word_files import paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx
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


def level(at: int, kind: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text} "/></w:lvl>'
    )


def a_list(*levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def item(at: int, text: str) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr>')


def printed(document: LaidOut) -> list[str]:
    return [fragment.text for page in document.pages for fragment, _, _ in page.placed if fragment.runs]


def test_legal_numbers_are_arabic_and_only_a_levels_own_one_keeps_its_nought(fonts: FontBook) -> None:
    """As the built-in list “Article I. Section 1.01” of Word is printed."""
    legal = "<w:isLgl/>"
    numbers = a_list(
        level(0, "upperRoman", "%1."),
        level(1, "decimalZero", "第%1.%2节", legal),
        level(2, "lowerLetter", "%1.%2.%3", legal),
    )
    body = item(0, "甲") + item(1, "乙") + item(2, "丙")
    document = lay_out_docx(word_file(body, notes={"numbering": numbers}), fonts)

    assert printed(document) == ["I. 甲", "第1.01节 乙", "1.1.1 丙"]


def test_a_level_that_was_passed_over_counts_as_met(fonts: FontBook) -> None:
    numbers = a_list(*(level(at, "decimal", text) for at, text in enumerate(("%1", "%1.%2", "%1.%2.%3"))))
    body = item(2, "甲") + item(1, "乙") + item(0, "丙") + item(2, "丁") + item(1, "戊")
    document = lay_out_docx(word_file(body, notes={"numbering": numbers}), fonts)

    assert printed(document) == ["1.1.1 甲", "1.2 乙", "2 丙", "2.1.1 丁", "2.1 戊"]


def test_headers_and_footnotes_count_a_list_by_themselves(fonts: FontBook) -> None:
    notes = {
        "numbering": a_list(level(0, "decimal", "%1")),
        "footnotes": f'<w:footnote w:id="2">{item(0, "注")}</w:footnote>',
    }
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = item(0, "甲") + paragraph(run("乙"), reference) + item(0, "丙")
    furniture = {"header:default": item(0, "眉"), "footer:default": item(0, "脚")}
    document = lay_out_docx(word_file(body, furniture=furniture, notes=notes), fonts)

    assert {"1 甲", "2 丙", "1 注", "1 眉", "2 脚"} <= set(printed(document))
