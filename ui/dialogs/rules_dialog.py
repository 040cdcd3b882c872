"""规定与出处: the numbers behind training and certificates, where each is written, which are still to be verified."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from anjian_desktop.services.rule_sources import RuleSource
from ui import theme
from ui.models.plain_table import Column, PlainTableModel
from ui.widgets.plain_table import PlainTable


class RulesDialog(QDialog):
    """Read only: what may be set is set on the page itself."""

    def __init__(self, parent: QWidget, rules: Sequence[RuleSource]) -> None:
        super().__init__(parent)
        self.setWindowTitle("培训和证书的规定")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_ones = sum(one.verify for one in rules)
        said = QLabel(
            f"程序按下面的数字判断。标着“待核实”的 {open_ones} 项还没有对过原文或当地规定，请核对后再作为依据。"
        )
        said.setWordWrap(True)
        self.table: PlainTable[RuleSource] = PlainTable(PlainTableModel(_COLUMNS, self), "规定与出处")
        self.table.lines.show(list(rules))
        close = QPushButton("关闭(&C)")
        close.setAccessibleName("关闭")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(said)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(1080, 600)
        self.table.setFocus()


_COLUMNS: Sequence[Column[RuleSource]] = (
    Column("规则", 4, lambda one: one.rule),
    Column("核实", 6, lambda one: "待核实" if one.verify else "有出处", tone=lambda one: "due" if one.verify else "ok"),
    Column("项目", 20, lambda one: one.subject),
    Column("数字", 13, lambda one: one.value),
    Column("出处", 30, lambda one: one.source),
)  # fmt: skip
