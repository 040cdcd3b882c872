"""Move rows to the recycle bin; no question asked, because 撤销 stays for ten seconds."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.services import records
from anjian_desktop.services.outcomes import Change
from ui import messages
from ui.pages.actions.action import Action, ActionPage
from ui.tasks import run_task


def _run(page: ActionPage, ids: Sequence[int]) -> None:
    office, about, chosen = page.office, page.about, list(ids)
    text = f"{len(chosen)} {about.counter}{about.label}移到回收站"

    def undo() -> None:
        run_task(
            page.widget(), f"恢复{about.label}", lambda _step: records.restore(office, about.key, chosen), restored
        )

    def restored(change: Change) -> None:
        page.was_changed(change)
        page.frame.tell_done(f"恢复了 {len(chosen)} {about.counter}{about.label}")

    def done(change: Change) -> None:
        page.was_changed(change)
        page.frame.tell_done(text, undo)
        messages.toast(page.widget(), f"已把 {text}", undo=undo)

    run_task(page.widget(), text, lambda _step: records.retire(office, about.key, chosen), done)


RETIRE = Action("移到回收站{n}(&D)", "retire", _run, shortcut="Del")
