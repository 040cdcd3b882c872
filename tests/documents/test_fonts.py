"""Which font prints which: the machine's own where it has them, the table of stand-ins, per-character fallback."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from anjian_desktop.documents.fonts import FontBook, FontsMissing

BUNDLED = Path(__file__).parents[2] / "resources" / "fonts"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A font folder like a Chinese Windows machine's: fonts under their own names, and files that are none."""
    for file, family in (("simfang.ttf", "仿宋"), ("STZHONGS.TTF", "华文中宋")):
        font = TTFont(BUNDLED / "NotoSansSC-subset.ttf")
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = family
        font.save(tmp_path / file)
    (tmp_path / "broken.ttf").write_bytes(b"nothing")
    (tmp_path / "readme.txt").write_text("x", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "used", "thicken"),
    [
        ("仿宋_GB2312", "Noto Serif SC", False),
        ("楷体_GB2312", "Noto Serif SC", False),
        ("宋体", "Noto Serif SC", False),
        ("黑体", "Noto Sans SC", False),
        ("微软雅黑", "Noto Sans SC", False),
        ("方正小标宋简体", "Noto Serif SC", True),
        ("Times New Roman", "Noto Serif SC", False),
        ("没听说过的字体", "Noto Serif SC", False),
    ],
)
def test_the_bundled_fonts_stand_in_for_all(asked: str, used: str, thicken: bool) -> None:
    chain = FontBook.bundled_only().chain(asked)

    assert chain.faces[0].family == used
    assert chain.thicken is thicken


def test_the_machines_fonts_come_first_by_the_name_in_the_file(machine: Path) -> None:
    book = FontBook([machine])

    assert book.used_for("仿宋_GB2312").used == "仿宋"
    assert book.used_for("方正小标宋简体").used == "华文中宋"
    assert not book.chain("方正小标宋简体").thicken
    assert book.used_for("楷体_GB2312").used == "Noto Serif SC"


def test_bold_without_a_bold_face_is_thickened() -> None:
    assert FontBook.bundled_only().chain("宋体", bold=True).thicken


def test_a_character_the_font_lacks_comes_from_the_bundled_serif(machine: Path) -> None:
    chain = FontBook([machine]).chain("仿宋")

    common, rare = chain["安"], chain["䶮"]
    assert common is not None and common.face.family == "仿宋"
    assert rare is not None and rare.face.family == "Noto Serif SC"
    assert chain["\U0002a6a5"] is None


def test_blanks_and_lookalikes_need_no_glyph_of_their_own() -> None:
    chain = FontBook.bundled_only().chain("宋体")

    for character in "\u00a0\u2003\u3000\u2011":
        assert chain[character] is not None


def test_without_the_bundled_fonts_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="字体"):
        FontBook(bundled=tmp_path).chain("宋体")


def test_the_machines_fonts_are_looked_for_by_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    place = "Microsoft/Windows/Fonts" if sys.platform == "win32" else ".local/share/fonts/own"
    shutil.copytree(machine, tmp_path / place, ignore=shutil.ignore_patterns(".local", "Microsoft"))

    assert FontBook.of_machine().used_for("仿宋_GB2312").used == "仿宋"
