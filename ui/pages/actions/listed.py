"""Every action on a ledger and its rows, in the order of the menus."""

from __future__ import annotations

from anjian_desktop.ledgers.base import About
from ui.pages.actions.action import Action
from ui.pages.actions.batch_edit import BATCH_EDIT
from ui.pages.actions.blank_sheet import BLANK
from ui.pages.actions.certificates import CERTIFICATE_ROWS, VERIFY
from ui.pages.actions.commendations import COMMEND, COMMENDATION_ROWS
from ui.pages.actions.edit_row import EDIT
from ui.pages.actions.import_list import IMPORT, PASTE
from ui.pages.actions.open_pages import OPEN_PAGES
from ui.pages.actions.print_list import PRINT_CARD, PRINT_LIST
from ui.pages.actions.retire_rows import RETIRE
from ui.pages.actions.session_marks import CARDS, SESSION
from ui.pages.actions.unit_agreement import UNIT_AGREEMENT
from ui.pages.actions.worker_photo import PERSON_FILE, PHOTO

_ROW_ACTIONS = (
    EDIT,
    BATCH_EDIT,
    UNIT_AGREEMENT,
    PRINT_CARD,
    SESSION,
    PHOTO,
    PERSON_FILE,
    CARDS,
    *CERTIFICATE_ROWS,
    *COMMENDATION_ROWS,
    COMMEND,
    RETIRE,
)
_PAGE_ACTIONS = (IMPORT, PASTE, BLANK, PRINT_LIST, VERIFY, *OPEN_PAGES)


def row_actions(about: About) -> tuple[Action, ...]:
    """What can be done with chosen rows of this ledger."""
    return tuple(action for action in _ROW_ACTIONS if action.applies_to(about))


def page_actions(about: About) -> tuple[Action, ...]:
    """What can be done with the ledger whether or not rows are chosen."""
    return tuple(action for action in _PAGE_ACTIONS if action.applies_to(about))
