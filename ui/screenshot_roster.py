"""Scenes of the roster's care: lists on paper, units standing twice, terms of office, code tables, the network's gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from ui.pages.actions import print_list
from ui.printing.backend import Printer
from ui.printing.to_folder import FileBackend

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
