"""Lists of persons from Excel (从业人员、培训、证书): read, planned against the store, a cell corrected, written in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.heading_memory import RememberedHeadings
from anjian_desktop.exchange.headings import HeadingMatch, find_heading
from anjian_desktop.exchange.import_plan import ImportPlan, Verdict
from anjian_desktop.exchange.list_rows import ListRow, Special, read_list
from anjian_desktop.exchange.sheet_kinds import RowKind, likely_kind
from anjian_desktop.exchange.sheet_rows import Sheet, SheetRow
from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.ledgers.roster_import import RosterImport
from anjian_desktop.services.import_memory import learn
from anjian_desktop.services.list_imports import Write, judge, start_import
from anjian_desktop.services.maintenance import safeguard_import
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction

NAME = "name"
"""The key under which every list has the person's name."""


class Desk(Protocol):
    """Decides row by row what a list does to the store, and writes it."""

    @property
    def created(self) -> Mapping[str, Sequence[str]]:
        """Names of rows of another ledger that would be made."""

    @property
    def missing(self) -> int:
        """How many of the store the list should have named and does not."""

    @property
    def has_more(self) -> bool:
        """There is something to write besides the rows."""

    def place(self, text: str) -> str | None:
        """The unit a title, group row or sheet name speaks of."""

    def decide(self, row: ListRow) -> Write | None:
        """What a row changes; None for nothing, or a row refused by `row.refuse`."""

    def look_back(self, rows: Sequence[ListRow]) -> None:
        """Tell what only many rows together show."""

    def write(self, tx: Transaction, made: RosterImport, writes: Sequence[Write]) -> None:
        """Write the rows and what goes with them."""


@dataclass(frozen=True)
class PersonList:
    """One kind of list: its ledger, its fields, who decides about its rows."""

    ledger: type[Ledger]
    action: str
    fields: Callable[[], tuple[Field, ...]]
    desk: Callable[[Session, date], Desk]
    special: Mapping[str, Special] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The ledger's."""
        return self.ledger.about.key

    @property
    def row_kind(self) -> RowKind:
        """By which headings a sheet is known to hold such rows."""
        return RowKind(self.ledger, self.fields(), NAME)


@dataclass
class ListPlan:
    """A list as read and judged; its sheets are kept, so that a cell can be corrected."""

    kind: PersonList
    sheets: list[Sheet]
    stem: str
    mapping: Mapping[str, str]
    memory: Sequence[RememberedHeadings]
    heading: HeadingMatch | None
    """Given for a pasted block without headings of its own."""
    plan: ImportPlan
    desk: Desk
    writes: list[Write]
    rows: list[ListRow]
    """As read, with what reading alone found: judging begins from these."""
    found: list[tuple[int, int]]
    """How many problems and warnings reading found in each row."""

    @property
    def writes_something(self) -> bool:
        """Whether anything would be written."""
        return bool(self.writes) or self.desk.has_more


def plan_list(
    office: Office,
    kind: PersonList,
    sheets: Sequence[Sheet],
    *,
    stem: str = "",
    mapping: Mapping[str, str] | None = None,
    memory: Sequence[RememberedHeadings] = (),
    others: Sequence[RowKind] = (),
    heading: HeadingMatch | None = None,
) -> ListPlan:
    """Judge the rows of these sheets against the store; nothing is written.

    `stem` is the file's name, which may say whose list it is; a sheet that rather holds one of `others` is left out.
    Raises UserError when no sheet has a heading row, or `mapping` names what is not there.
    """
    fields = kind.fields()
    plan = ImportPlan(kind.key, place_label="企业名称")
    _check_mapping(mapping or {}, fields)
    own = _of_this_kind(kind, sheets, plan, mapping or {}, memory, others) if heading is None else list(sheets)
    with office.db.reading() as session:
        desk = kind.desk(session, office.today)
    rows = read_list(
        own, fields, plan, today=office.today, title=NAME, place=desk.place, mapping=mapping, special=kind.special,
        memory=memory, heading=heading,
    )  # fmt: skip
    home = desk.place(stem) if stem else None
    for row in rows:
        row.place = row.place or home
    found = [(len(row.problems), len(row.warnings)) for row in rows]
    writes = _judged(plan, rows, desk)
    return ListPlan(kind, list(sheets), stem, dict(mapping or {}), memory, heading, plan, desk, writes, rows, found)


def _judged(plan: ImportPlan, rows: Sequence[ListRow], desk: Desk) -> list[Write]:
    writes = judge(plan, rows, desk.decide)
    desk.look_back(rows)
    plan.created = {key: list(names) for key, names in desk.created.items() if names}
    return writes


def correct_list(office: Office, listed: ListPlan, sheet: str, number: int, key: str, value: str) -> ListPlan:
    """Type over a cell and judge the list anew; the plan inside is changed in place.

    Raises UserError when there is no such row or column, or the row would be none any more.
    """
    match = next((one.heading for one in listed.plan.sheets if one.name == sheet), None)
    column = match.column_of(key) if match is not None else None
    place = next((n for n, row in enumerate(listed.rows) if (row.sheet, row.number) == (sheet, number)), -1)
    source = next(one for one in listed.sheets if one.name == sheet)
    if match is None or column is None or place < 0:
        raise UserError("这一格不能改：这一行不是数据行，或表里没有这一栏。")
    old = listed.rows[place]
    cells = [*old.cells, *[None] * (column + 1 - len(old.cells))]
    cells[column] = value or None
    # Only this row is read anew; its sheet's title and group rows have said where it belongs.
    again = read_list(
        [replace(source, rows=[SheetRow(number, cells)])], listed.kind.fields(), ImportPlan(listed.kind.key),
        today=office.today, title=NAME, place=listed.desk.place, special=listed.kind.special, heading=match,
    )  # fmt: skip
    if len(again) != 1:
        raise UserError(
            "这样改了以后，这一行就不是人员的一行了，没有改动。", next_step="不想导入这一行，请关掉预览，在表里删去它。"
        )
    row = replace(again[0], place=again[0].place or old.place)
    rows = [*listed.rows]
    rows[place] = row
    found = [*listed.found]
    found[place] = len(row.problems), len(row.warnings)
    for one, (problems, warnings) in zip(rows, found, strict=True):
        one.problems, one.warnings = one.problems[:problems], one.warnings[:warnings]
    with office.db.reading() as session:
        desk = listed.kind.desk(session, office.today)
    listed.plan.rows.clear()
    writes = _judged(listed.plan, rows, desk)
    return replace(listed, desk=desk, writes=writes, rows=rows, found=found)


def write_list(office: Office, listed: ListPlan, name: str, sha256: str) -> tuple[int, Change]:
    """Write what was planned, after a backup: the import's id and what changed. `name` is the file's."""
    plan = listed.plan
    safeguard_import(office)
    with office.db.transaction(listed.kind.action, actor=office.actor) as tx:
        made = start_import(tx, listed.kind.ledger, Path(name), sha256, counts_of(plan))
        listed.desk.write(tx, made, listed.writes)
        learn(tx, listed.kind.key, plan, listed.mapping, fields=listed.kind.fields())
        import_id = made.id
    return import_id, tx.change_set or NOTHING_CHANGED


def counts_of(plan: ImportPlan) -> dict[str, int]:
    """By verdict: read = new + updated + same + refused."""
    return {
        "read": plan.read, "new": plan.count(Verdict.NEW), "updated": plan.count(Verdict.UPDATE),
        "same": plan.count(Verdict.SAME), "refused": plan.count(Verdict.REFUSED),
    }  # fmt: skip


def _of_this_kind(
    kind: PersonList,
    sheets: Sequence[Sheet],
    plan: ImportPlan,
    mapping: Mapping[str, str],
    memory: Sequence[RememberedHeadings],
    others: Sequence[RowKind],
) -> list[Sheet]:
    """The sheets without those that rather hold rows of another kind, which are put down in the plan."""
    own = []
    for sheet in sheets:
        match = find_heading(sheet.rows, kind.fields(), mapping=mapping, memory=memory) if sheet.rows else None
        said = bool(mapping) or (match is not None and match.remembered)
        other = (
            None if said or not sheet.rows else likely_kind(sheet, others, (kind.row_kind, match) if match else None)
        )
        if other is None:
            own.append(sheet)
        else:
            plan.other_kinds[sheet.name] = other.ledger.about.key
    if plan.other_kinds and not any(one.rows for one in own):
        labels = {one.ledger.about.key: one.ledger.about.label for one in others}
        told = "、".join(dict.fromkeys(labels[key] for key in plan.other_kinds.values()))
        raise UserError(
            f"这个文件像是{told}的名册，不是{kind.ledger.about.label}的，没有导入任何内容。",
            next_step=f"请选择导入{told}；确实是{kind.ledger.about.label}的，请指定标题与字段的对应。",
            code="other_kind",
        )
    return own


def _check_mapping(mapping: Mapping[str, str], fields: Sequence[Field]) -> None:
    known = {name for one in fields for name in (one.key, one.label)}
    for heading, name in mapping.items():
        if name and name not in known:
            labels = "、".join(one.label for one in fields)
            raise UserError(f"标题“{heading}”对应的字段“{name}”不存在。", next_step=f"可用：{labels}。")
