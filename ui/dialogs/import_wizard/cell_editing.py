"""Cells of the preview: bad ones on a coloured ground, typed over in place with the field's own words offered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from anjian_desktop.ledgers.fields import Field
from ui.models.plan_table import PlanTableModel

_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints the ground of bad cells itself: a style sheet on the table's items hides the model's.

    `words_for(field)` gives what may stand in a cell of that field; empty for free text.
    """

    def __init__(self, words_for: Callable[[Field], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words_for = words_for

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None and not option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        edit = QLineEdit(parent)
        model = index.model()
        one = model.column(index.column()) if isinstance(model, PlanTableModel) else None
        if one is not None and one.field is not None:
            edit.setAccessibleName(one.field.label)
            if words := self._words_for(one.field):
                offered = QCompleter(list(words), edit)
                offered.setFilterMode(Qt.MatchFlag.MatchContains)
                offered.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
                edit.setCompleter(offered)
        return edit

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(QModelIndex(index), editor.text())
