"""One class: who takes part, the grid of marks, and its papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.domain.rates import show_percent
from anjian_desktop.services import scan_sets, sessions, training_papers
from anjian_desktop.services.list_imports import ListImport
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.progress import Step
from anjian_desktop.services.scan_sets import FiledSet
from anjian_desktop.services.sessions import Enrolment, Participant, SessionSummary
from anjian_desktop.services.training_papers import PaperPrint
from ui import messages, theme
from ui.dialogs import certificate_acts
from ui.dialogs.enrol_dialog import EnrolDialog
from ui.dialogs.paper_result import show_paper
from ui.dialogs.preview_dialog import PreviewDialog
from ui.icons import icon
from ui.keys import bind
from ui.memory import WindowMemory
from ui.models.marks_table import MARK, MarksTableModel
from ui.tasks import run_quiet, run_task
from ui.widgets.marks_table import MarksTable


class SessionDialog(QDialog):
    """`changed` carries what was written."""

    changed = Signal(object)

    def __init__(self, parent: QWidget, office: Office, session_id: int, memory: WindowMemory | None = None) -> None:
        super().__init__(parent)
        self._memory = memory
        self.office = office
        self.session_id = session_id
        self.setWindowTitle("学员和成绩")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.head = QLabel("")
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.head.setWordWrap(True)
        self.marks = MarksTableModel(office.profile.pass_mark, self)
        self.table = MarksTable(self.marks)
        self.hint = QLabel("")
        self.hint.setProperty("part", "soft")
        self.pick_button = self._button("挑选学员(&K)…", "add", self.ask_pick)
        self.pick_button.setToolTip("按企业、村、姓名筛选，或从 Excel 粘贴名单；已经培训过的不在里面")
        self.enrol_button = self._button("编入还缺的人(&A)", "add", self.enrol_missing)
        self.enrol_button.setToolTip("这家企业（没写企业时全镇）还缺这一级培训的人；已经培训过的不再编入")
        self.import_button = self._button("导入成绩(&I)…", "import", self._ask_import)
        self.sign_in_button = self._button(
            "签到表(&Q)…", "print", lambda: self._ask_folder("签到表", self.print_sign_in)
        )
        self.scores_button = self._button("成绩单(&R)…", "print", lambda: self._ask_folder("成绩单", self.print_scores))
        self.cards_button = self._button("登记卡(&T)…", "print", lambda: self._ask_folder("登记卡", self.print_cards))
        self.cards_button.setToolTip("每人一张三级安全教育登记卡，双面；签名处留空，由本人手写")
        self.issue_button = self._button("发合格证(&Z)…", "sign", self._ask_issue)
        self.scan_button = self._button("签到表扫描件(&G)", "search", self.show_scan)
        self.scan_button.hide()
        self.save_button = self._button("保存成绩(&S)", "", self.save)
        self.save_button.setProperty("part", "primary")
        self.close_button = self._button("关闭(&C)", "", self.close)
        acts = QHBoxLayout()
        acts.setSpacing(theme.SPACE_2)
        for button in (
            self.enrol_button,
            self.pick_button,
            self.import_button,
            self.sign_in_button,
            self.scores_button,
            self.cards_button,
            self.issue_button,
        ):
            acts.addWidget(button)
        acts.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.scan_button)
        foot.addWidget(self.save_button)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self.head)
        layout.addLayout(acts)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(960, 600)
        self.marks.typed_changed.connect(self._on_typed)
        bind(self, "Ctrl+S", self.save)
        self.load()

    def _button(self, label: str, icon_name: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(label)
        button.setAccessibleName(label.split("(&")[0])
        button.setAutoDefault(False)
        if icon_name:
            button.setIcon(icon(icon_name))
        button.clicked.connect(lambda _=False: run())
        return button

    # -- showing -----------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Show the class as it is stored."""
        office, number = self.office, self.session_id
        run_quiet(
            self,
            lambda: (
                sessions.summary(office, number),
                sessions.participants(office, number),
                scan_sets.filed(office, scan_sets.SESSION, number),
            ),
            lambda found: self._show(*found),
            key="session",
        )

    def _show(self, summary: SessionSummary, people: list[Participant], scan: FiledSet | None) -> None:
        self.marks.show(people)
        self.scan_button.setVisible(scan is not None)
        if scan is not None:
            lacking = "、".join(map(str, scan.missing_pages))
            words = f"签到表扫描件（缺第 {lacking} 页）" if lacking else f"签到表扫描件（{scan.pages} 页）"
            self.scan_button.setText(f"{words}(&G)")
            self.scan_button.setAccessibleName(words)
        told = (
            f"{summary.name}：应到 {summary.invited} 人，实到 {summary.attended} 人，合格 {summary.passed} 人，"
            f"合格率 {show_percent(summary.pass_rate)}"
        )
        problems = "；".join(one.text for one in summary.problems)
        self.head.setText(f"{told}\n▲ {problems}" if problems else told)
        for button in (self.sign_in_button, self.scores_button, self.cards_button, self.issue_button):
            button.setEnabled(bool(people))
        if people:
            self.table.setCurrentIndex(self.marks.index(0, MARK))
            self.table.setFocus()
        else:
            self.enrol_button.setFocus()

    def _on_typed(self) -> None:
        count, wrong = len(self.marks.typed()), self.marks.wrong
        self.setWindowTitle("学员和成绩 *" if count else "学员和成绩")
        self.save_button.setEnabled(count > 0 and not wrong)
        if wrong:
            self.hint.setText(f"▲ {wrong} 处不是成绩，改好才能保存")
        elif count:
            self.hint.setText(f"改了 {count} 人，还没有保存")
        elif not self.marks.people:
            self.hint.setText("还没有学员：先“编入还缺的人”，或从 Excel 导入成绩")
        else:
            self.hint.setText("写分数，或 合格、不合格、缺考；回车到下一人。补考的改成新成绩，原来的在修改记录里")

    # -- acts --------------------------------------------------------------------------------------------------------

    def enrol_missing(self) -> None:
        """Put everybody into the class who lacks its level."""
        office, number = self.office, self.session_id

        def done(found: Enrolment) -> None:
            self.changed.emit(found.change)
            messages.toast(self, f"编入 {len(found.added):,} 人。" if found.added else "没有还缺这一级培训的人。")
            self.load()

        run_task(
            self, "编入还缺的人", lambda _: sessions.enrol(office, number, sessions.candidates(office, number)), done
        )

    def ask_pick(self) -> None:
        """Choose who takes part."""
        if self.marks.typed():
            messages.toast(self, "成绩还没有保存，请先保存。")
            return
        dialog = EnrolDialog(self, self.office, self.session_id)
        dialog.enrolled.connect(self._picked)
        dialog.show()

    def _picked(self, found: Enrolment) -> None:
        self.changed.emit(found.change)
        messages.toast(self, f"编入 {len(found.added):,} 人。")
        self.load()

    def save(self) -> None:
        """Store what was typed."""
        typed = self.marks.typed()
        if not typed or self.marks.wrong:
            return
        office, number = self.office, self.session_id

        def done(change: Change) -> None:
            self.changed.emit(change)
            messages.toast(self, f"已登记 {len(typed):,} 人的成绩。")
            self.load()

        run_task(self, "保存成绩", lambda _: sessions.set_marks(office, number, typed), done)

    def _ask_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择成绩表", "", "Excel (*.xlsx *.xls *.csv)")
        if name:
            self.import_marks(Path(name))

    def import_marks(self, file: Path) -> None:
        """Marks from a workbook; who is not yet in the class is put into it."""
        office, number = self.office, self.session_id

        def done(found: ListImport) -> None:
            self.changed.emit(found.change)
            counts = found.counts
            refused = [one for one in found.plan.rows if one.problems]
            told = (
                f"导入成绩：新编入 {counts['new']:,} 人，更新 {counts['updated']:,} 人，"
                f"不变 {counts['same']:,} 人，拒收 {counts['refused']:,} 行。"
            )
            first = refused[0].problems[0] if refused else None
            where = f"第一处：第 {first.row} 行 {first.column} {first.problem}" if first else ""
            messages.say(self, told, where) if refused else messages.toast(self, told)
            self.load()

        run_task(self, "导入成绩", lambda step: sessions.import_marks(office, number, file, step=step), done)

    def _ask_folder(self, name: str, make: Callable[[Path], None]) -> None:
        if self.marks.typed():
            messages.toast(self, "成绩还没有保存，请先保存。")
            return
        if folder := QFileDialog.getExistingDirectory(self, f"{name}存到哪个文件夹"):
            make(Path(folder))

    def print_sign_in(self, folder: Path) -> None:
        """The list everybody signs."""
        office, number = self.office, self.session_id
        self._make("签到表", lambda _: training_papers.print_sign_in(office, number, folder))

    def print_scores(self, folder: Path) -> None:
        """Marks, results and the summary."""
        office, number = self.office, self.session_id
        self._make("成绩单", lambda _: training_papers.print_scores(office, number, folder))

    def print_cards(self, folder: Path) -> None:
        """The registration card of everybody in the class."""
        office, workers = self.office, [one.worker_id for one in self.marks.people]
        self._make("登记卡", lambda step: training_papers.print_cards(office, workers, folder, step=step))

    def _make(self, name: str, work: Callable[[Step], PaperPrint]) -> None:
        run_task(self, name, work, lambda done: show_paper(self, name, done))

    def show_scan(self) -> None:
        """The signed sheet as it was filed."""
        office, number = self.office, self.session_id
        title = self.scan_button.accessibleName()
        PreviewDialog(self, title, lambda: scan_sets.scan_pdf(office, scan_sets.SESSION, number)).show()

    def _ask_issue(self) -> None:
        certificate_acts.ask_issue(self, self.office, self.session_id, self._issued, self._memory)

    def _issued(self, change: Change) -> None:
        self.changed.emit(change)
        self.load()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.marks.typed() and not self._may_lose():
            event.ignore()
        else:
            event.accept()  # the dialog's own handler would call reject, which comes back here

    def reject(self) -> None:
        self.close()

    def _may_lose(self) -> bool:
        count = len(self.marks.typed())
        answer = messages.choose(
            self,
            f"{count} 人的成绩还没有保存。",
            (("save", "保存"), ("drop", "不保存"), ("stay", "继续填写")),
            safe="stay",
        )
        if answer == "save":
            self.save()
            return False
        return answer == "drop"
