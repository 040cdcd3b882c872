"""Text runs round what floats on its page: beside it, below it, on the side that is asked, and tables below it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from faithfulness.building import A4, anchored, chinese, paragraph, row, run, section_break, table, word_file
from faithfulness.drawing_parts import shape
from support.laid_out import pictures, place_of

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import GlyphRun, Page, lay_out_docx

LEFT, RIGHT = 90.0, (11906 - 1800) / 20
MM = 72 / 25.4
TEXT_WIDTH, DISTANCE = (11906 - 3600) / 20, 114300 / 36000
SQUARE = '<wp:wrapSquare wrapText="{}"/>'


def page_of(fonts: FontBook, wrap: str, x_mm: float, *after: str, wide: float = 40) -> Page:
    bearer = paragraph(anchored(wide, 30, x_mm, 0, wrap), run(chinese(1, 400)))
    return lay_out_docx(word_file(bearer, *after, section=A4), fonts).pages[0]


def beside(page: Page) -> list[GlyphRun]:
    """The runs on the height of the picture's middle."""
    _, top, one = pictures(page)[0]
    middle = top + one.picture.height / 2
    return [found for found in page.runs() if abs(found.y - middle) < 8]


def ends(found: GlyphRun) -> float:
    return found.x + found.size * len(found.text)


def test_text_stands_right_of_a_picture_at_the_left_edge(fonts: FontBook) -> None:
    lines = beside(page_of(fonts, SQUARE.format("bothSides"), 0))

    assert lines and all(line.x >= LEFT + 40 * MM for line in lines)


def test_text_stands_on_both_sides_of_a_picture_in_the_middle(fonts: FontBook) -> None:
    lines = beside(page_of(fonts, SQUARE.format("bothSides"), 50))

    assert {line.x < LEFT + 50 * MM for line in lines} == {True, False}
    assert all(ends(line) <= LEFT + 50 * MM + 6 or line.x >= LEFT + 90 * MM for line in lines)


@pytest.mark.parametrize(("side", "left"), [("left", True), ("right", False)])
def test_text_stands_only_on_the_side_that_is_asked(fonts: FontBook, side: str, left: bool) -> None:
    lines = beside(page_of(fonts, SQUARE.format(side), 55))

    assert lines and {line.x < LEFT + 55 * MM for line in lines} == {left}


def test_of_two_sides_the_larger_one_is_taken_where_that_is_asked(fonts: FontBook) -> None:
    lines = beside(page_of(fonts, SQUARE.format("largest"), 30))

    assert lines and all(line.x >= LEFT + 70 * MM for line in lines)


def test_no_text_stands_beside_a_picture_that_parts_the_text(fonts: FontBook) -> None:
    page = page_of(fonts, "<wp:wrapTopAndBottom/>", 30)

    assert beside(page) == []
    _, top, one = pictures(page)[0]
    assert any(found.y > top + one.picture.height for found in page.runs())


@pytest.mark.parametrize(("gap", "holds"), [(14, False), (16, True)])
def test_a_place_narrower_than_fifteen_points_holds_no_text(fonts: FontBook, gap: float, holds: bool) -> None:
    lines = beside(page_of(fonts, SQUARE.format("bothSides"), gap / MM + DISTANCE))

    assert lines and any(line.x < LEFT + 20 for line in lines) == holds


def test_of_two_even_sides_the_left_one_is_taken(fonts: FontBook) -> None:
    middle = (TEXT_WIDTH / MM - 40) / 2
    lines = beside(page_of(fonts, SQUARE.format("largest"), middle))

    assert lines and all(line.x < LEFT + middle * MM for line in lines)


def test_text_goes_on_at_full_width_below_the_picture(fonts: FontBook) -> None:
    page = page_of(fonts, SQUARE.format("bothSides"), 0)
    _, top, one = pictures(page)[0]

    below = [found for found in page.runs() if found.y > top + one.picture.height + 12]
    assert below and min(found.x for found in below) == pytest.approx(LEFT)


def test_a_picture_over_the_text_moves_nothing(fonts: FontBook) -> None:
    plain = lay_out_docx(word_file(paragraph(run(chinese(1, 400))), section=A4), fonts).pages[0]
    over = page_of(fonts, "<wp:wrapNone/>", 0)

    assert [(found.text, found.x, found.y) for found in over.runs()] == [
        (found.text, found.x, found.y) for found in plain.runs()
    ]


def test_the_paragraph_after_runs_round_the_picture_too(fonts: FontBook) -> None:
    bearer = paragraph(anchored(40, 60, 0, 0, SQUARE.format("bothSides")), run("短"))
    page = lay_out_docx(word_file(bearer, paragraph(chinese(2, 200)), section=A4), fonts).pages[0]

    following = [found for found in page.runs() if found.text != "短"]
    assert following[0].x >= LEFT + 40 * MM


def test_a_table_stands_below_what_is_in_its_way(fonts: FontBook) -> None:
    bearer = paragraph(anchored(40, 40, 0, 0, SQUARE.format("bothSides")), run("短"))
    body = table(row("甲", "乙"), columns=(4148, 4148))
    page = lay_out_docx(word_file(bearer, body, section=A4), fonts).pages[0]

    _, top, one = pictures(page)[0]
    assert place_of(page, "甲")[1] > top + one.picture.height


def test_a_shape_keeps_the_text_away_like_a_picture(fonts: FontBook) -> None:
    bearer = paragraph(shape("注意", 0, 2, 40, 30, "rect", wrap="square"), run(chinese(3, 300)))
    page = lay_out_docx(word_file(bearer, section=A4), fonts).pages[0]

    words = place_of(page, "注意")
    lines = [found for found in page.runs() if abs(found.y - words[1]) < 20 and found.text != "注意"]
    assert lines and all(line.x >= LEFT + 40 * MM for line in lines)


def test_lines_change_their_width_with_the_column_they_fall_in(fonts: FontBook) -> None:
    uneven = A4 + '<w:cols w:num="2" w:equalWidth="0"><w:col w:w="5000" w:space="400"/><w:col w:w="2900"/></w:cols>'
    data = word_file(*[paragraph(chinese(n, 260)) for n in range(12)], section_break(uneven), section=A4)
    page = lay_out_docx(data, fonts).pages[0]

    def longest(columns: set[bool]) -> int:
        return max(len(part.text) for part, x, _ in page.placed if (x > LEFT + 200) in columns)

    assert longest({False}) > 22 > longest({True}) > 10


def test_a_line_is_not_parted_by_what_hangs_on_the_paragraph_it_would_push_away(fonts: FontBook) -> None:
    hanging = shape("", 60, 1, 40, 20, "rect", "square").replace('distT="0"', 'distT="127000"')
    body = paragraph(run("安全生产责任制" * 5)), paragraph(hanging, run("后"))
    page = lay_out_docx(word_file(*body, section=A4), fonts).pages[0]

    lines = {round(one.y) for one in page.runs() if "安全" in one.text}
    assert len(lines) == 1


@pytest.mark.parametrize(("gap", "holds"), [(8, False), (14, True)])
def test_in_files_read_as_they_are_any_place_that_a_character_fits_in_holds_text(
    reading_fonts: FontBook, gap: float, holds: bool
) -> None:
    lines = beside(page_of(reading_fonts, SQUARE.format("bothSides"), gap / MM + DISTANCE))

    assert lines and any(line.x < LEFT + 20 for line in lines) == holds


def test_what_stands_on_a_page_pushes_the_text_before_its_paragraph_down_once(fonts: FontBook) -> None:
    before = [paragraph(run(f"第{number}条", '<w:sz w:val="44"/>')) for number in range(9)]
    picture = anchored(60, 80, 30, 26, "<wp:wrapTopAndBottom/>")
    picture = picture.replace('<wp:positionV relativeFrom="paragraph">', '<wp:positionV relativeFrom="page">')
    body = [*before, paragraph(picture, run("图示"))]
    document = lay_out_docx(word_file(*body, section=A4), fonts)

    assert len(document.pages) == 1
    _, top, one = pictures(document.pages[0])[0]
    places = [found.y for found in document.pages[0].runs()]
    steps = {round(low - high, 1) for high, low in pairwise(places[:9])}
    assert places[0] > top + one.picture.height
    assert len(steps) == 1


TIGHT = (
    '<wp:wrapTight wrapText="bothSides"><wp:wrapPolygon edited="0"><wp:start x="2160" y="0"/><wp:lineTo x="2160" y="21600"/>'
    '<wp:lineTo x="16200" y="21600"/><wp:lineTo x="16200" y="0"/><wp:lineTo x="2160" y="0"/></wp:wrapPolygon></wp:wrapTight>'
)


def test_text_comes_as_near_as_the_points_it_is_to_run_round(fonts: FontBook) -> None:
    square, tight = (beside(page_of(fonts, wrap, 0)) for wrap in (SQUARE.format("bothSides"), TIGHT))

    assert square[0].x - tight[0].x == pytest.approx(40 * MM / 4, abs=0.1)


@pytest.mark.parametrize(
    ("indents", "first", "others"),
    [('w:firstLine="480"', 24, 0), ('w:left="480"', 24, 24), ('w:left="480" w:hanging="480"', 0, 24)],
)
def test_beside_a_picture_at_the_left_edge_indents_count_from_the_picture(
    fonts: FontBook, indents: str, first: float, others: float
) -> None:
    edge = LEFT + 40 * MM + DISTANCE * MM

    assert begun(fonts, indents) == pytest.approx([edge + first, edge + others], abs=0.2)


def test_an_indent_that_ends_beyond_the_picture_counts_from_the_edge(fonts: FontBook) -> None:
    assert begun(fonts, 'w:left="3000"') == pytest.approx([LEFT + 150, LEFT + 150], abs=0.2)


def test_beside_a_picture_that_begins_inside_the_line_indents_do_not_count_again(fonts: FontBook) -> None:
    edge = LEFT + 45 * MM + DISTANCE * MM

    assert begun(fonts, 'w:firstLine="480"', 5) == pytest.approx([edge, edge], abs=0.2)


def begun(fonts: FontBook, indents: str, x_mm: float = 0) -> list[float]:
    """Where the first two lines of a paragraph with these indents begin beside a picture at the left edge."""
    bearer = paragraph(anchored(40, 60, x_mm, 0, SQUARE.format("bothSides")), run("上"))
    text = paragraph(run(chinese(1, 200)), properties=f"<w:ind {indents}/>")
    page = lay_out_docx(word_file(bearer, text, section=A4), fonts).pages[0]
    starts: dict[float, float] = {}
    for found in page.runs():
        if found.text != "上":
            starts[found.y] = min(found.x, starts.get(found.y, found.x))
    return [starts[y] for y in sorted(starts)][:2]


@pytest.fixture(params=["fonts", "reading_fonts"])
def either(request: pytest.FixtureRequest) -> FontBook:
    """The fonts of both ways to set lines."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, FontBook)
    return found


PARTING = "<wp:wrapTopAndBottom/>"
PAPER = 16838 / 20
TALL = [paragraph("上文", properties='<w:spacing w:line="600" w:lineRule="exact"/>')] * 20
"""Text that leaves about 100 pt at the foot of a page."""


def test_a_paragraph_goes_to_the_next_page_with_a_picture_the_paper_has_no_room_for(either: FontBook) -> None:
    bearer = paragraph(anchored(60, 80, 30, 12, PARTING), run("图示"))
    first, second = lay_out_docx(word_file(*TALL, bearer, section=A4), either).pages

    assert len(list(first.runs())) == 20 and not pictures(first)
    assert [found.text for found in second.runs()] == ["图示"]
    assert place_of(second, "图示")[1] < pictures(second)[0][1]


def test_every_picture_without_room_takes_its_paragraph_along_and_no_other_does(either: FontBook) -> None:
    bearer = paragraph(anchored(60, 80, 30, 12, PARTING), run("图示"))
    filling = [paragraph("下文", properties='<w:spacing w:line="600" w:lineRule="exact"/>')] * 12
    body = [*TALL, bearer, *filling, paragraph(anchored(60, 80, 30, 12, PARTING), run("图例")), *filling]
    found = lay_out_docx(word_file(*body, section=A4), either).pages

    assert [len(pictures(page)) for page in found] == [0, 1, 1]
    assert [len(list(page.runs())) for page in found] == [20, 13, 13]


def test_a_picture_that_reaches_below_the_paper_is_raised_below_the_paragraph_it_hangs_on(either: FontBook) -> None:
    bearer = paragraph(anchored(60, 80, 30, 220, PARTING), run("图示"))
    page = lay_out_docx(word_file(bearer, section=A4), either).pages[0]

    _, top, one = pictures(page)[0]
    assert top + one.picture.height == pytest.approx(PAPER, abs=0.1)
    assert place_of(page, "图示")[1] < top
