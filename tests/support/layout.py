"""What an eye would find wrong with a window: clipped words, controls over one another or outside, keys given twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QSizeGrip,
    QTableView,
    QWidget,
)

from ui.messages import Toast
from ui.widgets.frozen_column import FrozenColumn
from ui.widgets.overlay import Overlay

_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2,}(?![A-Za-z0-9])")
_ALLOWED_LATIN = frozenset(
    re.findall(
        r"\w+",
        "Excel Word PDF WPS xlsx xls csv docx pdf et wps png jpg jpeg GBK UTF dpi mm"
        " Ctrl Shift Alt Enter Esc Del Tab Home End"
        " LGPL MIT BSD SIL OFL Python Noto Sans SC AnjianDesktop anjian demo Windows Linux CUPS PySide Qt SQLite",
    )
)
"""Names of programs, files and keys that a Chinese clerk reads every day."""


def faults(window: QWidget) -> list[str]:
    """Every fault of a shown window, in words."""
    return [
        *clipped(window),
        *cut_headings(window),
        *outside(window),
        *overlapping(window),
        *doubled_keys(window),
        *nameless(window),
        *unreachable(window),
        *foreign_words(window),
    ]


def clipped(window: QWidget) -> list[str]:
    """Labels and buttons narrower than their words, or lower than their lines."""
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
        elif each.fontMetrics().height() > each.height() + 2:
            found.append(f"too low: {text[:30]} ({each.fontMetrics().height()} > {each.height()})")
    for each in _shown(window, QLineEdit, QComboBox):
        if each.fontMetrics().height() > each.height() + 1:
            found.append(f"too low: {each.accessibleName()} ({each.fontMetrics().height()} > {each.height()})")
    return found


def cut_headings(window: QWidget) -> list[str]:
    """Headings of columns, at the width the program gives them, that do not show their words."""
    found = []
    for header in _shown(window, QHeaderView):
        if header.orientation() is not Qt.Orientation.Horizontal or header.model() is None:
            continue
        for section in range(header.count()):
            words = str(header.model().headerData(section, Qt.Orientation.Horizontal) or "")
            if not header.isSectionHidden(section) and header.sectionSize(section) > 40:
                wide = header.fontMetrics().horizontalAdvance(words)
                if wide > header.sectionSize(section):
                    found.append(f"heading cut: {words}")
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


def overlapping(window: QWidget) -> list[str]:
    """Two controls of one parent over each other; panels, news and a frozen column lie over others on purpose."""
    found = []
    kinds = (QLabel, QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractSpinBox, QAbstractItemView)
    siblings: dict[QWidget, list[QWidget]] = {}
    for each in _shown(window, *kinds):
        parent = each.parentWidget()
        if isinstance(each, FrozenColumn | Overlay | Toast) or isinstance(
            parent, QLineEdit | QComboBox | QAbstractSpinBox | QAbstractItemView | QPushButton
        ):
            continue
        siblings.setdefault(parent, []).append(each)
    for each in siblings.values():
        for one, other in combinations(dict.fromkeys(each), 2):
            both = one.geometry().intersected(other.geometry())
            if both.width() > 1 and both.height() > 1:
                found.append(f"overlap: {_called(one)} / {_called(other)}")
    return found


def doubled_keys(window: QWidget) -> list[str]:
    """Letters that Alt would send to two buttons at once."""
    letters: Counter[str] = Counter()
    for each in _shown(window, QAbstractButton, QLabel):
        if isinstance(each, QLabel) and each.buddy() is None:
            continue
        if each.isEnabled() and (key := re.search(r"&(\w)", each.text())):
            letters[key[1].upper()] += 1
    return [f"Alt+{letter} twice" for letter, count in letters.items() if count > 1]


def nameless(window: QWidget) -> list[str]:
    """Controls that a screen reader could only call by their kind, or whose name ends in its key."""
    found = []
    for each in _shown(window, QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractSpinBox, QTableView):
        own = each.text() if isinstance(each, QAbstractButton) else ""
        inner = isinstance(each.parent(), QLineEdit | QComboBox | QAbstractSpinBox | QTableView)
        if not inner and not (each.accessibleName() or own):
            found.append(f"nameless: {type(each).__name__}")
        if "(&" in each.accessibleName():
            found.append(f"key in name: {each.accessibleName()}")
    return found


def unreachable(window: QWidget) -> list[str]:
    """Controls the mouse can use and the keyboard cannot."""
    found = []
    for each in _shown(window, QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractSpinBox, QTableView):
        inner = isinstance(each.parent(), QLineEdit | QComboBox | QAbstractSpinBox | QAbstractItemView)
        # Of buttons that exclude one another Tab visits the one that is on, arrows the others.
        arrows = isinstance(each, QAbstractButton) and (
            each.autoExclusive() or (each.group() and each.group().exclusive())
        )
        if inner or arrows or isinstance(each, FrozenColumn) or not each.isEnabled():
            continue
        if not each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(f"mouse only: {_called(each)}")
    return found


def foreign_words(window: QWidget) -> list[str]:
    """Words in Latin letters that are no name of a program, file or key (cells of tables are the office's own)."""
    found = []
    for text in texts_of(window):
        for word in _LATIN.findall(re.sub(r"[\w./\\-]*[/\\.][\w./\\-]+|[（“〔][^）”〕]*[）”〕]", " ", text)):
            if word not in _ALLOWED_LATIN:
                found.append(f"foreign: {word} in {text[:40]}")
    return found


def texts_of(window: QWidget) -> Iterator[str]:
    """Every word the program itself shows in a window."""
    yield window.windowTitle()
    for each in _shown(window, QLabel, QAbstractButton, QGroupBox, QLineEdit, QPlainTextEdit, QHeaderView):
        yield each.toolTip()
        if isinstance(each, QLabel | QAbstractButton):
            yield re.sub(r"\(&\w\)", "", each.text())
        elif isinstance(each, QGroupBox):
            yield each.title()
        elif isinstance(each, QHeaderView):
            if each.model() is not None:
                for section in range(each.count()):
                    yield str(each.model().headerData(section, each.orientation()) or "")
        else:
            yield each.placeholderText()
    for menu in window.findChildren(QMenu):
        for action in menu.actions():
            yield re.sub(r"\(&\w\)|\t.*", "", action.text())


def out_of_order(window: QWidget) -> list[str]:
    """Places where Tab goes up, or back to the left within a row, inside one pane."""
    found = []
    before: tuple[QWidget, QRect, QWidget] | None = None
    for each in tab_chain(window):
        pane = _pane(each, window)
        place = QRect(each.mapTo(window, QPoint(0, 0)), each.size())
        if before is not None and before[2] is pane:
            was = before[1]
            above = place.bottom() <= was.top()
            left = place.top() < was.bottom() and was.top() < place.bottom() and place.right() <= was.left()
            if above or left:
                found.append(f"Tab goes back: {_called(before[0])} -> {_called(each)}")
        before = (each, place, pane)
    return found


def tab_chain(window: QWidget) -> list[QWidget]:
    """The controls Tab visits, in order."""
    found: list[QWidget] = []
    each = window.nextInFocusChain()
    while each is not None and each is not window:
        reachable = each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled()
        inner = isinstance(each.parent(), QComboBox | QAbstractSpinBox)
        if reachable and not inner and each.window() is window and not isinstance(each, QScrollBar | QSizeGrip):
            found.append(each)
        each = each.nextInFocusChain()
    return found


def _pane(widget: QWidget, window: QWidget) -> QWidget:
    """The part of the window a control belongs to: bars, the pages' place, a panel, a dialog."""
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        named = parent.objectName() in {"top_bar", "navigation", "status_bar", "page_head"}
        if named or parent.property("part") == "panel" or isinstance(parent, QDialog | QAbstractItemView | Overlay):
            return parent
        if isinstance(parent, QAbstractScrollArea) and not isinstance(parent, QAbstractItemView):
            return parent
        parent = parent.parentWidget()
    return window


def _called(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return f"{type(widget).__name__} {widget.accessibleName() or (text() if callable(text) else '')}"[:60]


def _shown(window: QWidget, *kinds: type[QWidget]) -> list:
    found = []
    for kind in kinds:
        for each in window.findChildren(kind):
            if each.isVisible() and each.window() is window and not each.objectName().startswith("qt_"):
                found.append(each)
    return list(dict.fromkeys(found))


def _scrolls(widget: QWidget, window: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False
