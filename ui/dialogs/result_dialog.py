"""What a batch did: counts as sentences, what failed and why, and what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import messages, theme
from ui.models.outcome_table import OutcomeRow, OutcomeTableModel


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
        self.table = outcome_table(self.model, title)
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
        QShortcut(QKeySequence.StandardKey.Copy, self, self._copy)
        self.resize(640, 420 if rows else self.sizeHint().height())

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

    def _copy(self) -> None:
        messages.copy_text("\n".join(f"{row.name}\t{row.verdict}\t{row.why}" for row in self.model.rows))


def outcome_table(model: OutcomeTableModel, name: str) -> QTableView:
    """The table of a batch's lines: name and reason take the room."""
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.row_height(table.font()))
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setHighlightSections(False)
    table.setColumnWidth(0, 240)
    table.setColumnWidth(1, 96)
    table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    return table


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


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
