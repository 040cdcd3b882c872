"""挑选学员: who still lacks the level of a class, narrowed by words, or named by a list pasted from Excel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from anjian_desktop.domain.training import LEVEL_LABELS, hours_text
from anjian_desktop.services import browse, enrolment, sessions, training
from anjian_desktop.services.browse import Query
from anjian_desktop.services.enrolment import Named
from anjian_desktop.services.office import Office
from anjian_desktop.services.sessions import Enrolment
from anjian_desktop.services.training import WorkerStanding
from ui import theme
from ui.icons import icon
from ui.models.plain_table import Column, PlainTableModel
from ui.tasks import run_quiet, run_task
from ui.widgets.plain_table import PlainTable
from ui.widgets.quiet_inputs import QuietCombo
from ui.widgets.search_box import SearchBox

_WHO = (("lacking", "还缺这一级的"), ("everyone", "全部在职的"))
_AT_MOST = 20_000
"""Persons read into the list; a class has fewer, and words narrow more."""


class EnrolDialog(QDialog):
    """`enrolled` carries what was done."""

    enrolled = Signal(object)

    def __init__(self, parent: QWidget, office: Office, session_id: int) -> None:
        super().__init__(parent)
        self._office, self._session = office, session_id
        self._people: Sequence[WorkerStanding] = ()
        self.setWindowTitle("挑选学员")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.who = QuietCombo("列出谁", _WHO)
        self.search = SearchBox("姓名、企业、村", "在名单里找")
        self.search.setFixedWidth(240)
        self.paste_button = QPushButton("粘贴名单(&V)")
        self.paste_button.setAccessibleName("粘贴名单")
        self.paste_button.setIcon(icon("add"))
        self.paste_button.setToolTip("先在 Excel 或 WPS 里复制姓名或身份证号（可以连企业名称一起），再点这里")
        self.paste_button.setAutoDefault(False)
        self.said = QLabel("")
        self.said.setProperty("part", "soft")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.table: PlainTable[WorkerStanding] = PlainTable(PlainTableModel(_COLUMNS, self), "可以编入的人")
        self.take_button = QPushButton("编入")
        self.take_button.setProperty("part", "primary")
        self.take_button.setDefault(True)
        self.close_button = QPushButton("不编入(&C)")
        self.close_button.setAccessibleName("不编入")
        self.close_button.setAutoDefault(False)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_2)
        for widget in (self.who, self.search, self.paste_button):
            head.addWidget(widget)
        head.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.take_button)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(head)
        layout.addWidget(self.said)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(880, 560)
        self.who.activated.connect(lambda _: self.load())
        self.search.searched.connect(lambda _: self._narrow())
        self.search.left_downwards.connect(self.table.setFocus)
        self.paste_button.clicked.connect(self.paste)
        self.table.selection_changed.connect(self._say_button)
        self.take_button.clicked.connect(self.enrol)
        self.close_button.clicked.connect(self.reject)
        self.load()

    def load(self) -> None:
        """List those who may be put into the class."""
        office, number, everyone = self._office, self._session, self.who.currentData() == "everyone"

        def read() -> list[WorkerStanding]:
            return training.page(office, enrolment.pickable(office, number, everyone=everyone)[:_AT_MOST])

        run_quiet(self, read, self._show, key="enrol")

    def paste(self) -> None:
        """List the persons that the clipboard names."""
        office, text = self._office, QApplication.clipboard().text()

        def read() -> tuple[Named, list[WorkerStanding]]:
            found = enrolment.named(office, text)
            return found, training.page(office, found.worker_ids)

        run_task(self, "粘贴名单", lambda _step: read(), lambda found: self._show_named(*found))

    def enrol(self) -> None:
        """Put the chosen persons into the class; everybody listed when none is chosen."""
        office, number = self._office, self._session
        ids = [one.id for one in self.table.chosen() or self.table.lines.rows]

        def done(found: Enrolment) -> None:
            self.enrolled.emit(found)
            self.accept()

        if ids:
            run_task(self, "编入学员", lambda _step: sessions.enrol(office, number, ids), done)

    def _show(self, people: Sequence[WorkerStanding]) -> None:
        self._people = people
        self.said.setText("")
        self._narrow()

    def _show_named(self, found: Named, people: Sequence[WorkerStanding]) -> None:
        self.search.set_words("")
        self._people = people
        rows = "；".join(f"第 {one.row} 行：{one.problem}" for one in found.unknown[:5])
        more = f"……共 {len(found.unknown)} 行没有认出" if len(found.unknown) > 5 else ""
        self.said.setText(f"粘贴的名单里认出 {len(people):,} 人。" + (f"▲ {rows}{more}" if rows else ""))
        self._narrow()

    def _narrow(self) -> None:
        words = self.search.words()
        if words:
            # The search index knows pinyin and number tails; units are found by their words.
            named = set(browse.ids(self._office, Query("worker", text=words)))
            shown = [one for one in self._people if one.id in named or words in f"{one.enterprise}\n{one.village}"]
        else:
            shown = list(self._people)
        self.table.lines.show(shown)
        if not self._people and not self.said.text():
            self.said.setText("没有还缺这一级培训的人。要重新培训的，选“全部在职的”。")
        self._say_button()

    def _say_button(self) -> None:
        self.said.setVisible(bool(self.said.text()))
        chosen, listed = len(self.table.chosen()), self.table.lines.rowCount()
        words = f"编入选中的 {chosen:,} 人" if chosen else f"编入列出的 {listed:,} 人"
        self.take_button.setText(f"{words}(&A)")
        self.take_button.setAccessibleName(words)
        self.take_button.setEnabled(bool(listed))


_COLUMNS: Sequence[Column[WorkerStanding]] = (
    Column("姓名", 6, lambda one: one.name),
    Column("企业名称", 18, lambda one: one.enterprise),
    Column("所属村", 7, lambda one: one.village),
    Column("缺的培训", 14, lambda one: "、".join(LEVEL_LABELS[level] for level in one.standing.missing_levels)),
    Column(
        "学时", 8, lambda one: f"{hours_text(one.standing.half_hours)} / {hours_text(one.standing.required)}",
        order=lambda one: one.standing.half_hours - one.standing.required, right=True,
    ),
)  # fmt: skip
