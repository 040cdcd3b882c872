"""LibreOffice's rules for text set closer: no stretch of text gives up anything behind its last character."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import accumulate
from typing import Any
from unittest.mock import patch

from anjian_desktop.documents.layout.model import LINE_BREAK, TAB
from anjian_desktop.documents.layout.typesetting import breaking

_own_loose = breaking.Strand._loose
_CLOSEST = 1 / 6
"""em by which characters are set closer at most."""


def closer_between(stack: ExitStack) -> None:
    """Letters are set closer between the characters of a stretch in one format and script alone."""

    own = breaking.Strand.__init__

    def strand(self: breaking.Strand, *given: Any) -> None:
        own(self, *given)
        if not any(style.format.spacing < 0 for _, style in self.styles):
            return
        text = self.text
        for at, character in enumerate(text):
            style = self.style_at(at)
            spacing = style.format.spacing
            if spacing >= 0 or character in TAB + LINE_BREAK or style.format.picture is not None:
                continue
            if _ends(self, at):
                if self._extra.get(at, 0.0) <= 0:
                    self.advances[at] -= spacing
            else:
                self.advances[at] += max(-_CLOSEST * style.size - spacing, 0.0)
        self._ends = [0.0, *accumulate(self.advances)]

    def loose(self: breaking.Strand, at: int) -> float:
        return 0.0 if _own_loose(self, at) < 0 and _ends(self, at) else _own_loose(self, at)

    stack.enter_context(patch.object(breaking.Strand, "__init__", strand))
    stack.enter_context(patch.object(breaking.Strand, "_loose", loose))


def _ends(strand: breaking.Strand, at: int) -> bool:
    """Whether a stretch in one format and script ends behind text[at]."""
    after = at + 1
    if after >= len(strand.text) or strand.text[after] in TAB + LINE_BREAK:
        return True
    return strand.style_at(at).format != strand.style_at(after).format or strand._is_chinese(at) != strand._is_chinese(
        after
    )
