"""奖状 from the window: for chosen units or persons, print on stock, void, replace, the page as it was printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.ledgers.commendation import AWARDS
from anjian_desktop.services import commendations
from anjian_desktop.services.commendations import CommendationPrint
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import ActOutcome, Change
from anjian_desktop.services.progress import Step
from ui import messages, theme
from ui.dialogs.certificate_acts import AskDialog
from ui.dialogs.commendation_print_dialog import CommendationPrintDialog
from ui.dialogs.paper_print_dialog import Target
from ui.dialogs.paper_result import spooled, tell_printed
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.result_dialog import ResultAction, ResultDialog
from ui.memory import WindowMemory
from ui.models.outcome_table import OutcomeRow
from ui.printing.backend import PrintBackend
from ui.printing.printers import system_backend
from ui.printing.spool import SpoolOutcome, send
from ui.tasks import run_task
from ui.widgets.labels import soft_label
from ui.widgets.quiet_inputs import NumberField, QuietCombo

Done = Callable[[Change], None]


class CommendDialog(QDialog):
    """`decided` carries (award, wording, year)."""

    decided = Signal(str, str, int)

    def __init__(self, parent: QWidget, office: Office, count: int, counter: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("表彰")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.award = QuietCombo("荣誉称号", [(one, one) for one in AWARDS])
        self.award.setEditable(True)
        self.award.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.year = NumberField("年度", 2000, office.today.year + 1, office.today.year)
        self.wording = QLineEdit()
        self.wording.setAccessibleName("表彰内容")
        self.wording.setMaxLength(200)
        form = QGridLayout()
        form.setHorizontalSpacing(theme.SPACE_3)
        form.setVerticalSpacing(theme.SPACE_3)
        for row, (label, field) in enumerate(
            (("荣誉称号", self.award), ("年度", self.year), ("表彰内容", self.wording))
        ):
            form.addWidget(QLabel(label), row, 0)
            form.addWidget(field, row, 1)
        form.setColumnStretch(1, 1)
        self.act_button = QPushButton(f"起草 {count:,} 张奖状(&A)")
        self.act_button.setProperty("part", "primary")
        self.act_button.setDefault(True)
        self.keep_button = QPushButton("不起草(&N)")
        self.keep_button.setAutoDefault(False)
        for button in (self.act_button, self.keep_button):
            button.setAccessibleName(button.text().split("(&")[0])
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.act_button)
        foot.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(QLabel(f"给选中的 {count:,} {counter}各起草一张奖状，打印时取编号。"))
        layout.addLayout(form)
        layout.addWidget(soft_label("已经有同一年度同一称号的单位不再起草。"))
        layout.addLayout(foot)
        self.setMinimumWidth(520)
        self.year.valueChanged.connect(lambda _: self._follow())
        self.award.editTextChanged.connect(lambda _: self._follow())
        self.act_button.clicked.connect(self._on_act)
        self.keep_button.clicked.connect(self.reject)
        self._follow()

    def _follow(self) -> None:
        self.wording.setPlaceholderText(f"空着时写：在{self.year.value()}年度安全生产工作中成绩突出，被评为")
        self.act_button.setEnabled(bool(self.award.currentText().strip()))

    def _on_act(self) -> None:
        said = (self.award.currentText().strip(), self.wording.text().strip(), self.year.value())
        self.accept()
        self.decided.emit(*said)


def ask_commend(
    parent: QWidget,
    office: Office,
    ledger_key: str,
    counter: str,
    ids: Sequence[int],
    done: Done,
    *,
    memory: WindowMemory,
    backend: PrintBackend | None = None,
) -> CommendDialog:
    """Ask for what, draft one for each, then offer to print."""
    dialog = CommendDialog(parent, office, len(ids), counter)

    def act(award: str, wording: str, year: int) -> None:
        run_task(
            parent,
            "起草奖状",
            lambda _: commendations.draft(office, ledger_key, ids, award=award, wording=wording, year=year),
            lambda outcome: _drafted(parent, office, outcome, done, memory, backend),
        )

    dialog.decided.connect(act)
    dialog.show()
    return dialog


def _drafted(
    parent: QWidget, office: Office, outcome: ActOutcome, done: Done, memory: WindowMemory, backend: PrintBackend | None
) -> None:
    done(outcome.change)
    said = [f"起草了 {len(outcome.done):,} 张奖状。"]
    rows = [OutcomeRow(one.item, "没有起草", one.problem, "due") for one in outcome.refused]
    actions = []
    if outcome.done:
        actions = [
            ResultAction(
                "打印…(&P)",
                lambda: _ignore(ask_print(parent, office, outcome.done, done, memory=memory, backend=backend)),
                primary=True,
                closes=True,
            )
        ]
    ResultDialog(parent, "起草奖状", said, rows, actions, headings=("单位或个人", "结果", "原因")).show()


def ask_print(
    parent: QWidget,
    office: Office,
    ids: Sequence[int],
    done: Done,
    *,
    memory: WindowMemory,
    backend: PrintBackend | None = None,
) -> CommendationPrintDialog:
    """Ask how far the words are moved and where to, then print."""
    to = backend or system_backend()
    dialog = CommendationPrintDialog(parent, office, ids, memory=memory, backend=to)
    dialog.decided.connect(lambda target: print_commendations(parent, office, ids, target, dialog.offset, done, to))
    dialog.trial_button.clicked.connect(lambda: _try(dialog, office, to))
    dialog.show()
    return dialog


def print_commendations(
    parent: QWidget,
    office: Office,
    ids: Sequence[int],
    target: Target,
    offset: tuple[int, int],
    done: Done,
    backend: PrintBackend,
) -> None:
    """Number the drafts, write one PDF, send it to the printer when one was chosen."""
    # What goes to a printer is moved on the way there, not twice.
    moved = (0, 0) if target.printer is not None else offset

    def work(step: Step) -> tuple[CommendationPrint, SpoolOutcome | None]:
        made = commendations.print_commendations(office, ids, target.folder, offset=moved, step=step)
        return made, spooled(backend, made.files, target, step)

    def told(result: tuple[CommendationPrint, SpoolOutcome | None]) -> None:
        made, sent = result
        done(made.change)
        again = f"，其中补发重印 {made.reprinted:,} 张" if made.reprinted else ""
        tell_printed(parent, "打印奖状", f"{made.pages:,} 张奖状{again}。", made.files, made.failed, target, sent)

    run_task(parent, "打印奖状", work, told)


def _try(dialog: CommendationPrintDialog, office: Office, backend: PrintBackend) -> None:
    """One sheet of plain paper to hold against the stock."""
    printer, choices, ids = dialog.where.chosen(), dialog.choices(), dialog.ready
    if printer is None:
        return
    dialog.keep_offset()

    def work(step: Step) -> SpoolOutcome:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "奖状试印.pdf"
            file.write_bytes(commendations.trial_page(office, ids))
            return send(backend, [file], printer, choices, step=step)

    def told(sent: SpoolOutcome) -> None:
        if sent.failed:
            messages.say(dialog, sent.failed[0][1], tone="warning")
        elif sent.sent:
            messages.toast(dialog, "试印的一张已送到打印机，没有取编号。")

    run_task(dialog, "试印", work, told)


def ask_void(parent: QWidget, office: Office, ids: Sequence[int], done: Done) -> AskDialog:
    """Ask why, then make these void."""
    dialog = AskDialog(
        parent, "作废奖状", f"作废 {len(ids):,} 张奖状，编号不再使用。", "作废原因", "作废(&V)", "不作废(&N)"
    )
    dialog.decided.connect(
        lambda reason: run_task(parent, "作废奖状", lambda _: commendations.void(office, ids, reason=reason), done)
    )
    dialog.show()
    return dialog


def ask_reissue(
    parent: QWidget, office: Office, commendation_id: int, done: Done, show_row: Callable[[int], None]
) -> AskDialog:
    """Ask why, then draft another in its place; the draft is opened to be mended."""
    said = "另起一张草稿，打印时取新编号；原来这一张不再有效。"
    dialog = AskDialog(parent, "补发奖状", said, "补发原因，例如：名称写错", "补发(&R)", "不补发(&N)")

    def told(outcome: ActOutcome) -> None:
        done(outcome.change)
        messages.toast(parent, "已起草，核对后打印。", undo=lambda: show_row(outcome.done[0]), verb="打开草稿")

    dialog.decided.connect(
        lambda reason: run_task(
            parent, "补发奖状", lambda _: commendations.reissue(office, commendation_id, reason=reason), told
        )
    )
    dialog.show()
    return dialog


def show_kept(parent: QWidget, office: Office, commendation_id: int) -> PreviewDialog:
    """The page as it was printed for the first time."""
    dialog = PreviewDialog(
        parent, "存档件", lambda: commendations.kept_page(office, commendation_id), note="第一次打印时的原样。"
    )
    dialog.show()
    return dialog


def _ignore(_dialog: object) -> None:
    """The dialog lives by itself."""
