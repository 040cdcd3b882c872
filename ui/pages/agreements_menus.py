"""The menus of the agreements page: 更多, and what can be done with the chosen rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from ui.dialogs.void_dialog import Ending
from ui.icons import icon
from ui.pages.actions.agreement_desk import Desk
from ui.pages.actions.agreement_draft import renew
from ui.pages.actions.agreement_end import ask_end
from ui.pages.actions.agreement_import import import_signatures
from ui.pages.actions.agreement_open import open_agreement
from ui.pages.actions.agreement_register import show_register
from ui.pages.actions.agreement_runs import show_runs
from ui.pages.actions.agreement_scans import show_waiting
from ui.pages.actions.print_list import PRINT_LIST, print_view

if TYPE_CHECKING:
    from ui.pages.agreements_page import AgreementsPage


def fill_more(menu: QMenu, page: AgreementsPage, ids: Sequence[int]) -> None:
    """What is done less often: from Excel, ending, next year, the register."""
    desk, year = page.desk, page.head.chosen_year
    menu.clear()
    menu.addAction(icon("import"), "从Excel登记签订…(&I)", lambda: import_signatures(desk))
    menu.addAction(icon("file"), "没有归档的扫描页(&W)", lambda: show_waiting(desk))
    menu.addSeparator()
    add_endings(menu, desk, ids)
    menu.addSeparator()
    menu.addAction(icon("draft"), f"续签 {year + 1} 年…(&N)", lambda: renew(desk, year))
    menu.addAction(icon("ledger"), "编号登记簿(&R)", lambda: show_register(desk, year))
    menu.addAction(icon("print"), "打印登记簿(&B)", lambda: show_runs(desk, year))
    menu.addAction(icon("print"), "打印列表(&L)", lambda: print_seen(page))
    menu.addAction(icon("export"), "导出Excel(&E)", page.start_export)


def print_seen(page: AgreementsPage) -> None:
    """The list as it stands: agreements, or the units behind a figure."""
    if page.units_table.isVisible():
        print_view(page, page.units_table, f"{page.head.chosen_year} 年责任书名单")
    else:
        PRINT_LIST.run(page, page.selected_ids())


def add_endings(menu: QMenu, desk: Desk, ids: Sequence[int]) -> None:
    """作废, 提前终止, 换人重签 of the chosen agreements."""
    many = f" {len(ids):,} 份" if len(ids) > 1 else ""
    for ending, words, sign in (
        (Ending.VOID, f"作废{many}…(&V)", "void"),
        (Ending.TERMINATE, f"提前终止{many}…(&T)", "void"),
        (Ending.SUPERSEDE, "换人重签…(&C)", "refresh"),
    ):
        entry = menu.addAction(icon(sign), words, lambda e=ending: ask_end(desk, e, ids))
        entry.setEnabled(len(ids) == 1 if ending is Ending.SUPERSEDE else bool(ids))


def row_menu(
    menu: QMenu, desk: Desk, ids: Sequence[int], act: Callable[[str], None], copy: Callable[[], None]
) -> QMenu:
    """What can be done with the chosen rows; how many stands in the words."""
    entry = menu.addAction(icon("preview"), "打开这份责任书(&O)\tEnter", lambda: open_agreement(desk, ids[0]))
    entry.setEnabled(len(ids) == 1)
    many = f" {len(ids):,} 份" if len(ids) > 1 else ""
    for words, name in ((f"打印{many}…(&P)\tCtrl+P", "print"), (f"登记签订{many}…(&S)", "sign")):
        menu.addAction(icon(name), words, lambda a=name: act(a)).setEnabled(bool(ids))
    menu.addSeparator()
    add_endings(menu, desk, ids)
    menu.addSeparator()
    menu.addAction("复制选中的行(&L)\tCtrl+C", copy)
    return menu
