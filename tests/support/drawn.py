"""Tables as text, the way a person reads them: a line per row, cells divided by bars."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView


def drawn(table: QTableView) -> str:
    """The shown columns of every row, from left to right."""
    header, model = table.horizontalHeader(), table.model()
    columns = [header.logicalIndex(place) for place in range(header.count())]
    shown = [column for column in columns if not table.isColumnHidden(column)]
    rows = range(model.rowCount())
    return "\n".join(" | ".join(str(model.index(row, column).data() or "") for column in shown) for row in rows)


def column(table: QTableView, label: str) -> list[str]:
    """One column's cells from top to bottom."""
    model = table.model()
    labels = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    place = labels.index(label)
    return [str(model.index(row, place).data() or "") for row in range(model.rowCount())]
