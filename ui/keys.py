"""Keys that act: one way to bind them, so that a page's keys never act in another page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def bind(widget: QWidget, keys: str, act: Callable[[], None], *, everywhere: bool = False) -> QShortcut:
    """Call `act` when the keys are pressed inside `widget`; `everywhere`: in its whole window."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    # Given to the constructor by name the context is silently ignored.
    if not everywhere:
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)
    return shortcut
