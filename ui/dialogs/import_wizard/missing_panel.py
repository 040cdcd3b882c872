"""Units of the store that this year's file does not mention: kept, unless the clerk says what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.services import rosters
from anjian_desktop.services.rosters import MissingUnit
from ui import theme
from ui.dialogs.import_wizard.flow import counter, label_of
from ui.widgets.search_box import SearchBox

_Index = QModelIndex | QPersistentModelIndex
_HEADINGS = ("名称", "所属村", "现在的状态", "处理")


class MissingTableModel(QAbstractTableModel):
    """The units with what is to become of each; `keep` is the choice that changes nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._units: Sequence[MissingUnit] = ()
        self._shown: list[MissingUnit] = []
        self._chosen: dict[int, str] = {}
        self.keep = "保留"

    def show(self, units: Sequence[MissingUnit], keep: str) -> None:
        """Show these units, all of them kept."""
        self._units, self.keep = units, keep
        self._chosen = {}
        self.narrow("")

    def narrow(self, words: str) -> None:
        """Show only units whose name or village has these words."""
        self.beginResetModel()
        self._shown = [one for one in self._units if words in one.name or words in (one.place or "")]
        self.endResetModel()

    def choose(self, rows: Sequence[int], choice: str) -> None:
        """Say what is to become of some rows."""
        for row in rows:
            self._chosen[self._shown[row].id] = choice
        if self._shown:
            self.dataChanged.emit(self.index(0, 3), self.index(len(self._shown) - 1, 3))

    def choices(self) -> dict[int, str]:
        """What is to become of the units that are not kept."""
        return {row_id: choice for row_id, choice in self._chosen.items() if choice != self.keep}

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        one = self._shown[index.row()]
        choice = self._chosen.get(one.id, self.keep)
        mark = "○" if choice == self.keep else "▲"
        text = (one.name, one.place or "", one.status or "", f"{mark} {choice}")[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_HEADINGS[index.column()]}：{text or '空'}"
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 3:
            return QColor(theme.OFF if choice == self.keep else theme.DUE)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _HEADINGS[section] if orientation is Qt.Orientation.Horizontal else str(section + 1)


class MissingPanel(QWidget):
    """`decided` carries {id: choice} when the clerk presses the button; until then nothing changes."""

    decided = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = "家"
        self.said = QLabel("")
        self.said.setProperty("part", "soft")
        self.said.setWordWrap(True)
        self.search = SearchBox("名称或村名", "在没有提到的单位里找")
        self.search.setFixedWidth(200)
        self.model = MissingTableModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("文件里没有提到的单位")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height(self.table.font()))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self._choose_label = QLabel("选中的：")
        self._choices = QHBoxLayout()
        self._choices.setSpacing(theme.SPACE_2)
        self.choice_buttons: dict[str, QPushButton] = {}
        self.do_button = QPushButton("")
        self.do_button.setAutoDefault(False)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_2)
        head.addWidget(self.said, 1)
        head.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addWidget(self._choose_label)
        foot.addLayout(self._choices)
        foot.addStretch(1)
        foot.addWidget(self.do_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_2, 0, 0)
        layout.setSpacing(theme.SPACE_2)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.search.searched.connect(self.model.narrow)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._say())
        self.model.modelReset.connect(self._say)
        self.do_button.clicked.connect(self._on_do)

    def show_units(self, kind: str, units: Sequence[MissingUnit]) -> None:
        """Show the units of a kind that the file does not mention."""
        self._unit = counter(kind)
        self.search.set_words("")
        choices = rosters.missing_choices(kind)
        while (item := self._choices.takeAt(0)) is not None:
            item.widget().deleteLater()
        self.choice_buttons = {}
        for choice in choices:
            button = QPushButton(choice)
            button.setAccessibleName(f"选中的{choice}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, chosen=choice: self._on_choice(chosen))
            self._choices.addWidget(button)
            self.choice_buttons[choice] = button
        for first, second in pairwise((self.table, *self.choice_buttons.values(), self.do_button)):
            QWidget.setTabOrder(first, second)
        self.model.show(units, choices[0])
        self.said.setText(
            f"名册里有 {len(units):,} {self._unit}{label_of(kind)}不在这个文件里，现在都保留不动。"
            "如果不在了，选中它们，说清楚去向，再按右下角的按钮。"
        )
        wide = self.table.fontMetrics().horizontalAdvance("国")
        for column, characters in enumerate((22, 10, 8)):
            self.table.setColumnWidth(column, wide * characters)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self._say()

    def _selected(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def _on_choice(self, choice: str) -> None:
        self.model.choose(self._selected(), choice)
        self._say()

    def _on_do(self) -> None:
        if choices := self.model.choices():
            self.decided.emit(choices)

    def _say(self) -> None:
        many = len(self._selected())
        self._choose_label.setText(f"选中的 {many:,} {self._unit}：" if many else "先选中单位：")
        for button in self.choice_buttons.values():
            button.setEnabled(many > 0)
        counted = Counter(self.model.choices().values())
        words = "、".join(f"{choice} {count:,}" for choice, count in counted.items())
        self.do_button.setEnabled(bool(counted))
        self.do_button.setText(f"{words}，按此处理" if counted else "都保留，没有要处理的")
        self.do_button.setAccessibleName(self.do_button.text())
        self.do_button.setProperty("part", "primary" if counted else "")
        self.do_button.style().unpolish(self.do_button)
        self.do_button.style().polish(self.do_button)
