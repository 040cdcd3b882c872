"""F1 in the window and in every dialog over it: the manual at the topic of what is in front."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.keys import bind

_BOUND = "f1_bound"


def show_help(window: QWidget, folder: Path, page_key: str) -> None:
    """Open the manual, or bring it forward, where the dialog in front (else the page) belongs."""
    from ui.dialogs.help_dialog import HelpDialog
    from ui.help_topics import topic_of

    front = QApplication.activeModalWidget()
    owner = front if isinstance(front, QDialog) else window
    dialog = next((one for one in owner.findChildren(HelpDialog) if one.isVisible()), None)
    if dialog is None:
        dialog = HelpDialog(owner, lambda: _show_about(owner, folder))
        # A manual that blocked what it explains would be read once.
        dialog.setWindowModality(Qt.WindowModality.NonModal)
    dialog.show_topic(topic_of(page_key, type(front).__name__ if front is not None else ""))
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


class HelpInDialogs(QObject):
    """A dialog that is modal keeps the window's keys away: F1 is bound in each when it comes to the front."""

    def __init__(self, window: QWidget, show: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._show = window, show
        app = QApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)

    def _follow(self, _front: object) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and not dialog.property(_BOUND) and _is_over(dialog, self._window):
            dialog.setProperty(_BOUND, True)
            bind(dialog, "F1", self._show, everywhere=True)


def _is_over(dialog: QWidget, window: QWidget) -> bool:
    parent = dialog.parentWidget()
    while parent is not None and parent is not window:
        parent = parent.parentWidget()
    return parent is window


def _show_about(parent: QWidget, folder: Path) -> None:
    from ui.dialogs.about_dialog import AboutDialog

    AboutDialog(folder, parent).exec()
