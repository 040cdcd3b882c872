"""A list or card looked at page by page, and from here to a printer or into a PDF file."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from anjian_desktop.services.list_printing import PrintedList
from anjian_desktop.services.progress import Step
from ui import messages, theme
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.result_dialog import ResultAction
from ui.memory import WindowMemory
from ui.printing.backend import PrintBackend, PrintChoices, Printer
from ui.printing.printer_choice import PrinterChoice
from ui.printing.spool import SpoolOutcome, send
from ui.tasks import run_task
from ui.widgets.quiet_inputs import NumberField


class ListPrintDialog(PreviewDialog):
    """`name` is the document's name in the printer's queue; `save` asks where to and writes the PDF file."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        name: str,
        made: PrintedList,
        save: Callable[[], None],
        *,
        memory: WindowMemory,
        backend: PrintBackend,
    ) -> None:
        super().__init__(
            parent,
            title,
            lambda: made.data,
            note=_note(made),
            actions=(ResultAction("存为 PDF…(&S)", save),),
        )
        self.made, self._name, self._backend, self._told_on = made, name, backend, parent
        self.where = PrinterChoice(backend, memory, duplex_key="list_duplex", duplex=False)
        self.copies = NumberField("打几份", 1, 99, 1)
        self.copies.setSuffix(" 份")
        self.print_button = QPushButton()
        self.print_button.setProperty("part", "primary")
        self.print_button.setDefault(True)
        bar = QFrame()
        line = QHBoxLayout(bar)
        line.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, 0)
        line.setSpacing(theme.SPACE_2)
        line.addWidget(QLabel("打印机"))
        line.addWidget(self.where, 1)
        line.addWidget(self.copies)
        line.addWidget(self.print_button)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, bar)
        where = self.where
        line_of = (where.combo, where.tray, where.duplex, where.calibrate_button, self.copies, self.print_button)
        for first, second in pairwise((self.panel.view, *line_of, *self.buttons.values())):
            QWidget.setTabOrder(first, second)
        self.where.changed.connect(self._follow)
        self.copies.valueChanged.connect(self._follow)
        self.print_button.clicked.connect(self.print)
        self._follow()

    def print(self) -> None:
        """Hand the pages to the chosen printer; the dialog closes when they are on their way."""
        printer = self.where.chosen()
        if printer is None:
            return
        self.where.remember()
        choices = self.where.choices(copies=self.copies.value(), landscape=self.made.landscape)
        run_task(self, "打印", lambda step: self._send(printer, choices, step), lambda done: self._show(printer, done))

    def _send(self, printer: Printer, choices: PrintChoices, step: Step) -> SpoolOutcome:
        with TemporaryDirectory() as folder:
            file = self.made.write(Path(folder) / self._name)
            return send(self._backend, [file], printer, choices, step=step)

    def _show(self, printer: Printer, done: SpoolOutcome) -> None:
        if done.failed:
            messages.say(
                self,
                f"打印机“{printer.name}”没有接收，没有打印。数据没有变化。",
                "请检查打印机是否开机、联机、有 A4 纸，再打一次；也可以先存为 PDF。",
                tone="warning",
            )
        elif done.sent:
            messages.toast(self._told_on, f"已送到打印机“{printer.name}”：{self._sheets()}。")
            self.accept()

    def _sheets(self) -> str:
        copies = self.copies.value()
        return f"{self.made.pages:,} 页" + (f" × {copies} 份" if copies > 1 else "")

    def _follow(self) -> None:
        self.where.follow(used=True)
        self.copies.setEnabled(self.where.chosen() is not None)
        self.print_button.setEnabled(self.where.chosen() is not None)
        self.print_button.setText(f"打印 {self._sheets()}(&P)")
        self.print_button.setAccessibleName(f"打印 {self._sheets()}")


def _note(made: PrintedList) -> str:
    told = f"{made.pages} 页"
    return f"{told}。没有字体的字印成了□：{'、'.join(made.missing)}" if made.missing else told
