"""Enhanced metafiles: what their records draw stands in the picture's frame as they say."""

from __future__ import annotations

import struct

import pytest
from support.metafiles import (
    MM,
    brush,
    dib,
    emf,
    emf_record,
    font,
    numbers,
    pen,
    points,
    select,
    stretched,
    text,
)  # fmt: skip

from anjian_desktop.documents.metafiles import Drawing, Drawings
from anjian_desktop.documents.metafiles.drawing import Bitmap, Shape, Text

UNIT = MM / 10
"""A pixel of the device in pt."""


def drawn(*records: bytes) -> Drawing:
    found = Drawings().read(emf(*records))
    assert found is not None
    return found


def ends(shape: object) -> list[tuple[float, float]]:
    """The points of a path, in pixels of the device."""
    assert isinstance(shape, Shape)
    return [(round(places[-2] / UNIT, 2), round(places[-1] / UNIT, 2)) for _, places in shape.path if places]


def test_the_frame_gives_the_size() -> None:
    found = drawn(points(4, (0, 0), (10, 10)))

    assert (found.width, found.height) == pytest.approx((100 * MM, 50 * MM))


@pytest.mark.parametrize("kind", [4, 87])
def test_a_line_goes_through_its_points_in_the_pen_chosen(kind: int) -> None:
    found = drawn(pen(1, 20, 0x0000FF), select(1), points(kind, (0, 0), (100, 50), (200, 0)))

    (line,) = found.items
    assert ends(line) == [(0, 0), (100, 50), (200, 0)]
    assert isinstance(line, Shape) and line.pen is not None and line.fill is None
    assert line.pen.width == pytest.approx(2 * MM) and line.pen.colour == (1.0, 0.0, 0.0)


def test_a_polygon_is_filled_and_closed() -> None:
    found = drawn(brush(1, 0x00FF00), select(1), points(3, (0, 0), (100, 0), (0, 100)))

    (one,) = found.items
    assert isinstance(one, Shape) and one.fill == (0.0, 1.0, 0.0) and one.path[-1][0] == "h"


def test_windows_scale_and_move_what_is_drawn() -> None:
    scaled = [numbers(17, 8), numbers(9, 100, 100), numbers(10, 10, 10), numbers(11, 200, 400), numbers(12, 5, 5)]
    found = drawn(*scaled, points(4, (10, 10), (20, 30)))

    assert ends(found.items[0]) == [(5, 5), (25, 85)]


def test_a_saved_state_comes_back() -> None:
    found = drawn(
        pen(1, 20, 0x0000FF),
        numbers(33),
        select(1),
        points(4, (0, 0), (9, 9)),
        numbers(34, -1),
        points(4, (0, 0), (9, 9)),
    )

    colours = [item.pen.colour for item in found.items if isinstance(item, Shape) and item.pen]
    assert colours == [(1.0, 0.0, 0.0), (0.0, 0.0, 0.0)]


def test_text_keeps_its_place_its_font_and_the_widths_told() -> None:
    found = drawn(font(1, -40, "宋体"), select(1), numbers(22, 24), text(100, 200, "安监Ab", [40, 40, 20, 20]))

    (one,) = found.items
    assert isinstance(one, Text)
    assert (one.text, one.face.name, one.down) == ("安监Ab", "宋体", "baseline")
    assert one.advances == (1.0, 1.0, 0.5, 0.5)
    assert one.matrix == pytest.approx((40 * UNIT, 0, 0, 40 * UNIT, 100 * UNIT, 200 * UNIT), abs=1e-6)


def test_sloping_text_runs_upwards() -> None:
    found = drawn(font(1, -40, "宋体", slope=900), select(1), text(100, 200, "安监"))

    (one,) = found.items
    assert isinstance(one, Text)
    assert one.matrix[:4] == pytest.approx((0, -40 * UNIT, 40 * UNIT, 0), abs=1e-6)


def test_a_path_is_painted_as_one_figure() -> None:
    square = [numbers(27, 0, 0), numbers(54, 90, 0), numbers(54, 90, 90), emf_record(61)]
    found = drawn(brush(1, 0xFF0000), select(1), emf_record(59), *square, emf_record(60), numbers(63, 0, 0, 0, 0))

    (one,) = found.items
    assert isinstance(one, Shape) and one.fill == (0.0, 0.0, 1.0)
    assert ends(one) == [(0, 0), (90, 0), (90, 90)]


@pytest.mark.parametrize(
    ("depth", "row", "colours"),
    [
        (1, b"\x40\0\0\0", b"\0\0\xff\0\xff\0\0\0"),
        (4, b"\x01\0\0\0", b"\0\0\xff\0\xff\0\0\0"),
        (8, b"\0\x01\0\0", b"\0\0\xff\0\xff\0\0\0"),
        (16, b"\0\x7c\x1f\0", b""),
        (24, b"\0\0\xff\xff\0\0\0\0", b""),
        (32, b"\0\0\xff\0\xff\0\0\0", b""),
    ],
)
def test_bitmaps_of_every_depth_are_drawn(depth: int, row: bytes, colours: bytes) -> None:
    header, bits = dib(2, 1, depth, row, colours)
    found = drawn(stretched((10, 20, 30, 40), header, bits, (2, 1)))

    (one,) = found.items
    assert isinstance(one, Bitmap) and one.pixels == b"\xff\0\0\0\0\xff"
    assert one.matrix == pytest.approx((30 * UNIT, 0, 0, 40 * UNIT, 10 * UNIT, 20 * UNIT))


def test_what_is_clipped_is_told() -> None:
    found = drawn(numbers(30, 0, 0, 50, 50), points(4, (0, 0), (100, 100)))

    (one,) = found.items
    assert len(one.clip) == 1 and one.clip[0][2][1] == pytest.approx((50 * UNIT, 50 * UNIT))


def test_a_region_is_told_in_pixels_whatever_the_coordinates_are() -> None:
    region = struct.pack("<4I4i4i", 32, 1, 1, 16, 0, 0, 50, 50, 0, 0, 50, 50)
    scaled = [numbers(17, 8), numbers(9, 100, 100), numbers(11, 200, 200)]
    found = drawn(*scaled, emf_record(75, struct.pack("<II", len(region), 5) + region), points(4, (0, 0), (9, 9)))

    (one,) = found.items
    assert one.clip[0][2][1] == pytest.approx((50 * UNIT, 50 * UNIT))


def test_what_lies_in_an_excluded_rectangle_is_not_seen() -> None:
    found = drawn(numbers(29, 0, 0, 50, 50), points(4, (0, 0), (100, 100)))

    (one,) = found.items
    assert len(one.clip[0]) == 10 and one.clip[0][7][1] == pytest.approx((50 * UNIT, 50 * UNIT))


def test_a_brush_laid_over_by_a_pattern_shows_as_its_tone() -> None:
    pattern = struct.pack("<II4I", 2, 0, 32, 48, 80, 32)
    header, bits = dib(8, 8, 1, b"\x55\0\0\0" * 8, b"\0\0\0\0\xff\xff\xff\0")
    fill = struct.pack("<4i4iI2i6f4I2I", *[0] * 4, 0, 0, 90, 90, 0x5A0049, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    masked = fill.replace(struct.pack("<I", 0x5A0049), struct.pack("<I", 0xA000C9))
    halves = [brush(1, 0), emf_record(94, pattern + header + bits)]
    found = drawn(
        *halves, select(1), emf_record(76, fill), select(2), emf_record(76, masked), select(1), emf_record(76, fill)
    )

    (one,) = found.items
    assert isinstance(one, Shape) and one.fill == pytest.approx((0.5, 0.5, 0.5), abs=0.01)
    assert found.whole


def test_a_gradient_runs_from_one_colour_to_the_other() -> None:
    corners = struct.pack("<ii4H", 0, 0, 0xFF00, 0, 0, 0) + struct.pack("<ii4H", 100, 50, 0, 0, 0xFF00, 0)
    found = drawn(emf_record(118, struct.pack("<4i3I", 0, 0, 0, 0, 2, 1, 0) + corners + struct.pack("<2I", 0, 1)))

    first, last = found.items[0], found.items[-1]
    assert isinstance(first, Shape) and first.fill == pytest.approx((1, 0, 0), abs=0.02)
    assert isinstance(last, Shape) and last.fill == pytest.approx((0, 0, 1), abs=0.02)
    assert ends(first)[0] == (0, 0) and ends(last)[2] == (100, 50)


def test_records_that_show_but_cannot_be_drawn_are_told() -> None:
    assert drawn(points(4, (0, 0), (9, 9))).whole
    assert not drawn(points(4, (0, 0), (9, 9)), numbers(79, 0)).whole
