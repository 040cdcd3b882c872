"""The leaves of a record: its fields, its history, and what stands beside them (terms, posts and photo, files)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from anjian_desktop.ledgers.base import About
from anjian_desktop.services import browse
from anjian_desktop.services.row_files import HAVE_FILES
from ui.navigation import Frame
from ui.pages.files_panel import FilesPanel
from ui.pages.term_panel import TermPanel
from ui.pages.worker_panel import WorkerPanel
from ui.widgets.history_list import HistoryList


class RecordTabs(QTabWidget):
    """A leaf reads what it shows when it is opened."""

    def __init__(self, frame: Frame, about: About, form: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame, self._about = frame, about
        self._row: int | None = None
        self.history = HistoryList()
        self.beside: TermPanel | WorkerPanel = (
            WorkerPanel(frame) if about.key == "worker" else TermPanel(frame, about.key)
        )
        self.files = FilesPanel(frame, about.key)
        self.setAccessibleName("资料和修改记录")
        self.addTab(form, "资料")
        self.addTab(self.history, "修改记录")
        self.addTab(self.beside, "岗位和照片" if about.key == "worker" else "任职")
        self.addTab(self.files, "附件")
        has_terms = any(field.key == "principal_since" for field in browse.fields(about.key))
        self._shown = (True, True, about.key == "worker" or has_terms, about.key in HAVE_FILES)
        self.currentChanged.connect(self._load)

    def show_record(self, row_id: int | None) -> None:
        """Stand at the fields of a record; a new one (None) has nothing else yet."""
        self._row = row_id
        self.setCurrentIndex(0)
        for place, shown in enumerate(self._shown):
            self.setTabVisible(place, shown and (place == 0 or row_id is not None))
        self.tabBar().setVisible(row_id is not None)
        # A hidden tab bar that still took the focus would hold it: Tab would go no further.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if row_id is None else Qt.FocusPolicy.TabFocus)

    def _load(self, place: int) -> None:
        if self._row is None:
            return
        if place == 1:
            self.history.load(self._frame.office, self._about.key, self._row)
        elif place == 2:
            self.beside.load(self._row)
        elif place == 3:
            self.files.load(self._row)
