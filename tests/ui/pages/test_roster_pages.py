"""Recycle bin, duplicates, network and printed lists as a clerk uses them in the window."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QTableView
from pytestqt.qtbot import QtBot
from support.dialogs import over
from support.offices import credit_code, enterprise, enterprises, village
from support.windows import Answers, settle

from anjian_desktop.errors import UserError
from anjian_desktop.services import browse, records
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui.dialogs.list_print_dialog import ListPrintDialog
from ui.dialogs.merge_dialog import MergeDialog
from ui.main_window import MainWindow
from ui.pages.actions import print_list
from ui.pages.agreements_menus import print_seen
from ui.pages.agreements_page import AgreementsPage
from ui.pages.duplicates_page import DuplicatesPage
from ui.pages.ledger_page import LedgerPage
from ui.pages.network_page import NetworkPage
from ui.pages.recycle_bin_page import RecycleBinPage
from ui.printing.backend import Printer
from ui.printing.to_folder import FileBackend


def test_rows_come_back_from_the_bin_with_their_village(window: MainWindow, office: Office) -> None:
    home = village(office)
    unit = enterprise(office, 1, village="东河村")
    records.retire(office, "enterprise", [unit])
    records.retire(office, "village", [home])
    window.open_page("recycle_bin")
    settle()
    page = window.page("recycle_bin")
    assert isinstance(page, RecycleBinPage)
    assert [one.title for one in page.table.lines.rows] == ["东河村", "示例1号机械有限公司"]
    assert not page.restore_button.isEnabled()
    page.table.selectRow(1)
    assert page.restore_button.text().startswith("还原 1 条")
    page.restore_button.click()
    settle()
    assert not page.table.lines.rows and page.stack.currentWidget() is page.empty
    assert browse.ids(office, Query("village")) == [home]
    window.status.undo.click()
    settle()
    assert len(page.table.lines.rows) == 2


@pytest.fixture
def twice(window: MainWindow, office: Office) -> tuple[DuplicatesPage, int, int]:
    """One unit twice, both chosen on the page of duplicates."""
    good = enterprise(office, 1, name="示例机械有限公司", principal="赵甲")
    other = enterprise(
        office, 2, name="示例机械有限责任公司", credit_code="", principal="钱乙", worker_count="30", flags="喷涂"
    )
    window.open_page("duplicates")
    settle()
    page = window.page("duplicates")
    assert isinstance(page, DuplicatesPage)
    assert not page.merge_button.isEnabled() and not page.apart_button.isEnabled()
    page.table.selectAll()
    return page, good, other


def test_two_units_are_merged_field_by_field_and_parted_again(
    twice: tuple[DuplicatesPage, int, int], office: Office
) -> None:
    page, good, _ = twice
    page.merge_button.click()
    dialog = over(MergeDialog)
    mine, theirs = dialog.choices["principal"]
    assert (mine.text(), theirs.text(), mine.isChecked()) == ("赵甲", "钱乙", True)
    assert dialog.choices["worker_count"][1].isChecked() and dialog.choices["worker_count"][0].text() == "（空着）"
    theirs.setChecked(True)
    dialog.choices["flags"][0].setChecked(True)
    dialog.merge_button.click()
    settle()
    assert browse.ids(office, Query("enterprise")) == [good]
    row = browse.row(office, "enterprise", good).full
    assert (row["principal"], row["worker_count"], row["flags"]) == ("钱乙", "30", "")
    assert page.stack.currentWidget() is page.empty
    page.view.choose("merged")
    settle()
    assert [one.retired for one in page.merged.lines.rows] == ["示例机械有限责任公司"]
    page.merged.selectRow(0)
    page.undo_button.click()
    settle()
    assert len(browse.ids(office, Query("enterprise"))) == 2
    assert browse.row(office, "enterprise", good).full["principal"] == "赵甲"


def test_the_other_one_may_be_kept(twice: tuple[DuplicatesPage, int, int], office: Office) -> None:
    page, _, other = twice
    page.merge_button.click()
    dialog = over(MergeDialog)
    dialog.keep.button(1).click()
    settle()
    assert dialog.choices["principal"][0].text() == "钱乙"
    dialog.merge_button.click()
    settle()
    assert browse.ids(office, Query("enterprise")) == [other]
    assert browse.row(office, "enterprise", other).full["credit_code"] == credit_code(1)


def test_not_merging_changes_nothing(twice: tuple[DuplicatesPage, int, int], office: Office) -> None:
    page, _, _ = twice
    page.merge_button.click()
    dialog = over(MergeDialog)
    assert dialog.keep_button.isDefault()
    dialog.keep_button.click()
    settle()
    assert len(browse.ids(office, Query("enterprise"))) == 2


def test_units_that_are_not_the_same_are_put_away_and_come_back(
    window: MainWindow, twice: tuple[DuplicatesPage, int, int]
) -> None:
    page, _, _ = twice
    page.apart_button.click()
    settle()
    assert page.stack.currentWidget() is page.empty
    page.view.choose("apart")
    settle()
    assert len(page.apart.lines.rows) == 1
    page.apart.selectRow(0)
    page.again_button.click()
    settle()
    page.view.choose("alike")
    settle()
    assert len(page.table.lines.rows) == 2
    page.table.selectAll()
    page.apart_button.click()
    settle()
    window.status.undo.click()
    settle()
    assert len(page.table.lines.rows) == 2


def test_a_gap_of_the_network_opens_its_record(window: MainWindow, office: Office) -> None:
    home = village(office, area="东片", principal="", principal_phone="")
    enterprise(office, 1, village="东河村")
    window.open_page("network")
    settle()
    page = window.page("network")
    assert isinstance(page, NetworkPage)
    gaps = [one.node.name for one in page.gaps.lines.rows]
    assert gaps == ["示例镇安监办", "东片", "东河村"]
    top = page.tree.topLevelItem(0)
    assert top is not None and top.text(0) == "示例镇安监办（1）"
    page.gaps.opened.emit(page.gaps.lines.rows[2])
    settle()
    ledger = window.current_page()
    assert isinstance(ledger, LedgerPage) and ledger.about.key == "village" and ledger.panel.row_id == home
    window.open_page("network")
    settle()
    page.gaps.opened.emit(page.gaps.lines.rows[1])
    settle()
    shown = window.current_page()
    assert isinstance(shown, LedgerPage) and shown.about.key == "area"
    assert shown.panel.row_id is None and shown.panel.form.values()["name"] == "东片"
    assert shown.panel.form.rows["principal"].editor.widget.hasFocus()
    shown.panel.form.put({"principal": "赵甲", "principal_phone": "13900000011"})
    shown.panel.save()
    settle()
    window.open_page("network")
    settle()
    assert [one.node.name for one in page.gaps.lines.rows] == ["示例镇安监办", "东河村"]


def test_a_gap_puts_the_cursor_where_something_is_missing(window: MainWindow, office: Office) -> None:
    village(office, area="东片", principal="王一", principal_phone="")
    records.add(office, "area", {"name": "东片", "principal": "赵甲"})
    loose = enterprise(office, 1)
    for name, ledger, key in (("东河村", "village", "principal_phone"), ("东片", "area", "principal_phone")):
        window.open_page("network")
        settle()
        page = window.page("network")
        assert isinstance(page, NetworkPage)
        page.gaps.opened.emit(next(one for one in page.gaps.lines.rows if one.node.name == name))
        settle()
        shown = window.current_page()
        assert isinstance(shown, LedgerPage) and shown.about.key == ledger
        assert shown.panel.form.rows[key].editor.widget.hasFocus()
        window.open_page("network")
        settle()
    top = page.tree.topLevelItem(0)
    assert top is not None
    homeless = next(top.child(n) for n in range(top.childCount()) if top.child(n).text(0).startswith("未分村"))
    page.tree.itemActivated.emit(homeless, 0)
    settle()
    shown = window.current_page()
    assert isinstance(shown, LedgerPage) and list(shown.model.ids) == [loose]


def test_every_page_under_another_can_be_opened(window: MainWindow, office: Office) -> None:
    for key in ("code", "area", "leader_duty", "committee_member", "licence", "lease"):
        window.open_page(key)
        settle()
        page = window.current_page()
        assert page is not None and page.nav_key == key


def test_a_list_and_a_card_are_previewed_and_saved(
    window: MainWindow, office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    units = enterprises(office, 3)
    window.open_page("enterprise")
    settle()
    page = window.page("enterprise")
    assert isinstance(page, LedgerPage)
    wanted = tmp_path / "名册.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(wanted), ""))
    for action in (print_list.PRINT_LIST, print_list.PRINT_CARD):
        wanted.unlink(missing_ok=True)
        action.run(page, units[:1])
        settle()
        dialog = next(one for one in window.findChildren(ListPrintDialog) if one.isVisible())
        view = dialog.panel.view
        qtbot.waitUntil(lambda view=view: view.page_count == 1)
        dialog.buttons["存为 PDF…"].click()
        settle()
        assert wanted.read_bytes().startswith(b"%PDF")
        dialog.accept()
        settle()
    assert credit_code(1) in browse.row(office, "enterprise", units[0]).full["credit_code"]


def print_out(window: MainWindow) -> None:
    page = window.current_page()
    assert isinstance(page, LedgerPage)
    print_list.PRINT_LIST.run(page, [])
    settle()


def test_a_list_goes_from_its_preview_to_the_printer(
    window: MainWindow, office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot, answers: Answers
) -> None:
    enterprises(office, 3)
    printer = Printer("办公室", is_default=True)
    backend = FileBackend(tmp_path / "纸", (printer,))
    monkeypatch.setattr(print_list, "system_backend", lambda: backend)
    window.open_page("enterprise")
    settle()
    print_out(window)
    dialog = over(ListPrintDialog)
    qtbot.waitUntil(dialog.print_button.isEnabled)
    dialog.copies.setValue(2)
    assert dialog.print_button.text() == "打印 1 页 × 2 份(&P)"
    dialog.print_button.click()
    settle()
    ((file, _, choices),) = backend.printed
    assert file.read_bytes().startswith(b"%PDF") and file.name.startswith("企业名册")
    assert (choices.copies, choices.duplex, choices.landscape) == (2, False, True)
    assert not [one for one in window.findChildren(ListPrintDialog) if one.isVisible()]


def test_a_printer_that_refuses_a_list_leaves_the_preview_open(
    window: MainWindow, office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot, answers: Answers
) -> None:
    class Refusing(FileBackend):
        def print_file(self, *_args: object, **_more: object) -> None:
            raise UserError("没有接收")

    enterprises(office, 1)
    monkeypatch.setattr(print_list, "system_backend", lambda: Refusing(tmp_path))
    window.open_page("enterprise")
    settle()
    print_out(window)
    dialog = over(ListPrintDialog)
    qtbot.waitUntil(dialog.print_button.isEnabled)
    dialog.print_button.click()
    settle()
    assert "没有打印。数据没有变化" in answers.said[-1] and dialog.isVisible()


def test_without_a_printer_the_list_can_still_be_saved(
    window: MainWindow, office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    enterprises(office, 1)
    monkeypatch.setattr(print_list, "system_backend", lambda: FileBackend(tmp_path, ()))
    window.open_page("enterprise")
    settle()
    print_out(window)
    dialog = over(ListPrintDialog)
    qtbot.waitUntil(lambda: "没有找到打印机" in dialog.where.note.text())
    assert not dialog.print_button.isEnabled() and dialog.buttons["存为 PDF…"].isEnabled()


@pytest.mark.parametrize(
    ("key", "title", "words"),
    [
        ("recycle_bin", "回收站", "示例1号机械有限公司"),
        ("duplicates", "可能重复的单位", "示例机械有限责任公司"),
        ("network", "打印责任网络", "未分村"),
    ],
)
def test_every_list_of_the_window_is_printed_by_its_key(
    window: MainWindow,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    key: str,
    title: str,
    words: str,
) -> None:
    gone = enterprise(office, 1, principal="赵甲")
    enterprise(office, 2, name="示例机械有限公司")
    enterprise(office, 3, name="示例机械有限责任公司", credit_code="")
    records.retire(office, "enterprise", [gone])
    monkeypatch.setattr(print_list, "system_backend", lambda: FileBackend(tmp_path))
    window.open_page(key)
    settle()
    shown = next(one for one in window.page(key).findChildren(QTableView) if one.isVisible())
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = over(ListPrintDialog)
    assert title in dialog.windowTitle()
    # Not with PDFium: the preview is drawing with it in another thread.
    text = "".join(one.extract_text() for one in PdfReader(BytesIO(dialog.made.data)).pages)
    assert words in text.replace("\n", "")
    dialog.accept()
    settle()


def test_the_years_agreements_are_printed_as_a_list(
    window: MainWindow, office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    enterprises(office, 3)
    draft(office, DraftRequest(2026, "enterprise"))
    monkeypatch.setattr(print_list, "system_backend", lambda: FileBackend(tmp_path))
    window.open_page("agreement")
    settle()
    page = window.page("agreement")
    assert isinstance(page, AgreementsPage)
    page.show_query(Query("agreement"), year=2026)
    settle()
    for figure, title in (("", "责任书"), ("due", "2026 年责任书名单")):
        page.show_figure(figure)
        settle()
        print_seen(page)
        dialog = over(ListPrintDialog)
        assert title in dialog.windowTitle()
        dialog.accept()
        settle()
