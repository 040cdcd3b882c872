"""Show this year's agreement of the chosen unit."""

from __future__ import annotations

from collections.abc import Sequence

from ui.pages.actions.action import Action, ActionPage

_UNITS = frozenset({"enterprise", "village", "department"})


def _run(page: ActionPage, ids: Sequence[int]) -> None:
    # The preview brings the page renderer along.
    from ui.pages.agreements_page import open_unit_agreement

    open_unit_agreement(page.widget(), page.office, ids[0], page.office.today.year)


UNIT_AGREEMENT = Action("今年的责任书(&A)", "agreement", _run, lambda about: about.key in _UNITS, one_only=True)
