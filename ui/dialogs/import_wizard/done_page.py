"""Last page: what was written, the refused rows to go back to or take along, the units not mentioned, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from anjian_desktop.exchange.cells import shown
from anjian_desktop.exchange.failures import reason_of
from anjian_desktop.exchange.import_plan import RowPlan, Verdict
from anjian_desktop.services import rosters
from ui import theme
from ui.dialogs.import_wizard.flow import ImportFlow, counter, label_of
from ui.dialogs.import_wizard.missing_panel import MissingPanel
from ui.dialogs.import_wizard.sentences import done_sentences
from ui.icons import icon
from ui.models.outcome_table import OutcomeRow, OutcomeTableModel
from ui.widgets.outcome_list import OutcomeList


class DonePage(QWidget):
    """`report_asked`: the refused rows as a workbook; `undo_asked`: take everything of this sitting back;
    `next_asked`: go on with the file's next kind of units; `row_chosen` (sheet, row, key): go back to a refused cell.
    """

    report_asked = Signal()
    undo_asked = Signal()
    next_asked = Signal()
    row_chosen = Signal(str, int, str)

    def __init__(self, flow: ImportFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self._refused: list[RowPlan] = []
        self.sign = QLabel()
        self.first = QLabel("")
        self.first.setTextFormat(Qt.TextFormat.PlainText)
        self.first.setWordWrap(True)
        font = self.first.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        self.first.setFont(font)
        self.rest = QLabel("")
        self.rest.setProperty("part", "soft")
        self.rest.setTextFormat(Qt.TextFormat.PlainText)
        self.rest.setWordWrap(True)
        self.next_button = QPushButton("接着导入(&N)")
        self.next_button.setProperty("part", "primary")
        self.report_button = QPushButton("导出未导入的行…(&R)")
        self.report_button.setAccessibleName("导出未导入的行")
        self.undo_button = QPushButton("撤销本次导入(&U)")
        self.undo_button.setAccessibleName("撤销本次导入")
        self.refused_model = OutcomeTableModel(("行", "结果", "原因"), self)
        self.refused_list = OutcomeList(self.refused_model, "没有导入的行")
        self.refused_list.setToolTip("回车或双击，回到这一格去改")
        self.missing = MissingPanel()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("没有导入的行和没有提到的单位")
        self.tabs.addTab(self.refused_list, "")
        self.tabs.addTab(self.missing, "")
        self._build()
        self.next_button.clicked.connect(self.next_asked)
        self.report_button.clicked.connect(self.report_asked)
        self.undo_button.clicked.connect(self.undo_asked)
        self.refused_list.activated.connect(self._on_row)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        for button in (self.next_button, self.report_button, self.undo_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE_2)
        words.addWidget(self.first)
        words.addWidget(self.rest)
        words.addSpacing(theme.SPACE_1)
        words.addLayout(buttons)
        body = QHBoxLayout()
        body.setSpacing(theme.SPACE_4)
        body.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_2, 0, 0)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(body)
        layout.addWidget(self.tabs, 4)
        layout.addStretch(1)

    def show_outcome(self) -> None:
        """Show what the import did."""
        flow = self._flow
        if flow.outcome is None or flow.plan is None:
            return
        said = done_sentences(flow)
        refused = flow.outcome.counts["refused"]
        self._say("done" if not refused else "warning", said[0], said[1:])
        if flow.waiting:
            words = f"接着导入{label_of(flow.waiting[0])}"
            self.next_button.setText(f"{words}(&N)")
            self.next_button.setAccessibleName(words)
        self.next_button.setVisible(bool(flow.waiting))
        self.report_button.setText(f"导出 {refused:,} 行未导入的…(&R)")
        self.report_button.setVisible(refused > 0)
        self.undo_button.setVisible(bool(flow.imported))
        self._show_refused([row for row in flow.plan.plan.rows if row.verdict is Verdict.REFUSED] if refused else [])
        self.show_missing()

    def show_missing(self) -> None:
        """Show the units that the file does not mention, those that are still in question."""
        flow = self._flow
        if flow.missing:
            self.missing.show_units(flow.kind, flow.missing)
        self.tabs.setTabText(1, f"文件里没有提到的 {len(flow.missing):,} {counter(flow.kind)}")
        self.tabs.setTabVisible(1, bool(flow.missing))
        self.tabs.setVisible(bool(flow.missing or self._refused))

    def show_undone(self, first: str, rest: list[str]) -> None:
        """Show that the import was taken back."""
        self._say("done", first, rest)
        for widget in (self.undo_button, self.next_button, self.report_button, self.tabs):
            widget.hide()

    def _show_refused(self, rows: list[RowPlan]) -> None:
        self._refused = rows
        self.refused_model.show([OutcomeRow(self._name_of(row), "没有导入", reason_of(row), "late") for row in rows])
        self.tabs.setTabText(0, f"没有导入的 {len(rows):,} 行")
        self.tabs.setTabVisible(0, bool(rows))
        if rows:
            self.tabs.setCurrentIndex(0)

    def _name_of(self, row: RowPlan) -> str:
        """Where a row stands, and the unit's name as the file has it."""
        where = f"第 {row.number} 行"
        if len(self._flow.sheets) > 1:
            where = f"“{row.sheet}”{where}"
        title = rosters.naming_field(self._flow.kind).key
        sheet = next((one for one in self._flow.sheets if one.name == row.sheet), None)
        column = sheet.heading.column_of(title) if sheet else None
        name = shown(row.cells[column]) if column is not None and column < len(row.cells) else ""
        return f"{where}　{' '.join(name.split())}".rstrip()

    def _on_row(self, index: QModelIndex) -> None:
        row = self._refused[index.row()]
        key = row.problems[0].key if row.problems else ""
        self.row_chosen.emit(row.sheet, row.number, key)

    def _say(self, sign: str, first: str, rest: list[str]) -> None:
        colour = theme.OK if sign == "done" else theme.DUE
        self.sign.setPixmap(icon(sign, colour).pixmap(QSize(32, 32)))
        self.first.setText(first)
        self.rest.setText("\n".join(rest))
