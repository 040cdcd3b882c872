"""Which kind of rows a sheet of a workbook rather holds, told by its headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anjian_desktop.exchange.headings import HeadingMatch, find_heading
from anjian_desktop.exchange.sheet_rows import Sheet
from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.fields import Field, heading_key


@dataclass(frozen=True)
class RowKind:
    """What lists of a ledger may hold, and under which key they name a row; a list of persons has fields of its own."""

    ledger: type[Ledger]
    fields: Sequence[Field]
    title: str

    @classmethod
    def of(cls, ledger: type[Ledger]) -> RowKind:
        """As the ledger declares it."""
        return cls(ledger, fields_of(ledger), ledger.about.title)


def likely_kind(sheet: Sheet, others: Sequence[RowKind], own: tuple[RowKind, HeadingMatch] | None) -> RowKind | None:
    """The other kind that the sheet's headings fit clearly better than the `own` one; None when there is none.

    Clearly: all it requires is there, its own word for a row's name among it, and more columns are told apart by it.
    """
    best: RowKind | None = None
    most = 0 if own is None else len(own[1].columns) + 1
    for kind in others:
        match = find_heading(sheet.rows, kind.fields)
        if match is None or len(match.columns) <= most or not _is_whole(kind, match):
            continue
        if own is None or _is_other(kind, own[0], match):
            best, most = kind, len(match.columns)
    return best


def _is_whole(kind: RowKind, match: HeadingMatch) -> bool:
    needed = {one.key for one in kind.fields if one.required and one.default is None and not one.computed}
    return needed <= {one.key for one in match.columns.values()}


def _is_other(kind: RowKind, own: RowKind, match: HeadingMatch) -> bool:
    """Its title column is headed by a word that does not name a row of the own kind; or both name persons."""
    if kind.title == own.title and any(one.key == "identity_number" for one in own.fields):
        return True
    title = match.column_of(kind.title)
    if title is None:
        return False
    words = next(one.headings() for one in own.fields if one.key == own.title)
    return heading_key(match.headings[title]) not in words
