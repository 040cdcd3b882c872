"""The first rows of a file as they read, for a person to point at its headings; nothing is planned or kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from anjian_desktop.exchange.cells import shown
from anjian_desktop.services.progress import Step, no_step

_ROWS, _COLUMNS, _LETTERS = 30, 40, 40
_LONG_NUMBER = re.compile(r"[0-9]{6,}[0-9Xx]")


@dataclass(frozen=True)
class SheetSample:
    """The top of a visible sheet: Excel's own row numbers and the cells' texts, long numbers masked."""

    name: str
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


def first_rows(path: Path, *, step: Step = no_step) -> list[SheetSample]:
    """The first 30 filled rows of every sheet that has any. Raises UserError when the file cannot be read."""
    from anjian_desktop.exchange.sheet import read_workbook  # only when a file's headings were not found

    book = read_workbook(path, watch=lambda: step(0, 1, f"读取 {path.name}"))
    samples = []
    for sheet in book.sheets:
        top = sheet.rows[:_ROWS]
        if top and not sheet.hidden:
            rows = tuple(tuple(_text(cell) for cell in row.cells[:_COLUMNS]) for row in top)
            samples.append(SheetSample(sheet.name, tuple(row.number for row in top), rows))
    return samples


def _text(cell: object) -> str:
    text = " ".join(shown(cell).split())
    # Any column may hold identity numbers or phones.
    masked = _LONG_NUMBER.sub(lambda found: found[0][:3] + "*" * (len(found[0]) - 5) + found[0][-2:], text)
    return masked if len(masked) <= 80 else masked[:_LETTERS] + "…"
