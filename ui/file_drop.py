"""A table dropped anywhere on the window: its import begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

TABLE_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".csv")
"""What may be dropped; whether a file can be read is found out by its content."""


def dropped_table(mime: QMimeData) -> Path | None:
    """The first table among dropped files; None when there is none."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return next((file for file in files if file.suffix.lower() in TABLE_SUFFIXES), None)


class FileDrop(QObject):
    """Calls `take(file)` for a table dropped on `window` while `wanted()`."""

    def __init__(self, window: QWidget, take: Callable[[Path], None], wanted: Callable[[], bool]) -> None:
        super().__init__(window)
        self._take, self._wanted = take, wanted
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDropEvent | QDragEnterEvent) or not self._wanted():
            return False
        file = dropped_table(event.mimeData())
        if file is None:
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self._take(file)
        return True
