"""Before numbered papers are printed: what comes, what is missing, and where it goes; a preview of the very pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.services.outcomes import RefusedItem
from anjian_desktop.services.progress import Step
from ui import theme
from ui.dialogs.preview_dialog import PreviewDialog
from ui.memory import WindowMemory
from ui.printing.backend import PrintBackend, PrintChoices, Printer
from ui.printing.printer_choice import PrinterChoice
from ui.tasks import run_quiet
from ui.widgets.labels import soft_label
from ui.widgets.page_sources import Pages


@dataclass(frozen=True)
class PlanWords:
    """What a plan says: how many are ready, the counts in a sentence, remarks below."""

    ready: int
    words: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """Where the papers go: always a folder, and the printer they are sent to afterwards, if any."""

    folder: Path
    printer: Printer | None = None
    choices: PrintChoices = field(default_factory=PrintChoices)


class PaperPrintDialog(QDialog):
    """A subclass says what is counted (`plan`), shown (`pages`) and asked besides (`options`). `decided` carries a Target."""

    decided = Signal(object)
    landscape = True
    counter = "本"

    def __init__(
        self, parent: QWidget, title: str, folder_name: str, *, memory: WindowMemory, backend: PrintBackend
    ) -> None:
        super().__init__(parent)
        self._memory, self._folder_name = memory, folder_name
        self._newest = Event()
        self._told: PlanWords | None = None
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.where = PrinterChoice(backend, memory, duplex_key="single_sided", duplex=False)
        self.where.duplex.hide()
        self._build()
        self.where.changed.connect(self._on_printers)
        self.follow()

    # -- what a subclass says ------------------------------------------------------------------------------------

    def options(self, form: QGridLayout) -> None:
        """Rows of the form above the target's."""

    def plan(self, step: Step) -> PlanWords:
        """Count, off the window's thread."""
        raise NotImplementedError

    def pages(self) -> Pages:
        """The pages to look at, opened off the window's thread."""
        raise NotImplementedError

    def choices(self) -> PrintChoices:
        """How to print on the chosen printer."""
        return replace(self.where.choices(landscape=self.landscape), duplex=False)

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.target = QButtonGroup(self)
        self.to_folder = self.radio("只保存成 PDF", self.target)
        self.to_printer = self.radio("送到打印机，同时保存 PDF", self.target)
        self.to_folder.setChecked(True)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kept = str(self._memory.get(f"{self._folder_name}_folder", ""))
        self.folder = QLineEdit(kept or str(Path(documents) / self._folder_name))
        self.folder.setAccessibleName("文件夹")
        self.folder.setReadOnly(True)
        self.folder_button = QPushButton("选择…")
        self.folder_button.setAccessibleName("选择文件夹")
        self.folder_button.setAutoDefault(False)
        where = QGridLayout()
        where.setHorizontalSpacing(theme.SPACE_2)
        where.setVerticalSpacing(theme.SPACE_1)
        where.addWidget(self.to_folder, 0, 0, 1, 2)
        where.addWidget(self.folder, 1, 0)
        where.addWidget(self.folder_button, 1, 1)
        where.addWidget(self.to_printer, 2, 0, 1, 2)
        where.addWidget(self.where, 3, 0, 1, 2)
        where.setColumnStretch(0, 1)
        form = QGridLayout()
        form.setHorizontalSpacing(theme.SPACE_3)
        form.setVerticalSpacing(theme.SPACE_3)
        form.setColumnStretch(1, 1)
        self.options(form)
        self.add_row(form, "送到", where)
        self.summary = QLabel("")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.remarks = soft_label("")
        card = QFrame()
        card.setProperty("part", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.SPACE_3, theme.SPACE_2, theme.SPACE_3, theme.SPACE_2)
        inside.addWidget(self.summary)
        inside.addWidget(self.remarks)
        self.preview_button = QPushButton("预览(&V)")
        self.print_button = QPushButton("打印(&P)")
        self.print_button.setProperty("part", "primary")
        self.print_button.setDefault(True)
        self.keep_button = QPushButton("不打印(&N)")
        for button, name in ((self.preview_button, "预览"), (self.keep_button, "不打印")):
            button.setAccessibleName(name)
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addWidget(self.preview_button)
        foot.addStretch(1)
        foot.addWidget(self.print_button)
        foot.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_4)
        layout.addLayout(form)
        layout.addWidget(card)
        layout.addLayout(foot)
        self.setMinimumWidth(600)
        self.target.buttonClicked.connect(self.follow)
        self.folder_button.clicked.connect(self._on_choose_folder)
        self.preview_button.clicked.connect(self.preview)
        self.print_button.clicked.connect(self.print)
        self.keep_button.clicked.connect(self.reject)

    def add_row(
        self, form: QGridLayout, label: str, content: QWidget | QGridLayout | QHBoxLayout | QVBoxLayout
    ) -> None:
        """A labelled row of the form."""
        row = form.rowCount()
        if label:
            words = QLabel(label)
            words.setProperty("part", "soft")
            form.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        if isinstance(content, QLabel):
            # A wrapped sentence takes the whole width, or its height is counted wrong.
            form.addWidget(content, row, 1)
        elif isinstance(content, QWidget):
            form.addWidget(content, row, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            form.addLayout(content, row, 1)

    def radio(self, label: str, group: QButtonGroup) -> QRadioButton:
        """A choice of a group."""
        button = QRadioButton(label)
        button.setAccessibleName(label)
        group.addButton(button)
        return button

    # -- counting ------------------------------------------------------------------------------------------------

    def count(self) -> None:
        """Lay everything out in the background and say what comes."""
        self._newest.set()
        self._newest = Event()
        self._told = None
        self.summary.setText("正在排版…")
        self.remarks.hide()
        self.follow()
        stale = self._newest

        def step(done: int, total: int, name: str) -> None:
            if stale.is_set():
                raise Cancelled

        run_quiet(self, lambda: self.plan(step), self._on_plan, self._on_no_plan, key="plan")

    def _on_plan(self, told: PlanWords) -> None:
        self._told = told
        self.summary.setText(told.words)
        self.remarks.setText("\n".join(told.remarks))
        self.remarks.setVisible(bool(told.remarks))
        self.follow()
        self.fit()

    def _on_no_plan(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.summary.setText(str(error))
            self.follow()

    # -- acts ----------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Buttons as far as they can be pressed now."""
        if self.where.found_none:
            self.to_folder.setChecked(True)
        self.to_printer.setEnabled(not self.where.found_none)
        self.where.follow(used=self.to_printer.isChecked())
        many = self._told.ready if self._told else 0
        text = f"打印 {many:,} {self.counter}" if many else "打印"
        self.print_button.setText(f"{text}(&P)")
        self.print_button.setAccessibleName(text)
        able = not self.to_printer.isChecked() or self.where.chosen() is not None
        self.print_button.setEnabled(bool(many) and able)
        self.preview_button.setEnabled(bool(many))

    def fit(self) -> None:
        """As high as everything shown needs; wrapped sentences say so only when asked for their width."""
        layout = self.layout()
        layout.activate()
        width = max(self.width(), layout.totalMinimumSize().width())
        self.resize(width, max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height()))

    def preview(self) -> None:
        """Look at the very pages; nothing is written."""
        PreviewDialog(self, "打印预览", self.pages, note="同打印出来的一样。").show()

    def print(self) -> None:
        """Hand over what was decided."""
        if not self.print_button.isEnabled():
            return
        printer = self.where.chosen() if self.to_printer.isChecked() else None
        folder = Path(self.folder.text())
        target = Target(folder, printer, self.choices()) if printer is not None else Target(folder)
        self._memory.put(f"{self._folder_name}_folder", str(folder))
        if printer is not None:
            self.where.remember()
        self.accept()
        self.decided.emit(target)

    def _on_printers(self) -> None:
        self.follow()
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now the letters have their size.
        self.fit()

    def _on_choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, "PDF 保存到哪个文件夹", self.folder.text()):
            self.folder.setText(chosen)

    def done(self, result: int) -> None:
        self._newest.set()
        super().done(result)


def failed_words(failed: Sequence[RefusedItem], counter: str) -> tuple[str, ...]:
    """What cannot be printed, the first by name."""
    if not failed:
        return ()
    others = f" 等 {len(failed):,} {counter}" if len(failed) > 1 else ""
    return (f"▲ 不能打印：{failed[0].item}{others}，{failed[0].problem}。",)
