"""A file whose headings nobody knows: the clerk points at the one over the names, the rest is said on the next page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.exchange.export import column_letters
from anjian_desktop.services import rosters
from anjian_desktop.services.first_rows import SheetSample
from ui import theme
from ui.dialogs.import_wizard.flow import kinds_offered, list_of
from ui.widgets.quiet_inputs import QuietCombo


class HeadingDialog(QDialog):
    """`pointed` (kind, heading): the file holds that kind of units, and their names stand under that heading."""

    pointed = Signal(str, str)

    def __init__(self, parent: QWidget, kind: str, samples: Sequence[SheetSample]) -> None:
        super().__init__(parent)
        self._samples = samples
        self.setWindowTitle("指出标题")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.said = QLabel("")
        self.said.setWordWrap(True)
        self.kind = QuietCombo("这个文件是", [(key, list_of(key)) for key in kinds_offered()])
        self.kind.choose(kind)
        self.sheet = QuietCombo("工作表", [(n, one.name) for n, one in enumerate(samples)])
        self.table = QTableWidget()
        self.table.setAccessibleName("表的开头")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setCornerButtonEnabled(False)
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height(self.table.font()))
        for corner in self.table.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not corner.accessibleName():
                corner.setAccessibleName("表的开头")
        self.take_button = QPushButton("")
        self.take_button.setProperty("part", "primary")
        self.take_button.setDefault(True)
        self.close_button = QPushButton("换一个文件(&C)")
        self.close_button.setAccessibleName("换一个文件")
        self.close_button.setAutoDefault(False)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_2)
        for words, widget in (("这个文件是", self.kind), ("工作表", self.sheet)):
            head.addWidget(QLabel(words))
            head.addWidget(widget)
            head.addSpacing(theme.SPACE_4)
        head.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.take_button)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self.said)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(900, 520)
        self.kind.activated.connect(lambda _: self._say())
        self.sheet.activated.connect(lambda _: self._show_sheet())
        self.table.currentCellChanged.connect(lambda *_: self._say())
        self.table.cellDoubleClicked.connect(lambda *_: self._take())
        self.take_button.clicked.connect(self._take)
        self.close_button.clicked.connect(self.reject)
        self._show_sheet()
        self.table.setFocus()

    def _show_sheet(self) -> None:
        sample = self._samples[self.sheet.currentIndex()]
        self.table.clear()
        self.table.setRowCount(len(sample.rows))
        self.table.setColumnCount(max(len(row) for row in sample.rows))
        self.table.setHorizontalHeaderLabels([column_letters(n) for n in range(self.table.columnCount())])
        self.table.setVerticalHeaderLabels([str(number) for number in sample.numbers])
        for row, cells in enumerate(sample.rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        self.table.setCurrentCell(-1, -1)
        self._say()

    def _heading(self) -> str:
        item = self.table.currentItem()
        return item.text() if item is not None else ""

    def _name_label(self) -> str:
        kind = str(self.kind.currentData())
        return rosters.naming_field(kind).label

    def _say(self) -> None:
        label, heading = self._name_label(), self._heading()
        self.said.setText(
            f"没有认出这个文件的标题行。请点一下标题行里写着{label}的那一格（比如“字号”），其余的列在下一页对应；"
            "导入一次以后，同样的表就认得了。"
        )
        words = f"“{heading if len(heading) <= 12 else heading[:11] + '…'}”就是{label}" if heading else "先点一格"
        self.take_button.setText(words)
        self.take_button.setAccessibleName(words)
        self.take_button.setEnabled(bool(heading))

    def _take(self) -> None:
        if heading := self._heading():
            self.pointed.emit(str(self.kind.currentData()), heading)
            self.accept()
