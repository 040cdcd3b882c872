"""Cells of a ledger's table as tab text for WPS: as shown, so personal data stays masked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from anjian_desktop.services import browse
from anjian_desktop.services.progress import Step
from ui.messages import copy_text
from ui.tasks import run_task

if TYPE_CHECKING:
    from ui.widgets.ledger_table import LedgerTable

AT_ONCE = 200
"""So many rows are read while the clerk waits; more are read in another thread."""
LIMIT = 20_000
"""Rows put on the clipboard at once; more is what 导出Excel is for."""
_PAGE = 500


def copy_cells(table: LedgerTable, rows: Sequence[int], columns: Sequence[int], *, headings: bool = False) -> None:
    """Put these cells on the clipboard, a line a row; `headings` puts the columns' names over them."""
    model = table.rows
    fields = [model.fields[column] for column in columns]
    top = ["\t".join(field.label for field in fields)] if headings else []
    chosen = list(rows)[:LIMIT]
    if len(chosen) <= AT_ONCE:
        lines = ["\t".join(_one_line(model.index(row, column).data()) for column in columns) for row in chosen]
        copy_text("\n".join([*top, *lines]))
        return
    office, ids = model.office, [model.id_at(row) for row in chosen]

    def work(step: Step) -> list[str]:
        lines = []
        for start in range(0, len(ids), _PAGE):
            step(start, len(ids), "复制")
            for view in browse.page(office, model.ledger, ids[start : start + _PAGE]):
                lines.append("\t".join(_one_line(model.cell_text(view, field)) for field in fields))
        return lines

    run_task(table, f"复制 {len(ids):,} 行", work, lambda lines: copy_text("\n".join([*top, *lines])))


def _one_line(value: Any) -> str:
    """A cell as one cell of tab text."""
    return " ".join(str(value or "").split())
