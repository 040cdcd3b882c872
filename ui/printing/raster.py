"""Printing through Qt as pictures of 300 dpi, where no better way to the printer exists."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from anjian_desktop.documents.rendering import POINTS_PER_INCH, PdfPages
from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.services.progress import Step, no_step
from ui.printing.backend import PrintChoices, Printer, default_first

DPI = 300


class QtRasterBackend:
    """Every printer Qt finds. `to_file` prints into a PDF file instead of a device, page for page the same."""

    def __init__(self, to_file: Path | None = None) -> None:
        self._to_file = to_file

    def printers(self) -> list[Printer]:
        """Printers of the system, the default one first."""
        default = QPrinterInfo.defaultPrinterName()
        found = []
        for name in QPrinterInfo.availablePrinterNames():
            info = QPrinterInfo.printerInfo(name)
            modes = info.supportedDuplexModes()
            found.append(Printer(name, name == default, not modes or QPrinter.DuplexMode.DuplexLongSide in modes))
        return default_first(found)

    def print_file(self, file: Path, printer: Printer, choices: PrintChoices, step: Step = no_step) -> None:
        """Draw every page at 300 dpi. Raises UserError when the printer cannot be opened; asked to stop, drops the job."""
        with PdfPages(file) as pages:
            device = self._device(printer, choices, file.stem)
            painter = QPainter()
            if not painter.begin(device):
                raise UserError(
                    f"打印机“{printer.name}”打不开；文件“{file.name}”已经保存好，编号不变。",
                    next_step="请检查打印机是否开机、联机，再点“续打”，或打开文件打印。",
                )
            try:
                # Without this hint Qt stores the pages as lossy JPEG: a grey halo around every letter.
                painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
                for number in range(pages.count):
                    step(number, pages.count, f"{file.stem} 第 {number + 1} 页")
                    if number:
                        device.newPage()
                    _draw(painter, pages, number)
            except Cancelled:
                device.abort()
                raise
            finally:
                painter.end()
            step(pages.count, pages.count, file.stem)

    def _device(self, printer: Printer, choices: PrintChoices, title: str) -> QPrinter:
        device = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._to_file is not None:
            device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            device.setOutputFileName(str(self._to_file))
        else:
            device.setPrinterName(printer.name)
        device.setResolution(DPI)
        device.setFullPage(True)
        device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        across = choices.landscape
        device.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)
        device.setDocName(title)
        device.setCopyCount(choices.copies)
        device.setCollateCopies(True)
        both_sides = choices.duplex and printer.duplex
        edge = QPrinter.DuplexMode.DuplexShortSide if across else QPrinter.DuplexMode.DuplexLongSide
        device.setDuplex(edge if both_sides else QPrinter.DuplexMode.DuplexNone)
        return device


def _draw(painter: QPainter, pages: PdfPages, number: int) -> None:
    scale = DPI / POINTS_PER_INCH
    picture = pages.picture(number, scale)
    image = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
    width, height = pages.size(number)
    painter.drawImage(QRectF(0, 0, width * scale, height * scale), image)
