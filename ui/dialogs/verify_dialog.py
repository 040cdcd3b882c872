"""核验证书: typed or scanned text, a file chosen or dropped, a picture pasted; the verdict stands below, one after another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.services import certificate_verifying
from anjian_desktop.services.certificate_verifying import Verification
from anjian_desktop.services.office import Office
from ui import theme
from ui.icons import icon
from ui.keys import bind
from ui.tasks import run_task
from ui.widgets.labels import soft_label

STATES = {
    "valid": ("真实有效", "ok"),
    "expired": ("是真的，已过有效期", "due"),
    "void": ("已作废", "late"),
    "replaced": ("已补发，这一本不再有效", "late"),
    "unknown": ("不是本办公室登记的，这里核不出真假", "due"),
    "forged": ("是伪造或被改过的", "late"),
    "unreadable": ("读不出证书的二维码", "due"),
}
_PICTURES = "图片或 PDF (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf)"


class _Line(QLineEdit):
    """Hands pictures and files that are pasted into it on; text stays its own."""

    def __init__(self, take: Callable[[QMimeData], bool]) -> None:
        super().__init__()
        self._take = take

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pasting = event.matches(QKeySequence.StandardKey.Paste)
        mime = QGuiApplication.clipboard().mimeData() if pasting else None
        if mime is not None and (mime.hasImage() or mime.hasUrls()):
            self._take(mime)
        else:
            super().keyPressEvent(event)


class VerifyDialog(QDialog):
    """`found` is the last verdict; the line is ready for the next certificate at once."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self._office = office
        self.found: Verification | None = None
        self.setWindowTitle("核验证书")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.line = _Line(self.take)
        self.line.setAcceptDrops(False)
        self.line.setAccessibleName("证书编号或二维码内容")
        self.line.setPlaceholderText("证书编号，或用扫码枪扫证书上的二维码，回车核验")
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(600)
        self.act_button = QPushButton("核验(&V)")
        self.act_button.setProperty("part", "primary")
        self.act_button.setDefault(True)
        self.file_button = QPushButton("选文件…(&F)")
        self.file_button.setIcon(icon("open"))
        self.paste_button = QPushButton("粘贴图片(&P)")
        self.paste_button.setToolTip("截图、手机发来的照片：复制后在这里粘贴（Ctrl+V）")
        self.close_button = QPushButton("关闭(&C)")
        for button in (self.act_button, self.file_button, self.paste_button, self.close_button):
            button.setAccessibleName(button.text().split("(&")[0].removesuffix("…"))
            if button is not self.act_button:
                button.setAutoDefault(False)
        ask = QHBoxLayout()
        ask.setSpacing(theme.SPACE_2)
        ask.addWidget(self.line, 1)
        ask.addWidget(self.act_button)
        other = QHBoxLayout()
        other.setSpacing(theme.SPACE_2)
        other.addWidget(self.file_button)
        other.addWidget(self.paste_button)
        other.addWidget(soft_label("照片、扫描件、PDF 也可以直接拖到这里。不用联网。"), 1)
        self.verdict = QLabel("")
        font = self.verdict.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        self.verdict.setFont(font)
        self.number = QLabel("")
        self.problems = QLabel("")
        self.fields = QGridLayout()
        self.fields.setHorizontalSpacing(theme.SPACE_3)
        self.fields.setVerticalSpacing(theme.SPACE_1)
        self.fields.setColumnStretch(1, 1)
        for label in (self.verdict, self.number, self.problems):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.card = QFrame()
        self.card.setProperty("part", "card")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(theme.SPACE_4, theme.SPACE_3, theme.SPACE_4, theme.SPACE_3)
        inside.setSpacing(theme.SPACE_2)
        inside.addWidget(self.verdict)
        inside.addWidget(self.number)
        inside.addLayout(self.fields)
        inside.addWidget(self.problems)
        inside.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(ask)
        layout.addLayout(other)
        layout.addWidget(self.card, 1)
        layout.addLayout(foot)
        self.resize(620, 420)
        self.act_button.clicked.connect(lambda: self.verify(self.line.text()))
        self.file_button.clicked.connect(self._ask_file)
        self.paste_button.clicked.connect(self.paste)
        self.close_button.clicked.connect(self.accept)
        bind(self, "Ctrl+V", self.paste)
        self._show_nothing()

    # -- acts ----------------------------------------------------------------------------------------------------

    def verify(self, text: str) -> None:
        """Say what is known of the certificate with this number, code or file."""
        if text.strip():
            self._run(lambda: certificate_verifying.verify(self._office, text.strip()))

    def verify_picture(self, picture: QImage) -> None:
        """The same of a picture that is no file."""

        def work() -> Verification:
            with TemporaryDirectory() as folder:
                file = Path(folder) / "粘贴的图片.png"
                picture.save(str(file))
                return certificate_verifying.verify(self._office, str(file))

        self._run(work)

    def paste(self) -> None:
        """Whatever lies on the clipboard: a picture, a copied file, or text."""
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if mime is not None:
            self.take(mime)

    def take(self, mime: QMimeData) -> bool:
        """Verify what was pasted or dropped; False when there is nothing to verify in it."""
        if mime.hasImage() and isinstance(picture := mime.imageData(), QImage) and not picture.isNull():
            self.verify_picture(picture)
        elif files := [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]:
            self.verify(files[0])
        elif text := mime.text().strip():
            self.line.setText(text[:600])
            self.verify(text)
        else:
            return False
        return True

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选证书的照片、扫描件或 PDF", "", _PICTURES)
        if name:
            self.verify(name)

    def _run(self, work: Callable[[], Verification]) -> None:
        run_task(self, "核验证书", lambda _: work(), self._show)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if mime.hasUrls() or mime.hasImage() or mime.hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    # -- showing -------------------------------------------------------------------------------------------------

    def _show_nothing(self) -> None:
        self.verdict.setText("还没有核验")
        self.verdict.setStyleSheet(f"color: {theme.INK_SOFT};")
        self.number.hide()
        self.problems.hide()

    def _show(self, found: Verification) -> None:
        self.found = found
        word, key = STATES[found.state]
        tone = theme.TONES[key]
        self.verdict.setText(f"{tone.shape} {word}")
        self.verdict.setStyleSheet(f"color: {tone.colour};")
        self.number.setText(found.number)
        self.number.setVisible(bool(found.number))
        self.problems.setText("\n".join(found.problems))
        self.problems.setVisible(bool(found.problems))
        while (item := self.fields.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for row, (name, value) in enumerate((name, value) for name, value in found.fields.items() if value):
            told, said = QLabel(name), QLabel(value)
            told.setProperty("part", "soft")
            for label in (told, said):
                label.setTextFormat(Qt.TextFormat.PlainText)
                # Beside wrapped words a layout would press single lines together where letters are large.
                label.setMinimumHeight(label.sizeHint().height())
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.fields.addWidget(told, row, 0)
            self.fields.addWidget(said, row, 1)
        self.line.setFocus()
        self.line.selectAll()
