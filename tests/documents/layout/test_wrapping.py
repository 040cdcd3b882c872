"""Lines of a paragraph set between obstacles: order of the stretches, blanks above, nothing lost."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout.model import Align, Grid, Paragraph, ParagraphFormat, Piece, RunFormat
from anjian_desktop.documents.layout.settings import Settings
from anjian_desktop.documents.layout.typesetting.lines import Measure, Measured, measure_paragraph
from anjian_desktop.documents.layout.typesetting.type_styles import TypeCase
from anjian_desktop.documents.layout.typesetting.wrapping import NARROWEST, Obstacle, blank_above

WIDTH = 400.0
TEXT = "".join(bytes((0xB0 + number // 94, 0xA1 + number % 94)).decode("gb2312") for number in range(120))


@cache
def _case() -> TypeCase:
    return TypeCase(FontBook.bundled_only())


def measured(text: str, *obstacles: Obstacle) -> Measured:
    piece = (Piece(text, RunFormat(size=10.0)),) if text else ()
    paragraph = Paragraph(ParagraphFormat(align=Align.START), piece, RunFormat(size=10.0), "", "")
    measure = Measure(WIDTH, Grid(), Settings(), _case())
    return measure_paragraph(paragraph, measure, lasting=False, around=(obstacles,))[0]


def test_text_reads_from_the_left_of_an_obstacle_to_its_right() -> None:
    first = measured(TEXT, Obstacle(0.0, 12.0, 150.0, 250.0)).fragments[0]

    left, right = first.runs
    assert (left.text + right.text, left.x) == (TEXT[: len(left.text) + len(right.text)], 0.0)
    assert left.x + 10 * len(left.text) <= 150 and right.x >= 250


def test_a_line_with_no_place_beside_an_obstacle_begins_below_it() -> None:
    first = measured(TEXT, Obstacle(-5.0, 30.0, 10.0, 390.0))

    assert first.heights[0] > 30
    assert first.fragments[0].runs[0].y > 30


def test_an_empty_paragraph_stands_below_an_obstacle_too() -> None:
    free, pushed = measured(""), measured("", Obstacle(0.0, 50.0, 0.0, WIDTH))

    assert pushed.heights[0] - free.heights[0] == 50


def test_the_blank_above_an_empty_line_is_none_where_there_is_room() -> None:
    assert blank_above((Obstacle(0.0, 50.0, 0.0, WIDTH - NARROWEST - 1),), 0.0, 10.0, 0.0, WIDTH) == 0.0
    assert blank_above((Obstacle(0.0, 50.0, 0.0, WIDTH - NARROWEST + 1),), 0.0, 10.0, 0.0, WIDTH) == 50.0


obstacles = st.lists(
    st.builds(
        lambda top, tall, left, wide: Obstacle(top, top + tall, left, left + wide),
        st.floats(-20, 200), st.floats(1, 120), st.floats(-50, 380), st.floats(5, 450),
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 120), obstacles)
def test_whatever_is_in_the_way_no_character_is_lost_or_changes_its_order(length: int, ways: list[Obstacle]) -> None:
    found = measured(TEXT[:length], *ways)

    assert "".join(fragment.text for fragment in found.fragments) == TEXT[:length]


@settings(max_examples=60, deadline=None)
@given(obstacles)
def test_no_text_stands_in_an_obstacle(ways: list[Obstacle]) -> None:
    found = measured(TEXT, *ways)

    top = 0.0
    for fragment, height in zip(found.fragments, found.heights, strict=True):
        for run in fragment.runs:
            begin, end, middle = run.x, run.x + 10 * len(run.text), top + run.y - 4
            for way in ways:
                if way.top + 1 < middle < way.bottom - 1:
                    assert end <= way.left + 11 or begin >= way.right - 0.1  # a mark may hang out
        top += height
