"""The register of print runs: when, by whom, which agreements, how many copies, and a hash of what was printed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from anjian_desktop.ledgers.agreement import Agreement, PrintItem, PrintRun
from anjian_desktop.ledgers.audit import AuditEntry
from anjian_desktop.services.office import Office


@dataclass(frozen=True)
class RunRow:
    """One press of the print button. `copies` None: as many as each agreement has; `sha256` of all that was printed,
    empty while the run is unfinished; `at` is local time."""

    id: int
    at: datetime
    actor: str
    finished: bool
    agreements: tuple[int, ...]
    new: int
    first_number: str
    last_number: str
    pages: int
    """Of one copy of each."""
    copies: int | None
    format: str
    merged: bool
    sha256: str


def print_runs(office: Office, year: int) -> list[RunRow]:
    """The print runs of a year's agreements, the latest first."""
    with office.db.reading() as session:
        runs = list(session.scalars(select(PrintRun).where(PrintRun.year == year).order_by(PrintRun.id.desc())))
        wanted = {run.started_at for run in runs}
        actors = {
            at: actor
            for at, actor in session.execute(
                select(AuditEntry.at, AuditEntry.actor).where(AuditEntry.action == "打印责任书")
            )
            if at in wanted
        }
        items: dict[int, list[tuple[PrintItem, str, str]]] = {}
        for item, number, digest in session.execute(
            select(PrintItem, Agreement.number, Agreement.pdf_sha256)
            .join(Agreement, Agreement.id == PrintItem.agreement_id)
            .where(PrintItem.run_id.in_([run.id for run in runs]))
            .order_by(PrintItem.run_id, PrintItem.position)
        ):
            items.setdefault(item.run_id, []).append((item, number or "", digest or ""))
        return [_row(run, items.get(run.id, []), actors.get(run.started_at, "")) for run in runs]


def _row(run: PrintRun, items: list[tuple[PrintItem, str, str]], actor: str) -> RunRow:
    told = "\n".join(f"{number} {digest}" for _, number, digest in items)
    asked = run.request
    return RunRow(
        id=run.id,
        at=run.started_at.replace(tzinfo=UTC).astimezone().replace(tzinfo=None),
        actor=actor,
        finished=run.finished_at is not None,
        agreements=tuple(item.agreement_id for item, _, _ in items),
        new=sum(item.newly_issued for item, _, _ in items),
        first_number=items[0][1] if items else "",
        last_number=items[-1][1] if items else "",
        pages=sum(item.pages or 0 for item, _, _ in items),
        copies=asked.get("copies"),
        format=str(asked.get("format", "pdf")),
        merged=bool(asked.get("merge")),
        sha256=hashlib.sha256(told.encode()).hexdigest() if run.finished_at is not None else "",
    )
