"""What hangs on a paragraph counts from the blank above it, and text that gives way to it takes that blank along."""

from __future__ import annotations

import pytest
from faithfulness.building import A4, anchored, cell, chinese, paragraph, row, run, table, text_box, word_file
from support.laid_out import pictures, place_of

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx

MM = 72 / 25.4
PARTS = "<wp:wrapTopAndBottom/>"
TOP = 72.0
TALL = 20.0
LINE = f'<w:snapToGrid w:val="0"/><w:spacing w:line="{TALL * 20:.0f}" w:lineRule="exact"'


def set_in(fonts: FontBook, *body: str) -> LaidOut:
    return lay_out_docx(word_file(*body, section=A4), fonts)


def spaced(*runs: str, before: float = 0, after: float = 0) -> str:
    return paragraph(*runs, properties=f'{LINE} w:before="{before * 20:.0f}" w:after="{after * 20:.0f}"/>')


def picture(down: float) -> str:
    """A picture of 30 mm that lets no text beside it, so many pt below its paragraph's place."""
    return anchored(40, 30, 10, down / MM, PARTS)


def top_of_line(found: LaidOut, text: str) -> float:
    """Where a line stands, from the place the first line of a page has."""
    return next(one.y for page in found.pages for one in page.runs() if one.text.startswith(text)) - 0.8 * TALL


@pytest.mark.parametrize(("before", "after", "lead"), [(12, 0, 0), (0, 10, 10), (12, 10, 10), (10, 12, 12)])
def test_a_picture_counts_from_the_blank_of_its_own_paragraph(
    reading_fonts: FontBook, before: float, after: float, lead: float
) -> None:
    found = set_in(reading_fonts, spaced(run("甲"), after=after), spaced(picture(0), run("乙"), before=before))

    assert pictures(found.pages[0])[0][1] == pytest.approx(TOP + TALL + lead, abs=0.1)


def test_a_picture_at_the_top_of_the_text_counts_from_there(reading_fonts: FontBook) -> None:
    found = set_in(reading_fonts, spaced(picture(0), run("甲"), before=12))

    assert pictures(found.pages[0])[0][1] == pytest.approx(TOP, abs=0.1)


@pytest.mark.parametrize(("before", "after"), [(0, 0), (12, 0), (0, 10), (12, 10)])
def test_text_below_a_picture_keeps_the_blank_above_it(reading_fonts: FontBook, before: float, after: float) -> None:
    found = set_in(reading_fonts, spaced(picture(TALL + 2), run("甲"), after=after), spaced(run("乙"), before=before))

    foot = pictures(found.pages[0])[0][1] + 30 * MM
    assert top_of_line(found, "乙") == pytest.approx(foot + max(before, after), abs=0.2)


def test_a_paragraph_gives_way_though_only_the_foot_of_its_line_meets_the_picture(reading_fonts: FontBook) -> None:
    found = set_in(reading_fonts, spaced(picture(2 * TALL - 2)), spaced(run("甲")))

    assert top_of_line(found, "甲") >= pictures(found.pages[0])[0][1] + 30 * MM - 0.1


def test_the_blank_a_multiple_leaves_below_a_line_may_stand_behind_a_picture(reading_fonts: FontBook) -> None:
    wide = paragraph(picture(20), run("甲"), properties='<w:spacing w:line="720" w:lineRule="auto"/>')
    alone = paragraph(run("甲"), properties='<w:spacing w:line="720" w:lineRule="auto"/>')

    first, second = (next(set_in(reading_fonts, one).pages[0].runs()).y for one in (wide, alone))
    assert first == pytest.approx(second)


def test_a_paragraph_driven_off_a_page_by_its_own_picture_begins_the_next_one(reading_fonts: FontBook) -> None:
    before = [spaced(run(f"第{n}行")) for n in range(30)]
    heading = spaced(anchored(40, 100, 10, 22 / MM, PARTS), run("题"), before=10)
    found = set_in(reading_fonts, *before, heading, spaced(run(chinese(1, 60))))

    assert [any(one.text.startswith("题") for one in page.runs()) for page in found.pages] == [False, True]
    assert len(pictures(found.pages[1])) == 1


@pytest.mark.parametrize(("read_as_it_is", "height"), [(True, TALL + 7.2), (False, 40 * MM)])
def test_a_box_that_fits_its_text_is_as_high_as_that_where_files_are_read_as_they_are(
    fonts: FontBook, reading_fonts: FontBook, read_as_it_is: bool, height: float
) -> None:
    box = text_box(spaced(run("甲"), after=10), width_mm=40, height_mm=40, x_mm=10, y_mm=0)
    box = box.replace('bIns="45720"/>', 'bIns="45720"><a:spAutoFit/></wps:bodyPr>')
    page = set_in(reading_fonts if read_as_it_is else fonts, paragraph(box, run("乙"))).pages[0]

    assert max(rule.height for rule in page.rules()) == pytest.approx(height, abs=1)


def test_a_row_is_as_high_as_the_picture_in_it_reaches_where_files_are_read_as_they_are(
    fonts: FontBook, reading_fonts: FontBook
) -> None:
    over = anchored(20, 30, 10, 5)
    body = table(row(cell(spaced(over, run("甲"))), "乙"), row("丙", "丁"), columns=(4000, 4000))
    behind = body.replace('behindDoc="0"', 'behindDoc="1"')

    def begins(book: FontBook, one: str) -> float:
        page = set_in(book, one, paragraph("后")).pages[0]
        return next(found.y for found in page.runs() if found.text.startswith("丙"))

    assert begins(reading_fonts, body) == pytest.approx(begins(reading_fonts, behind) + 35 * MM - TALL, abs=1)
    assert begins(fonts, body) == pytest.approx(begins(fonts, behind))


def test_a_table_stands_below_a_picture_that_any_of_its_rows_would_meet(fonts: FontBook) -> None:
    body = table(*[row(f"第{n}行") for n in range(6)], columns=(4000,))
    found = set_in(fonts, spaced(picture(3 * TALL), run("甲")), body, paragraph("后"))

    foot = pictures(found.pages[0])[0][1] + 30 * MM
    assert min(one.y for one in found.pages[0].runs() if one.text.startswith("第")) > foot


def test_a_line_keeps_one_blank_above_it_below_pictures_one_below_the_other(reading_fonts: FontBook) -> None:
    lower = TALL + 2 + 30 * MM + 3  # right below the first one, in the blank that the next line keeps above it
    low = anchored(40, 5, 10, lower / MM, PARTS)
    empty = paragraph(properties=LINE + "/>")
    for following in ((spaced(run("乙")),), (empty, spaced(run("乙")))):
        found = set_in(reading_fonts, spaced(picture(TALL + 2), low, run("甲"), after=40), *following)

        foot = TOP + TALL + 2 + 30 * MM
        assert top_of_line(found, "乙") == pytest.approx(foot + 40 + TALL * (len(following) - 1), abs=0.2)


@pytest.mark.parametrize("part", ["header:default", "footer:default"])
def test_a_box_in_a_header_or_footer_counts_from_the_blank_above_its_paragraph(
    reading_fonts: FontBook, part: str
) -> None:
    def places(before: float) -> tuple[float, float]:
        edge = spaced(
            text_box(paragraph(run("框")), width_mm=30, height_mm=10, x_mm=60, y_mm=2), run("栏"), before=before
        )
        data = word_file(paragraph(run("甲")), section=A4, furniture={part: edge})
        page = lay_out_docx(data, reading_fonts).pages[0]
        box, line = place_of(page, "框")[1], place_of(page, "栏")[1]
        return box, line

    plain, lowered = places(0), places(12)
    assert (lowered[1] - lowered[0]) - (plain[1] - plain[0]) == pytest.approx(12, abs=0.1)
