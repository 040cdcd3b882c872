"""Pictures, shapes, text boxes and groups of the newer kind: their places, their text, what is left blank and named."""

from __future__ import annotations

from io import BytesIO

import pytest
from faithfulness.building import A4, anchored, inline, paragraph, picture, run, text_box, word_file
from faithfulness.drawing_parts import group, picture_at, shape
from PIL import Image
from support.laid_out import pictures, place_of, reading

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, Page, lay_out_docx

MM = 72 / 25.4
LEFT, TOP, RIGHT = 90.0, 72.0, (11906 - 1800) / 20


def laid_out(fonts: FontBook, *body: str, section: str = A4) -> LaidOut:
    return lay_out_docx(word_file(*body, section=section), fonts)


def page(fonts: FontBook, *body: str) -> Page:
    return laid_out(fonts, *body).pages[0]


def moved(bearer: str, across: str, down: str) -> str:
    """The anchored picture of a run, placed otherwise."""
    begin, end = bearer.index("<wp:positionH"), bearer.index("</wp:positionV>") + len("</wp:positionV>")
    return bearer[:begin] + f"<wp:positionH {across}</wp:positionH><wp:positionV {down}</wp:positionV>" + bearer[end:]


def test_a_picture_in_the_line_makes_the_line_as_high_as_itself(fonts: FontBook) -> None:
    found = page(fonts, paragraph("上"), paragraph(run("前"), inline(30, 40), run("后")), paragraph("下"))

    x, y, one = pictures(found)[0]
    assert (one.picture.width, one.picture.height) == pytest.approx((30 * MM, 40 * MM), abs=0.01)
    assert x == pytest.approx(place_of(found, "前")[0] + 10.5) and place_of(found, "后")[0] == pytest.approx(
        x + 30 * MM
    )
    assert y + 40 * MM == pytest.approx(place_of(found, "前")[1], abs=0.5)
    assert place_of(found, "下")[1] > y + 40 * MM


def test_under_a_picture_alone_a_multiple_leaves_what_text_of_the_style_would_whatever_its_own_size(
    reading_fonts: FontBook,
) -> None:
    places = []
    for size in (21, 72):
        own = inline(30, 20).replace("<w:r>", f'<w:r><w:rPr><w:sz w:val="{size}"/></w:rPr>')
        multiple = paragraph(own, properties='<w:spacing w:line="480" w:lineRule="auto"/>')
        places.append(place_of(page(reading_fonts, multiple, paragraph("下")), "下")[1])

    assert places[0] == places[1] > TOP + 20 * MM + 20  # as LibreOffice 7.4 has it


@pytest.mark.parametrize("mode", ["fonts", "reading_fonts"])
def test_a_lowered_picture_reaches_below_the_line_of_its_text(mode: str, request: pytest.FixtureRequest) -> None:
    fonts = request.getfixturevalue(mode)
    lowered = inline(30, 20).replace("<w:r>", '<w:r><w:rPr><w:position w:val="-60"/></w:rPr>')
    level = page(fonts, paragraph(run("前"), inline(30, 20)), paragraph("下"))
    found = page(fonts, paragraph(run("前"), lowered), paragraph("下"))

    _, y, one = pictures(found)[0]
    assert y + one.picture.height == pytest.approx(place_of(found, "前")[1] + 30, abs=0.01)
    assert y >= 72 - 0.01 and place_of(found, "下")[1] > y + one.picture.height
    assert place_of(found, "前")[1] == pytest.approx(place_of(level, "前")[1] - 30, abs=1.0)


@pytest.mark.parametrize(
    ("across", "x"),
    [
        ('relativeFrom="page"><wp:posOffset>720000</wp:posOffset>', 20 * MM),
        ('relativeFrom="margin"><wp:align>right</wp:align>', RIGHT - 40 * MM),
        ('relativeFrom="margin"><wp:align>center</wp:align>', (LEFT + RIGHT) / 2 - 20 * MM),
        ('relativeFrom="column"><wp:posOffset>-360000</wp:posOffset>', LEFT - 10 * MM),
        ('relativeFrom="leftMargin"><wp:align>left</wp:align>', 0.0),
        ('relativeFrom="insideMargin"><wp:posOffset>360000</wp:posOffset>', 10 * MM),
        ('relativeFrom="rightMargin"><wp:align>left</wp:align>', RIGHT),
    ],
)
def test_a_picture_stands_across_the_page_where_it_says(fonts: FontBook, across: str, x: float) -> None:
    bearer = moved(anchored(40, 25, 0, 0), across, 'relativeFrom="page"><wp:posOffset>3600000</wp:posOffset>')
    found = pictures(page(fonts, paragraph(bearer, run("字"))))[0]

    assert found[:2] == pytest.approx((x, 100 * MM), abs=0.1)


def test_a_picture_placed_from_its_character_counts_from_where_its_paragraph_begins(fonts: FontBook) -> None:
    across, down = '"{}"><wp:posOffset>360000</wp:posOffset>', 'relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'
    shifts = []
    for relative in ("column", "character"):
        bearer = moved(anchored(40, 25, 0, 0), "relativeFrom=" + across.format(relative), down)
        indented = paragraph(bearer, run("字"), properties='<w:ind w:left="1000" w:firstLine="400"/>')
        shifts.append(pictures(page(fonts, indented))[0][0] - LEFT - 10 * MM)

    assert shifts == pytest.approx([0.0, 70.0], abs=0.1)


@pytest.mark.parametrize(
    ("down", "y"),
    [
        ('relativeFrom="margin"><wp:align>top</wp:align>', TOP),
        ('relativeFrom="margin"><wp:align>bottom</wp:align>', 841.9 - 72 - 25 * MM),
        ('relativeFrom="page"><wp:align>center</wp:align>', 841.9 / 2 - 12.5 * MM),
        ('relativeFrom="topMargin"><wp:align>top</wp:align>', 0.0),
        ('relativeFrom="bottomMargin"><wp:align>bottom</wp:align>', 841.9 - 25 * MM),
        ('relativeFrom="paragraph"><wp:posOffset>360000</wp:posOffset>', TOP + 10 * MM),
    ],
)
def test_a_picture_stands_down_the_page_where_it_says(fonts: FontBook, down: str, y: float) -> None:
    bearer = moved(anchored(40, 25, 0, 0), 'relativeFrom="page"><wp:posOffset>0</wp:posOffset>', down)
    found = pictures(page(fonts, paragraph(bearer, run("字"))))[0]

    assert found[1] == pytest.approx(y, abs=0.1)


def test_a_place_told_in_shares_is_taken_from_its_older_twin(fonts: FontBook) -> None:
    both = (
        '<mc:AlternateContent><mc:Choice Requires="wp14"/><mc:Fallback><wp:positionH relativeFrom="page"><wp:posOffset>1800000'
        "</wp:posOffset></wp:positionH></mc:Fallback></mc:AlternateContent>"
    )
    bearer = moved(anchored(40, 25, 0, 0), ">", 'relativeFrom="page"><wp:posOffset>0</wp:posOffset>')
    bearer = bearer.replace("<wp:positionH ></wp:positionH>", both)

    assert pictures(page(fonts, paragraph(bearer, run("字"))))[0][0] == pytest.approx(50 * MM, abs=0.1)


def test_a_seal_lies_behind_the_text_and_moves_none_of_it(fonts: FontBook) -> None:
    plain = page(fonts, paragraph("示例镇人民政府"))
    sealed = page(fonts, paragraph(run("示例镇人民政府"), picture_at(42, 42, 10, -18, behind=True)))

    assert place_of(sealed, "示例") == place_of(plain, "示例")
    order = [bool(fragment.pictures) for fragment, _, _ in sealed.placed if fragment.pictures or fragment.runs]
    assert order == [True, False]


def test_a_picture_before_the_text_is_drawn_after_it(fonts: FontBook) -> None:
    found = page(fonts, paragraph(run("字"), picture_at(42, 42, 10, -18, behind=False)))

    assert [bool(fragment.pictures) for fragment, _, _ in found.placed if fragment.pictures or fragment.runs] == [
        False,
        True,
    ]


def test_the_text_of_a_box_stands_within_its_margins(fonts: FontBook) -> None:
    box = text_box(paragraph("框内"), paragraph("第二行"), width_mm=60, height_mm=30, x_mm=80, y_mm=20)
    found = page(fonts, paragraph(box, run("正文")))

    first, second = place_of(found, "框内"), place_of(found, "第二行")
    assert first[0] == second[0] == pytest.approx(LEFT + 80 * MM + 7.2, abs=0.1)
    assert TOP + 20 * MM + 3.6 + 8 < first[1] < second[1] < TOP + 50 * MM


def test_long_text_of_a_box_breaks_at_its_width(fonts: FontBook) -> None:
    box = text_box(paragraph("国" * 40), width_mm=60, height_mm=40, x_mm=0, y_mm=20)
    found = page(fonts, paragraph(box, run("正文")))

    assert [len(line) for line in reading(found) if "国" in line] == [14, 14, 12]


def test_the_text_of_a_shape_stands_in_the_middle_where_that_is_asked(fonts: FontBook) -> None:
    found = page(fonts, paragraph(shape("登记", 40, 30, 60, 20, "rect"), run("正文")))

    x, y = place_of(found, "登记")
    assert x == pytest.approx(LEFT + 70 * MM - 10.5, abs=0.5)
    assert y == pytest.approx(TOP + 40 * MM + 4, abs=2)


def test_shapes_of_a_group_in_the_line_keep_their_places_to_one_another(fonts: FontBook) -> None:
    found = page(fonts, paragraph(group(("一步", "二步", "三步"))), paragraph("下"))

    heights = [place_of(found, text)[1] for text in ("一步", "二步", "三步")]
    assert heights[1] - heights[0] == pytest.approx(22 * MM, abs=0.1)
    assert heights[2] - heights[1] == pytest.approx(22 * MM, abs=0.1)
    assert place_of(found, "下")[1] > TOP + 56 * MM


def test_shapes_on_a_canvas_keep_their_places_too(fonts: FontBook) -> None:
    canvas = group(("一步", "二步")).replace("wpg:wgp", "wpc:wpc").replace("xmlns:wpg=", "xmlns:wpc=")
    begin, end = canvas.index("<wpg:cNvGrpSpPr/>"), canvas.index("</wpg:grpSpPr>") + len("</wpg:grpSpPr>")
    document = laid_out(fonts, paragraph(canvas[:begin] + "<wpc:bg/><wpc:whole/>" + canvas[end:]), paragraph("下"))

    found = document.pages[0]
    assert place_of(found, "二步")[1] - place_of(found, "一步")[1] == pytest.approx(22 * MM, abs=0.1)
    assert place_of(found, "下")[1] > TOP + 34 * MM and document.not_laid_out == ()


def test_a_chart_leaves_its_blank_and_is_named(fonts: FontBook) -> None:
    chart = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="1080000"/><a:graphic><a:graphicData uri="c">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
    document = laid_out(fonts, paragraph("上"), paragraph(chart), paragraph("下"))

    found = document.pages[0]
    assert place_of(found, "下")[1] - place_of(found, "上")[1] > 30 * MM
    assert [item.feature for item in document.not_laid_out] == ["图表（留出空白）"]


def test_a_box_too_low_for_its_text_still_prints_it_where_fonts_stand_in(fonts: FontBook) -> None:
    box = text_box(*[paragraph(f"第{n}行") for n in range(1, 7)], width_mm=60, height_mm=13, x_mm=0, y_mm=20)

    assert all(f"第{n}行" in page(fonts, paragraph(box, run("正文"))).text for n in range(1, 7))


def test_a_box_too_low_for_its_text_is_cut_where_others_cut_it_and_named(reading_fonts: FontBook) -> None:
    box = text_box(*[paragraph(f"第{n}行") for n in range(1, 7)], width_mm=60, height_mm=13, x_mm=0, y_mm=20)
    document = laid_out(reading_fonts, paragraph(box, run("正文")))

    shown = [n for n in range(1, 7) if f"第{n}行" in document.pages[0].text]
    assert shown == list(range(1, len(shown) + 1)) and 1 <= len(shown) < 6
    assert "文本框里放不下的文字（未印）" in [item.feature for item in document.not_laid_out]


def test_a_box_that_grows_shows_all_of_its_text(reading_fonts: FontBook) -> None:
    box = text_box(*[paragraph(f"第{n}行") for n in range(1, 7)], width_mm=60, height_mm=13, x_mm=0, y_mm=20)
    box = box.replace('bIns="45720"/>', 'bIns="45720"><a:spAutoFit/></wps:bodyPr>')
    document = laid_out(reading_fonts, paragraph(box, run("正文")))

    assert all(f"第{n}行" in document.pages[0].text for n in range(1, 7)) and document.not_laid_out == ()


def cut_picture(crop: str = "", rot: str = "") -> str:
    bearer = picture_at(60, 40, 0, 20, behind=False).replace("<a:stretch>", f"{crop}<a:stretch>")
    return bearer.replace("<a:xfrm>", f"<a:xfrm {rot}>")


def test_what_is_cut_off_a_picture_is_not_printed(fonts: FontBook) -> None:
    data = pictures(page(fonts, paragraph(cut_picture('<a:srcRect l="50000" t="25000" b="25000"/>'), run("字"))))[0][
        2
    ].picture.data

    whole = Image.open(BytesIO(picture(60, 40)))
    kept = Image.open(BytesIO(data))
    assert kept.size == (30, 20)
    assert kept.getpixel((0, 0)) == whole.getpixel((30, 10))


def test_a_picture_turned_by_a_quarter_stands_around_the_same_middle(fonts: FontBook) -> None:
    plain = pictures(page(fonts, paragraph(cut_picture(), run("字"))))[0]
    x, y, one = pictures(page(fonts, paragraph(cut_picture(rot='rot="5400000"'), run("字"))))[0]

    assert (one.picture.width, one.picture.height) == (plain[2].picture.height, plain[2].picture.width)
    middle = plain[0] + plain[2].picture.width / 2, plain[1] + plain[2].picture.height / 2
    assert (x + one.picture.width / 2, y + one.picture.height / 2) == pytest.approx(middle)
    turned, whole = Image.open(BytesIO(one.picture.data)), Image.open(BytesIO(picture(60, 40)))
    assert turned.size == (40, 60) and turned.getpixel((39, 0)) == whole.getpixel((0, 0))


def test_a_picture_put_askew_is_printed_straight_and_named(fonts: FontBook) -> None:
    document = laid_out(fonts, paragraph(cut_picture(rot='rot="600000"'), run("字")))

    assert [item.feature for item in document.not_laid_out] == ["斜放的图片（印成正放的）"]
    assert pictures(document.pages[0])[0][2].picture.width == pytest.approx(60 * MM, abs=0.1)


@pytest.mark.parametrize(
    ("vert", "turn", "downwards"), [("eaVert", 0, True), ("vert", 90, True), ("vert270", -90, False)]
)
def test_the_text_of_a_box_runs_down_or_up_where_that_is_asked(
    fonts: FontBook, vert: str, turn: int, downwards: bool
) -> None:
    box = text_box(paragraph("上下"), paragraph("左右"), width_mm=30, height_mm=60, x_mm=80, y_mm=20)
    document = laid_out(fonts, paragraph(run("文"), box.replace("<wps:bodyPr ", f'<wps:bodyPr vert="{vert}" ')))
    runs = [one for one in document.pages[0].runs() if one.text != "文"]

    assert "".join(one.text for one in runs) == "上下左右" and {one.turn for one in runs} == {turn}
    first, last = runs[0], runs[-1]
    assert (last.x < first.x) == downwards and document.not_laid_out == ()
    left, top = 90 + 80 * 72 / 25.4, 72 + 20 * 72 / 25.4
    assert all(left < one.x < left + 85 + 15 and top < one.y < top + 170 + 15 for one in runs)


def test_a_table_in_a_box_of_turned_text_is_set_level_and_named(fonts: FontBook) -> None:
    inner = (
        "<w:tbl><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid><w:tr><w:tc><w:tcPr/>"
        + paragraph("表")
        + "</w:tc></w:tr></w:tbl>"
    )
    box = text_box(inner, paragraph("下"), width_mm=30, height_mm=60, x_mm=80, y_mm=20)
    document = laid_out(fonts, paragraph(run("文"), box.replace("<wps:bodyPr ", '<wps:bodyPr vert="eaVert" ')))

    assert {one.turn for one in document.pages[0].runs()} == {0} and "表" in document.pages[0].text
    assert [one.feature for one in document.not_laid_out] == ["竖排的文本框（印成横排）"]
