"""核验证书 in the window: number, scanned text, chosen, dropped and pasted pictures; one verdict after the other."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QTextDocument
from pytestqt.qtbot import QtBot
from support.windows import settle

from anjian_desktop.services import browse, certificate_prints, certificates
from anjian_desktop.services.certificates import Issued
from anjian_desktop.services.office import Office
from ui.dialogs import certificate_acts
from ui.dialogs.verify_dialog import VerifyDialog
from ui.main_window import MainWindow


@pytest.fixture
def printed(office: Office, issued: tuple[Issued, ...], tmp_path: Path) -> Path:
    """A scan of the first certificate at 200 dpi."""
    made = certificate_prints.print_certificates(office, [issued[0].id], tmp_path)
    scan = tmp_path / "扫描.png"
    with pypdfium2.PdfDocument(made.files[0]) as document:
        document[0].render(scale=200 / 72).to_pil().convert("L").save(scan)
    return scan


@pytest.fixture
def dialog(office: Office, window: MainWindow, issued: tuple[Issued, ...]) -> VerifyDialog:
    window.open_page("certificate")
    settle()
    return certificate_acts.ask_verify(window.page("certificate"), office)


def shown(dialog: VerifyDialog) -> dict[str, str]:
    cells = [dialog.fields.itemAt(n).widget().text() for n in range(dialog.fields.count())]
    return dict(zip(cells[::2], cells[1::2], strict=True))


def test_a_number_is_typed_and_the_verdict_comes_with_word_and_shape(
    dialog: VerifyDialog, issued: tuple[Issued, ...], qtbot: QtBot
) -> None:
    assert dialog.verdict.text() == "还没有核验"
    dialog.line.setText(issued[0].number)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settle()
    assert dialog.verdict.text() == "● 真实有效" and dialog.number.text() == issued[0].number
    assert shown(dialog)["姓名"] == "丙示例" and "*" in shown(dialog)["证件号码"]
    assert dialog.line.selectedText() == issued[0].number
    dialog.verify("安培证〔2026〕9999号")
    settle()
    assert dialog.verdict.text().startswith("◐ 不是本办公室登记的") and shown(dialog) == {}


def test_a_scan_that_is_dropped_or_chosen_is_read(dialog: VerifyDialog, printed: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(printed))])
    drop = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    dialog.dropEvent(drop)  # the application hands a drop on only while something is dragged
    settle()
    assert dialog.found is not None and dialog.found.valid and drop.isAccepted()


def test_a_picture_on_the_clipboard_is_read_by_ctrl_v_in_the_line(
    dialog: VerifyDialog, printed: Path, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(printed)))
    dialog.line.setFocus()
    qtbot.keyClick(dialog.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert dialog.verdict.text() == "● 真实有效"
    QGuiApplication.clipboard().clear()
    dialog.paste()
    assert dialog.line.text() == ""


def test_pasted_text_of_a_code_is_judged_and_a_changed_one_refused(
    dialog: VerifyDialog, office: Office, issued: tuple[Issued, ...]
) -> None:
    with office.db.statements() as execute:
        ((code,),) = execute("SELECT code FROM certificate WHERE id = ?", (issued[0].id,))
    QGuiApplication.clipboard().setText(f" {code}\r\n")
    dialog.paste()
    settle()
    assert dialog.verdict.text() == "● 真实有效"
    turned = code[:60] + ("A" if code[60] != "A" else "B") + code[61:]
    dialog.verify(turned)
    settle()
    assert dialog.found is not None and dialog.found.state in ("forged", "unreadable", "unknown")
    assert not dialog.verdict.text().startswith("●")


def test_void_and_replaced_certificates_are_told_with_the_reason(
    dialog: VerifyDialog, office: Office, issued: tuple[Issued, ...]
) -> None:
    certificates.void(office, [issued[0].id], reason="照片贴错")
    certificates.reissue(office, issued[1].id, reason="遗失")
    dialog.verify(issued[0].number)
    settle()
    assert dialog.verdict.text() == "▲ 已作废" and "照片贴错" in dialog.problems.text()
    dialog.verify(issued[1].number)
    settle()
    assert dialog.verdict.text() == "▲ 已补发，这一本不再有效"
    number = max(
        browse.row(office, "certificate", one).full["number"] for one in certificates.find_certificates(office, [])
    )
    dialog.verify(number)
    settle()
    assert dialog.verdict.text() == "● 真实有效"


def test_what_is_no_picture_is_told_in_words(dialog: VerifyDialog, tmp_path: Path, qtbot: QtBot) -> None:
    from ui import messages

    said: list[str] = []
    file = tmp_path / "不是图.png"
    file.write_bytes(QTextDocument("文字").toHtml().encode())
    kept, messages.say_error = messages.say_error, lambda parent, error: said.append(error.message)
    try:
        dialog.verify(str(file))
        settle()
    finally:
        messages.say_error = kept
    assert said == ["“不是图.png”不是能读的图片或 PDF。"]
