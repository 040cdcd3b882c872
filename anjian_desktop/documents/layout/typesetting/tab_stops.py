"""Gives the tabs of a line the width to their stops, and says how far a line may reach whose stops lie past its edge."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Protocol

from anjian_desktop.documents.layout.model import TAB, ParagraphFormat, Tab
from anjian_desktop.documents.layout.settings import Settings
from anjian_desktop.documents.layout.typesetting.type_styles import TypeStyle

_TOLERANCE = 0.12

_EVEN = "even"
"""A tab stop of the document's even steps, where the paragraph sets none."""

_OFF_PAPER = 86.0
"""pt past a line's edge from which on a stop, unless it is the first, is one for text to end at the edge."""


@dataclass(frozen=True, slots=True)
class TabbedLine:
    """The text of a line with tabs: where it begins and ends at most, its edges, where lines after the first begin (pt).

    `label`: how many characters of the text are the paragraph's number.
    """

    text: str
    start: int
    stop: int
    indent: float
    edge: float
    hang: float
    label: int = 0


class Set(Protocol):
    """Text with the advances of its characters."""

    advances: list[float]
    leaders: dict[float, str]

    def style_at(self, at: int) -> TypeStyle: ...


def settle_tabs(
    line: TabbedLine, strand: Set, format_: ParagraphFormat, settings: Settings, *, as_read: bool
) -> tuple[int, float]:
    """Gives each tab of a line the width to its stop; returns where the line ends for a tab that opens the next one, and
    the line's edge, which text at a stop past it moves on.

    Text behind such a stop may be as long as there is room up to the edge of its column, and stands at the stop all the
    same; in files of the days since 2013 text that begins there must end there too.
    """
    text, stop, edge, advances = line.text, line.stop, line.edge, strand.advances
    x, reach, column = line.indent, edge, edge + max(format_.end, 0.0)
    for at in range(line.start, stop):
        if x > reach:
            break  # the tabs further on are those of lines to come
        if text[at] != TAB:
            x += advances[at]
            continue
        if x > edge + _TOLERANCE and at + 1 < line.stop:
            stop = at
            break
        following = text.find(TAB, at + 1, line.stop)
        end = following if following >= 0 else line.stop
        behind = sum(advances[at + 1 : end])
        own = strand.style_at(at).format.stop
        tab = replace(own, position=own.position * edge) if own else _next_stop(x, line, format_, settings)
        full = tab.kind == _EVEN or (as_read and tab.kind == "left" and tab.position <= edge + _TOLERANCE)
        past = not own and not full and tab.position > edge + _TOLERANCE
        at_stop = tab.kind == "left" and not settings.tabs_past_column
        shut = past and at_stop and tab.position >= column - _TOLERANCE
        if past and not shut and (tab.position if at_stop else x) + behind > column + _TOLERANCE:
            tab, past, reach = tab if at_stop else replace(tab, position=x), False, column  # it ends in the text behind
        if shut or (full and tab.position >= edge - _TOLERANCE):
            closes = full and at == len(text) - 1 and tab.position - line.hang >= column - _TOLERANCE
            closes = closes or (as_read and at <= line.label != 0)  # the tab of a number takes what is left of its line
            if line.start < at and not closes:
                stop = at
                break
            tab, past = Tab(max(edge, x), leader=tab.leader), False
        width = tab.position - x
        if tab.kind == "decimal":
            point = text.find(".", at + 1, end)
            width -= sum(advances[at + 1 : point]) if point >= 0 else behind
        elif tab.kind not in ("left", _EVEN):
            width -= behind / 2 if tab.kind == "center" else behind
        advances[at] = max(width, 0.0)
        if tab.leader:
            strand.leaders[round(x, 1)] = tab.leader
        x += advances[at]
        if past:
            reach = max(reach, x + behind)
    return stop, reach


def _next_stop(x: float, line: TabbedLine, format_: ParagraphFormat, settings: Settings) -> Tab:
    """The stop a tab at x leads to: a set one, the hanging indent, or the next of the document's even steps."""
    number = next((number for number, tab in enumerate(format_.tabs) if tab.position > x + 0.01), None)
    found = format_.tabs[number] if number is not None else None
    if line.hang > x + 0.01 and (found is None or found.position > line.hang):
        return Tab(line.hang)
    if found is not None:
        off = number and x < line.edge - _TOLERANCE and found.kind != "left" and found.position > line.edge + _OFF_PAPER
        return replace(found, position=line.edge, kind="right") if off else found
    steps = math.floor((x + 0.01) / settings.default_tab) + 1
    return Tab(steps * settings.default_tab, _EVEN)
