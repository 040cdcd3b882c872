"""One column of a file read into its field's values; equal texts are checked once."""

from __future__ import annotations

import re
from datetime import date

from anjian_desktop.domain.text import compact
from anjian_desktop.exchange.cells import ERROR_TEXTS, CellProblem, error_cell, is_empty, shown
from anjian_desktop.ledgers.fields import Field, FieldProblem, Kind

Read = tuple[object, str | None, str | None]
"""Value, warning, problem."""

_EMPTY: Read = (None, None, None)
_REMEMBERED = 20_000
_NONE_WORDS = frozenset({"无", "暂无", "没有", "未办理", "未办", "/", "\\", "-", "--", "—", "——", "－", "NULL", "N/A"})
"""What clerks write into a code, phone, number or date they do not have."""

_EXACT = frozenset({Kind.CREDIT_CODE, Kind.IDENTITY, Kind.PHONE, Kind.DATE, Kind.INTEGER, Kind.DECIMAL, Kind.LINK})
_MASKED = re.compile(r"[\d、-]*\*{2,}[\d、*-]*")
"""A number as lists and exports show it."""

_DAYS_1904 = 1462
"""Days between the two epochs of Excel."""


class ColumnReader:
    """Reads the cells of one column; `name` is how messages call it: `D 统一社会信用代码`."""

    def __init__(self, field: Field, column: int, heading: str, today: date, starts_1904: bool) -> None:
        self.field = field
        self.column = column
        self.name = column_name(column, heading)
        self._today = today
        self._shift = _DAYS_1904 if starts_1904 and field.kind is Kind.DATE else 0
        self._read: dict[object, Read] = {}
        self._is_exact = field.kind in _EXACT or (
            field.kind is Kind.CHOICE and _NONE_WORDS.isdisjoint((*field.choices, *field.choice_labels.values()))
        )

    def read(self, cell: object) -> Read:
        """The stored value (None when the cell is empty), a warning, or the reason it is refused."""
        key = cell if type(cell) is str else (type(cell), cell)  # 1, 1.0 and True are equal, and not the same
        known = self._read.get(key)
        if known is None:
            known = self._parse(cell)
            if len(self._read) < _REMEMBERED:
                self._read[key] = known
        return known

    def shown(self, cell: object) -> str:
        """The cell for a message, at most 60 characters, personal data masked."""
        text = shown(cell)
        return (self.field.masked(text) if self.field.personal else text)[:60]

    def _parse(self, cell: object) -> Read:
        if isinstance(cell, str):
            if not cell[:1].isalnum() and is_empty(cell):
                return _EMPTY
            if cell in ERROR_TEXTS:
                cell = error_cell(cell)
            elif self._is_exact and len(cell) < 8 and compact(cell) in _NONE_WORDS:
                return _EMPTY
            elif self.field.personal and "*" in cell and _MASKED.fullmatch(compact(cell)):
                return None, "号码是遮盖的（*），没有读取", None
        if cell is None:
            return _EMPTY
        if isinstance(cell, CellProblem):
            return None, None, cell.message
        if self._shift and isinstance(cell, int | float) and not isinstance(cell, bool):
            cell += self._shift
        try:
            parsed = self.field.parse(cell, today=self._today, from_file=True)
        except FieldProblem as problem:
            return None, None, str(problem)
        value = None if parsed.value == () else parsed.value
        return value, parsed.warning, None


def column_name(column: int, heading: str) -> str:
    """`D 统一社会信用代码`: Excel's letters and the heading."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters} {heading}"
