"""Blocks one below another: the blanks between them, what no page may part, what begins a page."""

from __future__ import annotations

import pytest

from anjian_desktop.documents.layout.laid_out import Fragment
from anjian_desktop.documents.layout.typesetting.lines import Measured
from anjian_desktop.documents.layout.typesetting.piles import MeasuredTable, stack, stacked_spots, strip
from anjian_desktop.documents.layout.typesetting.rows import MeasuredRow


def lines(*heights: float, before: float = 0.0, after: float = 0.0, style: str = "", contextual: bool = False,
          starts_page: bool = False) -> Measured:  # fmt: skip
    fragments = tuple(Fragment(()) for _ in heights)
    return Measured(fragments, heights, (False,) * len(heights), before, after, style, contextual, starts_page)


def table(*heights: float, header: int = 0, before: float = 0.0) -> MeasuredTable:
    rows = tuple(MeasuredRow(Fragment(()), height, n < header, False, None) for n, height in enumerate(heights))
    return MeasuredTable(rows, before=before)


def tops(*blocks: Measured | MeasuredTable, add_spaces: bool = False) -> list[float]:
    return [top for _, top, _ in stack(blocks, add_spaces=add_spaces)[0]]


def test_between_two_paragraphs_stands_the_larger_of_their_spaces() -> None:
    assert tops(lines(10, after=6), lines(10, before=4)) == [0, 16]
    assert tops(lines(10, after=4), lines(10, before=6)) == [0, 16]


def test_files_that_add_them_have_both_spaces() -> None:
    assert tops(lines(10, after=6), lines(10, before=4), add_spaces=True) == [0, 20]


def test_of_paragraphs_of_one_style_each_gives_up_its_own_space_that_asks_for_it() -> None:
    first, tight = lines(10, after=6, style="条目"), lines(10, after=6, style="条目", contextual=True)

    assert tops(tight, lines(10, before=4, style="条目", contextual=True)) == [0, 10]
    assert tops(first, lines(10, before=4, style="条目", contextual=True)) == [0, 16]
    assert tops(tight, lines(10, before=4, style="别的", contextual=True)) == [0, 16]


def test_space_after_a_paragraph_stands_above_a_table_and_counts_at_the_foot() -> None:
    assert tops(lines(10, after=6), table(20, 20)) == [0, 16, 36]
    assert stack([lines(10, after=6)], add_spaces=False)[1] == 16


def test_a_lowered_table_has_its_blank_above_the_first_row_alone() -> None:
    assert tops(lines(10), table(20, 20, before=30)) == [0, 40, 60]


def test_heading_rows_stay_with_the_row_after_them() -> None:
    assert strip([table(20, 20, 20, header=2)], add_spaces=False).sticks == [True, True, False]


def test_a_paragraph_that_begins_a_page_is_known_unless_it_is_the_first() -> None:
    begun = lines(10, starts_page=True)
    pile = strip([begun, lines(10), begun], add_spaces=False)
    assert (pile.starts, pile.pages) == ({2}, {2})


def test_each_line_and_row_is_told_with_its_block_and_its_number_there() -> None:
    spots = stacked_spots([lines(10, 10), table(20, 30)], add_spaces=False)

    assert [(spot.block, spot.number) for spot in spots] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [spot.y for spot in spots] == pytest.approx([0, 10, 20, 40])
