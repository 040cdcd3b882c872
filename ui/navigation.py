"""What a page is, what the frame gives it, and the list at the left that leads from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.icons import icon
from ui.keys import bind

if TYPE_CHECKING:  # these come with SQLAlchemy, which is loaded after the first paint
    from anjian_desktop.services.acts import Act
    from anjian_desktop.services.browse import Query
    from anjian_desktop.services.office import Office
    from anjian_desktop.services.outcomes import Change
    from ui.memory import WindowMemory


class Frame(Protocol):
    """What the main window offers its pages."""

    office: Office
    memory: WindowMemory

    def open_page(self, nav_key: str) -> None:
        """Show a page by its navigation key."""

    def open_ledger(self, query: Query, *, year: int | None = None) -> None:
        """Show the page of `query.ledger` narrowed to that query."""

    def open_row(self, ledger: str, row_id: int) -> None:
        """Show a ledger's page with that row selected and open."""

    def fill_in(self, ledger: str, row_id: int | None, values: Mapping[str, str], key: str) -> None:
        """Show a record of a ledger (None: a new one) with these texts typed and the cursor in the field `key`."""

    def tell_changed(self, change: Change) -> None:
        """Refresh every page that shows what changed."""

    def tell_done(self, text: str, undo: Callable[[], None] | None = None, *, verb: str = "撤销") -> None:
        """最近操作 in the status bar, with 撤销 where the act can be taken back."""

    def undo(self, act: Act | None = None) -> None:
        """Take back this act on rows, or the newest."""

    def show_counts(self, text: str) -> None:
        """The left half of the status bar: rows, chosen rows."""

    def start(self, nav_key: str, act: str) -> None:
        """Show a page and begin an act of it (起草 from the home page)."""

    def back_up(self) -> None:
        """Make a verified backup now."""


class Page(QWidget):
    """One page of the window. Made once, kept; `refresh` is called when it is shown and when something changed."""

    changed = Signal(object)
    """A Change, after the page wrote something; the frame refreshes the others."""
    title = ""
    nav_key = ""
    icon_name = "ledger"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frame = frame
        self.office = frame.office

    def refresh(self, change: Change | None = None) -> None:
        """Show what is stored now; `change` says what became different, None everything."""

    def show_query(self, query: Query, *, year: int | None = None) -> None:
        """Narrow the page to a query (from a figure or a to-do)."""

    def show_row(self, row_id: int) -> None:
        """Select and open one row."""

    def fill_in(self, row_id: int | None, values: Mapping[str, str], key: str) -> None:
        """Open a record (None: a new one) with these texts typed and the cursor in the field `key`."""

    def start(self, act: str) -> None:
        """Begin an act by its name, as if its button had been pressed."""

    def focus_search(self) -> bool:
        """Ctrl+F: put the cursor into the page's own search; False when there is none."""
        return False

    def counts(self) -> str:
        """What the status bar says while this page is shown."""
        return ""

    def may_leave(self) -> bool:
        """False keeps the page (something typed is not saved and the clerk wants to go on)."""
        return True


class PageHead(QFrame):
    """The bar over a page: title, what it shows, and its actions at the right; one of them is the primary one."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_head")
        self.setFixedHeight(theme.PAGE_HEAD_HEIGHT)
        self.title = QLabel(title)
        self.title.setProperty("part", "page_title")
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.45)
        self.title.setFont(font)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, 0)
        self._row.setSpacing(theme.SPACE_2)
        self._row.addWidget(self.title)
        self._row.addSpacing(theme.SPACE_3)
        self._row.addStretch(1)
        self._left = 2

    def add_left(self, widget: QWidget) -> None:
        """Put a selector beside the title."""
        self._row.insertWidget(self._left, widget)
        self._left += 1

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(widget)


class Navigation(QFrame):
    """The list at the left; Ctrl+1…9 choose its entries from the top."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setFixedWidth(theme.NAVIGATION_WIDTH)
        self.setAccessibleName("页面")
        self._group = QButtonGroup(self, exclusive=True)
        self._buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        inner = QWidget()
        inner.setObjectName("navigation_list")
        self._layout = QVBoxLayout(inner)
        self._layout.setContentsMargins(0, theme.SPACE_2, 0, theme.SPACE_2)
        self._layout.setSpacing(0)
        self._layout.addStretch(1)
        # Large letters make the list longer than a small screen is high.
        self._scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.addWidget(self._scroll)

    def show_pages(self, pages: Iterable[tuple[str, str, str, int]]) -> None:
        """Fill the list with (key, title, icon, group) from the top; a thin rule parts the groups."""
        last_group: int | None = None
        for n, (key, title, icon_name, group) in enumerate(pages, start=1):
            if last_group not in (None, group):
                self._layout.insertWidget(self._layout.count() - 1, _group_rule())
            last_group = group
            button = QPushButton(title)
            button.setProperty("part", "navigation")
            button.setIcon(icon(icon_name))
            button.setIconSize(QSize(18, 18))
            button.setCheckable(True)
            button.setAccessibleName(title)
            button.clicked.connect(lambda _=False, k=key: self.chosen.emit(k))
            count = QLabel(button)
            count.setProperty("part", "count")
            count.setAlignment(Qt.AlignmentFlag.AlignCenter)
            count.hide()
            inner = QHBoxLayout(button)
            inner.setContentsMargins(0, 0, theme.SPACE_3, 0)
            inner.addStretch(1)
            inner.addWidget(count, 0, Qt.AlignmentFlag.AlignVCenter)
            self._layout.insertWidget(self._layout.count() - 1, button)
            self._group.addButton(button)
            self._buttons[key], self._counts[key] = button, count
            if n <= 9:
                button.setToolTip(f"{title}（Ctrl+{n}）")
                bind(self.window(), f"Ctrl+{n}", lambda k=key: self.chosen.emit(k), everywhere=True)

    def mark(self, key: str) -> None:
        """Show which page is open."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self._scroll.ensureWidgetVisible(self._buttons[key], 0, theme.SPACE_2)

    def show_count(self, key: str, count: int) -> None:
        """A number where something waits; 0 hides it."""
        if key in self._counts:
            label = self._counts[key]
            label.setText(f"{count:,}" if count < 10_000 else "9999+")
            label.setVisible(count > 0)
            title = self._buttons[key].text()
            self._buttons[key].setAccessibleName(f"{title}，{count} 项待办" if count else title)


def _group_rule() -> QWidget:
    """The rule between two groups, with a little room around it."""
    rule = QFrame()
    rule.setProperty("part", "rule")
    around = QWidget()
    room = QVBoxLayout(around)
    room.setContentsMargins(theme.SPACE_3, theme.SPACE_1, theme.SPACE_3, theme.SPACE_1)
    room.addWidget(rule)
    return around
