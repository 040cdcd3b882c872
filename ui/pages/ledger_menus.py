"""The menus of a ledger's table: what can be done with the chosen rows, and with a column."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from anjian_desktop.ledgers.base import About
from anjian_desktop.services.browse import Condition
from ui.icons import icon
from ui.keys import each_its_letter
from ui.pages.actions.action import Action, ActionPage
from ui.pages.actions.listed import page_actions, row_actions
from ui.widgets.buttons import menu_button
from ui.widgets.filter_bar import FilterBar
from ui.widgets.ledger_table import LedgerTable


def row_menu(page: ActionPage, table: LedgerTable, filters: FilterBar, run: Callable[[Action], None]) -> QMenu:
    """What can be done with the chosen rows, how many stands in the words; copying; a filter from the cell clicked."""
    menu = QMenu(table)
    count = table.selected_count()
    for action in row_actions(page.about):
        entry = menu.addAction(icon(action.icon), action.title(count, page.about.counter), lambda a=action: run(a))
        entry.setEnabled(count == 1 if action.one_only else count > 0)
        _show_key(entry, action.shortcut)
    menu.addSeparator()
    what = "选中的格子" if table.span.is_on() else "选中的行"
    _show_key(menu.addAction(f"复制{what}(&C)", table.copy_rows), "Ctrl+C")
    _show_key(menu.addAction("连同列标题复制(&T)", lambda: table.copy_rows(headings=True)), "Ctrl+Shift+C")
    menu.addAction("复制这一格(&G)", table.copy_cell)
    menu.addAction("复制选中行的这一列(&L)", table.copy_column)
    menu.addSeparator()
    _add_filter(menu, table, filters)
    _show_key(menu.addAction("全选(&S)", table.selectAll), "Ctrl+A")
    each_its_letter(menu)
    return menu


def more_button(about: About, run: Callable[[Action], None]) -> QToolButton:
    """更多: what can be done with the ledger as a whole."""
    button = menu_button("更多(&M)", "more", f"{about.label}的其他操作", part="button")
    menu = QMenu(button)
    for action in page_actions(about):
        entry = menu.addAction(icon(action.icon), action.title(0, about.counter), lambda a=action: run(a))
        _show_key(entry, action.shortcut)
    each_its_letter(menu)
    button.setMenu(menu)
    return button


def header_menu(table: LedgerTable, section: int, ask_filter: Callable[[], None]) -> QMenu:
    """Filter or hide the column clicked, and show or hide every other."""
    menu = table.column_menu()
    if section >= 0:
        first = menu.actions()[0]
        label = table.rows.fields[section].label
        menu.insertAction(first, _action(menu, f"按“{label}”筛选…(&F)", ask_filter))
        menu.insertAction(first, _action(menu, f"不显示“{label}”(&H)", lambda: table.hide_column(section)))
        menu.insertSeparator(first)
    return menu


def _add_filter(menu: QMenu, table: LedgerTable, filters: FilterBar) -> None:
    index = table.currentIndex()
    view = table.rows.row_view(index.row()) if index.isValid() else None
    if view is None:
        return
    field = table.rows.fields[index.column()]
    if field.personal:
        return
    value = str(view.values.get(field.key) or "") if field.choice_labels else view.full.get(field.key, "")
    shown = view.shown.get(field.key, "") or "未填"
    words = shown if len(shown) <= 12 else shown[:11] + "…"
    condition = Condition(field.key, "=", value)
    menu.addAction(
        icon("filter"), f"只看{field.label}是“{words}”的(&F)", lambda: filters.replace(field.key, (condition,))
    )


def _action(menu: QMenu, text: str, run: Callable[[], None]) -> QAction:
    action = QAction(text, menu)
    action.triggered.connect(lambda _=False: run())
    return action


def _show_key(entry: QAction, shortcut: str) -> None:
    """The key is told in the menu; the page's own shortcut acts, so that it is not ambiguous."""
    if shortcut:
        entry.setText(f"{entry.text()}\t{shortcut}")
