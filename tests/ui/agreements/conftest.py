"""A small town whose year is half done."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from support.offices import NEW_YEAR, enterprise, enterprises, village
from support.windows import settle

from anjian_desktop.services import agreements, signatures
from anjian_desktop.services.agreements import DraftRequest
from anjian_desktop.services.office import Office, create_office, open_office
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements
from ui.main_window import MainWindow
from ui.pages.agreements_page import AgreementsPage


@pytest.fixture(scope="session")
def _printed_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village and three enterprises printed, two of the four signed; one more enterprise without an agreement."""
    folder = tmp_path_factory.mktemp("printed") / "data"
    with create_office(folder, name="示例镇安监办", today=NEW_YEAR) as office:
        village(office)
        enterprises(office, 3, village="东河村")
        for kind in ("village", "enterprise"):
            agreements.draft(office, DraftRequest(2026, kind))
        outcome = print_agreements(office, PrintRequest(2026, folder.parent / "印", merge=True))
        signatures.sign(office, outcome.ids[:2], on=office.today)
        enterprise(office, 4, village="东河村")
    return folder


@pytest.fixture
def office(_printed_town: Path, tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "data"
    shutil.copytree(_printed_town, folder)
    with open_office(folder, today=NEW_YEAR) as opened:
        yield opened


@pytest.fixture
def page(window: MainWindow) -> Iterator[AgreementsPage]:
    """The agreements page of that town, shown; dialogs a failed test left open are put away."""
    window.open_page("agreement")
    settle()
    shown = window.current_page()
    assert isinstance(shown, AgreementsPage)
    yield shown
    settle()
    for dialog in window.findChildren(QDialog):
        dialog.reject()
