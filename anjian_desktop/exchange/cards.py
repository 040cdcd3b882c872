"""A form for one unit (企业基本情况表: label, value, label, value, line by line) told from a list of many."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.exchange.cells import is_empty
from anjian_desktop.exchange.headings import HeadingIndex
from anjian_desktop.exchange.sheet_rows import SheetRow

_LOOKED_AT = 60
_LABEL = 20
"""Characters a label has at most."""


def is_card(rows: Sequence[SheetRow], index: HeadingIndex) -> bool:
    """Whether the lines begin with labels of different fields, each with its value beside it.

    In a list only the heading does, and no value stands in it.
    """
    if len(rows) > _LOOKED_AT:
        return False
    labelled: set[str] = set()
    lines = 0
    for row in rows:
        filled = [cell for cell in row.cells if not is_empty(cell)]
        if len(filled) < 2:
            continue  # a title, or a label whose value was left open
        lines += 1
        first = filled[0]
        known = index.find(first) if isinstance(first, str) and len(first) <= _LABEL else None
        values = [cell for cell in filled[1:] if not isinstance(cell, str) or index.find(cell) is None]
        if known is not None and values:
            labelled.add(known.key)
    return len(labelled) >= 3 or (len(labelled) == 2 == lines)
