"""Buttons of a page's bars: one that opens a menu, one without a frame."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from ui import theme
from ui.icons import icon


def menu_button(text: str, icon_name: str, tip: str, *, part: str) -> QToolButton:
    """A button that opens a menu."""
    button = QToolButton(text=text, popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setIcon(icon(icon_name))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setProperty("part", part)
    button.setAccessibleName(text.split("(&")[0])
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def flat_button(text: str, icon_name: str, tip: str) -> QPushButton:
    """A button without a frame, for the bar over a list."""
    button = QPushButton(text)
    button.setProperty("part", "flat")
    button.setAccessibleName(text.split("(&")[0])
    button.setToolTip(tip)
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    return button


def act_button(text: str, icon_name: str, act: Callable[[], None], tip: str, *, primary: bool = False) -> QPushButton:
    """A button of a page's head."""
    button = QPushButton(text)
    button.setAccessibleName(text.split("(&")[0])
    button.setToolTip(tip)
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    button.setProperty("part", "primary" if primary else "")
    button.setIcon(icon(icon_name, theme.ACCENT_INK) if primary else icon(icon_name))
    button.clicked.connect(lambda _=False: act())
    return button
