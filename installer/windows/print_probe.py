"""Runs on the Windows side of the test: lists the printers and prints one PDF by each way, told as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ui.printing.backend import PrintChoices
from ui.printing.gdi import GdiBackend
from ui.printing.raster import QtRasterBackend


def main() -> None:
    """Arguments: the PDF, the printer, `vector` or `raster`, copies, tray (or -)."""
    file, name, way, copies, tray = sys.argv[1:6]
    app = QApplication([])
    backend = GdiBackend() if way == "vector" else QtRasterBackend()
    printers = backend.printers()
    printer = next(one for one in printers if one.name == name)
    steps: list[int] = []
    started = time.perf_counter()
    choices = PrintChoices(copies=int(copies), tray="" if tray == "-" else tray)
    backend.print_file(Path(file), printer, choices, lambda done, total, told: steps.append(done))
    told = {
        "printers": [one.name for one in printers],
        "default": printers[0].name if printers[0].is_default else "",
        "duplex": printer.duplex,
        "trays": {one.code: one.label for one in printer.trays},
        "steps": steps,
        "milliseconds": round((time.perf_counter() - started) * 1000),
        "platform": app.platformName(),
    }
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
