"""The table of a ledger: chosen rows are ids, places are kept, columns are remembered, a range copies as tab text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import theme
from ui.memory import WindowMemory
from ui.models.ledger_table import MARKS_ROLE, LedgerTableModel
from ui.widgets.cell_span import CellSpan
from ui.widgets.frozen_column import FrozenColumn
from ui.widgets.ledger_header import LedgerHeader
from ui.widgets.table_copy import copy_cells

_Index = QModelIndex | QPersistentModelIndex


class LedgerTable(QTableView):
    """Shows a LedgerTableModel. `opened(id)`: Enter or a double click; `typed(text)`: a key that begins a search;
    `fill_asked`: Ctrl+D."""

    fill_asked = Signal()
    opened = Signal(int)
    typed = Signal(str)
    selection_changed = Signal()

    def __init__(
        self, model: LedgerTableModel, memory: WindowMemory, page_key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._memory, self._page_key = memory, page_key
        self._restoring = False
        self._letter = 0
        """How wide a character was when the columns got their widths."""
        self.header = LedgerHeader(self)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self.font()))
        self.setFont(theme.numbers(self.font()))
        self.setItemDelegate(_RowDelegate(self))
        self._remember = QTimer(self, singleShot=True, interval=300)
        self._remember.timeout.connect(self._keep_columns)
        self.restore_columns()
        for signal in (self.header.sectionMoved, self.header.sectionResized):
            signal.connect(lambda *_: None if self._restoring else self._remember.start())
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        model.modelReset.connect(self.selection_changed)
        self.span = CellSpan(self)
        self.frozen = FrozenColumn(self)

    @property
    def rows(self) -> LedgerTableModel:
        """The model, by its own type."""
        model = self.model()
        assert isinstance(model, LedgerTableModel)
        return model

    def row_count(self) -> int:
        """How many rows are shown."""
        return self.rows.rowCount()

    # -- chosen rows and places ---------------------------------------------------------------------------------

    def selected_ids(self) -> list[int]:
        """Ids of the chosen rows in the list's order; by ranges, so that choosing 100,000 costs nothing."""
        found: list[int] = []
        for top, bottom in self._ranges():
            found.extend(self.rows.ids[top : bottom + 1])
        return found

    def selected_count(self) -> int:
        """How many rows are chosen."""
        return sum(bottom - top + 1 for top, bottom in self._ranges())

    def current_id(self) -> int | None:
        """The id of the row with the cursor."""
        index = self.currentIndex()
        return self.rows.id_at(index.row()) if index.isValid() else None

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show other rows; what was chosen and where the list stood is kept as far as it is still there."""
        chosen, current = self.selected_ids(), self.current_id()
        column = max(self.currentIndex().column(), self.header.logicalIndex(0))
        top = self.rowAt(0)
        top_id = self.rows.id_at(top) if top >= 0 else None
        sideways = self.horizontalScrollBar().value()
        old_place = self.currentIndex().row()
        self.rows.show(ids)
        self.select_ids(chosen)
        if ids and current is not None:
            place = self.rows.place_of(current)
            place = place if place >= 0 else min(old_place, len(ids) - 1)
            self.selectionModel().setCurrentIndex(
                self.rows.index(place, column), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        if top_id is not None and (place := self.rows.place_of(top_id)) >= 0:
            self.verticalScrollBar().setValue(place)
        self.horizontalScrollBar().setValue(sideways)

    def select_ids(self, ids: Sequence[int]) -> None:
        """Choose these rows (those that are shown)."""
        places = sorted(place for each in ids if (place := self.rows.place_of(each)) >= 0)
        selection = QItemSelection()
        last = self.rows.columnCount() - 1
        start = 0
        for n, place in enumerate(places):
            if n + 1 == len(places) or places[n + 1] != place + 1:
                selection.select(self.rows.index(places[start], 0), self.rows.index(place, last))
                start = n + 1
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def go_to(self, row_id: int) -> bool:
        """Choose one row and bring it into view; False when the list does not show it."""
        place = self.rows.place_of(row_id)
        if place < 0:
            return False
        index = self.rows.index(place, self.header.logicalIndex(0))
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def step(self, rows: int) -> None:
        """Choose the next row found (F3), or the one before; past the end it begins again."""
        if count := self.row_count():
            place = self.currentIndex().row()
            self.go_to(self.rows.id_at((place + rows) % count if place >= 0 else 0))

    def _ranges(self) -> list[tuple[int, int]]:
        model = self.selectionModel()
        return sorted({(one.top(), one.bottom()) for one in model.selection()}) if model is not None else []

    # -- copying ------------------------------------------------------------------------------------------------

    def copy_rows(self, *, headings: bool = False) -> None:
        """The chosen rows (the block of cells, if one is marked) as tab text, as shown: masked."""
        copy_cells(self, self._chosen_places(), self.span.columns(), headings=headings)

    def copy_cell(self) -> None:
        """The cell with the cursor."""
        current = self.currentIndex()
        copy_cells(self, [current.row()] if current.isValid() else [], [current.column()])

    def copy_column(self) -> None:
        """The cursor's column of the chosen rows, one a line."""
        copy_cells(self, self._chosen_places(), [max(self.currentIndex().column(), 0)])

    def _chosen_places(self) -> list[int]:
        return [n for top, bottom in self._ranges() for n in range(top, bottom + 1)]

    # -- columns ------------------------------------------------------------------------------------------------

    def visible_columns(self) -> list[int]:
        """Shown columns from left to right."""
        ordered = [self.header.logicalIndex(place) for place in range(self.header.count())]
        return [column for column in ordered if not self.isColumnHidden(column)]

    def first_column(self) -> int:
        """The leftmost shown column."""
        ordered = (self.header.logicalIndex(place) for place in range(self.header.count()))
        return next(column for column in ordered if not self.isColumnHidden(column))

    def restore_columns(self, *, forget: bool = False) -> None:
        """Columns as the clerk left them; `forget` goes back to those the ledger declares."""
        self._restoring = True
        state: dict[str, Any] = {} if forget else self._memory.table(self._page_key)
        widths, hidden, order = state.get("widths", {}), state.get("hidden"), state.get("order", [])
        metrics = QFontMetrics(self.font())
        self._letter = metrics.horizontalAdvance("国")
        # Widths are kept with the size of the letters they were made for.
        larger = self._letter / state["letter"] if isinstance(state.get("letter"), int) and state["letter"] > 0 else 1
        for column, field in enumerate(self.rows.fields):
            declared = (
                max(field.width * metrics.horizontalAdvance("国") * 0.98, metrics.horizontalAdvance(field.label) + 16)
                + 16
            )
            badge = 60 if field.key == "name" else 0
            kept = widths.get(field.key)
            width = round(kept * larger) if isinstance(kept, int) else int(declared) + badge
            self.setColumnWidth(column, max(40, min(width, 900)))
            self.setColumnHidden(column, field.key in hidden if isinstance(hidden, list) else not field.in_grid)
        keys = [field.key for field in self.rows.fields]
        wanted = [key for key in order if key in keys] if isinstance(order, list) else []
        for place, key in enumerate([*wanted, *(key for key in keys if key not in wanted)]):
            self.header.moveSection(self.header.visualIndex(keys.index(key)), place)
        self._restoring = False
        if forget:
            self._keep_columns()

    def column_menu(self) -> QMenu:
        """A menu that shows and hides columns; the last one shown cannot be hidden."""
        menu = QMenu("列", self)
        for column in (self.header.logicalIndex(place) for place in range(self.header.count())):
            action = menu.addAction(self.rows.fields[column].label)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.toggled.connect(lambda shown, c=column: self._show_column(c, shown))
        menu.addSeparator()
        menu.addAction("恢复默认列(&R)", lambda: self.restore_columns(forget=True))
        return menu

    def scroll_to_column(self, column: int) -> None:
        """Bring a column into view; the rows stay where they are."""
        if (row := self.rowAt(0)) >= 0:
            self.scrollTo(self.rows.index(row, column))

    def hide_column(self, column: int) -> None:
        """Take a column out of sight, unless it is the last one."""
        self._show_column(column, False)

    def _show_column(self, column: int, shown: bool) -> None:
        if shown or len(self.visible_columns()) > 1:
            self.setColumnHidden(column, not shown)
            self._keep_columns()

    def _keep_columns(self) -> None:
        fields = self.rows.fields
        order = [fields[self.header.logicalIndex(place)].key for place in range(self.header.count())]
        hidden = [field.key for n, field in enumerate(fields) if self.isColumnHidden(n)]
        widths = {field.key: self.columnWidth(n) for n, field in enumerate(fields) if not self.isColumnHidden(n)}
        self._memory.keep_table(
            self._page_key, {"order": order, "hidden": hidden, "widths": widths, "letter": self._letter}
        )

    # -- hands --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.rows.id_at(self.currentIndex().row()))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.keyCombination().toCombined() == _COPY_WITH_HEADINGS:
            self.copy_rows(headings=True)
        elif event.keyCombination().toCombined() == _FILL_DOWN:
            self.fill_asked.emit()
        elif self.span.key(event):
            event.accept()
        elif event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.header.filter_asked.emit(max(self.currentIndex().column(), 0))
        elif event.text().isprintable() and event.text().strip() and not event.modifiers() & _COMMAND_KEYS:
            self.typed.emit("" if event.text() == "/" else event.text())
        else:
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() not in _HELD_KEYS:
                self.span.clear()
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = self.columnAt(event.position().toPoint().x())
        if event.button() is Qt.MouseButton.LeftButton:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.span.reach(column)
            else:
                self.span.press(column)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.span.reach(self.columnAt(event.position().toPoint().x()))

    def mouseDoubleClickEvent(self, event: Any) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(self.rows.id_at(index.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.header.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.header.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frozen.place()

    def keyboardSearch(self, search: str) -> None:
        """Qt's own search would read every row of the store; typing goes to the page's search instead."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(theme.row_height(self.font()))
            self._widen(self.fontMetrics().horizontalAdvance("国"))
        super().changeEvent(event)

    def _widen(self, letter: int) -> None:
        """Columns grow and shrink with the letters."""
        before, self._letter = self._letter, letter
        if before and letter != before:
            for column in range(self.header.count()):
                if not self.isColumnHidden(column):
                    self.setColumnWidth(column, round(self.columnWidth(column) * letter / before))


class _RowDelegate(QStyledItemDelegate):
    """Paints a row's marks as a badge at the right of its first column, and no focus rectangle around single cells."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        option.state &= ~QStyle.StateFlag.State_HasFocus
        table = self.parent()
        chosen = option.state & QStyle.StateFlag.State_Selected
        if chosen and isinstance(table, LedgerTable) and table.span.is_on() and not table.span.holds(index.column()):
            painter.fillRect(option.rect, QColor(theme.ACCENT_FAINT))
            option.state &= ~QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)
        if not isinstance(table, LedgerTable) or index.column() != table.first_column():
            return
        labels = [theme.MARK_LABELS[mark] for mark in sorted(index.data(MARKS_ROLE) or ()) if mark in theme.MARK_LABELS]
        if labels and not index.data(Qt.ItemDataRole.DisplayRole).startswith("▲"):
            self._badge(painter, option, labels[0])

    def _badge(self, painter: QPainter, option: QStyleOptionViewItem, label: str) -> None:
        painter.save()
        width = option.fontMetrics.horizontalAdvance(label) + 12
        box = QRect(option.rect.right() - width - 4, option.rect.top() + 4, width, option.rect.height() - 8)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.ACCENT_INK if selected else theme.DUE))
        painter.setBrush(QColor(theme.ACCENT if selected else theme.DUE_PALE))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
        painter.restore()


_COMMAND_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_COPY_WITH_HEADINGS = QKeySequence("Ctrl+Shift+C")[0].toCombined()
_FILL_DOWN = QKeySequence("Ctrl+D")[0].toCombined()
_HELD_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
