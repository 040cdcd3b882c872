"""Whether a roster was read as its maker meant it."""

from __future__ import annotations

from datetime import date

from headings.corpus import RosterFile

from anjian_desktop.exchange.file_kinds import read_file
from anjian_desktop.exchange.known_rows import KnownRows
from anjian_desktop.exchange.planner import plan_import
from anjian_desktop.exchange.sheet_events import SheetCollector
from anjian_desktop.ledgers.organization import Enterprise


def wrongs_of(file: RosterFile) -> str:
    """What was read otherwise; empty when all is right."""
    collector = SheetCollector()
    try:
        read_file(file.content, file.name, "名册", None, collector)
        plan = plan_import(collector.sheets, Enterprise, known=KnownRows(), today=date(2026, 11, 23))
    except Exception as error:  # noqa: BLE001 - told as a wrong reading
        return f"{file.shape}: {error}"
    heading = plan.sheets[0].heading
    found = {column: one.key for column, one in heading.columns.items() if column not in file.free}
    if heading.row_number != file.heading_row:
        return f"{file.shape}: heading {heading.row_number}, not {file.heading_row}"
    if found != file.columns:
        odd = {
            heading.headings.get(c): (file.columns.get(c), found.get(c))
            for c in {*found, *file.columns}
            if found.get(c) != file.columns.get(c)
        }
        return f"{file.shape}: {odd}"
    if plan.read != file.rows:
        return f"{file.shape}: {plan.read} rows, not {file.rows}"
    return ""
