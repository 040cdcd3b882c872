"""Sections in columns: where text begins and ends in them, and what stands beside a column break."""

from __future__ import annotations

import pytest
from faithfulness.building import A4, paragraph, run, section_break, word_file
from support.laid_out import place_of

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Page, lay_out_docx

LEFT, NARROW = 1800 / 20, 2500 / 20
UNEVEN = A4 + '<w:cols w:num="2" w:equalWidth="0"><w:col w:w="2500" w:space="400"/><w:col w:w="5400"/></w:cols>'
COLUMN_BREAK = '<w:r><w:br w:type="column"/></w:r>'


def page_of(fonts: FontBook, *body: str) -> Page:
    return lay_out_docx(word_file(*body, section_break(UNEVEN), section=A4), fonts).pages[0]


def test_text_set_to_the_right_of_a_narrow_column_keeps_its_indent_there(fonts: FontBook) -> None:
    right = '<w:ind w:right="400"/><w:jc w:val="right"/>'
    page = page_of(fonts, paragraph("甲", properties='<w:jc w:val="right"/>'), paragraph("乙", properties=right))

    edge, indented = place_of(page, "甲"), place_of(page, "乙")
    assert LEFT < edge[0] < LEFT + NARROW
    assert edge[0] - indented[0] == pytest.approx(20, abs=0.1)


def test_lines_of_a_narrow_column_end_before_the_indent(fonts: FontBook) -> None:
    page = page_of(fonts, paragraph("国" * 30), paragraph("安" * 30, properties='<w:ind w:right="420"/>'))

    longest = {sign: max(run.text.count(sign) for run in page.runs()) for sign in "国安"}
    assert longest["安"] == longest["国"] - 2


def test_a_column_break_alone_in_its_paragraph_leaves_an_empty_line_in_the_next_column(fonts: FontBook) -> None:
    page = page_of(fonts, paragraph("甲"), paragraph("乙"), paragraph(COLUMN_BREAK), paragraph("丙"))

    assert place_of(page, "丙")[0] > LEFT + NARROW
    assert place_of(page, "丙")[1] > place_of(page, "甲")[1] + 10


def test_a_column_break_before_text_leaves_nothing_in_either_column(fonts: FontBook) -> None:
    broken = page_of(fonts, paragraph("甲"), paragraph(COLUMN_BREAK + run("乙")), paragraph("丙"))

    assert place_of(broken, "乙")[1] == pytest.approx(place_of(broken, "甲")[1], abs=0.01)
    assert place_of(broken, "乙")[0] > LEFT + NARROW


def test_what_follows_the_columns_stands_right_below_the_longer_one(fonts: FontBook) -> None:
    whole = A4 + '<w:type w:val="continuous"/>'

    def below(*body: str) -> float:
        data = word_file(*body, section_break(UNEVEN), paragraph("后"), section=whole)
        return place_of(lay_out_docx(data, fonts).pages[0], "后")[1]

    lines = [paragraph("甲"), paragraph("乙"), paragraph("丁")]
    assert below(*lines, paragraph(COLUMN_BREAK), paragraph("丙")) == pytest.approx(
        below(*lines, paragraph(COLUMN_BREAK + run("丙"))), abs=0.01
    )
