"""What can be done with commendations, and with the units and persons that are commended."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.ledgers.base import About
from ui.dialogs import commendation_acts
from ui.pages.actions.action import Action, ActionPage

_COMMENDED = frozenset({"enterprise", "village", "department", "worker"})


def _own(about: About) -> bool:
    return about.key == "commendation"


def ask_commend(page: ActionPage, ids: Sequence[int]) -> None:
    """Draft one for each of the chosen."""
    commendation_acts.ask_commend(
        page.widget(), page.office, page.about.key, page.about.counter, ids, page.frame.tell_changed,
        memory=page.frame.memory,
    )  # fmt: skip


def _print(page: ActionPage, ids: Sequence[int]) -> None:
    commendation_acts.ask_print(page.widget(), page.office, ids, page.was_changed, memory=page.frame.memory)


def _kept(page: ActionPage, ids: Sequence[int]) -> None:
    commendation_acts.show_kept(page.widget(), page.office, ids[0])


def _reissue(page: ActionPage, ids: Sequence[int]) -> None:
    commendation_acts.ask_reissue(page.widget(), page.office, ids[0], page.was_changed, page.open_row)


def _void(page: ActionPage, ids: Sequence[int]) -> None:
    commendation_acts.ask_void(page.widget(), page.office, ids, page.was_changed)


COMMEND = Action("表彰{n}…(&Z)", "commendation", ask_commend, lambda about: about.key in _COMMENDED)
COMMENDATION_ROWS = (
    Action("打印奖状{n}…(&P)", "print", _print, _own),
    Action("看存档件(&O)", "preview", _kept, _own, one_only=True),
    Action("补发…(&R)", "sign", _reissue, _own, one_only=True),
    Action("作废{n}…(&V)", "void", _void, _own),
)
