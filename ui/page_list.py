"""Which pages the window has, in the order of the navigation: home, every ledger with a place in the menu, the office."""

from __future__ import annotations

from collections.abc import Callable

from anjian_desktop.services.browse import ledgers
from ui.navigation import Frame, Page
from ui.pages.agreements_page import AgreementsPage
from ui.pages.home_page import HomePage
from ui.pages.ledger_page import LedgerPage
from ui.pages.office_page import OfficePage

_OWN_PAGES: dict[str, Callable[[Frame], Page]] = {"agreement": AgreementsPage}
"""Ledgers whose page is more than a list."""


def make_pages(frame: Frame) -> list[Page]:
    """Every page of the window; a new ledger appears by declaring its place in the menu."""
    pages: list[Page] = [HomePage(frame)]
    for about in ledgers():
        if about.menu is not None:
            own = _OWN_PAGES.get(about.key)
            pages.append(own(frame) if own else LedgerPage(frame, about))
    pages.append(OfficePage(frame))
    return pages
