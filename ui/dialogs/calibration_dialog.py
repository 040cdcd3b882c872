"""校准打印机: a test sheet to measure, and by how much this printer's pages are moved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.printing.backend import Printer
from ui.widgets.quiet_inputs import Millimetres

_WIDTH = 480


class CalibrationDialog(QDialog):
    """`decided` carries (right, down) in tenths of a millimetre; `sheet_asked` asks for the test sheet with them."""

    decided = Signal(int, int)
    sheet_asked = Signal(int, int)

    def __init__(self, parent: QWidget | None, printer: Printer, offset: tuple[int, int]) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"校准打印机“{printer.name}”")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = QLabel(
            "先打一张测试页，用尺量：两条尺应各为 100.0 毫米，方框离左边 28.0 毫米、离上边 37.0 毫米。"
            "偏了多少，就在下面反方向填多少，再打一张核对。只对这台打印机有效。"
        )
        told.setWordWrap(True)
        told.setMinimumWidth(_WIDTH)
        told.setMinimumHeight(told.heightForWidth(_WIDTH))
        told.setTextFormat(Qt.TextFormat.PlainText)
        self.right = Millimetres("向右移", offset[0])
        self.down = Millimetres("向下移", offset[1])
        form = QGridLayout()
        form.setHorizontalSpacing(theme.SPACE_3)
        form.setVerticalSpacing(theme.SPACE_3)
        for row, (label, field) in enumerate((("向右移（向左为负）", self.right), ("向下移（向上为负）", self.down))):
            form.addWidget(QLabel(label), row, 0)
            form.addWidget(field, row, 1)
        form.setColumnStretch(2, 1)
        self.sheet_button = QPushButton("打印测试页(&T)")
        self.save_button = QPushButton("保存(&S)")
        self.keep_button = QPushButton("不改(&N)")
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addWidget(self.sheet_button)
        foot.addStretch(1)
        for button, name in ((self.sheet_button, "打印测试页"), (self.save_button, "保存"), (self.keep_button, "不改")):
            button.setAccessibleName(name)
            button.setAutoDefault(False)
        self.save_button.setProperty("part", "primary")
        self.save_button.setDefault(True)
        foot.addWidget(self.save_button)
        foot.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_4)
        layout.addWidget(told)
        layout.addLayout(form)
        layout.addLayout(foot)
        self.sheet_button.clicked.connect(lambda: self.sheet_asked.emit(*self.offset()))
        self.save_button.clicked.connect(self._save)
        self.keep_button.clicked.connect(self.reject)

    def offset(self) -> tuple[int, int]:
        """Right and down, in tenths of a millimetre."""
        return round(self.right.value() * 10), round(self.down.value() * 10)

    def _save(self) -> None:
        offset = self.offset()
        self.accept()
        self.decided.emit(*offset)
