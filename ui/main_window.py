"""The frame: top bar, navigation, the pages' place, status bar. It opens the store after the first paint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from anjian_desktop.errors import UserError
from ui import messages, tasks, theme
from ui.file_drop import FileDrop
from ui.helping import HelpInDialogs, show_help
from ui.icons import icon
from ui.keys import bind
from ui.memory import WindowMemory
from ui.navigation import Navigation
from ui.opening_flow import Opening
from ui.safekeeping import Safekeeping
from ui.top_bar import StatusBar, TopBar
from ui.undoing import Undoing

if TYPE_CHECKING:  # these come with SQLAlchemy, which is loaded after the first paint
    from anjian_desktop.services.acts import Act
    from anjian_desktop.services.browse import Query
    from anjian_desktop.services.office import Office
    from anjian_desktop.services.outcomes import Change
    from anjian_desktop.services.reminders import Home
    from ui.navigation import Page
    from ui.page_list import ListedPage


class MainWindow(QMainWindow):
    """One office in one window; what pages may ask of it is `ui.navigation.Frame`."""

    office: Office

    def __init__(self, folder: Path, memory: WindowMemory, *, today: date | None = None) -> None:
        super().__init__()
        self.folder, self.memory = folder, memory
        self.today = today
        self.opening, self.safekeeping = Opening(self), Safekeeping(self)
        self._held = ExitStack()
        self._listed: dict[str, ListedPage] = {}
        self._pages: dict[str, Page] = {}
        self._opened = False
        self._painted = False
        self.setWindowTitle("安监桌面")
        self.setWindowIcon(icon("app"))
        self.top_bar = TopBar()
        self.navigation = Navigation()
        self.pages = QStackedWidget()
        self.pages.setObjectName("page_area")
        self.status = StatusBar()
        self._undoing = Undoing(self, self.status.show_done, self._show_change)
        self._build()
        self.navigation.chosen.connect(self.open_page)
        self.top_bar.search.chosen.connect(self.open_row)
        for asked, act in (
            (self.top_bar.backup_asked, self.safekeeping.back_up),
            (self.top_bar.backup_away_asked, self.safekeeping.back_up_to),
            (self.top_bar.backups_asked, self.safekeeping.show_backups),
            (self.top_bar.package_asked, self.safekeeping.pack),
            (self.top_bar.check_asked, self.safekeeping.check),
        ):
            asked.connect(act)
        self.top_bar.size_chosen.connect(self._use_size)
        self.top_bar.office_asked.connect(lambda: self.open_page("office"))
        self.top_bar.help_asked.connect(self.show_help)
        bind(self, "Ctrl+F", self._focus_search, everywhere=True)
        bind(self, "F1", self.show_help, everywhere=True)
        self._help = HelpInDialogs(self, self.show_help)
        self._drop = FileDrop(self, self.import_file, lambda: self._opened)
        bind(self, "Ctrl+Z", self.undo, everywhere=True)
        bind(self, "Ctrl+Y", self.redo, everywhere=True)
        self._place()

    def _build(self) -> None:
        waiting = QLabel("正在打开…")
        waiting.setProperty("part", "soft")
        waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.addWidget(waiting)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(self.pages, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top_bar)
        layout.addLayout(middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(whole)
        self.setMinimumSize(960, 560)

    # -- opening ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.open_store)

    def open_store(self) -> None:
        """Open the office of the folder, or show what hinders it."""
        self.opening.open()

    @property
    def has_office(self) -> bool:
        """Whether an office is open in the window."""
        return self._opened

    def use_office(self, office: Office) -> bool:
        """Show an open office's pages; False when another window holds it."""
        from anjian_desktop.services.browse import ledgers
        from anjian_desktop.services.office import hold_window
        from anjian_desktop.services.search import search
        from ui.page_list import listed_pages, load_modules
        from ui.widgets.global_search import LIMIT

        try:
            self._held.enter_context(hold_window(office))
        except UserError as error:
            office.close()
            self.opening.show_trouble(error)
            return False
        self.office = office
        self._opened = True
        if not self._listed:
            self._listed = {one.key: one for one in listed_pages()}
            self.navigation.show_pages((p.key, p.title, p.icon, p.group) for p in self._listed.values() if not p.under)
        self.top_bar.search.connect_to(
            lambda text: search(office, text, limit=LIMIT), {about.key: about.label for about in ledgers()}
        )
        self.top_bar.show_actor(office.actor)
        self.top_bar.allow_keeping(not office.db.read_only)
        for part in (self.top_bar, self.navigation):
            part.setEnabled(True)
        self._show_title()
        self.show_first_page()
        tasks.run_quiet(self, load_modules, lambda _: None)
        return True

    def show_first_page(self) -> None:
        """The home page of the open office."""
        self.open_page(next(iter(self._listed)))

    def leave_office(self) -> bool:
        """Close the store and put its pages away; the window stays. False when the clerk keeps on editing."""
        present = self.current_page()
        if present is not None and not present.may_leave():
            return False
        tasks.wait_for_all()
        self.letting_go()
        self.pages.setCurrentIndex(0)
        for page in self._pages.values():
            self.pages.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        for part in (self.top_bar, self.navigation):
            part.setEnabled(False)
        return True

    # -- what pages ask (Frame) ---------------------------------------------------------------------------------

    def page(self, nav_key: str) -> Page:
        """A page by its navigation key; made when it is asked for first."""
        if nav_key not in self._pages:
            page = self._listed[nav_key].make(self)
            page.changed.connect(self.tell_changed)
            self.pages.addWidget(page)
            self._pages[nav_key] = page
        return self._pages[nav_key]

    def open_page(self, nav_key: str) -> None:
        """Show a page, unless the present one has unsaved changes the clerk wants to keep on editing."""
        present = self.current_page()
        if nav_key not in self._listed:
            return
        if present is not None and present.nav_key != nav_key and not present.may_leave():
            self.navigation.mark(present.nav_key)
            return
        page = self.page(nav_key)
        self.pages.setCurrentWidget(page)
        self.navigation.mark(self._listed[nav_key].under or nav_key)
        page.refresh()
        self.show_counts(page.counts())
        self.load_figures()
        page.setFocus()

    def current_page(self) -> Page | None:
        """The page shown; None before the office is open."""
        shown = self.pages.currentWidget()
        return next((page for page in self._pages.values() if page is shown), None)

    def open_ledger(self, query: Query, *, year: int | None = None) -> None:
        """Show a ledger's page narrowed to a query."""
        if (page := self._opened_page(query.ledger)) is not None:
            page.show_query(query, year=year)

    def open_row(self, ledger: str, row_id: int) -> None:
        """Show a row in its ledger's page."""
        if (page := self._opened_page(ledger)) is not None:
            page.show_row(row_id)

    def fill_in(self, ledger: str, row_id: int | None, values: Mapping[str, str], key: str) -> None:
        """Show a record, or a new one, with these texts typed and the cursor in that field."""
        if (page := self._opened_page(ledger)) is not None:
            page.fill_in(row_id, values, key)

    def start(self, nav_key: str, act: str) -> None:
        """Show a page and begin an act of it."""
        if (page := self._opened_page(nav_key)) is not None:
            page.start(act)

    def _opened_page(self, nav_key: str) -> Page | None:
        """The page after opening it; None when there is none or the clerk stays where they are."""
        self.open_page(nav_key)
        page = self.current_page()
        return page if page is not None and page.nav_key == nav_key else None

    def tell_changed(self, change: Change) -> None:
        """Refresh the page shown if another one wrote, and every figure; hidden pages refresh when they are shown."""
        present = self.current_page()
        if present is not None and present is not self.sender():
            present.refresh(change)
        if "office" in change.kinds:
            self._show_title()
        self.load_figures()

    def undo(self, act: Act | None = None) -> None:
        """Take back this act on rows, or the newest (Ctrl+Z). Keys typed into a field are taken back by the field."""
        if self._opened:
            self._undoing.undo(self.office, act)

    def redo(self) -> None:
        """Do again what was taken back last (Ctrl+Y)."""
        if self._opened:
            self._undoing.redo(self.office)

    def _show_change(self, change: Change) -> None:
        if (present := self.current_page()) is not None:
            present.refresh(change)
        self.load_figures()

    def tell_done(self, text: str, undo: Callable[[], None] | None = None, *, verb: str = "撤销") -> None:
        """最近操作 in the status bar."""
        self.status.show_done(text, undo, verb)

    def show_counts(self, text: str) -> None:
        """The left half of the status bar."""
        self.status.show_counts(text)

    def import_file(self, file: Path) -> None:
        """Begin the import of a table dropped on the window, into the ledger shown if it takes rosters."""
        from ui.pages.actions.import_list import begin_import

        about = getattr(self.current_page(), "about", None)
        kind = about.key if about is not None and about.importable else None
        begin_import(self, self, self.office, self.tell_changed, kind=kind, path=file)

    # -- figures ------------------------------------------------------------------------------------------------

    def load_figures(self) -> None:
        """Count again what waits: home page, numbers in the navigation, backup state."""
        if self._opened:
            from anjian_desktop.services.reminders import home

            office = self.office
            tasks.run_quiet(self, lambda: home(office), self._show_figures, key="figures")

    def _show_figures(self, figures: Home) -> None:
        from ui.pages.home_page import HomePage

        unsigned = sum(len(kind.unsigned) for kind in figures.progress.kinds)
        self.navigation.show_count("agreement", unsigned)
        self.top_bar.show_backup(figures.backup.tone, _backup_words(figures.backup.last, self.office.today))
        home_page = self._pages.get("home")
        if isinstance(home_page, HomePage):
            home_page.show_figures(figures)

    def back_up(self) -> None:
        """Make a verified backup now."""
        self.safekeeping.back_up()

    # -- the window itself --------------------------------------------------------------------------------------

    def show_help(self) -> None:
        """The manual, open at what belongs to the page or the dialog in front."""
        present = self.current_page()
        show_help(self, self.folder, present.nav_key if present is not None else "backup")

    def come_forward(self) -> None:
        """A second start shows this window instead."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _show_title(self) -> None:
        office = self.office
        tasks.run_quiet(self, lambda: office.profile.office, self._use_title, key="title")

    def _use_title(self, name: str) -> None:
        looking = " · 只读查看" if self.office.db.read_only else ""
        self.setWindowTitle(f"安监桌面 · {name} · {self.office.today.year}年度{looking}")

    def _focus_search(self) -> None:
        self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top_bar.search.selectAll()

    def _use_size(self, size: str) -> None:
        self.memory.settings.font_size = theme.FONT_SIZES[size]
        self.memory.save()
        app = QGuiApplication.instance()
        if app is not None:
            theme.apply_theme(app, size=size)  # type: ignore[arg-type]

    def _place(self) -> None:
        geometry = self.memory.get("geometry", "")
        screen = self.screen().availableGeometry()
        self.resize(QSize(min(1366, screen.width()), min(768, screen.height())))
        # restoreGeometry brings a window from an unplugged screen back into sight.
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii")))

    def closeEvent(self, event: QCloseEvent) -> None:
        present = self.current_page()
        if present is not None and not present.may_leave():
            event.ignore()
            return
        if titles := tasks.running_titles():
            answer = messages.choose(
                self,
                f"“{titles[0]}”还没有做完。",
                (("stop", "停下来并关闭(&S)"), ("wait", "继续做，不关闭(&W)")),
                safe="wait",
                explain="停下来时，已经做完的部分都会保留。",
            )
            if answer == "wait":
                event.ignore()
                return
            tasks.stop_all()
        tasks.wait_for_all()
        self.safekeeping.before_closing()
        self.memory.put("geometry", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self.letting_go()
        self.opening.forget_copy()
        super().closeEvent(event)

    def letting_go(self) -> None:
        """Give the store back: the lock, then the connections."""
        # A field that loses the focus while its form is being destroyed would still be checked.
        if (focused := self.focusWidget()) is not None:
            focused.clearFocus()
        self._held.close()
        if self._opened:
            self._opened = False
            self.office.close()


def _backup_words(last: datetime | None, today: date) -> str:
    if last is None:
        return "还没有备份"
    days = (today - last.date()).days
    day = "今天" if days == 0 else "昨天" if days == 1 else f"{last:%Y-%m-%d}"
    return f"备份 {day} {last:%H:%M}"
