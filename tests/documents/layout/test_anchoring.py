"""Frames (图文框) and tables that text runs round: where they stand, and when they are set like any other."""

from __future__ import annotations

import pytest
from support.laid_out import place_of, reading
from support.word_files import cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Page, lay_out_docx

LEFT, TOP, WIDTH = 1588 / 20, 2098 / 20, (11906 - 1588 - 1474) / 20
PROSE = "国" * 90
BREAK = '<w:r><w:br w:type="page"/></w:r>'


def floating(place: str, *, columns: tuple[int, ...] = (1500, 1500), rows: int = 2) -> str:
    return table(
        *[row(f"甲{n}", f"乙{n}") for n in range(rows)],
        columns=columns,
        properties=f'<w:tblpPr w:leftFromText="180" w:rightFromText="180" {place}/>',
    )


def frame(place: str, *texts: str) -> str:
    return "".join(paragraph(text, properties=f"<w:framePr {place}/>") for text in texts)


def first_page(fonts: FontBook, *body: str, settings: str = "") -> Page:
    return lay_out_docx(word_file(*body, settings=settings), fonts).pages[0]


def test_text_stands_beside_a_narrow_floating_table(fonts: FontBook) -> None:
    place = 'w:vertAnchor="text" w:horzAnchor="margin" w:tblpX="0" w:tblpY="1"'
    page = first_page(fonts, floating(place), paragraph(PROSE))

    beside = place_of(page, "国")
    assert beside[0] >= LEFT + 150 + 9 - 0.5
    assert abs(place_of(page, "甲0")[0] - LEFT - 5.4) < 1


def test_a_floating_table_as_wide_as_the_text_is_set_like_any_other(fonts: FontBook) -> None:
    place = 'w:vertAnchor="text" w:horzAnchor="margin" w:tblpX="0" w:tblpY="1"'
    page = first_page(fonts, paragraph("上"), floating(place, columns=(4422, 4422)), paragraph("下"))

    assert reading(page) == ["上", "甲0乙0", "甲1乙1", "下"]


def test_a_floating_table_set_like_any_other_does_not_hang_out(fonts: FontBook) -> None:
    place = 'w:vertAnchor="text" w:horzAnchor="margin" w:tblpX="0" w:tblpY="1"'
    page = first_page(fonts, floating(place, columns=(4422, 4422)), table(row("丙", "丁")))

    assert place_of(page, "甲0")[0] - place_of(page, "丙")[0] == pytest.approx(5.4, abs=0.01)


def test_a_table_with_a_place_on_the_page_stands_there(fonts: FontBook) -> None:
    place = 'w:vertAnchor="page" w:horzAnchor="page" w:tblpX="6000" w:tblpY="10000"'
    page = first_page(fonts, floating(place), paragraph("字"))

    x, y = place_of(page, "甲0")
    assert x == pytest.approx(300 + 5.4, abs=0.5) and 500 < y < 530
    assert place_of(page, "字") == pytest.approx((LEFT, TOP + 29 * 0.5 + 5.76), abs=3)


def test_two_tables_with_places_on_the_page_stand_side_by_side(fonts: FontBook) -> None:
    one = 'w:vertAnchor="page" w:horzAnchor="page" w:tblpX="1600" w:tblpY="6000"'
    other = 'w:vertAnchor="page" w:horzAnchor="page" w:tblpX="6000" w:tblpY="6000"'
    page = first_page(fonts, floating(one), floating(other).replace("甲", "丙"), paragraph("字"))

    assert place_of(page, "甲0")[1] == place_of(page, "丙0")[1]
    assert place_of(page, "丙0")[0] > place_of(page, "甲0")[0] + 200


def test_a_paragraph_of_nothing_but_a_page_break_still_carries_what_hangs_on_it(fonts: FontBook) -> None:
    place = 'w:vertAnchor="page" w:horzAnchor="page" w:tblpX="6000" w:tblpY="10000"'
    data = word_file(paragraph("一"), floating(place), paragraph(BREAK), paragraph("二"))
    first, second = lay_out_docx(data, fonts).pages

    assert "甲0" in first.text and "一" in first.text
    assert second.text == "二"


def test_a_high_floating_table_goes_over_pages(fonts: FontBook) -> None:
    place = 'w:vertAnchor="text" w:horzAnchor="margin" w:tblpX="0" w:tblpY="1"'
    document = lay_out_docx(word_file(floating(place, rows=40), paragraph("下")), fonts)

    assert len(document.pages) == 2
    assert all(f"甲{n}" in document.pages[0].text + document.pages[1].text for n in range(40))


def test_paragraphs_of_one_frame_stand_one_below_another_at_its_place(fonts: FontBook) -> None:
    place = 'w:w="2000" w:hAnchor="page" w:x="7000" w:vAnchor="page" w:y="8000" w:wrap="around"'
    page = first_page(fonts, frame(place, "框一", "框二"), paragraph("正文"))

    upper, lower = place_of(page, "框一"), place_of(page, "框二")
    assert upper[0] == lower[0] == pytest.approx(350)
    assert 400 < upper[1] < lower[1] < 460
    assert place_of(page, "正文")[1] < upper[1]


def test_text_stands_below_a_frame_that_lets_none_beside_it(fonts: FontBook) -> None:
    place = (
        'w:w="3000" w:h="1160" w:hRule="exact" w:hAnchor="margin" w:x="1" w:vAnchor="text" w:y="1" w:wrap="notBeside"'
    )
    page = first_page(fonts, frame(place, "框"), paragraph("正文"))

    assert place_of(page, "正文")[1] - place_of(page, "框")[1] > 50


def test_a_frame_in_line_with_the_text_is_plain_text(fonts: FontBook) -> None:
    inline = (
        '<w:framePr w:hSpace="0" w:wrap="auto" w:vAnchor="margin" w:hAnchor="text" w:xAlign="left" w:yAlign="inline"/>'
    )
    cells = [cell(paragraph(text, properties=inline)) for text in ("星期一", "星期二")]
    page = first_page(fonts, paragraph("上"), table(row(*cells)))

    one, two = place_of(page, "星期一"), place_of(page, "星期二")
    assert one[1] == two[1] and two[0] - one[0] == pytest.approx(4422 / 20)


def test_a_drop_cap_stands_beside_the_lines_of_its_paragraph(fonts: FontBook) -> None:
    initial = paragraph(
        run("首", '<w:sz w:val="80"/>'),
        properties='<w:framePr w:dropCap="drop" w:lines="2" w:wrap="around" w:vAnchor="text" w:hAnchor="text"/>',
    )
    page = first_page(fonts, initial, paragraph(PROSE))

    assert place_of(page, "国")[0] > place_of(page, "首")[0] + 35


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("center", 0.5), ("right", 1.0)])
def test_a_wide_floating_table_keeps_its_place_across_the_page(fonts: FontBook, align: str, share: float) -> None:
    place = f'w:vertAnchor="text" w:horzAnchor="margin" w:tblpXSpec="{align}" w:tblpY="1"'
    page = first_page(fonts, floating(place, columns=(4300, 4400)), paragraph("下"))

    spare = WIDTH - (4300 + 4400) / 20
    assert place_of(page, "甲0")[0] == pytest.approx(LEFT + share * spare + 5.4, abs=0.3)
