"""A printer's offset on this machine: remembered by its name, measured on a test sheet."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QPushButton, QWidget

from anjian_desktop.services.progress import Step
from ui import messages
from ui.dialogs.calibration_dialog import CalibrationDialog
from ui.memory import WindowMemory
from ui.printing.backend import PrintBackend, PrintChoices, Printer
from ui.printing.spool import SpoolOutcome, send
from ui.tasks import run_task

_KEY = "printer_offsets"


def printer_offset(memory: WindowMemory, name: str) -> tuple[int, int]:
    """How far this printer's pages are moved right and down, in tenths of a millimetre."""
    kept = memory.get(_KEY, {}).get(name)
    if isinstance(kept, list) and len(kept) == 2 and all(isinstance(one, int) for one in kept):
        return kept[0], kept[1]
    return 0, 0


def keep_offset(memory: WindowMemory, name: str, offset: tuple[int, int]) -> None:
    """Remember a printer's offset."""
    memory.put(_KEY, {**memory.get(_KEY, {}), name: list(offset)})


def calibrate_button() -> QPushButton:
    """The button beside the printer that leads here."""
    button = QPushButton("校准…")
    button.setAccessibleName("校准打印机")
    button.setToolTip("打印测试页，按 0.1 毫米调整这台打印机的位置")
    button.setAutoDefault(False)
    return button


def calibrate(parent: QWidget, printer: Printer, backend: PrintBackend, memory: WindowMemory) -> CalibrationDialog:
    """Ask for the offset; the test sheet is printed as often as wanted."""
    dialog = CalibrationDialog(parent, printer, printer_offset(memory, printer.name))

    def save(right: int, down: int) -> None:
        keep_offset(memory, printer.name, (right, down))
        messages.toast(parent, f"以后送到“{printer.name}”的页都会这样移动。")

    def print_sheet(right: int, down: int) -> None:
        choices = PrintChoices(duplex=False, offset=(right, down))
        run_task(dialog, "打印测试页", lambda step: _send_sheet(backend, printer, choices, step), told)

    def told(outcome: SpoolOutcome) -> None:
        if outcome.failed:
            messages.say(dialog, outcome.failed[0][1], tone="warning")
        elif outcome.sent:
            messages.toast(dialog, "测试页已送到打印机。")

    dialog.decided.connect(save)
    dialog.sheet_asked.connect(print_sheet)
    dialog.show()
    return dialog


def _send_sheet(backend: PrintBackend, printer: Printer, choices: PrintChoices, step: Step) -> SpoolOutcome:
    from anjian_desktop.documents.print_sheet import measuring_sheet  # reportlab comes with it

    with TemporaryDirectory() as folder:
        file = Path(folder) / "打印测试页.pdf"
        file.write_bytes(measuring_sheet(printer.name))
        return send(backend, [file], printer, choices, step=step)
