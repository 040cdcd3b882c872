"""Reads a document's and its sections' choices: grid, columns, rules of line breaking, compatibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.characters import NO_END, NO_START
from anjian_desktop.documents.layout.model import Grid
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.reading.styles import is_on, number, twips, value
from anjian_desktop.documents.layout.settings import Settings

if TYPE_CHECKING:
    from lxml.etree import _Element


def columns_of(element: _Element | None, width: float) -> tuple[tuple[float, float], ...]:
    """Width of each column and the blank after it; empty for a single one."""
    count = min(int(number(value(element, "num"), 1.0)), 12)
    own = element.findall(W + "col") if element is not None else []
    if count < 2 and len(own) < 2:
        return ()
    if len(own) > 1:
        return tuple((max(twips(value(one, "w")), 10.0), twips(value(one, "space"))) for one in own[:12])
    gap = min(max(twips(value(element, "space"), 36.0), 0.0), width / count / 2)
    return ((max((width - gap * (count - 1)) / count, 10.0), gap),) * count


def grid_of(element: _Element | None) -> Grid:
    """A section's document grid."""
    kind = value(element, "type")
    if element is None or kind in (None, "default"):
        return Grid()
    line = twips(value(element, "linePitch"))
    widen = number(value(element, "charSpace")) / 4096 if kind in ("linesAndChars", "snapToChars") else 0.0
    return Grid(line, widen)


def settings_of(root: _Element | None) -> Settings:
    """The document-wide choices that move text."""
    if root is None:
        return Settings(no_start=NO_START, no_end=NO_END)
    compat = root.find(W + "compat")
    mode = "12"
    for setting in compat.iterfind(W + "compatSetting") if compat is not None else ():
        if value(setting, "name") == "compatibilityMode":
            mode = value(setting) or mode
    spacing = value(root.find(W + "characterSpacingControl")) or "doNotCompress"
    before, after = root.find(W + "noLineBreaksBefore"), root.find(W + "noLineBreaksAfter")
    return Settings(
        squeeze_marks=spacing != "doNotCompress",
        grid_in_tables=compat is not None and is_on(compat.find(W + "adjustLineHeightInTable")),
        tables_to_margin=number(mode) < 15,
        add_spaces=compat is not None and is_on(compat.find(W + "doNotUseHTMLParagraphAutoSpacing")),
        no_start=frozenset(value(before) or "") or NO_START,
        no_end=frozenset(value(after) or "") or NO_END,
        # Word does so in files of the days before 2013, unless they ask it not to.
        expands_breaks=number(mode) < 15 and (compat is None or not is_on(compat.find(W + "doNotExpandShiftReturn"))),
        tabs_past_column=number(mode) < 15,
        default_tab=twips(value(root.find(W + "defaultTabStop")), 36.0) or 36.0,
    )
