"""One data row judged: its cells read, its links found, recognised in the store and in the file, and a verdict."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from anjian_desktop.exchange.headings import HeadingMatch
from anjian_desktop.exchange.import_plan import MADE_BY_NAME, RowPlan, RowProblem, Verdict
from anjian_desktop.exchange.known_rows import Identity, KnownIndex, KnownRow, KnownRows, place_key
from anjian_desktop.exchange.recognition import Recognition
from anjian_desktop.exchange.row_values import ColumnReader
from anjian_desktop.exchange.sheet_rows import SheetRow
from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.ledgers.fields import Field, Kind


class Table:
    """A heading and what reads the columns under it; a sheet may hold several tables, one below the other."""

    def __init__(self, sheet: str, heading: HeadingMatch, today: date, *, starts_1904: bool, place: str | None) -> None:
        self.sheet = sheet
        self.heading = heading
        self.place = place
        """The village the whole sheet belongs to by its name."""
        self.readers = [
            ColumnReader(one, column, heading.headings[column], today, starts_1904)
            for column, one in sorted(heading.columns.items())
        ]
        self.name_column: int | None = None

    def reader(self, key: str) -> ColumnReader | None:
        """What reads a field's column."""
        return next((one for one in self.readers if one.field.key == key), None)


class RowPlanner:
    """Judges rows in the file's order; what was accepted is remembered, so that a repetition is refused."""

    def __init__(
        self, ledger: type[Ledger], fields: Sequence[Field], identity: Identity, known: KnownRows, today: date
    ) -> None:
        self.identity = identity
        self._ledger = ledger
        self._fields = fields
        self._known = known
        self._index: KnownIndex = known.indexed(identity)
        self._today = today
        self._made: dict[tuple[str, str], str] = {}
        """Names of linked rows to be made, by ledger and how names are compared: the first spelling counts."""
        self._spelling: dict[tuple[str, object], str | None] = {}
        self._defaults = {one.key: one.default for one in fields if one.default is not None}
        self._required = [one for one in fields if one.required and one.default is None]
        self._links = [one for one in fields if one.kind is Kind.LINK]
        self._columns = {one.key: one.column for one in fields}
        self._keys = {one.column: one.key for one in fields}
        self._examines = ledger.examine.__func__ is not Ledger.examine.__func__  # type: ignore[attr-defined]
        self._known_by_id = {row.id: row for row in known.rows}
        self.recognition = Recognition(identity, self._index)

    def start_afresh(self) -> None:
        """Forget which rows were accepted."""
        self.recognition = Recognition(self.identity, self._index)

    def plan(self, row: SheetRow, table: Table, group: str | None) -> RowPlan:
        """Judge a row; `group` is the village of the group title above it."""
        sheet = table.sheet
        values, problems, warnings = self._read_cells(row, table)
        place = self._inherit_place(values, problems, group or table.place)
        unknown = self._resolve_links(values)

        def tell(key: str, text: str) -> RowProblem:
            return self._told(row, table, key, text)

        for one in unknown:
            if one.link not in MADE_BY_NAME:
                problems.append(tell(one.key, f"没有叫“{values[one.key]}”的{one.label}"))
        file_row = self.recognition.file_row(sheet, row.number, values)
        result = self.recognition.recognise(file_row, good=not problems)
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
        changes = values if known is None else self._changes(values, known)
        if not problems and self._examines and (known is None or changes):
            self._examine(values, changes, known, row, table, problems, warnings)
        row_id = None if known is None else known.id
        if problems:
            return RowPlan(sheet, row.number, Verdict.REFUSED, values, row_id, row.cells, problems, [], place)
        self.recognition.accept(file_row, known)
        for one in unknown:
            name = str(values[one.key])
            changes[one.key] = self._made.setdefault((one.link, place_key(name)), name)
        if known is None:
            changes = {**self._defaults, **changes}
        verdict = Verdict.NEW if known is None else Verdict.UPDATE if changes else Verdict.SAME
        return RowPlan(sheet, row.number, verdict, changes, row_id, row.cells, [], warnings, place)

    def unknown_links(self, row: RowPlan) -> list[tuple[str, str]]:
        """(ledger key, name) of the linked rows that would have to be made for a row that goes in."""
        if row.verdict is Verdict.REFUSED or row.verdict is Verdict.SAME:
            return []
        return [
            (one.link, str(name))
            for one in self._links
            if (name := row.values.get(one.key)) and self._spelled(one.link, name) is None
        ]

    def keys(self, row: SheetRow, table: Table) -> set[tuple[str, str]]:
        """By what this row may be the same as another one of the file or the store: its codes and its name."""
        wanted = {*(one.key for one in self.identity.codes), self.identity.name.key}
        found = set()
        for reader in table.readers:
            if reader.field.key in wanted and (cell := row.cell(reader.column)) is not None:
                value, _, _ = reader.read(cell)
                if value:
                    found.add((reader.field.key, place_key(str(value))))
        return found

    def _changes(self, values: Mapping[str, object], known: KnownRow) -> dict[str, object]:
        return {
            one.key: values[one.key]
            for one in self._fields
            if one.key in values and not _alike(one, values[one.key], known.values.get(one.key))
        }

    def _examine(
        self,
        values: Mapping[str, object],
        changes: dict[str, object],
        known: KnownRow | None,
        row: SheetRow,
        table: Table,
        problems: list[RowProblem],
        warnings: list[RowProblem],
    ) -> None:
        """The ledger's own look at the whole row, by column; what follows from it is added to `changes`."""
        whole = {**self._defaults, **(known.values if known else {}), **values}
        seen = self._ledger.examine({self._columns[key]: value for key, value in whole.items()}, today=self._today)
        problems.extend(self._told(row, table, self._keys.get(key, key), text) for key, text in seen.problems.items())
        warnings.extend(self._told(row, table, self._keys.get(key, key), text) for key, text in seen.warnings.items())
        for column, value in seen.values.items():
            if (key := self._keys.get(column)) and (known is None or known.values.get(key) != value):
                changes[key] = value

    def _read_cells(self, row: SheetRow, table: Table) -> tuple[dict[str, object], list[RowProblem], list[RowProblem]]:
        values: dict[str, object] = {}
        problems: list[RowProblem] = []
        warnings: list[RowProblem] = []
        cells = row.cells
        width = len(cells)
        for reader in table.readers:
            if reader.column >= width or (cell := cells[reader.column]) is None:
                continue
            value, warning, problem = reader.read(cell)
            if problem is not None:
                problems.append(_cell_problem(table.sheet, row, reader, problem))
                continue
            if value is not None:
                values[reader.field.key] = value
                if type(value) is str and value is not cell and value == cell:
                    cells[reader.column] = value  # a word that came before is kept once: an eighth of a large plan
            if warning is not None:
                warnings.append(_cell_problem(table.sheet, row, reader, warning))
        return values, problems, warnings

    def _inherit_place(
        self, values: dict[str, object], problems: Collection[RowProblem], group: str | None
    ) -> str | None:
        """Put the group title's village into a row without one of its own."""
        place = self.identity.place
        if group is None or place is None or place.key in values or any(one.key == place.key for one in problems):
            return None
        values[place.key] = group
        return group

    def _told(self, row: SheetRow, table: Table, key: str, text: str) -> RowProblem:
        if (reader := table.reader(key)) is not None:
            return _cell_problem(table.sheet, row, reader, text)
        label = next((one.label for one in self._fields if one.key == key), key)
        return RowProblem(table.sheet, row.number, label, "", text, key)

    def _resolve_links(self, values: dict[str, object]) -> list[Field]:
        """Give links the store's spelling; the fields whose name the store does not know."""
        unknown = []
        for one in self._links:
            if (given := values.get(one.key)) is None:
                continue
            if (name := self._spelled(one.link, given)) is None:
                unknown.append(one)
            else:
                values[one.key] = name
        return unknown

    def _spelled(self, link: str, given: object) -> str | None:
        name = self._spelling.get((link, given), "")
        if name == "":
            name = self._spelling[link, given] = self._known.linked_name(link, str(given))
        return name


def _cell_problem(sheet: str, row: SheetRow, reader: ColumnReader, text: str) -> RowProblem:
    return RowProblem(sheet, row.number, reader.name, reader.shown(row.cell(reader.column)), text, reader.field.key)


def _alike(one: Field, new: object, old: object) -> bool:
    if isinstance(new, tuple) or isinstance(old, list | tuple):
        return tuple(new) == tuple(old or ()) if isinstance(new, tuple | list) else False  # type: ignore[arg-type]
    if one.kind is Kind.LINK:
        return place_key(str(new)) == place_key(str(old or ""))
    return new == old
