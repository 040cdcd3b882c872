"""From a ledger to the pages that hang on it: units that stand twice, licences, leases."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anjian_desktop.ledgers.base import About
from ui.pages.actions.action import Action, ActionPage


def _opening(key: str) -> Callable[[ActionPage, Sequence[int]], None]:
    def run(page: ActionPage, ids: Sequence[int]) -> None:
        page.frame.open_page(key)

    return run


def _of(*keys: str) -> Callable[[About], bool]:
    return lambda about: about.key in keys


OPEN_PAGES = (
    Action("重复单位(&U)", "search", _opening("duplicates"), applies_to=_of("enterprise", "village", "department")),
    Action("证照(&L)", "ledger", _opening("licence"), applies_to=_of("enterprise")),
    Action("租赁(&R)", "ledger", _opening("lease"), applies_to=_of("enterprise")),
    Action("代码表(&K)", "ledger", _opening("code"), applies_to=_of("enterprise")),
    Action("返回企业(&Z)", "undo", _opening("enterprise"), applies_to=_of("licence", "lease", "code")),
    Action("返回责任网络(&Z)", "undo", _opening("network"), applies_to=_of("area", "leader_duty", "committee_member")),
)
