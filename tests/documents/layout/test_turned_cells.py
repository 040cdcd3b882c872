"""Cells whose text runs down or up and cells with diagonals: where each character stands, and that none is lost."""

from __future__ import annotations

import io
import itertools

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.laid_out import strokes
from support.word_files import cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import GlyphRun, LaidOut, Typesetter, lay_out_docx
from anjian_desktop.documents.pdf import PdfWriter

FONTS = FontBook.bundled_only()
SMALL = '<w:sz w:val="28"/>'
DIAGONAL = '<w:tcBorders><w:{} w:val="single" w:sz="8" w:color="auto"/></w:tcBorders>'


def turned(text: str, direction: str, properties: str = "", align: str = "center") -> str:
    inner = paragraph(run(text, SMALL), properties=f'<w:jc w:val="{align}"/>')
    return cell(inner, properties=f'{properties}<w:vAlign w:val="center"/><w:textDirection w:val="{direction}"/>')


def level(text: str, properties: str = "") -> str:
    return cell(paragraph(run(text, SMALL)), properties=properties)


def merged(text: str, direction: str, count: int, columns: tuple[int, ...] = (900, 7944)) -> str:
    """A table whose first column is one cell over all rows."""
    rows = [row(turned(text, direction, '<w:vMerge w:val="restart"/>'), level("第0项"))]
    rows += [row(level("", "<w:vMerge/>"), level(f"第{n}项")) for n in range(1, count)]
    return table(*rows, columns=columns)


def of(document: LaidOut, characters: str) -> list[GlyphRun]:
    return [run for page in document.pages for run in page.runs() if run.text and set(run.text) <= set(characters)]


def test_ideographs_stand_upright_one_below_another_in_the_middle_of_merged_rows(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(merged("基本情况", "tbRlV", 9)), fonts)
    found = of(document, "基本情况")
    assert "".join(one.text for one in found) == "基本情况" and {one.turn for one in found} == {0}
    assert len({round(one.x, 2) for one in found}) == 1
    steps = [below.y - above.y for above, below in itertools.pairwise(found)]
    assert all(step == pytest.approx(14, abs=0.3) for step in steps)
    rows = of(document, "第012345678项")
    middle = (min(one.y for one in rows) + max(one.y for one in rows)) / 2
    assert abs((found[0].y + found[-1].y) / 2 - middle) < 3
    edge = min(rule.x for rule in document.pages[0].rules())
    assert abs(found[0].x + 7 - (edge + 22.5)) < 1
    assert document.not_laid_out == ()


def test_marks_and_latin_lie_with_the_line_and_commas_stand_in_the_corner(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(merged("甲（乙）、AB12", "tbRlV", 14)), fonts)
    turns = {character: one.turn for one in of(document, "甲（乙）、AB12") for character in one.text}
    assert turns == {"甲": 0, "（": 90, "乙": 0, "）": 90, "、": 0, "A": 90, "B": 90, "1": 90, "2": 90}
    places = {one.text: one.x for one in of(document, "甲乙、")}
    assert places["甲"] == places["乙"] < places["、"]


@pytest.mark.parametrize(("direction", "turn", "downwards"), [("tbRl", 90, True), ("btLr", -90, False)])
def test_text_turned_whole_keeps_its_runs(fonts: FontBook, direction: str, turn: int, downwards: bool) -> None:
    document = lay_out_docx(word_file(merged("意见", direction, 6), paragraph("后")), fonts)
    (found,) = of(document, "意见")
    rows = of(document, "第012345项")
    assert found.turn == turn
    middle = (min(one.y for one in rows) + max(one.y for one in rows)) / 2 - 5
    assert abs(found.y + (14 if downwards else -14) - middle) < 4


def test_a_row_grows_until_turned_text_fits_its_column(fonts: FontBook) -> None:
    document = lay_out_docx(
        word_file(table(row(turned("负责人意见", "tbRlV"), level("同意")), columns=(500, 8344))), fonts
    )
    found = of(document, "负责人意见")
    assert found[-1].y - found[0].y == pytest.approx(4 * 14, abs=1)
    bottom = max(rule.y + rule.height for rule in document.pages[0].rules())
    assert found[-1].y < bottom < found[-1].y + 20


def test_several_columns_go_from_right_to_left(fonts: FontBook) -> None:
    tall = row(
        turned("一二三四五六七八", "tbRlV"), level("甲"), properties='<w:trHeight w:val="1200" w:hRule="exact"/>'
    )
    found = of(lay_out_docx(word_file(table(tall, columns=(1500, 7344))), fonts), "一二三四五六七八")
    assert "".join(one.text for one in found) == "一二三四五六七八"
    xs = [one.x for one in found]
    assert xs == sorted(xs, reverse=True) and len({round(x, 1) for x in xs}) > 1


def test_a_merged_cell_that_goes_over_a_page_keeps_every_character(fonts: FontBook) -> None:
    words = "安全生产目标管理责任落实情况检查考核评分标准" * 6
    for direction in ("tbRlV", "tbRl", "btLr"):
        document = lay_out_docx(word_file(merged(words, direction, 60)), fonts)
        shown = "".join(one.text for page in document.pages for one in page.runs() if one.text[0] in words)
        assert sorted(shown) == sorted(words) and document.page_count > 1
        for page in document.pages:
            assert all(0 < one.y < page.height for one in page.runs())


def test_a_short_text_of_a_merged_cell_stays_on_the_page_where_it_begins(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(merged("基本情况", "tbRlV", 60)), fonts)
    pages = [number for number, page in enumerate(document.pages) for one in page.runs() if one.text[0] in "基本情况"]
    assert pages == [0, 0, 0, 0] and document.page_count > 1


def test_values_are_filled_into_turned_cells(fonts: FontBook) -> None:
    template = word_file(table(row(turned("{{单位名称}}", "tbRlV"), level("甲")), columns=(700, 8144)))
    setter = Typesetter(template, fonts)
    for name in ("示例化工有限公司", "示例厂"):
        assert "".join(one.text for one in of(setter.lay_out({"单位名称": name}), name)) == name


@pytest.mark.parametrize(
    ("body", "feature"),
    [
        (cell("甲", properties='<w:textDirection w:val="tbLrV"/>'), "这种文字方向的单元格（印成横排）"),
        (
            cell(table(row("内", "里")), paragraph("甲"), properties='<w:textDirection w:val="tbRlV"/>'),
            "有图片或表格的竖排单元格（印成横排）",
        ),
    ],
)
def test_what_is_set_level_instead_is_named_and_stays(fonts: FontBook, body: str, feature: str) -> None:
    document = lay_out_docx(word_file(table(row(body, "乙"))), fonts)
    assert [one.feature for one in document.not_laid_out] == [feature]
    assert "甲" in document.pages[0].text


@pytest.mark.parametrize(("side", "rising"), [("tl2br", False), ("tr2bl", True)])
def test_a_diagonal_goes_from_corner_to_corner(fonts: FontBook, side: str, rising: bool) -> None:
    heading = cell(paragraph("项目"), paragraph("单位"), properties=DIAGONAL.format(side))
    document = lay_out_docx(word_file(table(row(heading, "一"), row("甲", "乙"))), fonts)
    ((points, stroke),) = strokes(document.pages[0])
    rules = document.pages[0].rules()
    across = sorted({round(rule.y + rule.height / 2, 1) for rule in rules if rule.width > 100})
    left = min(rule.x for rule in document.pages[0].rules())
    (x0, y0), (x1, y1) = points
    assert stroke.width == 1.0 and document.not_laid_out == ()
    assert y0 == pytest.approx(across[0], abs=0.3) and y1 == pytest.approx(across[1], abs=0.3)
    begin, end = (x1, x0) if rising else (x0, x1)
    assert begin == pytest.approx(left, abs=0.5) and end - begin == pytest.approx(4422 / 20, abs=0.1)


def test_a_diagonal_crosses_all_rows_of_a_merged_cell(fonts: FontBook) -> None:
    rows = [row(level("斜", '<w:vMerge w:val="restart"/>' + DIAGONAL.format("tl2br")), level("一"))]
    rows += [row(level("", "<w:vMerge/>"), level("二")) for _ in range(3)]
    page = lay_out_docx(word_file(table(*rows)), fonts).pages[0]
    ((((_, top), (_, bottom)), _),) = strokes(page)
    heights = [rule.y + rule.height / 2 for rule in page.rules() if rule.width > 100]
    assert top == pytest.approx(min(heights), abs=0.3) and bottom == pytest.approx(max(heights), abs=0.3)


def test_a_diagonal_of_a_table_in_a_cell_is_drawn_too(fonts: FontBook) -> None:
    inner = table(row(cell("内", properties=DIAGONAL.format("tl2br")), "里"), columns=(1000, 1000))
    assert len(strokes(lay_out_docx(word_file(table(row(cell(inner, paragraph("")), "右"))), fonts).pages[0])) == 1


def test_turned_text_is_read_in_order_from_the_pdf(fonts: FontBook) -> None:
    out = io.BytesIO()
    with PdfWriter(out, fonts, title="竖排") as writer:
        writer.add(lay_out_docx(word_file(merged("基本情况", "tbRlV", 9), merged("意见", "btLr", 4)), fonts))
    text = pypdfium2.PdfDocument(out.getvalue())[0].get_textpage().get_text_range()
    squeezed = "".join(text.split())
    assert "基本情况" in squeezed and "意见" in squeezed


@settings(max_examples=25, deadline=None)
@given(
    st.text(alphabet="安全生产责任（），。AB 12—《》", min_size=1, max_size=60),
    st.sampled_from(["tbRl", "tbRlV", "btLr"]),
    st.integers(300, 3000),
    st.integers(1, 12),
)
def test_no_character_is_lost_whatever_the_cell(text: str, direction: str, width: int, rows: int) -> None:
    document = lay_out_docx(word_file(merged(text, direction, rows, (width, 5000))), FONTS)
    shown = "".join(one.text for page in document.pages for one in page.runs()).replace(" ", "")
    for n in range(rows):
        shown = shown.replace(f"第{n}项", "", 1)
    assert sorted(shown) == sorted(text.replace(" ", ""))
