"""培训情况: who lacks which training and by which rule, person by person, enterprise by enterprise, village by village."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from anjian_desktop.domain.rates import show_percent
from anjian_desktop.domain.training import LEVEL_LABELS, hours_text
from anjian_desktop.errors import StoreError
from anjian_desktop.services import browse, training, training_tables
from anjian_desktop.services.browse import Query
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.training import Overview, UnitCoverage, WorkerStanding
from ui import messages, theme
from ui.icons import icon
from ui.models.plain_table import Column, PlainTableModel
from ui.models.standing_rows import StandingRows
from ui.navigation import Frame, Page, PageHead
from ui.pages.actions.print_list import offer_print
from ui.tasks import run_quiet, run_task
from ui.widgets.empty_state import EmptyState
from ui.widgets.figures import FigureBar
from ui.widgets.plain_table import PlainTable
from ui.widgets.quiet_inputs import QuietCombo
from ui.widgets.search_box import SearchBox

_VIEWS = {"worker": "按人", "enterprise": "按企业", "village": "按村居"}
_FIGURES = {"lacks": "还缺培训", "errors": "登记有问题", "uncertified": "特种作业无证", "everyone": "在职人员"}
_NOBODY = {
    "lacks": "没有人缺培训",
    "errors": "没有登记得有问题的",
    "uncertified": "从事特种作业的都有证",
    "everyone": "没有在职人员",
}
_SORTED_AT_MOST = 50_000
_ODD = frozenset({"T7", "T9", "T16"})
_OF_INTEREST = frozenset({"worker", "training_session", "training_record", "certificate", "enterprise", "office"})


class TrainingPage(Page):
    """One list at a time; a figure narrows it to the persons behind it."""

    title = "培训情况"
    nav_key = "training_status"
    icon_name = "done"

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self._found: Overview | None = None
        self._figure = "lacks"
        self.view = QuietCombo("看法", tuple(_VIEWS.items()))
        self.view.activated.connect(lambda _: self._show())
        self.search = SearchBox("姓名、企业、村", "在培训情况里找")
        self.search.setFixedWidth(220)
        self.search.searched.connect(lambda _: self._show())
        self.search.left_downwards.connect(lambda: self._table().setFocus())
        self.export_button = self._button("导出名单(&E)", "export", self._ask_export)
        self.session_button = self._button("登记培训(&T)", "add", lambda: self.frame.start("training_session", "new"))
        head = PageHead(self.title)
        head.add_left(self.view)
        head.add_left(self.search)
        for button in (self.export_button, self.session_button):
            head.add_action(button)
        self.figures = FigureBar(_FIGURES)
        self.figures.mark(self._figure)
        self.figures.chosen.connect(self._on_figure)
        self.rates = QLabel("")
        self.rates.setProperty("part", "soft")
        self.rates.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, theme.SPACE_2)
        self.people: PlainTable[WorkerStanding] = PlainTable(PlainTableModel(_PEOPLE, self), "人员培训情况")
        self.units: PlainTable[UnitCoverage] = PlainTable(PlainTableModel(_UNITS, self), "单位培训情况")
        self.people.opened.connect(lambda one: self.frame.open_row("worker", one.id))
        self.units.opened.connect(self._open_unit)
        for table in (self.people, self.units):
            table.selection_changed.connect(self._show_counts)
        offer_print(self, (self.people, self.units), lambda: self._table().accessibleName())
        self.empty = EmptyState(
            "还没有从业人员",
            "先导入人员名单和培训记录，再看谁缺哪一级培训、缺多少学时。",
            (("去导入从业人员(&I)", lambda: self.frame.start("worker", "import")),),
        )
        self.nothing = EmptyState("", "", (("显示全部(&A)", self._show_all),), icon_name="check")
        self.stack = QStackedWidget()
        for part in (self.people, self.units, self.empty, self.nothing):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.figures)
        layout.addWidget(self.rates)
        layout.addWidget(self.stack, 1)

    def _button(self, label: str, icon_name: str, run: object) -> QPushButton:
        button = QPushButton(label)
        button.setAccessibleName(label.split("(&")[0])
        button.setIcon(icon(icon_name))
        button.clicked.connect(run)
        return button

    # -- showing -----------------------------------------------------------------------------------------------------

    def refresh(self, change: Change | None = None) -> None:
        if change is not None and not change.kinds & _OF_INTEREST:
            return
        office = self.office

        def count() -> Overview:
            with suppress(StoreError):  # another program is writing: reading works everybody out then
                training.bring_up_to_date(office)
            return training.overview(office)

        run_quiet(self, count, self._on_counted, key="training")

    def focus_search(self) -> bool:
        self.search.setFocus()
        return True

    def counts(self) -> str:
        table = self._table()
        chosen = len(table.chosen())
        told = f"{table.lines.rowCount():,} {'家' if table is self.units else '人'}"
        return f"{told}，选中 {chosen:,}" if chosen else told

    def _table(self) -> PlainTable[WorkerStanding] | PlainTable[UnitCoverage]:
        return self.people if self.view.currentData() == "worker" else self.units

    def _on_counted(self, found: Overview) -> None:
        self._found = found
        total = found.total
        late = {"lacks": "due", "errors": "late", "uncertified": "late", "everyone": ""}
        for key, figure in self.figures.figures.items():
            number = found.figures[key]
            figure.show_number(f"{number:,}", late[key] if number else "ok" if key != "everyone" else "")
        self.rates.setText(
            f"全员培训率 {show_percent(total.full_coverage)}（{total.complete:,}/{total.active:,}）　"
            f"特种作业持证率 {show_percent(total.certified_rate)}（{total.certified:,}/{total.special:,}）　"
            f"按{found.profile}的规定，截至 {found.as_of}"
        )
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        words = self.search.words()
        view = self.view.currentData()
        if not self._found.total.active:
            self.stack.setCurrentWidget(self.empty)
        elif view == "worker":
            self.people.lines.show(StandingRows(self.office, self._ids(words)))
            # Sorting by what a row says means reading every row.
            self.people.horizontalHeader().setSectionsClickable(self.people.lines.rowCount() <= _SORTED_AT_MOST)
            self.stack.setCurrentWidget(self.people)
        else:
            units = self._found.enterprises if view == "enterprise" else self._found.villages
            self.units.lines.show([one for one in units if words in f"{one.name}\n{one.village}"])
            self.stack.setCurrentWidget(self.units)
        if self._found.total.active and not self._table().lines.rowCount():
            self.nothing.title.setText("没有符合条件的人或单位" if words else _NOBODY[self._figure])
            self.nothing.text.setText(
                "换个词，或者显示全部。" if words else "这是按今天的登记算出来的，登记一变就重新算。"
            )
            self.stack.setCurrentWidget(self.nothing)
        self.export_button.setEnabled(self._found.total.active > 0)
        self._show_counts()

    def _show_all(self) -> None:
        """Take the words and the figure away."""
        self.search.set_words("")
        self._on_figure("")

    def _ids(self, words: str) -> list[int]:
        """The persons behind the chosen figure whom the words name: themselves, their unit or their village."""
        everybody = training.people(self.office, self._figure)
        if not words or self._found is None:
            return everybody
        # The search index knows pinyin and number tails; units are found by their words.
        named = set(browse.ids(self.office, Query("worker", text=words)))
        units = [
            one.id for one in self._found.enterprises if words in f"{one.name}\n{one.village}" and one.id is not None
        ]
        if units:
            named.update(training.people(self.office, self._figure, enterprises=units))
        return [one for one in everybody if one in named]

    def _show_counts(self) -> None:
        self.frame.show_counts(self.counts())

    def _on_figure(self, key: str) -> None:
        self._figure = key or "everyone"
        self.figures.mark(self._figure)
        self.view.choose("worker")
        self._show()

    def _open_unit(self, unit: UnitCoverage) -> None:
        """The persons of that unit who lack something."""
        self.search.set_words(unit.name)
        self._on_figure("lacks" if unit.coverage.complete < unit.coverage.active else "everyone")

    # -- acts --------------------------------------------------------------------------------------------------------

    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "导出名单", f"培训情况 {self.office.today}.xlsx", "Excel 工作簿 (*.xlsx)"
        )
        if name:
            self.export(Path(name))

    def export(self, file: Path) -> None:
        """Write what the list shows, as it shows it."""
        table = self._table()
        rows = self.people.lines.rows
        # Read on the task's own thread, so not through the rows on the screen.
        people = (
            (StandingRows(self.office, rows.ids) if isinstance(rows, StandingRows) else rows)
            if table is self.people
            else None
        )
        units = self.units.lines.rows if table is self.units else None
        run_task(
            self,
            "导出名单",
            lambda _: training_tables.export_status(file, people=people, units=units),
            lambda done: messages.toast(self, f"已导出 {done.rows:,} 行到“{done.file.name}”。"),
        )


def _is_odd(one: WorkerStanding) -> bool:
    """Something entered cannot be true, or should be asked about: hours of a day, order of levels, equal marks."""
    return any(problem.rule in _ODD for problem in one.standing.problems)


def _missing(one: WorkerStanding) -> str:
    return "、".join(LEVEL_LABELS[level] for level in one.standing.missing_levels)


def _tone(one: WorkerStanding) -> str:
    if _is_odd(one):
        return "late"
    return "due" if one.standing.lacks else "ok"


def _state(one: WorkerStanding) -> str:
    tone = _tone(one)
    if tone == "ok":
        return "齐全"
    return "登记有问题" if tone == "late" else "还缺培训"


def _why(one: WorkerStanding) -> str:
    rules = [f"{LEVEL_LABELS[task.level]}（{task.rule}）" for task in one.standing.tasks]
    told = [problem.text for problem in one.standing.problems]
    return "；".join([*told, f"要做：{'、'.join(rules)}" if rules else ""]).strip("；")


def _rate_tone(rate: float | None) -> str:
    return "off" if rate is None else "ok" if rate >= 100 else "due" if rate >= 80 else "late"


_PEOPLE: Sequence[Column[WorkerStanding]] = (
    Column("姓名", 6, lambda one: one.name),
    Column("企业名称", 16, lambda one: one.enterprise),
    Column("所属村", 6, lambda one: one.village),
    Column("情况", 7, _state, tone=_tone),
    Column("缺的培训", 14, _missing),
    Column(
        "学时", 8, lambda one: f"{hours_text(one.standing.half_hours)} / {hours_text(one.standing.required)}",
        order=lambda one: one.standing.half_hours - one.standing.required, right=True,
    ),
    Column("最早完成", 7, lambda one: str(one.standing.earliest_finish or ""), order=lambda one: one.standing.earliest_finish),
    Column("原因", 30, _why),
)  # fmt: skip

_UNITS: Sequence[Column[UnitCoverage]] = (
    Column("单位名称", 18, lambda one: one.name),
    Column("所属村", 8, lambda one: one.village),
    Column("在职", 5, lambda one: f"{one.coverage.active:,}", order=lambda one: one.coverage.active, right=True),
    Column("培训齐全", 6, lambda one: f"{one.coverage.complete:,}", order=lambda one: one.coverage.complete, right=True),
    Column(
        "全员培训率", 8, lambda one: show_percent(one.coverage.full_coverage),
        order=lambda one: one.coverage.full_coverage, tone=lambda one: _rate_tone(one.coverage.full_coverage),
    ),
    Column("特种作业", 6, lambda one: f"{one.coverage.special:,}", order=lambda one: one.coverage.special, right=True),
    Column(
        "持证率", 8, lambda one: show_percent(one.coverage.certified_rate),
        order=lambda one: one.coverage.certified_rate, tone=lambda one: _rate_tone(one.coverage.certified_rate),
    ),
)  # fmt: skip
