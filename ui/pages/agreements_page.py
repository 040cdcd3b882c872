"""责任书: the year's pile by state; every figure opens its rows; draft, print, register who signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.domain.agreements import KINDS
from anjian_desktop.services import browse
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.outcomes import Change
from ui import theme
from ui.dialogs.print_dialog import Choice
from ui.dialogs.void_dialog import Ending
from ui.icons import icon
from ui.models.ledger_table import LedgerTableModel
from ui.models.standing_table import StandingTableModel
from ui.navigation import Frame, Page, PageHead
from ui.pages.actions.agreement_desk import Desk
from ui.pages.actions.agreement_draft import draft, renew
from ui.pages.actions.agreement_end import ask_end
from ui.pages.actions.agreement_import import import_signatures
from ui.pages.actions.agreement_open import open_agreement, open_unit_agreement
from ui.pages.actions.agreement_print import ask_print
from ui.pages.actions.agreement_register import show_register
from ui.pages.actions.agreement_sign import ask_sign
from ui.pages.actions.export_list import EXPORT
from ui.pages.agreements_data import FIGURES, OF_UNITS, PageData, fixed_conditions, load, next_act, shown
from ui.tasks import run_quiet
from ui.widgets.empty_state import EmptyState
from ui.widgets.figures import FigureBar
from ui.widgets.filter_bar import FilterBar
from ui.widgets.ledger_table import LedgerTable
from ui.widgets.search_box import SearchBox

__all__ = ["AgreementsPage", "open_unit_agreement"]

_LIST, _UNITS, _NO_ROSTER, _NO_DRAFTS, _NOTHING, _BLANK = range(6)


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
        self.units = StandingTableModel(self)
        self.units_table = _units_table(self.units)
        self.year = QComboBox()
        self.year.setAccessibleName("年度")
        self.kind = QComboBox()
        self.kind.setAccessibleName("类别")
        self.kind.addItem("全部类别", "")
        for one in KINDS.values():
            self.kind.addItem(one.label, one.code)
        self._show_years((self.office.today.year,), self.office.today.year)
        self.search = SearchBox("在责任书里找（编号、单位、拼音首字母…）", "在责任书里找")
        self.search.setFixedWidth(280)
        self.filters = FilterBar(self.office, "agreement", ("overdue", "re_sign"))
        self.figures = FigureBar(dict(FIGURES))
        self._build()
        self._connect()

    # -- layout ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        head = PageHead(self.title)
        head.add_left(self.year)
        head.add_left(self.kind)
        self.draft_button = self._button("起草(&D)", "draft", self.start_draft, "给还没有责任书的单位起草")
        self.print_button = self._button("打印…(&P)", "print", self.start_print, "打印草稿，或重打选中的（Ctrl+P）")
        self.sign_button = self._button("登记签订(&S)", "sign", self.start_sign, "登记选中的已经签回来")
        self.more_button = _menu_button("更多(&M)", "more", "更多操作", part="button")
        more = QMenu(self.more_button)
        more.aboutToShow.connect(lambda: self._fill_more(more))
        self.more_button.setMenu(more)
        for button in (self.draft_button, self.print_button, self.sign_button, self.more_button):
            head.add_action(button)
        self.figure_chip = QPushButton()
        self.figure_chip.setProperty("part", "chip")
        self.figure_chip.setToolTip("点一下去掉，显示全部责任书")
        self.figure_chip.hide()
        self.filters.add_widget_left(self.figure_chip)
        self.columns_button = _menu_button("列", "columns", "选择显示哪些列", part="flat")
        columns = QMenu(self.columns_button)
        columns.aboutToShow.connect(lambda: self._fill_columns(columns))
        self.columns_button.setMenu(columns)
        self.export_button = self._button(
            "导出Excel(&E)", "export", self.start_export, "把这张表导出为 Excel（Ctrl+E）"
        )
        self.export_button.setProperty("part", "flat")
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
        self.stack = QStackedWidget()
        self.no_roster = EmptyState(
            "名册里还没有单位",
            "先导入企业、村居、部门名册，再给它们起草责任书。",
            (("导入企业名册", self.start_import), ("新增企业", lambda: self.frame.open_page("enterprise"))),
            icon_name="agreement",
        )
        self.no_drafts = EmptyState(
            "这一年还没有责任书", "起草以后先看数量，再一次打印。", (("起草", self.start_draft),), icon_name="agreement"
        )
        self.nothing = EmptyState(
            "没有符合条件的责任书", "换个词，或者去掉上面的条件。", (("显示全部", self.show_all),), icon_name="search"
        )
        for widget in (self.table, self.units_table, self.no_roster, self.no_drafts, self.nothing, QWidget()):
            self.stack.addWidget(widget)
        self.stack.setCurrentIndex(_BLANK)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (head, self.figures, self._bar, rule):
            layout.addWidget(part)
        layout.addWidget(self.stack, 1)

    def _button(self, text: str, icon_name: str, act: Callable[[], None], tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.split("(&")[0].rstrip("…"))
        button.setToolTip(tip)
        button.setIcon(icon(icon_name))
        button.setIconSize(QSize(theme.ICON, theme.ICON))
        button.clicked.connect(lambda _=False: act())
        return button

    def _connect(self) -> None:
        self.year.activated.connect(lambda _: self._on_choice())
        self.kind.activated.connect(lambda _: self._on_choice())
        self.figures.chosen.connect(self.show_figure)
        self.figure_chip.clicked.connect(lambda: self.show_figure(""))
        self.search.searched.connect(lambda _words: self._load())
        self.search.entered.connect(self._to_table)
        self.search.left_downwards.connect(self._to_table)
        self.filters.changed.connect(self._on_filters)
        self.table.opened.connect(lambda row_id: open_agreement(self.desk, row_id))
        self.table.typed.connect(self._type_on)
        self.table.selection_changed.connect(self._on_selection)
        self.table.header.sort_asked.connect(self._sort_by)
        self.table.header.filter_asked.connect(self._filter_by)
        self.units_table.activated.connect(lambda index: self._open_unit(index.row()))
        self.units_table.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        for table in (self.table, self.units_table):
            table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            table.customContextMenuRequested.connect(lambda place, t=table: self._show_menu(t, place))
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (("Ctrl+P", self.start_print), ("Ctrl+E", self.start_export), ("F5", self.refresh)):
            QShortcut(QKeySequence(keys), self, act, context=within)

    # -- Page --------------------------------------------------------------------------------------------------

    def refresh(self, change: Change | None = None) -> None:
        if (
            change is None
            or self.data is None
            or change.kinds & {"agreement", "enterprise", "village", "department", "office"}
        ):
            self._load()

    def show_query(self, query: Query, *, year: int | None = None) -> None:
        wanted = {one.key: one.value for one in query.where if one.key in ("year", "kind") and one.op == "="}
        chosen_year = year or (int(wanted["year"]) if "year" in wanted else None)
        if chosen_year is not None:
            self._show_years((*(self.data.years if self.data else ()), chosen_year), chosen_year)
        self.kind.setCurrentIndex(max(0, self.kind.findData(wanted.get("kind", ""))))
        self._set_figure("")
        self.search.set_words(query.text)
        self.filters.set_conditions((one for one in query.where if one.key not in ("year", "kind")), query.marks)
        self._sort = query.sort or self._sort
        self._on_filters()

    def show_row(self, row_id: int) -> None:
        view = next(iter(browse.page(self.office, "agreement", [row_id])), None)
        if view is None:
            return
        self._wanted_row = row_id
        self.show_query(Query("agreement", where=(Condition("year", "=", view.full["year"]),)))

    def start(self, act: str) -> None:
        """draft, print or sign, as the home page's to-dos call them."""
        acts = {"draft": self.start_draft, "print": self.start_print, "chase": self.start_sign, "sign": self.start_sign}
        if act in acts:
            acts[act]()

    def focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def counts(self) -> str:
        many = len(self.data.units) if self._shows_units and self.data else self.table.row_count()
        shown_rows = f"{many:,} {'家' if self._shows_units else '份'}"
        chosen = self._selected_count()
        return f"{shown_rows}　选中 {chosen:,} {'家' if self._shows_units else '份'}" if chosen else shown_rows

    # -- what actions use --------------------------------------------------------------------------------------

    def widget(self) -> QWidget:
        return self

    def query(self) -> Query:
        fixed = fixed_conditions(self.chosen_year, self.chosen_kind)
        return Query("agreement", self.search.words(), (*fixed, *self.filters.where), self._sort, self.filters.marks)

    def shown_keys(self) -> list[str]:
        return [self.model.fields[column].key for column in self.table.visible_columns()]

    def open_row(self, row_id: int) -> None:
        open_agreement(self.desk, row_id)

    def was_changed(self, change: Change) -> None:
        self.refresh(change)
        self.changed.emit(change)

    @property
    def chosen_year(self) -> int:
        """The year shown."""
        return int(self.year.currentData())

    @property
    def chosen_kind(self) -> str:
        """The kind shown, empty for all."""
        return str(self.kind.currentData())

    def selected_ids(self) -> list[int]:
        """Agreements chosen in whichever table is shown; units without one are left out."""
        if not self._shows_units:
            return self.table.selected_ids()
        return [unit.id for unit in self._selected_units() if unit.id is not None]

    # -- loading -----------------------------------------------------------------------------------------------

    def _load(self) -> None:
        office, year, kind, figure = self.office, self.chosen_year, self.chosen_kind, self.figure
        query = Query("agreement", self.search.words(), self.filters.where, self._sort, self.filters.marks)
        self.filters.fixed = Query("agreement", query.text, fixed_conditions(year, kind))
        run_quiet(self, lambda: load(office, year, kind, query, figure), self._show, key="page")

    def _show(self, data: PageData) -> None:
        self.data = data
        self._show_years(data.years, self.chosen_year)
        for key, figure in self.figures.figures.items():
            late = key == "overdue" and data.figures.overdue > 0
            figure.show_number(shown(key, data.figures), "late" if late else "")
        self.table.show_ids(data.ids)
        self._show_units(data)
        self.stack.setCurrentIndex(self._place(data))
        self._bar.setEnabled(self.stack.currentIndex() not in (_NO_ROSTER, _NO_DRAFTS))
        self.figures.setVisible(self.stack.currentIndex() != _NO_ROSTER)
        self.no_drafts.title.setText(
            f"{self.chosen_year} 年还没有{self.kind.currentText() if self.chosen_kind else '责任书'}"
        )
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

    def _show_units(self, data: PageData) -> None:
        """Keep the chosen units and the place where they stay on the list."""
        chosen = {unit.organization_id for unit in self._selected_units()}
        top = self.units_table.verticalScrollBar().value()
        self.units.show(data.units, overdue=data.figures.overdue > 0)
        selection = self.units_table.selectionModel()
        for row, unit in enumerate(data.units):
            if unit.organization_id in chosen:
                selection.select(
                    self.units.index(row, 0),
                    QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
                )
        self.units_table.verticalScrollBar().setValue(top)

    def _show_years(self, years: Sequence[int], chosen: int) -> None:
        wanted = sorted({*years, chosen}, reverse=True)
        if [self.year.itemData(n) for n in range(self.year.count())] != wanted:
            self.year.clear()
            for year in wanted:
                self.year.addItem(f"{year} 年度", year)
        self.year.setCurrentIndex(self.year.findData(chosen))

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
        self._load()

    def _on_filters(self) -> None:
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

    def _selected_units(self) -> list:
        rows = self.units_table.selectionModel().selectedRows() if self._shows_units else []
        return [self.units.unit(index.row()) for index in rows]

    def _selected_count(self) -> int:
        return len(self._selected_units()) if self._shows_units else self.table.selected_count()

    def _on_selection(self) -> None:
        """Buttons say how many they would act on; the one the year asks for is the primary one."""
        if self.data is None:
            return
        many = len(self.selected_ids())
        without = [unit for unit in self._selected_units() if unit.id is None]
        self._say(self.draft_button, f"起草 {len(without):,} 份" if without else "起草", "D")
        self._say(self.print_button, f"打印 {many:,} 份…" if many else "打印…", "P")
        self._say(self.sign_button, f"登记签订 {many:,} 份" if many else "登记签订", "S")
        self.sign_button.setEnabled(self.data.figures.issued > 0 or many > 0)
        self.print_button.setEnabled(self.data.all_rows > 0)
        first = "sign" if many and not without else next_act(self.data)
        for act, button in (("draft", self.draft_button), ("print", self.print_button), ("sign", self.sign_button)):
            self._mark_primary(button, act == first, {"draft": "draft", "print": "print", "sign": "sign"}[act])
        if self.isVisible():
            self.frame.show_counts(self.counts())

    def _say(self, button: QPushButton, words: str, key: str) -> None:
        button.setText(f"{words}(&{key})")
        button.setAccessibleName(words.rstrip("…"))

    def _mark_primary(self, button: QPushButton, primary: bool, icon_name: str) -> None:
        if button.property("part") == ("primary" if primary else ""):
            return
        button.setProperty("part", "primary" if primary else "")
        button.setIcon(icon(icon_name, theme.ACCENT_INK) if primary else icon(icon_name))
        button.style().unpolish(button)
        button.style().polish(button)

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
        without = [unit.organization_id for unit in self._selected_units() if unit.id is None]
        group = KINDS[self.chosen_kind].group if self.chosen_kind else ""
        draft(self.desk, self.chosen_year, group=group, ids=without or None)

    def start_print(self) -> None:
        """打印, the chosen ones or all drafts of what is shown."""
        if self.data is None or not self.data.all_rows:
            return
        ids = self.selected_ids()
        choices = [Choice("selected", f"选中的 {len(ids):,} 份", ids=tuple(ids))] if ids else []
        label = self.kind.currentText() if self.chosen_kind else "所有类别"
        choices.append(Choice("drafts", f"{label}的全部草稿", kind=self.chosen_kind or None))
        choices.append(
            Choice("again", f"{label}的草稿，加上已打印、还没签的（重打）", kind=self.chosen_kind or None, again=True)
        )
        ask_print(self.desk, self.chosen_year, choices)

    def start_sign(self) -> None:
        """登记签订 of the chosen ones; with none chosen, those waiting are shown first."""
        ids = self.selected_ids()
        if ids:
            ask_sign(self.desk, ids)
            return
        self._set_figure("")
        self.filters.set_conditions((Condition("state", "=", "issued"),), ())
        self._load()
        self.frame.show_counts("选中已经签回来的责任书（按住 Ctrl 或 Shift 选多份），再点“登记签订”")

    def start_import(self) -> None:
        """Bring in the enterprise roster first."""
        # The wizard brings the workbook readers along; nobody waits for them at start.
        from ui.dialogs.import_wizard import ImportWizard

        ImportWizard.open(self, self.office, "enterprise").imported.connect(self.was_changed)

    def start_export(self) -> None:
        """导出Excel: the list as it stands."""
        if self.stack.currentIndex() == _LIST:
            EXPORT.run(self, self.selected_ids())

    def _open_unit(self, row: int) -> None:
        unit = self.units.unit(row)
        if unit.id is not None:
            open_agreement(self.desk, unit.id)
        else:
            draft(self.desk, self.chosen_year, ids=[unit.organization_id])

    def _fill_more(self, menu: QMenu) -> None:
        menu.clear()
        ids = self.selected_ids()
        menu.addAction(icon("import"), "从Excel登记签订…(&I)", lambda: import_signatures(self.desk))
        menu.addSeparator()
        many = f" {len(ids):,} 份" if len(ids) > 1 else ""
        for ending, words, sign in (
            (Ending.VOID, f"作废{many}…(&V)", "void"),
            (Ending.TERMINATE, f"提前终止{many}…(&T)", "void"),
            (Ending.SUPERSEDE, "换人重签…(&C)", "refresh"),
        ):
            entry = menu.addAction(icon(sign), words, lambda e=ending: ask_end(self.desk, e, ids))
            entry.setEnabled(len(ids) == 1 if ending is Ending.SUPERSEDE else bool(ids))
        menu.addSeparator()
        menu.addAction(
            icon("draft"), f"续签 {self.chosen_year + 1} 年…(&N)", lambda: renew(self.desk, self.chosen_year)
        )
        menu.addAction(icon("ledger"), "编号登记簿(&R)", lambda: show_register(self.desk, self.chosen_year))
        entry = menu.addAction(icon("export"), "导出Excel(&E)", self.start_export)
        entry.setEnabled(self.stack.currentIndex() == _LIST)

    def _show_menu(self, table: QTableView, place: QPoint) -> None:
        menu = QMenu(table)
        ids = self.selected_ids()
        if len(ids) == 1:
            menu.addAction(icon("preview"), "打开这份责任书(&O)\tEnter", lambda: open_agreement(self.desk, ids[0]))
        many = f" {len(ids):,} 份" if len(ids) > 1 else ""
        for words, sign, act in (
            (f"打印{many}…(&P)", "print", self.start_print),
            (f"登记签订{many}…(&S)", "sign", self.start_sign),
        ):
            menu.addAction(icon(sign), words, act).setEnabled(bool(ids))
        menu.addSeparator()
        self_more = QMenu("更多", menu)
        self._fill_more(self_more)
        menu.addMenu(self_more)
        if table is self.table:
            menu.addSeparator()
            menu.addAction("复制选中的行(&C)\tCtrl+C", self.table.copy_rows).setEnabled(bool(ids))
        menu.popup(table.viewport().mapToGlobal(place))

    def _fill_columns(self, menu: QMenu) -> None:
        menu.clear()
        menu.addActions(self.table.column_menu().actions())


def _menu_button(text: str, icon_name: str, tip: str, *, part: str) -> QToolButton:
    button = QToolButton(text=text, popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setIcon(icon(icon_name))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setProperty("part", part)
    button.setAccessibleName(text.split("(&")[0])
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def _units_table(model: StandingTableModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName("单位列表")
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setFont(theme.numbers(table.font()))
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.row_height(table.font()))
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSortIndicatorShown(True)
    header.sectionClicked.connect(lambda column: model.sort(column, header.sortIndicatorOrder()))
    wide = table.fontMetrics().horizontalAdvance("国")
    for column, characters in enumerate((18, 8, 7, 9, 9, 12)):
        table.setColumnWidth(column, wide * characters + 2 * theme.SPACE_3)
    return table
