"""培训合格证 from the window: issue for a class, print as certificates or cards, void, replace, verify."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from anjian_desktop.services import certificate_prints, certificate_scans, certificates
from anjian_desktop.services.certificate_prints import CertificateOrder, CertificatePrint
from anjian_desktop.services.certificates import IssueOutcome
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.progress import Step
from ui import messages, theme
from ui.dialogs.certificate_print_dialog import CertificatePrintDialog
from ui.dialogs.paper_print_dialog import Target
from ui.dialogs.paper_result import spooled, tell_printed
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.result_dialog import ResultAction, ResultDialog
from ui.dialogs.verify_dialog import VerifyDialog
from ui.memory import WindowMemory
from ui.models.outcome_table import OutcomeRow
from ui.printing.backend import PrintBackend
from ui.printing.printers import system_backend
from ui.printing.spool import SpoolOutcome
from ui.tasks import run_task

Done = Callable[[Change], None]


class AskDialog(QDialog):
    """One line to fill in before an act; `decided` carries it trimmed, never empty."""

    decided = Signal(str)

    def __init__(self, parent: QWidget, title: str, said: str, label: str, act: str, keep: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = QLabel(said)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self.line = QLineEdit()
        self.line.setAccessibleName(label)
        self.line.setPlaceholderText(label)
        self.line.setMaxLength(600)
        self.act_button = QPushButton(act)
        self.act_button.setProperty("part", "primary")
        self.act_button.setEnabled(False)
        self.keep_button = QPushButton(keep)
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
        layout.addWidget(words)
        layout.addWidget(self.line)
        layout.addLayout(foot)
        self.setMinimumWidth(460)
        self.line.textChanged.connect(lambda text: self.act_button.setEnabled(bool(text.strip())))
        self.act_button.clicked.connect(self._on_act)
        self.keep_button.clicked.connect(self.reject)

    def _on_act(self) -> None:
        text = self.line.text().strip()
        self.accept()
        self.decided.emit(text)


def ask_issue(parent: QWidget, office: Office, session_id: int, done: Done, memory: WindowMemory | None = None) -> None:
    """Issue certificates to everybody of a class who passed; numbers are taken now."""
    if messages.ask(
        parent,
        "给这一期合格的人发培训合格证？",
        act="发证",
        keep="不发",
        explain="编号现在就取，不跳号、不重号；不合格、缺考和已经发过的不发。发出的证书内容不再改变。",
    ):
        run_task(
            parent,
            "发合格证",
            lambda _: certificates.issue(office, session_id=session_id),
            lambda outcome: _issued(parent, office, outcome, done, memory),
        )


def _issued(
    parent: QWidget, office: Office, outcome: IssueOutcome, done: Done, memory: WindowMemory | None = None
) -> None:
    done(outcome.change)
    issued = outcome.issued
    said = [f"发了 {len(issued):,} 本：{issued[0].number} 至 {issued[-1].number}。" if issued else "没有发证。"]
    if outcome.refused:
        said.append(f"{len(outcome.refused):,} 人没有发，原因如下：")
    rows = [OutcomeRow(one.item, "没有发", one.problem, "late") for one in outcome.refused]
    ids = [one.id for one in issued]
    actions = []
    if issued:
        actions = [
            ResultAction(
                "打印…(&P)",
                lambda: _ignore(ask_print(parent, office, ids, done, memory=memory)),
                primary=True,
                closes=True,
            )
        ]
    ResultDialog(parent, "发合格证", said, rows, actions, headings=("姓名", "结果", "原因")).show()


def ask_print(
    parent: QWidget,
    office: Office,
    ids: Sequence[int],
    done: Done,
    *,
    cards: bool = False,
    memory: WindowMemory | None = None,
    backend: PrintBackend | None = None,
) -> CertificatePrintDialog:
    """Ask in which form and where to, then print."""
    to = backend or system_backend()
    dialog = CertificatePrintDialog(parent, office, ids, memory=memory or WindowMemory(), backend=to, cards=cards)
    dialog.decided.connect(lambda target: print_certificates(parent, office, dialog.order(), target, done, to))
    dialog.show()
    return dialog


def print_certificates(
    parent: QWidget, office: Office, order: CertificateOrder, target: Target, done: Done, backend: PrintBackend
) -> None:
    """Write certificates, or cards ten to a sheet, into one PDF, and send it to the printer when one was chosen."""

    def work(step: Step) -> tuple[CertificatePrint, SpoolOutcome | None]:
        made = certificate_prints.print_certificates(
            office,
            order.ids,
            target.folder,
            cards=order.cards,
            start=order.start,
            crop_marks=order.crop_marks,
            step=step,
        )
        return made, spooled(backend, made.files, target, step)

    def told(result: tuple[CertificatePrint, SpoolOutcome | None]) -> None:
        made, sent = result
        done(made.change)
        again = f"，其中补发重印 {made.reprinted:,} 本" if made.reprinted else ""
        said = f"{made.printed:,} 本证书，{made.pages:,} 页{again}。"
        tell_printed(parent, "打印证书", said, made.files, made.failed, target, sent)

    run_task(parent, "打印证书", work, told)


def ask_void(parent: QWidget, office: Office, ids: Sequence[int], done: Done) -> AskDialog:
    """Ask why, then make these certificates void."""
    said = f"作废 {len(ids):,} 本证书。编号不再使用，核验时会说已作废。"
    dialog = AskDialog(parent, "作废证书", said, "作废原因", "作废(&V)", "不作废(&N)")
    dialog.decided.connect(
        lambda reason: run_task(
            parent, "作废证书", lambda _: certificates.void(office, ids, reason=reason), lambda change: done(change)
        )
    )
    dialog.show()
    return dialog


def ask_reissue(parent: QWidget, office: Office, certificate_id: int, done: Done) -> AskDialog:
    """Ask why, then issue a new certificate in the place of this one."""
    said = "补发一本新证书，用新编号；原来这一本不再有效，核验时会说已补发。"
    dialog = AskDialog(parent, "补发证书", said, "补发原因，例如：遗失", "补发(&R)", "不补发(&N)")
    dialog.decided.connect(
        lambda reason: run_task(
            parent,
            "补发证书",
            lambda _: certificates.reissue(office, certificate_id, reason=reason),
            lambda outcome: _issued(parent, office, outcome, done),
        )
    )
    dialog.show()
    return dialog


def ask_verify(parent: QWidget, office: Office) -> VerifyDialog:
    """Say what is known of one certificate after the other."""
    dialog = VerifyDialog(parent, office)
    dialog.show()
    return dialog


def show_kept(parent: QWidget, office: Office, certificate_id: int) -> PreviewDialog:
    """The certificate as it was printed for the first time."""
    dialog = PreviewDialog(
        parent, "存档件", lambda: certificate_prints.kept_page(office, certificate_id), note="第一次打印时的原样。"
    )
    dialog.show()
    return dialog


def ask_scan(parent: QWidget, office: Office, certificate_id: int, done: Done) -> None:
    """Ask for a photo or scan of a certificate somebody holds."""
    name, _ = QFileDialog.getOpenFileName(
        parent, "选证书的照片或扫描件", "", "图片或 PDF (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf)"
    )
    if name:
        attach_scan(parent, office, certificate_id, Path(name), done)


def attach_scan(parent: QWidget, office: Office, certificate_id: int, file: Path, done: Done) -> None:
    """Keep it with the certificate."""

    def told(change: Change) -> None:
        done(change)
        messages.toast(
            parent,
            "照片或扫描件已附在证书上。",
            undo=lambda: _ignore(show_scans(parent, office, certificate_id)),
            verb="查看",
        )

    run_task(parent, "附照片或扫描件", lambda _: certificate_scans.attach(office, certificate_id, file), told)


def show_scans(parent: QWidget, office: Office, certificate_id: int) -> PreviewDialog:
    """What is kept with a certificate somebody holds."""
    dialog = PreviewDialog(parent, "证书的照片或扫描件", lambda: certificate_scans.as_pdf(office, certificate_id))
    dialog.show()
    return dialog


def _ignore(_dialog: object) -> None:
    """The dialog lives by itself."""
