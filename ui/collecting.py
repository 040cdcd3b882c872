"""Rubbish is collected by the window's thread alone: a widget freed while another thread collects takes the program down."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

_EVERY_MS = 300
_YOUNG = 5_000
"""So many objects more than went since the last pass are worth one (Python's own 700 would be asked a thousand times)."""
_NAME = "collecting"


class Collecting(QObject):
    """Python's own collector, which runs in whichever thread happens to make the next object, is off while it lives."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.setObjectName(_NAME)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect what is worth it by the collector's own thresholds, which a large import raises for its time."""
        young, middle, old = gc.get_count()
        many, passes, older_passes = gc.get_threshold()
        if young < max(many, _YOUNG):
            return
        gc.collect(0 if middle < passes else 1 if old < older_passes else 2)


def collect_on_this_thread(app: QCoreApplication) -> None:
    """From now on rubbish is collected between two events of the window's thread."""
    if app.findChild(Collecting, _NAME) is None:
        Collecting(app)
