"""LibreOffice's rule for lines of nothing but a break where a page ends, where Word is known to differ."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from anjian_desktop.documents.layout.laid_out import Fragment
from anjian_desktop.documents.layout.model import LINE_BREAK, Paragraph
from anjian_desktop.documents.layout.typesetting import lines
from anjian_desktop.documents.layout.typesetting.breaking import LineSpan
from anjian_desktop.documents.layout.typesetting.lines import Measured


def empty_lines_on(stack: ExitStack) -> None:
    """Where lines stand on a grid no page ends in a paragraph behind a line of nothing but its break."""
    own_set, own_measure = lines._Setter.set, lines._measure
    empty: dict[int, Fragment] = {}

    def line(setter: lines._Setter, span: LineSpan, *given: Any) -> tuple[Fragment, float]:
        found = own_set(setter, span, *given)
        if not setter._strand.text[span.start : span.end].strip(LINE_BREAK):
            empty[id(found[0])] = found[0]
        return found

    def measure(paragraph: Paragraph, pieces: object, given: lines.Measure, *rest: Any, **more: Any) -> Measured:
        empty.clear()
        found = own_measure(paragraph, pieces, given, *rest, **more)  # type: ignore[arg-type]
        if not (given.grid.line and paragraph.format.on_grid):
            return found
        inner = [stays or id(one) in empty for stays, one in zip(found.sticks[:-1], found.fragments[:-1], strict=True)]
        return replace(found, sticks=(*inner, *found.sticks[-1:]))

    stack.enter_context(patch.object(lines._Setter, "set", line))
    stack.enter_context(patch.object(lines, "_measure", measure))
