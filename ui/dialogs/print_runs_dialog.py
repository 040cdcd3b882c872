"""打印登记簿: every print run of a year; one can be printed again with its old numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from anjian_desktop.services.print_runs import RunRow
from ui import theme
from ui.models.outcome_table import OutcomeRow, OutcomeTableModel
from ui.widgets.outcome_list import OutcomeList

_FORMATS = {"pdf": "PDF", "docx": "Word", "both": "PDF 和 Word"}


class PrintRunsDialog(QDialog):
    """`repeat_asked` carries the chosen run."""

    repeat_asked = Signal(object)

    def __init__(self, parent: QWidget | None, year: int, runs: Sequence[RunRow]) -> None:
        super().__init__(parent)
        self._runs = runs
        self.setWindowTitle(f"{year} 年打印登记簿")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = f"{year} 年的责任书打印过 {len(runs):,} 次。" if runs else f"{year} 年的责任书还没有打印过。"
        self.told = QLabel(told + ("选中一次可以重打，编号和内容都不变。" if runs else "打印一次，这里就记一次。"))
        self.told.setWordWrap(True)
        self.model = OutcomeTableModel(("时间和编号", "结果", "谁、多少、校验值"), self)
        self.model.show([run_row(one) for one in runs])
        self.table = OutcomeList(self.model, "打印登记簿")
        self.table.setColumnWidth(0, 330)
        self.table.setVisible(bool(runs))
        self.repeat_button = QPushButton("重打这一次…(&R)")
        self.repeat_button.setAccessibleName("重打这一次")
        self.repeat_button.setProperty("part", "primary")
        self.repeat_button.setAutoDefault(False)
        self.repeat_button.setEnabled(False)
        close = QPushButton("关闭(&X)")
        close.setAccessibleName("关闭")
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.repeat_button)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(1040 if runs else 520, 420 if runs else self.sizeHint().height())
        self.table.selectionModel().currentRowChanged.connect(lambda: self.repeat_button.setEnabled(True))
        self.repeat_button.clicked.connect(self._repeat)
        close.clicked.connect(self.reject)
        if runs:
            self.table.selectRow(0)

    def _repeat(self) -> None:
        run = self._runs[self.table.currentIndex().row()]
        self.accept()
        self.repeat_asked.emit(run)


def run_row(run: RunRow) -> OutcomeRow:
    """A run in words."""
    numbers = (
        run.first_number if len(run.agreements) == 1 else f"{run.first_number} 至 {run.last_number.rpartition('〕')[2]}"
    )
    copies = f"每份 {run.copies} 张" if run.copies else "按责任书上的份数"
    shape = _FORMATS.get(run.format, run.format) + ("，合并" if run.merged else "")
    again = len(run.agreements) - run.new
    many = f"{len(run.agreements):,} 份" + (f"（重打 {again:,}）" if again else "")
    parts = [run.actor, f"{many} {run.pages:,} 页", copies, shape, f"校验 {run.sha256[:8]}" if run.sha256 else ""]
    return OutcomeRow(
        f"{run.at:%Y-%m-%d %H:%M}　{numbers}",
        "打完" if run.finished else "没有做完",
        "　".join(part for part in parts if part),
        "ok" if run.finished else "late",
    )
