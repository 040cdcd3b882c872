"""The list of what can be restored: when, why, how large, whether still whole, what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui import tasks, theme
from ui.widgets.list_look import dress_list

if TYPE_CHECKING:  # comes with SQLAlchemy, which is loaded after the first paint
    from anjian_desktop.services.recovery import KeptCopy

_HEADINGS = ("时间", "来由", "大小", "校验", "内容")
_CHECK, _CONTENT = 3, 4


class KeptCopies(QTableWidget):
    """Filled in the background; each backup is hashed once and then marked 已校验 or 已损坏.

    `picked(bool)` says whether one that can be restored is chosen; `opened` that it was double-clicked.
    """

    picked = Signal(bool)
    opened = Signal()
    loaded = Signal(int)

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_HEADINGS), parent)
        self.folder = folder
        self.copies: list[KeptCopy] = []
        self._whole: dict[int, bool] = {}
        self.setHorizontalHeaderLabels(_HEADINGS)
        dress_list(self, "备份", striped=False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_CONTENT, QHeaderView.ResizeMode.Stretch)
        self.itemSelectionChanged.connect(lambda: self.picked.emit(self.chosen() is not None))
        self.cellDoubleClicked.connect(lambda _row, _column: self.opened.emit() if self.chosen() else None)

    def load(self) -> None:
        """Read the list anew."""
        folder = self.folder

        def work() -> list[tuple[KeptCopy, str]]:
            from anjian_desktop.services.recovery import kept_copies, said_counts

            return [(one, said_counts(one.counts)) for one in kept_copies(folder)]

        tasks.run_quiet(self, work, self._show, key="copies")

    def chosen(self) -> Path | None:
        """The file of the chosen line, None when none is chosen or it is known to be damaged."""
        rows = self.selectionModel().selectedRows()
        if not rows or self._whole.get(rows[0].row()) is False:
            return None
        return self.copies[rows[0].row()].file

    def _show(self, copies: Sequence[tuple[KeptCopy, str]]) -> None:
        self.copies = [one for one, _ in copies]
        self._whole = {}
        self.setRowCount(len(copies))
        for row, (one, counts) in enumerate(copies):
            said = (f"{one.made_at:%Y-%m-%d %H:%M}", one.why, f"{one.size / 1e6:,.1f} MB", "正在校验…", counts)
            for column, text in enumerate(said):
                item = QTableWidgetItem(text)
                item.setToolTip(text if column != _CONTENT else f"{text}\n{one.file.name}")
                self.setItem(row, column, item)
        self.loaded.emit(len(copies))
        self._check(0)

    def _check(self, row: int) -> None:
        """Hash one backup after the other, so that the disk has no two heads to move."""
        if row >= len(self.copies):
            return
        one = self.copies[row]

        def work() -> bool:
            from anjian_desktop.services.recovery import still_whole

            return one.counts is not None and still_whole(one)

        tasks.run_quiet(self, work, lambda whole: self._mark(row, one, whole), key="check")

    def _mark(self, row: int, one: KeptCopy, whole: bool) -> None:
        if row >= len(self.copies) or self.copies[row] is not one:
            return
        self._whole[row] = whole
        item = self.item(row, _CHECK)
        if item is not None:
            tone = theme.TONES["ok" if whole else "late"]
            item.setText(f"{tone.shape} {'已校验' if whole else '已损坏'}")
            item.setForeground(QColor(tone.colour))
        if whole and not self.selectionModel().hasSelection():
            self.selectRow(row)
        self.picked.emit(self.chosen() is not None)
        self._check(row + 1)
