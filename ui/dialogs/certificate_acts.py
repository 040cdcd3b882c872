"""培训合格证 from the window: issue for a class, print as certificates or cards, void, replace, verify."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from anjian_desktop.services import certificate_prints, certificate_verifying, certificates
from anjian_desktop.services.certificate_prints import CertificatePrint
from anjian_desktop.services.certificate_verifying import Verification
from anjian_desktop.services.certificates import IssueOutcome
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import Change
from ui import messages, theme
from ui.dialogs.paper_result import show_refused
from ui.dialogs.result_dialog import ResultAction, ResultDialog, open_folder
from ui.models.outcome_table import OutcomeRow
from ui.tasks import run_task

Done = Callable[[Change], None]

_STATES = {
    "valid": ("有效", "done"),
    "expired": ("已过有效期", "warning"),
    "void": ("已作废", "warning"),
    "replaced": ("已补发，这一本不再有效", "warning"),
    "unknown": ("不是本办公室发的，这里核不出真假", "warning"),
    "forged": ("是伪造或被改过的", "error"),
    "unreadable": ("读不出证书的二维码", "warning"),
}


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


def ask_issue(parent: QWidget, office: Office, session_id: int, done: Done) -> None:
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
            lambda outcome: _issued(parent, office, outcome, done),
        )


def _issued(parent: QWidget, office: Office, outcome: IssueOutcome, done: Done) -> None:
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
            ResultAction("打印证书(&P)", lambda: ask_print(parent, office, ids, done), primary=True, closes=True),
            ResultAction("打印卡片(&K)", lambda: ask_print(parent, office, ids, done, cards=True), closes=True),
        ]
    ResultDialog(parent, "发合格证", said, rows, actions, headings=("姓名", "结果", "原因")).show()


def ask_print(parent: QWidget, office: Office, ids: Sequence[int], done: Done, *, cards: bool = False) -> None:
    """Ask for a folder and write the PDF."""
    if folder := QFileDialog.getExistingDirectory(parent, "证书存到哪个文件夹"):
        print_certificates(parent, office, ids, Path(folder), done, cards=cards)


def print_certificates(
    parent: QWidget, office: Office, ids: Sequence[int], folder: Path, done: Done, *, cards: bool = False
) -> None:
    """Write certificates, or cards ten to a sheet, into one PDF."""

    def told(made: CertificatePrint) -> None:
        done(made.change)
        again = f"，其中补发重印 {made.reprinted:,} 本" if made.reprinted else ""
        said = f"{made.printed:,} 本证书，{made.pages:,} 页{again}。"
        if made.failed:
            kept = f"{len(made.failed):,} 本没有打印，其余的都好了："
            show_refused(parent, "打印证书", [said, kept], made.failed, made.files)
        elif made.files:
            file = made.files[0]
            messages.toast(parent, f"{said}在“{file.name}”里。", undo=lambda: open_folder(parent, file), verb="打开")

    run_task(
        parent,
        "打印证书",
        lambda step: certificate_prints.print_certificates(office, ids, folder, cards=cards, step=step),
        told,
    )


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


def ask_verify(parent: QWidget, office: Office) -> AskDialog:
    """Ask for a number or the text a scanner gives, then say what is known of the certificate."""
    said = "输入证书编号，或用扫码枪扫证书上的二维码；也可以填照片、扫描件、PDF 的完整路径。不用联网。"
    dialog = AskDialog(parent, "核验证书", said, "证书编号、二维码内容或文件", "核验(&V)", "不核验(&N)")
    dialog.decided.connect(lambda text: verify(parent, office, text))
    dialog.show()
    return dialog


def verify(parent: QWidget, office: Office, text: str) -> None:
    """Say what is known of the certificate with this number, code or picture."""
    run_task(
        parent, "核验证书", lambda _: certificate_verifying.verify(office, text), lambda found: _verified(parent, found)
    )


def _verified(parent: QWidget, found: Verification) -> None:
    word, tone = _STATES[found.state]
    lines = [f"{name}：{value}" for name, value in found.fields.items() if value]
    messages.say(parent, f"{found.number or '这张证'}：{word}。", "；".join(found.problems), tone=tone, details=lines)
