"""What a batch did: counts as sentences, what failed and why, and what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import messages, theme
from ui.models.outcome_table import OutcomeRow, OutcomeTableModel
from ui.widgets.outcome_list import OutcomeList


@dataclass(frozen=True)
class ResultAction:
    """A button of the result page; `closes` shuts the page first (the act opens something of its own)."""

    label: str
    run: Callable[[], None]
    primary: bool = False
    closes: bool = False


class ResultDialog(QDialog):
    """Stays until closed; the list can be copied."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        sentences: Sequence[str],
        rows: Sequence[OutcomeRow] = (),
        actions: Sequence[ResultAction] = (),
        *,
        headings: tuple[str, str, str] = ("名称", "结果", "原因"),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sentences = [_sentence(text, first=n == 0) for n, text in enumerate(sentences)]
        self.model = OutcomeTableModel(headings, self)
        self.model.show(rows)
        self.table = OutcomeList(self.model, title)
        self.table.setVisible(bool(rows))
        self.buttons: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        for label in self.sentences:
            layout.addWidget(label)
        layout.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        for action in actions:
            foot.addWidget(self._button(action))
        close = self._button(ResultAction("关闭(&X)", self.accept))
        foot.addWidget(close)
        layout.addLayout(foot)
        first = next((self.buttons[_bare(action.label)] for action in actions if action.primary), close)
        first.setDefault(True)
        first.setFocus()
        self.resize(760 if rows else 560, 420 if rows else self.sizeHint().height())

    def _button(self, action: ResultAction) -> QPushButton:
        button = QPushButton(action.label)
        button.setAccessibleName(_bare(action.label))
        button.setAutoDefault(False)
        if action.primary:
            button.setProperty("part", "primary")
        button.clicked.connect(lambda _=False: self._run(action))
        self.buttons[_bare(action.label)] = button
        return button

    def _run(self, action: ResultAction) -> None:
        if action.closes:
            self.accept()
        action.run()


def open_folder(parent: QWidget, folder: Path) -> None:
    """Show a folder in the system's file manager; say where it is when there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        messages.say(parent, "没有找到能打开文件夹的程序。", f"文件都在：{folder}", tone="warning")


def _sentence(text: str, *, first: bool) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if first:
        font = label.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        label.setFont(font)
    else:
        label.setProperty("part", "soft")
    return label


def _bare(label: str) -> str:
    return label.split("(&")[0]
