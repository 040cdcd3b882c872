"""Last page: what was written, the refused rows to take along, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.import_wizard.flow import ImportFlow
from ui.icons import icon


class DonePage(QWidget):
    """`report_asked`: the refused rows as a workbook; `undo_asked`: take the import back."""

    report_asked = Signal()
    undo_asked = Signal()

    def __init__(self, flow: ImportFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
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
        self.report_button = QPushButton("导出拒收行…(&R)")
        self.report_button.setAccessibleName("导出拒收行")
        self.undo_button = QPushButton("撤销本次导入(&U)")
        self.undo_button.setAccessibleName("撤销本次导入")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        for button in (self.report_button, self.undo_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE_3)
        words.addWidget(self.first)
        words.addWidget(self.rest)
        words.addSpacing(theme.SPACE_3)
        words.addLayout(buttons)
        body = QHBoxLayout()
        body.setSpacing(theme.SPACE_4)
        body.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(body)
        layout.addStretch(3)
        self.report_button.clicked.connect(self.report_asked)
        self.undo_button.clicked.connect(self.undo_asked)

    def show_outcome(self) -> None:
        """Show what the import did."""
        outcome = self._flow.outcome
        if outcome is None:
            return
        said = self._flow.done_sentences()
        refused = outcome.counts["refused"]
        self._say("done" if not refused else "warning", said[0], said[1:])
        self.report_button.setText(f"导出 {refused:,} 行拒收行…(&R)")
        self.report_button.setVisible(refused > 0)
        self.undo_button.setVisible(outcome.import_id is not None)

    def show_undone(self, first: str, rest: list[str]) -> None:
        """Show that the import was taken back."""
        self._say("done", first, rest)
        self.undo_button.setVisible(False)

    def _say(self, sign: str, first: str, rest: list[str]) -> None:
        colour = theme.OK if sign == "done" else theme.DUE
        self.sign.setPixmap(icon(sign, colour).pixmap(QSize(32, 32)))
        self.first.setText(first)
        self.rest.setText("\n".join(rest))
