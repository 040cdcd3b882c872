"""The measure beside Word's own page marks: where they stand, and how high a page of Word's is here."""

from __future__ import annotations

from itertools import pairwise

import pytest
from faithfulness.building import A4, inline, paragraph, row, run, table, word_file
from faithfulness.word_marks import WordPage, endless_sections, marks_of, measure, pages_between

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx

MARK = "<w:r><w:lastRenderedPageBreak/></w:r>"
EXACT = '<w:spacing w:line="400" w:lineRule="exact"/><w:widowControl w:val="0"/>'
PITCH, ROOM = 20.0, 697.9


def lines(first: int, count: int) -> str:
    """Paragraphs of one line of 20 pt each, every one with a text of its own."""
    return "".join(paragraph(run(f"第{number:03}条安全"), properties=EXACT) for number in range(first, first + count))


def marked(number: int, inner: str = MARK) -> str:
    """A paragraph that Word began a page with."""
    return paragraph(inner + run(f"第{number:03}条安全"), properties=EXACT)


def full_pages(document: bytes, fonts: FontBook) -> list[WordPage]:
    """The pages of Word's found in a file."""
    with endless_sections() as sections:
        lay_out_docx(document, fonts)
    return pages_between(sections, marks_of(document))


def test_marks_are_read_where_they_stand_in_the_text_and_those_in_boxes_are_not() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(MARK + run('盒'))}</w:txbxContent></w:pict></w:r>"
    marks = marks_of(word_file(paragraph(run("一 二")), paragraph(box + run("三") + MARK + run("四")), section=A4))

    assert (marks.text, marks.places) == ("一二三四", (3,))


def test_a_page_that_word_filled_has_the_height_its_lines_have_here(fonts: FontBook) -> None:
    body = (lines(0, 34), marked(34), lines(35, 33), marked(68), lines(69, 29), marked(98), lines(99, 3))
    second, third = full_pages(word_file(*body, section=A4), fonts)

    assert second.height == pytest.approx(34 * PITCH)
    assert second.room == pytest.approx(ROOM, abs=0.1)
    assert second.off == 0
    assert third.height == pytest.approx(30 * PITCH)
    assert third.off == pytest.approx(31 * PITCH - ROOM, abs=0.1)


def test_pages_ended_by_force_are_not_counted(fonts: FontBook) -> None:
    forced = paragraph(MARK + run("第050条安全"), properties=EXACT + "<w:pageBreakBefore/>")

    assert not full_pages(word_file(lines(0, 20), marked(20), lines(21, 29), forced, lines(51, 3), section=A4), fonts)


def test_a_row_parted_by_word_with_a_mark_in_each_cell_begins_one_page(fonts: FontBook) -> None:
    halves = [f"{lines(at, 20)}{marked(at + 20)}{lines(at + 21, 10)}" for at in (100, 200)]
    document = word_file(lines(0, 15), table(row(*halves), columns=(4000, 4000)), section=A4)

    found = measure(document, fonts)

    assert found is not None
    assert (found.pages, found.ours) == (2, 2)


def test_files_without_marks_have_no_word_of_words_pages(fonts: FontBook) -> None:
    assert measure(word_file(lines(0, 80), section=A4), fonts) is None


def test_a_mark_whose_text_stands_twice_is_found_where_it_is_due(fonts: FontBook) -> None:
    same = paragraph(run("同样的话说了又说"), properties=EXACT)
    body = same * 30 + paragraph(MARK + run("同样的话说了又说"), properties=EXACT)
    found = full_pages(word_file(marked(0), body, same * 33, marked(99), section=A4), fonts)

    assert [page.first for page in found] == [0, 31]
    assert all(one.end == two.first for one, two in pairwise(found))


def test_a_picture_a_page_begins_with_belongs_to_that_page(fonts: FontBook) -> None:
    picture = paragraph(MARK + inline(60, 40), properties=EXACT.replace("400", "4000"))
    body = (marked(0), lines(1, 30), picture, marked(31, ""), lines(32, 20), marked(60))

    assert [page.end for page in full_pages(word_file(*body, section=A4), fonts)] == [31, 53]


def test_empty_paragraphs_above_a_mark_may_stand_on_either_page(fonts: FontBook) -> None:
    empty = paragraph(properties=EXACT)
    body = (marked(0), lines(1, 33), empty * 3, marked(34), lines(35, 33), marked(68))
    first, second = full_pages(word_file(*body, section=A4), fonts)

    assert (first.blank, second.ahead) == (pytest.approx(3 * PITCH), pytest.approx(3 * PITCH))
    assert first.off == second.off == 0
