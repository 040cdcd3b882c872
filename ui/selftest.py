"""What the window's libraries find on this machine, as one JSON object: asked for by `anjian selftest`."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QWidget

from anjian_desktop.errors import UserError
from ui import theme
from ui.icons import icon
from ui.printing.printers import system_backend


def report(app: QApplication, answer: Path) -> int:
    """Make a styled window, unseen, ask for the printers, write the findings to `answer`; the exit code."""
    theme.apply_theme(app)
    window = QWidget()
    window.setWindowIcon(icon("app"))
    drawn = not window.grab().isNull()
    try:
        printers = [printer.name for printer in system_backend().printers()]
    except (UserError, OSError):
        printers = []
    found = {"qt": qVersion(), "window": app.platformName(), "style": app.style().name(), "printers": printers}
    answer.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return 0 if drawn else 1
