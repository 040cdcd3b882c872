"""Third page: what would happen to every row, bad cells in red; nothing is written yet."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.services import browse
from ui import theme
from ui.dialogs.import_wizard.flow import ImportFlow, problem_rows
from ui.models.plan_table import PlanTableModel


class _CellDelegate(QStyledItemDelegate):
    """Paints the ground of bad cells itself: a style sheet on the table's items hides the model's."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None and not option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


class PreviewPage(QWidget):
    """The counts as sentences, and the table of rows."""

    def __init__(self, flow: ImportFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self.first = QLabel("")
        self.first.setTextFormat(Qt.TextFormat.PlainText)
        font = self.first.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.first.setFont(font)
        self.rest = QLabel("")
        self.rest.setProperty("part", "soft")
        self.rest.setTextFormat(Qt.TextFormat.PlainText)
        self.rest.setWordWrap(True)
        self.only_problems = QCheckBox("只看有问题的(&W)")
        self.only_problems.setAccessibleName("只看有问题的行")
        self.model = PlanTableModel((), self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setItemDelegate(_CellDelegate(self.table))
        self.table.setAccessibleName("导入预览")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setShowGrid(False)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setFont(theme.numbers(self.table.font()))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height(self.table.font()))
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setHighlightSections(False)
        self.problem = QLabel("")
        self.problem.setProperty("part", "problem")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        bar = QHBoxLayout()
        bar.addWidget(self.first, 1)
        bar.addWidget(self.only_problems)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_2)
        layout.addLayout(bar)
        layout.addWidget(self.rest)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.problem)
        self.only_problems.toggled.connect(self._on_only_problems)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.activated.connect(self._go_to_problem)

    def show_plan(self) -> None:
        """Show what is planned now."""
        flow = self._flow
        if flow.plan is None:
            return
        said = flow.preview_sentences()
        self.first.setText(said[0])
        self.rest.setText("\n".join(said[1:]))
        self.rest.setVisible(len(said) > 1)
        many = len(problem_rows(flow.plan))
        self.only_problems.setText(f"只看有问题的 {many:,} 行(&W)" if many else "只看有问题的(&W)")
        self.only_problems.setEnabled(many > 0)
        self.model.use_fields([one for one in browse.fields(flow.kind) if not one.computed])
        self.only_problems.setChecked(False)
        self.model.show(flow.plan.plan)
        self.problem.setText("")
        self._set_widths()

    def _set_widths(self) -> None:
        wide = self.table.fontMetrics().horizontalAdvance("国")
        widths = {"结果": 6, "行": 4, "工作表": 8, "问题": 22}
        widths.update({one.label: max(one.width, len(one.label)) for one in browse.fields(self._flow.kind)})
        for column, heading in enumerate(self.model.headings()):
            self.table.setColumnWidth(column, wide * widths.get(heading, 8) + 2 * theme.SPACE_3)

    def _on_only_problems(self, only: bool) -> None:
        self.model.show_only_problems(only)
        self.problem.setText("")

    def _on_row(self, current: QModelIndex) -> None:
        if not current.isValid():
            return
        row = self.model.row_plan(current.row())
        said = [f"{one.column}：{one.problem}" for one in (*row.problems, *row.warnings)]
        self.problem.setText(f"第 {row.number} 行　" + "；".join(said) if said else "")

    def _go_to_problem(self, index: QModelIndex) -> None:
        """Enter or a double click goes to the row's first bad cell."""
        column = self.model.problem_column(index.row())
        self.table.setCurrentIndex(self.model.index(index.row(), column))
        self.table.scrollTo(self.model.index(index.row(), column))
