"""What a table has from its style: heading rows, the place of text in its cells, the colour behind them."""

from __future__ import annotations

import pytest
from support.laid_out import place_of
from support.word_files import cell, paragraph, row, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx

NAMED = '<w:tblStyle w:val="t"/>'


def laid_out(fonts: FontBook, style: str, *rows: str) -> LaidOut:
    """Rows in a table of a style, which says this of itself."""
    said = f'<w:style w:type="table" w:styleId="t"><w:name w:val="t"/>{style}</w:style>'
    return lay_out_docx(word_file(table(*rows, borders=False, properties=NAMED), styles=said), fonts)


def test_the_first_row_is_repeated_where_the_style_says_so_unless_it_says_otherwise(fonts: FontBook) -> None:
    style = '<w:tblStylePr w:type="firstRow"><w:trPr><w:tblHeader/></w:trPr></w:tblStylePr>'
    rows = [row(str(number)) for number in range(70)]

    assert ["题" in page.text for page in laid_out(fonts, style, row("题"), *rows).pages] == [True, True]
    quiet = row("题", properties='<w:tblHeader w:val="0"/>')
    assert ["题" in page.text for page in laid_out(fonts, style, quiet, *rows).pages] == [True, False]


@pytest.mark.parametrize(("own", "lower"), [("", True), ('<w:vAlign w:val="top"/>', False)])
def test_text_stands_in_its_cell_as_the_style_says_unless_the_cell_says_otherwise(
    fonts: FontBook, own: str, lower: bool
) -> None:
    style = '<w:tcPr><w:vAlign w:val="bottom"/></w:tcPr>'
    high = cell(*[paragraph("高") for _ in range(3)])
    (page,) = laid_out(fonts, style, row(high, cell("低", properties=own))).pages

    assert (place_of(page, "低")[1] > place_of(page, "高")[1] + 20) is lower


def test_the_style_colours_all_cells_and_its_parts_theirs(fonts: FontBook) -> None:
    def behind(colour: str) -> str:
        return f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{colour}"/></w:tcPr>'

    style = behind("00FF00") + f'<w:tblStylePr w:type="firstRow">{behind("FF0000")}</w:tblStylePr>'
    (page,) = laid_out(fonts, style, row("一"), row("二")).pages

    assert [rule.colour for rule in page.rules()] == [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0)]
