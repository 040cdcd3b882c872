"""The scenes of the print preview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from anjian_desktop.services.agreements import DraftRequest, draft
from ui.dialogs.batch_preview_dialog import BatchPreviewDialog
from ui.dialogs.print_dialog import PrintDialog

if TYPE_CHECKING:
    from ui.screenshot_scenes import Studio


def print_preview(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """打印预览: the whole batch, at its first page and at a unit looked for."""
    year = studio.today.year + 1
    draft(studio.agreements().office, DraftRequest(year, "enterprise"))
    page = studio.agreements(year)
    window = studio.window()
    page.start_print()
    studio.settle()
    for dialog in window.findChildren(PrintDialog):
        dialog.preview_button.click()
    studio.settle(20)
    yield "print-preview", studio.shot(window)
    for preview in window.findChildren(BatchPreviewDialog):
        preview.finder.setText("400")
        preview.finder.textEdited.emit("400")
    studio.settle(8)
    yield "print-preview-found", studio.shot(window)
    studio.close_dialogs(window)
