"""An offset is measured on a test sheet, kept for its printer, and moves what is sent there."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from anjian_desktop.documents.print_sheet import measuring_sheet
from ui import tasks
from ui.memory import WindowMemory
from ui.printing.backend import PrintChoices, Printer
from ui.printing.calibration import calibrate, keep_offset, printer_offset
from ui.printing.spool import send
from ui.printing.to_folder import FileBackend


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def box(file: Path) -> tuple[float, ...]:
    with pypdfium2.PdfDocument(file) as document:
        page = document[0]
        found = page.get_mediabox()
        page.close()
    return tuple(found)


def test_the_offset_is_kept_for_its_own_printer(parent: QWidget, tmp_path: Path) -> None:
    memory, backend = WindowMemory(tmp_path / "settings.json"), FileBackend(tmp_path / "out")
    dialog = calibrate(parent, Printer("甲"), backend, memory)
    dialog.right.setValue(1.5)
    dialog.down.setValue(-0.3)
    dialog.sheet_button.click()
    tasks.wait_for_all()
    dialog.save_button.click()
    again = WindowMemory(tmp_path / "settings.json")
    assert printer_offset(again, "甲") == (15, -3) and printer_offset(again, "乙") == (0, 0)
    assert [one.stem for one, _, _ in backend.printed] == ["打印测试页"]


def test_what_is_sent_is_moved_and_the_file_kept_stays(tmp_path: Path) -> None:
    file = tmp_path / "责任书.pdf"
    file.write_bytes(measuring_sheet())
    backend = FileBackend(tmp_path / "out")
    for offset in ((0, 0), (10, 20)):
        assert send(backend, [file], Printer("甲"), PrintChoices(offset=offset)).sent == [file]
    plain, moved = (one for one, _, _ in backend.printed)
    assert plain.read_bytes() == file.read_bytes()
    assert box(moved)[0] == pytest.approx(box(file)[0] - 72 / 25.4, abs=0.01)
    assert box(moved)[1] == pytest.approx(box(file)[1] + 2 * 72 / 25.4, abs=0.01)


@pytest.mark.parametrize("kept", [{"甲": "x"}, {"甲": [1]}, {"甲": [1, "2"]}, {"甲": [0.5, 1]}])
def test_an_unreadable_offset_counts_as_none(kept: dict[str, object]) -> None:
    memory = WindowMemory()
    memory.put("printer_offsets", kept)
    assert printer_offset(memory, "甲") == (0, 0)
    keep_offset(memory, "甲", (1, 2))
    assert printer_offset(memory, "甲") == (1, 2)
