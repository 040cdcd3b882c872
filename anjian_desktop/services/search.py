"""Search over everything: names, pinyin, initials, codes, phones; one box, best first."""

from __future__ import annotations

from dataclasses import dataclass

from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services.browse import read_rows
from anjian_desktop.services.office import Office
from anjian_desktop.storage import search_index


@dataclass(frozen=True)
class SearchRow:
    """One row found: how it is called, a second line to tell it apart, and the fields that matched."""

    ledger: str
    id: int
    title: str
    subtitle: str
    matched: tuple[str, ...]


@dataclass(frozen=True)
class SearchResult:
    """The best `rows` of `total` found."""

    query: str
    total: int
    rows: tuple[SearchRow, ...]


def search(office: Office, text: str, *, limit: int = 50) -> SearchResult:
    """Rows of any ledger that contain every word of `text`."""
    with office.db.reading() as session:
        hits = search_index.search(session, text, limit=limit)
        total = search_index.count(session, text)
        by_ledger: dict[str, list[int]] = {}
        for hit in hits:
            by_ledger.setdefault(hit.ledger, []).append(hit.row_id)
        views = {
            (key, view.id): view
            for key, ids in by_ledger.items()
            for view in read_rows(session, ledger_named(key), ids, today=office.today)
        }
    rows = []
    for hit in hits:
        if (view := views.get((hit.ledger, hit.row_id))) is None:
            continue
        about = ledger_named(hit.ledger).about
        subtitle = "　".join(part for key in about.subtitle if (part := view.shown.get(key, "")))
        rows.append(SearchRow(hit.ledger, hit.row_id, view.full[about.title], subtitle, hit.matched))
    return SearchResult(text, total, tuple(rows))
