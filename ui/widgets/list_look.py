"""How every list of the window looks and answers the keys, said once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui import theme


def dress_list(table: QTableView, name: str, *, striped: bool = True) -> None:
    """Rows of the theme's height without a grid, left-aligned headings, whole rows chosen, Tab leaving the list.

    `name` is what assistive technology calls it. Cells that may be typed into say so afterwards by their edit triggers.
    """
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setAlternatingRowColors(striped)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setFont(theme.numbers(table.font()))
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.row_height(table.font()))
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)


def set_widths(table: QTableView, widths: tuple[int, ...]) -> None:
    """Widths of columns in characters of the list's letters."""
    wide = table.fontMetrics().horizontalAdvance("国")
    for column, characters in enumerate(widths):
        table.setColumnWidth(column, wide * characters + 2 * theme.SPACE_3)
