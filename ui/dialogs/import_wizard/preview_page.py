"""Third page: the sheet as it came and what would happen to every row; bad cells are corrected here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.services import browse, rosters
from anjian_desktop.services.office import Office
from ui import messages, theme
from ui.dialogs.import_wizard.cell_editing import CellDelegate
from ui.dialogs.import_wizard.field_popup import FieldPopup
from ui.dialogs.import_wizard.flow import CellCorrection, ImportFlow, problem_rows
from ui.dialogs.import_wizard.sentences import preview_sentences
from ui.dialogs.import_wizard.sheet_grid import SheetGrid
from ui.keys import bind
from ui.models.plan_table import PlanTableModel

_HINT = "双击或按 F2 改这一格，回车到下一处问题；点标题可以换对应的项目。"
_OFFERED = 2_000


class PreviewPage(QWidget):
    """`judged` after a cell was corrected; `mapped` after a heading was given another meaning; `undo_asked` by Ctrl+Z."""

    judged = Signal()
    mapped = Signal()
    undo_asked = Signal()

    def __init__(self, flow: ImportFlow, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow, self._office = flow, office
        self._words: dict[str, Sequence[str]] = {}
        self._place: tuple[str, int, int, int] | None = None
        self.first = QLabel("")
        self.first.setTextFormat(Qt.TextFormat.PlainText)
        font = self.first.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.first.setFont(font)
        self.rest = QLabel("")
        self.rest.setProperty("part", "soft")
        self.rest.setTextFormat(Qt.TextFormat.PlainText)
        self.rest.setWordWrap(True)
        self.only_problems = QCheckBox("只看有问题的(&W)")
        self.only_problems.setAccessibleName("只看有问题的行")
        self.last_button = self._walker("上一处(&K)", "到上一处问题（Shift+F3）")
        self.next_button = self._walker("下一处(&J)", "到下一处问题（F3）")
        self.model = PlanTableModel((), self)
        self.model.correct = self._on_corrected
        self.table = SheetGrid(self.model)
        self.table.setItemDelegate(CellDelegate(self._words_for, self.table))
        self.problem = QLabel(_HINT)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.popup: FieldPopup | None = None
        self._build()
        self.only_problems.toggled.connect(self._on_only_problems)
        self.last_button.clicked.connect(lambda: self.walk(-1))
        self.next_button.clicked.connect(lambda: self.walk(1))
        self.table.walk_asked.connect(self.walk)
        self.table.undo_asked.connect(self.undo_asked)
        self.table.meaning_asked.connect(self._ask_meaning)
        self.table.selectionModel().currentChanged.connect(self._on_cell)
        bind(self, "F3", lambda: self.walk(1))
        bind(self, "Shift+F3", lambda: self.walk(-1))

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE_2)
        bar.addWidget(self.first, 1)
        for widget in (self.only_problems, self.last_button, self.next_button):
            bar.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_2)
        layout.addLayout(bar)
        layout.addWidget(self.rest)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.problem)

    def _walker(self, words: str, tip: str) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words.split("(&")[0] + "问题")
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    # -- showing -----------------------------------------------------------------------------------------------

    def show_plan(self, *, keep: bool = False) -> None:
        """Show what is planned now; `keep` stays at the same row and with the same rows in sight."""
        flow = self._flow
        if flow.plan is None:
            return
        place = self._here() if keep else None
        self.say_counts()
        if not keep:
            self._words = {}
            self.only_problems.setChecked(False)
        self.model.use_fields(rosters.import_fields(flow.kind))
        self.model.show(flow.plan.plan, flow.corrected)
        self._hide_reasons()
        self.table.set_widths()
        self._say_cell()
        if place is not None:
            self._return_to(*place)

    def say_counts(self) -> None:
        """Tell the counts as they are after the last correction."""
        said = preview_sentences(self._flow)
        self.first.setText(said[0])
        self.rest.setText("\n".join(said[1:]))
        self.rest.setVisible(len(said) > 1)
        many = len(problem_rows(self._flow.plan)) if self._flow.plan else 0
        self.only_problems.setText(f"只看有问题的 {many:,} 行(&W)" if many else "只看有问题的(&W)")
        self.only_problems.setEnabled(many > 0 or self.only_problems.isChecked())
        for button in (self.last_button, self.next_button):
            button.setEnabled(many > 0)

    def go_to(self, sheet: str, number: int, key: str) -> bool:
        """Put the cursor on a cell of the file; False when its row is not in sight."""
        row = self.model.place_of(sheet, number)
        if row < 0:
            return False
        self.table.go_to(row, self.model.column_of(key))
        return True

    def walk(self, step: int) -> None:
        """To the next or the last problem."""
        current = self.table.currentIndex()
        at = (current.row(), current.column()) if current.isValid() else (0, -1)
        if found := self.model.next_problem(*at, step):
            self.table.go_to(*found)

    def _here(self) -> tuple[str, int, int, int] | None:
        current = self.table.currentIndex()
        if not current.isValid() or current.row() >= self.model.rowCount():
            return None
        row = self.model.row_plan(current.row())
        return row.sheet, row.number, current.column(), self.table.horizontalScrollBar().value()

    def _return_to(self, sheet: str, number: int, section: int, sideways: int) -> None:
        row = self.model.place_of(sheet, number)
        if row >= 0:
            self.table.go_to(row, min(section, self.model.columnCount() - 1))
            self.table.horizontalScrollBar().setValue(sideways)

    def _hide_reasons(self) -> None:
        # With every row in sight the reasons would only push the sheet aside; the line below tells them too.
        self.table.setColumnHidden(0, not self.only_problems.isChecked())

    def _on_only_problems(self, only: bool) -> None:
        place = self._here()
        self.model.show_only_problems(only)
        self._hide_reasons()
        self._say_cell()
        if place is not None:
            self._return_to(*place)

    def _on_cell(self, current: QModelIndex) -> None:
        self._say_cell(current)

    def _say_cell(self, current: QModelIndex | None = None) -> None:
        current = current if current is not None else self.table.currentIndex()
        row = self.model.row_plan(current.row()) if current.isValid() else None
        told = [f"{one.column}：{one.problem}" for one in (*row.problems, *row.warnings)] if row else []
        said = f"第 {row.number} 行　{'；'.join(told)}" if row is not None and told else _HINT
        part = "soft" if not told else "problem" if row is not None and row.problems else "due"
        self.problem.setText(said)
        if self.problem.property("part") != part:
            self.problem.setProperty("part", part)
            self.problem.style().unpolish(self.problem)
            self.problem.style().polish(self.problem)

    # -- correcting --------------------------------------------------------------------------------------------

    def _on_corrected(self, sheet: str, row: int, key: str, text: str) -> None:
        try:
            self._flow.correct(self._office, CellCorrection(sheet, row, key, text))
        except UserError as error:
            messages.toast(self, error.message)
            return
        self.model.plan_changed(self._flow.corrected)
        self.say_counts()
        self._say_cell()
        self.judged.emit()

    def _words_for(self, one: Field) -> Sequence[str]:
        """What may stand in a cell: the choices of a field, the names a link may have."""
        if one.link:
            if one.link not in self._words:
                self._words[one.link] = browse.link_names(self._office, one.link, limit=_OFFERED)
            return self._words[one.link]
        if one.kind in (Kind.CHOICE, Kind.YES_NO):
            return [one.choice_labels.get(code, code) for code in one.choices] or ["是", "否"]
        return ()

    def _ask_meaning(self, section: int) -> None:
        one = self.model.column(section)
        if one is None or not one.heading:
            return
        fields = list(rosters.import_fields(self._flow.kind))
        shown = (self.model.column(n) for n in range(self.model.columnCount()))
        taken = {each.field.key: each.heading for each in shown if each is not None and each.field is not None}
        self.popup = FieldPopup(one.heading, fields, one.field.key if one.field else "", taken, self.table)
        self.popup.chosen.connect(lambda key: self._on_meaning(one.heading, key))
        self.popup.show_under(self.table.heading_row.corner_under(section))
        self.popup.words.setFocus()

    def _on_meaning(self, heading: str, key: str) -> None:
        self._flow.map_heading(heading, key)
        self.mapped.emit()
