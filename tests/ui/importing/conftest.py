"""The wizard over a real store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from anjian_desktop.services.office import Office
from ui import tasks
from ui.dialogs.import_wizard import ImportWizard


@pytest.fixture
def wizard(qtbot: QtBot, office: Office) -> Iterator[ImportWizard]:
    made = ImportWizard.open(None, office, "enterprise")
    qtbot.addWidget(made)
    yield made
    tasks.wait_for_all()
