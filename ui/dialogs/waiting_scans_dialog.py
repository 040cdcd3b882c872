"""Scanned pages that no code placed: each beside its picture, to be placed by hand or put aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from anjian_desktop.errors import UserError
from anjian_desktop.services import scans
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.scans import QueuedPage
from ui import theme
from ui.models.plain_table import Column, PlainTableModel
from ui.tasks import run_quiet
from ui.widgets.pdf_panel import PdfPanel
from ui.widgets.plain_table import PlainTable
from ui.widgets.quiet_inputs import NumberField

_COLUMNS = (
    Column[QueuedPage]("文件", 9, lambda one: one.file),
    Column[QueuedPage]("页", 3, lambda one: str(one.page), order=lambda one: one.page, right=True),
    Column[QueuedPage]("为什么没有归档", 14, lambda one: one.reason),
)
_MOST_PAGES = 99


class WaitingScansDialog(QDialog):
    """Typing a number and Enter places the page shown and goes on to the next one."""

    def __init__(
        self, parent: QWidget | None, office: Office, pages: Sequence[QueuedPage], changed: Callable[[Change], None]
    ) -> None:
        super().__init__(parent)
        self._office, self._changed = office, changed
        self.setWindowTitle("没有归档的扫描页")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = PlainTableModel(_COLUMNS, self)
        self.table = PlainTable(self.model, "没有归档的扫描页")
        self.panel = PdfPanel()
        self.name = QLineEdit()
        self.name.setAccessibleName("责任书编号或培训名称")
        self.name.setPlaceholderText("责任书编号，例如 12；或培训名称")
        self.page = NumberField("第几页", 1, _MOST_PAGES, 1)
        self.problem = QLabel("")
        self.problem.setProperty("part", "problem")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.place_button = QPushButton("归到这一份(&G)")
        self.place_button.setAccessibleName("归到这一份")
        self.place_button.setProperty("part", "primary")
        self.place_button.setDefault(True)
        self.dismiss_button = QPushButton("不用归档，移走(&D)")
        self.dismiss_button.setAccessibleName("不用归档，移走")
        self.dismiss_button.setAutoDefault(False)
        self.close_button = QPushButton("关闭(&X)")
        self.close_button.setAccessibleName("关闭")
        self.close_button.setAutoDefault(False)
        self._build()
        self.table.selection_changed.connect(self._show_page)
        self.place_button.clicked.connect(self._place)
        self.dismiss_button.clicked.connect(self._dismiss)
        self.close_button.clicked.connect(self.accept)
        self.finished.connect(self.panel.view.close_document)
        self._show(pages, 0)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.name, 1)
        row.addWidget(QLabel("第"))
        row.addWidget(self.page)
        row.addWidget(QLabel("页"))
        row.addWidget(self.place_button)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, theme.SPACE_3, 0)
        left.setSpacing(theme.SPACE_2)
        left.addWidget(self.table, 1)
        left.addLayout(row)
        left.addWidget(self.problem)
        side = QWidget()
        side.setLayout(left)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(side)
        split.addWidget(self.panel)
        split.setSizes([470, 470])
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addWidget(self.dismiss_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_3)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(split, 1)
        layout.addLayout(foot)
        self.resize(980, 640)

    def _show(self, pages: Sequence[QueuedPage], row: int) -> None:
        """Show what still waits; the row the clerk was at stays, or the last one."""
        if not pages:
            self.accept()
            return
        self.model.show(pages)
        self.table.selectRow(min(row, len(pages) - 1))
        self.name.setFocus()
        self.name.selectAll()

    def _chosen(self) -> QueuedPage | None:
        return next(iter(self.table.chosen()), None)

    def _show_page(self) -> None:
        self._complain("")
        if (one := self._chosen()) is not None:
            office, waiting_id = self._office, one.id
            run_quiet(self, lambda: scans.waiting_pdf(office, waiting_id), self.panel.view.open, key="page")

    def _place(self) -> None:
        one, name = self._chosen(), self.name.text().strip()
        if one is None or not name:
            self._complain("请写责任书编号（例如 12），或培训名称。")
            return
        office, page = self._office, self.page.value()
        run_quiet(
            self,
            lambda: scans.place(office, one.id, name, page),
            lambda outcome: self._done(outcome.change),
            self._on_failed,
        )

    def _dismiss(self) -> None:
        ids = [one.id for one in self.table.chosen()]
        office = self._office
        if ids:
            run_quiet(self, lambda: scans.dismiss(office, ids), self._done, self._on_failed)

    def _done(self, change: Change) -> None:
        self._changed(change)
        self.page.setValue(min(self.page.value() + 1, _MOST_PAGES))
        row = self.table.currentIndex().row()
        office = self._office
        run_quiet(self, lambda: scans.waiting(office), lambda pages: self._show(pages, row), key="waiting")

    def _on_failed(self, error: Exception) -> None:
        self._complain(f"{error.message}{error.next_step}" if isinstance(error, UserError) else str(error))

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
