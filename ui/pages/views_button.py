"""视图: a list's filters and order under a name, to come back to with one click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QToolButton

from ui.dialogs.name_dialog import NameDialog
from ui.pages.kept_views import LONGEST_NAME, KeptViews, View
from ui.widgets.buttons import menu_button


def views_button(kept: KeptViews, present: Callable[[], View], show: Callable[[View], None]) -> QToolButton:
    """The button; `present()` is what the list shows, `show(view)` narrows it to another."""
    button = menu_button("视图", "preview", "把常用的筛选和排序存成视图，以后点一下就到", part="flat")
    menu = QMenu(button)

    def save() -> None:
        view = present()
        dialog = NameDialog(
            button.window(), "把现在的筛选和排序存为视图", "视图名称", "保存视图(&S)", "不保存(&N)", LONGEST_NAME
        )
        dialog.named.connect(lambda name: kept.save(name, view))
        dialog.open()

    def fill() -> None:
        menu.clear()
        named = kept.named()
        for name, view in named.items():
            entry = menu.addAction(name, lambda v=view: show(v))
            entry.setCheckable(True)
            entry.setChecked(view == present())
        if named:
            menu.addSeparator()
        menu.addAction("把现在的筛选和排序存为视图…(&S)", save)
        if named:
            gone = menu.addMenu("去掉视图(&D)")
            for name in named:
                gone.addAction(name, lambda n=name: kept.drop(n))

    menu.aboutToShow.connect(fill)
    button.setMenu(menu)
    return button
