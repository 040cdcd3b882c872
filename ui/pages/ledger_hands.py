"""What a clerk's hands expect of a list beyond choosing: totals, filling down, going from part to part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from anjian_desktop.ledgers.fields import Kind
from anjian_desktop.services import totals
from ui.pages.actions import batch_edit
from ui.tasks import run_quiet

if TYPE_CHECKING:
    from ui.pages.ledger_page import LedgerPage


def add_total(page: LedgerPage) -> None:
    """The sum of the cursor's column over the chosen rows, beside their count in the status bar."""
    column = page.table.currentIndex().column()
    ids = page.table.selected_ids() if page.table.selected_count() > 1 else []
    if not ids or column < 0 or page.model.fields[column].kind is not Kind.INTEGER:
        return
    office, ledger, field = page.office, page.about.key, page.model.fields[column]

    def show(found: int) -> None:
        if page.table.selected_count() == len(ids):
            page.frame.show_counts(f"{page.counts()}　{field.label}合计 {found:,}")

    run_quiet(page, lambda: totals.total(office, ledger, field.key, ids), show, key="total")


def fill_down(page: LedgerPage) -> None:
    """Ctrl+D: the topmost chosen row's value of the cursor's column for all chosen rows, after a preview."""
    ids, column = page.table.selected_ids(), page.table.currentIndex().column()
    if len(ids) < 2 or column < 0:
        page.frame.tell_done("请先选中几行（按住 Ctrl 或 Shift），再按 Ctrl+D 把最上面一行的值填到下面")
        return
    field, top = page.model.fields[column], page.model.row_view(page.model.place_of(ids[0]))
    batch_edit.ask(page, ids, field.key, top.full.get(field.key, "") if top is not None else "")


def repeat_rows(page: LedgerPage, above: int) -> None:
    """What `..` and `//` repeat in the form about to open: the row at that place of the list, and the first."""
    there = page.model.ids
    page.panel.repeat_from(
        page.model.row_view(above) if 0 <= above < len(there) else None, page.model.row_view(0) if there else None
    )


def next_part(page: LedgerPage) -> None:
    """F6: search, list, record, and around."""
    if page.table.hasFocus() and page.panel.isVisible():
        page.panel.form.focus()
    elif page.search.hasFocus():
        page.to_table()
    else:
        page.focus_search()


def fill_in(page: LedgerPage, row_id: int | None, values: Mapping[str, str], key: str) -> None:
    """A record, or a new one, with these texts typed into it and the cursor where something is missing."""
    if not page.panel.may_leave():
        return
    page.panel.begin_with(row_id, dict(values), key)
    if row_id is None:
        page.add()
    else:
        page.show_row(row_id)
