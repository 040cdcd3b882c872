"""LibreOffice's rules of the height of lines with tabs and blanks, where Word's are known to be others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

from anjian_desktop.documents.layout.model import LineRule, Paragraph, RunFormat
from anjian_desktop.documents.layout.reading import document, formats
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.typesetting import lines
from anjian_desktop.documents.layout.typesetting.type_styles import TypeStyle

if TYPE_CHECKING:
    from lxml.etree import _Element

_Style = tuple[int, int, TypeStyle]

_BLANKS = "\t \u3000\u2006"
_WIDE_BLANKS = re.compile(r"(?<![^\0-\u02ff\u3000])\u3000+(?![^\0-\u02ff\u3000])")
"""Blanks as wide as Chinese characters with none of them beside."""

_by_fonts = lines._Setter._by_fonts
_measure = lines._measure
_read = document.Reader.paragraph


class _Blanks:
    """Tabs and blanks count for no line's height; one with nothing else is as high as its paragraph's style asks for."""

    def __init__(self) -> None:
        self._reader: document.Reader | None = None
        self._plain: dict[int, tuple[object, RunFormat]] = {}
        self._now: tuple[RunFormat, lines.Measure] | None = None

    def read(self, reader: document.Reader, element: _Element, place: str, table_style: str) -> Paragraph:
        found = _read(reader, element, place, table_style)
        if reader is not self._reader:
            self._reader, self._plain = reader, {}
        if found.pieces and not found.text.strip(_BLANKS + "\n"):
            style = reader._style_of(element.find(W + "pPr"))
            plain = formats.run_format(reader.styles.run(style, table_style), reader.styles, lambda _: None)
            self._plain[id(found.pieces)] = (found.pieces, plain)
        return found

    def measure(
        self, paragraph: Paragraph, pieces: object, measure: lines.Measure, *args: object, **more: object
    ) -> object:
        plain = self._plain.get(id(paragraph.pieces))
        self._now = (plain[1], measure) if plain is not None else None
        return _measure(paragraph, pieces, measure, *args, **more)  # type: ignore[arg-type]

    def line(
        self, setter: lines._Setter, text: str, styles: list[tuple[int, int, TypeStyle]], *, opens: bool, closes: bool
    ) -> tuple[float, float, float]:
        if text.startswith("\t") and not text.strip(_BLANKS) and setter._format.line_rule is not LineRule.MULTIPLE:
            setter = copy(
                setter
            )  # nothing but what stands behind a tab is as high as its font, whatever height is said
            setter._format = replace(setter._format, line_rule=LineRule.MULTIPLE, line=1.0)
        if self._now is None or not closes:  # lines that a break ends are as high as the break
            inked = [style for at, style in enumerate(styles) if _counts(text, styles, at)]
            if inked and all(style.format.picture is not None for _, _, style in inked):
                return _beside_pictures(setter, inked, styles, opens=opens, closes=closes)
            if inked:
                text = _WIDE_BLANKS.sub(lambda found: " " * len(found[0]), text)
            return _by_fonts(setter, text, inked or styles, opens=opens, closes=closes)
        format_, measure = self._now
        plain = measure.case.style(format_, measure.grid.widen, either=False)
        return _by_fonts(setter, "x", [(0, 1, plain)], opens=opens, closes=closes)


def _beside_pictures(
    setter: lines._Setter, pictures: Sequence[_Style], styles: Sequence[_Style], *, opens: bool, closes: bool
) -> tuple[float, float, float]:
    """A line of pictures and blanks: no blank reaches below them, but one in larger type makes the line as high as itself."""
    drawn = max(style.drawn for _, _, style in pictures)
    below = max(0.0, *(-style.rise for _, _, style in pictures))
    worded = [style for _, _, style in styles if style.format.picture is None]
    plain = styles[0][2] if setter._plain is None else setter._plain
    blank = max((sum(style.reach(east_asian=False)) for style in worded), default=0.0)
    snaps = all(style.format.on_grid for _, _, style in pictures)
    return lines.line_by_fonts(
        0.0, below, setter._format, setter._grid, snaps=snaps, tallest=max(blank, sum(plain.reach(east_asian=False))),
        drawn=max(drawn, blank - below), opens=opens, closes=closes,
    )  # fmt: skip


def _counts(text: str, styles: list[tuple[int, int, TypeStyle]], at: int) -> bool:
    """Whether a piece of a line has more than blanks, or is one with Chinese beside it but for hint and language."""
    start, stop, own = styles[at]
    if text[start:stop].strip(_BLANKS) or (own.format.box is not None and stop - start > 1):
        return True
    same = replace(own.format, prefer_east_asian=False, language="")
    for one, near in ((at - 1, -1), (at + 1, 0)):
        if 0 <= one < len(styles) and replace(styles[one][2].format, prefer_east_asian=False, language="") == same:
            inked = text[styles[one][0] : styles[one][1]].strip(_BLANKS)
            if inked and styles[one][2].sorts[inked[near]].east_asian:
                return True
    return False


def leave_out_blanks(stack: ExitStack) -> None:
    """Tabs and blanks leave the height of lines alone."""
    blanks = _Blanks()
    stack.enter_context(patch.object(document.Reader, "paragraph", lambda *given: blanks.read(*given)))
    stack.enter_context(patch.object(lines, "_measure", lambda *given, **more: blanks.measure(*given, **more)))
    stack.enter_context(patch.object(lines._Setter, "_by_fonts", lambda *given, **more: blanks.line(*given, **more)))
