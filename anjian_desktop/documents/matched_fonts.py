"""Fonts as fontconfig matches them, the way every other program on a Linux desktop finds its fonts."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from anjian_desktop.documents.fonts import Face, FontBook, FontChain, Located
from anjian_desktop.documents.sfnt import UnusableFont, open_faces

_COMMAND = "fc-match"
_SHOWN = "%{file}\t%{index}\t%{family[0]}\n"
_SECONDS = 10
_CHINESE, _ENGLISH = ":lang=zh-cn", ":lang=en"
_EMBEDDABLE = ":fontformat=CFF"
"""Asks for the same font in a file that can be embedded, where fontconfig likes its old Type 1 file better."""

_PLAIN = "國国中文"
"""Characters by which a font is known to be one for Chinese."""


def fonts_for_documents() -> FontBook:
    """The fonts finished documents are laid out with: fontconfig's where it is installed, else the machine's by name."""
    if sys.platform != "win32" and shutil.which(_COMMAND):
        return MatchedFontBook()
    return FontBook.of_machine()


def settle() -> None:
    """Have fontconfig bring its own list up to date, while this process may still write files."""
    if sys.platform != "win32" and shutil.which(_COMMAND):
        _matched("")


class MatchedFontBook(FontBook):
    """The font fontconfig gives for each name; lines are as high as those fonts say."""

    true_heights = True

    def _make_chain(self, asked: str, bold: bool, italic: bool, east_asian: bool, language: str) -> FontChain:
        style = (":bold" if bold else "") + (":italic" if italic else "")
        told = f":lang={language}" if language else ""
        pattern = f"{_escaped(asked)}{told}{style}"
        located = _matched(pattern) or _matched(f"{pattern}{_EMBEDDABLE}")
        if east_asian and not language and (located is None or not _holds_han(self._face(located))):
            # A name fontconfig does not know gives its general font; for Chinese text programs ask for a Chinese one.
            located = _matched(f"{_escaped(asked)}{_CHINESE}{style}") or located
        if located is None:
            return super()._make_chain(asked, bold, italic, east_asian, language)
        first = self._face(located)
        pattern = _CHINESE + style if east_asian else _escaped(asked) + _ENGLISH + style
        return _MatchedChain(self, asked, first, bold=bold, italic=italic, located=located, pattern=pattern)

    def face_for(self, character: str, pattern: str) -> Iterator[Face]:
        """The fonts fontconfig gives for one character in text of this kind, then the bundled ones."""
        located = _matched(f"{pattern}:charset={ord(character):x}")
        if located is not None:
            yield self._face(located)
        yield from self._bundled_fallbacks()


class _MatchedChain(FontChain):
    """A matched face, and what fontconfig gives for the characters it lacks."""

    def __init__(
        self,
        book: MatchedFontBook,
        asked: str,
        first: Face,
        *,
        bold: bool,
        italic: bool,
        located: Located,
        pattern: str,
    ) -> None:
        super().__init__(
            asked, (first,), iter(()), thicken=bold and not located.bold, slant=italic and not located.italic
        )
        self._book, self._pattern = book, pattern

    def more_faces(self, character: str) -> Iterator[Face]:
        return self._book.face_for(character, self._pattern)


def _holds_han(face: Face) -> bool:
    return any(face.glyph(character) for character in _PLAIN)


def _escaped(name: str) -> str:
    """A family name as a fontconfig pattern."""
    return "".join(f"\\{character}" if character in "-:,\\=" else character for character in name)


@lru_cache(maxsize=512)
def _matched(pattern: str) -> Located | None:
    """The face fontconfig gives for a pattern; None when it gives none that can be embedded."""
    try:
        done = subprocess.run(
            [_COMMAND, "-f", _SHOWN, "--", pattern], capture_output=True, timeout=_SECONDS, check=True
        )
        file, index, family = done.stdout.decode("utf-8", "replace").splitlines()[0].split("\t")
        place = int(index) & 0xFFFF
        names = dict(open_faces(Path(file)))[place]
    except (OSError, subprocess.SubprocessError, ValueError, IndexError, KeyError, UnusableFont):
        return None  # no fontconfig, a bitmap, a Type 1 font: the table of stand-ins serves then
    if not names.has_outlines:
        return None
    return Located(Path(file), place, family or "?", names.bold, names.italic)
