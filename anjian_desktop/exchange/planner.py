"""What an import would do, planned sheet by sheet before anything is written, and a cell corrected afterwards; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cards import is_card
from anjian_desktop.exchange.heading_memory import RememberedHeadings
from anjian_desktop.exchange.headings import HeadingIndex, HeadingMatch, find_heading, heading_below
from anjian_desktop.exchange.import_plan import ImportPlan, RowPlan, SheetPlan, SkippedRow
from anjian_desktop.exchange.known_rows import Identity, KnownRows, place_key
from anjian_desktop.exchange.row_kinds import (
    BLANK,
    GROUP,
    NOTE,
    REPEATED_HEADING,
    TITLE,
    TOTAL,
    group_place,
    kind_above,
    kind_of,
    place_in,
)
from anjian_desktop.exchange.row_planner import RowPlanner, Table
from anjian_desktop.exchange.sheet_kinds import RowKind, likely_kind
from anjian_desktop.exchange.sheet_rows import Sheet, SheetRow
from anjian_desktop.ledgers.base import Ledger, field_of, fields_of
from anjian_desktop.ledgers.fields import Field, heading_key

_LISTED_BLANKS = 20
"""A longer run of blank rows is told as one."""
_WATCHED = 500
"""Rows planned between two looks whether to stop."""
_ENOUGH = 500
"""Rows that show where the heading is, when more are to come."""


@dataclass
class _OpenSheet:
    """A sheet that is being planned: up to which row, and under which table and group title that one stands."""

    sheet: Sheet
    table: Table | None
    heading: HeadingMatch | None = None
    titles: frozenset[str] = frozenset()
    group: str | None = None
    last: int = 0
    planned: int = 0


def plan_import(
    sheets: Iterable[Sheet],
    ledger: type[Ledger],
    *,
    known: KnownRows,
    today: date,
    mapping: Mapping[str, str] | None = None,
) -> ImportPlan:
    """Read the sheets' rows against the ledger's declared fields and the store's rows; see `Planner`."""
    planner = Planner(ledger, known=known, today=today, mapping=mapping)
    planner.read(sheets)
    return planner.plan


class Planner:
    """Plans an import of one ledger's rows, and plans corrected rows anew.

    `fields` take the place of the ledger's declared ones (choices from code tables); `mapping` {heading: field key or
    label; "" ignores the column} goes before `memory`, and that before the declared headings; a sheet that rather holds
    one of `others` is left out. Raises UserError when the mapping names a field that does not exist.
    """

    def __init__(
        self,
        ledger: type[Ledger],
        *,
        known: KnownRows,
        today: date,
        mapping: Mapping[str, str] | None = None,
        memory: Sequence[RememberedHeadings] = (),
        others: Sequence[RowKind] = (),
        fields: Sequence[Field] | None = None,
        watch: Callable[[], None] | None = None,
    ) -> None:
        self._ledger = ledger
        self._fields = [one for one in fields or fields_of(ledger) if not one.computed]
        self._mapping = dict(mapping or {})
        _check_mapping(self._mapping, ledger)
        self._memory = memory
        self._others = others
        self._known = known
        self._today = today
        self._watch = watch or (lambda: None)
        identity = Identity.of(self._fields, ledger.about.title)
        self._headings = HeadingIndex(self._fields, self._mapping)
        self._rows = RowPlanner(ledger, self._fields, identity, known, today)
        self._tables: dict[str, list[tuple[int, Table]]] = {}
        self._places: dict[tuple[str, int], int] = {}
        self._alike: dict[tuple[str, str], set[int]] | None = None
        self._vague: set[int] = set()
        """Rows of the store of which a row of the file is one, but it cannot be told which."""
        self._current: _OpenSheet | None = None
        self._cards: list[str] = []
        """Sheets that are a form for one unit."""
        self.plan = ImportPlan(ledger.about.key)

    # -- the whole file -----------------------------------------------------------------------------------------

    def read(self, sheets: Iterable[Sheet]) -> None:
        """Plan the sheets. Raises UserError when none has a heading row, or the mapping names a heading that is not there."""
        for sheet in sheets:
            self.end(sheet)
        self.finish()

    def read_under(self, sheet: Sheet, heading: HeadingMatch) -> None:
        """Plan a sheet whose columns are known: a pasted block without a heading."""
        self._current = self._open(sheet, heading)
        self.end(sheet)
        self._finish()

    def more(self, sheet: Sheet) -> None:
        """Plan what has come of a sheet whose further rows are still to come; they are in order, no range is merged."""
        if self._current is None or self._current.sheet is not sheet:
            if len(sheet.rows) < _ENOUGH:
                return
            self._current = self._begin(sheet)
        self._plan_rows(self._current, len(sheet.rows) - 1)

    def end(self, sheet: Sheet) -> None:
        """Plan the rest of a sheet that has come to its end."""
        if self._current is None or self._current.sheet is not sheet:
            self._current = self._begin(sheet)
        self._plan_rows(self._current, len(sheet.rows))
        self._close(self._current)
        self._current = None

    def finish(self) -> None:
        """What only all sheets together tell. Raises UserError when none has a heading row, or the mapping names a heading
        that is not there."""
        self._check()

    def _begin(self, sheet: Sheet) -> _OpenSheet:
        """Find the heading; a sheet without one, or of another ledger, is left out."""
        heading = (
            find_heading(sheet.rows, self._fields, mapping=self._mapping, memory=self._memory) if sheet.rows else None
        )
        other = None
        if sheet.rows and (heading is None or not (heading.remembered or self._is_mapped(heading))):
            if is_card(sheet.rows, self._headings):
                self._cards.append(sheet.name)
                self.plan.notes.append(f"工作表“{sheet.name}”是一家一张的登记表，不是名册，没有读取")
                return _OpenSheet(sheet, None)
            own = RowKind(self._ledger, self._fields, self._ledger.about.title)
            other = likely_kind(sheet, self._others, None if heading is None else (own, heading))
        if other is not None:
            self.plan.other_kinds[sheet.name] = other.ledger.about.key
        elif heading is not None:
            return self._open(sheet, heading)
        elif sheet.rows:
            self.plan.without_heading.append(sheet.name)
        return _OpenSheet(sheet, None)

    def _is_mapped(self, heading: HeadingMatch) -> bool:
        """The clerk said what a heading of this row means."""
        mapped = {heading_key(text) for text in self._mapping}
        return any(heading_key(text) in mapped for text in heading.headings.values())

    def _check(self) -> None:
        if not self.plan.sheets:
            wanted = self._rows.identity.name
            if self.plan.other_kinds:
                kinds = {one.ledger.about.key: one.ledger.about.label for one in self._others}
                labels = "、".join(dict.fromkeys(kinds[key] for key in self.plan.other_kinds.values()))
                raise UserError(
                    f"这个文件像是{labels}的名册，不是{self._ledger.about.label}的，没有导入任何内容。",
                    next_step=f"请选择导入{labels}；确实是{self._ledger.about.label}的，请指定标题与字段的对应。",
                    code="other_kind",
                )
            if self._cards:
                raise UserError(
                    f"工作表“{self._cards[0]}”是一家一张的登记表，不是一行一家的名册，没有导入任何内容。",
                    next_step=f"请在台账里新增这一家；多家的请抄到一张表里，每家一行，标题写“{wanted.label}”等，可先下载空白表。",
                    code="card",
                )
            raise UserError(
                f"没有找到标题行：表里没有写着“{wanted.label}”的一行，没有导入任何内容。",
                next_step=f"请检查标题是否写作“{'”“'.join((wanted.label, *wanted.aliases[:2]))}”，或指定标题与字段的对应。",
                code="no_heading",
            )
        present = {heading_key(text) for sheet in self.plan.sheets for text in sheet.heading.headings.values()}
        for heading in self._mapping:
            if heading_key(heading) not in present:
                raise UserError(f"表里没有标题“{heading}”。", next_step="请照表格里的写法填写标题。")
        self._finish()

    def _finish(self) -> None:
        """What only the whole file tells: rows of the store that were not in it, names to be made."""
        seen = self._rows.recognition.seen_ids
        self._vague = seen - {row.row_id for row in self.plan.rows}
        self.plan.missing = [row.id for row in self._known.rows if row.id not in seen]
        created: dict[str, dict[str, str]] = {}
        for row in self.plan.rows:
            for link, name in self._rows.unknown_links(row):
                created.setdefault(link, {}).setdefault(place_key(name), name)
        self.plan.created = {ledger: list(names.values()) for ledger, names in created.items()}

    # -- one sheet ----------------------------------------------------------------------------------------------

    def _open(self, sheet: Sheet, heading: HeadingMatch) -> _OpenSheet:
        titles = frozenset(
            " ".join(cell.split())
            for row in sheet.rows[:_ENOUGH]
            if row.number < (heading.rows or (0,))[0]
            for cell in row.cells
            if isinstance(cell, str)
        )
        return _OpenSheet(sheet, self._open_table(sheet, heading), heading, titles)

    def _close(self, current: _OpenSheet) -> None:
        """What is known of a sheet only at its end."""
        sheet = current.sheet
        if current.heading is None:
            return
        self.plan.sheets.append(SheetPlan(sheet.name, current.heading, sheet.filled_down))
        self.plan.notes.extend(sheet.notes)
        if sheet.hidden_rows:
            self.plan.notes.append(f"工作表“{sheet.name}”有 {sheet.hidden_rows} 行被筛选或隐藏，也一并读取")

    def _plan_rows(self, current: _OpenSheet, end: int) -> None:
        """Plan the rows up to position `end`; the one after it is there, unless the sheet ends."""
        sheet, heading, table = current.sheet, current.heading, current.table
        if heading is None or table is None:
            current.planned = end
            return
        with_place = self._rows.identity.place is not None
        group, last = current.group, current.last
        for count in range(current.planned, end):
            row = sheet.rows[count]
            if count % _WATCHED == 0:
                self._watch()
            if row.number != last + 1:
                self._skip_blanks(sheet.name, last + 1, row.number)
            last = row.number
            if row.number <= heading.row_number:
                if row.number not in heading.rows:
                    if with_place and row.number == heading.rows[0] - 1:
                        group = group_place(row)
                    self.plan.skipped.append(SkippedRow(sheet.name, row.number, kind_above(row)))
                continue
            kind = kind_of(row, table.heading, table.name_column, current.titles)
            if with_place and kind in (None, NOTE) and (place := group_place(row)):
                group, kind = place, GROUP
            elif kind == TOTAL and not any(isinstance(c, str) and "页" in c for c in row.cells[:4]):
                group = None
            elif kind is None and (below := heading_below(row, table.heading, self._headings)):
                table, kind = self._open_table(sheet, below), REPEATED_HEADING
            elif kind is None and self._is_title_of_next(sheet, count, table):
                kind = TITLE
            if kind is not None:
                self.plan.skipped.append(SkippedRow(sheet.name, row.number, kind))
            else:
                self.plan.rows.append(self._rows.plan(row, table, group))
        current.table, current.group, current.last, current.planned = table, group, last, end

    def _open_table(self, sheet: Sheet, heading: HeadingMatch) -> Table:
        identity = self._rows.identity
        place = None
        if identity.place is not None and heading.column_of(identity.place.key) is None:
            name = place_in(sheet.name)
            known = self._known.linked_name(identity.place.link, sheet.name)
            place = name or (sheet.name if known else None)
        table = Table(sheet.name, heading, self._today, starts_1904=sheet.starts_1904, place=place)
        table.name_column = heading.column_of(identity.name.key)
        self._tables.setdefault(sheet.name, []).append((heading.row_number, table))
        return table

    def _is_title_of_next(self, sheet: Sheet, position: int, table: Table) -> bool:
        """A line of its own right above the heading of a further table."""
        row = sheet.rows[position]
        if len(row.cells) - row.cells.count(None) > 1 or position + 1 == len(sheet.rows):
            return False
        return heading_below(sheet.rows[position + 1], table.heading, self._headings) is not None

    def _skip_blanks(self, sheet: str, first: int, end: int) -> None:
        if end - first > _LISTED_BLANKS:
            self.plan.skipped.append(SkippedRow(sheet, first, f"{BLANK}（到第{end - 1}行）"))
        else:
            self.plan.skipped.extend(SkippedRow(sheet, number, BLANK) for number in range(first, end))

    # -- a correction -------------------------------------------------------------------------------------------

    def correct(self, sheet: str, number: int, key: str, value: object) -> list[int]:
        """Put a value into one row's column and plan that row anew, and those that share its code or name.

        The positions in `plan.rows` of the rows that were planned anew. Raises UserError when there is no such row or
        the sheet has no column of that field.
        """
        if self._alike is None:
            self._places = {(row.sheet, row.number): position for position, row in enumerate(self.plan.rows)}
            self._alike = {}
            for position in range(len(self.plan.rows)):
                self._note_alike(position)
        position = self._places.get((sheet, number), -1)
        reader = self._table_of(self.plan.rows[position]).reader(key) if position >= 0 else None
        if reader is None:
            raise UserError("这一格不能改：这一行不是数据行，或表里没有这一栏。")
        affected = self._sharing({position})
        cells = list(self.plan.rows[position].cells)
        cells.extend([None] * (reader.column + 1 - len(cells)))
        cells[reader.column] = value
        self.plan.rows[position].cells = cells
        self._note_alike(position)
        while True:
            affected = self._sharing(affected)
            self._rows.start_afresh()
            for one in sorted(affected):
                row = self.plan.rows[one]
                table = self._table_of(row)
                self.plan.rows[one] = self._rows.plan(SheetRow(row.number, list(row.cells)), table, row.place)
                self._note_alike(one)
            if self._sharing(affected) == affected:
                break
        self._count_anew()
        return sorted(affected)

    def _sharing(self, positions: set[int]) -> set[int]:
        """Those rows and all that are linked to them by a common code, name or stored row."""
        assert self._alike is not None
        found: set[int] = set()
        waiting = set(positions)
        while waiting:
            found |= waiting
            keys = {key for position in waiting for key in self._keys_of(position)}
            waiting = {one for key in keys for one in self._alike.get(key, ())} - found
        return found

    def _keys_of(self, position: int) -> set[tuple[str, str]]:
        row = self.plan.rows[position]
        keys = self._rows.keys(SheetRow(row.number, list(row.cells)), self._table_of(row))
        if row.row_id is not None:
            keys.add(("", str(row.row_id)))
        return keys

    def _note_alike(self, position: int) -> None:
        assert self._alike is not None
        for key in self._keys_of(position):
            self._alike.setdefault(key, set()).add(position)

    def _table_of(self, row: RowPlan) -> Table:
        return next(table for start, table in reversed(self._tables[row.sheet]) if start < row.number)

    def _count_anew(self) -> None:
        recognition = self._rows.recognition
        recognition.seen_ids |= self._vague
        recognition.seen_ids |= {row.row_id for row in self.plan.rows if row.row_id is not None}
        self._finish()


def _check_mapping(mapping: Mapping[str, str], ledger: type[Ledger]) -> None:
    for heading, name in mapping.items():
        if name and ((found := field_of(ledger, name)) is None or found.computed):
            labels = "、".join(one.label for one in fields_of(ledger) if not one.computed)
            raise UserError(f"标题“{heading}”对应的字段“{name}”不存在。", next_step=f"可用：{labels}。")
