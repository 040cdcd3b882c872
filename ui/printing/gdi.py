"""Printing on Windows: PDFium draws each page straight onto the printer's device context, so letters stay vectors."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from anjian_desktop.documents.rendering import POINTS_PER_INCH, PdfPages
from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.services.progress import Step, no_step
from ui.printing.backend import PrintChoices, Printer, default_first
from ui.printing.devmode import DevMode, choose, trays

# winspool.h and wingdi.h
_ENUM_LOCAL_AND_CONNECTED = 0x2 | 0x4
_ASK_BINS, _ASK_DUPLEX, _ASK_BIN_NAMES, _ASK_COPIES, _ASK_COLLATE = 6, 7, 12, 18, 22
_OUT_BUFFER, _IN_BUFFER, _ID_OK = 2, 8, 1
_DPI_X, _DPI_Y, _PAPER_WIDTH, _PAPER_HEIGHT, _OFFSET_X, _OFFSET_Y = 88, 90, 110, 111, 112, 113
_PAPER_TOLERANCE = 9.0
"""Points (3 mm) by which a printer's paper may differ from the page; more is another paper."""


class _PrinterInfo(ctypes.Structure):
    _fields_ = (("name", ctypes.c_wchar_p), ("server", ctypes.c_wchar_p), ("attributes", ctypes.c_uint32))


class _Document(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_int), ("title", ctypes.c_wchar_p), ("output", ctypes.c_wchar_p), ("kind", ctypes.c_wchar_p),
        ("flags", ctypes.c_uint32),
    )  # fmt: skip


class GdiBackend:
    """The printers Windows knows. Only on Windows."""

    def __init__(self) -> None:
        if sys.platform != "win32":
            raise OSError("only Windows has its printing")
        self._spooler = ctypes.WinDLL("winspool.drv")
        self._gdi = ctypes.WinDLL("gdi32")
        self._gdi.CreateDCW.restype = ctypes.c_void_p
        self._spooler.DeviceCapabilitiesW.argtypes = (
            ctypes.c_wchar_p, ctypes.c_wchar_p, ctypes.c_uint16, ctypes.c_void_p, ctypes.c_void_p,
        )  # fmt: skip

    def printers(self) -> list[Printer]:
        """The printers as Windows lists them, the default one first; no printer is woken up for the list itself."""
        default = self._default()
        return default_first([self._described(name, name == default) for name in self._names()])

    def print_file(self, file: Path, printer: Printer, choices: PrintChoices, step: Step = no_step) -> None:
        """Spool the file page by page. Raises UserError when Windows or the driver refuses; asked to stop, drops the job."""
        by_driver = choices.copies == 1 or (
            self._ask(printer.name, _ASK_COPIES) >= choices.copies and self._ask(printer.name, _ASK_COLLATE) == 1
        )
        jobs = 1 if by_driver else choices.copies
        with (
            PdfPages(file) as pages,
            self._device(printer, choices, file, choices.copies if by_driver else 1) as device,
        ):
            total = pages.count * jobs
            for job in range(jobs):
                title = ctypes.c_wchar_p(file.stem)
                document = _Document(ctypes.sizeof(_Document), title, None, None, 0)
                self._must(self._gdi.StartDocW(device, ctypes.byref(document)), printer, file)
                try:
                    for number in range(pages.count):
                        step(job * pages.count + number, total, f"{file.stem} 第 {number + 1} 页")
                        self._page(device, pages, number, printer, file)
                except (Cancelled, UserError):
                    self._gdi.AbortDoc(device)
                    raise
                self._must(self._gdi.EndDoc(device), printer, file)
            step(total, total, file.stem)

    def _page(self, device: ctypes.c_void_p, pages: PdfPages, number: int, printer: Printer, file: Path) -> None:
        across, down = self._caps(device, _DPI_X) / POINTS_PER_INCH, self._caps(device, _DPI_Y) / POINTS_PER_INCH
        width, height = pages.size(number)
        paper = (self._caps(device, _PAPER_WIDTH) / across, self._caps(device, _PAPER_HEIGHT) / down)
        if abs(paper[0] - width) > _PAPER_TOLERANCE or abs(paper[1] - height) > _PAPER_TOLERANCE:
            raise UserError(
                f"打印机“{printer.name}”不接受 A4 纸；文件“{file.name}”已经保存好，编号不变。",
                next_step="请在 Windows 的打印机设置里把纸张改为 A4，再点“续打”。",
            )
        self._must(self._gdi.StartPage(device), printer, file)
        # The device's origin is where it can begin to print; the page's is the corner of the paper.
        left, top = -self._caps(device, _OFFSET_X), -self._caps(device, _OFFSET_Y)
        pages.draw_on_device(number, device.value or 0, (left, top, round(width * across), round(height * down)))
        self._must(self._gdi.EndPage(device), printer, file)

    @contextmanager
    def _device(self, printer: Printer, choices: PrintChoices, file: Path, copies: int) -> Iterator[ctypes.c_void_p]:
        handle = ctypes.c_void_p()
        self._must(self._spooler.OpenPrinterW(printer.name, ctypes.byref(handle), None), printer, file)
        try:
            size = self._spooler.DocumentPropertiesW(None, handle, printer.name, None, None, 0)
            self._must(size, printer, file)
            kept = ctypes.create_string_buffer(max(size, ctypes.sizeof(DevMode)))
            told = self._spooler.DocumentPropertiesW(None, handle, printer.name, kept, None, _OUT_BUFFER)
            self._must(told == _ID_OK, printer, file)
            choose(DevMode.from_buffer(kept), printer, choices, copies=copies)
            # The driver settles what it cannot do; what it made of the choices is what the device is opened with.
            told = self._spooler.DocumentPropertiesW(None, handle, printer.name, kept, kept, _OUT_BUFFER | _IN_BUFFER)
            self._must(told == _ID_OK, printer, file)
        finally:
            self._spooler.ClosePrinter(handle)
        device = ctypes.c_void_p(self._gdi.CreateDCW("WINSPOOL", printer.name, None, kept))
        self._must(bool(device), printer, file)
        try:
            yield device
        finally:
            self._gdi.DeleteDC(device)

    def _names(self) -> list[str]:
        needed, count = ctypes.c_uint32(), ctypes.c_uint32()
        places = ctypes.byref(needed), ctypes.byref(count)
        self._spooler.EnumPrintersW(_ENUM_LOCAL_AND_CONNECTED, None, 4, None, 0, *places)
        if not needed.value:
            return []
        kept = ctypes.create_string_buffer(needed.value)
        if not self._spooler.EnumPrintersW(_ENUM_LOCAL_AND_CONNECTED, None, 4, kept, needed, *places):
            return []
        return [one.name for one in (_PrinterInfo * count.value).from_buffer(kept)]

    def _default(self) -> str:
        length = ctypes.c_uint32()
        self._spooler.GetDefaultPrinterW(None, ctypes.byref(length))
        kept = ctypes.create_unicode_buffer(max(length.value, 1))
        return kept.value if self._spooler.GetDefaultPrinterW(kept, ctypes.byref(length)) else ""

    def _described(self, name: str, is_default: bool) -> Printer:
        numbers = self._list(name, _ASK_BINS, ctypes.c_uint16, 1)
        names = self._list(name, _ASK_BIN_NAMES, ctypes.c_uint16, 24)
        return Printer(name, is_default, self._ask(name, _ASK_DUPLEX) != 0, trays(numbers, names))

    def _list(self, name: str, question: int, unit: Any, units: int) -> list[int]:
        count = self._ask(name, question)
        if count <= 0:
            return []
        kept = (unit * (count * units))()
        self._spooler.DeviceCapabilitiesW(name, None, question, kept, None)
        return list(kept)

    def _ask(self, name: str, question: int) -> int:
        return int(self._spooler.DeviceCapabilitiesW(name, None, question, None, None))

    def _caps(self, device: ctypes.c_void_p, what: int) -> int:
        return int(self._gdi.GetDeviceCaps(device, what))

    def _must(self, result: int, printer: Printer, file: Path) -> None:
        if result <= 0:
            raise UserError(
                f"打印机“{printer.name}”没有接收这份文件；文件“{file.name}”已经保存好，编号不变。",
                next_step="请检查打印机是否开机、联机、有纸，再点“续打”，或打开文件打印。",
            )
