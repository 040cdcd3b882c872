"""What to print: the request, and which agreements it means, in printing order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import HAS_BEEN_ISSUED, State
from anjian_desktop.domain.numbering import parse_numbers
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.base import field_of, fields_of
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services.agreement_values import Unit, printing_order, read_units
from anjian_desktop.services.agreements import kinds_of
from anjian_desktop.services.browse import Condition, Query, parse_condition, select_ids

PARTIES = ("enterprise", "village", "department")

REPRINTABLE = HAS_BEEN_ISSUED | {State.SUPERSEDED, State.TERMINATED}
"""What was issued may be printed again from its snapshot, with its old number."""


@dataclass(frozen=True)
class PrintRequest:
    """What to print and how. Without `ids`: all drafts of the year that fit; `again` adds those issued but not signed;
    `start` (a number) prints from there on what was issued already, after a paper jam. `format` is pdf, docx or both.
    `separators` puts a sheet with its name before each village of a merged file."""

    year: int
    out: Path
    ids: tuple[int, ...] | None = None
    kind: str | None = None
    where: tuple[Condition, ...] = ()
    limit: int | None = None
    format: str = "pdf"
    merge: bool = False
    copies: int | None = None
    start: str | None = None
    again: bool = False
    separators: bool = False

    @property
    def parts_villages(self) -> bool:
        """Whether sheets part the villages: only a merged PDF is one pile."""
        return self.separators and self.merge and self.format != "docx"

    def as_json(self) -> dict[str, object]:
        """The request as it is kept with its run: the same request again, to whatever folder, finishes the run."""
        return {
            "year": self.year,
            "out": str(self.out.absolute()),
            "ids": list(self.ids) if self.ids is not None else None,
            "kind": self.kind,
            "where": [[one.key, one.op, one.value] for one in self.where],
            "limit": self.limit,
            "format": self.format,
            "merge": self.merge,
            "copies": self.copies,
            "start": self.start,
            "again": self.again,
            **({"separators": True} if self.separators else {}),
        }


def check_request(request: PrintRequest) -> None:
    """Raises UserError when the request cannot be carried out."""
    if request.format not in ("pdf", "docx", "both"):
        raise UserError(f"没有“{request.format}”这种格式。", next_step="可用：pdf、docx、both。")
    if request.copies is not None and not 1 <= request.copies <= 20:
        raise UserError("份数应在1到20之间。")
    if request.separators and not request.merge:
        raise UserError("分隔页只能加在合并成一个的 PDF 里。", next_step="没有打印任何内容，请同时选择合并成一个文件。")
    if request.limit is not None and request.limit < 1:
        raise UserError("一次打印的份数上限应至少为1。")
    if request.out.exists() and not request.out.is_dir():
        raise UserError(f"“{request.out.name}”是文件，不是文件夹。", next_step="请换一个输出文件夹。")


def choose(session: Session, request: PrintRequest, today: date) -> list[tuple[Agreement, Unit]]:
    """The agreements a request speaks of, in printing order."""
    query = select(Agreement).where(Agreement.retired_at.is_(None))
    if request.ids is None:
        states = (
            {State.ISSUED} if request.start else ({State.DRAFTED, State.ISSUED} if request.again else {State.DRAFTED})
        )
        query = query.where(Agreement.year == request.year, Agreement.state.in_([one.value for one in states]))
    if request.kind:
        query = query.where(Agreement.kind.in_([kind.code for kind in kinds_of(request.kind)]))
    if request.start:
        prefix, year, n = parse_numbers([request.start], year=request.year)[0]
        query = query.where(Agreement.number_year == year, Agreement.number_n >= n)
        query = query.where(Agreement.number_prefix == prefix) if prefix else query
    chosen = list(session.scalars(query))
    if request.ids is not None:
        wanted = set(request.ids)
        chosen = [one for one in chosen if one.id in wanted]
    if request.where:
        chosen = _matching(session, chosen, request.where, today)
    units = read_units(session, sorted({one.organization_id for one in chosen}))
    pairs = [(one, units[one.organization_id]) for one in chosen if one.organization_id in units]
    pairs = [(one, unit) for one, unit in pairs if not (unit.retired and one.stored_state is State.DRAFTED)]
    # What has a number goes by its number (the pile on the table); drafts follow in village order.
    pairs.sort(key=lambda pair: (0, pair[0].number_n) if pair[0].number_n else (1, *printing_order(*pair)))
    return pairs[: request.limit]


def _matching(session: Session, chosen: list[Agreement], where: Sequence[Condition], today: date) -> list[Agreement]:
    """Conditions on the agreement's own columns, or else on the unit's (管区, 行业领域 …)."""
    own = {one.key for one in fields_of(Agreement)}
    of_agreement = tuple(one for one in where if one.key in own)
    of_unit = tuple(one for one in where if one.key not in own)
    if of_agreement:
        fitting = set(select_ids(session, Query("agreement", where=of_agreement), today=today))
        chosen = [one for one in chosen if one.id in fitting]
    if of_unit:
        units: set[int] = set()
        for ledger in PARTIES:
            if all(field_of(ledger_named(ledger), one.key) for one in of_unit):
                units.update(select_ids(session, Query(ledger, where=of_unit), today=today))
        chosen = [one for one in chosen if one.organization_id in units]
    return chosen


def parse_print_condition(text: str) -> Condition:
    """A condition for printing: a column of the agreement, or one of its unit. Raises UserError."""
    for ledger in ("agreement", *PARTIES):
        try:
            return parse_condition(ledger, text)
        except UserError:
            continue
    return parse_condition("agreement", text)
