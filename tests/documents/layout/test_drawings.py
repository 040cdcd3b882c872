"""Drawings of Windows programs (EMF, WMF) in a document: they stand where pictures stand, their text can be selected."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from faithfulness.building import anchored, cell, inline, paragraph, picture, row, run, table, word_file
from support.laid_out import pictures
from support.metafiles import MM, emf, font, holding, numbers, points, select, text

from anjian_desktop.documents.certificate_press import set_pictures
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, Typesetter, lay_out_docx
from anjian_desktop.documents.pdf import PdfFamily, PdfWriter
from anjian_desktop.domain.layout_kinds import PHOTO

DRAWN = emf(
    points(4, (0, 0), (1000, 500)),
    font(1, -50, "宋体"),
    select(1),
    numbers(22, 24),
    text(200, 250, "巡查流程", [50] * 4),
)
NAMED = "无法识别或链接的图片（留出空白）"


def laid_out(fonts: FontBook, *body: str, picture: bytes = DRAWN) -> LaidOut:
    return lay_out_docx(holding(word_file(*body), picture), fonts)


def written(found: LaidOut, fonts: FontBook) -> bytes:
    out = BytesIO()
    with PdfWriter(out, fonts, title="图") as writer:
        writer.add(found)
    return out.getvalue()


def letter_place(data: bytes, letter: str) -> tuple[float, float]:
    """The left and the lower edge of a letter on the first page (pt)."""
    page = pypdfium2.PdfDocument(data)[0]
    words = page.get_textpage()
    left, bottom, _, _ = words.get_charbox(words.get_text_range().index(letter), loose=True)
    return left, page.get_height() - bottom


@pytest.mark.parametrize("bearer", [inline(50, 25), anchored(50, 25, 0, 20)], ids=["in the line", "floating"])
def test_a_drawing_stands_where_its_picture_does_and_is_scaled_to_it(fonts: FontBook, bearer: str) -> None:
    found = laid_out(fonts, paragraph(bearer))

    assert found.not_laid_out == ()
    x, y, one = pictures(found.pages[0])[0]
    assert (one.picture.width, one.picture.height) == pytest.approx((50 * MM, 25 * MM), abs=0.01)
    left, baseline = letter_place(written(found, fonts), "巡")
    # Drawn at (20, 25) mm of 100 by 50 mm, shown at half its size.
    assert left == pytest.approx(x + 10 * MM, abs=0.5)
    assert baseline == pytest.approx(y + 12.5 * MM, abs=2.5)


def test_a_drawing_stands_in_a_cell_too(fonts: FontBook) -> None:
    found = laid_out(fonts, table(row(cell(paragraph("甲")), cell(paragraph(inline(30, 15)))), columns=(3000, 3000)))

    assert pictures(found.pages[0])[0][2].picture.drawing is not None
    assert "巡查流程" in pypdfium2.PdfDocument(written(found, fonts))[0].get_textpage().get_text_range()


def test_a_drawing_shown_often_is_written_once(fonts: FontBook) -> None:
    once = written(laid_out(fonts, paragraph(inline(30, 15))), fonts)
    often = written(laid_out(fonts, *[paragraph(inline(30, 15))] * 5), fonts)

    assert once.count(b"/Subtype/Form") == often.count(b"/Subtype/Form") == 1


def test_files_of_a_family_hold_the_letters_of_drawings(fonts: FontBook) -> None:
    found = laid_out(fonts, paragraph(run("字"), inline(50, 25)))
    family = PdfFamily(fonts)
    out = BytesIO()
    family.write(out, found, title="图")

    assert "巡查流程" in pypdfium2.PdfDocument(out.getvalue())[0].get_textpage().get_text_range()


def test_a_damaged_drawing_leaves_its_room_and_is_named(fonts: FontBook) -> None:
    found = laid_out(fonts, paragraph(inline(50, 25)), picture=DRAWN[:-30])

    assert [one.feature for one in found.not_laid_out] == [NAMED]
    assert pictures(found.pages[0])[0][2].picture.width == pytest.approx(50 * MM, abs=0.01)


def test_what_of_a_drawing_is_not_drawn_is_named(fonts: FontBook) -> None:
    data = emf(points(4, (0, 0), (1000, 500)), numbers(79, 0))
    found = laid_out(fonts, paragraph(inline(50, 25)), picture=data)

    assert [one.feature for one in found.not_laid_out] == ["图片里的部分内容（EMF、WMF）"]


def cut_and_turned(crop: str = "", rot: str = "") -> str:
    bearer = inline(50, 25).replace("<a:stretch>", f"{crop}<a:stretch>")
    return bearer.replace("<a:xfrm>", f"<a:xfrm {rot}>")


def test_what_is_cut_off_a_drawing_is_not_shown_and_the_rest_fills_its_place(fonts: FontBook) -> None:
    found = laid_out(fonts, paragraph(cut_and_turned('<a:srcRect l="10000" t="20000" r="50000" b="20000"/>')))

    x, y, _ = pictures(found.pages[0])[0]
    left, baseline = letter_place(written(found, fonts), "巡")
    # At (20, 25) mm of 100 by 50, of which 10 to 50 and 10 to 40 fill 50 by 25 mm.
    assert left == pytest.approx(x + 12.5 * MM, abs=0.5)
    assert baseline == pytest.approx(y + 12.5 * MM, abs=4)


def test_a_drawing_turned_by_a_quarter_reads_downwards(fonts: FontBook) -> None:
    found = laid_out(fonts, paragraph(cut_and_turned(rot='rot="5400000"')))

    data = written(found, fonts)
    first, last = letter_place(data, "巡"), letter_place(data, "程")
    assert last[1] - first[1] == pytest.approx(7.5 * MM, abs=1) and last[0] == pytest.approx(first[0], abs=1)


def test_a_letter_of_a_drawing_that_no_font_holds_is_named(fonts: FontBook) -> None:
    data = emf(points(4, (0, 0), (1000, 500)), font(1, -50, "宋体"), select(1), text(200, 250, "第\U0001f600章"))
    found = laid_out(fonts, paragraph(inline(50, 25)), picture=data)

    assert [(one.feature, one.place) for one in found.not_laid_out] == [
        ("没有字体能打印的字「\U0001f600」（印成方框）", "图片里的“第\U0001f600章”")
    ]


def test_the_photo_takes_the_place_of_a_drawing(fonts: FontBook) -> None:
    bearer = inline(35, 49).replace('<wp:docPr id="1" name="p"/>', f'<wp:docPr id="1" name="p" descr="{PHOTO}"/>')
    page = set_pictures(laid_out(fonts, paragraph(bearer)).pages[0], photo=picture(35, 49))

    (_, _, one) = pictures(page)[0]
    assert one.picture.drawing is None and one.picture.data == picture(35, 49)


def test_what_is_laid_out_once_and_filled_is_what_is_laid_out_whole(fonts: FontBook) -> None:
    template = holding(word_file(paragraph(run("{{名称}}"), inline(50, 25)), paragraph(run("{{地址}}"))), DRAWN)
    kept = Typesetter(template, fonts)
    for name in ("示例厂", "某某有限公司"):
        values = {"名称": name, "地址": "镇东路1号"}
        fresh = Typesetter(template, fonts).lay_out(values)
        assert written(kept.lay_out(values), fonts) == written(fresh, fonts)
