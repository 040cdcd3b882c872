"""Give one column of the chosen rows one value, after a preview of how many change; Ctrl+Z takes it back."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.services import batch_edit
from anjian_desktop.services.batch_edit import BatchEdit
from ui.dialogs.batch_edit_dialog import BatchEditDialog
from ui.pages.actions.action import Action, ActionPage
from ui.tasks import run_task


def ask(page: ActionPage, ids: Sequence[int], key: str = "", text: str = "") -> None:
    """Open the dialog, on a column and with a value if given (Ctrl+D)."""
    office, about, chosen = page.office, page.about, list(ids)

    def run(column: str, value: str) -> None:
        run_task(
            page.widget(),
            f"批量修改{about.label}",
            lambda _step: batch_edit.edit_many(office, about.key, chosen, column, value),
            done,
        )

    def done(result: BatchEdit) -> None:
        page.was_changed(result.change)
        words = f"修改 {len(result.changed):,} {about.counter}{about.label}的{result.label}"
        page.frame.tell_done(words, lambda: page.frame.undo(result.act))

    dialog = BatchEditDialog(page.widget(), office, about, chosen, key=key, text=text)
    dialog.decided.connect(run)
    dialog.open()


BATCH_EDIT = Action("批量修改{n}…(&B)", "columns", lambda page, ids: ask(page, ids))
