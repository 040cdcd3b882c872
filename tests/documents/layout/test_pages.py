"""How blocks fall on pages: what stays together, tables, headings repeated, the signature block, page numbers."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.laid_out import place_of
from support.word_files import OFFICIAL, cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, Page, lay_out_docx

MM = 72 / 25.4
LINE = "国" * 28
KEEP_NEXT = "<w:keepNext/>"
EVEN_ODD = "<w:evenAndOddHeaders/>"
NUMBER = '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>9</w:t></w:r></w:fldSimple><w:r><w:t> —</w:t></w:r>'


def texts(page: Page) -> list[str]:
    return [fragment.text for fragment, _, _ in page.placed]


def all_texts(document: LaidOut) -> list[list[str]]:
    return [texts(page) for page in document.pages]


def full(lines: int) -> Iterable[str]:
    return [paragraph(f"行{number}") for number in range(1, lines + 1)]


def signature(*, keep: bool = True) -> str:
    kept = KEEP_NEXT if keep else ""
    label = paragraph("甲方（盖章）：", properties=kept)
    return table(
        row(cell(label), cell(label), properties="<w:cantSplit/>"),
        row(
            cell(paragraph("", properties=kept)),
            cell(""),
            properties='<w:cantSplit/><w:trHeight w:val="2440" w:hRule="atLeast"/>',
        ),
        row(cell("年　月　日"), cell("年　月　日"), properties="<w:cantSplit/>"),
        borders=False,
    )


def test_a_heading_is_not_left_at_the_foot_of_a_page(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(*full(21), paragraph("一、标题", properties=KEEP_NEXT), paragraph("正文")), fonts)

    assert all_texts(document)[1] == ["一、标题", "正文"]


def test_no_single_line_of_a_paragraph_stands_alone(fonts: FontBook) -> None:
    four = paragraph(LINE * 3 + "尾")
    at_foot = lay_out_docx(word_file(*full(21), four), fonts)
    at_head = lay_out_docx(word_file(*full(19), four), fonts)
    free = lay_out_docx(
        word_file(*full(21), paragraph(LINE * 3 + "尾", properties='<w:widowControl w:val="0"/>')), fonts
    )

    assert [len(page.placed) for page in at_foot.pages] == [21, 4]
    assert [len(page.placed) for page in at_head.pages] == [21, 2]
    assert [len(page.placed) for page in free.pages] == [22, 3]


def test_a_paragraph_kept_whole_moves_as_one(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(*full(18), paragraph(LINE * 6, properties="<w:keepLines/>")), fonts)

    assert [len(page.placed) for page in document.pages] == [18, 6]


def test_page_breaks_start_pages_and_leave_no_empty_lines(fonts: FontBook) -> None:
    broken = '<w:p><w:r><w:t>前</w:t><w:br w:type="page"/></w:r></w:p>'
    document = lay_out_docx(
        word_file(broken, paragraph("后"), paragraph("又", properties="<w:pageBreakBefore/>")), fonts
    )

    assert all_texts(document) == [["前"], ["后"], ["又"]]
    assert document.pages[0].placed[0][2] == document.pages[1].placed[0][2]


def test_a_table_breaks_between_rows_and_repeats_its_heading(fonts: FontBook) -> None:
    rows = [row(f"指标{number}", "0起", properties="<w:cantSplit/>") for number in range(40)]
    document = lay_out_docx(word_file(table(row("序号", "指标", properties="<w:tblHeader/>"), *rows)), fonts)

    pages = all_texts(document)
    assert document.page_count > 1
    assert all(page[0] == "序号指标" for page in pages)
    shown = [text for page in pages for text in page[1:]]
    assert shown == [f"指标{number}0起" for number in range(40)]


@pytest.mark.parametrize("properties", ["", "<w:cantSplit/>"])
def test_a_row_higher_than_a_page_is_parted_and_nothing_is_lost(fonts: FontBook, properties: str) -> None:
    text = "".join(chr(ord("一") + 3 * (number % 200)) + "国" for number in range(420))
    document = lay_out_docx(word_file(table(row(text, "", properties=properties))), fonts)

    assert document.page_count > 2
    assert "".join(shown for page in document.pages for run in page.runs() for shown in run.text) == text
    assert all(rule.y + rule.height < 297 * MM - 34 * MM for page in document.pages for rule in page.rules())


@pytest.mark.parametrize(("properties", "on_first"), [("", 22), ("<w:cantSplit/>", 20)])
def test_a_row_is_parted_at_the_foot_of_a_page_unless_that_is_forbidden(
    fonts: FontBook, properties: str, on_first: int
) -> None:
    document = lay_out_docx(word_file(*full(20), table(row("国" * 60, "", properties=properties))), fonts)

    last = {round(run.y) for run in document.pages[0].runs()}
    assert document.page_count == 2
    assert len(last) == on_first


def test_a_signature_block_shares_its_page_with_two_lines_of_text(fonts: FontBook) -> None:
    for lines in range(12, 24):
        document = lay_out_docx(word_file(*full(lines), signature(), paragraph("")), fonts)

        last = texts(document.pages[-1])
        assert last[-1] == "年　月　日年　月　日"
        assert any("盖章" in text for text in last)
        if document.page_count > 1:
            assert sum(text.startswith("行") for text in last) >= 2


def test_a_signature_table_nobody_chained_gets_company_too(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(*full(22), signature(keep=False), paragraph("")), fonts)

    assert texts(document.pages[-1])[:3] == ["行21", "行22", "甲方（盖章）：甲方（盖章）："]


def test_the_end_of_plain_text_stands_where_it_falls(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(*full(22), paragraph("又一段"), paragraph("")), fonts)

    assert texts(document.pages[-1]) == ["又一段"]


def test_empty_paragraphs_at_the_end_make_no_page(fonts: FontBook) -> None:
    assert lay_out_docx(word_file(*full(22), paragraph(""), paragraph("")), fonts).page_count == 1


def test_a_signature_of_chained_paragraphs_is_not_alone_either(fonts: FontBook) -> None:
    closing = [paragraph("示例镇人民政府", properties=KEEP_NEXT), paragraph("2026年1月1日")]
    document = lay_out_docx(word_file(*full(22), *closing), fonts)

    assert texts(document.pages[-1]) == ["行21", "行22", "示例镇人民政府", "2026年1月1日"]


def test_borders_meet_at_the_corners_of_cells(fonts: FontBook) -> None:
    page = lay_out_docx(word_file(table(row("一", "二"), row("三", "四"))), fonts).pages[0]

    rules = list(page.rules())
    across = [rule for rule in rules if rule.width > rule.height]
    down = [rule for rule in rules if rule.height > rule.width]
    assert {round(rule.width - 442.2, 1) for rule in across} == {0.5}
    assert len({round(rule.x, 1) for rule in down}) == 3
    assert min(rule.x for rule in down) >= 28 * MM - 6


def test_a_merged_cell_covers_its_rows_without_lines_through_it(fonts: FontBook) -> None:
    start = cell("合并", properties='<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>')
    goes_on = cell("", properties="<w:vMerge/>")
    page = lay_out_docx(word_file(table(row(start, "一"), row(goes_on, "二"), row(goes_on, "三"))), fonts).pages[0]

    left = 28 * MM
    inner = [rule for rule in page.rules() if rule.width > 100 and rule.x < left + 10 and rule.width < 300]
    assert inner == []
    ys = {run.text: run.y for run in page.runs()}
    assert abs(ys["合并"] - ys["二"]) < 1


def test_row_heights_and_vertical_alignment_hold(fonts: FontBook) -> None:
    tall = '<w:trHeight w:val="2000" w:hRule="atLeast"/>'
    low = cell("下", properties='<w:vAlign w:val="bottom"/>')
    page = lay_out_docx(word_file(table(row("上", low, properties=tall), row("尾", ""))), fonts).pages[0]

    ys = {run.text: run.y for run in page.runs()}
    assert ys["尾"] - ys["上"] == 100
    assert 70 < ys["下"] - ys["上"] < 100


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(fonts: FontBook) -> None:
    odd = paragraph(NUMBER, properties='<w:jc w:val="right"/>')
    even = paragraph(NUMBER, properties='<w:jc w:val="left"/>')
    data = word_file(
        *full(60), settings=EVEN_ODD, furniture={"footer:default": odd, "footer:even": even}, section=OFFICIAL
    )
    document = lay_out_docx(data, fonts)

    assert [texts(page)[-1] for page in document.pages] == ["— 1 —", "— 2 —", "— 3 —"]
    places = [page.placed[-1][0].runs[0].x for page in document.pages]
    assert places[0] > 350 and places[1] < 1 and places[2] > 350
    heights = [page.placed[-1][2] for page in document.pages]
    assert min(heights) > document.pages[0].height - 99.3  # below the type area, which ends 35 mm above the edge


def test_complex_fields_show_the_number_and_the_count_of_pages(fonts: FontBook) -> None:
    def field(name: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {name} \\* MERGEFORMAT </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>77</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    footer = f"<w:p>{field('PAGE')}<w:r><w:t>/</w:t></w:r>{field('NUMPAGES')}</w:p>"
    document = lay_out_docx(word_file(*full(30), furniture={"footer:default": footer}), fonts)

    assert [texts(page)[-1] for page in document.pages] == ["1/2", "2/2"]


def test_a_footer_tells_how_many_pages_its_own_section_has(fonts: FontBook) -> None:
    fields = (
        '<w:fldSimple w:instr=" PAGE "/><w:r><w:t>/</w:t></w:r><w:fldSimple w:instr=" SECTIONPAGES \\* MERGEFORMAT "/>'
    )
    reference = '<w:footerReference w:type="default" r:id="f0"/>'
    ending = f"<w:p><w:pPr><w:sectPr>{reference}{OFFICIAL}</w:sectPr></w:pPr></w:p>"
    again = OFFICIAL + '<w:pgNumType w:start="1"/>'
    document = lay_out_docx(
        word_file(*full(30), ending, *full(50), section=again, furniture={"footer:default": f"<w:p>{fields}</w:p>"}),
        fonts,
    )

    assert [texts(page)[-1] for page in document.pages] == ["1/2", "2/2", "1/3", "2/3", "3/3"]


def test_a_page_number_is_as_large_as_the_number_the_file_keeps(fonts: FontBook) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:rPr><w:sz w:val="60"/></w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    kept = '<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>7</w:t></w:r><w:r><w:t>7</w:t></w:r>'
    for result, size in ((kept, 9), ("", 30)):
        footer = f"<w:p>{mark('begin')}{instruction}{mark('separate')}{result}{mark('end')}</w:p>"
        document = lay_out_docx(word_file(paragraph("国"), furniture={"footer:default": footer}), fonts)
        (number,) = document.pages[0].placed[-1][0].runs
        assert (number.text, number.size) == ("1", size)


def test_a_first_page_may_have_its_own_header(fonts: FontBook) -> None:
    headers = {"header:default": paragraph("续页"), "header:first": paragraph("首页")}
    document = lay_out_docx(word_file(*full(30), section=OFFICIAL + "<w:titlePg/>", furniture=headers), fonts)

    assert [texts(page)[0] for page in document.pages] == ["首页", "续页"]


def test_sections_change_the_paper(fonts: FontBook) -> None:
    wide = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    first = f"<w:p><w:pPr><w:sectPr>{wide}</w:sectPr></w:pPr><w:r><w:t>横</w:t></w:r></w:p>"
    document = lay_out_docx(word_file(first, paragraph("竖")), fonts)

    assert [round(page.width) for page in document.pages] == [842, 595]
    assert all_texts(document) == [["横"], ["竖"]]


def test_a_continuous_section_goes_on_where_the_last_ended(fonts: FontBook) -> None:
    first = f"<w:p><w:pPr><w:sectPr>{OFFICIAL}</w:sectPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>"
    document = lay_out_docx(word_file(first, paragraph("后"), section='<w:type w:val="continuous"/>' + OFFICIAL), fonts)

    assert all_texts(document) == [["前", "后"]]


def test_the_page_after_a_continuous_break_has_the_new_sections_footer_and_number(fonts: FontBook) -> None:
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>0</w:t></w:r></w:fldSimple>'
    footer = {"footer:default": f"<w:p><w:r><w:t>后</w:t></w:r>{number}</w:p>"}
    first = f"<w:p><w:pPr><w:sectPr>{OFFICIAL}</w:sectPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>"
    section = '<w:type w:val="continuous"/>' + OFFICIAL + '<w:pgNumType w:start="7"/>'
    document = lay_out_docx(word_file(first, *full(50), section=section, furniture=footer), fonts)

    assert [texts(page)[-1] for page in document.pages[1:]] == [f"后{n}" for n in range(7, 6 + document.page_count)]
    assert not texts(document.pages[0])[-1].startswith("后")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 90), st.booleans(), st.booleans(), st.booleans()),
        min_size=1,
        max_size=40,
    )
)
def test_every_line_is_on_one_page_inside_the_type_area(
    fonts: FontBook, blocks: list[tuple[int, bool, bool, bool]]
) -> None:
    body = [
        paragraph(
            "国" * length,
            properties=(KEEP_NEXT if keep else "")
            + ("<w:keepLines/>" if whole else "")
            + ('<w:widowControl w:val="0"/>' if not tidy else ""),
        )
        for length, keep, whole, tidy in blocks
    ]
    document = lay_out_docx(word_file(*body), fonts)

    shown = "".join(text for page in document.pages for text in texts(page))
    assert shown == "国" * sum(length for length, *_ in blocks)
    for page in document.pages:
        assert all(37 * MM - 0.1 <= y <= (297 - 35) * MM - 28 for _, _, y in page.placed)


def test_the_paragraph_that_must_follow_a_table_in_a_cell_takes_no_room(fonts: FontBook) -> None:
    def height(*blocks: str) -> float:
        outer = table(row(cell(*blocks)), columns=(8000,))
        return lay_out_docx(word_file(outer, paragraph("下")), fonts).pages[0].placed[-1][2]

    inner = table(row("内"), columns=(3000,))
    assert height(inner, "") < height(inner, "字") - 15
    assert height("", "字") > height("字") + 15


def tall_row(height: int, lines: int) -> str:
    asked = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    return table(row("甲", cell(*[f"乙{number}" for number in range(lines)]), properties=asked))


@pytest.mark.parametrize(("height", "parted"), [(0, True), (2000, True), (4000, False)])
def test_a_row_much_higher_than_what_a_page_has_left_goes_to_the_next_one_whole(
    fonts: FontBook, height: int, parted: bool
) -> None:
    first, second = lay_out_docx(word_file(*full(19), tall_row(height, 6)), fonts).pages

    assert ("乙0" in first.text) is parted
    assert "乙5" in second.text


def test_a_row_higher_than_a_page_is_parted_wherever_it_stands(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("上"), tall_row(14000, 40)), fonts)

    shown = "".join(page.text for page in document.pages)
    assert all(f"乙{number}" in shown for number in range(40))


def test_the_largest_upper_margin_of_a_row_lowers_the_text_of_all_its_cells(fonts: FontBook) -> None:
    wide = '<w:tcMar><w:top w:w="400" w:type="dxa"/></w:tcMar>'
    page = lay_out_docx(word_file(table(row("甲", cell("乙", properties=wide)))), fonts).pages[0]

    one, other = list(page.runs())
    assert one.y == other.y


def test_a_table_whose_first_paragraph_asks_for_it_begins_a_page(fonts: FontBook) -> None:
    asked = paragraph("甲", properties="<w:pageBreakBefore/>")
    first, second = lay_out_docx(word_file(paragraph("上"), table(row(cell(asked), "乙"))), fonts).pages

    assert (first.text, "甲" in second.text) == ("上", True)


def test_a_page_break_in_a_cell_ends_no_line(fonts: FontBook) -> None:
    broken = paragraph("前", '<w:r><w:br w:type="page"/></w:r>', "<w:r><w:t>后</w:t></w:r>")
    page = lay_out_docx(word_file(table(row(cell(broken), "乙"))), fonts).pages[0]

    assert len({round(found.y) for found in page.runs()}) == 1


def test_the_space_above_a_paragraph_is_kept_where_its_row_goes_on(fonts: FontBook) -> None:
    def top_of_second(properties: str) -> float:
        cells = cell(*[paragraph(f"甲{number}", properties=properties) for number in range(9)])
        second = lay_out_docx(word_file(*full(19), table(row(cells, "乙"))), fonts).pages[1]
        return min(found.y for found in second.runs())

    spaced = top_of_second('<w:spacing w:before="120"/>')
    assert spaced - top_of_second("") == pytest.approx(6.0)


def test_an_empty_paragraph_that_is_all_of_a_section_keeps_its_line(fonts: FontBook) -> None:
    def begins(*before: str) -> float:
        section = '<w:type w:val="continuous"/>' + OFFICIAL
        return place_of(lay_out_docx(word_file(*before, paragraph("字"), section=section), fonts).pages[0], "字")[1]

    alone = paragraph(properties=f"<w:sectPr>{OFFICIAL}</w:sectPr>")

    assert begins(alone) - begins() == pytest.approx(29.0, abs=0.1)
    assert begins(paragraph("上"), alone) == begins(paragraph("上"))


def test_a_section_pushed_to_the_next_page_leaves_no_blank_at_its_top(reading_fonts: FontBook) -> None:
    def begins(blank: int) -> tuple[int, float]:
        high = '<w:spacing w:line="12000" w:lineRule="exact"/>'
        first = paragraph("前", properties=f"{high}<w:sectPr>{OFFICIAL}</w:sectPr>")
        pushed = paragraph("后", properties=f'<w:spacing w:before="{blank}" w:line="2000" w:lineRule="exact"/>')
        section = '<w:type w:val="continuous"/>' + OFFICIAL
        pages = lay_out_docx(word_file(first, pushed, section=section), reading_fonts).pages
        page = next(number for number, page in enumerate(pages) if "后" in page.text)
        return page, place_of(pages[page], "后")[1]

    assert begins(0)[0] == 1
    assert begins(240) == begins(0)


def test_a_line_a_twentieth_of_a_point_too_low_begins_the_next_page_where_the_fonts_give_the_heights(
    reading_fonts: FontBook,
) -> None:
    """As the other programs have it, who count in whole twentieths."""
    exact = '<w:spacing w:line="400" w:lineRule="exact"{}/>'
    page = '<w:pgSz w:w="11906" w:h="7000"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800"/>'
    for more, pages in ((0, 1), (1, 2)):
        first = paragraph(run("首行"), properties=exact.format(f' w:after="{120 + more}"'))
        body = (first, *(paragraph(run("正文"), properties=exact.format("")) for _ in range(9)))

        assert len(lay_out_docx(word_file(*body, section=page), reading_fonts).pages) == pages
