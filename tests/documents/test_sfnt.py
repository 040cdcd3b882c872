"""Font files read from their bytes agree with a general font library, and subsets are whole fonts."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from anjian_desktop.documents.sfnt import FontFile, UnusableFont, open_faces

FONTS = sorted((Path(__file__).parents[2] / "resources" / "fonts").glob("*.ttf"))


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_characters_widths_and_names_agree_with_fonttools(path: Path) -> None:
    ours, theirs = FontFile(path.read_bytes()), TTFont(path)

    order = {name: number for number, name in enumerate(theirs.getGlyphOrder())}
    assert ours.characters() == {code: order[name] for code, name in theirs.getBestCmap().items()}
    assert list(ours.advances()) == [theirs["hmtx"][name][0] for name in theirs.getGlyphOrder()]
    assert theirs["name"].getDebugName(1) in ours.names().families
    assert ours.units_per_em == theirs["head"].unitsPerEm


def test_the_older_table_of_characters_is_read_too() -> None:
    font = TTFont(FONTS[0])
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format == 4]
    out = io.BytesIO()
    font.save(out)

    order = {name: number for number, name in enumerate(font.getGlyphOrder())}
    expected = {code: order[name] for code, name in font.getBestCmap().items()}
    assert len(expected) > 3000
    assert FontFile(out.getvalue()).characters() == expected


def test_a_subset_is_a_font_with_the_same_outlines() -> None:
    path = FONTS[-1]
    ours, theirs = FontFile(path.read_bytes()), TTFont(path)
    glyphs = [
        ours.characters()[ord(character)] for character in "安全生产责任书2026éÀ" if ord(character) in ours.characters()
    ]

    data, numbers = ours.subset(glyphs)

    cut = TTFont(io.BytesIO(data), checkChecksums=2)
    old, new = theirs.getGlyphOrder(), cut.getGlyphOrder()
    assert set(glyphs) < numbers.keys() and numbers[0] == 0
    for glyph in glyphs:
        one, other = theirs["glyf"][old[glyph]], cut["glyf"][new[numbers[glyph]]]
        assert one.getCoordinates(theirs["glyf"])[0] == other.getCoordinates(cut["glyf"])[0]
        assert theirs["hmtx"][old[glyph]] == cut["hmtx"][new[numbers[glyph]]]
    assert len(data) < 40_000


def test_collections_give_each_of_their_faces(tmp_path: Path) -> None:
    collection = TTCollection()
    collection.fonts = [TTFont(path) for path in FONTS]
    path = tmp_path / "both.ttc"
    collection.save(path)

    faces = open_faces(path)

    assert [index for index, _ in faces] == [0, 1]
    assert {names.families[0] for _, names in faces} == {"Noto Sans SC", "Noto Serif SC"}
    second = FontFile(path.read_bytes(), 1)
    assert ord("安") in second.characters()


@pytest.mark.parametrize("data", [b"", b"not a font at all", b"\0\1\0\0\xff\xff" + b"\0" * 20, b"ttcf\0\0"])
def test_what_is_no_font_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(data)

    with pytest.raises(UnusableFont):
        open_faces(path)
