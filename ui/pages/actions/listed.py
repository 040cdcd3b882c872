"""Every action on rows of a ledger, in the order of the menus."""

from __future__ import annotations

from anjian_desktop.ledgers.base import About
from ui.pages.actions.action import Action
from ui.pages.actions.edit_row import EDIT
from ui.pages.actions.retire_rows import RETIRE
from ui.pages.actions.unit_agreement import UNIT_AGREEMENT

_ROW_ACTIONS = (EDIT, UNIT_AGREEMENT, RETIRE)


def row_actions(about: About) -> tuple[Action, ...]:
    """What can be done with chosen rows of this ledger."""
    return tuple(action for action in _ROW_ACTIONS if action.applies_to(about))
