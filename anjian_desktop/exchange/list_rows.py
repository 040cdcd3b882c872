"""Rows of a list of persons as they come: cells read by field, the unit of a title or group row taken along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from anjian_desktop.domain.text import half_width, tidy
from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import is_empty
from anjian_desktop.exchange.heading_memory import RememberedHeadings
from anjian_desktop.exchange.headings import HeadingMatch, find_heading
from anjian_desktop.exchange.import_plan import ImportPlan, RowPlan, RowProblem, SheetPlan, SkippedRow, Verdict
from anjian_desktop.exchange.row_kinds import BLANK, GROUP, NOTE, kind_above, kind_of
from anjian_desktop.exchange.row_values import ColumnReader
from anjian_desktop.exchange.sheet_rows import Sheet, SheetRow
from anjian_desktop.ledgers.fields import Field, heading_key

Place = Callable[[str], str | None]
"""The unit that a title, group row or sheet name speaks of, in the store's spelling; None when it names none."""
Special = Callable[[object], Mapping[str, object] | None]
"""What a cell means that its field does not take: 合格 in the column of marks; None leaves it to the field."""

_LABELLED = re.compile(
    r"(?:企业|单位|公司|工厂|填报单位|用人单位|受训单位)(?:名称|全称)?[:：]\s*(.+?)(?:\s{2,}|[（(].*|$)"
)
_COUNTED = re.compile(r"[（(]\s*共?\d+\s*人\s*[）)]$|[:：]$")
_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十百\d]{1,4}[、.．)）]\s*")
_LONGEST_TITLE = 80


@dataclass
class ListRow:
    """One data row: what its cells say by field key, what is wrong or odd, the unit it stands under."""

    sheet: str
    number: int
    cells: Sequence[object]
    values: dict[str, object]
    place: str | None
    columns: Mapping[str, str]
    """Field key -> how messages call its column."""
    shown: Mapping[str, str]
    problems: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)

    def refuse(self, key: str, label: str, text: str) -> None:
        """Keep the row out; a second reason for one column is not told."""
        if all(one.key != key for one in self.problems):
            self.problems.append(self._told(key, label, text))

    def warn(self, key: str, label: str, text: str) -> None:
        """Tell something odd; the row goes in."""
        self.warnings.append(self._told(key, label, text))

    def _told(self, key: str, label: str, text: str) -> RowProblem:
        return RowProblem(self.sheet, self.number, self.columns.get(key, label), self.shown.get(key, ""), text, key)


def read_list(
    sheets: Iterable[Sheet],
    fields: Sequence[Field],
    plan: ImportPlan,
    *,
    today: date,
    title: str,
    place: Place,
    mapping: Mapping[str, str] | None = None,
    special: Mapping[str, Special] | None = None,
    memory: Sequence[RememberedHeadings] = (),
    heading: HeadingMatch | None = None,
) -> list[ListRow]:
    """The data rows of all sheets that have a heading row; sheets and skipped rows are put down in `plan`.

    `title` is the key of the person's name; `heading` is given for a pasted block without one. Raises UserError when no sheet has a heading row.
    """
    rows: list[ListRow] = []
    for sheet in sheets:
        if not sheet.rows:
            continue
        match = heading or find_heading(sheet.rows, fields, mapping=mapping, memory=memory)
        if match is None:
            plan.without_heading.append(sheet.name)
            continue
        plan.sheets.append(SheetPlan(sheet.name, match, sheet.filled_down))
        plan.notes.extend(sheet.notes)
        rows.extend(_read_sheet(sheet, match, plan, today, title, place, special or {}))
    if not plan.sheets:
        wanted = [one.label for one in fields if one.required][:2]
        raise UserError(
            f"没有找到标题行：表里没有写着“{'”“'.join(wanted)}”的一行，没有导入任何内容。",
            next_step="请检查标题的写法，或指定标题与字段的对应（--map）。",
            code="no_heading",
        )
    present = {heading_key(text) for one in plan.sheets for text in one.heading.headings.values()}
    if unknown := [heading for heading in mapping or {} if heading_key(heading) not in present]:
        raise UserError(f"表里没有标题“{unknown[0]}”。", next_step="请照表格里的写法填写标题。")
    return rows


def planned(row: ListRow, verdict: Verdict, values: dict[str, object], row_id: int | None) -> RowPlan:
    """The row as a plan lists it."""
    own_unit = "enterprise" in row.columns or "credit_code" in row.columns
    place = None if own_unit else row.place
    told = values if place is None or verdict in (Verdict.UPDATE, Verdict.SAME) else {**values, "enterprise": place}
    return RowPlan(row.sheet, row.number, verdict, told, row_id, row.cells, row.problems, row.warnings, place)


def _read_sheet(
    sheet: Sheet,
    heading: HeadingMatch,
    plan: ImportPlan,
    today: date,
    title: str,
    place: Place,
    special: Mapping[str, Special],
) -> list[ListRow]:
    readers = [
        ColumnReader(one, column, heading.headings[column], today, sheet.starts_1904)
        for column, one in sorted(heading.columns.items())
    ]
    names = {one.field.key: one.name for one in readers}
    name_column = heading.column_of(title)
    titles: set[str] = set()
    here = place(sheet.name)
    rows: list[ListRow] = []
    last = 0
    for row in sheet.rows:
        if row.number > last + 1 and row.number > heading.row_number:
            plan.skipped.append(SkippedRow(sheet.name, last + 1, BLANK))
        last = row.number
        if row.number <= heading.row_number:
            if row.number not in heading.rows:
                texts = [cell for cell in row.cells if isinstance(cell, str) and len(cell) <= _LONGEST_TITLE]
                titles.update(" ".join(text.split()) for text in texts)
                here = next((found for text in texts if (found := _unit_in(text, place))), here)
                plan.skipped.append(SkippedRow(sheet.name, row.number, kind_above(row)))
            continue
        kind = kind_of(row, heading, name_column, frozenset(titles))
        if kind in (None, NOTE) and (group := _group(row, place)):
            here, kind = group, GROUP
        if kind is not None:
            plan.skipped.append(SkippedRow(sheet.name, row.number, kind))
        else:
            rows.append(_read_row(sheet.name, row, readers, names, here, special))
    return rows


def _read_row(
    sheet: str,
    row: SheetRow,
    readers: Sequence[ColumnReader],
    names: Mapping[str, str],
    here: str | None,
    special: Mapping[str, Special],
) -> ListRow:
    values: dict[str, object] = {}
    shown: dict[str, str] = {} if here is None or "enterprise" in names else {"enterprise": here}
    read = ListRow(sheet, row.number, row.cells, values, here, names, shown)
    for reader in readers:
        cell = row.cell(reader.column)
        if cell is None:
            continue
        one = reader.field
        shown[one.key] = reader.shown(cell)
        if one.key in special and (meant := special[one.key](cell)) is not None:
            values.update(meant)
            continue
        value, warning, problem = reader.read(cell)
        if problem is not None:
            read.refuse(one.key, one.label, problem)
        elif value is not None:
            values[one.key] = value
        if warning is not None:
            read.warn(one.key, one.label, warning)
    return read


def _group(row: SheetRow, place: Place) -> str | None:
    """The unit of a group title row: one text alone in its row, beside a number at most."""
    filled = [cell for cell in row.cells if not is_empty(cell)]
    texts = [cell for cell in filled if isinstance(cell, str)]
    if len(filled) > 2 or len(texts) != 1 or len(texts[0]) > _LONGEST_TITLE:
        return None
    return _unit_in(texts[0], place)


def _unit_in(text: str, place: Place) -> str | None:
    """The unit a title names: 企业名称：某厂, 一、某厂（共12人）, 某厂从业人员花名册."""
    bare = half_width(tidy(text)) if ":" in text or "：" in text else tidy(text)
    if labelled := _LABELLED.search(bare):
        return place(labelled[1])
    return place(_COUNTED.sub("", _NUMBERED.sub("", tidy(text))))
