"""One line of a print dialog: which printer, which tray, one or both sides; remembered on this machine."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from ui import theme
from ui.memory import WindowMemory
from ui.printing.backend import PrintBackend, PrintChoices, Printer
from ui.printing.calibration import calibrate, calibrate_button, printer_offset
from ui.printing.printers import PrinterSearch
from ui.widgets.labels import soft_label
from ui.widgets.quiet_inputs import QuietCombo

_NO_PRINTER = "这台电脑上没有找到打印机。可以先保存成 PDF，拿到能打印的电脑上再打。"


class PrinterChoice(QWidget):
    """`changed` when printers were found or another one was chosen. `duplex_key` names what is remembered of 双面."""

    changed = Signal()

    def __init__(
        self,
        backend: PrintBackend,
        memory: WindowMemory,
        *,
        duplex_key: str = "print_duplex",
        duplex: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._backend, self._memory, self._duplex_key = backend, memory, duplex_key
        self._printers: list[Printer] | None = None
        self.combo = QuietCombo("打印机")
        self.tray = QuietCombo("纸盒")
        self.tray.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.tray.setMinimumWidth(112)
        self.duplex = QCheckBox("双面")
        self.duplex.setChecked(bool(memory.get(duplex_key, duplex)))
        self.duplex.setAccessibleName("双面打印")
        self.calibrate_button = calibrate_button()
        self.note = soft_label("正在查找打印机…")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE_2)
        grid.setVerticalSpacing(theme.SPACE_1)
        for column, widget in enumerate((self.combo, self.tray, self.duplex, self.calibrate_button)):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self.note, 1, 0, 1, 4)
        grid.setColumnStretch(0, 1)
        self.combo.currentIndexChanged.connect(self._on_chosen)
        self.calibrate_button.clicked.connect(self._on_calibrate)
        self._search = PrinterSearch(backend, self)
        self._search.found.connect(self._on_found)
        self._search.start()

    @property
    def found_none(self) -> bool:
        """Whether the computer was asked and has no printer."""
        return self._printers == []

    def chosen(self) -> Printer | None:
        """The printer chosen; None while they are being looked for, or where there is none."""
        place = self.combo.currentIndex()
        return self._printers[place] if self._printers and 0 <= place < len(self._printers) else None

    def choices(self, *, copies: int = 1, landscape: bool = False) -> PrintChoices:
        """How to print on the chosen printer; only upright pages are moved by its offset, which was measured on them."""
        printer = self.chosen()
        offset = printer_offset(self._memory, printer.name) if printer is not None and not landscape else (0, 0)
        return PrintChoices(
            copies=copies,
            duplex=self.duplex.isChecked(),
            tray=self.tray.currentData() or "",
            offset=offset,
            landscape=landscape,
        )

    def follow(self, *, used: bool) -> None:
        """Whether the pages go to a printer at all."""
        printer = self.chosen()
        for widget in (self.combo, self.tray, self.duplex, self.calibrate_button):
            widget.setEnabled(used and printer is not None)
        if printer is not None and not printer.duplex:
            self.duplex.setEnabled(False)
            self.duplex.setToolTip("这台打印机不能自动双面打印")

    def remember(self) -> None:
        """Keep the choice for the next time."""
        if (printer := self.chosen()) is not None:
            self._memory.put("printer", printer.name)
            self._memory.put(self._duplex_key, self.duplex.isChecked())

    def _on_found(self, printers: list[Printer]) -> None:
        self._printers = printers
        self.combo.clear()
        kept = str(self._memory.get("printer", ""))
        for one in printers:
            self.combo.addItem(f"{one.name}（默认）" if one.is_default else one.name)
        names = [one.name for one in printers]
        if kept in names:
            self.combo.setCurrentIndex(names.index(kept))
        self.note.setText("" if printers else _NO_PRINTER)
        self.note.setVisible(not printers)
        self._on_chosen()

    def _on_chosen(self) -> None:
        printer = self.chosen()
        self.tray.clear()
        self.tray.addItem("默认纸盒", "")
        for tray in printer.trays if printer else ():
            self.tray.addItem(tray.label, tray.code)
        self.tray.setVisible(self.tray.count() > 1)
        self.changed.emit()

    def _on_calibrate(self) -> None:
        if (printer := self.chosen()) is not None:
            calibrate(self, printer, self._backend, self._memory)
