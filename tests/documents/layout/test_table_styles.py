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


def test_the_cell_in_the_corner_has_its_own_look_before_that_of_its_column_and_row(fonts: FontBook) -> None:
    sizes = {"firstCol": 40, "nwCell": 10, "swCell": 12}
    style = "".join(
        f'<w:tblStylePr w:type="{part}"><w:rPr><w:sz w:val="{size * 2}"/></w:rPr></w:tblStylePr>'
        for part, size in sizes.items()
    )
    look = NAMED + '<w:tblLook w:val="00E0"/>'
    said = f'<w:style w:type="table" w:styleId="t"><w:name w:val="t"/>{style}</w:style>'
    rows = [row(text, "旁") for text in "甲乙丙"]
    plain = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    body = table(*rows, borders=False, properties=look)
    (page,) = lay_out_docx(word_file(body, styles=plain + said), fonts).pages

    assert [found.size for found in page.runs() if found.text != "旁"] == [10, 40, 12]


def test_the_parts_of_a_style_say_the_margins_of_their_cells_unless_the_cell_says_otherwise(fonts: FontBook) -> None:
    def margin(twips: int) -> str:
        return f'<w:tcMar><w:left w:w="{twips}" w:type="dxa"/><w:bottom w:w="{twips}" w:type="dxa"/></w:tcMar>'

    style = f'<w:tblStylePr w:type="firstRow"><w:tcPr>{margin(400)}</w:tcPr></w:tblStylePr>'
    (page,) = laid_out(fonts, style, row("一"), row("二"), row(cell("三", properties=margin(200)))).pages
    (other,) = laid_out(fonts, "", row("一"), row("二"), row("三")).pages

    assert [round(place_of(page, text)[0] - place_of(other, text)[0], 1) for text in "一二三"] == [
        20 - 5.4,
        0,
        10 - 5.4,
    ]
    assert place_of(page, "二")[1] - place_of(other, "二")[1] == pytest.approx(20)
