"""Print a year's agreements: numbers and snapshots first, then the files, then their hashes; an unfinished run is finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import State
from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.ledgers.agreement import Agreement, PrintItem, PrintRun
from anjian_desktop.services.agreement_values import Unit, read_units
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import read_profile
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.services.print_files import (
    PAGES_OF_SEPARATOR,
    Job,
    Press,
    Printed,
    pages_in_file,
    separators_of,
    write_files,
)
from anjian_desktop.services.print_jobs import Counter, Failed, job_for, made_jobs
from anjian_desktop.services.print_requests import REPRINTABLE, PrintRequest, check_request, choose
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction


@dataclass(frozen=True)
class PrintPlan:
    """What a print would do; no number is taken. `pages` counts copies, `sheets` duplex."""

    new: int
    again: int
    pages: int
    sheets: int
    first_number: str | None
    last_number: str | None
    failed: tuple[Failed, ...] = ()
    gaps: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(unit, placeholders that will print as a gap to be filled by hand)."""
    ids: tuple[int, ...] = ()
    """The agreements in printing order."""


@dataclass(frozen=True)
class PrintOutcome:
    """What was printed. `pages` counts copies, `sheets` duplex; `stopped`: the clerk cancelled, the same command finishes it."""

    run_id: int | None
    issued: int
    reprinted: int
    pages: int
    sheets: int
    files: tuple[Path, ...]
    failed: tuple[Failed, ...]
    first_number: str | None
    last_number: str | None
    ids: tuple[int, ...] = ()
    gaps: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stopped: bool = False
    change: Change = field(default=NOTHING_CHANGED)


def plan_print(office: Office, request: PrintRequest, *, step: Step = no_step) -> PrintPlan:
    """Count what `print_agreements` would print; every document is laid out, no number is taken."""
    check_request(request)
    press = Press(office)
    with office.db.reading() as session:
        counter = Counter(session, office)
        jobs, failed, fresh = made_jobs(choose(session, request, office.today), counter, press, request)
    parting = len(separators_of(jobs)) if request.parts_villages else 0
    pages, sheets = PAGES_OF_SEPARATOR * parting, parting
    for position, job in enumerate(jobs):
        step(position, len(jobs), job.unit)
        count = press.page_count(job)
        pages += pages_in_file(count, merge=request.merge) * job.copies
        sheets += (count + 1) // 2 * job.copies
    numbers = [job.number for job in jobs]
    return PrintPlan(
        new=len(fresh),
        again=len(jobs) - len(fresh),
        pages=pages,
        sheets=sheets,
        first_number=numbers[0] if numbers else None,
        last_number=numbers[-1] if numbers else None,
        failed=tuple(failed),
        gaps=tuple((job.unit, job.gaps) for job in jobs if job.gaps),
        ids=tuple(job.agreement_id for job in jobs),
    )


def print_agreements(office: Office, request: PrintRequest, *, step: Step = no_step) -> PrintOutcome:
    """Print, taking numbers for drafts. Raises UserError when nothing fits or the folder cannot be written."""
    check_request(request)
    press = Press(office)
    with office.db.transaction("打印责任书", actor=office.actor) as tx:
        run_id, jobs, failed, newly = _open_run(tx, office, request, press, step)
    change = tx.change_set
    if not jobs:
        return PrintOutcome(None, 0, 0, 0, 0, (), tuple(failed), None, None, change=change)
    try:
        printed = write_files(
            press,
            jobs,
            request.out,
            format=request.format,
            merge=request.merge,
            year=request.year,
            step=step,
            separators=request.parts_villages,
        )
    except Cancelled:
        numbers = [job.number for job in jobs]
        return PrintOutcome(
            run_id, len(newly), len(jobs) - len(newly), 0, 0, (), tuple(failed), numbers[0], numbers[-1],
            tuple(job.agreement_id for job in jobs), stopped=True, change=change,
        )  # fmt: skip
    _close_run(office, run_id, jobs, printed)
    return PrintOutcome(
        run_id=run_id,
        issued=len(newly),
        reprinted=len(jobs) - len(newly),
        pages=printed.pages,
        sheets=printed.sheets,
        files=printed.files,
        failed=tuple(failed),
        first_number=jobs[0].number,
        last_number=jobs[-1].number,
        ids=tuple(job.agreement_id for job in jobs),
        gaps=tuple((job.unit, job.gaps) for job in jobs if job.gaps),
        change=change,
    )


def preview_pdf(office: Office, agreement_id: int) -> bytes:
    """One agreement as it would print; a draft shows a gap for its number. No number is taken."""
    with office.db.reading() as session:
        agreement = _existing(session, agreement_id)
        unit = read_units(session, [agreement.organization_id])[agreement.organization_id]
        job = job_for(agreement, unit, read_profile(session), copies=1)
    out = BytesIO()
    Press(office).merge([job], out, title=job.unit)
    return out.getvalue()


def issued_pdf(office: Office, agreement_ids: Sequence[int], *, copies: int | None = None) -> bytes:
    """Agreements already issued, from their snapshots, merged for a printer. Raises UserError when one is a draft."""
    with office.db.reading() as session:
        chosen = [_existing(session, one) for one in agreement_ids]
        if drafts := [one for one in chosen if one.snapshot is None]:
            raise UserError(f"有 {len(drafts)} 份还是草稿，没有编号。", next_step="请先用“打印…”给它们编号。")
        units = read_units(session, [one.organization_id for one in chosen])
        profile = read_profile(session)
        jobs = [job_for(one, units[one.organization_id], profile, copies=copies or one.copies) for one in chosen]
    out = BytesIO()
    Press(office).merge(jobs, out, title="安全生产责任书")
    return out.getvalue()


# -- choosing ----------------------------------------------------------------------------------------------------


def _existing(session: Session, agreement_id: int) -> Agreement:
    if (found := session.get(Agreement, agreement_id)) is None:
        raise UserError("这份责任书已不在。", next_step="请刷新列表（F5）。")
    return found


# -- runs --------------------------------------------------------------------------------------------------------


def _open_run(
    tx: Transaction, office: Office, request: PrintRequest, press: Press, step: Step
) -> tuple[int, list[Job], list[Failed], list[int]]:
    """Take numbers and snapshots and note the run; or take up the same request's unfinished run with its numbers."""
    session = tx.session
    asked = request.as_json()
    for run in session.scalars(select(PrintRun).where(PrintRun.finished_at.is_(None), PrintRun.year == request.year)):
        if {**run.request, "out": ""} == {**asked, "out": ""}:
            return (run.id, *_resumed(session, run.id, request))
    counter = Counter(session, office)
    order = choose(session, request, office.today)
    units = {unit.id: unit for _, unit in order}
    agreements = {agreement.id: agreement for agreement, _ in order}
    jobs, failed, fresh = made_jobs(order, counter, press, request, step)
    if not jobs:
        return 0, [], failed, []
    updates: list[tuple[int, dict[str, object]]] = []
    for job in jobs:
        if job.agreement_id in fresh:
            unit = units[agreements[job.agreement_id].organization_id]
            updates.append(
                (job.agreement_id, _issued(job, unit, fresh[job.agreement_id], counter, press, office.today))
            )
    tx.change_many(Agreement, updates)
    for name in {job.template for job in jobs if job.agreement_id in fresh}:
        press.shelf.keep_shipped(tx, name)
    counter.save()
    run = PrintRun(year=request.year, request=asked, started_at=tx.now)
    session.add(run)
    session.flush()
    session.add_all(
        PrintItem(
            run_id=run.id, position=position, agreement_id=job.agreement_id, newly_issued=job.agreement_id in fresh
        )
        for position, job in enumerate(jobs)
    )
    tx.note(f"{jobs[0].number} 至 {jobs[-1].number}，共 {len(jobs)} 份")
    return run.id, jobs, failed, list(fresh)


def _issued(job: Job, unit: Unit, n: int, counter: Counter, press: Press, today: date) -> dict[str, object]:
    """What an agreement keeps from the moment it has a number."""
    return {
        "number": job.number,
        "number_prefix": counter.prefix,
        "number_year": counter.year,
        "number_n": n,
        "state": State.ISSUED.value,
        "issued_on": today,
        "snapshot": dict(job.values),
        "issued_name": unit.name,
        "issued_principal": unit.texts.get("主要负责人") or unit.texts.get("负责人") or None,
        "template_sha256": press.template_sha256(job),
    }


def _resumed(session: Session, run_id: int, request: PrintRequest) -> tuple[list[Job], list[Failed], list[int]]:
    items = session.execute(
        select(PrintItem, Agreement)
        .join(Agreement, Agreement.id == PrintItem.agreement_id)
        .where(PrintItem.run_id == run_id)
        .order_by(PrintItem.position)
    ).all()
    units = read_units(session, sorted({agreement.organization_id for _, agreement in items}))
    profile = read_profile(session)
    jobs = [
        job_for(agreement, units[agreement.organization_id], profile, copies=request.copies or agreement.copies)
        for _, agreement in items
        if agreement.stored_state in REPRINTABLE
    ]
    return jobs, [], [item.agreement_id for item, _ in items if item.newly_issued]


def _close_run(office: Office, run_id: int, jobs: Sequence[Job], printed: Printed) -> None:
    """Keep the hashes of what was printed and mark the run finished."""
    with office.db.transaction("打印完成", actor=office.actor) as tx:
        updates: list[tuple[int, dict[str, object]]] = []
        for job in jobs:
            kept: Mapping[str, object] = printed.kept[job.agreement_id]
            updates.append((job.agreement_id, dict(kept)))
        tx.change_many(Agreement, updates)
        run = tx.session.get_one(PrintRun, run_id)
        run.finished_at = tx.now
        for item in tx.session.scalars(select(PrintItem).where(PrintItem.run_id == run_id)):
            item.pages = (
                int(str(printed.kept[item.agreement_id]["pages"])) if item.agreement_id in printed.kept else None
            )
        tx.note(f"共 {len(jobs)} 份 {printed.pages} 页")
