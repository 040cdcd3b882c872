"""Rows of any ledger for a table: an array of ids, rows read a page at a time when they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.services import browse
from anjian_desktop.services.browse import RowView
from anjian_desktop.services.office import Office
from ui import theme

PAGE = 64
"""Rows read at a time: two screens of them, so that a jump waits for little."""
_KEEP = 160
"""Pages kept; ten thousand rows scroll back without reading."""

MARKS_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The row's marks, for the delegate that paints badges."""
_Index = QModelIndex | QPersistentModelIndex


class LedgerTableModel(QAbstractTableModel):
    """One column per declared field; SQL has filtered and sorted before `show` gets the ids."""

    def __init__(self, office: Office, ledger: str, parent: Any = None) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self.fields: tuple[Field, ...] = browse.fields(ledger)
        self.office = office
        self._ids: Sequence[int] = ()
        self._pages: dict[int, dict[int, RowView]] = {}
        self._places: dict[int, int] | None = None

    # -- what the page does with it ----------------------------------------------------------------------------

    def show(self, ids: Sequence[int]) -> None:
        """Show these rows in this order."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self._places = None
        self.endResetModel()

    def reload(self) -> None:
        """The same rows, read again: they are stale, not gone."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.fields) - 1))

    @property
    def ids(self) -> Sequence[int]:
        """All rows shown, in order."""
        return self._ids

    def id_at(self, row: int) -> int:
        """The id of a row of the table."""
        return self._ids[row]

    def place_of(self, row_id: int) -> int:
        """The table row of an id; -1 when it is not shown."""
        if self._places is None:
            self._places = {each: n for n, each in enumerate(self._ids)}
        return self._places.get(row_id, -1)

    def row_view(self, row: int) -> RowView | None:
        """The row as read from the store; None when it has vanished since."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            wanted = self._ids[number * PAGE : (number + 1) * PAGE]
            page = {view.id: view for view in browse.page(self.office, self.ledger, wanted)}
            while len(self._pages) >= _KEEP:
                self._pages.pop(next(iter(self._pages)))
            self._pages[number] = page
        return page.get(self._ids[row])

    def column_of(self, key: str) -> int:
        """The column of a field; -1 when the ledger has none of that key."""
        return next((n for n, field in enumerate(self.fields) if field.key == key), -1)

    # -- what Qt asks ------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or role not in _ROLES:
            return None
        field = self.fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if field.kind in (Kind.INTEGER, Kind.DECIMAL) else _LEFT
        view = self.row_view(index.row())
        if view is None:
            if role == Qt.ItemDataRole.DisplayRole:
                return "（已不在）" if index.column() == 0 else ""
            return QColor(theme.OFF) if role == Qt.ItemDataRole.ForegroundRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell_text(view, field)
        if role == MARKS_ROLE:
            return view.marks
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = theme.TONES.get(self.state_of(view)) if field.key == "state" else None
            if "retired" in view.marks:
                return QColor(theme.OFF)
            return QColor(tone.colour) if tone else None
        text = self.cell_text(view, field)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{field.label}：{text or '空'}"
        marks = "、".join(theme.MARK_LABELS[mark] for mark in sorted(view.marks) if mark in theme.MARK_LABELS)
        return "\n".join(part for part in (text, marks if index.column() == 0 else "") if part) or None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.fields[section].label
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.fields[section].hint or self.fields[section].label
        return None

    def cell_text(self, view: RowView, field: Field) -> str:
        """What a cell says; a state has its shape before the word."""
        text = view.shown.get(field.key, "")
        if field.key == "state" and (tone := theme.TONES.get(self.state_of(view))):
            overdue = "（逾期）" if "overdue" in view.marks else ""
            return f"{tone.shape} {text}{overdue}"
        return text

    @staticmethod
    def state_of(view: RowView) -> str:
        """The name of the tone a row's state is drawn in."""
        return "overdue" if "overdue" in view.marks else str(view.values.get("state", ""))


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ROLES = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.TextAlignmentRole),
        int(Qt.ItemDataRole.ForegroundRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        MARKS_ROLE,
    }
)
