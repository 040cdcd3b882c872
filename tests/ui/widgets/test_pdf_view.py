"""The preview shows the pages sharply, says where it is, follows keys and zoom, and tells a bad file in words."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ui.widgets.pdf_panel import PdfPanel
from ui.widgets.pdf_view import Fit, PdfView


def paper(pages: int) -> bytes:
    """A4 pages, all black but for a margin."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for _ in range(pages):
        canvas.rect(50, 50, A4[0] - 100, A4[1] - 100, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[PdfPanel]:
    made = PdfPanel()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    yield made
    made.view.close_document()


def opened(qtbot: QtBot, view: PdfView, pages: int) -> None:
    with qtbot.waitSignal(view.opened):
        view.open(paper(pages))


def test_the_pages_in_sight_are_drawn_and_the_far_ones_are_not(qtbot: QtBot, panel: PdfPanel) -> None:
    opened(qtbot, panel.view, 30)
    qtbot.waitUntil(lambda: panel.view.is_drawn(1))
    assert panel.place.text() == "1 / 30"
    middle = panel.view.viewport().rect().center()
    assert panel.view.viewport().grab().toImage().pixelColor(middle) == QColor(0, 0, 0)
    assert not panel.view.is_drawn(20)
    panel.view.go_to(20)
    qtbot.waitUntil(lambda: panel.view.is_drawn(20))
    assert panel.place.text() == "20 / 30"


def test_keys_turn_the_pages(qtbot: QtBot, panel: PdfPanel) -> None:
    opened(qtbot, panel.view, 3)
    panel.view.fit(Fit.PAGE)
    for key, page in ((Qt.Key.Key_PageDown, 2), (Qt.Key.Key_End, 3), (Qt.Key.Key_PageUp, 2), (Qt.Key.Key_Home, 1)):
        qtbot.keyClick(panel.view, key)
        assert panel.view.current_page == page
    assert not panel.back_button.isEnabled()
    assert panel.forth_button.isEnabled()


def test_zooming_keeps_the_page_and_draws_it_sharply_again(qtbot: QtBot, panel: PdfPanel) -> None:
    opened(qtbot, panel.view, 5)
    panel.view.go_to(4)
    qtbot.waitUntil(lambda: panel.view.is_drawn(4))
    before = int(panel.zoom.text().removesuffix("%"))
    panel.larger_button.click()
    assert panel.view.current_page == 4
    qtbot.waitUntil(lambda: panel.view.is_drawn(4))
    assert int(panel.zoom.text().removesuffix("%")) > before
    panel.width_button.click()
    assert panel.view.horizontalScrollBar().maximum() == 0


def test_a_bad_file_is_told_in_the_view(qtbot: QtBot, panel: PdfPanel, tmp_path: Path) -> None:
    with qtbot.waitSignal(panel.view.failed) as failed:
        panel.view.open(tmp_path / "不在.pdf")
    assert "打不开" in failed.args[0]
    assert panel.view.page_count == 0


def test_another_file_replaces_the_first_at_once(qtbot: QtBot, panel: PdfPanel) -> None:
    panel.view.open(paper(9))
    opened(qtbot, panel.view, 2)
    qtbot.waitUntil(lambda: panel.place.text() == "1 / 2")
    qtbot.waitUntil(lambda: panel.view.is_drawn(2))
