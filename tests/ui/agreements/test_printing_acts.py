"""打印 from the window: counts first, failures listed and tried again, a jam or a stop resumed with the same numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.dialogs import over
from support.windows import settle

from anjian_desktop.errors import Cancelled
from anjian_desktop.services import agreements, browse, printing, records
from anjian_desktop.services.agreements import DraftRequest
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.progress import Step
from anjian_desktop.services.standing import register
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.dialogs.result_dialog import ResultDialog
from ui.pages.actions import agreement_print
from ui.pages.agreements_page import AgreementsPage
from ui.printing.backend import PrintChoices, Printer, Tray
from ui.printing.to_folder import FileBackend


@pytest.fixture
def drafts(page: AgreementsPage, tmp_path: Path) -> AgreementsPage:
    """The page with every unit of 2027 drafted, no printer, and a folder for the files."""
    for kind in ("village", "enterprise"):
        agreements.draft(page.office, DraftRequest(2027, kind))
    page.desk = replace(page.desk, backend=FileBackend(tmp_path / "纸", ()))
    page.frame.memory.put("print_folder", str(tmp_path / "责任书"))
    page.show_query(Query("agreement"), year=2027)
    settle()
    return page


def ask(page: AgreementsPage, qtbot: QtBot) -> PrintDialog:
    page.start("print")
    dialog = over(PrintDialog)
    qtbot.waitUntil(lambda: dialog.printer_note.text() != "正在查找打印机…" or dialog.printer.count() > 0)
    settle()
    return dialog


def test_without_a_printer_the_words_are_clear_and_pdf_is_offered(
    drafts: AgreementsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = ask(drafts, qtbot)
    assert "没有找到打印机" in dialog.printer_note.text() and "PDF" in dialog.printer_note.text()
    assert not dialog.radios["printer"].isEnabled()
    assert dialog.summary.text().startswith("5 份，")
    assert "示安责〔2026〕5号 至 示安责〔2026〕9号" in dialog.summary.text()
    dialog.layout_choice.setCurrentIndex(0)
    settle()
    dialog.print_button.click()
    result = over(ResultDialog)
    assert result.sentences[0].text().startswith("打印了 5 份")
    assert len(list((tmp_path / "责任书").rglob("*.pdf"))) == 5
    assert next(file.name for file in (tmp_path / "责任书" / "东河村").iterdir()).startswith("示安责〔2026〕")
    result.buttons["关闭"].click()


def test_nothing_is_written_while_the_dialog_only_counts(drafts: AgreementsPage, qtbot: QtBot) -> None:
    dialog = ask(drafts, qtbot)
    dialog.preview_button.click()
    preview = over(PreviewDialog)
    qtbot.waitUntil(lambda: preview.panel.view.page_count >= 3)
    preview.buttons["关闭"].click()
    dialog.keep_button.click()
    settle()
    assert drafts.figures.figures["issued"].number.text() == "0"


def test_an_unprintable_name_is_listed_and_only_it_is_tried_again(drafts: AgreementsPage, qtbot: QtBot) -> None:
    office = drafts.office
    second = browse.ids(office, Query("enterprise", where=(Condition("name", "=", "示例2号机械有限公司"),)))[0]
    records.edit(office, "enterprise", second, {"name": "示例\U0002ebf0机械有限公司"})
    dialog = ask(drafts, qtbot)
    assert dialog.print_button.text() == "打印 4 份(&P)"
    assert "没有字体能打印" in dialog.remarks.text()
    dialog.print_button.click()
    result = over(ResultDialog)
    assert len(result.model.rows) == 1 and "没有字体能打印" in result.model.rows[0].why
    records.edit(office, "enterprise", second, {"name": "示例贰号机械有限公司"})
    result.buttons["重试失败项…"].click()
    again = over(PrintDialog)
    qtbot.waitUntil(again.print_button.isEnabled)
    assert again.radios["failed"].text() == "上次没有打成的 1 份"
    assert "示安责〔2026〕9号" in again.summary.text()
    again.print_button.click()
    over(ResultDialog).buttons["关闭"].click()
    assert drafts.figures.figures["issued"].number.text() == "5"


def test_after_a_jam_printing_goes_on_from_a_number_without_taking_new_ones(
    page: AgreementsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.desk = replace(page.desk, backend=FileBackend(tmp_path / "纸"))
    page.frame.memory.put("print_folder", str(tmp_path / "续"))
    dialog = ask(page, qtbot)
    assert dialog.summary.text().startswith("没有可打印的责任书")
    qtbot.keyClicks(dialog.start, "4")
    settle()
    assert dialog.summary.text().startswith("1 份，")
    assert "按原编号重打" in dialog.summary.text()
    dialog.print_button.click()
    result = over(ResultDialog)
    assert "重打 1 份" in result.sentences[1].text()
    result.buttons["关闭"].click()
    assert len(register(page.office, 2026).rows) == 4


def test_a_stopped_run_is_finished_with_the_same_numbers(
    drafts: AgreementsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopping(office: object, request: object, *, step: Step) -> printing.PrintOutcome:
        def stop_at_files(done: int, total: int, name: str) -> None:
            if not name.startswith("检查"):
                raise Cancelled

        return printing.print_agreements(office, request, step=stop_at_files)  # type: ignore[arg-type]

    monkeypatch.setattr(agreement_print, "print_agreements", stopping)
    dialog = ask(drafts, qtbot)
    dialog.print_button.click()
    result = over(ResultDialog)
    assert result.sentences[0].text().startswith("已停止。5 份的编号（示安责〔2026〕5号 至 示安责〔2026〕9号）已经取好")
    monkeypatch.setattr(agreement_print, "print_agreements", printing.print_agreements)
    result.buttons["接着打印"].click()
    finished = over(ResultDialog)
    assert "编号 示安责〔2026〕5号 至 示安责〔2026〕9号" in finished.sentences[1].text()
    finished.buttons["关闭"].click()


def test_tray_and_both_sides_reach_the_printer_and_are_remembered(
    drafts: AgreementsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    backend = FileBackend(tmp_path / "纸", (Printer("甲", trays=(Tray("T2", "纸盒2"),)), Printer("乙", duplex=False)))
    drafts.desk = replace(drafts.desk, backend=backend)
    dialog = ask(drafts, qtbot)
    dialog.radios["printer"].click()
    dialog.tray.setCurrentIndex(1)
    settle()
    qtbot.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    over(ResultDialog).buttons["关闭"].click()
    assert backend.printed[0][1:] == (backend.printers()[0], PrintChoices(duplex=True, tray="T2"))
    assert drafts.frame.memory.get("printer", "") == "甲"
