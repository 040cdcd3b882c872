"""Text on lists and cards: each character from the first bundled font that has it, measured, broken into lines, drawn."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

POINTS_PER_MM = 72 / 25.4
_FACES = (("PaperSans", "NotoSansSC-subset.ttf"), ("PaperSerif", "NotoSerifSC-subset.ttf"))
_MISSING = "□"
_NEVER_FIRST = frozenset("，。、；：？！）】》〉」』〕”’,.;:?!)]}%℃‰")
_THICK = 0.025
"""Width of the outline that makes a heading bold, in em."""


class PaperText:
    """One document's text. `missing` collects characters that no font has; they are printed as □ and must be told."""

    def __init__(self) -> None:
        self._fonts = _open_fonts()
        self.missing: dict[str, None] = {}
        self._runs = lru_cache(maxsize=50_000)(self._cut)

    def width(self, text: str, size: float) -> float:
        """How wide the text is, in points."""
        return sum(width for _, _, width in self._runs(text)) * size

    def lines(self, text: str, room: float, size: float) -> list[str]:
        """The text in lines no wider than `room` points; words of Latin letters and digits stay together where they fit."""
        made: list[str] = []
        for paragraph in text.split("\n"):
            made.extend(self._broken(paragraph, room / size))
        return made

    def draw(self, canvas: Canvas, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        """Draw one line with its left end of the base line at (x, y)."""
        for font, run, width in self._runs(text):
            told = canvas.beginText(x, y)
            told.setFont(font, size)
            if bold:
                canvas.setLineWidth(size * _THICK)
                told.setTextRenderMode(2)
            told.textOut(run)
            if bold:
                told.setTextRenderMode(0)
            canvas.drawText(told)
            x += width * size

    def _broken(self, text: str, room: float) -> list[str]:
        """Lines of one paragraph, `room` in em."""
        if sum(width for _, _, width in self._runs(text)) <= room:
            return [text]
        lines: list[str] = []
        line, used = "", 0.0
        for piece in _pieces(text):
            wide = sum(width for _, _, width in self._runs(piece))
            if used + wide <= room + 1e-6 or (line and piece in _NEVER_FIRST and used + wide <= room + 1):
                line, used = line + piece, used + wide
                continue
            if line:
                lines.append(line.rstrip())
            line, used = piece.lstrip(), sum(width for _, _, width in self._runs(piece.lstrip()))
            while used > room and len(line) > 1:
                fit = self._fitting(line, room)
                lines.append(line[:fit])
                line = line[fit:]
                used = sum(width for _, _, width in self._runs(line))
        return [*lines, line] if line or not lines else lines

    def _fitting(self, text: str, room: float) -> int:
        """How many characters of a long word fit; at least one."""
        used = 0.0
        for place, character in enumerate(text):
            used += self._runs(character)[0][2]
            if used > room:
                return max(place, 1)
        return len(text)

    def _cut(self, text: str) -> tuple[tuple[str, str, float], ...]:
        """Runs of one font: its name, the characters, their width in em."""
        runs: list[tuple[str, str, float]] = []
        for character in text:
            if character in "\t\r":
                character = " "
            font = self._font_with(character)
            if font is None:
                self.missing[character] = None
                character = _MISSING
                font = self._font_with(character) or self._fonts[0]
            width = font.face.getCharWidth(ord(character)) / 1000
            if runs and runs[-1][0] == font.fontName:
                runs[-1] = (font.fontName, runs[-1][1] + character, runs[-1][2] + width)
            else:
                runs.append((font.fontName, character, width))
        return tuple(runs)

    def _font_with(self, character: str) -> TTFont | None:
        code = ord(character)
        return next((font for font in self._fonts if code in font.face.charToGlyph), None)


def _pieces(text: str) -> list[str]:
    """What a line may be broken between: single characters, but whole Latin words and numbers."""
    pieces: list[str] = []
    for character in text:
        joins = character.isascii() and not character.isspace()
        if pieces and joins and pieces[-1][-1:].isascii() and not pieces[-1][-1:].isspace():
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _open_fonts() -> tuple[TTFont, ...]:
    """The bundled fonts as reportlab knows them; read once a process, 0.3 s."""
    from reportlab.pdfbase import pdfmetrics  # a heavy library: only where a list is printed
    from reportlab.pdfbase.ttfonts import TTFont

    fonts = []
    for name, file in _FACES:
        if name not in pdfmetrics.getRegisteredFontNames():
            with as_file(files("resources") / "fonts" / file) as path:
                pdfmetrics.registerFont(TTFont(name, str(path)))
        fonts.append(pdfmetrics.getFont(name))
    return tuple(fonts)
