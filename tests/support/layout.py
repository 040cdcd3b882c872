"""What an eye would find wrong with a window: clipped words, controls outside it, one letter for two buttons, no name."""

from __future__ import annotations

import re
from collections import Counter

from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLabel, QLineEdit, QWidget


def faults(window: QWidget) -> list[str]:
    """Every fault of a shown window, in words."""
    return [*clipped(window), *outside(window), *doubled_keys(window), *nameless(window)]


def clipped(window: QWidget) -> list[str]:
    """Labels and buttons narrower than their words, or lower than their wrapped lines."""
    found = []
    for each in _shown(window, QLabel, QAbstractButton):
        text = each.text()
        if not text or isinstance(each.parent(), QLineEdit):
            continue
        if isinstance(each, QLabel) and each.wordWrap():
            if each.heightForWidth(each.width()) > each.height() + 2:
                found.append(f"clipped: {text[:30]}")
        elif each.sizeHint().width() > each.width() + 2:
            found.append(f"clipped: {text[:30]} ({each.sizeHint().width()} > {each.width()})")
    return found


def outside(window: QWidget) -> list[str]:
    """Controls that stick out of the window (contents of scroll areas may)."""
    found = []
    for each in _shown(window, QLabel, QAbstractButton, QComboBox, QLineEdit):
        if _scrolls(each, window):
            continue
        corner = each.mapTo(window, each.rect().topLeft())
        if not window.rect().adjusted(-1, -1, 1, 1).contains(each.rect().translated(corner)):
            found.append(f"outside: {type(each).__name__} {each.accessibleName() or getattr(each, 'text', str)()}")
    return found


def doubled_keys(window: QWidget) -> list[str]:
    """Letters that Alt would send to two buttons at once."""
    letters: Counter[str] = Counter()
    for each in _shown(window, QAbstractButton):
        if each.isEnabled() and (key := re.search(r"&(\w)", each.text())):
            letters[key[1].upper()] += 1
    return [f"Alt+{letter} twice" for letter, count in letters.items() if count > 1]


def nameless(window: QWidget) -> list[str]:
    """Controls that a screen reader could only call by their kind."""
    found = []
    for each in _shown(window, QAbstractButton, QComboBox, QLineEdit):
        own = each.text() if isinstance(each, QAbstractButton) else ""
        inner = isinstance(each.parent(), QLineEdit | QComboBox) or type(each.parent()).__name__ == "NumberField"
        if not inner and not (each.accessibleName() or own):
            found.append(f"nameless: {type(each).__name__}")
    return found


def _shown(window: QWidget, *kinds: type[QWidget]) -> list:
    return [
        each for kind in kinds for each in window.findChildren(kind) if each.isVisible() and each.window() is window
    ]


def _scrolls(widget: QWidget, window: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False
