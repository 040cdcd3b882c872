"""The model of any ledger's table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from support.offices import enterprises, village

from anjian_desktop.services import browse
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui.models import ledger_table
from ui.models.ledger_table import LedgerTableModel


@pytest.mark.parametrize("ledger", ["enterprise", "village", "department", "agreement"])
def test_the_model_keeps_qt_s_rules(qtmodeltester: ModelTester, office: Office, ledger: str) -> None:
    village(office)
    enterprises(office, 3)
    model = LedgerTableModel(office, ledger)
    model.show(browse.ids(office, Query(ledger)))
    qtmodeltester.check(model)


def test_rows_are_read_a_page_at_a_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = enterprises(office, 5)
    asked: list[list[int]] = []
    real = browse.page
    monkeypatch.setattr(ledger_table, "PAGE", 2)
    monkeypatch.setattr(browse, "page", lambda o, key, wanted: asked.append(list(wanted)) or real(o, key, wanted))
    model = LedgerTableModel(office, "enterprise")
    model.show(ids)
    assert asked == []
    for column in range(model.columnCount()):
        model.index(3, column).data()
    assert asked == [ids[2:4]]


def test_numbers_stand_at_the_right_and_cells_name_their_heading(office: Office) -> None:
    model = LedgerTableModel(office, "enterprise")
    model.show(enterprises(office, 1, worker_count="12"))
    cell = model.index(0, model.column_of("worker_count"))
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "从业人数：12"


def test_phones_are_masked(office: Office) -> None:
    model = LedgerTableModel(office, "enterprise")
    model.show(enterprises(office, 1))
    assert model.index(0, model.column_of("principal_phone")).data() == "139****0001"
