"""Sets the text of drawings in the fonts at hand: which glyphs of which face stand where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anjian_desktop.documents.fonts import Face, FontBook
from anjian_desktop.documents.layout.model import RunFormat
from anjian_desktop.documents.layout.type_styles import Sort, TypeStyle
from anjian_desktop.documents.metafiles.drawing import Drawing, Matrix, Text, mapped

_ANY = "宋体"
_LINE, _BELOW, _THROUGH = 0.06, 0.12, -0.28
"""Weight and places of the lines under and through text, in em."""
_LEAN = 0.25
_THICK = 0.03


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

    def operators(self) -> bytes:
        """The PDF operators that show it, in a frame whose second axis points down."""
        parts = []
        if self.text.back is not None:
            parts.append(self._bar(self.y - self.above * self.em, self.y + self.below * self.em, self.text.back))
        parts.append(b"BT\n%b rg " % tint(self.text.colour))
        for one in self.stretches():
            parts.append(self._shown(one))
        parts.append(b"ET\n")
        if self.text.face.underline:
            parts.append(self._bar(*self._line(_BELOW), self.text.colour))
        if self.text.face.strike:
            parts.append(self._bar(*self._line(_THROUGH), self.text.colour))
        return b"".join(parts)

    def _shown(self, one: Stretch) -> bytes:
        a, b, c, d, _, _ = (part * self.em for part in self.text.matrix)
        x, y = mapped(self.text.matrix, one.x, self.y)
        if one.sort.slant:
            c, d = c - _LEAN * a, d - _LEAN * b
        placed = numbers((a, b, -c, -d, x, y))
        shown = b"".join(
            [
                b"<%b>%d" % (code.hex().encode(), round(-1000 * moved))
                if abs(moved) > 5e-4
                else b"<%b>" % code.hex().encode()
                for code, moved in zip(one.codes, one.moved, strict=True)
            ]
        ).replace(b"><", b"")
        face = one.sort.face.number
        if one.sort.thicken:
            return b"2 Tr %.3f w %b RG /F%d 1 Tf %b Tm [%b] TJ 0 Tr\n" % (
                _THICK, tint(self.text.colour), face, placed, shown,
            )  # fmt: skip
        return b"/F%d 1 Tf %b Tm [%b] TJ\n" % (face, placed, shown)

    def _line(self, place: float) -> tuple[float, float]:
        middle = self.y + place * self.em
        return middle - _LINE / 2 * self.em, middle + _LINE / 2 * self.em

    def _bar(self, top: float, bottom: float, colour: tuple[float, float, float]) -> bytes:
        corners = ((self.x, top), (self.x + self.width, top), (self.x + self.width, bottom), (self.x, bottom))
        first, *others = [numbers(mapped(self.text.matrix, *corner)) for corner in corners]
        return b"%b rg %b m %b l f\n" % (tint(colour), first, b" l ".join(others))


def letters_of(drawing: Drawing, fonts: FontBook) -> dict[Face, set[str]]:
    """The characters of a drawing by the face that shows them."""
    found: dict[Face, set[str]] = {}
    for item in drawing.items:
        if isinstance(item, Text):
            for face, letter in SetText(item, fonts).letters():
                found.setdefault(face, set()).add(letter)
    return found


def tint(colour: tuple[float, float, float]) -> bytes:
    """A colour as operators have it."""
    return b" ".join([b"%.3g" % part for part in colour])


def numbers(places: tuple[float, ...] | Matrix) -> bytes:
    """Places in pt, finely enough for a drawing that is enlarged."""
    return b" ".join([b"%.4g" % place if abs(place) < 1 else b"%.3f" % place for place in places])
