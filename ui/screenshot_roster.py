"""Scenes of the roster's care: lists on paper, units standing twice, terms of office, code tables, the network's gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint
from PySide6.QtGui import QPainter, QPixmap

from anjian_desktop.services import browse, list_printing, records, row_files
from anjian_desktop.services.browse import Condition, Query
from ui.dialogs.term_dialog import TermDialog
from ui.pages.actions import print_list
from ui.pages.duplicates_page import DuplicatesPage
from ui.printing.backend import Printer
from ui.printing.to_folder import FileBackend
from ui.widgets.code_edit import CodeEdit

if TYPE_CHECKING:
    from ui.screenshot_scenes import Studio


def roster_on_paper(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """A list and a unit's card before they are printed."""
    page = studio.ledger("enterprise")
    window = studio.window()
    backend = FileBackend(studio.scratch, (Printer("办公室激光打印机", is_default=True),))
    kept, print_list.system_backend = print_list.system_backend, lambda: backend
    for name, action in (("list", print_list.PRINT_LIST), ("card", print_list.PRINT_CARD)):
        action.run(page, page.model.ids[:1])
        studio.settle(20)
        yield f"print-{name}", studio.shot(window)
        studio.close_dialogs(window)
    print_list.system_backend = kept


def roster_codes(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """An industry looked for by pinyin, what a kind of premises means, a word of a code table with its days."""
    page = studio.ledger("enterprise")
    window = studio.window()
    page.open_row(page.model.ids[2])
    studio.settle()
    form = page.panel.form
    form.put({"premises_kind": "小旅馆", "industry": "2651"})
    form.focus("size")
    yield "code-explained", studio.shot(window)
    form.focus("industry")
    editor = form.rows["industry"].editor.widget
    assert isinstance(editor, CodeEdit)
    editor.setText("hcxj")
    editor.load()
    studio.settle()
    picture = studio.shot(window)
    popup = editor.completer().popup()
    painter = QPainter(picture)
    painter.drawPixmap(editor.mapTo(window, QPoint(0, editor.height())), popup.grab())
    painter.end()
    popup.hide()
    yield "code-list", picture
    page.panel.show_new()
    page.close_panel()
    page = studio.ledger("code")
    page.show_query(Query("code", where=(Condition("table", "=", "premises_kind"),)))
    studio.settle()
    page.open_row(page.model.ids[4])
    yield "code-table", studio.shot(window)
    page.close_panel()


def roster_twice(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """A unit that stands twice: the list, field by field, said to be different, merged."""
    page = studio.ledger("enterprise")
    window = studio.window()
    known = browse.row(page.office, "enterprise", page.model.ids[5]).full
    records.add(
        page.office,
        "enterprise",
        {
            "name": known["name"].replace("有限公司", "有限责任公司"),
            "principal": "钱乙",
            "principal_phone": "13900001234",
            "address": known["address"] + "院内",
            "worker_count": "31",
            "products": "塑料托盘",
        },
    )
    window.open_page("duplicates")
    studio.settle()
    shown = window.page("duplicates")
    assert isinstance(shown, DuplicatesPage)
    place = next(n for n, one in enumerate(shown.table.lines.rows) if one.unit.id == page.model.ids[5])
    number = shown.table.lines.rows[place].number
    for row, one in enumerate(shown.table.lines.rows):
        if one.number == number:
            index = shown.table.lines.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            shown.table.selectionModel().select(index, flags)
    yield "duplicates-chosen", studio.shot(window)
    shown.ask_merge()
    yield "merge-dialog", studio.shot(window)
    studio.close_dialogs(window)
    shown.tell_apart()
    shown.view.choose("apart")
    yield "duplicates-apart", studio.shot(window)


def roster_terms(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """Who was principal when: the list beside the record, a term put right, a refusal, a new name."""
    page = studio.ledger("enterprise")
    window = studio.window()
    unit = page.model.ids[7]
    records.edit(page.office, "enterprise", unit, {"principal": "钱乙", "principal_phone": "13900001234"})
    page.open_row(unit)
    studio.settle()
    page.panel.tabs.setCurrentIndex(2)
    studio.settle()
    terms = page.panel.terms
    terms.day.setText("2025-03-01")
    terms.list.setCurrentRow(1)
    yield "terms", studio.shot(window)
    terms.ask_correct()
    studio.settle()
    for dialog in window.findChildren(TermDialog):
        dialog.from_on.setText("2026-03-04")
        dialog.to_on.setText("2026-03-01")
        dialog.act_button.click()
    yield "term-dialog", studio.shot(window)
    studio.close_dialogs(window)
    terms.ask_rename()
    yield "rename-dialog", studio.shot(window)
    studio.close_dialogs(window)
    page.close_panel()


def roster_files(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """A unit's files: none yet, some kept, what a new one is."""
    page = studio.ledger("enterprise")
    window = studio.window()
    page.open_row(page.model.ids[8])
    studio.settle()
    page.panel.tabs.setCurrentIndex(3)
    yield "files-none", studio.shot(window)
    paper = studio.scratch / "营业执照正本.pdf"
    paper.write_bytes(list_printing.print_card(page.office, "enterprise", page.model.ids[8]).data)
    for name, kind in (("营业执照", "营业执照"), ("厂区平面图", "平面图")):
        copy = paper.with_name(f"{name}.pdf")
        copy.write_bytes(paper.read_bytes())
        row_files.add_files(page.office, "enterprise", page.model.ids[8], [copy], kind=kind, dated_on=studio.today)
    page.panel.files.load(page.model.ids[8])
    studio.settle()
    page.panel.files.table.selectRow(0)
    page.panel.files.ask_kind()
    yield "files", studio.shot(window)
    studio.close_dialogs(window)
    page.close_panel()
