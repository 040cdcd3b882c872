"""What a read sheet is: the rows that hold something, with Excel's own numbers, and the limits every reader keeps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import is_empty

MAX_ROWS = 200_000
MAX_COLUMNS = 300
SAVE_AS = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”后再导入。"
MAX_MERGES = 200_000
_MAX_FILLS = 4_000_000


@dataclass(slots=True)
class SheetRow:
    """One row that holds something: Excel's own number (from 1) and its cells from column A on.

    A cell is str, int, float, bool, date, datetime, None or a CellProblem.
    """

    number: int
    cells: list[object]

    def cell(self, column: int) -> object:
        """The cell of a column counted from 0; None beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows as in Excel from 1, columns from 0, both ends inside."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass
class Sheet:
    """A sheet's rows in order; rows without any value do not appear. A hidden sheet is read only when named."""

    name: str
    hidden: bool = False
    rows: list[SheetRow] = field(default_factory=list)
    filled_down: int = 0
    """Cells that got the value of the merged range they lie in."""
    hidden_rows: int = 0
    starts_1904: bool = False
    """Day numbers in this book count from 1904-01-01."""
    notes: list[str] = field(default_factory=list)


def too_many_rows() -> UserError:
    """The refusal of a sheet with more than MAX_ROWS rows."""
    return UserError(f"表格超过 {MAX_ROWS // 10_000} 万行，没有导入任何内容。", next_step="请分成几份导入。")


def too_many_merges() -> UserError:
    """The refusal of a sheet with more than MAX_MERGES merged ranges, or more cells in them than any roster has."""
    return UserError("文件里的合并单元格异常多，已拒绝。", next_step=SAVE_AS)


def fill_merged(rows: Sequence[SheetRow], merges: Iterable[Merge]) -> int:
    """Give the rows inside a vertically merged range the value of its first row, in its first column only.

    Rows that hold nothing of their own stay absent. Gives the number of cells filled.
    """
    numbers = [row.number for row in rows]
    filled = 0
    for merge in merges:
        if merge.last_row == merge.first_row or merge.first_column >= MAX_COLUMNS:
            continue
        start = bisect_left(numbers, merge.first_row)
        if start == len(numbers) or numbers[start] != merge.first_row:
            continue
        value = rows[start].cell(merge.first_column)
        if is_empty(value):
            continue
        for row in rows[start + 1 : bisect_left(numbers, merge.last_row + 1)]:
            if len(row.cells) <= merge.first_column:
                row.cells.extend([None] * (merge.first_column + 1 - len(row.cells)))
            if is_empty(row.cells[merge.first_column]):
                row.cells[merge.first_column] = value
                filled += 1
        if filled > _MAX_FILLS:
            raise too_many_merges()
    return filled


def choose(names: Sequence[str], wanted: str | None) -> list[int]:
    """The positions of the sheets to read. Raises UserError when there is none of that name."""
    if wanted is None:
        return list(range(len(names)))
    for position, name in enumerate(names):
        if name.strip() == wanted.strip():
            return [position]
    raise UserError(f"文件里没有叫“{wanted}”的工作表。", next_step=f"现有：{'、'.join(names)}。")


def unlike(name: str, taken: Sequence[str]) -> str:
    """The name, with a number when a damaged book has it twice."""
    return name if name not in taken else f"{name}（{len(taken) + 1}）"
