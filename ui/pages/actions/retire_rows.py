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

    def done(change: Change) -> None:
        act = office.acts.last_done
        page.was_changed(change)
        page.frame.tell_done(text, lambda: page.frame.undo(act))
        messages.toast(page.widget(), f"已把 {text}", undo=lambda: page.frame.undo(act))

    run_task(page.widget(), text, lambda _step: records.retire(office, about.key, chosen), done)


RETIRE = Action("移到回收站{n}(&D)", "retire", _run, shortcut="Del")
