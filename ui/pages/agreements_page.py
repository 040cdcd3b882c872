"""责任书: the year's pile by state; every figure opens its rows; draft, print, register who signed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QStackedWidget, QTableView, QVBoxLayout, QWidget

from anjian_desktop.domain.agreements import KINDS
from anjian_desktop.services import browse
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.standing import UnitStanding
from ui import theme
from ui.keys import bind
from ui.models.ledger_table import LedgerTableModel
from ui.navigation import Frame, Page
from ui.pages.actions.agreement_desk import Desk
from ui.pages.actions.agreement_draft import draft
from ui.pages.actions.agreement_export import export_units
from ui.pages.actions.agreement_open import open_agreement, open_unit_agreement
from ui.pages.actions.agreement_print import ask_print, year_choices
from ui.pages.actions.agreement_scans import choose_scans, show_waiting
from ui.pages.actions.agreement_sign import ask_sign
from ui.pages.actions.export_list import EXPORT
from ui.pages.actions.import_list import begin_import
from ui.pages.agreements_data import FIGURES, OF_UNITS, PageData, fixed_conditions, load, next_act, shown
from ui.pages.agreements_head import AgreementsHead
from ui.pages.agreements_menus import fill_more, row_menu
from ui.tasks import run_quiet
from ui.widgets.buttons import flat_button, menu_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.figures import FigureBar
from ui.widgets.filter_bar import FilterBar
from ui.widgets.ledger_table import LedgerTable
from ui.widgets.search_box import SearchBox
from ui.widgets.standing_table import StandingTable

__all__ = ["AgreementsPage", "open_unit_agreement"]

_LIST, _UNITS, _NO_ROSTER, _NO_DRAFTS, _NOTHING, _BLANK = range(6)
_UNIT_LEDGERS = frozenset({"enterprise", "village", "department"})


class AgreementsPage(Page):
    """One year and one kind (or all) at a time."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.about = next(one for one in browse.ledgers() if one.key == "agreement")
        self.title, self.nav_key, self.icon_name = self.about.label, self.about.key, self.about.icon
        self.data: PageData | None = None
        self.figure = ""
        self._sort: tuple[tuple[str, bool], ...] = ()
        self._wanted_row: int | None = None
        self.desk = Desk.of(self, self)
        self.model = LedgerTableModel(self.office, "agreement", self)
        self.table = LedgerTable(self.model, frame.memory, "agreement")
        self.table.setAccessibleName("责任书列表")
        self.units_table = StandingTable()
        self.head = AgreementsHead(self.title, self.office.today.year)
        self.search = SearchBox("在责任书里找（编号、单位、拼音首字母…）", "在责任书里找")
        self.search.setFixedWidth(280)
        self.filters = FilterBar(self.office, "agreement", ("overdue", "re_sign"))
        self.figures = FigureBar(dict(FIGURES))
        self._build()
        self._connect()

    # -- layout ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.figure_chip = QPushButton()
        self.figure_chip.setProperty("part", "chip")
        self.figure_chip.setToolTip("点一下去掉，显示全部责任书")
        self.figure_chip.hide()
        self.filters.add_widget_left(self.figure_chip)
        self.columns_button = menu_button("列", "columns", "选择显示哪些列", part="flat")
        self.columns = QMenu(self.columns_button)
        self.columns.aboutToShow.connect(self._fill_columns)
        self.columns_button.setMenu(self.columns)
        self.export_button = flat_button("导出Excel(&E)", "export", "把这张表导出为 Excel（Ctrl+E）")
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, theme.SPACE_2)
        bar.setSpacing(theme.SPACE_2)
        bar.addWidget(self.search)
        bar.addWidget(self.filters, 1)
        bar.addWidget(self.columns_button)
        bar.addWidget(self.export_button)
        self._bar = QWidget()
        self._bar.setLayout(bar)
        rule = QFrame()
        rule.setProperty("part", "rule")
        self.no_roster = EmptyState(
            "名册里还没有单位",
            "先导入企业、村居、部门名册，再给它们起草责任书。",
            (("导入企业名册", self.start_import), ("新增企业", lambda: self.frame.open_page("enterprise"))),
            icon_name="agreement",
        )
        self.no_drafts = EmptyState(
            "这一年还没有责任书",
            "起草以前先看到数量，起草以后一次打印。",
            (("起草", self.start_draft),),
            icon_name="agreement",
        )
        self.nothing = EmptyState(
            "没有符合条件的责任书", "换个词，或者去掉上面的条件。", (("显示全部", self.show_all),), icon_name="search"
        )
        self.stack = QStackedWidget()
        for widget in (self.table, self.units_table, self.no_roster, self.no_drafts, self.nothing, QWidget()):
            self.stack.addWidget(widget)
        self.stack.setCurrentIndex(_BLANK)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.head, self.figures, self._bar, rule):
            layout.addWidget(part)
        layout.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.head.chosen.connect(self._on_choice)
        self.head.asked.connect(self.start)
        self.head.more.aboutToShow.connect(self._fill_more)
        self.export_button.clicked.connect(self.start_export)
        self.figures.chosen.connect(self.show_figure)
        self.figure_chip.clicked.connect(lambda: self.show_figure(""))
        self.search.searched.connect(lambda _words: self._load())
        self.search.entered.connect(self._to_table)
        self.search.left_downwards.connect(self._to_table)
        self.filters.changed.connect(self._on_filters)
        self.table.opened.connect(self.open_row)
        self.table.typed.connect(self._type_on)
        self.table.selection_changed.connect(self._on_selection)
        self.table.header.sort_asked.connect(self._sort_by)
        self.table.header.filter_asked.connect(self._filter_by)
        self.units_table.opened.connect(self._open_unit)
        self.units_table.selection_changed.connect(self._on_selection)
        for table in (self.table, self.units_table):
            table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            table.customContextMenuRequested.connect(lambda place, t=table: self._show_menu(t, place))
        for keys, act in (("Ctrl+P", self.start_print), ("Ctrl+E", self.start_export), ("F5", self.refresh)):
            bind(self, keys, act)

    # -- Page --------------------------------------------------------------------------------------------------

    def refresh(self, change: Change | None = None) -> None:
        if change is None or self.data is None or change.kinds & (_UNIT_LEDGERS | {"agreement", "office"}):
            self._load()

    def show_query(self, query: Query, *, year: int | None = None) -> None:
        wanted = {one.key: one.value for one in query.where if one.key in ("year", "kind") and one.op == "="}
        chosen_year = year or (int(wanted["year"]) if "year" in wanted else None)
        if chosen_year is not None:
            self.head.show_years(self.data.years if self.data else (), chosen_year)
        self.head.show_kind(wanted.get("kind", ""))
        self._set_figure("")
        self.search.set_words(query.text)
        self.filters.set_conditions((one for one in query.where if one.key not in ("year", "kind")), query.marks)
        self._sort = query.sort or self._sort
        self._load()

    def show_row(self, row_id: int) -> None:
        view = next(iter(browse.page(self.office, "agreement", [row_id])), None)
        if view is not None:
            self._wanted_row = row_id
            self.show_query(Query("agreement", where=(Condition("year", "=", view.full["year"]),)))

    def start(self, act: str) -> None:
        """draft, print or sign, as the buttons and the home page's to-dos call them."""
        acts = {"draft": self.start_draft, "print": self.start_print, "chase": self.start_sign, "sign": self.start_sign}
        scans = {"file": choose_scans, "waiting_scans": show_waiting}
        if act in acts:
            acts[act]()
        elif act in scans:
            scans[act](self.desk)

    def focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def counts(self) -> str:
        word = "家" if self._shows_units else "份"
        many = self.units_table.units.rowCount() if self._shows_units else self.table.row_count()
        chosen = self._selected_count()
        return f"{many:,} {word}" + (f"　选中 {chosen:,} {word}" if chosen else "")

    # -- what actions use --------------------------------------------------------------------------------------

    def widget(self) -> QWidget:
        return self

    def query(self) -> Query:
        where = (*fixed_conditions(self.head.chosen_year, self.head.chosen_kind), *self.filters.where)
        return Query("agreement", self.search.words(), where, self._sort, self.filters.marks)

    def shown_keys(self) -> list[str]:
        return [self.model.fields[column].key for column in self.table.visible_columns()]

    def open_row(self, row_id: int) -> None:
        open_agreement(self.desk, row_id)

    def was_changed(self, change: Change) -> None:
        self.refresh(change)
        self.changed.emit(change)

    def selected_ids(self) -> list[int]:
        """Agreements chosen in whichever table is shown; units without one are left out."""
        if not self._shows_units:
            return self.table.selected_ids()
        return [unit.id for unit in self.units_table.selected_units() if unit.id is not None]

    # -- loading -----------------------------------------------------------------------------------------------

    def _load(self) -> None:
        office, year, kind, figure = self.office, self.head.chosen_year, self.head.chosen_kind, self.figure
        query = Query("agreement", self.search.words(), self.filters.where, self._sort, self.filters.marks)
        self.filters.fixed = Query("agreement", query.text, fixed_conditions(year, kind))
        run_quiet(self, lambda: load(office, year, kind, query, figure), self._show, key="page")

    def _show(self, data: PageData) -> None:
        self.data = data
        self.head.show_years(data.years, self.head.chosen_year)
        for key, figure in self.figures.figures.items():
            late = key == "overdue" and data.figures.overdue > 0
            figure.show_number(shown(key, data.figures), "late" if late else "")
        self.table.show_ids(data.ids)
        self.units_table.show_units(data.units, overdue=data.figures.overdue > 0)
        place = self._place(data)
        self.stack.setCurrentIndex(place)
        self._bar.setVisible(place not in (_NO_ROSTER, _NO_DRAFTS))
        self.figures.setVisible(place != _NO_ROSTER)
        kind = self.head.kind.currentText() if self.head.chosen_kind else "责任书"
        self.no_drafts.title.setText(f"{self.head.chosen_year} 年还没有{kind}")
        if self._wanted_row is not None:
            self.table.go_to(self._wanted_row)
            self._wanted_row = None
        self._show_header()
        self._on_selection()

    def _place(self, data: PageData) -> int:
        if self._shows_units:
            return _UNITS if data.units else _NOTHING
        if data.ids:
            return _LIST
        if data.all_rows:
            return _NOTHING
        return _NO_DRAFTS if data.total_units else _NO_ROSTER

    # -- choosing what is shown --------------------------------------------------------------------------------

    def show_figure(self, key: str) -> None:
        """Show the rows behind a figure; empty shows all."""
        self._set_figure(key)
        self._load()

    def show_all(self) -> None:
        """Take search, filters and figure away."""
        self._set_figure("")
        self.search.set_words("")
        self.filters.clear()

    def _set_figure(self, key: str) -> None:
        self.figure = key
        self.figures.mark(key)
        self.figure_chip.setVisible(bool(key))
        if key:
            words = {"on_time": "按期签订", "cumulative": "已签"}.get(key, FIGURES[key])
            self.figure_chip.setText(f"{words}  ×")
            self.figure_chip.setAccessibleName(f"去掉条件：{words}")

    @property
    def _shows_units(self) -> bool:
        return self.figure in OF_UNITS

    def _on_choice(self) -> None:
        self.table.clearSelection()
        self.units_table.clearSelection()
        self._load()

    def _on_filters(self) -> None:
        """Filters speak of agreements: a list of units gives way to them."""
        if self._shows_units:
            self._set_figure("")
        self._load()

    def _sort_by(self, section: int) -> None:
        key = self.model.fields[section].key
        now = self._sort[0] if self._sort else ("number", False)
        self._sort = ((key, not now[1] if now[0] == key else False),)
        self._load()

    def _filter_by(self, section: int) -> None:
        header = self.table.header
        corner = header.mapToGlobal(QPoint(header.sectionViewportPosition(section), header.height()))
        self.filters.ask(self.model.fields[section].key, corner)

    def _show_header(self) -> None:
        filtered = frozenset(self.model.column_of(key) for key in self.filters.filtered_keys())
        key, down = self._sort[0] if self._sort else ("number", False)
        self.table.header.show_state(filtered, (self.model.column_of(key), down))

    # -- selection ---------------------------------------------------------------------------------------------

    def _without_agreement(self) -> list[int]:
        """Chosen units that have none yet."""
        units = self.units_table.selected_units() if self._shows_units else []
        return [unit.organization_id for unit in units if unit.id is None]

    def _chosen_state(self) -> str:
        """The stored state of the first chosen row; empty for a unit without an agreement."""
        if self._shows_units:
            return self.units_table.selected_units()[0].state or ""
        view = self.model.row_view(self.model.place_of(self.table.selected_ids()[0]))
        return str(view.values["state"]) if view else "gone"

    def _selected_count(self) -> int:
        return len(self.units_table.selected_units()) if self._shows_units else self.table.selected_count()

    def _on_selection(self) -> None:
        """Buttons say how many they would act on; the one the year asks for is the primary one."""
        if self.data is None:
            return
        many, without = len(self.selected_ids()), len(self._without_agreement())
        self.head.count("draft", without)
        self.head.count("print", many)
        self.head.count("sign", many)
        self.head.buttons["draft"].setEnabled(self.data.total_units > 0)
        self.head.buttons["print"].setEnabled(self.data.all_rows > 0)
        self.head.buttons["sign"].setEnabled(self.data.figures.issued > 0 or many > 0)
        fitting = {"": "draft", "drafted": "print", "issued": "sign"}
        first = fitting.get(self._chosen_state(), next_act(self.data)) if many or without else next_act(self.data)
        self.head.mark_primary("" if self.stack.currentIndex() in (_NO_ROSTER, _NO_DRAFTS) else first)
        if self.isVisible():
            self.frame.show_counts(self.counts())

    def _to_table(self) -> None:
        table = self.units_table if self._shows_units else self.table
        table.setFocus()
        if table.model().rowCount() and not self._selected_count():
            table.selectRow(0)

    def _type_on(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)

    # -- acts --------------------------------------------------------------------------------------------------

    def start_draft(self) -> None:
        """起草, for the chosen units without an agreement or for all."""
        group = KINDS[self.head.chosen_kind].group if self.head.chosen_kind else ""
        draft(self.desk, self.head.chosen_year, group=group, ids=self._without_agreement() or None)

    def start_print(self) -> None:
        """打印, the chosen ones or all drafts of what is shown."""
        if self.data is None or not self.data.all_rows:
            return
        kind = self.head.chosen_kind
        choices = year_choices(self.head.kind.currentText() if kind else "所有类别", kind, self.selected_ids())
        ask_print(self.desk, self.head.chosen_year, choices)

    def start_sign(self) -> None:
        """登记签订 of the chosen ones; with none chosen, those waiting are shown first."""
        if ids := self.selected_ids():
            ask_sign(self.desk, ids)
            return
        self._set_figure("")
        self.filters.set_conditions((Condition("state", "=", "issued"),), ())
        self._load()
        self.table.setFocus()
        self.frame.tell_done("请选中已经签回来的责任书（按住 Ctrl 或 Shift 选多份），再点“登记签订”")

    def start_import(self) -> None:
        """Bring in the enterprise roster first."""
        begin_import(self, self.frame, self.office, self.was_changed)

    def start_export(self) -> None:
        """导出Excel: the list as it stands."""
        if self._shows_units:
            name = f"{self.head.chosen_year} 年{FIGURES[self.figure].removesuffix('率')}单位"
            export_units(self, name, self.units_table.units.units)
        elif self.stack.currentIndex() == _LIST:
            EXPORT.run(self, self.selected_ids())

    def _open_unit(self, unit: UnitStanding) -> None:
        if unit.id is not None:
            open_agreement(self.desk, unit.id)
        else:
            draft(self.desk, self.head.chosen_year, ids=[unit.organization_id])

    def _show_menu(self, table: QTableView, place: QPoint) -> None:
        copy = self.units_table.copy_rows if table is self.units_table else self.table.copy_rows
        menu = row_menu(QMenu(table), self.desk, self.selected_ids(), self.start, lambda: copy() and None)
        menu.popup(table.viewport().mapToGlobal(place))

    def _fill_more(self) -> None:
        fill_more(self.head.more, self, self.selected_ids())

    def _fill_columns(self) -> None:
        self.columns.clear()
        self.columns.addActions(self.table.column_menu().actions())
