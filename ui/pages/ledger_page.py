"""The page of any ledger: search while typing, filters, sort, choose many, act on them, one record at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.services import browse
from anjian_desktop.services.browse import Query, RowView
from anjian_desktop.services.outcomes import Change
from ui import theme
from ui.icons import icon
from ui.keys import bind
from ui.models.ledger_table import LedgerTableModel
from ui.navigation import Frame, Page, PageHead
from ui.pages.actions.action import Action
from ui.pages.actions.export_list import EXPORT
from ui.pages.actions.import_list import IMPORT, PASTE
from ui.pages.actions.listed import page_actions
from ui.pages.actions.print_list import PRINT_LIST
from ui.pages.actions.retire_rows import RETIRE
from ui.pages.kept_views import KeptViews, Sort, View
from ui.pages.ledger_empty import nothing_found, nothing_yet
from ui.pages.ledger_hands import add_total, fill_down, fill_in, next_part, repeat_rows
from ui.pages.ledger_menus import header_menu, more_button, row_menu
from ui.pages.record_panel import RecordPanel
from ui.pages.views_button import views_button
from ui.tasks import run_quiet
from ui.widgets.buttons import act_button, flat_button, menu_button
from ui.widgets.filter_bar import FilterBar
from ui.widgets.ledger_table import LedgerTable
from ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from anjian_desktop.ledgers.base import About

_MARKS = {"enterprise": ("re_sign",), "village": ("re_sign",), "department": ("re_sign",)}
_PANEL_WIDTH = 420


class LedgerPage(Page):
    """Everything it shows comes from the ledger's declaration; a new ledger needs no page of its own."""

    def __init__(self, frame: Frame, about: About, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.about = about
        self.title, self.nav_key, self.icon_name = about.label, about.key, about.icon
        self._sort: Sort = ()
        self._wanted_row: tuple[int, bool] | None = None
        self._loaded = False
        self.model = LedgerTableModel(self.office, about.key, self)
        self._views = KeptViews(frame.memory, about.key, (field.key for field in self.model.fields))
        self.table = LedgerTable(self.model, frame.memory, about.key)
        self.table.setAccessibleName(f"{about.label}列表")
        self.search = SearchBox("名称、拼音首字母、电话尾号…", f"在{about.label}里找")
        self.search.setMinimumWidth(200)
        self.search.setMaximumWidth(300)
        self.filters = FilterBar(self.office, about.key, _MARKS.get(about.key, ()))
        self.panel = RecordPanel(frame, about)
        self.panel.hide()
        self.add_button = act_button(
            f"新增{about.label}(&N)", "add", self.add, f"新增{about.label}（Ctrl+N）", primary=True
        )
        self._build()
        self._connect()
        self._restore()

    # -- layout -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        head = PageHead(self.about.label)
        if IMPORT.applies_to(self.about):
            head.add_action(act_button("导入Excel(&I)", "import", lambda: self._run(IMPORT), "从 Excel 名册导入"))
        head.add_action(more_button(self.about, self._run))
        head.add_action(self.add_button)
        self.columns_button = menu_button("列", "columns", "选择显示哪些列", part="flat")
        columns = QMenu(self.columns_button)
        columns.aboutToShow.connect(lambda: self._fill_columns(columns))
        self.columns_button.setMenu(columns)
        self.views = views_button(self._views, self._view, self._show_view)
        export = flat_button("导出Excel(&E)", "export", "把这张表导出为 Excel（Ctrl+E）")
        export.clicked.connect(lambda _=False: self._run(EXPORT))
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, theme.SPACE_2)
        bar.setSpacing(theme.SPACE_2)
        bar.addWidget(self.search)
        bar.addWidget(self.filters, 1)
        for button in (self.views, self.columns_button, export):
            bar.addWidget(button)
        self._bar = QWidget()
        self._bar.setLayout(bar)
        rule = QFrame()
        rule.setProperty("part", "rule")
        self.empty = nothing_yet(self.about, self.add, self._run)
        self.nothing = nothing_found(self.about, self.show_all)
        self.stack = QStackedWidget()
        for widget in (self.table, self.empty, self.nothing, QWidget()):
            self.stack.addWidget(widget)
        self.stack.setCurrentIndex(3)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(rule)
        column.addWidget(self.stack, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(4)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.splitter, 1)
        # Tab goes the way the eye goes.
        order = [self.search, self.filters.add_button, self.views, self.columns_button, export, self.table]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _words: self._load())
        self.search.entered.connect(self.to_table)
        self.search.left_downwards.connect(self.to_table)
        self.filters.changed.connect(self._on_filters)
        self.table.opened.connect(self.open_row)
        self.table.typed.connect(self._type_on)
        self.table.fill_asked.connect(lambda: fill_down(self))
        self.table.selection_changed.connect(self._on_selection)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.header.sort_asked.connect(self._sort_by)
        self.table.header.filter_asked.connect(self._filter_by)
        self.table.header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.header.customContextMenuRequested.connect(self._show_header_menu)
        self.panel.saved.connect(self._on_saved)
        self.panel.closed.connect(self.close_panel)
        self.splitter.splitterMoved.connect(lambda *_: self.frame.memory.put("panel_width", self.panel.width()))
        for keys, act in (
            ("Ctrl+N", self.add),
            ("Ctrl+S", self._save),
            ("F5", self.refresh),
            ("F3", lambda: self.table.step(1)),
            ("Shift+F3", lambda: self.table.step(-1)),
            ("F6", lambda: next_part(self)),
            ("Ctrl+E", lambda: self._run(EXPORT)),
            ("Ctrl+P", lambda: self._run(PRINT_LIST)),
            ("Ctrl+V", lambda: PASTE.applies_to(self.about) and self._run(PASTE)),
        ):
            bind(self, keys, act)
        bind(self.table, "F2", self._edit_current)
        bind(self.table, "Del", lambda: self._run(RETIRE))
        bind(self.table, "Esc", self.panel.ask_to_close)

    def _restore(self) -> None:
        kept = self._views.present()
        self._sort = kept.sort
        self.filters.set_conditions(kept.where, kept.marks)
        self._show_header()

    def _keep(self) -> None:
        self._views.keep_present(View(self.filters.where, self.filters.marks, self._sort))

    def _view(self) -> View:
        return View(self.filters.where, self.filters.marks, self._sort, self.search.words())

    def _show_view(self, view: View) -> None:
        self._sort = view.sort
        self.show_query(Query(self.about.key, view.words, view.where, view.sort, view.marks))

    # -- Page ---------------------------------------------------------------------------------------------------

    def refresh(self, change: Change | None = None) -> None:
        linked = {field.link for field in self.model.fields if field.link}
        # A unit's 需重签 depends on its agreement, an agreement's village on its unit.
        if change is None or change.kinds & (linked | {self.about.key, "agreement"}) or not self._loaded:
            self._load()
        if change is not None:
            self.panel.follow(change)

    def show_query(self, query: Query, *, year: int | None = None) -> None:
        self.search.set_words(query.text)
        self.filters.set_conditions(query.where, query.marks)
        if query.sort:
            self._sort = query.sort
        self._on_filters()

    def show_row(self, row_id: int) -> None:
        if self.table.go_to(row_id):
            self.open_row(row_id)
            return
        self._wanted_row = (row_id, True)
        self.search.set_words("")
        self.filters.set_conditions((), ())
        self._on_filters()

    def fill_in(self, row_id: int | None, values: Mapping[str, str], key: str) -> None:
        fill_in(self, row_id, values, key)

    def start(self, act: str) -> None:
        if act == "new":
            self.add()
        elif act == "import" and IMPORT.applies_to(self.about):
            self._run(IMPORT)

    def focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def counts(self) -> str:
        chosen = self.table.selected_count()
        shown = f"{self.table.row_count():,} {self.about.counter}"
        return f"{shown}　选中 {chosen:,} {self.about.counter}" if chosen else shown

    def may_leave(self) -> bool:
        return self.panel.may_leave()

    # -- what actions use ---------------------------------------------------------------------------------------

    def widget(self) -> QWidget:
        return self

    def query(self) -> Query:
        return Query(self.about.key, self.search.words(), self.filters.where, self._sort, self.filters.marks)

    def shown_keys(self) -> list[str]:
        return [self.model.fields[column].key for column in self.table.visible_columns()]

    def was_changed(self, change: Change) -> None:
        self.refresh(change)
        self.changed.emit(change)

    def open_row(self, row_id: int) -> None:
        """Show a record in the panel, ready to type."""
        if self.panel.isVisible() and self.panel.row_id == row_id:
            self.panel.start()
            return
        if self.panel.may_leave():
            self._read_into_panel(row_id, focus=True)

    def add(self) -> None:
        """An empty form in the panel."""
        if self.panel.may_leave():
            repeat_rows(self, self.table.currentIndex().row())
            self._open_panel()
            self.panel.show_new()

    def close_panel(self) -> None:
        """Put the panel away; the list has the focus again."""
        self.panel.hide()
        self._mark_primary(True)
        self.table.setFocus()

    def show_all(self) -> None:
        """Take search and filters away."""
        self.search.set_words("")
        self.filters.clear()

    # -- loading ------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        office, query = self.office, self.query()
        self.filters.fixed = Query(self.about.key, text=query.text)
        run_quiet(self, lambda: browse.ids(office, query), self._show_ids, key="ids")

    def _show_ids(self, ids: Sequence[int]) -> None:
        self._loaded = True
        self.table.show_ids(ids)
        narrowed = bool(self.search.words()) or self.filters.is_narrowed()
        self.stack.setCurrentIndex(0 if ids else 2 if narrowed else 1)
        # An empty page has its own first step; only one button stands out.
        self._mark_primary(bool(ids or narrowed) and not self.panel.isVisible())
        self._bar.setEnabled(bool(ids) or narrowed)
        if self._wanted_row is not None:
            row_id, open_it = self._wanted_row
            self._wanted_row = None
            if self.table.go_to(row_id) and open_it:
                self.open_row(row_id)
        self.frame.show_counts(self.counts())

    def _read_into_panel(self, row_id: int, *, focus: bool = False) -> None:
        office, key = self.office, self.about.key

        def done(view: RowView) -> None:
            if self.panel.is_changed() and self.panel.isVisible():
                return
            repeat_rows(self, self.model.place_of(row_id) - 1)
            self._open_panel()
            self.panel.show_row(view, focus=focus)

        run_quiet(self, lambda: browse.row(office, key, row_id), done, key="panel")

    def _open_panel(self) -> None:
        if not self.panel.isVisible():
            self.panel.show()
            width = max(360, min(int(self.frame.memory.get("panel_width", _PANEL_WIDTH)), 640))
            self.splitter.setSizes([max(self.splitter.width() - width, 300), width])
            self._mark_primary(False)
            if (current := self.table.current_id()) is not None:
                self.table.go_to(current)

    def _mark_primary(self, primary: bool) -> None:
        theme.set_part(self.add_button, "primary" if primary else "")
        self.add_button.setIcon(icon("add", theme.ACCENT_INK) if primary else icon("add"))

    # -- what the clerk does ------------------------------------------------------------------------------------

    def _on_filters(self) -> None:
        self._show_header()
        self._keep()
        self._load()

    def _show_header(self) -> None:
        filtered = frozenset(self.model.column_of(key) for key in self.filters.filtered_keys())
        key, down = self._sort[0] if self._sort else (self.about.sort or self.about.title, False)
        self.table.header.show_state(filtered, (self.model.column_of(key), down))

    def _sort_by(self, section: int) -> None:
        key = self.model.fields[section].key
        now = self._sort[0] if self._sort else (self.about.sort or self.about.title, False)
        self._sort = ((key, not now[1] if now[0] == key else False),)
        self._show_header()
        self._keep()
        self._load()

    def _filter_by(self, section: int) -> None:
        header = self.table.header
        corner = header.mapToGlobal(QPoint(header.sectionViewportPosition(section), header.height()))
        self.filters.ask(self.model.fields[section].key, corner)

    def _on_selection(self) -> None:
        self.frame.show_counts(self.counts())
        add_total(self)
        current = self.table.current_id()
        follows = self.panel.isVisible() and self.panel.row_id is not None and not self.panel.is_changed()
        if follows and current is not None and current != self.panel.row_id and self.table.selected_count() == 1:
            self._read_into_panel(current)

    def _on_saved(self, row_id: int, change: Change) -> None:
        if row_id and self.table.rows.place_of(row_id) < 0:
            self._wanted_row = (row_id, False)
        self.was_changed(change)

    def _save(self) -> None:
        if self.panel.isVisible():
            self.panel.save()

    def _edit_current(self) -> None:
        if (current := self.table.current_id()) is not None:
            self.open_row(current)

    def to_table(self) -> None:
        """Put the cursor into the list."""
        self.table.setFocus()
        if self.table.row_count() and not self.table.selected_count():
            self.table.selectRow(0)

    def _type_on(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)

    def _run(self, action: Action) -> None:
        ids = self.table.selected_ids()
        if action in (EXPORT, *page_actions(self.about)) or ids:
            if action is RETIRE and self.panel.isVisible() and not self.panel.may_leave():
                return
            if action is RETIRE and self.panel.row_id in ids:
                self.close_panel()
            action.run(self, ids)

    def _show_menu(self, place: QPoint) -> None:
        row_menu(self, self.table, self.filters, self._run).popup(self.table.viewport().mapToGlobal(place))

    def _show_header_menu(self, place: QPoint) -> None:
        header = self.table.header
        section = header.logicalIndexAt(place)
        header_menu(self.table, section, lambda: self._filter_by(section)).popup(header.mapToGlobal(place))

    def _fill_columns(self, menu: QMenu) -> None:
        menu.clear()
        menu.addActions(self.table.column_menu().actions())
