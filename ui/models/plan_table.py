"""What an import would do, row by row: verdict, Excel's row number, what is wrong, and the cells with the bad ones marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from anjian_desktop.exchange.import_plan import ImportPlan, RowPlan, Verdict
from anjian_desktop.ledgers.fields import Field
from ui import theme

_Index = QModelIndex | QPersistentModelIndex

VERDICTS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.NEW: ("＋ 新增", theme.OK),
    Verdict.UPDATE: ("◐ 更新", theme.ACCENT),
    Verdict.SAME: ("＝ 相同", theme.OFF),
    Verdict.REFUSED: ("▲ 拒收", theme.LATE),
}
_FIXED = ("结果", "行", "问题")


class PlanTableModel(QAbstractTableModel):
    """Three fixed columns (with several sheets a fourth), then every field the file brings, in the ledger's order."""

    def __init__(self, fields: Sequence[Field], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all_fields = fields
        self._plan = ImportPlan("")
        self._rows: list[RowPlan] = []
        self._fields: list[Field] = []
        self._places: dict[str, dict[str, int]] = {}
        self._only_problems = False
        self._headings: list[str] = list(_FIXED)

    def show(self, plan: ImportPlan) -> None:
        """Show another plan."""
        self.beginResetModel()
        self._plan = plan
        self._places = {
            sheet.name: {one.key: column for column, one in sheet.heading.columns.items()} for sheet in plan.sheets
        }
        brought = {key for places in self._places.values() for key in places}
        brought.update(key for row in plan.rows for key in row.values)
        self._fields = [one for one in self._all_fields if one.key in brought]
        fixed = [*_FIXED[:2], "工作表", _FIXED[2]] if len(self._places) > 1 else list(_FIXED)
        self._headings = fixed + [one.label for one in self._fields]
        self._choose_rows()
        self.endResetModel()

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
        if self._only_problems:
            self._rows = [row for row in self._plan.rows if row.problems or row.warnings]
        else:
            self._rows = list(self._plan.rows)

    def row_plan(self, row: int) -> RowPlan:
        """The planned row of a table row."""
        return self._rows[row]

    def headings(self) -> list[str]:
        """Every column's heading."""
        return list(self._headings)

    def problem_column(self, row: int) -> int:
        """The column of a row's first bad cell; the one of 问题 when the file has no such column."""
        fixed = len(self._headings) - len(self._fields)
        keys = [problem.key for problem in (*self._rows[row].problems, *self._rows[row].warnings)]
        return next((fixed + n for n, one in enumerate(self._fields) if one.key in keys), fixed - 1)

    # -- what Qt asks ------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        heading = self._headings[index.column()]
        fixed = len(self._headings) - len(self._fields)
        field = self._fields[index.column() - fixed] if index.column() >= fixed else None
        text = self._cell(row, field) if field else self._fixed(row, heading)
        wrong = _about(row.problems, field) if field else ""
        odd = _about(row.warnings, field) if field else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (text, wrong, odd) if part) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{heading}：{text or '空'}" + (f"，{wrong or odd}" if wrong or odd else "")
        if role == Qt.ItemDataRole.ForegroundRole:
            if heading == "结果":
                return QColor(VERDICTS[row.verdict][1])
            if heading == "问题":
                return QColor(theme.LATE if row.problems else theme.DUE)
            if wrong or odd:
                return QColor(theme.LATE if wrong else theme.DUE)
            if field and row.verdict is Verdict.UPDATE and field.key in row.values:
                return QColor(theme.ACCENT)
            return QColor(theme.OFF) if row.verdict is Verdict.SAME else None
        if role == Qt.ItemDataRole.BackgroundRole and (wrong or odd):
            return QColor(theme.LATE_PALE if wrong else theme.DUE_PALE)
        if role == Qt.ItemDataRole.TextAlignmentRole and heading == "行":
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._headings[section] if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def _fixed(self, row: RowPlan, heading: str) -> str:
        if heading == "结果":
            return VERDICTS[row.verdict][0]
        if heading == "行":
            return str(row.number)
        if heading == "工作表":
            return row.sheet
        told = (*row.problems, *(() if row.problems else row.warnings))
        return "；".join(f"{problem.column.partition(' ')[2] or problem.column}：{problem.problem}" for problem in told)

    def _cell(self, row: RowPlan, field: Field) -> str:
        """What will be stored, or what stands in the file where that is refused or stays as it is; personal data masked."""
        for problem in row.problems:
            if problem.key == field.key:
                return problem.value
        if field.key in row.values:
            return field.masked(row.values[field.key])
        place = self._places.get(row.sheet, {}).get(field.key)
        raw = row.cells[place] if place is not None and place < len(row.cells) else None
        return _plain(field, raw)


def _about(told: Sequence[Any], field: Field) -> str:
    return "；".join(one.problem for one in told if one.key == field.key)


def _plain(field: Field, raw: object) -> str:
    """A cell as it reads in the file, masked as in lists."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, str | int | float):
        return field.masked(" ".join(str(raw).split()))
    return field.show(raw)
