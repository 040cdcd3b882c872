"""Cells merged over several rows: where their text stands, and what a page's end inside of them does."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.laid_out import lines_across, place_of
from support.word_files import cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Page, lay_out_docx
from anjian_desktop.documents.layout.laid_out import Fragment
from anjian_desktop.documents.layout.typesetting.merged_cells import held_together, shared

FONTS = FontBook.bundled_only()
LINE = 16 * 1.3
BEGUN, GOES_ON = '<w:vMerge w:val="restart"/><w:vAlign w:val="{}"/>', "<w:vMerge/>"


def merged(rows: int, *texts: str, above: int = 0, align: str = "center") -> bytes:
    first = row(cell(*texts, properties=BEGUN.format(align)), "项1")
    rest = [row(cell("", properties=GOES_ON), f"项{number}") for number in range(2, rows + 1)]
    return word_file(*[paragraph("上") for _ in range(above)], table(first, *rest))


def test_its_text_stands_in_the_middle_of_all_its_rows(fonts: FontBook) -> None:
    page = lay_out_docx(merged(5, "类"), fonts).pages[0]

    assert abs(place_of(page, "类")[1] - place_of(page, "项3")[1]) < 0.5


def test_its_text_stands_at_the_foot_of_its_rows_where_that_is_asked(fonts: FontBook) -> None:
    page = lay_out_docx(merged(5, "类", align="bottom"), fonts).pages[0]

    assert abs(place_of(page, "类")[1] - place_of(page, "项5")[1]) < 0.5


def test_over_a_page_border_its_text_stands_at_the_top(fonts: FontBook) -> None:
    document = lay_out_docx(merged(8, "类", above=19), fonts)

    first, second = document.pages
    assert abs(place_of(first, "类")[1] - place_of(first, "项1")[1]) < 0.5
    assert "类" not in second.text and "项8" in second.text


def test_a_cell_that_ends_before_the_border_keeps_its_middle(fonts: FontBook) -> None:
    rows = [row(cell("甲", properties=BEGUN.format("center")), "项1")]
    rows += [row(cell("", properties=GOES_ON), f"项{number}") for number in (2, 3)]
    rows += [row(cell("乙", properties=BEGUN.format("center")), "项4")]
    rows += [row(cell("", properties=GOES_ON), f"项{number}") for number in range(5, 9)]
    first, second = lay_out_docx(word_file(*[paragraph("上") for _ in range(17)], table(*rows)), fonts).pages

    assert abs(place_of(first, "甲")[1] - place_of(first, "项2")[1]) < 0.5
    assert abs(place_of(first, "乙")[1] - place_of(first, "项4")[1]) < 0.5
    assert "项8" in second.text


def test_it_is_closed_by_a_line_where_the_page_ends_and_opened_by_one_where_the_next_begins(fonts: FontBook) -> None:
    first, second = lay_out_docx(merged(8, "类", above=19), fonts).pages

    left = min(x for _, x, _ in lines_across(first))
    foot, head = lines_across(first)[-1], lines_across(second)[0]
    assert foot[1] == left and head[1] == left
    assert foot[2] > 500 and head[2] > 500


def test_between_its_rows_on_one_page_no_line_is_drawn_through_it(fonts: FontBook) -> None:
    lines = lines_across(lay_out_docx(merged(4, "类"), fonts).pages[0])

    edge = min(x for _, x, _ in lines)
    assert len([1 for _, x, _ in lines if x == edge]) == 2


def test_what_stands_beside_rows_of_the_next_page_goes_there(fonts: FontBook) -> None:
    texts = [f"第{number}条" for number in range(1, 9)]
    first, second = lay_out_docx(merged(8, *texts, above=19, align="top"), fonts).pages

    beside = [text for text in texts if text in first.text]
    assert texts == beside + [text for text in texts if text in second.text]
    assert beside and len(beside) < len(texts)


def test_its_last_row_grows_when_the_rows_do_not_hold_its_text(fonts: FontBook) -> None:
    page = lay_out_docx(merged(2, *["长"] * 6, align="top"), fonts).pages[0]

    heights = sorted({round(y, 1) for y, _, _ in lines_across(page)})
    assert heights[1] - heights[0] < 1.5 * LINE < heights[2] - heights[1]


def test_lines_that_do_not_fit_before_the_border_begin_the_next_page(fonts: FontBook) -> None:
    """Lines and rows of different heights meet at no border; none is cut in two, none holds the whole table back."""
    texts = "子丑寅卯辰巳午未"
    small = [paragraph(run(text, '<w:sz w:val="31"/>')) for text in texts]
    first, second = lay_out_docx(merged(9, *small, above=19, align="top"), fonts).pages

    shown = [text for text in texts if text in first.text]
    rest = [text for text in texts if text in second.text]
    assert "".join(shown + rest) == texts and 2 <= len(shown) < 8
    assert abs(place_of(second, rest[0])[1] - min(found.y for found in second.runs())) < 3


def parted(*texts: str, align: str = "center") -> tuple[Page, Page]:
    """A cell merged over three rows, the first of which is parted where the first page ends."""
    tall = cell(*[f"条{number}" for number in range(10)])
    rows = [row(cell(*texts, properties=BEGUN.format(align)), tall)]
    rows += [row(cell("", properties=GOES_ON), f"项{number}") for number in (2, 3)]
    first, second = lay_out_docx(word_file(*[paragraph("上") for _ in range(17)], table(*rows)), FONTS).pages
    return first, second


def test_its_text_begins_at_the_top_of_a_row_that_is_parted() -> None:
    first, second = parted("类", "别")

    assert place_of(first, "类")[1] == place_of(first, "条0")[1]
    assert "别" in first.text and "条9" in second.text


def test_what_is_left_of_its_text_is_aligned_in_what_is_left_of_its_rows() -> None:
    texts = list("甲乙丙丁戊己庚辛")
    left = {}
    for align in ("top", "bottom"):
        first, second = parted(*texts, align=align)
        beside = [text for text in texts if text in first.text]
        rest = [text for text in texts if text in second.text]
        assert beside and rest and beside + rest == texts
        left[align] = place_of(second, rest[-1])[1] - place_of(second, "项3")[1]

    assert left["bottom"] == pytest.approx(0.0, abs=0.5) and left["top"] < -LINE


def test_a_row_is_not_parted_for_a_merged_cell_that_goes_on_below_it(fonts: FontBook) -> None:
    texts = [f"第{number}条" for number in range(1, 7)]
    high = '<w:trHeight w:val="1600" w:hRule="atLeast"/>'
    rows = [row(cell(*texts, properties=BEGUN.format("center")), "项1")]
    rows += [row(cell("", properties=GOES_ON), f"项{number}", properties=high) for number in (2, 3, 4)]
    first, second = lay_out_docx(word_file(*[paragraph("上") for _ in range(19)], table(*rows)), fonts).pages

    assert "项1" in first.text and "第1条" in first.text
    assert "项2" not in first.text and "项2" in second.text
    assert lines_across(first)[-1][0] - place_of(first, "项1")[1] < LINE


@given(
    st.lists(st.floats(5, 60), min_size=1, max_size=12),
    st.lists(st.floats(5, 30), max_size=14),
    st.sets(st.integers(1, 11), max_size=3),
)
def test_every_line_is_given_to_one_row_in_order(heights: list[float], tall: list[float], cuts: set[int]) -> None:
    ends = list(accumulate(tall, initial=0.0))
    lines = [(Fragment(()), top, bottom) for top, bottom in pairwise(ends)]
    found = shared(lines, heights, 2.0, 2.0, [cut for cut in cuts if cut < len(heights)], fall=0.0, lower=0.0)

    given_out = [id(line[0]) for row in sorted(found) for line in found[row]]
    assert given_out == [id(line[0]) for line in lines]
    assert set(found) <= set(range(len(heights)))


def test_a_row_is_held_by_the_next_only_when_the_rest_of_the_text_needs_both() -> None:
    lines = [(Fragment(()), 20.0 * number, 20.0 * number + 20.0) for number in range(4)]

    assert held_together(lines, [20.0, 20.0, 20.0, 20.0], 0.0, 0.0) == [False, False, False]
    assert held_together(lines, [30.0, 10.0, 20.0, 20.0], 0.0, 0.0) == [True, False, False]


def test_its_background_reaches_over_all_its_rows(fonts: FontBook) -> None:
    shaded = BEGUN.format("top") + '<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/>'
    rows = [row(cell("类", properties=shaded), "项1")]
    rows += [row(cell("", properties=GOES_ON), f"项{number}") for number in (2, 3)]
    page = lay_out_docx(word_file(table(*rows)), fonts).pages[0]

    grounds = sorted((rule.y, rule.height) for rule in page.rules() if rule.width > 100 and rule.height > 10)
    assert len(grounds) == 3
    places = [y for fragment, _, y in page.placed for rule in fragment.rules if rule.width > 100 and rule.height > 10]
    assert places == sorted(set(places))
