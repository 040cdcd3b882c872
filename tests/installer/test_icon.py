"""The icon file holds every size Windows asks for, in the order and places its head says."""

from __future__ import annotations

import struct
from pathlib import Path

from installer.icon import SIZES, write_ico

DRAWING = Path(__file__).resolve().parents[2] / "resources" / "icons" / "app.svg"


def test_the_icon_has_every_size_as_a_picture_of_its_own(qapp: object, tmp_path: Path) -> None:
    icon = tmp_path / "app.ico"
    write_ico(DRAWING, icon)
    data = icon.read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", data)
    assert (reserved, kind, count) == (0, 1, len(SIZES))
    for number, size in enumerate(SIZES):
        width, height, _, _, _, bits, length, place = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        assert (width or 256, height or 256, bits) == (size, size, 32)
        assert data[place : place + 8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack_from(">II", data, place + 16) == (size, size)
        assert data[place : place + length].endswith(b"IEND\xaeB`\x82")


def test_the_same_drawing_gives_the_same_icon(qapp: object, tmp_path: Path) -> None:
    one, other = tmp_path / "one.ico", tmp_path / "other.ico"
    write_ico(DRAWING, one)
    write_ico(DRAWING, other)
    assert one.read_bytes() == other.read_bytes()
