"""Which pages the window has, in the order of the navigation: home, every ledger with a place in the menu, the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from anjian_desktop.ledgers.base import About
from anjian_desktop.services.browse import ledgers
from ui.navigation import Frame, Page
from ui.pages.home_page import HomePage

_FIRST, _LAST = 1, 9
"""Groups of the navigation: home stands with the year's agreements, the office's own pages at the end."""


@dataclass(frozen=True)
class ListedPage:
    """A place in the navigation; the page itself is made when it is first opened."""

    key: str
    title: str
    icon: str
    make: Callable[[Frame], Page]
    group: int = 0
    """Pages of one group stand together; a rule parts it from the next."""
    under: str = ""
    """Key of the page that leads to this one, which then has no entry of its own in the navigation."""


def listed_pages() -> list[ListedPage]:
    """Every page of the window; a new ledger appears by declaring its place in the menu."""
    pages = [ListedPage(HomePage.nav_key, HomePage.title, HomePage.icon_name, HomePage, _FIRST)]
    for about in ledgers():
        if about.menu is not None:
            group = about.menu // 10
            pages.append(ListedPage(about.key, about.label, about.icon, _maker(about), group))
            if about.key == "department":
                pages.append(ListedPage("network", "责任网络", "network", _network, group))
            if about.key == "training_record":
                pages.append(ListedPage("training_status", "培训情况", "done", _training, group))
            if about.key == "certificate":
                pages.append(ListedPage("certificate_expiry", "证书到期", "calendar", _expiry, group))
        elif about.under:
            pages.append(ListedPage(about.key, about.label, about.icon, _maker(about), under=about.under))
    pages.append(ListedPage("duplicates", "重复单位", "search", _duplicates, under="enterprise"))
    pages.append(ListedPage("recycle_bin", "回收站", "retire", _recycle_bin, _LAST))
    pages.append(ListedPage("office", "办公室信息", "settings", _office, _LAST))
    return pages


def load_modules() -> None:
    """Read the other pages' modules while the clerk looks at the home page; called in another thread."""
    for name in ("ledger_page", "agreements_page", "templates_page", "office_page"):
        import_module(f"ui.pages.{name}")


# The pages' modules are not read before the home page is seen.


def _maker(about: About) -> Callable[[Frame], Page]:
    if about.key == "agreement":
        return _agreements
    if about.key == "template":
        return _templates

    def make(frame: Frame) -> Page:
        from ui.pages.ledger_page import LedgerPage

        return LedgerPage(frame, about)

    return make


def _templates(frame: Frame) -> Page:
    from ui.pages.templates_page import TemplatesPage

    return TemplatesPage(frame)


def _agreements(frame: Frame) -> Page:
    from ui.pages.agreements_page import AgreementsPage

    return AgreementsPage(frame)


def _training(frame: Frame) -> Page:
    from ui.pages.training_page import TrainingPage

    return TrainingPage(frame)


def _expiry(frame: Frame) -> Page:
    from ui.pages.expiry_page import ExpiryPage

    return ExpiryPage(frame)


def _network(frame: Frame) -> Page:
    from ui.pages.network_page import NetworkPage

    return NetworkPage(frame)


def _duplicates(frame: Frame) -> Page:
    from ui.pages.duplicates_page import DuplicatesPage

    return DuplicatesPage(frame)


def _recycle_bin(frame: Frame) -> Page:
    from ui.pages.recycle_bin_page import RecycleBinPage

    return RecycleBinPage(frame)


def _office(frame: Frame) -> Page:
    from ui.pages.office_page import OfficePage

    return OfficePage(frame)
