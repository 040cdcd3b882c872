"""The lines of tables: the room they take, where they are drawn, double ones."""

from __future__ import annotations

import itertools

import pytest
from support.laid_out import lines_across, place_of
from support.word_files import cell, paragraph, row, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Page, lay_out_docx

THICK = 6.0
PLAIN = 16 * 1.3
"""Height of a row of one line in a table without lines (pt)."""


def lines(**widths: int) -> str:
    drawn = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:color="auto"/>' for side, size in widths.items())
    return f"<w:tblBorders>{drawn}</w:tblBorders>"


def cell_lines(**widths: int) -> str:
    return lines(**widths).replace("tblBorders", "tcBorders")


def page(fonts: FontBook, *rows: str, properties: str = "") -> Page:
    body = table(*rows, borders=False, properties=properties)
    return lay_out_docx(word_file(paragraph("上"), body, paragraph("下")), fonts).pages[0]


def steps(found: Page, *texts: str) -> list[float]:
    places = [place_of(found, text)[1] for text in texts]
    return [below - above for above, below in itertools.pairwise(places)]


ROWS = [row("一", "1"), row("二", "2"), row("三", "3")]


def test_lines_between_rows_make_every_row_higher_by_their_width(fonts: FontBook) -> None:
    assert steps(page(fonts, *ROWS, properties=lines(insideH=48)), "一", "二", "三") == pytest.approx(
        [PLAIN + THICK] * 2
    )


def test_the_line_below_a_table_takes_room_too(fonts: FontBook) -> None:
    bare = steps(page(fonts, *ROWS), "三", "下")[0]

    assert steps(page(fonts, *ROWS, properties=lines(bottom=48)), "三", "下")[0] == pytest.approx(bare + THICK)


def test_of_two_rows_that_meet_the_wider_line_counts_once(fonts: FontBook) -> None:
    upper = row(*[cell(text, properties=cell_lines(bottom=48)) for text in ("一", "1")])
    lower = row(*[cell(text, properties=cell_lines(top=24)) for text in ("二", "2")])

    assert steps(page(fonts, upper, lower), "一", "二") == pytest.approx([PLAIN + THICK])


def test_a_thick_line_of_one_cell_lowers_its_whole_row(fonts: FontBook) -> None:
    found = page(fonts, row("一", "1"), row("二", cell("贰", properties=cell_lines(top=48))))

    assert place_of(found, "二")[1] == place_of(found, "贰")[1]


def test_an_exact_row_keeps_its_height_and_the_last_line_comes_on_top(fonts: FontBook) -> None:
    exact = [row(text, "x", properties='<w:trHeight w:val="800" w:hRule="exact"/>') for text in ("一", "二")]
    found = page(fonts, *exact, properties=lines(top=48, insideH=48, bottom=48))

    assert steps(found, "一", "二") == pytest.approx([40.0])
    heights = [y for y, _, _ in lines_across_thick(found)]
    assert [below - above for above, below in itertools.pairwise(heights)] == pytest.approx([40.0, 40.0])


def lines_across_thick(found: Page) -> list[tuple[float, float, float]]:
    """The thick lines, those drawn by both rows that meet there once."""
    drawn = {
        (round(rule.y + rule.height / 2, 2), rule.x, rule.x + rule.width)
        for rule in found.rules()
        if rule.height == THICK
    }
    return sorted(drawn)


def test_no_line_is_drawn_through_text(fonts: FontBook) -> None:
    found = page(fonts, *ROWS, properties=lines(top=48, insideH=48, bottom=48))

    for text in ("一", "二", "三"):
        baseline = place_of(found, text)[1]
        between = [rule for rule in found.rules() if rule.y < baseline and rule.y + rule.height > baseline - 13]
        assert between == []


def test_a_double_line_is_drawn_as_two_and_named_as_nothing_missing(fonts: FontBook) -> None:
    double = '<w:tblBorders><w:top w:val="double" w:sz="6" w:color="auto"/></w:tblBorders>'
    document = lay_out_docx(word_file(table(*ROWS, borders=False, properties=double)), fonts)

    upper, lower = lines_across(document.pages[0])
    assert lower[0] - upper[0] == pytest.approx(1.5)
    assert document.not_laid_out == ()


def test_a_table_begins_at_the_outer_edge_of_its_line(fonts: FontBook) -> None:
    modern = '<w:compat><w:compatSetting w:name="compatibilityMode" w:val="15"/></w:compat>'

    def begins(size: int) -> float:
        body = table(*ROWS, borders=False, properties=lines(left=size))
        return place_of(lay_out_docx(word_file(body, settings=modern), fonts).pages[0], "一")[0]

    assert begins(48) - begins(8) == pytest.approx((THICK - 1) / 2)


def test_in_older_files_the_text_of_the_first_column_stands_at_the_margin(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("上"), table(*ROWS)), fonts)

    assert place_of(document.pages[0], "一")[0] == pytest.approx(place_of(document.pages[0], "上")[0])


def test_a_cells_own_margin_does_not_move_the_table(fonts: FontBook) -> None:
    wide = '<w:tcMar><w:left w:w="400" w:type="dxa"/></w:tcMar>'
    document = lay_out_docx(word_file(paragraph("上"), table(row(cell("一", properties=wide), "1"))), fonts)

    upper, lower = (place_of(document.pages[0], text)[0] for text in ("上", "一"))
    assert lower - upper == pytest.approx(20 - 5.4)


@pytest.mark.parametrize(
    ("shading", "colour"),
    [
        ('w:val="clear" w:color="auto" w:fill="D9E2F3"', (0.851, 0.886, 0.953)),
        ('w:val="solid" w:color="86B4CF" w:fill="FFFFFF"', (0.525, 0.706, 0.812)),
        ('w:val="pct15" w:color="auto" w:fill="auto"', (0.85, 0.85, 0.85)),
        ('w:val="pct12" w:color="auto" w:fill="auto"', (0.875, 0.875, 0.875)),
        ('w:val="pct50" w:color="FF0000" w:fill="FFFFFF"', (1.0, 0.5, 0.5)),
        ('w:val="diagStripe" w:color="auto" w:fill="FFFFFF"', (0.5, 0.5, 0.5)),
        ('w:val="clear" w:color="auto" w:fill="auto"', None),
        ('w:val="nil"', None),
    ],
)
def test_a_cell_is_shaded_as_its_colour_and_pattern_come_to(
    fonts: FontBook, shading: str, colour: tuple[float, float, float] | None
) -> None:
    found = page(fonts, row(cell("一", properties=f"<w:shd {shading}/>"), "1"))

    shaded = [rule.colour for rule in found.rules() if rule.height > 15 and rule.width > 15]
    assert shaded == ([pytest.approx(colour, abs=0.001)] if colour else [])


def test_further_heading_rows_look_like_the_first_one_where_word_noted_so(fonts: FontBook) -> None:
    style = (
        '<w:style w:type="table" w:styleId="k"><w:name w:val="k"/><w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/></w:tcPr></w:tblStylePr></w:style>'
    )
    noted = '<w:cnfStyle w:val="100000000000"/><w:tblHeader/>'
    rows = [row("一", properties=noted), row("二", properties=noted), row("三", properties="<w:tblHeader/>"), row("四")]
    body = table(*rows, columns=(8844,), borders=False, properties='<w:tblStyle w:val="k"/>')
    found = lay_out_docx(word_file(body, styles=style), fonts).pages[0]

    assert len([rule for rule in found.rules() if rule.height > THICK]) == 2


def test_a_blank_of_nothing_between_cells_is_not_named(fonts: FontBook) -> None:
    def named(width: int) -> list[str]:
        spacing = f'<w:tblCellSpacing w:w="{width}" w:type="dxa"/>'
        body = table(*ROWS, properties=spacing)
        return [one.feature for one in lay_out_docx(word_file(body), fonts).not_laid_out]

    assert named(0) == []
    assert named(15) == ["单元格间距"]


def test_the_text_of_a_whole_row_keeps_the_largest_of_its_cells_margins(fonts: FontBook) -> None:
    wide = '<w:tcMar><w:top w:w="100" w:type="dxa"/><w:bottom w:w="200" w:type="dxa"/></w:tcMar>'
    tall = cell("一", "二", "三")

    plain = page(fonts, row(tall, "1"), ROWS[1])
    wider = page(fonts, row(tall, cell("1", properties=wide)), ROWS[1])

    assert steps(wider, "上", "一")[0] == pytest.approx(steps(plain, "上", "一")[0] + 5.0)
    assert place_of(wider, "2")[1] == pytest.approx(place_of(plain, "2")[1] + 15.0)
