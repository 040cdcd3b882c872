"""Look at a document before it goes to paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.result_dialog import ResultAction
from ui.tasks import run_quiet
from ui.widgets.page_sources import Pages
from ui.widgets.pdf_panel import PdfPanel


class PreviewDialog(QDialog):
    """Shows a PDF that `make` builds off the window's thread; `actions` are what can be done with it."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        make: Callable[[], bytes | Path | Pages],
        *,
        note: str = "",
        actions: Sequence[ResultAction] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panel = PdfPanel()
        self.note = QLabel(note)
        self.note.setProperty("part", "soft")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons: dict[str, QPushButton] = {}
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, theme.SPACE_3)
        foot.setSpacing(theme.SPACE_2)
        foot.addWidget(self.note, 1)
        for action in (*actions, ResultAction("关闭(&X)", self.accept)):
            button = QPushButton(action.label)
            bare = action.label.split("(&")[0]
            button.setAccessibleName(bare)
            button.setAutoDefault(False)
            if action.primary:
                button.setProperty("part", "primary")
            button.clicked.connect(lambda _=False, chosen=action: self._run(chosen))
            self.buttons[bare] = button
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.panel, 1)
        layout.addLayout(foot)
        self.resize(860, 660)
        self.panel.view.setFocus()
        self.panel.view.clear("正在排版…")
        run_quiet(self, make, self.panel.view.open, self._on_failed)
        self.finished.connect(self.panel.view.close_document)

    def _run(self, action: ResultAction) -> None:
        if action.closes:
            self.accept()
        action.run()

    def _on_failed(self, error: Exception) -> None:
        self.panel.view.clear(str(error))
