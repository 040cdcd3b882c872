"""A roster read from a file or a pasted block and planned against the store; a cell of the plan corrected."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.headings import HeadingMatch
from anjian_desktop.exchange.import_plan import ImportPlan, Verdict
from anjian_desktop.exchange.pasted import heading_of_keys, pasted_sheet
from anjian_desktop.exchange.planned_while_read import PlanningCollector
from anjian_desktop.exchange.planner import Planner
from anjian_desktop.exchange.sheet import read_file_bytes, read_workbook, tell_workbook
from anjian_desktop.exchange.sheet_rows import Sheet
from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.ledgers.roster_import import RosterImport
from anjian_desktop.services.code_tables import current_fields
from anjian_desktop.services.import_memory import memory_of
from anjian_desktop.services.list_kinds import PERSON_LISTS, import_fields, row_kinds
from anjian_desktop.services.office import Office
from anjian_desktop.services.person_lists import ListPlan, correct_list, plan_list
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.services.rare_collection import rare_collection
from anjian_desktop.services.roster_store import importable, known_rows, moment_of

PASTED = Path("粘贴的内容")
"""Stands for the file of a pasted block."""


@dataclass(frozen=True)
class Correction:
    """What was typed over a cell: in which sheet and row (Excel's own number), of which field."""

    sheet: str
    row: int
    key: str
    value: str


@dataclass(frozen=True)
class RosterPlan:
    """What an import would do; nothing is written yet. `sheet_names`: every visible sheet of the file."""

    file: Path
    file_sha256: str
    ledger: str
    plan: ImportPlan
    sheet_names: tuple[str, ...]
    mapping: Mapping[str, str]
    sheet: str | None
    seen_before: datetime | None
    """When this very file was imported before (local time)."""
    store_moment: int
    """The audit's last entry when the plan was made: the plan holds as long as it is still the last."""
    corrections: tuple[Correction, ...] = ()
    block: str | None = None
    """The pasted text, when there is no file."""
    block_keys: tuple[str, ...] = ()
    planner: Planner | None = field(default=None, repr=False, compare=False)
    listed: ListPlan | None = field(default=None, repr=False, compare=False)
    """Of a list of persons: how it was judged."""

    @property
    def missing(self) -> int:
        """How many rows of the store the file should have named and does not."""
        return self.listed.desk.missing if self.listed is not None else len(self.plan.missing)

    @property
    def created(self) -> dict[str, int]:
        """How many villages (or rows of another linked ledger) the import would make, by ledger key."""
        return {"village": 0} | {key: len(names) for key, names in self.plan.created.items()}

    @property
    def counts(self) -> dict[str, int]:
        """read = new + updated + same + refused."""
        found = Counter([row.verdict for row in self.plan.rows])
        return {"read": self.plan.read} | {one.value: found[one] for one in Verdict}

    @property
    def other_kinds(self) -> dict[str, str]:
        """Sheets left out because they rather hold another ledger's rows: {sheet: ledger key}."""
        return self.plan.other_kinds

    @property
    def remembered(self) -> dict[str, str]:
        """Headings understood as the clerk said of an earlier file: {heading: field key; "" ignores the column}."""
        return {text: key for one in self.plan.sheets for text, key in one.heading.remembered.items()}


def read_roster(
    office: Office,
    path: Path,
    *,
    kind: str = "enterprise",
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    step: Step = no_step,
) -> RosterPlan:
    """Read a workbook against the store. What `step` raises (Cancelled) stops within a second.

    Raises UserError when the file cannot be read, has no heading row, or holds another ledger's rows.
    """
    ledger = importable(kind)
    told = f"读取 {path.name}"
    step(0, 2, told)
    with naming(path), rare_collection():
        if kind in PERSON_LISTS:
            workbook = read_workbook(path, sheet=sheet, watch=partial(step, 0, 2, told))
            step(1, 2, "与名册比对")
            visible = [one for one in workbook.sheets if not one.hidden or one.name == sheet]
            made = _listed(
                office, kind, visible, stem=path.stem, mapping=mapping, digest=workbook.sha256, whole=sheet is None
            )
            step(2, 2, "")
            names = tuple(one.name for one in workbook.sheets if not one.hidden)
            return replace(made, file=path, sheet_names=names, sheet=sheet)
        data = read_file_bytes(path)
        watch = partial(step, 0, 2, told)
        moment, start = _prepared(office, ledger, mapping=mapping, whole=sheet is None, watch=watch)
        collector = PlanningCollector(start, sheet)
        tell_workbook(data, path, collector, sheet=sheet, watch=watch)
        step(1, 2, "与名册比对")
        planner = collector.planner()
    made = _roster_plan(office, planner, ledger, hashlib.sha256(data).hexdigest(), mapping, moment)
    step(2, 2, "")
    names = tuple(one.name for one in collector.sheets if not one.hidden)
    return replace(made, file=path, sheet_names=names, sheet=sheet)


def read_block(
    office: Office,
    kind: str,
    text: str,
    *,
    keys: Sequence[str] | None = None,
    mapping: Mapping[str, str] | None = None,
    step: Step = no_step,
) -> RosterPlan:
    """Read a block copied from Excel or WPS (tabs, line ends, quoted cells) like a file with one sheet.

    Its first rows may hold the headings, `mapping` says what they mean; else `keys` are its columns' field keys from left
    to right ("" ignores one).
    Raises UserError when it is empty, or it cannot be told what its columns are.
    """
    ledger = importable(kind)
    step(0, 2, "读取粘贴的内容")
    sheet = pasted_sheet(text, PASTED.name)
    heading = heading_of_keys(sheet, import_fields(kind), _list_keys(kind, keys)) if keys else None
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if kind in PERSON_LISTS:
        made = _listed(
            office, kind, [sheet], mapping=mapping if heading is None else None, digest=digest, heading=heading
        )
        return replace(made, sheet_names=(sheet.name,), block=text, block_keys=tuple(keys or ()))

    moment, start = _prepared(
        office, ledger, mapping=mapping if heading is None else None, watch=lambda: step(1, 2, "与名册比对")
    )
    planner = start()
    if heading is None:
        planner.read([sheet])
    else:
        planner.read_under(sheet, heading)
    made = _roster_plan(office, planner, ledger, digest, mapping if heading is None else None, moment)
    step(2, 2, "")
    return replace(made, sheet_names=(sheet.name,), block=text, block_keys=tuple(keys or ()))


def correct(office: Office, roster: RosterPlan, sheet: str, row: int, key: str, value: str) -> RosterPlan:
    """Type over a cell of the plan; that row and those sharing its code or name are judged again.

    `row` is Excel's own number, `value` what was typed ("" empties the cell). The plan inside is changed in place.
    Raises UserError when there is no such row or column.
    """
    if roster.listed is not None:
        listed = correct_list(office, roster.listed, sheet, row, key, value)
        corrections = (*roster.corrections, Correction(sheet, row, key, value))
        return replace(roster, plan=listed.plan, listed=listed, corrections=corrections)
    if roster.planner is None:
        raise UserError("这份预览已经不能修改。", next_step="请重新选择文件。")
    roster.planner.correct(sheet, row, key, value or None)
    return replace(roster, corrections=(*roster.corrections, Correction(sheet, row, key, value)))


def read_again(office: Office, roster: RosterPlan, step: Step = no_step) -> RosterPlan:
    """The same file or block planned against the store as it is now, corrections included. Raises UserError."""
    if roster.block is not None:
        fresh = read_block(
            office, roster.ledger, roster.block, keys=roster.block_keys, mapping=roster.mapping, step=step
        )
    else:
        fresh = read_roster(
            office, roster.file, kind=roster.ledger, sheet=roster.sheet, mapping=roster.mapping, step=step
        )
    if fresh.file_sha256 != roster.file_sha256:
        raise UserError(f"“{roster.file.name}”在预览之后又改过了。", next_step="没有导入任何内容，请重新选择文件。")
    for one in roster.corrections:
        fresh = correct(office, fresh, one.sheet, one.row, one.key, one.value)
    return fresh


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Every refusal of a file says which file it was."""
    try:
        yield
    except UserError as error:
        if path.name not in error.message:
            error.message = f"文件“{path.name}”：{error.message}"
        raise


def _prepared(
    office: Office,
    ledger: type[Ledger],
    *,
    mapping: Mapping[str, str] | None,
    whole: bool = False,
    watch: Callable[[], None] | None = None,
) -> tuple[int, Callable[[], Planner]]:
    """The store's moment, and what makes a planner against the store as it was then; with `whole` one that leaves out
    sheets of other ledgers."""
    with office.db.reading() as session:
        moment = moment_of(session)
        known = known_rows(session, ledger)
        fields = current_fields(session, ledger, today=office.today)
        memory = memory_of(session, ledger.about.key)
    others = [one for one in row_kinds() if one.ledger is not ledger] if whole else []

    def start() -> Planner:
        return Planner(
            ledger, known=known, today=office.today, mapping=mapping, memory=memory, others=others, fields=fields,
            watch=watch,
        )  # fmt: skip

    return moment, start


def _roster_plan(
    office: Office,
    planner: Planner,
    ledger: type[Ledger],
    digest: str,
    mapping: Mapping[str, str] | None,
    moment: int,
) -> RosterPlan:
    with office.db.reading() as session:
        before = _imported_before(session, digest, ledger.about.key)
    return RosterPlan(
        file=PASTED,
        file_sha256=digest,
        ledger=ledger.about.key,
        plan=planner.plan,
        sheet_names=(),
        mapping=dict(mapping or {}),
        sheet=None,
        seen_before=before,
        store_moment=moment,
        planner=planner,
    )


def _listed(
    office: Office,
    kind: str,
    sheets: Sequence[Sheet],
    *,
    digest: str,
    stem: str = "",
    mapping: Mapping[str, str] | None = None,
    whole: bool = False,
    heading: HeadingMatch | None = None,
) -> RosterPlan:
    """A list of persons planned against the store; with `whole` sheets of other kinds are left out."""
    own = PERSON_LISTS[kind]
    with office.db.reading() as session:
        moment = moment_of(session)
        memory = memory_of(session, kind, fields=own.fields())
        before = _imported_before(session, digest, kind)
    others = [one for one in row_kinds() if one.ledger is not own.ledger] if whole else []
    listed = plan_list(office, own, sheets, stem=stem, mapping=mapping, memory=memory, others=others, heading=heading)
    return RosterPlan(
        file=PASTED, file_sha256=digest, ledger=kind, plan=listed.plan, sheet_names=(), mapping=dict(mapping or {}), sheet=None,
        seen_before=before, store_moment=moment, listed=listed,
    )  # fmt: skip


def _list_keys(kind: str, keys: Sequence[str]) -> list[str]:
    """The columns on the screen as a list of that kind calls them: the person of a training record is a name there."""
    return ["name" if kind in PERSON_LISTS and one == "worker" else one for one in keys]


def _imported_before(session: Session, digest: str, ledger: str) -> datetime | None:
    before = session.scalar(
        select(RosterImport.at)
        .where(RosterImport.file_sha256 == digest, RosterImport.ledger == ledger, RosterImport.undone_at.is_(None))
        .order_by(RosterImport.id.desc())
        .limit(1)
    )
    return before.replace(tzinfo=UTC).astimezone().replace(tzinfo=None) if before else None
