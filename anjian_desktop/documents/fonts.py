"""Finds the fonts a document asks for, or what stands in for them, and tells which character no font can print."""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from anjian_desktop.documents.font_substitutes import RARE, SANS, SERIF, candidates
from anjian_desktop.documents.kerning import Kerning, kerning_of
from anjian_desktop.documents.sfnt import FontFile, UnusableFont, open_faces
from anjian_desktop.errors import UserError

_BUNDLED = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_SUFFIXES = {".ttf", ".ttc", ".otf", ".otc"}
_BLANKS = {
    "\u00a0": 0.25, "\u2002": 0.5, "\u2003": 1.0, "\u2009": 0.2, "\u3000": 1.0, " ": 0.25, "\u2007": 0.5, "\u202f": 0.2,
}  # fmt: skip
_LOOKALIKES = {"\u2011": "-", "\u2010": "-", "\u2015": "—", "\u30fb": "\u00b7", "\u2022": "\u00b7"}


class FontsMissing(UserError):
    """The fonts that come with the program are not where they were installed."""

    code = "fonts"


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font name a document asks for and the family that prints it."""

    asked: str
    used: str


@dataclass(frozen=True, slots=True)
class Located:
    """Where a family was found: the file, the face's place in it, and its style."""

    path: Path
    index: int
    family: str
    bold: bool
    italic: bool


class Face:
    """One font face: its characters and widths, read when first needed.

    `number` is the face's place in its FontBook and names the font resource on a page.
    """

    def __init__(self, number: int, located: Located) -> None:
        self.number = number
        self.family = located.family
        self._located = located
        self.stand_ins: dict[str, int] = {}
        """Characters the font lacks but shows by another glyph (a no-break space by the space), with that glyph."""

    def __repr__(self) -> str:
        return f"Face({self.number}, {self.family!r})"

    @property
    def index(self) -> int:
        """The face's place in its file."""
        return self._located.index

    @property
    def is_italic(self) -> bool:
        """Whether the face itself is slanted."""
        return self._located.italic

    @cached_property
    def line_metrics(self) -> tuple[float, float]:
        """Ascent and descent of a line in em."""
        return self.file.line_metrics

    @cached_property
    def kerning(self) -> Kerning:
        """How much closer two of its glyphs stand, in design units."""
        return kerning_of(self.file.data, self.index)

    @cached_property
    def file(self) -> FontFile:
        """The font's tables."""
        return FontFile(self._located.path.read_bytes(), self._located.index)

    @cached_property
    def characters(self) -> dict[int, int]:
        """Code point to glyph number."""
        return self.file.characters()

    @cached_property
    def advances(self) -> array[int]:
        """Advance width of every glyph in design units."""
        return self.file.advances()

    @cached_property
    def units_per_em(self) -> int:
        """Design units to the em."""
        return self.file.units_per_em

    def glyph(self, character: str) -> int | None:
        """The glyph that shows a character, or None."""
        return self.characters.get(ord(character)) or self.stand_ins.get(character)


@dataclass(frozen=True, slots=True)
class Glyph:
    """How a character is printed: in which face, by which glyph, how wide (in em)."""

    face: Face
    number: int
    width: float


class FontChain(dict[str, "Glyph | None"]):
    """The faces tried for each character of text set in one asked font; None where none has the character.

    Looks up like a dictionary and remembers what it found. `thicken` asks for a drawn outline, because the face has no
    bold of its own, `slant` a slanted drawing, because it has no italic.
    """

    def __init__(
        self, asked: str, faces: tuple[Face, ...], rare: Iterator[Face], *, thicken: bool, slant: bool = False
    ) -> None:
        super().__init__()
        self.asked = asked
        self.faces = faces
        self.thicken = thicken
        self.slant = slant
        self._rare = rare
        self._rare_faces: list[Face] = []

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __missing__(self, character: str) -> Glyph | None:
        found = self._find(character)
        self[character] = found
        return found

    def _find(self, character: str) -> Glyph | None:
        for face in (*self.faces, *self._rare_faces):
            number = face.glyph(character)
            if number:
                return Glyph(face, number, face.advances[number] / face.units_per_em)
        if character in _BLANKS:
            face = self.faces[0]
            blank = face.stand_ins[character] = face.glyph(" ") or 0
            return Glyph(face, blank, _BLANKS[character])
        alike = self[_LOOKALIKES[character]] if character in _LOOKALIKES else None
        if alike is not None:
            alike.face.stand_ins[character] = alike.number
            return alike
        for face in self.more_faces(character):
            number = face.glyph(character)
            if face not in self._rare_faces:
                self._rare_faces.append(face)
            if number:
                return Glyph(face, number, face.advances[number] / face.units_per_em)
        return None

    def more_faces(self, character: str) -> Iterator[Face]:
        """Further faces to try for a character that none of those at hand holds."""
        yield from self._rare


class FontBook:
    """The fonts at hand: those of the machine, found by the names in the files themselves, and the two bundled ones.

    `true_heights`: lines off the grid are as high as the fonts at hand say, not as the fonts of official documents are.
    The machine's fonts are used where they stand and never copied into the program.
    Raises FontsMissing when the bundled fonts are gone.
    """

    true_heights = False

    def __init__(self, folders: Iterable[Path] = (), *, files: Iterable[Path] = (), bundled: Path = _BUNDLED) -> None:
        self._folders = tuple(folders)
        self._files = tuple(files)
        self._bundled = bundled
        self._faces: dict[tuple[Path, int], Face] = {}
        self._chains: dict[tuple[str, bool, bool, bool, str], FontChain] = {}

    @classmethod
    def bundled_only(cls) -> FontBook:
        """Nothing but the fonts that come with the program: the same pages on every machine."""
        return cls()

    @classmethod
    def of_machine(cls) -> FontBook:
        """The machine's fonts first, the bundled ones where they lack."""
        folders, files = _windows_fonts() if sys.platform == "win32" else (_unix_font_folders(), [])
        return cls(folders, files=files)

    @property
    def faces(self) -> tuple[Face, ...]:
        """The faces opened so far, by number."""
        return tuple(self._faces.values())

    def chain(
        self, asked: str, *, bold: bool = False, italic: bool = False, east_asian: bool = True, language: str = ""
    ) -> FontChain:
        """The faces that print text set in the asked font; `east_asian`: it is Chinese text.

        `language`: the one the document gives such text (`en-us`), when that is not Chinese.
        """
        key = (asked, bold, italic, east_asian, language)
        if key not in self._chains:
            self._chains[key] = self._make_chain(asked, bold, italic, east_asian, language)
        return self._chains[key]

    def used_for(self, asked: str) -> FontUse:
        """The family that prints text asked in this font."""
        return FontUse(asked, self.chain(asked).faces[0].family)

    def _make_chain(self, asked: str, bold: bool, italic: bool, east_asian: bool, language: str) -> FontChain:
        for candidate in candidates(asked):
            located = self._locate(candidate.family, bold or candidate.bold, italic)
            if located is not None:
                first = self._face(located)
                thicken = (bold or candidate.bold) and not located.bold
                faces = (first, *(face for face in self._bundled_fallbacks() if face is not first))
                slant = italic and not located.italic
                return FontChain(asked, faces, self._rare_faces(), thicken=thicken, slant=slant)
        raise FontsMissing("随程序安装的字体不见了，无法排版。", next_step="数据没有改动；请重新安装本程序。")

    def _bundled_fallbacks(self) -> list[Face]:
        """The faces that come with the program, the serif first."""
        return [
            self._face(place) for family in (SERIF, SANS) for place in self._bundled_faces if place.family == family
        ]

    def _face(self, located: Located) -> Face:
        key = (located.path, located.index)
        if key not in self._faces:
            self._faces[key] = Face(len(self._faces), located)
        return self._faces[key]

    def _rare_faces(self) -> Iterator[Face]:
        for family in RARE:
            located = self._locate(family, False, False)
            if located is not None:
                yield self._face(located)

    def _locate(self, family: str, bold: bool, italic: bool) -> Located | None:
        faces = self._catalogue.get(family.casefold(), [])
        return min(faces, key=lambda place: (place.italic != italic, place.bold != bold), default=None)

    @cached_property
    def _bundled_faces(self) -> list[Located]:
        return [place for path in sorted(self._bundled.glob("*.ttf")) for place, _ in _faces_of(path)]

    @cached_property
    def _catalogue(self) -> Mapping[str, list[Located]]:
        catalogue: dict[str, list[Located]] = {}
        paths = [path for path in self._files if path.suffix.lower() in _SUFFIXES]
        for folder in self._folders:
            if folder.is_dir():
                paths += sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)
        for path in [*dict.fromkeys(paths), *sorted(self._bundled.glob("*.ttf"))]:
            for located, families in _faces_of(path):
                for family in families:
                    catalogue.setdefault(family.casefold(), []).append(located)
        return catalogue


def _faces_of(path: Path) -> tuple[tuple[Located, tuple[str, ...]], ...]:
    """The usable faces of a file with all their family names; nothing for a file that is no TrueType font."""
    try:
        state = path.stat()
    except OSError:
        return ()
    return _faces_of_state(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8192)
def _faces_of_state(path: Path, _changed: int, _size: int) -> tuple[tuple[Located, tuple[str, ...]], ...]:
    """The same of a file in one state: a machine has hundreds, and a long-lived process asks for them again and again."""
    try:
        found = open_faces(path)
    except (OSError, UnusableFont):
        return ()  # a machine's font folder holds bitmaps, links and broken files; the table of stand-ins serves then
    return tuple(
        (Located(path, index, names.families[0], names.bold, names.italic), names.families)
        for index, names in found
        if names.has_outlines and names.families
    )


def _unix_font_folders() -> list[Path]:
    home = Path.home()
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]


def _windows_fonts() -> tuple[list[Path], list[Path]]:
    """Font folders of a Windows machine, and the files its registry lists elsewhere."""
    folders = []
    if "WINDIR" in os.environ:
        folders.append(Path(os.environ["WINDIR"]) / "Fonts")
    if "LOCALAPPDATA" in os.environ:
        folders.append(Path(os.environ["LOCALAPPDATA"]) / "Microsoft" / "Windows" / "Fonts")
    return folders, _registered_fonts()


def _registered_fonts() -> list[Path]:
    files: list[Path] = []
    if sys.platform == "win32":
        import winreg  # exists on Windows only

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(root, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts") as key:
                    for entry in range(winreg.QueryInfoKey(key)[1]):
                        value = winreg.EnumValue(key, entry)[1]
                        if isinstance(value, str) and Path(value).is_absolute():
                            files.append(Path(value))
            except OSError:
                continue  # a machine without the key has its fonts in the folders
    return files
