"""What one cell of a clerk's sheet holds, and how it is shown again in a message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

ERROR_TEXTS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
"""Excel's error values as they read when a cell was pasted as text."""

_NOTHING = re.compile(r"[\s\x00-\x1f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]*")

MAX_TEXT = 32_767
"""Excel's own limit for one cell's text, in characters."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell without a usable value: an error value, a formula nobody calculated, a date that does not exist."""

    shown: str
    message: str


def error_cell(shown: str) -> CellProblem:
    """The problem of a cell that shows #REF!, #N/A …"""
    return CellProblem(shown, f"单元格是错误值 {shown}，请改成正确内容")


def uncalculated_formula(formula: str) -> CellProblem:
    """The problem of a formula saved without its result."""
    return CellProblem(f"={formula}"[:60], "单元格是公式且没有计算结果，请在 Excel 或 WPS 里打开、保存一次")


def is_empty(cell: object) -> bool:
    """None and text of nothing but blanks and invisible characters."""
    return cell is None or (isinstance(cell, str) and _NOTHING.fullmatch(cell) is not None)


def shown(cell: object) -> str:
    """A cell as the clerk sees it: no `.0`, numbers of more than 15 digits as Excel shows them, dates ISO."""
    if cell is None:
        return ""
    if isinstance(cell, CellProblem):
        return cell.shown
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        if abs(cell) >= 1e15:
            return f"{float(cell):.15G}"
        return str(int(cell)) if cell == int(cell) else str(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M") if (cell.hour or cell.minute) else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
