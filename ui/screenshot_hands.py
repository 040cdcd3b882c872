"""Scenes of a list and a form under the clerk's hands: filters, views, blocks of cells, batch edits, drafts, large letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from anjian_desktop.services import drafts
from anjian_desktop.services.browse import Condition, Query
from ui import theme
from ui.pages.actions import batch_edit

if TYPE_CHECKING:
    from ui.screenshot_scenes import Studio


def hands(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """A column's filter, a block of cells, a batch edit, a draft, masked fields shown, a name for a view."""
    page = studio.ledger("enterprise")
    window = studio.window()
    page.show_query(Query("enterprise", where=(Condition("status", "=", "在营"), Condition("village", "!=", ""))))
    studio.settle()
    popup = page.filters.ask("established_on", page.table.mapToGlobal(QPoint(300, 40)))
    yield "filter-date", studio.shot(window)
    popup.close_now()
    popup = page.filters.ask("village", page.table.mapToGlobal(QPoint(300, 40)))
    yield "filter-values", studio.shot(window)
    popup.close_now()
    page.table.setFocus()
    page.table.select_ids(page.model.ids[1:6])
    columns = page.table.visible_columns()
    page.table.setCurrentIndex(page.model.index(1, columns[1]))
    page.table.select_ids(page.model.ids[1:6])
    # By the mouse's way: a key sent with Shift would leave Shift held for every later scene.
    page.table.span.press(columns[1])
    page.table.span.reach(columns[3])
    yield "cells-chosen", studio.shot(window)
    page.table.span.clear()
    batch_edit.ask(page, page.table.selected_ids(), "status", "停产")
    studio.settle(30)
    yield "batch-edit", studio.shot(window)
    studio.close_dialogs(window)
    button = page.views.menu()
    button.aboutToShow.emit()
    button.actions()[-1].trigger()
    yield "view-name", studio.shot(window)
    studio.close_dialogs(window)
    page.show_all()
    studio.settle()
    page.add()
    page.panel.form.put({"name": "示例新厂", "principal": "赵甲"})
    page.panel.drafts.keep()
    page.panel.show_new()
    yield "draft-offered", studio.shot(window)
    page.panel.drafts.banner.drop_button.click()
    page.panel.hide()
    page.open_row(page.model.ids[0])
    studio.settle()
    page.panel.form.focus("principal_phone")
    page.panel.form.reveal_asked.emit()
    yield "personal-shown", studio.shot(window)
    page.close_panel()
    drafts.drop(page.office, "enterprise", None)


def large_letters(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """大字 and 特大 on the busiest pages."""
    window = studio.window()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    before = app.font().pointSizeF()
    for size in ("large", "largest"):
        theme.apply_theme(app, size=size)
        for key in ("home", "agreement", "enterprise"):
            window.open_page(key)
            yield f"{key}-{size}", studio.shot(window)
    nearest = min(theme.FONT_SIZES, key=lambda name: abs(theme.FONT_SIZES[name] - before))
    theme.apply_theme(app, size=nearest)
