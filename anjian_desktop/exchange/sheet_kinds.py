"""Which ledger a sheet of a workbook rather belongs to, told by its headings."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.exchange.headings import HeadingMatch, find_heading
from anjian_desktop.exchange.sheet_rows import Sheet
from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.fields import heading_key


def likely_ledger(
    sheet: Sheet, others: Sequence[type[Ledger]], own: tuple[type[Ledger], HeadingMatch] | None
) -> type[Ledger] | None:
    """The other ledger that the sheet's headings fit clearly better than the `own` one; None when there is none.

    Clearly: all it requires is there, its own word for a row's name among it, and more columns are told apart by it.
    """
    best: type[Ledger] | None = None
    most = 0 if own is None else len(own[1].columns) + 1
    for ledger in others:
        match = find_heading(sheet.rows, fields_of(ledger))
        if match is None or len(match.columns) <= most or not _is_whole(ledger, match):
            continue
        if own is None or _names_its_own(ledger, own[0], match):
            best, most = ledger, len(match.columns)
    return best


def _is_whole(ledger: type[Ledger], match: HeadingMatch) -> bool:
    needed = {one.key for one in fields_of(ledger) if one.required and one.default is None and not one.computed}
    return needed <= {one.key for one in match.columns.values()}


def _names_its_own(ledger: type[Ledger], own: type[Ledger], match: HeadingMatch) -> bool:
    """Its title column is headed by a word that does not name a row of the own ledger."""
    title = match.column_of(ledger.about.title)
    if title is None:
        return False
    words = next(one.headings() for one in fields_of(own) if one.key == own.about.title)
    return heading_key(match.headings[title]) not in words
