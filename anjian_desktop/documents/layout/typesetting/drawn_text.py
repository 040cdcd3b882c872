"""Sets the text of drawings in the fonts at hand: which glyphs of which face stand where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from anjian_desktop.documents.fonts import Face, FontBook
from anjian_desktop.documents.layout.laid_out import Page
from anjian_desktop.documents.layout.model import RunFormat
from anjian_desktop.documents.layout.typesetting.type_styles import Sort, TypeStyle
from anjian_desktop.documents.metafiles.drawing import Drawing, Text

_ANY = "宋体"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Glyphs of one face: their codes, where they begin and how much each is moved on beyond its own width (em)."""

    sort: Sort
    x: float
    codes: tuple[bytes, ...]
    moved: tuple[float, ...]


class SetText:
    """A text of a drawing, set. `em` is the size of its letters, `x` and `y` the place of its baseline, all in its units."""

    def __init__(self, text: Text, fonts: FontBook) -> None:
        face = text.face
        name = face.name.lstrip("@") or _ANY
        look = RunFormat(name, name, size=1.0, bold=face.bold, italic=face.italic)
        style = TypeStyle(look, 0.0, fonts, either=False)
        self.text = text
        self.sorts = [style.sorts[letter] for letter in text.text]
        self.above, self.below = style.reach(east_asian=False)
        self.em = 1 / ((self.above + self.below) or 1.0) if face.cell else 1.0
        steps = text.advances if text.advances is not None else [sort.natural * self.em for sort in self.sorts]
        self.steps = tuple(steps)
        self.width = sum(steps)
        self.x = {"center": -self.width / 2, "end": -self.width}.get(text.across, 0.0)
        self.y = {"top": self.above * self.em, "bottom": -self.below * self.em}.get(text.down, 0.0)

    def stretches(self) -> Iterator[Stretch]:
        """Its glyphs, parted where the face changes."""
        x = begin = self.x
        codes: list[bytes] = []
        moved: list[float] = []
        first: Sort | None = None
        for sort, step in zip(self.sorts, self.steps, strict=True):
            if first is not None and sort.face is not first.face:
                yield Stretch(first, begin, tuple(codes), tuple(moved))
                codes, moved, first = [], [], None
            if first is None:
                first, begin = sort, x
            codes.append(sort.code)
            moved.append(step / self.em - sort.natural)
            x += step
        if first is not None:
            yield Stretch(first, begin, tuple(codes), tuple(moved))

    def letters(self) -> Iterator[tuple[Face, str]]:
        """Each character with the face that shows it."""
        for sort, letter in zip(self.sorts, self.text.text, strict=True):
            yield sort.face, letter


def letters_of(drawing: Drawing, fonts: FontBook) -> dict[Face, set[str]]:
    """The characters of a drawing by the face that shows them."""
    found: dict[Face, set[str]] = {}
    for item in drawing.items:
        if isinstance(item, Text):
            for face, letter in SetText(item, fonts).letters():
                found.setdefault(face, set()).add(letter)
    return found


def unknown_letters(pages: Iterable[Page], fonts: FontBook) -> dict[str, str]:
    """The characters in the drawings of pages that no font holds, each with the text it stands in."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    for page in pages:
        for fragment, _, _ in page.placed:
            for placed in fragment.pictures:
                drawing = placed.picture.drawing
                if drawing is None or drawing.name in seen:
                    continue
                seen.add(drawing.name)
                for item in drawing.items:
                    if isinstance(item, Text):
                        for sort, letter in zip(SetText(item, fonts).sorts, item.text, strict=True):
                            if not sort.known:
                                found.setdefault(letter, item.text)
    return found
