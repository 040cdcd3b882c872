"""What an import would do, row by row: the plan that is shown, corrected and applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from anjian_desktop.exchange.headings import HeadingMatch

MADE_BY_NAME = frozenset({"village"})
"""Ledgers whose rows an import makes when a name is unknown (待核对); other unknown names are refused."""


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
    """The village (of a person: the enterprise) taken from a group title or the sheet's name, not from the row itself."""


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
    other_kinds: dict[str, str] = field(default_factory=dict)
    """Sheets left out because they rather hold another ledger's rows: {sheet: ledger key}."""
    notes: list[str] = field(default_factory=list)
    place_label: str = "所属村"
    """How the column is headed that takes a row's `place` along when it is handed back."""

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
