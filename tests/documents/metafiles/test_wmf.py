"""Metafiles of 16 bits: what their records draw stands in the picture's frame as they say."""

from __future__ import annotations

import gzip
import struct

import pytest
from support.metafiles import MM, dib, wmf, wmf_font, wmf_record, wmf_text, words

from anjian_desktop.documents.metafiles import Drawing, Drawings
from anjian_desktop.documents.metafiles.drawing import Bitmap, Shape, Text

UNIT = MM / 10
"""A unit of the built metafiles in pt: 254 to the inch."""

LINE = words(0x0325, 2, 0, 0, 1000, 500)
BLACK_AND_WHITE = b"\0\0\0\0\xff\xff\xff\0"


def drawn(*records: bytes, bounds: tuple[int, int, int, int] | None = (0, 0, 1000, 500)) -> Drawing:
    found = Drawings().read(wmf(*records, bounds=bounds))
    assert found is not None
    return found


def ends(shape: object) -> list[tuple[float, float]]:
    assert isinstance(shape, Shape)
    return [(round(places[-2] / UNIT, 2), round(places[-1] / UNIT, 2)) for _, places in shape.path if places]


def stretched(
    box: tuple[int, int, int, int], operation: int, header: bytes, bits: bytes, size: tuple[int, int]
) -> bytes:
    """A bitmap drawn into a rectangle (left, top, width, height)."""
    left, top, wide, tall = box
    body = struct.pack("<IH8h", operation, 0, size[1], size[0], 0, 0, tall, wide, top, left)
    return wmf_record(0x0F43, body + header + bits)


def test_the_placeable_header_gives_the_size() -> None:
    found = drawn(LINE)

    assert (found.width, found.height) == pytest.approx((100 * MM, 50 * MM))
    assert ends(found.items[0]) == [(0, 0), (1000, 500)]


def test_the_window_of_the_records_fills_the_frame() -> None:
    found = drawn(words(0x020B, 100, 50), words(0x020C, 200, 100), words(0x0325, 2, 50, 100, 150, 300))

    assert ends(found.items[0]) == [(0, 0), (1000, 500)]


def test_without_a_header_the_window_gives_the_shape() -> None:
    found = drawn(words(0x020B, 0, 0), words(0x020C, 300, 600), words(0x0325, 2, 0, 0, 600, 300), bounds=None)

    assert found.width / found.height == pytest.approx(2)
    (line,) = found.items
    assert isinstance(line, Shape) and line.path[-1][1] == pytest.approx((found.width, found.height))


def test_without_any_size_what_is_drawn_fills_the_frame() -> None:
    found = drawn(words(0x0325, 3, 100, 100, 500, 300, 100, 300), bounds=None)

    assert found.width / found.height == pytest.approx(2)
    (line,) = found.items
    assert isinstance(line, Shape) and line.path[1][1] == pytest.approx((found.width, found.height))


def test_new_objects_take_the_numbers_set_free() -> None:
    red, blue = struct.pack("<HhhI", 0, 5, 0, 0x0000FF), struct.pack("<HhhI", 0, 5, 0, 0xFF0000)
    found = drawn(
        wmf_record(0x02FA, red),
        words(0x02FC, 1, 0, 0, 0),
        words(0x01F0, 0),
        wmf_record(0x02FA, blue),
        words(0x012D, 0),
        LINE,
    )

    (line,) = found.items
    assert isinstance(line, Shape) and line.pen is not None and line.pen.colour == (0.0, 0.0, 1.0)


def test_chinese_text_is_read_by_its_character_set_and_keeps_its_widths() -> None:
    text = "安监A".encode("gbk")
    found = drawn(wmf_font(-40, "宋体".encode("gbk")), words(0x012D, 0), wmf_text(100, 200, text, (20, 20, 20, 20, 20)))

    (one,) = found.items
    assert isinstance(one, Text)
    assert (one.text, one.face.name, one.advances) == ("安监A", "宋体", (1.0, 1.0, 0.5))
    assert one.matrix == pytest.approx((40 * UNIT, 0, 0, 40 * UNIT, 100 * UNIT, 200 * UNIT))


@pytest.mark.parametrize(
    ("font", "letter", "shown"), [(b"Symbol", b"a", "α"), (b"MT Extra", b"L", "⋯"), (b"Wingdings", b"\xfe", "☑")]
)
def test_letters_of_symbol_fonts_become_their_equals(font: bytes, letter: bytes, shown: str) -> None:
    found = drawn(wmf_font(-40, font, charset=2), words(0x012D, 0), wmf_text(0, 0, letter))

    (one,) = found.items
    assert isinstance(one, Text) and one.text == shown and found.whole


def test_rectangles_and_ellipses_fill_their_boxes() -> None:
    found = drawn(words(0x041B, 200, 300, 100, 100), words(0x0418, 200, 300, 100, 100))

    assert ends(found.items[0]) == [(100, 100), (300, 100), (300, 200), (100, 200)]
    assert {(300.0, 150.0), (200.0, 200.0), (100.0, 150.0), (200.0, 100.0)} <= set(ends(found.items[1]))


def test_a_pie_reaches_from_its_middle_over_the_arc_against_the_clock() -> None:
    # From the right to the top: a quarter, drawn upwards.
    found = drawn(words(0x081A, 100, 200, 200, 300, 300, 300, 100, 100))

    places = ends(found.items[0])
    assert places[0] == (200, 200) and places[1] == (300, 200) and places[-1] == (200, 100)
    assert len(places) == 3


def test_a_mask_lets_the_paper_show_round_a_picture() -> None:
    mask, mask_bits = dib(2, 1, 1, b"\x40\0\0\0", BLACK_AND_WHITE)
    colours, bits = dib(2, 1, 24, b"\0\0\xff\0\0\0\0\0")
    box = (0, 0, 20, 10)
    found = drawn(stretched(box, 0x8800C6, mask, mask_bits, (2, 1)), stretched(box, 0xEE0086, colours, bits, (2, 1)))

    (one,) = found.items
    assert isinstance(one, Bitmap) and one.mode == "RGBA"
    assert one.pixels[:4] == b"\xff\0\0\xff" and one.pixels[7] == 0


def test_rectangles_clipped_to_one_after_another_are_one_until_all_is_shown_again() -> None:
    clips = [words(0x0416, 500, 1000 - at, 0, at) for at in range(40)]
    found = drawn(*clips, LINE, words(0x012C, 0), LINE)

    first, second = found.items
    assert len(first.clip) == 1 and first.clip[0][0][1] == pytest.approx((39 * UNIT, 0))
    assert first.clip[0][2][1] == pytest.approx((961 * UNIT, 500 * UNIT))
    assert second.clip == () and found.whole


def test_a_packed_metafile_is_unpacked() -> None:
    assert Drawings().read(gzip.compress(wmf(LINE))) == Drawings().read(wmf(LINE))
