"""Where the text of a section stands on its pages: at the top, in the middle, at the foot."""

from __future__ import annotations

import pytest
from support.laid_out import place_of
from support.word_files import paragraph, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx

ROOM = (6000 - 2000) / 20


def laid_out(fonts: FontBook, where: str, *body: str) -> LaidOut:
    page = (
        '<w:pgSz w:w="11906" w:h="6000"/><w:pgMar w:top="1000" w:right="1440" w:bottom="1000" w:left="1440"'
        f' w:header="500" w:footer="500" w:gutter="0"/><w:vAlign w:val="{where}"/>'
    )
    furniture = {"header:default": paragraph("页眉")}
    return lay_out_docx(word_file(*body, section=page, furniture=furniture), fonts)


def exact(text: str) -> str:
    return paragraph(text, properties='<w:spacing w:line="400" w:lineRule="exact"/>')


@pytest.mark.parametrize(("where", "share"), [("center", 0.5), ("bottom", 1.0)])
def test_text_stands_in_the_middle_or_at_the_foot_of_every_page_the_header_where_it_was(
    fonts: FontBook, where: str, share: float
) -> None:
    body = [exact(str(number)) for number in range(13)]  # ten lines of 20 pt fill a page
    above, moved = (laid_out(fonts, one, *body).pages for one in ("top", where))

    assert place_of(moved[0], "0") == pytest.approx(place_of(above[0], "0"))
    assert place_of(moved[1], "12")[1] - place_of(above[1], "12")[1] == pytest.approx(share * (ROOM - 60))
    assert place_of(moved[1], "页眉") == place_of(above[1], "页眉")


def test_nothing_but_text_that_fills_pages_from_top_to_bottom_is_named(fonts: FontBook) -> None:
    named = [[one.feature for one in laid_out(fonts, where, exact("甲")).not_laid_out] for where in ("center", "both")]
    assert named == [[], ["页面内容上下撑满"]]
