"""Outlines and colours of drawn shapes: flow charts, arrows, red rules, the theme's colours."""

from __future__ import annotations

import pytest
from faithfulness.building import A4, paragraph, run, word_file
from faithfulness.drawing_parts import connector, shape
from lxml import etree
from support.laid_out import Place, place_of, strokes

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx
from anjian_desktop.documents.layout.laid_out import Stroke
from anjian_desktop.documents.layout.reading import preset_shapes
from anjian_desktop.documents.layout.reading.shapes import theme_colours, tint_of

MM = 72 / 25.4
LEFT, TOP = 90.0, 72.0
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def laid_out(fonts: FontBook, *drawn: str) -> LaidOut:
    return lay_out_docx(word_file(paragraph(*drawn, run("字")), section=A4), fonts)


def drawn(fonts: FontBook, *parts: str) -> list[tuple[list[Place], Stroke]]:
    return strokes(laid_out(fonts, *parts).pages[0])


def tint(inner: str) -> tuple[float, float, float] | None:
    colours = {"accent1": (0.2, 0.4, 0.8), "dk1": (0.0, 0.0, 0.0), "lt1": (1.0, 1.0, 1.0)}
    return tint_of(etree.fromstring(f'<a:solidFill xmlns:a="{_A}">{inner}</a:solidFill>'), colours)


@pytest.mark.parametrize(
    ("kind", "corners"),
    [
        ("flowChartDecision", 4),
        ("diamond", 4),
        ("triangle", 3),
        ("parallelogram", 4),
        ("hexagon", 6),
        ("rightArrow", 7),
    ],
)
def test_a_shape_is_drawn_with_its_corners_inside_its_box(fonts: FontBook, kind: str, corners: int) -> None:
    points, stroke = drawn(fonts, shape("", 40, 20, 60, 12, kind))[0]

    assert len(points) == corners and stroke.closed
    left, top = LEFT + 40 * MM, TOP + 20 * MM
    assert all(left - 0.1 <= x <= left + 60 * MM + 0.1 and top - 0.1 <= y <= top + 12 * MM + 0.1 for x, y in points)


def test_an_ellipse_touches_the_four_sides_of_its_box(fonts: FontBook) -> None:
    points, _ = drawn(fonts, shape("", 0, 20, 40, 20, "ellipse"))[0]

    assert min(x for x, _ in points) == pytest.approx(LEFT, abs=0.1)
    assert max(x for x, _ in points) == pytest.approx(LEFT + 40 * MM, abs=0.1)
    assert max(y for _, y in points) == pytest.approx(TOP + 40 * MM, abs=0.1)


@pytest.mark.parametrize(
    ("kind", "radius"), [("roundRect", 12 * MM * 0.16667), ("flowChartTerminator", 60 * MM * 3475 / 21600)]
)
def test_a_rounded_rectangle_has_round_corners_whatever_its_sides(fonts: FontBook, kind: str, radius: float) -> None:
    points, stroke = drawn(fonts, shape("开始", 40, 20, 60, 12, kind))[0]

    left, right, top = LEFT + 40 * MM, LEFT + 100 * MM, TOP + 20 * MM
    flat = [x for x, y in points if abs(y - top) < 0.01]
    assert (min(flat), max(flat)) == pytest.approx((left + radius, right - radius), abs=0.2)
    assert min(x for x, _ in points) == pytest.approx(left, abs=0.1) and stroke.closed


def test_a_straight_line_without_width_stands_upright(fonts: FontBook) -> None:
    points, _ = drawn(fonts, connector(50, 20, 0, 30))[0]

    assert points == [
        pytest.approx((LEFT + 50 * MM, TOP + 20 * MM), abs=0.1),
        pytest.approx((LEFT + 50 * MM, TOP + 50 * MM), abs=0.1),
    ]


def test_a_red_rule_without_height_lies_flat(fonts: FontBook) -> None:
    points, stroke = drawn(fonts, connector(0, 20, 150, 0, red=True))[0]

    assert points[0][1] == points[1][1]
    assert (stroke.colour, stroke.width) == ((1.0, 0.0, 0.0), 2.25)


def test_an_arrow_ends_in_a_filled_head_that_points_along_it(fonts: FontBook) -> None:
    line, head = drawn(fonts, connector(50, 20, 0, 30, arrow=True))

    tip, *foot = head[0]
    assert tip == line[0][-1] and head[1].fill is not None
    assert all(y < tip[1] for _, y in foot)


def test_a_flipped_line_runs_the_other_way(fonts: FontBook) -> None:
    flipped = connector(50, 20, 30, 30).replace("<a:xfrm>", '<a:xfrm flipV="1">')
    points, _ = drawn(fonts, flipped)[0]

    assert points[0][1] > points[1][1] and points[0][0] < points[1][0]


def test_a_shape_nobody_knows_is_drawn_as_a_rectangle_and_named(fonts: FontBook) -> None:
    document = laid_out(fonts, shape("说明", 40, 20, 60, 12, "irregularSeal1"))

    assert "自选图形（印成矩形）" in [item.feature for item in document.not_laid_out]
    assert "说明" in document.pages[0].text and len(list(document.pages[0].rules())) == 4


@pytest.mark.parametrize("kind", sorted(preset_shapes.KNOWN))
def test_every_shape_known_is_drawn_within_reach_of_its_box_and_named_as_nothing_missing(
    fonts: FontBook, kind: str
) -> None:
    document = laid_out(fonts, shape("", 40, 40, 60, 20, kind))

    assert document.not_laid_out == ()
    found = [place for places, _ in strokes(document.pages[0]) for place in places]
    assert found
    for x, y in found:
        assert LEFT + 40 * MM - 30 * MM < x < LEFT + 100 * MM + 30 * MM
        assert TOP + 40 * MM - 20 * MM < y < TOP + 60 * MM + 20 * MM


def test_text_of_a_round_shape_keeps_within_it(fonts: FontBook) -> None:
    def begins(kind: str) -> float:
        text = shape("安全生产责任制" * 5, 0, 20, 60, 40, kind).replace('<w:jc w:val="center"/>', "")
        return place_of(laid_out(fonts, text).pages[0], "安全生产")[0]

    assert begins("ellipse") - begins("rect") == pytest.approx(30 * MM * (1 - 0.70711), abs=0.1)
    assert begins("flowChartDecision") - begins("rect") == pytest.approx(15 * MM, abs=0.1)


def test_a_call_outs_tip_points_where_the_file_says(fonts: FontBook) -> None:
    measures = '<a:avLst><a:gd name="adj1" fmla="val 0"/><a:gd name="adj2" fmla="val 100000"/></a:avLst>'
    for kind in ("wedgeRectCallout", "wedgeRoundRectCallout", "wedgeEllipseCallout"):
        drawn_ = shape("", 40, 20, 60, 20, kind).replace("<a:avLst/>", measures)
        points, _ = drawn(fonts, drawn_)[0]
        assert max(points, key=lambda point: point[1]) == pytest.approx((LEFT + 70 * MM, TOP + 50 * MM), abs=0.1)


def test_a_turned_shape_keeps_its_middle(fonts: FontBook) -> None:
    points, _ = drawn(fonts, shape("", 40, 40, 60, 20, "rect").replace("<a:xfrm>", '<a:xfrm rot="5400000">'))[0]

    assert (min(x for x, _ in points), max(x for x, _ in points)) == pytest.approx(
        (LEFT + 60 * MM, LEFT + 80 * MM), abs=0.1
    )
    assert (min(y for _, y in points), max(y for _, y in points)) == pytest.approx(
        (TOP + 20 * MM, TOP + 80 * MM), abs=0.1
    )


def test_a_free_outline_follows_its_path_and_its_formulas(fonts: FontBook) -> None:
    path = (
        '<a:custGeom><a:avLst/><a:gdLst><a:gd name="x1" fmla="*/ w 1 4"/></a:gdLst><a:pathLst><a:path w="600" h="200">'
        '<a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo><a:pt x="600" y="0"/></a:lnTo>'
        '<a:lnTo><a:pt x="x1" y="200"/></a:lnTo><a:close/></a:path></a:pathLst></a:custGeom>'
    )
    free = shape("", 0, 20, 60, 20, "rect").replace('<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>', path)
    document = laid_out(fonts, free)
    points, stroke = strokes(document.pages[0])[0]

    assert document.not_laid_out == () and stroke.closed
    corners = [(LEFT, TOP + 20 * MM), (LEFT + 60 * MM, TOP + 20 * MM), (LEFT + 15 * MM, TOP + 40 * MM)]
    assert [point for point, _ in zip(points, corners, strict=False)] == [
        pytest.approx(one, abs=0.1) for one in corners
    ]


def test_a_broken_line_of_a_shape_is_drawn_broken(fonts: FontBook) -> None:
    line = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    broken = shape("", 40, 20, 60, 20, "ellipse").replace(line, line + '<a:prstDash val="dash"/>')

    assert drawn(fonts, broken)[0][1].dashes


def test_text_of_a_shape_takes_the_colour_of_its_style_unless_it_says_its_own(fonts: FontBook) -> None:
    style = '<wps:style><a:fontRef idx="minor"><a:srgbClr val="FF0000"/></a:fontRef></wps:style>'
    plain = shape("甲", 40, 20, 60, 20, "rect").replace("</wps:spPr>", "</wps:spPr>" + style)
    own = (
        plain.replace("<w:rPr>", '<w:rPr><w:color w:val="0000FF"/>', 1)
        if "<w:rPr>" in plain
        else plain.replace("<w:r><w:t", '<w:r><w:rPr><w:color w:val="0000FF"/></w:rPr><w:t')
    )

    def colour(drawn_: str) -> tuple[float, float, float]:
        return next(run.colour for run in laid_out(fonts, drawn_).pages[0].runs() if run.text == "甲")

    assert (colour(plain), colour(own)) == ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0))


def test_a_colour_of_the_theme_is_lightened_and_darkened_as_it_says() -> None:
    plain = tint('<a:schemeClr val="accent1"/>')
    light = tint('<a:schemeClr val="accent1"><a:lumMod val="40000"/><a:lumOff val="60000"/></a:schemeClr>')
    dark = tint('<a:schemeClr val="accent1"><a:lumMod val="50000"/></a:schemeClr>')

    assert plain == (0.2, 0.4, 0.8)
    assert light is not None and dark is not None
    assert all(one > two > three for one, two, three in zip(light, plain, dark, strict=True))


@pytest.mark.parametrize(
    ("inner", "colour"),
    [
        ('<a:srgbClr val="FF0000"/>', (1.0, 0.0, 0.0)),
        ('<a:sysClr val="windowText" lastClr="000000"/>', (0.0, 0.0, 0.0)),
        ('<a:schemeClr val="bg1"/>', (1.0, 1.0, 1.0)),
        ('<a:prstClr val="blue"/>', (0.0, 0.0, 1.0)),
        ('<a:srgbClr val="FF0000"><a:shade val="50000"/></a:srgbClr>', (0.5, 0.0, 0.0)),
        ('<a:srgbClr val="FF0000"><a:tint val="50000"/></a:srgbClr>', (1.0, 0.5, 0.5)),
    ],
)
def test_colours_are_read_in_every_way_a_file_writes_them(inner: str, colour: tuple[float, float, float]) -> None:
    assert tint(inner) == pytest.approx(colour)


def test_a_file_without_a_theme_has_no_colours_of_one() -> None:
    assert theme_colours(None) == {}
