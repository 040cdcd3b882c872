"""What an import would do, row by row, before anything is written; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.headings import HeadingMatch, find_heading
from anjian_desktop.exchange.known_rows import Identity, KnownIndex, KnownRow, KnownRows, place_key
from anjian_desktop.exchange.recognition import Recognition
from anjian_desktop.exchange.row_kinds import BLANK, GROUP, NOTE, TOTAL, group_place, kind_above, kind_of, place_in
from anjian_desktop.exchange.row_values import ColumnReader
from anjian_desktop.exchange.sheet_rows import Sheet, SheetRow
from anjian_desktop.ledgers.base import Ledger, field_of, fields_of
from anjian_desktop.ledgers.fields import Field, Kind, heading_key

__all__ = ["Identity", "ImportPlan", "KnownRow", "KnownRows", "RowPlan", "RowProblem", "Verdict", "plan_import"]

MADE_BY_NAME = frozenset({"village"})
"""Ledgers whose rows an import makes when a name is unknown (待核对); other unknown names are refused."""

_LISTED_BLANKS = 20
"""A longer run of blank rows is told as one."""


class Verdict(StrEnum):
    """What happens to a data row."""

    NEW = "new"
    UPDATE = "updated"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong or odd about one cell; personal values are masked.

    `row` is Excel's own number, `column` its letter and heading (`D 统一社会信用代码`).
    """

    sheet: str
    row: int
    column: str
    value: str
    problem: str
    key: str


@dataclass(slots=True)
class RowPlan:
    """One data row. `values` is what to write by field key: everything for a new row, what changes for an update.

    Links stand as names, the store's own spelling where it has one. `cells` is the row as it came.
    """

    sheet: str
    number: int
    verdict: Verdict
    values: dict[str, object]
    row_id: int | None
    cells: Sequence[object]
    problems: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)
    place: str | None = None
    """The village taken from a group title or the sheet's name, not from the row itself."""


@dataclass(frozen=True)
class SheetPlan:
    """How a sheet was read: where its heading stands and which column is which field."""

    name: str
    heading: HeadingMatch
    filled_down: int

    @property
    def columns(self) -> dict[str, str]:
        """{heading as it reads: field key}."""
        return {self.heading.headings[column]: one.key for column, one in self.heading.columns.items()}


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no data: blank, title, total, note."""

    sheet: str
    row: int
    reason: str


@dataclass
class ImportPlan:
    """The whole file. `read` counts data rows only and is the sum of the four verdicts."""

    ledger: str
    rows: list[RowPlan] = field(default_factory=list)
    sheets: list[SheetPlan] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    created: dict[str, list[str]] = field(default_factory=dict)
    """Names of linked rows to be made first: {"village": [...]}."""
    missing: list[int] = field(default_factory=list)
    """Ids of the store's rows that the file does not mention."""
    without_heading: list[str] = field(default_factory=list)
    """Visible sheets that hold something, but no heading of this ledger."""
    notes: list[str] = field(default_factory=list)

    def count(self, verdict: Verdict) -> int:
        """Rows of that verdict."""
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def read(self) -> int:
        """All data rows."""
        return len(self.rows)

    @property
    def problems(self) -> list[RowProblem]:
        """Why rows are refused, in the file's order."""
        return [problem for row in self.rows if row.verdict is Verdict.REFUSED for problem in row.problems]

    @property
    def warnings(self) -> list[RowProblem]:
        """What the clerk should look at in rows that go in."""
        return [warning for row in self.rows if row.verdict is not Verdict.REFUSED for warning in row.warnings]


def plan_import(
    sheets: Iterable[Sheet],
    ledger: type[Ledger],
    *,
    known: KnownRows,
    today: date,
    mapping: Mapping[str, str] | None = None,
) -> ImportPlan:
    """Read the sheets' rows against the ledger's declared fields and the store's rows.

    `mapping` {heading: field key or label; "" ignores the column} goes before the declared headings. Raises UserError
    when no sheet has a heading row, or the mapping names a field or heading that does not exist.
    """
    sheets = list(sheets)
    fields = [one for one in fields_of(ledger) if not one.computed]
    _check_mapping(mapping or {}, ledger)
    identity = Identity.of(fields, ledger.about.title)
    work = _Work(ImportPlan(ledger.about.key), fields, identity, known, known.indexed(identity), today)
    for sheet in sheets:
        if not sheet.rows:
            continue
        heading = find_heading(sheet.rows, fields, mapping=mapping)
        if heading is None:
            work.plan.without_heading.append(sheet.name)
            continue
        work.read_sheet(sheet, heading)
    if not work.plan.sheets:
        wanted = identity.name.label
        raise UserError(
            f"没有找到标题行：表里没有写着“{wanted}”的一行，没有导入任何内容。",
            next_step=f"请检查标题是否写作“{'”“'.join((wanted, *identity.name.aliases[:2]))}”，或指定标题与字段的对应。",
        )
    _check_mapped_headings(mapping or {}, work.plan)
    work.finish()
    return work.plan


def _check_mapping(mapping: Mapping[str, str], ledger: type[Ledger]) -> None:
    for heading, name in mapping.items():
        if name and ((found := field_of(ledger, name)) is None or found.computed):
            labels = "、".join(one.label for one in fields_of(ledger) if not one.computed)
            raise UserError(f"标题“{heading}”对应的字段“{name}”不存在。", next_step=f"可用：{labels}。")


def _check_mapped_headings(mapping: Mapping[str, str], plan: ImportPlan) -> None:
    present = {heading_key(text) for sheet in plan.sheets for text in sheet.heading.headings.values()}
    for heading in mapping:
        if heading_key(heading) not in present:
            raise UserError(f"表里没有标题“{heading}”。", next_step="请照表格里的写法填写标题。")


class _Work:
    """The state of one planning run."""

    def __init__(
        self,
        plan: ImportPlan,
        fields: Sequence[Field],
        identity: Identity,
        known: KnownRows,
        index: KnownIndex,
        today: date,
    ) -> None:
        self.plan = plan
        self._fields = fields
        self._identity = identity
        self._known = known
        self._recognition = Recognition(identity, index)
        self._today = today
        self._created: dict[str, dict[str, str]] = {}
        self._spelling: dict[tuple[str, object], str | None] = {}
        self._defaults = {one.key: one.default for one in fields if one.default is not None}
        self._required = [one for one in fields if one.required and one.default is None]
        self._links = [one for one in fields if one.kind is Kind.LINK]

    def read_sheet(self, sheet: Sheet, heading: HeadingMatch) -> None:
        """Plan every row of a sheet with a heading."""
        self.plan.sheets.append(SheetPlan(sheet.name, heading, sheet.filled_down))
        self.plan.notes.extend(sheet.notes)
        if sheet.hidden_rows:
            self.plan.notes.append(f"工作表“{sheet.name}”有 {sheet.hidden_rows} 行被筛选或隐藏，也一并读取")
        readers = [
            ColumnReader(one, column, heading.headings[column], self._today, sheet.starts_1904)
            for column, one in sorted(heading.columns.items())
        ]
        place_field = self._identity.place
        sheet_place = None
        if place_field is not None and heading.column_of(place_field.key) is None:
            name = place_in(sheet.name)
            sheet_place = name or (sheet.name if self._known.linked_name(place_field.link, sheet.name) else None)
        name_column = heading.column_of(self._identity.name.key)
        titles = frozenset(
            " ".join(cell.split())
            for row in sheet.rows
            if row.number < heading.rows[0]
            for cell in row.cells
            if isinstance(cell, str)
        )
        group: str | None = None
        last = 0
        for row in sheet.rows:
            self._skip_blanks(sheet.name, last + 1, row.number)
            last = row.number
            if row.number <= heading.row_number:
                if row.number not in heading.rows:
                    if place_field is not None and row.number == heading.rows[0] - 1:
                        group = group_place(row)
                    self.plan.skipped.append(SkippedRow(sheet.name, row.number, kind_above(row)))
                continue
            kind = kind_of(row, heading, name_column, titles)
            if place_field is not None and kind in (None, NOTE) and (place := group_place(row)):
                group, kind = place, GROUP
            elif kind == TOTAL and not any(isinstance(c, str) and "页" in c for c in row.cells[:4]):
                group = None
            if kind is not None:
                self.plan.skipped.append(SkippedRow(sheet.name, row.number, kind))
            else:
                self.plan.rows.append(self._plan_row(sheet.name, row, readers, group or sheet_place))

    def finish(self) -> None:
        """What only the whole file tells: rows of the store that were not in it, names to be made."""
        seen = self._recognition.seen_ids
        self.plan.missing = [row.id for row in self._known.rows if row.id not in seen]
        self.plan.created = {ledger: list(names.values()) for ledger, names in self._created.items() if names}

    def _skip_blanks(self, sheet: str, first: int, end: int) -> None:
        if end - first > _LISTED_BLANKS:
            self.plan.skipped.append(SkippedRow(sheet, first, f"{BLANK}（到第{end - 1}行）"))
        else:
            self.plan.skipped.extend(SkippedRow(sheet, number, BLANK) for number in range(first, end))

    def _plan_row(self, sheet: str, row: SheetRow, readers: Sequence[ColumnReader], group: str | None) -> RowPlan:
        values, problems, warnings = self._read_cells(sheet, row, readers)
        place = self._inherit_place(values, problems, group)
        unknown = self._resolve_links(values)

        def tell(key: str, text: str) -> RowProblem:
            return self._told(sheet, row, readers, key, text)

        for one in unknown:
            if one.link not in MADE_BY_NAME:
                problems.append(tell(one.key, f"没有叫“{values[one.key]}”的{one.label}"))
        file_row = self._recognition.file_row(sheet, row.number, values)
        result = self._recognition.recognise(file_row, good=not problems)
        known = result.known
        bad = {problem.key for problem in problems}
        if result.problem is not None and result.key not in bad:
            problems.append(tell(result.key, result.problem))
        if result.warning is not None:
            warnings.append(tell(result.key, result.warning))
        if known is None:
            for one in self._required:
                if one.key not in values and one.key not in bad:
                    problems.append(tell(one.key, f"{one.label}必填"))
        row_id = None if known is None else known.id
        if problems:
            return RowPlan(sheet, row.number, Verdict.REFUSED, values, row_id, row.cells, problems, [], place)
        self._recognition.accept(file_row, known)
        for one in unknown:
            name = str(values[one.key])
            values[one.key] = self._created.setdefault(one.link, {}).setdefault(place_key(name), name)
        if known is None:
            values = {**self._defaults, **values}
            return RowPlan(sheet, row.number, Verdict.NEW, values, None, row.cells, [], warnings, place)
        changes = {
            one.key: values[one.key]
            for one in self._fields
            if one.key in values and not _alike(one, values[one.key], known.values.get(one.key))
        }
        verdict = Verdict.UPDATE if changes else Verdict.SAME
        return RowPlan(sheet, row.number, verdict, changes, row_id, row.cells, [], warnings, place)

    def _read_cells(
        self, sheet: str, row: SheetRow, readers: Sequence[ColumnReader]
    ) -> tuple[dict[str, object], list[RowProblem], list[RowProblem]]:
        values: dict[str, object] = {}
        problems: list[RowProblem] = []
        warnings: list[RowProblem] = []
        cells = row.cells
        width = len(cells)
        for reader in readers:
            if reader.column >= width or (cell := cells[reader.column]) is None:
                continue
            value, warning, problem = reader.read(cell)
            if problem is not None:
                problems.append(_cell_problem(sheet, row, reader, problem))
                continue
            if value is not None:
                values[reader.field.key] = value
            if warning is not None:
                warnings.append(_cell_problem(sheet, row, reader, warning))
        return values, problems, warnings

    def _inherit_place(
        self, values: dict[str, object], problems: Sequence[RowProblem], group: str | None
    ) -> str | None:
        """Put the group title's village into a row without one of its own."""
        place = self._identity.place
        if group is None or place is None or place.key in values or any(one.key == place.key for one in problems):
            return None
        values[place.key] = group
        return group

    def _told(self, sheet: str, row: SheetRow, readers: Sequence[ColumnReader], key: str, text: str) -> RowProblem:
        for reader in readers:
            if reader.field.key == key:
                return _cell_problem(sheet, row, reader, text)
        label = next(one.label for one in self._fields if one.key == key)
        return RowProblem(sheet, row.number, label, "", text, key)

    def _resolve_links(self, values: dict[str, object]) -> list[Field]:
        """Give links the store's spelling; the fields whose name the store does not know."""
        unknown = []
        for one in self._links:
            if (given := values.get(one.key)) is None:
                continue
            name = self._spelling.get((one.link, given), "")
            if name == "":
                name = self._spelling[one.link, given] = self._known.linked_name(one.link, str(given))
            if name is None:
                unknown.append(one)
            else:
                values[one.key] = name
        return unknown


def _cell_problem(sheet: str, row: SheetRow, reader: ColumnReader, text: str) -> RowProblem:
    return RowProblem(sheet, row.number, reader.name, reader.shown(row.cell(reader.column)), text, reader.field.key)


def _alike(one: Field, new: object, old: object) -> bool:
    if isinstance(new, tuple) or isinstance(old, list | tuple):
        return tuple(new) == tuple(old or ()) if isinstance(new, tuple | list) else False  # type: ignore[arg-type]
    if one.kind is Kind.LINK:
        return place_key(str(new)) == place_key(str(old or ""))
    return new == old
