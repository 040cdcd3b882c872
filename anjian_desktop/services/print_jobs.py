"""What a print is made of: one job an agreement, with its number, its values and why it cannot be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import STATE_LABELS, State
from anjian_desktop.domain.numbering import agreement_number
from anjian_desktop.ledgers.agreement import Agreement, NumberCounter
from anjian_desktop.services.agreement_values import Unit, merged_values
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import OfficeProfile, read_profile
from anjian_desktop.services.print_files import Job, Press
from anjian_desktop.services.print_requests import REPRINTABLE, PrintRequest
from anjian_desktop.services.progress import Step, no_step


@dataclass(frozen=True)
class Failed:
    """A unit whose agreement was not printed, and why; no number was taken for it."""

    id: int
    unit: str
    problem: str


class Counter:
    """The next numbers of today's prefix and year; `save` writes where it stands."""

    def __init__(self, session: Session, office: Office) -> None:
        self._session = session
        self.profile = read_profile(session)
        self.prefix = self.profile.prefix
        self.year = office.today.year
        row = session.get(NumberCounter, (self.prefix, self.year))
        self._next = row.next_n if row else 1

    def take(self) -> tuple[str, int]:
        """The number as text and its n."""
        n = self._next
        self._next += 1
        return agreement_number(self.prefix, self.year, n), n

    def save(self) -> None:
        """Keep the counter; it never goes back."""
        self._session.merge(NumberCounter(prefix=self.prefix, year=self.year, next_n=self._next))


def jobs_in_turn(
    order: Sequence[tuple[Agreement, Unit]], counter: Counter, press: Press, request: PrintRequest
) -> Iterator[tuple[Job, int | None] | Failed]:
    """For every agreement in printing order its job, with the n of the number a draft takes, or why it cannot be printed.

    One after another: the first page of a preview need not wait for the rest.
    """
    for agreement, unit in order:
        draft = agreement.stored_state is State.DRAFTED
        if not draft and agreement.stored_state not in REPRINTABLE:
            problem = f"{STATE_LABELS[agreement.stored_state]}，不能打印"
            yield Failed(agreement.id, agreement.number or unit.name, problem)
            continue
        job = job_for(agreement, unit, counter.profile, copies=request.copies or agreement.copies)
        if not draft:
            yield job, None
        elif told := press.problem(job):
            yield Failed(agreement.id, unit.name, told)
        else:
            number, n = counter.take()
            yield replace(job, number=number, values={**job.values, "编号": number}, code_id=agreement.id), n


def made_jobs(
    order: Sequence[tuple[Agreement, Unit]],
    counter: Counter,
    press: Press,
    request: PrintRequest,
    step: Step = no_step,
) -> tuple[list[Job], list[Failed], dict[int, int]]:
    """Jobs in printing order, what cannot be printed and why, and agreement id -> n for the drafts among the jobs."""
    jobs: list[Job] = []
    failed: list[Failed] = []
    fresh: dict[int, int] = {}
    made = jobs_in_turn(order, counter, press, request)
    for position, (_, unit) in enumerate(order):
        step(position, len(order), f"检查 {unit.name}")
        found = next(made)
        if isinstance(found, Failed):
            failed.append(found)
            continue
        job, n = found
        jobs.append(job)
        if n is not None:
            fresh[job.agreement_id] = n
    return jobs, failed, fresh


def job_for(agreement: Agreement, unit: Unit, profile: OfficeProfile, *, copies: int) -> Job:
    """One agreement to print: a draft with today's values, an issued one with those of its snapshot."""
    values = agreement.snapshot if agreement.snapshot is not None else merged_values(agreement, unit, profile)
    superseded = agreement.stored_state in (State.SUPERSEDED, State.TERMINATED)
    return Job(
        agreement_id=agreement.id,
        number=agreement.number or "",
        kind=agreement.kind,
        template=agreement.template,
        unit=values.get("单位名称") or unit.name,
        village=values.get("所属村") or "",
        ledger=unit.ledger,
        values=values,
        copies=copies,
        revision=agreement.revision,
        code_id=agreement.id if agreement.number else None,
        mark=STATE_LABELS[agreement.stored_state] if superseded else None,
        template_sha256=agreement.template_sha256,
    )
