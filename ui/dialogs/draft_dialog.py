"""Which agreements to draft for a year, and how many that makes, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.domain.agreements import GROUPS, KINDS, calendar_year
from anjian_desktop.errors import UserError
from anjian_desktop.services.agreements import DraftOutcome, DraftRequest, LeftOut, preview_draft
from anjian_desktop.services.office import Office
from anjian_desktop.services.template_shelf import own_templates
from ui import theme
from ui.models.outcome_table import OutcomeRow, OutcomeTableModel
from ui.tasks import run_quiet
from ui.widgets.date_edit import DateEdit
from ui.widgets.outcome_list import OutcomeList
from ui.widgets.quiet_inputs import NumberField, QuietCombo

GROUP_LABELS = {"enterprise": "企业", "village": "村居", "department": "部门"}
_ALL = ""


class DraftDialog(QDialog):
    """`decided` carries the requests to draft, one a group of units."""

    decided = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        office: Office,
        year: int,
        *,
        group: str = _ALL,
        ids: tuple[int, ...] | None = None,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._ids = ids
        self._drafted = 0
        self.setWindowTitle("起草责任书")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        profile = office.profile
        self.year = NumberField("年度", 2000, 2199, year)
        only = ((key, f"只给{label}") for key, label in GROUP_LABELS.items())
        self.group = QuietCombo("给谁起草", ((_ALL, "企业、村居和部门"), *only))
        self.group.choose(group)
        self.deadline = self._day(profile.deadline_in(year), "签订截止日")
        first, last = calendar_year(year)
        self.period_from = self._day(first, "期限起")
        self.period_to = self._day(last, "期限止")
        self.copies = NumberField("每份一式几份", 1, 20, profile.copies)
        own = [one for one in own_templates(office) if one.kind in KINDS]
        self._template_kinds = {one.name: one.kind for one in own}
        self.template = QuietCombo("模板", ((_ALL, "随程序的模板，按类别"), *((one.name, one.name) for one in own)))
        for spin in (self.year, self.copies):
            spin.setFixedWidth(160)
        self._build()
        for signal in (
            self.group.currentIndexChanged, self.template.currentIndexChanged, self.copies.valueChanged,
        ):  # fmt: skip
            signal.connect(lambda *_: self._count())
        for edit in (self.deadline, self.period_from, self.period_to):
            edit.editingFinished.connect(self._count)
            edit.picked.connect(self._count)
        self.year.valueChanged.connect(self._on_year)
        self.draft_button.clicked.connect(self._on_draft)
        self.keep_button.clicked.connect(self.reject)
        self._count()

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_4)
        form.setVerticalSpacing(theme.SPACE_2)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        period = QHBoxLayout()
        period.setSpacing(theme.SPACE_2)
        period.addWidget(self.period_from)
        period.addWidget(QLabel("至"))
        period.addWidget(self.period_to)
        period.addStretch(1)
        form.addRow("年度", self.year)
        form.addRow("给谁起草", self.group)
        if self._template_kinds:
            form.addRow("模板", self.template)
        form.addRow("签订截止日", self.deadline)
        form.addRow("责任期限", period)
        form.addRow("一式几份", self.copies)
        self.group.setVisible(self._ids is None)
        if self._ids is not None:
            form.labelForField(self.group).hide()
        self.summary = QLabel("正在计算…")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.left_out = OutcomeTableModel(("单位", "结果", "原因"), self)
        self.table = OutcomeList(self.left_out, "不起草的单位")
        self.table.hide()
        self.draft_button = QPushButton("起草(&D)")
        self.draft_button.setProperty("part", "primary")
        self.draft_button.setDefault(True)
        self.draft_button.setEnabled(False)
        self.keep_button = QPushButton("不起草(&N)")
        self.keep_button.setAccessibleName("不起草")
        self.keep_button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.draft_button)
        foot.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_4)
        layout.addLayout(form)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.setMinimumWidth(520)

    def _day(self, day: date, name: str) -> DateEdit:
        edit = DateEdit(self._office.today)
        edit.set_day(day)
        edit.setAccessibleName(name)
        edit.setFixedWidth(160)
        return edit

    # -- what was chosen ---------------------------------------------------------------------------------------

    def requests(self) -> list[DraftRequest]:
        """One request a group. Raises UserError when a date cannot be read."""
        days = {}
        for name, edit in (("签订截止日", self.deadline), ("期限起", self.period_from), ("期限止", self.period_to)):
            if (day := edit.day()) is None:
                raise UserError(f"{name}“{edit.text()}”看不懂。", next_step="请写成 2026-03-31。")
            days[name] = day
        base = DraftRequest(
            self.year.value(),
            "",
            ids=self._ids,
            deadline=days["签订截止日"],
            period_from=days["期限起"],
            period_to=days["期限止"],
            copies=self.copies.value(),
        )
        chosen = str(self.group.currentData())
        groups = GROUPS if chosen == _ALL else (chosen,)
        return [replace(base, kind=group, template=self._template_of(group)) for group in groups]

    def _template_of(self, group: str) -> str | None:
        """The chosen template where it is of the group's kind; the other groups keep theirs."""
        name = str(self.template.currentData())
        return name if self._template_kinds.get(name) in GROUPS.get(group, ()) else None

    def _count(self) -> None:
        try:
            requests = self.requests()
        except UserError as problem:
            self._say_problem(problem)
            return
        office = self._office
        run_quiet(
            self,
            lambda: [preview_draft(office, one) for one in requests],
            self._on_counted,
            self._say_problem,
            key="count",
        )

    def _on_counted(self, parts: Sequence[DraftOutcome]) -> None:
        self._drafted = sum(part.drafted for part in parts)
        existing = sum(part.existing for part in parts)
        left_out: list[LeftOut] = [one for part in parts for one in part.left_out]
        each = "、".join(
            f"{GROUP_LABELS.get(part.kind, part.kind)} {part.drafted:,} 份" for part in parts if part.drafted
        )
        said = [f"将起草 {self._drafted:,} 份" + (f"：{each}。" if each and len(parts) > 1 else "。")]
        if existing:
            said.append(f"{existing:,} 家已有这一年的责任书，不重复起草。")
        if left_out:
            said.append(f"{len(left_out):,} 家不起草，原因如下：")
        if not self._drafted and not existing and not left_out:
            said = ["没有可以起草的单位。请先导入名册，或换一类单位。"]
        self.summary.setText("\n".join(said))
        self.summary.setProperty("part", "")
        self.left_out.show([OutcomeRow(one.name, "不起草", one.reason) for one in left_out])
        self.table.setVisible(bool(left_out))
        words = f"起草 {self._drafted:,} 份" if self._drafted else "起草"
        self.draft_button.setText(f"{words}(&D)")
        self.draft_button.setAccessibleName(words)
        self.draft_button.setEnabled(self._drafted > 0)
        if left_out and self.height() < 480:
            self.resize(self.width(), 480)

    def _say_problem(self, error: Exception) -> None:
        self.summary.setText(str(error))
        self.table.hide()
        self.draft_button.setEnabled(False)

    def _on_year(self, year: int) -> None:
        """Dates that still are the old year's defaults follow the year."""
        self.deadline.set_day(self._office.profile.deadline_in(year))
        first, last = calendar_year(year)
        self.period_from.set_day(first)
        self.period_to.set_day(last)
        self._count()

    def _on_draft(self) -> None:
        try:
            requests = self.requests()
        except UserError as problem:
            self._say_problem(problem)
            return
        self.accept()
        self.decided.emit(requests)
