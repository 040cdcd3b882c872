"""打印证书 in the window: the counts and missing photos beforehand, the very pages, A4 or cards from any place of a sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot
from support.windows import settle

from anjian_desktop.services import browse, certificates
from anjian_desktop.services.certificates import Issued
from anjian_desktop.services.office import Office
from ui.dialogs import certificate_acts
from ui.dialogs.certificate_print_dialog import CertificatePrintDialog
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.result_dialog import ResultDialog
from ui.main_window import MainWindow
from ui.printing.to_folder import FileBackend


@pytest.fixture
def dialog(
    office: Office, window: MainWindow, issued: tuple[Issued, ...], backend: FileBackend, tmp_path: Path
) -> CertificatePrintDialog:
    """Opened on three certificates, one of them without a photo."""
    page = opened(window)
    made = certificate_acts.ask_print(
        page, office, [one.id for one in issued], window.tell_changed, memory=window.memory, backend=backend
    )
    made.folder.setText(str(tmp_path / "证书"))
    settle()
    return made


def opened(window: MainWindow):
    window.open_page("certificate")
    settle()
    return window.page("certificate")


def words(file: Path, page: int = 0) -> str:
    return "".join(PdfReader(file).pages[page].extract_text().split())


def test_counts_numbers_and_who_has_no_photo_are_told_before_anything_is_printed(
    dialog: CertificatePrintDialog, office: Office
) -> None:
    assert dialog.summary.text().startswith("3 本，3 张 A4 纸")
    assert "安培证〔2026〕0001号 至 安培证〔2026〕0003号" in dialog.summary.text()
    assert "1 本没有照片（甲示例）" in dialog.remarks.text()
    assert dialog.print_button.text() == "打印 3 本(&P)"
    assert len(certificates.find_certificates(office, [])) == 3


def test_the_preview_shows_the_very_pages_and_writes_nothing(
    dialog: CertificatePrintDialog, office: Office, qtbot: QtBot
) -> None:
    qtbot.mouseClick(dialog.preview_button, Qt.MouseButton.LeftButton)
    settle()
    (preview,) = dialog.findChildren(PreviewDialog)
    qtbot.waitUntil(lambda: preview.panel.view.page_count == 3)
    assert len(certificates.find_certificates(office, [])) == 3
    preview.accept()
    qtbot.mouseClick(dialog.cards, Qt.MouseButton.LeftButton)
    settle()
    pages = dialog.pages()
    assert pages.count == 1 and [round(side) for side in pages.size(0)] == [595, 842]
    pages.close()


def test_a_click_on_the_sheet_says_where_the_cards_begin(
    dialog: CertificatePrintDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.mouseClick(dialog.cards, Qt.MouseButton.LeftButton)
    settle()
    assert dialog.card_part.isVisible() and dialog.summary.text().startswith("3 本，1 张 A4 纸")
    place: QPointF = dialog.sheet.cell(9).center()
    qtbot.mouseClick(dialog.sheet, Qt.MouseButton.LeftButton, pos=place.toPoint())
    settle()
    assert dialog.sheet.start == 9 and dialog.summary.text().startswith("3 本，2 张 A4 纸")
    qtbot.keyClick(dialog.sheet, Qt.Key.Key_Left)
    settle()
    assert dialog.sheet.start == 8 and "第 8 个位置" in dialog.sheet.accessibleName()
    qtbot.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    settle()
    (file,) = (tmp_path / "证书").glob("卡片*.pdf")
    assert len(PdfReader(file).pages) == 1 and "甲示例" in words(file)


def test_pages_go_to_the_printer_lying_across_and_are_kept_as_files(
    dialog: CertificatePrintDialog, backend: FileBackend, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.mouseClick(dialog.to_printer, Qt.MouseButton.LeftButton)
    settle()
    qtbot.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    settle()
    ((sent, printer, choices),) = backend.printed
    assert printer.name == "办公室激光打印机" and choices.landscape and not choices.duplex
    (file,) = (tmp_path / "证书").glob("*.pdf")
    assert sent.read_bytes() == file.read_bytes() and "丙示例" in words(file)


def test_a_second_print_says_so_beforehand_and_the_first_stays_to_be_looked_at(
    dialog: CertificatePrintDialog,
    office: Office,
    window: MainWindow,
    issued: tuple[Issued, ...],
    backend: FileBackend,
    qtbot: QtBot,
) -> None:
    qtbot.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    settle()
    page = window.page("certificate")
    again = certificate_acts.ask_print(page, office, [issued[0].id], window.tell_changed, backend=backend)
    settle()
    assert "1 本以前印过，编号不变，注明“补发”" in again.summary.text()
    again.reject()
    kept = certificate_acts.show_kept(page, office, issued[0].id)
    settle()
    qtbot.waitUntil(lambda: kept.panel.view.page_count == 1)
    kept.accept()


def test_the_class_leads_from_issuing_to_printing(
    office: Office, window: MainWindow, class_id: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui import messages

    monkeypatch.setattr(messages, "ask", lambda *args, **options: True)
    page = opened(window)
    certificate_acts.ask_issue(page, office, class_id, window.tell_changed, window.memory)
    settle()
    (result,) = page.findChildren(ResultDialog)
    result.buttons["打印…"].click()
    settle()
    (dialog,) = page.findChildren(CertificatePrintDialog)
    assert dialog.summary.text().startswith("3 本")
    dialog.reject()


def test_void_and_replaced_ones_are_told_and_left_out(
    office: Office, window: MainWindow, issued: tuple[Issued, ...], backend: FileBackend
) -> None:
    page = opened(window)
    void = certificate_acts.ask_void(page, office, [issued[0].id], window.tell_changed)
    void.line.setText("打印错误")
    void.act_button.click()
    settle()
    replaced = certificate_acts.ask_reissue(page, office, issued[1].id, window.tell_changed)
    replaced.line.setText("遗失")
    replaced.act_button.click()
    settle()
    assert browse.row(office, "certificate", issued[1].id).full["state"] == "已补发"
    ids = [one.id for one in issued]
    dialog = certificate_acts.ask_print(page, office, ids, window.tell_changed, backend=backend)
    settle()
    assert dialog.summary.text().startswith("1 本，1 张") and "等 2 本" in dialog.remarks.text()
    dialog.reject()


def test_a_held_certificates_photo_is_attached_and_looked_at(
    office: Office, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    from PIL import Image

    from anjian_desktop.services import certificate_scans, records

    values = {
        "name": "甲示例",
        "identity_number": "990001198503120015",
        "certificate_kind": "特种作业操作证",
        "number": "T1",
    }
    held = records.add(office, "certificate", values).id
    photo = tmp_path / "证.jpg"
    Image.new("RGB", (900, 600), (210, 220, 230)).save(photo)
    page = opened(window)
    certificate_acts.attach_scan(page, office, held, photo, window.tell_changed)
    settle()
    assert len(certificate_scans.scans(office, held)) == 1
    shown = certificate_acts.show_scans(page, office, held)
    settle()
    qtbot.waitUntil(lambda: shown.panel.view.page_count == 1)
    shown.accept()
    page.open_row(held)
    settle()
    assert page.panel.tabs.isTabVisible(3) and page.panel.tabs.tabText(3) == "附件"
