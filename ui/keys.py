"""Keys that act: one way to bind them, so that a page's keys never act in another page; the way Tab goes."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

_LETTER = re.compile(r"\(&(\w)\)")


def bind(widget: QWidget, keys: str, act: Callable[[], None], *, everywhere: bool = False) -> QShortcut:
    """Call `act` when the keys are pressed inside `widget`; `everywhere`: in its whole window."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    # Given to the constructor by name the context is silently ignored.
    if not everywhere:
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)
    return shortcut


def tab_first(window: QWidget, widgets: Sequence[QWidget]) -> None:
    """Tab visits these first and then everything else of the window as before: what stands at its top was made last."""
    others: list[QWidget] = []
    each = window.nextInFocusChain()
    while each is not None and each is not window:
        ours = any(each is one or one.isAncestorOf(each) for one in widgets)
        if not ours and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            others.append(each)
        each = each.nextInFocusChain()
    for first, second in pairwise(widgets):
        QWidget.setTabOrder(first, second)
    # From the last to the first: Qt moves nothing to where the chain, past the window itself, already goes on.
    for other in reversed(others):
        QWidget.setTabOrder(widgets[-1], other)


def each_its_letter(menu: QMenu) -> None:
    """Of entries that share a letter the later ones get a free one: a letter given twice would choose neither."""
    taken: set[str] = set()
    for action in menu.actions():
        if (found := _LETTER.search(action.text())) is None:
            continue
        letter = found[1].upper()
        if letter in taken:
            letter = next(one for one in string.ascii_uppercase if one not in taken and one not in _all_letters(menu))
            action.setText(_LETTER.sub(f"(&{letter})", action.text()))
        taken.add(letter)


def _all_letters(menu: QMenu) -> set[str]:
    return {found[1].upper() for action in menu.actions() if (found := _LETTER.search(action.text()))}
