"""How LibreOffice sets text below what floats in its way, patched into our layout for measuring."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from anjian_desktop.documents.layout.characters import HAN
from anjian_desktop.documents.layout.model import LineRule
from anjian_desktop.documents.layout.typesetting import breaking, lines
from anjian_desktop.documents.layout.typesetting.line_heights import blank_at_foot
from anjian_desktop.documents.layout.typesetting.wrapping import NARROWEST, Obstacle

_own_around = lines.set_around


def _below_dummies(strand: breaking.Strand, set_line: Any, obstacles: Sequence[Obstacle], *given: Any) -> object:
    """What fills the text's width takes whole lines of the grid, and the blank a multiple leaves under one more line."""
    setter = set_line.__self__
    style = strand.styles[0][1]
    tall, pitch = sum(style.reach(east_asian=HAN.search(strand.text) is not None)), setter._grid.line
    if pitch:
        tall = math.ceil(tall / pitch - 0.001) * pitch
    format_ = setter._format
    blank = blank_at_foot(tall, max(format_.line, 1.0)) if format_.line_rule is LineRule.MULTIPLE else 0.0
    (start, _, width), found = given[0], []
    for one in obstacles:
        if (
            one.left <= start + NARROWEST
            and one.right >= start + width - NARROWEST
            and one.bottom + one.lead > 0
            and not one.edge
        ):
            bottom, lower = one.bottom, one.bottom + one.lead
            if pitch:
                bottom, lower = (math.ceil(place / pitch - 0.001) * pitch for place in (bottom, lower))
            one = replace(one, bottom=bottom + blank, lead=lower - bottom)
        found.append(one)
    return _own_around(strand, set_line, found, *given)


def stand_lower(stack: ExitStack) -> None:
    """Text below a picture begins on a line of the grid, and lower by the blank a multiple would leave under a line."""
    stack.enter_context(patch.object(lines, "set_around", _below_dummies))
