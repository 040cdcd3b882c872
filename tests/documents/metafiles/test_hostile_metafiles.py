"""Damaged and hostile metafiles: they are drawn in part or left blank, at once; nothing falls."""

from __future__ import annotations

import gzip
import struct
import time
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.metafiles import (
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
    wmf,
    wmf_font,
    wmf_record,
    wmf_text,
    words,
)  # fmt: skip

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout.typesetting.drawn_text import letters_of
from anjian_desktop.documents.metafiles import Drawings
from anjian_desktop.documents.metafiles.limits import MAX_BYTES
from anjian_desktop.documents.pdf.forms import write_form
from anjian_desktop.documents.pdf.objects import ObjectFile

BITMAP = dib(2, 2, 8, b"\0\x01\0\0" * 2, b"\0\0\xff\0\xff\0\0\0")
SOUND = {
    "emf": emf(
        numbers(17, 8), numbers(9, 1000, 500), numbers(11, 1000, 500), numbers(33), numbers(30, 0, 0, 900, 400),
        pen(1, 4, 0xFF), brush(2, 0xFF00), select(1), select(2), points(3, (0, 0), (90, 0), (0, 90)),
        points(85, (0, 0), (9, 9), (20, 9), (30, 0)), numbers(42, 0, 0, 90, 90), numbers(46, 0, 0, 90, 90, 0, 0, 90, 0),
        emf_record(59), numbers(27, 1, 1), numbers(54, 9, 9), emf_record(61), emf_record(60), numbers(63, 0, 0, 0, 0),
        font(3, -40, "宋体"), select(3), text(10, 10, "巡查", [40, 40]), stretched((1, 1, 50, 50), *BITMAP, (2, 2)), numbers(34, -1),
    ),
    "wmf": wmf(
        words(0x020B, 0, 0), words(0x020C, 500, 1000), words(0x001E), words(0x0416, 400, 900, 0, 0),
        wmf_record(0x02FA, struct.pack("<HhhI", 0, 5, 0, 0xFF)), words(0x012D, 0), words(0x0324, 3, 0, 0, 90, 0, 0, 90),
        words(0x0538, 1, 3, 0, 0, 90, 0, 0, 90), words(0x0817, 0, 90, 0, 0, 90, 90, 0, 0), words(0x061C, 9, 9, 90, 90, 0, 0),
        wmf_font(-40, b"SimSun"), words(0x012D, 1), wmf_text(10, 10, "巡查".encode("gbk"), (20, 20, 20, 20)),
        wmf_record(0x0F43, struct.pack("<IH8h", 0xCC0020, 0, 2, 2, 0, 0, 50, 50, 1, 1) + b"".join(BITMAP)), words(0x0127, -1),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook.bundled_only()


def tried(data: bytes, fonts: FontBook) -> bool:
    """Whether a metafile was drawn; what was drawn can be written."""
    found = Drawings().read(data)
    if found is None:
        return False
    letters_of(found, fonts)
    write_form(ObjectFile(BytesIO()), found, fonts, 1)
    return True


@pytest.mark.parametrize("kind", SOUND)
def test_a_metafile_cut_off_anywhere_is_left_blank(kind: str, fonts: FontBook) -> None:
    data = SOUND[kind]

    assert tried(data, fonts)
    assert [at for at in range(0, len(data), 2) if tried(data[:at], fonts)] == []


@pytest.mark.parametrize("kind", SOUND)
def test_numbers_made_huge_never_make_it_fall(kind: str, fonts: FontBook) -> None:
    data = SOUND[kind]
    for at in range(0, len(data) - 4, 2):
        for number in (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\0\0\0\0"):
            tried(data[:at] + number + data[at + 4 :], fonts)


@given(
    kind=st.sampled_from(sorted(SOUND)),
    flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 255)), max_size=8),
)
@settings(max_examples=150, deadline=None)
def test_flipped_bytes_never_make_it_fall(kind: str, flips: list[tuple[int, int]]) -> None:
    data = bytearray(SOUND[kind])
    for at, bits in flips:
        data[at % len(data)] ^= bits

    tried(bytes(data), FONTS)


FONTS = FontBook.bundled_only()


def test_endless_work_is_refused_at_once(fonts: FontBook) -> None:
    started = time.process_time()
    saving = emf(*[numbers(33)] * 100_000)
    lines = emf(*[points(4, *[(0, 0)] * 5000)] * 500)

    named = emf(*[one for at in range(500) for one in (font(1, -9, f"字体{at}"), select(1), text(0, 0, "字"))])

    assert not tried(saving, fonts) and not tried(lines, fonts) and not tried(named, fonts)
    assert time.process_time() - started < 20


def test_a_bitmap_of_impossible_size_is_not_unpacked(fonts: FontBook) -> None:
    header = struct.pack("<IiiHHIIiiII", 40, 30_000, 30_000, 1, 8, 1, 10, 0, 0, 0, 0)
    found = Drawings().read(emf(points(4, (0, 0), (9, 9)), stretched((0, 0, 9, 9), header, b"\0" * 16, (9, 9))))

    assert found is not None and not found.whole and len(found.items) == 1


def test_a_packed_metafile_that_unpacks_to_too_much_is_left_blank(fonts: FontBook) -> None:
    assert not tried(gzip.compress(SOUND["emf"] + bytes(MAX_BYTES)), fonts)
