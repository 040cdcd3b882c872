"""How wide each character of a format is and which glyph shows it, worked out once per character."""

from __future__ import annotations

from dataclasses import dataclass

from anjian_desktop.documents.fonts import Face, FontBook, FontUse
from anjian_desktop.documents.layout.characters import is_east_asian
from anjian_desktop.documents.layout.model import RunFormat
from anjian_desktop.documents.layout.typesetting.line_heights import DOTS, font_reach


@dataclass(frozen=True, slots=True)
class Sort:
    """One character in one format: its glyph, its natural width and its width on the grid (pt)."""

    face: Face
    code: bytes
    natural: float
    east_asian: bool
    thicken: bool
    known: bool
    slant: bool = False


_SCRIPT_SIZE = 0.58
"""Size of superscript and subscript beside the text, as the other programs of a Linux desktop set them: within its line."""


_SYMBOL_REACH = 0.693359375, 0.2158203125
"""How far the symbol font of the other programs of a Linux desktop reaches above and below the baseline, in em."""


class TypeStyle(dict[str, float]):
    """Maps a character to its advance in pt in one run format on one grid; `sorts` to its glyph.

    On a character grid a full-width character is widened (or narrowed) by the grid's difference, a narrower one by half
    of it, so that 28 characters of 16 pt fill a line of 156 mm. `drawn`: how far its picture reaches above the baseline.
    """

    def __init__(self, format_: RunFormat, widen: float, fonts: FontBook, *, either: bool) -> None:
        super().__init__()
        self.format = format_
        self.size = format_.size
        self._widen = widen if format_.on_grid else 0.0
        self._either = either or format_.prefer_east_asian
        self._western = fonts.true_heights and not format_.prefer_east_asian
        self._wide = fonts.chain(
            format_.east_asian, bold=format_.bold, italic=format_.italic, language=format_.language
        )
        self._narrow = fonts.chain(
            format_.latin, bold=format_.bold, italic=format_.italic, east_asian=False, language=format_.western
        )
        self._true_heights = fonts.true_heights
        self.rise = format_.rise * format_.size
        if fonts.true_heights and format_.beside:
            self.size = _SCRIPT_SIZE * format_.beside
            ascent, descent = self._narrow.faces[0].line_metrics
            self.rise = (1 - _SCRIPT_SIZE) * format_.beside * (ascent if format_.rise > 0 else -descent)
        self.drawn = 0.0
        if format_.picture is not None:
            self.rise = 0.0 if format_.beside else self.rise
            self.drawn = max(format_.picture.height + self.rise, 0.0)
        self.kerned = fonts.true_heights and format_.kerned
        self.sorts: dict[str, Sort] = _Sorts(self)

    def __missing__(self, character: str) -> float:
        if character in "\n\f\t":
            advance = 0.0
        elif self.format.picture is not None:
            advance = self.format.picture.width
        else:
            sort = self.sorts[character]
            advance = sort.natural + self.format.spacing
            if sort.natural > 0:
                advance += self._widen if sort.natural > 0.75 * self.size else self._widen / 2
        self[character] = advance
        return advance

    @property
    def em(self) -> float:
        """The width of a full-width character (pt)."""
        return self.size * self.format.scale + self.format.spacing + self._widen

    @property
    def chinese_blank(self) -> float:
        """The width of a blank in the font of Chinese text (pt)."""
        glyph = self._wide[" "]
        return self._width(glyph.width) if glyph is not None else self.sorts[" "].natural

    def find(self, character: str) -> Sort:
        """The glyph of a character; an unknown one is shown as the font's blank box and told apart by `known`."""
        if self.format.picture is not None:
            return Sort(self._wide.faces[0], b"", self.format.picture.width, True, False, True)
        # Marks of Western code pages (° ± · × ÷) are Latin, unless they are said to be East Asian.
        either = self._either and not (self._western and character < "\u0100")
        east_asian = is_east_asian(character, either=either)
        chain = self._wide if east_asian else self._narrow
        glyph = chain[character]
        if glyph is None:
            return Sort(chain.faces[0], b"\0\0", self.size * self.format.scale, east_asian, False, False)
        width = self._width(glyph.width)
        slant = self.format.italic and not glyph.face.is_italic
        return Sort(glyph.face, glyph.number.to_bytes(2, "big"), width, east_asian, chain.thicken, True, slant)

    def _width(self, share: float) -> float:
        """The width (pt) that is this share of an em: in whole dots of the device that the other programs measure fonts on."""
        width = share * self.size * self.format.scale
        return round(width * DOTS) / DOTS if self._true_heights else width

    def reach(self, *, east_asian: bool) -> tuple[float, float]:
        """How far a line with this text and the box around it reaches above and below its baseline (pt), by the font's own word."""
        ascent, descent = (self._wide if east_asian else self._narrow).faces[0].line_metrics
        if self.format.symbol:
            ascent, descent = _SYMBOL_REACH
        above, below = font_reach(ascent, descent, self.format.beside or self.size)
        edge = self.format.box.width if self.format.box is not None else 0.0
        return above + edge, below + edge

    def kern(self, left: str, right: str) -> float:
        """What the advance of `left` changes by before `right` (pt)."""
        one, two = self.sorts[left], self.sorts[right]
        if one.face is not two.face or one.east_asian or two.east_asian:
            return 0.0
        moved = one.face.kerning(int.from_bytes(one.code, "big"), int.from_bytes(two.code, "big"))
        return self._width(moved / one.face.units_per_em)


class _Sorts(dict[str, Sort]):
    def __init__(self, style: TypeStyle) -> None:
        super().__init__()
        self._style = style

    def __missing__(self, character: str) -> Sort:
        found = self[character] = self._style.find(character)
        return found


class TypeCase:
    """All type styles of one print job, by format and grid. `cut_off`: the places of boxes too low for their text."""

    def __init__(self, fonts: FontBook) -> None:
        self.fonts = fonts
        self.cut_off: dict[str, None] = {}
        self._styles: dict[tuple[RunFormat, float, bool], TypeStyle] = {}

    def style(self, format_: RunFormat, widen: float, *, either: bool) -> TypeStyle:
        """The type style of a format; `either`: quotation marks and the like are East Asian here."""
        key = (format_, widen, either)
        found = self._styles.get(key)
        if found is None:
            found = self._styles[key] = TypeStyle(format_, widen, self.fonts, either=either)
        return found

    @property
    def used(self) -> tuple[FontUse, ...]:
        """The font names asked for so far and the families that print them, by name."""
        asked = {name for format_, _, _ in self._styles for name in (format_.east_asian, format_.latin)}
        return tuple(self.fonts.used_for(name) for name in sorted(asked))
