"""What can be done with certificates of this office: print, void, replace, verify."""

from __future__ import annotations

from anjian_desktop.ledgers.base import About
from ui.dialogs import certificate_acts
from ui.pages.actions.action import Action


def _own(about: About) -> bool:
    return about.key == "certificate"


PRINT_CERTIFICATES = Action(
    "打印证书{n}…(&P)",
    "print",
    lambda page, ids: certificate_acts.ask_print(page.widget(), page.office, ids, page.was_changed),
    _own,
)
PRINT_CERTIFICATE_CARDS = Action(
    "打印卡片{n}…(&K)",
    "print",
    lambda page, ids: certificate_acts.ask_print(page.widget(), page.office, ids, page.was_changed, cards=True),
    _own,
)
REISSUE = Action(
    "补发…(&R)",
    "sign",
    lambda page, ids: _ignore(certificate_acts.ask_reissue(page.widget(), page.office, ids[0], page.was_changed)),
    _own,
    one_only=True,
)
VOID = Action(
    "作废{n}…(&V)",
    "void",
    lambda page, ids: _ignore(certificate_acts.ask_void(page.widget(), page.office, ids, page.was_changed)),
    _own,
)
VERIFY = Action(
    "核验证书…(&Y)", "search", lambda page, _: _ignore(certificate_acts.ask_verify(page.widget(), page.office)), _own
)
CERTIFICATE_ROWS = (PRINT_CERTIFICATES, PRINT_CERTIFICATE_CARDS, REISSUE, VOID)


def _ignore(_dialog: object) -> None:
    """The dialog lives by itself."""
