"""The sheet as it came, with what would happen to every row: bad cells marked, and corrected on the spot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from anjian_desktop.exchange.cells import shown as shown_cell
from anjian_desktop.exchange.import_plan import ImportPlan, RowPlan, RowProblem, Verdict
from anjian_desktop.ledgers.fields import Field
from ui import theme

_Index = QModelIndex | QPersistentModelIndex

VERDICTS: Mapping[Verdict, tuple[str, str, str]] = {
    Verdict.NEW: ("＋", "新增", theme.OK),
    Verdict.UPDATE: ("◐", "更新", theme.ACCENT),
    Verdict.SAME: ("＝", "相同", theme.OFF),
    Verdict.REFUSED: ("▲", "拒收", theme.LATE),
}
"""A verdict's shape, word and colour."""

_LONG_NUMBER = re.compile(r"[0-9]{6,}[0-9Xx]")

PROBLEM = "问题"
SHEET = "工作表"
KEY_ROLE = int(Qt.ItemDataRole.UserRole)
"""A heading's field key: "" when the column is not imported, None for a column of ours."""
LABEL_ROLE = KEY_ROLE + 1
"""What a heading means, in words."""


@dataclass(frozen=True)
class GridColumn:
    """One column: the heading as it reads in the file, the field it means, and where each sheet has it.

    `heading` is empty for a field that the file has no column for (a village from a group title). Two columns of one
    heading differ by `nth`.
    """

    heading: str
    nth: int
    field: Field | None
    places: Mapping[str, int]


class PlanTableModel(QAbstractTableModel):
    """问题 (with several sheets 工作表 too), then the file's own columns in the file's order; rows are named by verdict and number.

    `correct(sheet, row, key, text)` is called when a cell was typed over; it changes the plan and then `plan_changed`.
    """

    def __init__(self, fields: Sequence[Field], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all_fields = fields
        self._plan = ImportPlan("")
        self._rows: list[int] = []
        self._fixed: list[str] = [PROBLEM]
        self._columns: list[GridColumn] = []
        self._only_problems = False
        self._corrected: frozenset[tuple[str, int, str]] = frozenset()
        self.correct: Callable[[str, int, str, str], None] | None = None

    # -- what is shown -----------------------------------------------------------------------------------------

    def show(self, plan: ImportPlan, corrected: frozenset[tuple[str, int, str]] = frozenset()) -> None:
        """Show another plan; `corrected` are the cells (sheet, row, key) typed over."""
        self.beginResetModel()
        self._plan = plan
        self._corrected = corrected
        self._fixed = [PROBLEM, SHEET] if len(plan.sheets) > 1 else [PROBLEM]
        self._columns = list(_columns_of(plan, self._all_fields))
        self._choose_rows()
        self.endResetModel()

    def plan_changed(self, corrected: frozenset[tuple[str, int, str]]) -> None:
        """The plan's rows were judged again. The same rows stay in sight, mended ones too."""
        self._corrected = corrected
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._rows) - 1)

    def show_only_problems(self, only: bool) -> None:
        """Leave out rows in which nothing is wrong or odd."""
        self.beginResetModel()
        self._only_problems = only
        self._choose_rows()
        self.endResetModel()

    def use_fields(self, fields: Sequence[Field]) -> None:
        """The fields of another ledger; a plan for it follows."""
        self._all_fields = fields

    def _choose_rows(self) -> None:
        rows = self._plan.rows
        wanted = (n for n, row in enumerate(rows) if row.problems or row.warnings)
        self._rows = list(wanted) if self._only_problems else list(range(len(rows)))

    # -- finding one's way -------------------------------------------------------------------------------------

    def row_plan(self, row: int) -> RowPlan:
        """The planned row of a table row."""
        return self._plan.rows[self._rows[row]]

    def headings(self) -> list[str]:
        """Every column's heading: ours, then the file's."""
        return self._fixed + [one.heading or (one.field.label if one.field else "") for one in self._columns]

    def column(self, section: int) -> GridColumn | None:
        """The file's column of a section; None for ours."""
        place = section - len(self._fixed)
        return self._columns[place] if 0 <= place < len(self._columns) else None

    def column_of(self, key: str) -> int:
        """The section of a field; that of 问题 when the file has no column for it."""
        found = (n for n, one in enumerate(self._columns) if one.field is not None and one.field.key == key)
        return next((len(self._fixed) + n for n in found), 0)

    def place_of(self, sheet: str, number: int) -> int:
        """The table row of a file's row; -1 when it is not shown."""
        rows = self._plan.rows
        return next((n for n, at in enumerate(self._rows) if (rows[at].sheet, rows[at].number) == (sheet, number)), -1)

    def problem_columns(self, row: int) -> list[int]:
        """The sections of a row's bad and odd cells, from left to right."""
        one = self.row_plan(row)
        return sorted({self.column_of(problem.key) for problem in (*one.problems, *one.warnings)})

    def next_problem(self, row: int, section: int, step: int) -> tuple[int, int] | None:
        """The next bad or odd cell after (`step` 1) or before (-1) a cell, going on at the other end; None without any."""
        count = len(self._rows)
        if not count:
            return None
        for away in range(count + 1):
            at = (row + step * away) % count
            sections = self.problem_columns(at)
            if away == 0:
                sections = [one for one in sections if (one - section) * step > 0]
            if away == count:
                sections = [one for one in sections if (one - section) * step <= 0]
            if sections:
                return at, sections[0] if step > 0 else sections[-1]
        return None

    # -- what Qt asks ------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._fixed) + len(self._columns)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self.row_plan(index.row())
        one = self.column(index.column())
        if one is None:
            return self._fixed_data(row, self._fixed[index.column()], role)
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, one)
        if role == Qt.ItemDataRole.EditRole:
            # Whoever corrects a cell has to see all of it, also where lists are masked.
            return " ".join(shown_cell(_raw(row, one)).split())
        wrong, odd = _about(row.problems, one), _about(row.warnings, one)
        corrected = one.field is not None and (row.sheet, row.number, one.field.key) in self._corrected
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (_text(row, one), wrong, odd) if part) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = wrong or odd or ("改过" if corrected else "")
            return f"{one.heading or (one.field.label if one.field else '')}：{_text(row, one) or '空'}" + (
                f"，{said}" if said else ""
            )
        if role == Qt.ItemDataRole.BackgroundRole:
            colour = theme.LATE_PALE if wrong else theme.DUE_PALE if odd else theme.ACCENT_PALE if corrected else ""
            return QColor(colour) if colour else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(row, one, wrong, odd)
        return None

    def _fixed_data(self, row: RowPlan, heading: str, role: int) -> Any:
        text = row.sheet if heading == SHEET else _reasons(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{heading}：{text or '无'}"
        if role == Qt.ItemDataRole.ForegroundRole and heading == PROBLEM:
            return QColor(theme.LATE if row.problems else theme.DUE)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        one = self.column(index.column()) if index.isValid() else None
        if one is None or one.field is None or self.correct is None:
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: _Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        one = self.column(index.column()) if index.isValid() else None
        if one is None or one.field is None or self.correct is None or role != Qt.ItemDataRole.EditRole:
            return False
        text = str(value).strip()
        if text == self.data(index, int(Qt.ItemDataRole.EditRole)):
            return False
        row = self.row_plan(index.row())
        self.correct(row.sheet, row.number, one.field.key, text)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return self._row_name(section, role)
        one = self.column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headings()[section]
        if role == KEY_ROLE:
            return None if one is None else one.field.key if one.field else ""
        if role == LABEL_ROLE:
            return "" if one is None else one.field.label if one.field else "不导入"
        if role == Qt.ItemDataRole.ToolTipRole and one is not None:
            meaning = f"对应“{one.field.label}”" if one.field else "不导入"
            return f"{one.heading or '（表里没有这一列）'}：{meaning}"
        return None

    def _row_name(self, section: int, role: int) -> Any:
        row = self.row_plan(section)
        shape, word, colour = VERDICTS[row.verdict]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{shape} {word} {row.number}"
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colour)
        return f"第 {row.number} 行，{word}" if role == Qt.ItemDataRole.AccessibleTextRole else None


def _columns_of(plan: ImportPlan, fields: Sequence[Field]) -> Iterator[GridColumn]:
    """The headings of all sheets in the order they come, equal ones together; then fields without a column."""
    found: dict[tuple[str, int], dict[str, int]] = {}
    meaning: dict[tuple[str, int], Field] = {}
    for sheet in plan.sheets:
        counted: dict[str, int] = {}
        for place, heading in sorted(sheet.heading.headings.items()):
            at = (heading, counted.get(heading, 0))
            counted[heading] = at[1] + 1
            found.setdefault(at, {})[sheet.name] = place
            if (one := sheet.heading.columns.get(place)) is not None:
                meaning.setdefault(at, one)
    placed = {one.key for one in meaning.values()}
    if any(row.place for row in plan.rows):
        for one in fields:
            if one.link and one.key not in placed and any(one.key in row.values for row in plan.rows):
                yield GridColumn("", 0, one, {})
    for at, places in found.items():
        yield GridColumn(at[0], at[1], meaning.get(at), places)


def _about(told: Sequence[RowProblem], one: GridColumn) -> str:
    if one.field is None:
        return ""
    return "；".join(problem.problem for problem in told if problem.key == one.field.key)


def _raw(row: RowPlan, one: GridColumn) -> object:
    place = one.places.get(row.sheet)
    if place is None:
        return row.values.get(one.field.key) if one.field else None
    return row.cells[place] if place < len(row.cells) else None


def _text(row: RowPlan, one: GridColumn) -> str:
    """What will be stored, or what stands in the file where that is refused or stays as it is; personal data masked."""
    if one.field is None:
        # A column without a field may hold anything, identity numbers too.
        text = " ".join(shown_cell(_raw(row, one)).split())[:60]
        return _LONG_NUMBER.sub(lambda found: found[0][:3] + "*" * (len(found[0]) - 5) + found[0][-2:], text)
    for problem in row.problems:
        if problem.key == one.field.key:
            return problem.value
    if one.field.key in row.values:
        return one.field.masked(row.values[one.field.key])
    return one.field.masked(" ".join(shown_cell(_raw(row, one)).split()))


def _ink(row: RowPlan, one: GridColumn, wrong: str, odd: str) -> QColor | None:
    if wrong or odd:
        return QColor(theme.LATE if wrong else theme.DUE)
    if one.field is None:
        return QColor(theme.OFF)
    if row.verdict is Verdict.UPDATE and one.field.key in row.values:
        return QColor(theme.ACCENT)
    return QColor(theme.OFF) if row.verdict is Verdict.SAME else None


def _reasons(row: RowPlan) -> str:
    told = (*row.problems, *(() if row.problems else row.warnings))
    return "；".join(f"{problem.column.partition(' ')[2] or problem.column}：{problem.problem}" for problem in told)
