"""The first column of a table, kept in sight while the rest is scrolled to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.widgets.ledger_header import LedgerHeader

if TYPE_CHECKING:
    from ui.widgets.ledger_table import LedgerTable


class FrozenColumn(QTableView):
    """Lies over its table's left edge; same rows, same choice of rows. Keys stay with the table."""

    def __init__(self, table: LedgerTable) -> None:
        super().__init__(table)
        self._table = table
        self.setObjectName("frozen_column")
        self.header = LedgerHeader(self)
        self.header.setSectionsMovable(False)
        self.header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(self.header)
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.itemDelegate())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("固定列")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(table.customContextMenuRequested)
        self.header.filter_asked.connect(table.header.filter_asked)
        self.header.sort_asked.connect(table.header.sort_asked)
        theirs, ours = table.verticalScrollBar(), self.verticalScrollBar()
        theirs.valueChanged.connect(ours.setValue)
        ours.valueChanged.connect(theirs.setValue)
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.place())
        table.header.sectionResized.connect(lambda *_: self.place())
        table.header.sectionMoved.connect(lambda *_: self.place())
        table.header.state_shown.connect(self.place)
        self.hide()

    def place(self) -> None:
        """Show the table's first column over its left edge, or nothing while that column is in sight."""
        table = self._table
        first = table.first_column()
        if table.horizontalScrollBar().value() == 0 or table.columnWidth(first) > table.width() // 2:
            self.hide()
            return
        for column in range(self.model().columnCount()):
            self.setColumnHidden(column, column != first)
        self.setColumnWidth(first, table.columnWidth(first))
        self.setFont(table.font())
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self.header.setFixedHeight(table.header.height())
        self.header.show_state(table.header.filtered, table.header.sorted_by)
        edge = table.frameWidth()
        self.setGeometry(edge, edge, table.columnWidth(first), table.header.height() + table.viewport().height())
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.show()
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        sideways = self._table.horizontalScrollBar().value()
        super().mousePressEvent(event)
        # The table would scroll back to show the cell clicked, which is in sight here already.
        self._table.horizontalScrollBar().setValue(sideways)
        self._table.setFocus()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self._table.opened.emit(self._table.rows.id_at(index.row()))
