"""Table rows parted between two pages: where their text begins there, how much of it stays."""

from __future__ import annotations

import pytest
from support.laid_out import lines_across, place_of, reading
from support.word_files import cell, paragraph, row, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Page, lay_out_docx

PAGE = (
    '<w:pgSz w:w="11906" w:h="6000"/>'
    '<w:pgMar w:top="1000" w:right="1440" w:bottom="1000" w:left="1440" w:header="500" w:footer="500" w:gutter="0"/>'
)
WORDS = "甲乙丙丁戊己庚辛壬癸子丑"
MIDDLE, LOW = '<w:vAlign w:val="center"/>', '<w:vAlign w:val="bottom"/>'


def test_the_first_part_of_a_row_begins_at_the_top_in_every_cell(reading_fonts: FontBook) -> None:
    long = cell(*WORDS)
    body = table(row(cell("中", properties=MIDDLE), cell("下", properties=LOW), long), columns=(2000, 2000, 2000))
    first, second = lay_out_docx(word_file(body, section=PAGE), reading_fonts).pages

    top = place_of(first, "甲")[1]
    assert place_of(first, "中")[1] == place_of(first, "下")[1] == top
    assert place_of(second, "丑")[1] > top


def test_the_second_part_of_a_row_is_aligned_in_what_is_left(reading_fonts: FontBook) -> None:
    fewer = cell(*[f"第{word}" for word in WORDS[:-1]], properties=LOW)
    body = table(row(fewer, cell(*WORDS)), columns=(2000, 2000))
    _, second = lay_out_docx(word_file(body, section=PAGE), reading_fonts).pages

    assert place_of(second, "第子")[1] == place_of(second, "丑")[1]


def test_the_blank_a_multiple_adds_inside_a_paragraph_needs_no_room_at_the_foot_of_a_page(
    reading_fonts: FontBook,
) -> None:
    spacing = '<w:spacing w:line="720" w:lineRule="auto"/>'
    joined = "</w:t><w:br/><w:t>".join(f"行{number}" for number in range(12))
    apart = [paragraph(f"行{number}", properties=spacing) for number in range(12)]
    rows = [row(cell(paragraph(joined, properties=spacing))), row(cell(*apart))]
    shown = []
    for one in rows:
        first = lay_out_docx(word_file(table(one, columns=(8844,)), section=PAGE), reading_fonts).pages[0]
        shown.append(sum(fragment.text.count("行") for fragment, _, _ in first.placed))

    assert shown == [3, 2]


def test_a_row_of_a_table_inside_a_cell_is_parted_where_the_page_ends(fonts: FontBook) -> None:
    inner = table(row("上", "一"), row(cell(*WORDS), "二"), columns=(1500, 1500))
    body = table(row("左", cell(inner, paragraph("末"))), columns=(2000, 4000))
    first, second = lay_out_docx(word_file(body, section=PAGE), fonts).pages

    assert place_of(first, "甲") and place_of(first, "二") and "丑" in second.text and "末" in second.text
    assert place_of(second, "末")[1] > place_of(second, "丑")[1]
    assert "".join(one for one in first.text + second.text if one in WORDS) == WORDS


def test_a_row_inside_a_cell_that_may_not_be_parted_goes_to_the_next_page_whole(fonts: FontBook) -> None:
    inner = table(row("上"), row(cell(*WORDS[:6]), properties="<w:cantSplit/>"), columns=(1500,))
    body = table(row(cell("一", "二", "三", inner, paragraph("末"))), columns=(4000,))
    first, second = lay_out_docx(word_file(body, section=PAGE), fonts).pages

    assert "上" in first.text and "甲" not in first.text and "甲" in second.text


def test_the_blank_below_a_cells_text_stays_with_its_last_line(reading_fonts: FontBook) -> None:
    joined = "</w:t><w:br/><w:t>".join(WORDS[:4])
    shown = []
    for after in (200, 600):  # 20 pt are left below four lines
        exact = '<w:spacing w:after="{}" w:line="400" w:lineRule="exact"/>'
        long = paragraph(f"<w:r><w:t>{joined}</w:t></w:r>", properties=exact.format(after))
        short = paragraph("短", properties=exact.format(0))
        body = [paragraph("上", properties=exact.format(0)) for _ in range(5)]
        body.append(table(row(cell(long), cell(short)), columns=(3000, 3000)))
        pages = lay_out_docx(word_file(*body, section=PAGE), reading_fonts).pages
        shown.append(["".join(word for word in WORDS if word in page.text) for page in pages])

    assert shown == [["甲乙丙丁"], ["甲乙丙", "丁"]]


def test_the_line_below_the_last_row_of_a_page_needs_its_room_there(reading_fonts: FontBook) -> None:
    rows = [row(cell("字"), properties='<w:trHeight w:val="390" w:hRule="exact"/>') for _ in range(12)]
    shown = []
    for room in (4000 - 100, 4000 - 90):  # ten rows of 390 twentieths, with and without the line of 10 below them
        section = PAGE.replace('w:h="6000"', f'w:h="{room + 2000}"')
        file = word_file(table(*rows, columns=(3000,)), section=section)
        first = lay_out_docx(file, reading_fonts).pages[0]
        shown.append(sum(fragment.text.count("字") for fragment, _, _ in first.placed))

    assert shown == [9, 10]


def shown(page: Page) -> str:
    return "".join(fragment.text for fragment, _, _ in page.placed)


def test_a_cell_whose_blank_below_finds_no_room_gives_its_last_line_to_the_next_page(reading_fonts: FontBook) -> None:
    def parted(after: int, *, beside: int, left: bool = False) -> tuple[str, str]:
        exact = f'<w:spacing w:after="{after}" w:line="400" w:lineRule="exact"/>'
        words = "</w:t><w:br/><w:t>".join("甲乙丙丁戊")
        own, other = cell(paragraph(words, properties=exact)), cell(*["长"] * beside)
        cells = (other, own) if left else (own, other)
        above = paragraph("填", properties='<w:spacing w:line="1880" w:lineRule="exact"/>')
        document = lay_out_docx(word_file(above, table(row(*cells), columns=(2000, 2000)), section=PAGE), reading_fonts)
        first, *rest = document.pages
        return shown(first).replace("长", ""), "".join(map(shown, rest)).replace("长", "")

    assert parted(0, beside=1) == ("填甲乙丙丁戊", "")
    assert parted(300, beside=1) == ("填甲乙丙丁", "戊")
    assert parted(800, beside=1) == ("填", "甲乙丙丁戊")
    assert parted(300, beside=20) == ("填甲乙丙丁戊", "")
    assert parted(300, beside=20, left=True) == ("填甲乙丙丁", "戊")


@pytest.mark.parametrize(
    ("row_of", "kept"), [("31", 2), ("32", 0), ("13", 2), ("132", 0), ("23", 2), ("213", 2), ("33", 0), ("123", 2)]
)
def test_a_line_sent_to_the_next_page_by_its_blank_alone_takes_the_row_along_where_a_cell_to_its_right_is_as_high(
    row_of: str, kept: int, reading_fonts: FontBook
) -> None:
    exact = '<w:spacing w:after="300" w:line="400" w:lineRule="exact"/>'
    cells = [cell(paragraph("</w:t><w:br/><w:t>".join("甲乙丙"[: int(one)]), properties=exact)) for one in row_of]
    above = paragraph("填", properties='<w:spacing w:line="2680" w:lineRule="exact"/>')
    body = table(row(*cells), columns=(2000,) * len(cells))
    first, second = lay_out_docx(word_file(above, body, section=PAGE), reading_fonts).pages

    lines = [sum(word in shown(page) for word in "甲乙丙") for page in (first, second)]
    assert lines == [kept, 3 - kept]


def test_a_heading_row_higher_than_a_page_is_parted_and_not_repeated(reading_fonts: FontBook) -> None:
    heading = row(cell(*WORDS * 2), properties="<w:tblHeader/>")
    body = table(heading, *[row(cell(f"第{number}行")) for number in range(20)], columns=(4000,))
    pages = lay_out_docx(word_file(body, section=PAGE), reading_fonts).pages

    shown = [line for page in pages for line in reading(page)]
    assert shown == [*WORDS * 2, *[f"第{number}行" for number in range(20)]]
    assert all(y < page.height - 40 for page in pages for _, _, y in page.placed)


def exactly(text: str, *, before: int = 0, after: int = 0) -> str:
    spacing = f'<w:spacing w:before="{before}" w:after="{after}" w:line="400" w:lineRule="exact"/>'
    return paragraph(text, properties=spacing)


def test_the_rest_of_a_row_begins_with_the_blank_its_first_paragraph_asks_for_alone(reading_fonts: FontBook) -> None:
    tops = []
    for before, after in ((0, 0), (0, 300), (200, 300)):
        texts = [exactly(word, before=before, after=after) for word in WORDS]
        body = table(row(cell(*texts), "旁"), columns=(2000, 2000))
        first, second, *_ = lay_out_docx(word_file(body, section=PAGE), reading_fonts).pages
        begins = next(word for word in WORDS if word in second.text)
        tops.append(place_of(second, begins)[1] - place_of(first, WORDS[0])[1])

    assert tops == [0.0, 0.0, 0.0]  # each page begins with the blank above and no other


def test_the_rest_of_a_paragraph_begins_at_the_top_of_its_page(reading_fonts: FontBook) -> None:
    joined = "</w:t><w:br/><w:t>".join(WORDS)
    body = table(row(cell(exactly(joined, before=200)), "旁"), columns=(2000, 2000))
    first, second = lay_out_docx(word_file(body, section=PAGE), reading_fonts).pages

    begins = next(word for word in WORDS if word in second.text)
    assert place_of(first, WORDS[0])[1] - place_of(second, begins)[1] == pytest.approx(10.0)


def test_the_blank_below_a_paragraph_that_stays_needs_its_room_where_the_cell_goes_on(reading_fonts: FontBook) -> None:
    def stays(*texts: str) -> str:
        body = table(row(cell(*texts), "旁"), borders=False, columns=(2000, 2000))
        return "".join(
            word for word in WORDS if word in shown(lay_out_docx(word_file(body, section=PAGE), reading_fonts).pages[0])
        )

    assert stays(*map(exactly, WORDS)) == WORDS[:10]  # 200 pt, 20 pt a line
    assert stays(*map(exactly, WORDS[:9]), exactly(WORDS[9], after=20), *map(exactly, WORDS[10:])) == WORDS[:9]
    pair = exactly(f"{WORDS[9]}</w:t><w:br/><w:t>{WORDS[10]}", after=20)
    assert stays(*map(exactly, WORDS[:9]), pair, exactly(WORDS[11])) == WORDS[:10]


def test_the_line_that_closes_a_part_of_a_row_needs_its_room(reading_fonts: FontBook) -> None:
    def stays(**widths: int) -> int:
        drawn = "".join(f'<w:{side} w:val="single" w:sz="{size}"/>' for side, size in widths.items())
        rows = row(cell(*map(exactly, WORDS))), row(cell("末"))
        body = table(*rows, borders=False, columns=(3000,), properties=f"<w:tblBorders>{drawn}</w:tblBorders>")
        first = lay_out_docx(word_file(body, section=PAGE), reading_fonts).pages[0]
        return sum(word in shown(first) for word in WORDS)

    assert (stays(), stays(insideH=8), stays(bottom=8)) == (10, 9, 9)


def test_a_box_in_a_cell_is_closed_where_the_page_ends_and_opened_on_the_next(fonts: FontBook) -> None:
    sides = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="6"/>' for side in ("top", "left", "bottom", "right"))
    joined = "</w:t><w:br/><w:t>".join(WORDS)
    shown, tops, edges = [], [], []
    for properties in ("", f"<w:pBdr>{sides}</w:pBdr>"):
        body = table(row(cell(paragraph(joined, properties=properties))), columns=(8844,), borders=False)
        pages = lay_out_docx(word_file(body, section=PAGE), fonts).pages
        shown.append([sum(word in page.text for word in WORDS) for page in pages])
        tops.append(place_of(pages[1], WORDS[shown[-1][0]])[1])
        edges.append([len(lines_across(page)) for page in pages])

    assert edges == [[0, 0], [2, 2]]
    assert tops[1] - tops[0] == pytest.approx(6.0 + 1.0)
    assert shown[0][0] - 1 <= shown[1][0] < shown[0][0] + 1
