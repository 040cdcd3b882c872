"""Finding this computer's printers without ever making the window wait for them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import QObject, Signal

from anjian_desktop.errors import UserError
from ui.printing.backend import PrintBackend, Printer


def system_backend() -> PrintBackend:
    """The best way to paper on this system: vectors through CUPS or Windows itself, elsewhere Qt draws the pages."""
    if sys.platform == "linux":
        from ui.printing.cups import CupsBackend

        return CupsBackend()
    if sys.platform == "win32":
        from ui.printing.gdi import GdiBackend

        return GdiBackend()
    # QtPrintSupport is loaded only where pages are really drawn by it.
    from ui.printing.raster import QtRasterBackend

    return QtRasterBackend()


class PrinterSearch(QObject):
    """Asks a backend for its printers on a thread of its own; a printer asleep may take many seconds to answer."""

    found = Signal(list)

    def __init__(self, backend: PrintBackend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._thread: Thread | None = None

    def start(self) -> None:
        """Ask; `found` carries the printers, none when asking failed."""
        # A daemon: a printer that never answers must not keep the program from closing.
        self._thread = Thread(target=_search, args=(self._backend, self._tell), daemon=True, name="printers")
        self._thread.start()

    def _tell(self, printers: list[Printer]) -> None:
        try:
            self.found.emit(printers)
        except RuntimeError:
            # The dialog was closed while the printers were being asked: nobody is waiting any more.
            return


def _search(backend: PrintBackend, tell: Callable[[list[Printer]], None]) -> None:
    try:
        printers = backend.printers()
    except (UserError, OSError):
        printers = []
    tell(printers)
