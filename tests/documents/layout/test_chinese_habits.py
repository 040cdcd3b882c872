"""What Word's Chinese edition and WPS write in every file: indents said in characters, marks said to be East Asian."""

from __future__ import annotations

import pytest
from support.word_files import STYLES, paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook, FontChain
from anjian_desktop.documents.layout import LaidOut, lay_out_docx
from anjian_desktop.documents.layout.model import Paragraph
from anjian_desktop.documents.layout.reading.document import read_document

GRID = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="312"/>'
)
LIST = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1）"/><w:pPr><w:ind w:left="840" w:hanging="420"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
LIST_STYLE = (
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/><w:pPr>'
    '<w:ind w:firstLineChars="200" w:firstLine="420"/></w:pPr></w:style>'
)
NUMBERED = '<w:pStyle w:val="a3"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
MARGIN = 90.0


def starts(document: LaidOut) -> list[tuple[float, float]]:
    """Where each line with text begins: from the page's left and top edge (pt)."""
    placed = [one for page in document.pages for one in page.placed if one[0].runs]
    return [(fragment.moved(x, y)[0][0].x, fragment.moved(x, y)[0][0].y) for fragment, x, y in placed]


@pytest.mark.parametrize("indent", ["", '<w:ind w:firstLineChars="0"/>'])
def test_a_list_keeps_its_hanging_indent_where_no_characters_are_asked_for(indent: str, fonts: FontBook) -> None:
    body = paragraph(run("整改", '<w:sz w:val="21"/>'), properties=NUMBERED + indent)
    document = lay_out_docx(word_file(body, section=GRID, styles=STYLES + LIST_STYLE, notes={"numbering": LIST}), fonts)

    assert starts(document)[0][0] == pytest.approx(MARGIN + 21.0, abs=0.1)


@pytest.mark.parametrize("size", [21, 28, 44, 52])
def test_an_empty_paragraph_is_as_high_as_its_latin_font_says_also_when_said_to_be_chinese(
    size: int, reading_fonts: FontBook
) -> None:
    def below(hint: str) -> float:
        mark = f'<w:rPr><w:rFonts w:ascii="Times New Roman"{hint}/><w:sz w:val="{size}"/></w:rPr>'
        body = [paragraph(properties='<w:jc w:val="center"/>' + mark), paragraph("安全")]
        return starts(lay_out_docx(word_file(*body, section=GRID), reading_fonts))[0][1]

    assert below(' w:hint="eastAsia"') == below("")


@pytest.mark.parametrize(("hint", "chinese"), [("", False), (' w:hint="eastAsia"', True)])
@pytest.mark.parametrize("mark", "°±·×÷")
def test_western_marks_are_latin_unless_they_are_said_to_be_east_asian(
    mark: str, hint: str, chinese: bool, reading_fonts: FontBook
) -> None:
    fonts = f'<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="宋体"{hint}/>'
    document = lay_out_docx(word_file(paragraph(run("中" + mark + "国", fonts)), section=GRID), reading_fonts)

    faces = {
        char: one.face for fragment, _, _ in document.pages[0].placed for one in fragment.runs for char in one.text
    }
    assert (faces[mark] is faces["中"]) == chinese


@pytest.mark.parametrize(
    ("text", "hint", "blank"),
    [
        ("①实物", "", 2.0),
        ("中①实物", "", 0.0),
        ("中①AB", "", 2.0),
        ("①实物", ' w:hint="eastAsia"', 0.0),
        ("Ⅲ级", "", 2.0),
    ],
)
def test_a_blank_parts_circled_and_roman_numbers_from_text_of_the_other_script(
    text: str, hint: str, blank: float, reading_fonts: FontBook
) -> None:
    fonts = f'<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"{hint}/><w:sz w:val="20"/>'
    off = '<w:autoSpaceDE w:val="0"/>'

    def width(properties: str) -> float:
        body = paragraph(run(text, fonts), run("尾", fonts + "<w:b/>"), properties=properties)
        document = lay_out_docx(word_file(body, section=GRID), reading_fonts)
        return max(one.x for one in document.pages[0].placed[0][0].runs)

    latin = 2.0 if "A" in text else 0.0  # between the letters and the last ideograph
    assert width("") - width(off) == pytest.approx(blank + latin, abs=0.05)


class _Asked(FontBook):
    """Fonts that remember in which language each name was asked for."""

    def __init__(self, names: FontBook) -> None:
        super().__init__()
        self._like, self.asked = names, set[tuple[str, str]]()

    def chain(
        self, asked: str, *, bold: bool = False, italic: bool = False, east_asian: bool = True, language: str = ""
    ) -> FontChain:
        self.asked.add((asked, language))
        return self._like.chain(asked, bold=bold, italic=italic, east_asian=east_asian)


@pytest.mark.parametrize(("said", "language"), [("zh-CN", "zh-cn"), ("zh", "zh-cn"), ("en-US", ""), ("fr-FR", "")])
def test_latin_text_said_to_be_chinese_asks_for_a_font_of_that_language(
    said: str, language: str, reading_fonts: FontBook
) -> None:
    book = _Asked(reading_fonts)
    text = run(
        "安监 AB",
        f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="宋体"/><w:lang w:val="{said}" w:eastAsia="zh"/>',
    )
    lay_out_docx(word_file(paragraph(text), section=GRID), book)

    assert ("Arial", language) in book.asked
    assert ("宋体", "") in book.asked


def test_a_mark_hangs_also_where_a_blank_follows_it(reading_fonts: FontBook) -> None:
    section = GRID.replace('w:right="1800"', f'w:right="{11906 - 1800 - 20 * 105}"')
    body = paragraph(run("国" * 10 + "。 " + "家" * 12, '<w:sz w:val="21"/>'))
    document = lay_out_docx(word_file(body, section=section), reading_fonts)

    assert [fragment.text.strip() for fragment, _, _ in document.pages[0].placed] == [
        "国" * 10 + "。",
        "家" * 10,
        "家" * 2,
    ]


@pytest.mark.parametrize(
    ("indent", "first", "then"),
    [
        ('w:leftChars="200"', 21.0, 21.0),
        ('w:leftChars="100" w:firstLineChars="200"', 10.5 + 32.0, 10.5),
        ('w:leftChars="304" w:left="2158" w:hangingChars="475" w:hanging="1520"', 31.9, 107.9),
    ],
)
def test_characters_of_an_indent_are_the_bodys_at_the_edge_and_the_lines_own_in_its_first_line(
    indent: str, first: float, then: float, fonts: FontBook
) -> None:
    styles = STYLES.replace(
        '<w:jc w:val="both"/></w:pPr>', '<w:jc w:val="both"/></w:pPr><w:rPr><w:sz w:val="21"/></w:rPr>'
    )
    body = paragraph(run("安监" * 30, '<w:sz w:val="32"/>'), properties=f"<w:ind {indent}/>")
    found = starts(lay_out_docx(word_file(body, section=GRID, styles=styles), fonts))

    assert [found[0][0] - MARGIN, found[1][0] - MARGIN] == pytest.approx([first, then], abs=0.1)


THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
    '<a:minorFont><a:latin typeface="Times New Roman"/><a:ea typeface="黑体"/></a:minorFont>'
    "</a:fontScheme></a:themeElements></a:theme>"
)


@pytest.mark.parametrize(
    ("latin", "chinese", "named"),
    [
        ("minorHAnsi", "minorEastAsia", ("Times New Roman", "黑体")),
        ("minorEastAsia", "minorEastAsia", ("黑体", "黑体")),
        ("minorAscii", "minorHAnsi", ("Times New Roman", "Times New Roman")),
    ],
)
def test_a_font_of_the_theme_is_the_one_it_names_whatever_script_it_is_for(
    latin: str, chinese: str, named: tuple[str, str]
) -> None:
    fonts = f'<w:rFonts w:asciiTheme="{latin}" w:hAnsiTheme="{latin}" w:eastAsiaTheme="{chinese}"/>'
    read = read_document(word_file(paragraph(run("安A", fonts)), notes={"theme": THEME}))

    block = read.sections[0].blocks[0]
    assert isinstance(block, Paragraph)
    assert (block.pieces[0].format.latin, block.pieces[0].format.east_asian) == named
