"""Pictures, text boxes, lines and groups of older files: where they stand, what they show, what is named."""

from __future__ import annotations

from io import BytesIO

import pytest
from faithfulness.building import A4, chinese, paragraph, run, word_file
from faithfulness.drawing_parts import vml_box, vml_line
from PIL import Image
from support.laid_out import pictures, place_of, strokes

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx

LEFT, TOP = 90.0, 72.0


def laid_out(fonts: FontBook, *body: str) -> LaidOut:
    return lay_out_docx(word_file(*body, section=A4), fonts)


def pict(inner: str) -> str:
    return f'<w:r><w:pict xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word">{inner}</w:pict></w:r>'


def test_a_text_box_stands_at_its_place_with_its_frame(fonts: FontBook) -> None:
    page = laid_out(fonts, paragraph(vml_box("机密", 200, 60, 110, 30), run("正文"))).pages[0]

    x, y = place_of(page, "机密")
    assert x == pytest.approx(LEFT + 200 + 7.2) and TOP + 60 + 3.6 < y < TOP + 90
    sides = [rule for rule in page.rules() if rule.width > 100 or rule.height > 25]
    assert len(sides) == 4


def test_its_inner_margins_are_those_it_names(fonts: FontBook) -> None:
    box = vml_box("机密", 200, 60, 110, 30).replace("<v:textbox>", '<v:textbox inset="20pt,1mm,0,0">')
    page = laid_out(fonts, paragraph(box, run("正文"))).pages[0]

    assert place_of(page, "机密")[0] == pytest.approx(LEFT + 220)


def test_a_line_is_drawn_from_end_to_end_in_its_colour(fonts: FontBook) -> None:
    page = laid_out(fonts, paragraph(run("正文"), vml_line(0, 20, 415))).pages[0]

    (points, stroke), *_ = strokes(page)
    assert points == [pytest.approx((LEFT, TOP + 20)), pytest.approx((LEFT + 415, TOP + 20))]
    assert (stroke.width, stroke.colour) == (2.0, (1.0, 0.0, 0.0))


def test_a_line_that_rises_is_drawn_rising(fonts: FontBook) -> None:
    line = '<v:line style="position:absolute" from="10pt,80pt" to="60pt,30pt"/>'
    page = laid_out(fonts, paragraph(run("正文"), pict(line))).pages[0]

    points = sorted(strokes(page)[0][0])
    assert points == [pytest.approx((LEFT + 10, TOP + 80)), pytest.approx((LEFT + 60, TOP + 30))]


def test_a_picture_in_the_line_takes_its_size(fonts: FontBook) -> None:
    image = '<v:shape style="width:85pt;height:56.5pt"><v:imagedata r:id="picture"/></v:shape>'
    page = laid_out(fonts, paragraph(run("前"), pict(image), run("后"))).pages[0]

    x, _, one = pictures(page)[0]
    assert (one.picture.width, one.picture.height) == (85.0, 56.5)
    assert place_of(page, "后")[0] == pytest.approx(x + 85)


def test_a_picture_placed_on_the_page_stands_there(fonts: FontBook) -> None:
    style = (
        "position:absolute;margin-left:100pt;margin-top:300pt;width:1in;height:2cm;z-index:-1;"
        "mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    )
    page = laid_out(
        fonts, paragraph(pict(f'<v:shape style="{style}"><v:imagedata r:id="picture"/></v:shape>'), run("字"))
    ).pages[0]

    x, y, one = pictures(page)[0]
    assert (x, y) == (100.0, 300.0)
    assert (one.picture.width, one.picture.height) == pytest.approx((72.0, 56.7), abs=0.01)


def test_text_runs_round_a_box_that_asks_for_it(fonts: FontBook) -> None:
    box = vml_box("注", 0, 0, 120, 60).replace("</v:textbox>", '</v:textbox><w10:wrap type="square"/>')
    box = box.replace("<w:pict>", '<w:pict xmlns:w10="urn:schemas-microsoft-com:office:word">')
    page = laid_out(fonts, paragraph(box, run(chinese(1, 150)))).pages[0]

    lines = [found for found in page.runs() if found.text != "注" and found.y < TOP + 60]
    assert lines and all(line.x >= LEFT + 120 for line in lines)


def test_parts_of_a_group_are_scaled_with_it(fonts: FontBook) -> None:
    inner = "".join(
        f'<v:rect style="position:absolute;left:{left};top:100;width:400;height:300"><v:textbox><w:txbxContent>{paragraph(text)}'
        "</w:txbxContent></v:textbox></v:rect>"
        for text, left in (("左", 0), ("右", 600))
    )
    group = (
        '<v:group style="position:absolute;margin-left:0;margin-top:50pt;width:200pt;height:100pt" coordorigin="0,0"'
        f' coordsize="1000,1000">{inner}</v:group>'
    )
    page = laid_out(fonts, paragraph(pict(group), run("正文"))).pages[0]

    left, right = place_of(page, "左"), place_of(page, "右")
    assert right[0] - left[0] == pytest.approx(120) and right[1] == left[1]


def test_a_rule_across_the_page_is_drawn_in_the_line(fonts: FontBook) -> None:
    rule = '<v:rect style="width:400pt;height:1.5pt" o:hr="t" fillcolor="#a0a0a0" stroked="f"/>'
    page = laid_out(fonts, paragraph(run("上")), paragraph(pict(rule)), paragraph(run("下"))).pages[0]

    drawn = [one for one in page.rules() if one.width == 400.0]
    assert [(one.height, one.colour) for one in drawn] == [(1.5, pytest.approx((0.627, 0.627, 0.627), abs=0.001))]


def test_words_drawn_as_a_watermark_are_named(fonts: FontBook) -> None:
    mark = '<v:shape style="position:absolute;width:300pt;height:80pt"><v:textpath string="草稿"/></v:shape>'

    assert [item.feature for item in laid_out(fonts, paragraph(pict(mark), run("字"))).not_laid_out] == [
        "艺术字（水印）"
    ]


def test_an_oval_is_drawn_round(fonts: FontBook) -> None:
    oval = '<v:oval style="position:absolute;margin-left:0;margin-top:40pt;width:60pt;height:30pt" strokecolor="red"/>'
    points, stroke = strokes(laid_out(fonts, paragraph(pict(oval), run("字"))).pages[0])[0]

    assert stroke.closed and len(points) >= 8
    assert (min(x for x, _ in points), max(x for x, _ in points)) == pytest.approx((LEFT, LEFT + 60))
    assert (min(y for _, y in points), max(y for _, y in points)) == pytest.approx((TOP + 40, TOP + 70))


def test_what_is_cut_off_a_picture_is_not_printed(fonts: FontBook) -> None:
    image = '<v:shape style="width:85pt;height:56.5pt"><v:imagedata r:id="picture" cropleft="32768f" cropbottom="25%"/></v:shape>'
    page = laid_out(fonts, paragraph(pict(image))).pages[0]

    (_, _, one) = pictures(page)[0]
    assert Image.open(BytesIO(one.picture.data)).size == (30, 30)


def test_the_text_of_an_older_box_runs_down_where_its_style_says_so(fonts: FontBook) -> None:
    style = "position:absolute;margin-left:40pt;margin-top:20pt;width:60pt;height:120pt"
    flow = "layout-flow:vertical-ideographic"
    shape = f'<v:shape style="{style}"><v:textbox style="{flow}"><w:txbxContent>{paragraph("上下")}</w:txbxContent></v:textbox></v:shape>'
    runs = [one for one in laid_out(fonts, paragraph(pict(shape))).pages[0].runs() if one.text in ("上", "下")]

    assert len(runs) == 2 and runs[0].x == runs[1].x and runs[0].y < runs[1].y
